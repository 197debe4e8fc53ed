"""What a scenario changes in each zone at the end, replicate by replicate.

Not for levels of zones: experiments/place_tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.answer_tables import verdict_of
from experiments.outcomes import HIGHER
from experiments.sample import Sample
from experiments.statistics import holm, paired
from sim.world import World

MEASURES: Final = {"leased_ha": "ha", "serviced_ha": "ha", "revenue_bn_vnd": "bn VND/year"}
_COLUMNS: Final = ["base", "scenario", "zone", "measure", "unit", "n", "difference", "lo", "hi"]


def zone_differences(sample: Sample, names: Sequence[str], world: World) -> pd.DataFrame:
    """Return paired differences of each zone to the base, in the last year to report.

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
        base, scenario, zone, measure (leased and serviced land, revenue of the year), unit, n,
        difference with its 95 % interval (lo, hi), method, p_value, p_holm over all zones and
        scenarios of a measure, verdict: better, worse, unclear, few or same.
    """
    frames = []
    for measure, unit in MEASURES.items():
        values = sample.zones[measure][:, :, -1]
        rows = [
            (names[0], names[c], zone, measure, unit, *_row(values[0, :, z], values[c, :, z]))
            for c in range(1, len(names))
            for z, zone in enumerate(world.zone_ids)
        ]
        frame = pd.DataFrame(rows, columns=[*_COLUMNS, "method", "p_value"])
        frame["p_holm"] = holm(frame["p_value"].tolist())
        frame["verdict"] = [
            verdict_of({**row, "headline": True, "good": HIGHER})
            for row in frame.to_dict("records")
        ]
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _row(base: np.ndarray, other: np.ndarray) -> tuple[object, ...]:
    found = paired(base, other, good=HIGHER)
    interval = found.interval
    ends = (interval.n, interval.mean, interval.lo, interval.hi, interval.method)
    return (*ends, found.p_value)
