"""What stands behind an answer: the levers its scenarios set, and every parameter with its source.

Not for results: experiments/answer_tables.py, experiments/place_tables.py.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from experiments.province import Province
from sim.policy import diff_scenarios
from sim.scenario import Scenario
from sim.scenario_levers import COLUMNS, LEVERS
from sim.schema import Parameters, columns_of
from sim.world import SourceInfo, World, describe_parameters

_LEVERS: Final = ["scenario", "against", "lever", "unit", "place", "from_month", "until_month"]


def levers(scenarios: list[Scenario], province: Province) -> pd.DataFrame:
    """Return what each scenario sets differently from the start year, and from the base.

    Returns
    -------
    DataFrame
        scenario, against (empty: the start year), lever, unit, place, from_month, until_month,
        value_against, value, label_en, label_vi of the lever, place_en, place_vi (empty where the
        label says it).
    """
    base = scenarios[0]
    unchanged = base._replace(name="", steps=())
    pairs = [(unchanged, scenario) for scenario in scenarios]
    pairs += [(base, scenario) for scenario in scenarios[1:]]
    names = _place_names(province.world)
    rows = [
        (scenario.name, other.name, *row, *_labels(row.lever, row.place), *place)
        for other, scenario in pairs
        for row in diff_scenarios(other, scenario, province.world)
        for place in [names.get(row.place, ("", ""))]
    ]
    labels = ["label_en", "label_vi", "place_en", "place_vi"]
    return pd.DataFrame(rows, columns=[*_LEVERS, "value_against", "value", *labels])


def _labels(name: str, place: str) -> tuple[str, str]:
    """Return the labels of a lever, or of the part of it that a place names."""
    lever = LEVERS[name]
    part = lever.parts.index(place) if place in lever.parts else 0
    column = COLUMNS[lever.columns[part]]
    return column.label_en, column.label_vi


def _place_names(world: World) -> dict[str, tuple[str, str]]:
    """Return what zones and sectors are called, by id."""
    zones = zip(world.zone_names_en, world.zone_names_vi, strict=True)
    sectors = zip(world.sector_names_en, world.sector_names_vi, strict=True)
    return {
        **dict(zip(world.sector_ids, sectors, strict=True)),
        **dict(zip(world.zone_ids, zones, strict=True)),
    }


def parameters(world: World) -> pd.DataFrame:
    """Return every parameter with its range and where it comes from.

    Returns
    -------
    DataFrame
        key, label_en, label_vi, unit, value, low, high, prior, source, sourced (False: an
        assumption).
    """
    columns = columns_of(Parameters)
    unsourced = {info.key for info in describe_parameters(world, unsourced=True)}
    return pd.DataFrame(
        [
            {
                "key": info.key,
                "label_en": columns[info.key].label_en,
                "label_vi": columns[info.key].label_vi,
                "unit": info.unit,
                "value": info.value,
                "low": info.low,
                "high": info.high,
                "prior": info.prior,
                "source": info.source,
                "sourced": info.key not in unsourced,
            }
            for info in describe_parameters(world)
        ]
    )


def sources(world: World) -> pd.DataFrame:
    """Return the sources of the data: id, title, publisher, date, url."""
    return pd.DataFrame(list(world.sources.values()), columns=list(SourceInfo._fields))
