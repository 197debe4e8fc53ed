"""Where investors went, by sector: who came, got land, is still looking, left and why.

Not for the reasons of all sectors together: those are outcomes (experiments/measures.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.outcomes import NEITHER
from experiments.sample import FATES, Sample
from experiments.statistics import paired
from sim.world import World

_HOLDS_LAND: Final = FATES.index("holds_land")


def fates(sample: Sample, names: Sequence[str], world: World) -> pd.DataFrame:
    """Return what became of the candidates of each sector, by the last month to report.

    Parameters
    ----------
    sample : Sample
        Runs of the scenarios.
    names : sequence of str
        The scenarios; the first is the base.
    world : World
        The province.

    Returns
    -------
    DataFrame
        scenario, sector, name_en, name_vi, n (replicates), means of the `FATES` [investors], and
        of those that hold land at the end the paired difference to the base with its 95 %
        interval: holds_land_difference, _lo, _hi (NaN for the base).
    """
    sectors = (world.sector_ids, world.sector_names_en, world.sector_names_vi)
    frames = []
    for c, name in enumerate(names):
        frame = pd.DataFrame(zip(*sectors, strict=True), columns=["sector", "name_en", "name_vi"])
        frame.insert(0, "scenario", name)
        frame["n"] = len(sample.replicates)
        means = pd.DataFrame(sample.fates[c].mean(0), columns=list(FATES))
        differences = _differences(sample.fates[0], sample.fates[c], is_base=c == 0)
        frames.append(pd.concat([frame, means, differences], axis=1))
    return pd.concat(frames, ignore_index=True)


def _differences(base: np.ndarray, other: np.ndarray, *, is_base: bool) -> pd.DataFrame:
    """Return the paired differences of those that hold land, one row a sector."""
    ends = [
        (np.nan,) * 3
        if is_base
        else paired(base[:, s, _HOLDS_LAND], other[:, s, _HOLDS_LAND], good=NEITHER).interval[:3]
        for s in range(base.shape[1])
    ]
    columns = ["holds_land_difference", "holds_land_lo", "holds_land_hi"]
    return pd.DataFrame(ends, columns=columns)
