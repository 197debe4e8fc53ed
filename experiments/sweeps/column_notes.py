"""What the columns of exported tables are: unit, meaning in both languages, source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from experiments.outcomes import BY_KEY
from experiments.result import Result
from experiments.study import Factor, columns_set
from experiments.sweeps.manifest import province_of
from experiments.texts import Texts, label_in
from sim.scenario_levers import COLUMNS
from sim.schema import Parameters, ZoneRecord, columns_of
from sim.world import ParameterInfo

KEYS: Final = (
    "run_id",
    "point",
    "scenario",
    "replicate",
    "status",
    "year",
    "zone",
    "reason",
    "replay",
    "month",
    "event",
    "investor",
    "detail",
)


class Note(NamedTuple):
    """One column."""

    column: str
    unit: str
    meaning: str
    source: str


def notes_of(result: Result, columns: Sequence[str], texts: Texts) -> tuple[Note, ...]:
    """Return what some columns of a result are.

    Parameters
    ----------
    result : Result
        Whose they are.
    columns : sequence of str
        Their names.
    texts : Texts
        The language.
    """
    factors = {factor.name: factor for factor in result.study.factors}
    known = {info.key: info for info in province_of(result.manifest).world.parameters}
    version = result.manifest.content["versions"]["zonesim"]
    source = texts.get("column", "simulated").format(version=version, model=result.manifest.model)
    return tuple(
        _factor(factors[name], known.get(name), texts)
        if name in factors
        else _other(name, source, texts)
        for name in columns
    )


def _factor(factor: Factor, info: ParameterInfo | None, texts: Texts) -> Note:
    if info is not None:
        column, source = columns_of(Parameters)[factor.name], info.source
    else:
        column, source = COLUMNS[columns_set(factor.name)[0]], texts.get("column", "lever")
    return Note(factor.name, factor.unit, label_in(texts.language, column), source)


def _other(name: str, source: str, texts: Texts) -> Note:
    if name in KEYS:
        return Note(name, "", texts.get("column", name), "")
    zones = columns_of(ZoneRecord)
    if name in zones:
        return Note(name, zones[name].unit, label_in(texts.language, zones[name]), source)
    key, _, year = name.rpartition("_")
    dated = key in BY_KEY and year.isdigit()
    outcome = BY_KEY[key if dated else name]
    label = texts.outcome(outcome.key, alone=True)
    return Note(name, outcome.unit, f"{label}, {year}" if dated else label, source)
