"""Who wanted into a zone, and what became of them: investors whose first choice it last was."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from experiments.explain.fates import FATES, LEASED, Fates, fates_of
from experiments.explain.runs import Replication, look_into
from experiments.sample import GRAIN_HA
from experiments.statistics import Interval, mean_interval
from sim.state import Policy, Record, State
from sim.world import World

HERE, ELSEWHERE = "here", "elsewhere"


class WantedRow(NamedTuple):
    """Investors of one fate: "here", "elsewhere" (leased in another zone) or one of FATES."""

    fate: str
    investors: Interval
    land_ha: Interval


class Wanted(NamedTuple):
    """All that came since the start and whose last first choice was the zone, by fate."""

    rows: tuple[WantedRow, ...]
    elsewhere: dict[str, float]  # zones that leased to them instead: mean land [ha], largest first


def wanted_in(world: World, policy: Policy, z: int, how: Replication, *, year: int) -> Wanted:
    """Return who wanted into a zone by the end of a year.

    Parameters
    ----------
    world : World
        The province.
    policy : Policy
        The levers.
    z : int
        Row of the zone.
    how : Replication
        Replicates, seed, threads.
    year : int
        Of the calendar.

    Raises
    ------
    AuditError
        If a run breaks a law of the model.
    """
    months = world.calendar.month_index(f"{year}-12") + 1
    quiet = how._replace(progress=None)

    def look(state: State, _record: Record) -> Fates:
        fates = fates_of(state)
        wants = ~fates.sitting & (fates.first_choice == z)
        return Fates(*(column[wants] for column in fates))

    runs = [found[0] for found in look_into(world, [policy], look, quiet, months=months)]
    names = [_names(run, z) for run in runs]
    order = [HERE, ELSEWHERE, *FATES[1:]]
    rows = [
        WantedRow(
            fate,
            mean_interval(np.array([(name == fate).sum() * 1.0 for name in names])),
            mean_interval(
                np.array([_land_ha(r, n == fate) for r, n in zip(runs, names, strict=True)])
            ),
        )
        for fate in order
        if any((name == fate).any() for name in names)
    ]
    land: dict[str, float] = {}
    for run, name in zip(runs, names, strict=True):
        for place in np.unique(run.zone[name == ELSEWHERE]).tolist():
            here = (name == ELSEWHERE) & (run.zone == place)
            zone = world.zone_ids[place]
            land[zone] = land.get(zone, 0.0) + _land_ha(run, here) / len(runs)
    return Wanted(tuple(rows), dict(sorted(land.items(), key=lambda item: -item[1])))


def _names(run: Fates, z: int) -> np.ndarray:
    names: np.ndarray = np.array(FATES, dtype=object)[run.fate]
    leased = names == LEASED
    names[leased & (run.zone == z)] = HERE
    names[leased & (run.zone != z)] = ELSEWHERE
    return names


def _land_ha(run: Fates, which: np.ndarray) -> float:
    return float(run.land[which].sum() * GRAIN_HA)
