"""Where investors went, by sector: who came, got land, is still looking, left and why.

Runs in bulk keep no sectors, so the first replicates are repeated, at most `MOST_REPLICATES` of
them. Reasons over all replicates are outcomes (experiments/measures.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.outcomes import NEITHER
from experiments.statistics import paired
from sim.batch import Case
from sim.initial import Start, start_of
from sim.replay import luck_of
from sim.run import begin, new_record, new_state, run_lawfully
from sim.schema import codes
from sim.world import World, parameter_vector

MOST_REPLICATES: Final = 50  # an assumption: about a second for a province; intervals tell the rest
_STAGES: Final = len(codes.STAGES)
_UNDECIDED: Final = (codes.LOOKING, codes.WAITING, codes.APPLIED)
FATES: Final = ("came", "holds_land", "undecided", *(f"gone_{r}" for r in codes.REASONS[1:]))


def fates(
    world: World, cases: Sequence[Case], *, months: int, seed: int, replicates: Sequence[int]
) -> pd.DataFrame:
    """Return what became of the candidates of each sector, by the last month to report.

    Parameters
    ----------
    world : World
        The province, with the horizon on which the runs' luck depends.
    cases : sequence of Case
        The scenarios, at the world's own parameters; the first is the base.
    months : int
        How many to run.
    seed : int
        Which luck.
    replicates : sequence of int
        Of the answer; the first `MOST_REPLICATES` are repeated.

    Returns
    -------
    DataFrame
        scenario, sector, name_en, name_vi, n (replicates), means of the `FATES` [investors], and
        of those that hold land at the end the paired difference to the base with its 95 %
        interval: holds_land_difference, _lo, _hi (NaN for the base).

    Raises
    ------
    AuditError
        If a run breaks a law of the model.
    """
    chosen = tuple(replicates)[:MOST_REPLICATES]
    start = start_of(world, parameter_vector(world))
    counts = np.array(
        [list(_counts(world, start, case, seed, chosen, months)) for case in cases]
    )  # shape (C, R, S, len(FATES))
    names = (world.sector_ids, world.sector_names_en, world.sector_names_vi)
    frames = []
    for c, case in enumerate(cases):
        frame = pd.DataFrame(zip(*names, strict=True), columns=["sector", "name_en", "name_vi"])
        frame.insert(0, "scenario", case.name)
        frame["n"] = len(chosen)
        means = pd.DataFrame(counts[c].mean(0), columns=list(FATES))
        frames.append(pd.concat([frame, means, _differences(counts[0], counts[c], c == 0)], axis=1))
    return pd.concat(frames, ignore_index=True)


def _counts(
    world: World,
    start: Start,
    case: Case,
    seed: int,
    replicates: Sequence[int],
    months: int,
) -> Iterator[np.ndarray]:
    """Yield the fates of each replicate by sector, shape (S, len(FATES))."""
    state, record = None, None
    for replicate in replicates:
        luck = luck_of(start, seed=seed, replicate=replicate)
        if state is None or record is None:
            state, record = new_state(start, luck), new_record(start)
        begin(start, luck, state, record)
        run_lawfully(world, start, case.policy, luck, state, record, name=case.name, last=months)
        rows = state.investors[: int(state.province[0].investors)]
        yield fates_of(rows, len(world.sector_ids))


def fates_of(investors: np.ndarray, sectors: int) -> np.ndarray:
    """Return how many candidates of each sector met each fate, shape (sectors, len(FATES)).

    Parameters
    ----------
    investors : ndarray
        Rows of the investor table in use; tenants of the start are left out.
    sectors : int
        How many there are.
    """
    rows = investors[investors["sitting"] == 0]
    stages = np.zeros((sectors, _STAGES))
    reasons = np.zeros((sectors, len(codes.REASONS)))
    np.add.at(stages, (rows["sector"], rows["stage"]), 1.0)
    gone = rows[rows["stage"] == codes.GONE]
    np.add.at(reasons, (gone["sector"], gone["reason"]), 1.0)
    undecided = stages[:, _UNDECIDED].sum(1)
    came = stages.sum(1)
    holds = came - undecided - stages[:, codes.GONE]
    return np.column_stack([came, holds, undecided, reasons[:, 1:]])


def _differences(base: np.ndarray, other: np.ndarray, is_base: bool) -> pd.DataFrame:
    """Return the paired differences of those that hold land, one row a sector."""
    place = FATES.index("holds_land")
    ends = [
        (np.nan,) * 3
        if is_base
        else paired(base[:, s, place], other[:, s, place], good=NEITHER).interval[:3]
        for s in range(base.shape[1])
    ]
    columns = ["holds_land_difference", "holds_land_lo", "holds_land_hi"]
    return pd.DataFrame(ends, columns=columns)
