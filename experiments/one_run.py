"""The zones of one run month by month, of every scenario: what a film of the province shows.

One run is an example, not a result: the first replicate, chosen by nobody. Means and bands over
replicates are in experiments/place_tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.constraint import CONSTRAINTS, binding_constraint
from experiments.sample import booked_ha, zone_year
from sim.batch import Case, run_each
from sim.state import Record, State
from sim.world import World

_YEAR: Final = 12  # months


def zone_months(
    world: World, cases: Sequence[Case], *, months: int, seed: int, replicate: int
) -> pd.DataFrame:
    """Return the zones of one run of each scenario, month by month.

    Parameters
    ----------
    world : World
        The province, with the horizon on which the runs' luck depends.
    cases : sequence of Case
        The scenarios, at the world's own parameters.
    months : int
        How many to show.
    seed, replicate : int
        Which luck.

    Returns
    -------
    DataFrame
        scenario, replicate, month, zone, serviced_ha, leased_ha, constraint: what binds by the
        book of the last twelve months, so that a December says what the year does.

    Raises
    ------
    AuditError
        If a month breaks a law of the model.
    """
    found: dict[int, np.ndarray] = {}

    def look(case: int, _replicate: int, _state: State, record: Record) -> None:
        found[case] = record.zones[:months].copy()

    run_each(world, cases, look, replicates=[replicate], seed=seed, months=months)
    names = [world.calendar.name(t) for t in range(months)]
    frames = []
    for place, case in enumerate(cases):
        rows = found[place].view(np.recarray)
        frame = {
            "scenario": case.name,
            "replicate": replicate,
            "month": np.repeat(names, len(world.zone_ids)),
            "zone": list(world.zone_ids) * months,
            "serviced_ha": rows.serviced_ha.ravel(),
            "leased_ha": rows.leased_ha.ravel(),
            "constraint": np.array(CONSTRAINTS, dtype=object)[_binding(rows, world).ravel()],
        }
        frames.append(pd.DataFrame(frame))
    return pd.concat(frames, ignore_index=True)


def _binding(rows: np.recarray, world: World) -> np.ndarray:
    """Return what binds in each month, from records of shape (T, Z)."""
    books = booked_ha(rows)
    before = np.zeros_like(books)
    before[_YEAR:] = books[:-_YEAR]
    return binding_constraint(books - before, zone_year(rows, world))
