"""What of an invented province grows with its size: candidates, offices, funding.

Not for zones and districts: experiments/world_generator.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final, NamedTuple

from sim.initial import start_of
from sim.phases.demand import promotion_effects, segment_rate, tax_gain
from sim.policy import policy_table
from sim.rules import demand as demand_rules
from sim.scenario import load_scenario
from sim.schema import Levers, Parameters, columns_of
from sim.sums import plain_sum
from sim.world import World, load_world, parameter_vector, world_path
from sim.world_files import WorldFiles, read_world_files

PATTERN: Final = "ninh_binh"
SOURCE: Final = "G01"  # of all that is invented


class Size(NamedTuple):
    """How large a province shall be, and which one of its size."""

    zones: int
    candidates: int  # who appear over the whole horizon, as expected under the baseline
    districts: int
    years: int
    seed: int
    parks: int  # parks to clusters, such as 9 to 26
    clusters: int


class Pattern(NamedTuple):
    """The shipped province that others are invented after."""

    world: World
    files: WorldFiles


def load_pattern() -> Pattern:
    """Return the shipped province: what it means, and its files as they are written."""
    folder = world_path(PATTERN)
    return Pattern(load_world(folder), read_world_files(folder, []))


def usual_districts(pattern: Pattern, zones: int) -> int:
    """Return the number of districts that has as many zones in each as the pattern."""
    return max(1, round(zones * len(pattern.files.districts) / len(pattern.files.zones)))


def appearing(world: World, candidates_per_year: float) -> float:
    """Return how many candidates appear over a world's horizon as expected under its baseline.

    Parameters
    ----------
    world : World
        Shares, growth and horizon; its own number of candidates a year does not matter.
    candidates_per_year : float
        The parameter.

    Notes
    -----
    The sum of all months' and segments' rates with the demand cycle at its mean, 0.
    """
    parameters = parameter_vector(world, {})
    parameters.candidates_per_year = candidates_per_year
    p = parameters[0]
    fixed = start_of(world, parameters).fixed
    scenario = load_scenario("baseline", world_path(PATTERN).parent, world)
    rates = []
    for month, levers in enumerate(policy_table(scenario, world).levers):
        trend = demand_rules.trend_factor_of(
            p.demand_growth, month / 12.0, 0.0, tax_gain(fixed, levers, month)
        )
        index = demand_rules.start_index(
            (fixed.start_month_of_year + month) // 12,
            p.demand_index_first_year,
            p.demand_index_second_year,
        )
        effects = promotion_effects(p, levers)
        for segment in fixed.segments:
            rates.append(segment_rate(p, levers, segment, index, effects, trend))
    return plain_sum(rates)


def grown_parameters(size: Size, pattern: Pattern) -> list[Mapping[str, str]]:
    """Return the rows of parameters.csv: the pattern's, but for those that grow with size."""
    calendar = pattern.world.calendar._replace(months=12 * size.years)
    world = dataclasses.replace(pattern.world, calendar=calendar)
    per_year = size.candidates / appearing(world, 1.0)
    rows = {row.name: row for row in pattern.files.parameters}
    busier = per_year / rows["candidates_per_year"].number("value")
    larger = size.zones / len(pattern.files.zones)
    grown = {
        "dossiers_year_parks": (busier, "candidates"),
        "dossiers_year_clusters": (busier, "candidates"),
        "cluster_budget_bn_vnd": (larger, "zones"),
    }
    found: list[Mapping[str, str]] = []
    for key, row in rows.items():
        if key == "candidates_per_year":
            found.append({**row.cells, **_asked_for(size, per_year)})
        elif key in grown:
            times, why = grown[key]
            factor = max(times, columns_of(Parameters)[key].lo / row.number("low"))
            numbers = {c: f"{row.number(c) * factor:.6f}" for c in ("value", "low", "high")}
            source = f"D: that of {PATTERN} x {factor:.6g}, as it has {times:.6g} times the {why}"
            found.append({**row.cells, **numbers, "source": source})
        else:
            found.append(row.cells)
    return found


def _asked_for(size: Size, per_year: float) -> dict[str, str]:
    """Return the cells of candidates_per_year: certain, as it was asked for."""
    value = f"{per_year:.6f}"
    source = f"D: lets {size.candidates} candidates appear in {size.years} years ({SOURCE})"
    return {"value": value, "low": value, "high": value, "prior": "Fixed", "source": source}


def grown_levers(size: Size, files: WorldFiles) -> list[Mapping[str, str]]:
    """Return the rows of levers.csv: the pattern's, with funding by the number of zones."""
    key, larger = "infrastructure_funding", size.zones / len(files.zones)
    most = columns_of(Levers)[key].hi
    found: list[Mapping[str, str]] = []
    for row in files.levers:
        if row.name == key:
            value = f"{min(most, row.number('value') * larger):.6f}"
            source = f"D: that of {PATTERN} x {larger:.6g}, as it has {larger:.6g} times the zones"
            source += f"; {most:g} at most"
            found.append({**row.cells, "value": value, "source": source})
        else:
            found.append(row.cells)
    return found
