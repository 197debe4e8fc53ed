"""Numbered random scenarios: every lever and every parameter moved.

Number n of a province is the same on every machine, so a disagreement can be run again by number.
Even numbers keep to the ranges of parameters.csv, odd ones go far beyond them, to nothing and to
three times the highest. For strategies that shrink see tests/property/worlds.py.
"""

import math
from typing import NamedTuple

import numpy as np

from sim.schema import Levers, Parameters, SectorLevers, ZoneLevers, codes, columns_of, new_table
from sim.state import Policy
from tests.property.worlds import unchanged

TABLES = (Levers, ZoneLevers, SectorLevers)
# Beyond their ranges they are input errors (MODEL.md 6.4), or contradict each other.
WITHIN_RANGE = {
    "candidates_per_year",
    "cit_rate",
    "demand_cycle_bound",
    "demand_growth",
    "demand_index_first_year",
    "demand_index_second_year",
    "land_max_ha",
    "land_min_ha",
    "margin_hi",
    "margin_lo",
    "promotion_elasticity",
    "tax_additionality",
    "tax_semi_elasticity",
}
NEVER_NOTHING = {  # a reputation without memory, a margin over no cost: 0 / 0
    "clearance_cost_cluster_bn_vnd_ha",
    "clearance_cost_park_bn_vnd_ha",
    "reputation_memory",
}
MONTHS_OF_PATIENCE = ("state_steps_in", "revocation_months")  # their bounds are a century


class Numbered(NamedTuple):
    """A scenario to compare under, with the luck it meets."""

    policy: Policy
    parameters: np.recarray
    seed: int
    replicate: int


def numbered(world, number: int) -> Numbered:
    """Return random scenario `number` of a province."""
    chance = np.random.default_rng(number)
    return Numbered(
        policy=_policy(world, chance),
        parameters=_parameters(world, chance, wide=number % 2 == 1),
        seed=int(chance.integers(0, 1_000_000)),
        replicate=int(chance.integers(0, 1_000)),
    )


def pressed(world, number: int) -> Numbered:
    """Return a scenario with land always wanted: money and margins decide when works start."""
    case = numbered(world, number)
    chance = np.random.default_rng(number)
    levers, parameters = case.policy.levers, case.parameters
    levers["expansion_rule"] = 0.0
    levers["infrastructure_funding"] = math.exp(chance.uniform(math.log(5.0), math.log(2000.0)))
    case.policy.zone_levers["works_may_start"] = 0
    parameters["free_land_floor_ha"] = 10_000.0
    parameters["state_gate_years"] = chance.uniform(0.1, 5.0)
    parameters["payback_base_years"] = chance.uniform(0.0, 6.0)
    parameters["developer_discount_rate"] = chance.uniform(0.02, 0.4)
    return case


def _parameters(world, chance: np.random.Generator, *, wide: bool) -> np.recarray:
    """Return parameters of which a third keep their value and a sixth are at an end."""
    table = new_table(Parameters, 1)
    declared = columns_of(Parameters)
    for info in world.parameters:
        low, high = info.low, info.high
        if wide and info.key not in WITHIN_RANGE:
            low, high = _widened(info, declared[info.key])
        inside = chance.uniform(low, high)
        ends = chance.choice((low, high))
        drawn = (info.value, info.value, inside, inside, inside, ends)[chance.integers(6)]
        table[0][info.key] = min(high, max(low, drawn))
    return table


def _widened(info, declared) -> tuple[float, float]:
    """Return a range far beyond that of parameters.csv, within what has a meaning at all."""
    if info.key == "holiday_ends_year":
        return info.low - 6.0, info.high + 3.0
    low = max(declared.lo, min(0.0, 3.0 * info.low))
    if info.key in NEVER_NOTHING:
        low = 0.1
    return low, min(declared.hi, max(1.0, 3.0 * info.high))


def _policy(world, chance: np.random.Generator) -> Policy:
    """Return levers of which a random part moves, in one to three dated steps."""
    policy = Policy(*(table.copy().view(np.recarray) for table in unchanged(world)))
    months = world.calendar.months
    moved_share = chance.choice((0.1, 0.5, 0.9))
    for table, declared in zip(policy, TABLES, strict=True):
        for column in table.dtype.names:
            if chance.uniform() > moved_share:
                continue
            values = table[column]
            for month in sorted(chance.integers(0, months, size=chance.integers(1, 4))):
                _step(values[month:], column, columns_of(declared)[column], months, chance)
    return policy


def _step(values: np.ndarray, column: str, declared, months: int, chance) -> None:
    """Set a lever from a month on: one value, or another one in some places."""
    if values.ndim == 1:
        values[:] = _value(column, values.dtype, declared, months, 1, chance)
        return
    for place in range(values.shape[1]):
        if chance.uniform() < 0.3:
            values[:, place] = _value(
                column, values.dtype, declared, months, values.shape[1], chance
            )


def _value(column: str, dtype, declared, months: int, places: int, chance):
    if column == "works_may_start":
        return codes.NEVER if chance.uniform() < 0.2 else chance.integers(-24, months)
    if column == "priority_rank":
        return chance.integers(0, places + 1)
    high = months if column in MONTHS_OF_PATIENCE else declared.hi
    if dtype.kind == "i":
        return chance.integers(int(declared.lo), int(high) + 1)
    if chance.uniform() < 0.2:
        return chance.choice((declared.lo, high))
    return chance.uniform(declared.lo, high)
