"""Turn a scenario into the levers of every month, zone and sector, and compare two scenarios.

Not for reading files: sim/scenario.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.calendar import Calendar
from sim.scenario import Scenario
from sim.scenario_levers import LEVERS, NEVER, Lever
from sim.schema import (
    NEUTRAL_LEVERS,
    Levers,
    SectorLevers,
    ZoneLevers,
    as_bytes,
    codes,
    columns_of,
    new_table,
)
from sim.state import Policy

if TYPE_CHECKING:
    from sim.world import World


class LeverDifference(NamedTuple):
    """One lever that two scenarios set differently, from `from_month` to `until_month` inclusive.

    `place` is the zone, the sector or the part of the lever, such as "foreign"; else empty. Months
    are written like 2027-03, and values like in a scenario file.
    """

    lever: str
    unit: str
    place: str
    from_month: str
    until_month: str
    value_a: str
    value_b: str


def months_alike(policies: Sequence[Policy]) -> int:
    """Return the number of months before the first in which levers differ.

    Parameters
    ----------
    policies : sequence of Policy
        At least one, all of as many months.

    Returns
    -------
    int
        Months from the start; all of them if nothing differs.
    """
    months = len(policies[0].levers)
    for tables in zip(*policies, strict=True):
        rows = [as_bytes(table) for table in tables]
        for other in rows[1:]:
            differs = (other != rows[0]).any(axis=1)
            months = min(months, int(np.argmax(differs)) if differs.any() else months)
    return months


def policy_table(scenario: Scenario, world: World) -> Policy:
    """Return what every lever is in every month.

    Parameters
    ----------
    scenario : Scenario
        Its dated steps; a lever it does not name is as in the start year.
    world : World
        The province: start-year values, zones, sectors, horizon.
    """
    months = world.calendar.months
    policy = Policy(
        new_table(Levers, months),
        new_table(ZoneLevers, months, len(world.zone_ids)),
        new_table(SectorLevers, months, len(world.sector_ids)),
    )
    start = _start_values(world)
    for column, value in start.items():
        _by_month(policy, column)[:] = value
    for step in scenario.steps:
        lever = LEVERS[step.lever]
        places = {place.name: place for place in _places(lever, world)}
        for column in lever.columns:
            _by_month(policy, column)[step.from_month :] = start[column]
        for name, number in step.value:
            column, position, _, _ = places[name]
            _by_month(policy, column)[step.from_month :, position] = number
    return policy


def diff_scenarios(a: Scenario, b: Scenario, world: World) -> tuple[LeverDifference, ...]:
    """Return where two scenarios differ in effect, whatever their files look like.

    Parameters
    ----------
    a, b : Scenario
        The scenarios.
    world : World
        The province.

    Returns
    -------
    tuple of LeverDifference
        By lever, then by zone, sector or part, then by month.
    """
    policies = policy_table(a, world), policy_table(b, world)
    rows: list[LeverDifference] = []
    for lever in LEVERS.values():
        unit = lever.unit if lever.has_unit else ""
        for column, position, _, label in _places(lever, world):
            series = [_by_month(policy, column)[:, position].tolist() for policy in policies]
            for first, last in _periods(*series):
                shown = [_shown(lever, values[first], world.calendar) for values in series]
                months = world.calendar.name(first), world.calendar.name(last)
                rows.append(LeverDifference(lever.name, unit, label, *months, *shown))
    return tuple(rows)


class _Place(NamedTuple):
    """One value of a lever: its column and position, its name in a step, its label for readers."""

    column: str
    position: int
    name: str
    label: str


def _places(lever: Lever, world: World) -> list[_Place]:
    column = lever.columns[0]
    if column in columns_of(Levers):
        return [
            _Place(column, 0, column, part)
            for part, column in zip(lever.parts, lever.columns, strict=True)
        ]
    ids = world.sector_ids if column in columns_of(SectorLevers) else world.zone_ids
    return [_Place(column, i, name, name) for i, name in enumerate(ids)]


def _start_values(world: World) -> dict[str, float | np.ndarray]:
    nothing = dict.fromkeys([*columns_of(ZoneLevers), *columns_of(SectorLevers)], 0.0)
    plans = {"works_may_start": world.works_may_start}
    return {**nothing, **NEUTRAL_LEVERS, **world.lever_start, **plans}


def _by_month(policy: Policy, column: str) -> np.ndarray:
    """Return a column as a view of shape (months, places); a provincial lever has one place."""
    for table in (policy.zone_levers, policy.sector_levers):
        if column in (table.dtype.names or ()):
            return table[column]
    return policy.levers[column][:, np.newaxis]


def _periods(a: Sequence[float], b: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Yield first and last month of each stretch with one pair of different values."""
    first = 0
    for month in range(1, len(a) + 1):
        ended = month == len(a) or (a[month], b[month]) != (a[first], b[first])
        if ended and a[first] != b[first]:
            yield first, month - 1
        if ended:
            first = month


def _shown(lever: Lever, value: float, calendar: Calendar) -> str:
    match lever.kind:
        case "switch":
            return "true" if value else "false"
        case "rule":
            return codes.ALLOCATIONS[int(value)]
        case "zone_months":
            return NEVER if value == codes.NEVER else calendar.name(int(value))
        case "classes":
            return "yes" if value else "no"
        case "names" if lever.columns[0] != "priority_rank":
            return "yes" if value else "no"
        case "holiday" if value < 0:
            return "the law"
        case _:
            return f"{value:g}"
