"""Explain one zone in one year: its land, who wanted in and could not, what binds, what levers do.

Who wanted in: wanted.py. Words: words_zone.py. Paired runs: each lever is changed by the step of
steps.toml and compared with the scenario under the same luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from experiments.answer_tables import ALPHA
from experiments.constraint import BOOK_COLUMNS, CONSTRAINTS, binding_constraint
from experiments.explain.changes import (
    Probe,
    changed_policy,
    chosen_probes,
    settings_of,
)
from experiments.explain.runs import Replication
from experiments.explain.wanted import Wanted, wanted_in
from experiments.measures import ratio, yearly
from experiments.runs import shifted
from experiments.sample import booked_ha, zone_year
from experiments.statistics import Interval, Paired, direction, holm, mean_interval, paired
from experiments.toml_lines import as_toml
from sim.batch import Batch, Case, run_many
from sim.errors import Problem, StudyError
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.scenario_levers import did_you_mean
from sim.state import Policy
from sim.world import World

LAND: Final = (
    "serviced_ha",
    "leased_ha",
    "reserved_ha",
    "idle_ha",
    "vacant_ha",
    "operating_ha",
)
EFFECTS: Final = ("occupancy", "leased_ha", "serviced_ha")
_RUNS_AT_ONCE: Final = 600  # kept in memory together


class StepEffect(NamedTuple):
    """What one lever, changed by a stated step, does to a zone; `clear` names what can be told."""

    lever: str
    settings: str  # as a scenario file says it
    step: float | None
    effects: dict[str, Paired]  # by EFFECTS
    clear: tuple[str, ...]


@dataclass(frozen=True)
class ZoneWhy:
    """Why a zone stands where it stands at the end of a year, over replicates."""

    scenario: str
    zone: str
    year: int
    how: Replication
    gross_ha: float
    leasable_ha: float
    start: dict[str, float]  # serviced and leased land before the first month
    land: dict[str, Interval]  # by LAND, and occupancy
    wanted_ha: Interval  # first choices of newcomers in the year
    booked_ha: dict[str, Interval]  # turned away or kept waiting in the year, by book column
    wanted: Wanted
    binding: dict[int, dict[str, float]]  # share of replicates by year and constraint
    effects: tuple[StepEffect, ...]
    unchanged: tuple[str, ...]  # levers at their bound, or set so already


class Change(NamedTuple):
    """A probe, what it sets, and the levers by month that it makes."""

    probe: Probe
    settings: str
    policy: Policy
    differs: bool  # from the scenario explained


def known_year(year: int | None, world: World) -> int:
    """Return a year of the calendar, by default the last.

    Raises
    ------
    StudyError
        If it is none.
    """
    years = world.calendar.years
    if year is not None and year not in years:
        problem = Problem("--year", str(year), f"{years[0]} to {years[-1]}", "")
        raise StudyError(problem.text(), (problem,))
    return years[-1] if year is None else year


def zone_row(zone: str, world: World) -> int:
    """Return the row of a zone.

    Raises
    ------
    StudyError
        If there is no such zone.
    """
    if zone not in world.zone_ids:
        near = did_you_mean(zone, world.zone_ids) or f"There are: {', '.join(world.zone_ids)}."
        problem = Problem(zone, "no such zone", "", near)
        raise StudyError(problem.text(), (problem,))
    return world.zone_ids.index(zone)


def explain_zone(
    world: World,
    scenario: Scenario,
    zone: str,
    how: Replication,
    *,
    year: int | None = None,
    levers: Sequence[str] = (),
) -> ZoneWhy:
    """Return why a zone stands where it stands, and what each lever would do to it.

    Parameters
    ----------
    world : World
        The province.
    scenario : Scenario
        The policy.
    zone : str
        Its id.
    how : Replication
        Replicates, seed, threads.
    year : int, optional
        Its end is explained; by default the last.
    levers : sequence of str
        Levers to try; none means all of steps.toml.

    Raises
    ------
    StudyError
        If there is no such zone, year or lever.
    AuditError
        If a run breaks a law of the model.
    """
    z, year = zone_row(zone, world), known_year(year, world)
    policy = policy_table(scenario, world)
    changes = _changes(scenario, policy, world, zone, chosen_probes(levers))
    cases = [Case(scenario.name, policy)]
    cases += [Case(change.probe.lever, change.policy) for change in changes if change.differs]
    base, values = _run(world, cases, z, year, how)
    place = base.years.index(year)
    return ZoneWhy(
        scenario=scenario.name,
        zone=zone,
        year=year,
        how=how,
        gross_ha=float(world.zones[z].gross_ha),
        leasable_ha=float(world.zones[z].leasable_ha),
        start={key: float(world.zones[z][key]) for key in ("serviced_ha", "leased_ha")},
        land=_land(base, world, z, place),
        wanted_ha=mean_interval(yearly(base.zones.wanted_ha[0, :, :, z])[:, place]),
        booked_ha={
            column: mean_interval(yearly(base.zones[column][0, :, :, z])[:, place])
            for column in BOOK_COLUMNS
        },
        wanted=wanted_in(world, policy, z, how, year=year),
        binding=_binding(base, world, z),
        effects=_effects([change for change in changes if change.differs], values),
        unchanged=tuple(change.probe.lever for change in changes if not change.differs),
    )


def _changes(
    scenario: Scenario, policy: Policy, world: World, zone: str, probes: Sequence[Probe]
) -> list[Change]:
    found = []
    for probe in probes:
        settings = settings_of(probe, policy, world, zone=zone)
        other = changed_policy(scenario, settings, world)
        differs = any(a.tobytes() != b.tobytes() for a, b in zip(policy, other, strict=True))
        found.append(Change(probe, as_toml(settings), other, differs))
    return found


def _run(
    world: World, cases: Sequence[Case], z: int, year: int, how: Replication
) -> tuple[Batch, dict[str, np.ndarray]]:
    """Return all of the first case, and the EFFECTS of all cases on the zone, shape (C, R)."""
    chunk = max(2, _RUNS_AT_ONCE // len(cases))
    last = how.first_replicate + how.replicates
    firsts = range(how.first_replicate, last, chunk)
    bases, values = [], []
    total = len(cases) * how.replicates
    for first in firsts:
        before = (first - how.first_replicate) * len(cases)
        batch = run_many(
            world,
            cases,
            replicates=range(first, min(last, first + chunk)),
            seed=how.seed,
            threads=how.threads,
            progress=shifted(how.progress, before, total),
        )
        row = batch.zones[:, :, batch.years.index(year), z].view(np.recarray)
        occupancy = ratio(row.leased_ha, row.serviced_ha)
        values.append(np.stack([occupancy, row.leased_ha, row.serviced_ha]))
        bases.append(batch._replace(zones=batch.zones[:1].copy().view(np.recarray)))
    zones = np.concatenate([base.zones for base in bases], axis=1).view(np.recarray)
    joined = np.concatenate(values, axis=-1)
    return bases[0]._replace(zones=zones), dict(zip(EFFECTS, joined, strict=True))


def _land(base: Batch, world: World, z: int, place: int) -> dict[str, Interval]:
    rows = base.zones[0, :, place].view(np.recarray)
    vacant = zone_year(rows, world).vacant_ha[:, z]
    row = rows[:, z].view(np.recarray)
    land = {key: vacant if key == "vacant_ha" else row[key] for key in LAND}
    land["occupancy"] = ratio(row.leased_ha, row.serviced_ha)
    return {key: mean_interval(values) for key, values in land.items()}


def _binding(base: Batch, world: World, z: int) -> dict[int, dict[str, float]]:
    booked = np.diff(booked_ha(base.zones), axis=2, prepend=0.0)
    codes = binding_constraint(booked, zone_year(base.zones, world))[0, :, :, z]
    return {
        year: {
            name: float((codes[:, y] == place).mean())
            for place, name in enumerate(CONSTRAINTS)
            if (codes[:, y] == place).any()
        }
        for y, year in enumerate(base.years)
    }


def _effects(changes: Sequence[Change], values: dict[str, np.ndarray]) -> tuple[StepEffect, ...]:
    """Return the effects; clear are those clear of zero that also pass Holm's test of them all."""
    found = [
        {key: paired(values[key][0], values[key][c], good=0) for key in EFFECTS}
        for c in range(1, len(changes) + 1)
    ]
    guarded = iter(holm([effects[key].p_value for effects in found for key in EFFECTS]))
    rows = []
    for change, effects in zip(changes, found, strict=True):
        p_values = {key: next(guarded) for key in EFFECTS}
        clear = tuple(key for key in EFFECTS if _is_clear(effects[key], p_values[key]))
        probe = change.probe
        rows.append(StepEffect(probe.lever, change.settings, probe.step, effects, clear))
    return tuple(rows)


def _is_clear(effect: Paired, p_holm: float) -> bool:
    return direction(effect) != 0 and p_holm <= ALPHA
