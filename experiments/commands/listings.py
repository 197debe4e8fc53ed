"""The verbs that only read: zones, params, diff, scenarios, levers, schema."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence

from experiments.commands.arguments import UsageError
from experiments.grid import listing, section, wrapped
from experiments.json_text import json_text
from experiments.lever_words import lever_effect, lever_expected, lever_label
from experiments.province import load_province, load_scenarios
from experiments.summary_places import lever_lines
from experiments.sweeps.study_shape import json_schema_text as study_schema_text
from experiments.texts import Texts, label_in, load_texts
from sim.policy import diff_scenarios
from sim.scenario import json_schema_text, list_scenarios, load_scenario
from sim.scenario_levers import LEVERS, Lever, did_you_mean
from sim.schema import NEUTRAL_LEVERS, Parameters, codes, columns_of
from sim.world import SourceInfo, ZoneValue, describe_parameters, describe_zones

_CITED = re.compile(r"\b[A-Z]\d{2,3}\b")


def zones(arguments: argparse.Namespace) -> str:
    """Return every value of the zones with its unit and source.

    Raises
    ------
    UsageError
        If a zone is unknown.
    """
    world = load_province(arguments.province).world
    unknown = [name for name in arguments.zones if name not in world.zone_ids]
    if unknown:
        near = (
            did_you_mean(unknown[0], world.zone_ids) or f"There are: {', '.join(world.zone_ids)}."
        )
        raise UsageError(f"zonesim zones: no zone {unknown[0]!r} in {world.id}. {near}")
    wanted = arguments.zones or world.zone_ids
    values = [value for value in describe_zones(world) if value.zone in wanted]
    if arguments.json:
        return json_text([dict(value._asdict()) for value in values])
    names = world.zone_names_vi if arguments.lang == "vi" else world.zone_names_en
    parts = [
        section(f"{zone}: {name}", _zone_lines([value for value in values if value.zone == zone]))
        for zone, name in zip(world.zone_ids, names, strict=True)
        if zone in wanted
    ]
    texts = load_texts(arguments.lang)
    parts.append(_sources((value.source for value in values), world.sources, texts))
    return "\n\n".join(parts) + "\n"


def _zone_lines(values: Sequence[ZoneValue]) -> str:
    lines = []
    for value in values:
        first = f"{value.column:<24} {' '.join((value.value, value.unit)).strip():<16} "
        lines.append(wrapped(value.source, first=first, indent=" " * 42))
    return "\n".join(lines)


def _sources(cited: Iterable[str], known: Mapping[str, SourceInfo], texts: Texts) -> str:
    """Return the entries of sources.csv that some texts cite."""
    ids = sorted({name for text in cited for name in _CITED.findall(text)} & set(known))
    lines = [
        wrapped(
            ", ".join(part for part in (info.title, info.publisher, info.date, info.url) if part),
            first=f"{info.id}  ",
            indent="     ",
        )
        for info in (known[name] for name in ids)
    ]
    return section(texts.get("data", "sources"), "\n".join(lines) or "-")


def params(arguments: argparse.Namespace) -> str:
    """Return the parameters with unit, range, prior and source."""
    world = load_province(arguments.province).world
    found = describe_parameters(world, unsourced=arguments.unsourced)
    if arguments.json:
        return json_text([dict(info._asdict()) for info in found])
    texts = load_texts(arguments.lang)
    columns = columns_of(Parameters)
    lines = []
    for info in found:
        value = f"{info.value:g} {info.unit} ({info.low:g} .. {info.high:g}), {info.prior}"
        lines.append(f"{info.key}: {label_in(texts.language, columns[info.key])}")
        lines.append(wrapped(value, first="    ", indent="    "))
        lines.append(wrapped(info.source, first="    ", indent="    "))
    lines.append("")
    lines.append(_sources((info.source for info in found), world.sources, texts))
    return "\n".join(lines) + "\n"


def diff(arguments: argparse.Namespace) -> str:
    """Return which levers two scenarios set differently."""
    province = load_province(arguments.province)
    a, b = (load_scenarios([name], province)[0] for name in arguments.scenarios)
    rows = [dict(row._asdict()) for row in diff_scenarios(a, b, province.world)]
    if arguments.json:
        return json_text({"a": a.name, "b": b.name, "differences": list(rows)})
    texts = load_texts(arguments.lang)
    lines = [{**row, "value_against": row["value_a"], "value": row["value_b"]} for row in rows]
    title = texts.get("title", "levers").format(scenario=b.name, base=a.name)
    return section(title, lever_lines(lines) or texts.get("sentence", "no_levers")) + "\n"


def scenarios(arguments: argparse.Namespace) -> str:
    """Return the scenarios of a province with their labels."""
    province = load_province(arguments.province)
    names = list_scenarios(province.scenarios)
    found = [load_scenario(name, province.scenarios, province.world) for name in names]
    if arguments.json:
        return json_text(
            [{"name": s.name, "label_en": s.label_en, "label_vi": s.label_vi} for s in found]
        )
    texts = load_texts(arguments.lang)
    rows = [(scenario.name, label_in(texts.language, scenario)) for scenario in found]
    head = (texts.get("head", "name"), texts.get("head", "label"))
    return listing([head, *rows]) + "\n"


def levers(arguments: argparse.Namespace) -> str:
    """Return what each lever is and does; with --effect, what runs show of it.

    Raises
    ------
    UsageError
        If a lever is unknown.
    """
    if arguments.effect:
        from experiments.commands.runs import effects

        return effects(arguments)
    unknown = [name for name in arguments.levers if name not in LEVERS]
    if unknown:
        near = did_you_mean(unknown[0], LEVERS) or f"There are: {', '.join(LEVERS)}."
        raise UsageError(f"zonesim levers: no lever {unknown[0]!r}. {near}")
    named = [lever for lever in LEVERS.values() if lever.name in (arguments.levers or LEVERS)]
    start = {**NEUTRAL_LEVERS, **load_province(arguments.province).world.lever_start}
    texts = load_texts(arguments.lang)
    if arguments.json:
        return json_text([dict(_lever_row(lever, start, texts)) for lever in named])
    lines = []
    for lever in named:
        row = _lever_row(lever, start, texts)
        heading = f"{lever.name}: {row['label']} ({texts.get('head', 'task')} {lever.tasks})"
        begin = f"{texts.get('data', 'start')}: {row['start']}" if row["start"] else ""
        value = ". ".join(part for part in (row["value"], begin) if part)
        lines += [heading, wrapped(row["effect"], first="    ", indent="    ")]
        lines.append(wrapped(value, first="    ", indent="    "))
    return "\n".join(lines) + "\n"


def _lever_row(lever: Lever, start: Mapping[str, float], texts: Texts) -> dict[str, str]:
    first = start.get(lever.columns[0])
    begin = "" if first is None or lever.kind == "holiday" else f"{first:g}"
    if lever.kind == "rule" and first is not None:
        begin = codes.ALLOCATIONS[int(first)]
    return {
        "name": lever.name,
        "label": lever_label(lever, texts),
        "tasks": lever.tasks,
        "value": lever_expected(lever, texts),
        "unit": lever.unit,
        "start": begin,
        "effect": lever_effect(lever, texts),
    }


def schema(arguments: argparse.Namespace) -> str:
    """Return the JSON Schema of scenario files, or of study files."""
    return study_schema_text() if arguments.study else json_schema_text()
