"""Tables of what stands behind a result: levers by date, parameters, sources, where it is from."""

from __future__ import annotations

import shlex
from typing import Any, Final

from experiments.answer import Answer
from experiments.report.content import Column, Number, Table
from experiments.report.outcome_tables import heads
from experiments.texts import Texts

_PERIOD: Final = ("lever", "label_en", "unit", "from_month", "until_month", "value_against")


def lever_table(answer: Answer, name: str, texts: Texts) -> Table:
    """Return what a scenario sets differently from the base, or the base from the start year.

    Places in which a lever changes in the same period and from the same value share a row.
    """
    base = "" if name == answer.setting.scenarios[0] else answer.setting.scenarios[0]
    table = answer.levers
    chosen = table[(table["scenario"] == name) & (table["against"] == base)]
    rows = tuple(
        _lever_row(group.to_dict("records"), texts)
        for _, group in chosen.groupby(list(_PERIOD), sort=False, dropna=False)
    )
    named = answer.setting.labels(texts.language)
    key = "levers" if base else "levers_start"
    words = {"scenario": named[name], "base": named.get(base, "")}
    caption = texts.get("report_table", key).format(**words)
    columns = heads(texts, "lever", "from_month", "until_month", "was", "becomes", "unit")
    note = "" if rows else texts.get("sentence", "no_levers")
    return Table("levers", caption, columns, rows, note)


def _lever_row(group: list[Any], texts: Texts) -> tuple[str, ...]:
    """Return one row for a lever in a period: where, from which value to which."""
    first, unit = group[0], group[0]["unit"]
    values = [_value(row["value"], unit, texts) for row in group]
    places = [row[f"place_{texts.language}"] for row in group]
    alike = len(set(values)) == 1
    where = [
        place if alike else f"{place} {value}" for place, value in zip(places, values, strict=True)
    ]
    label = first[f"label_{texts.language}"]
    return (
        f"{label}: {', '.join(where)}" if any(places) else label,
        first["from_month"],
        first["until_month"],
        _value(first["value_against"], unit, texts),
        values[0] if alike else texts.get("report", "by_place"),
        texts.sections["report_unit"].get(unit, unit),
    )


def _value(text: str, unit: str, texts: Texts) -> str:
    """Return a value of a lever as people read it."""
    known = texts.sections["report_value"].get(str(text))
    if known:
        return known
    try:
        number = float(text)
    except ValueError:
        return str(text)
    scaled = 100.0 * number if unit == "share" else number
    return texts.number(scaled, _digits(scaled, most=4))


def parameter_table(answer: Answer, texts: Texts, *, sourced: bool) -> Table:
    """Return the parameters with a published source, or those that are assumptions."""
    table = answer.parameters
    rows = tuple(
        (
            row[f"label_{texts.language}"],
            row["key"],
            *(Number(float(row[key]), "", _digits(float(row[key]))) for key in _RANGE),
            texts.data_unit(row["unit"]),
            row["prior"],
            row["source"],
        )
        for row in table[table["sourced"].astype(bool) == sourced].to_dict("records")
    )
    columns = heads(texts, "parameter", "key", "value", "low", "high", "unit", "prior", "source")
    topic = "parameters" if sourced else "assumptions"
    caption = texts.get("report_table", topic).format(n=texts.number(len(rows), 0))
    return Table(topic, caption, columns, rows, folded=True)


_RANGE: Final = ("value", "low", "high")


def _digits(value: float, *, most: int = 6) -> int:
    """Return the decimals that a value was written with, at most so many."""
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2])


def source_table(answer: Answer, texts: Texts) -> Table:
    """Return the sources that data cite by their ids."""
    rows = tuple(
        tuple(str(row[key]) for key in ("id", "title", "publisher", "date", "url"))
        for row in answer.sources.fillna("").to_dict("records")
    )
    columns = heads(texts, "id", "source", "publisher", "date", "url")
    return Table("sources", texts.get("report_table", "sources"), columns, rows, folded=True)


def provenance_table(answer: Answer, texts: Texts) -> Table:
    """Return which runs of which model and data a report shows."""
    setting = answer.setting
    last = setting.first_replicate + setting.replicates - 1
    named = setting.labels(texts.language).items()
    facts = {
        "version": f"zonesim {setting.version}",
        "model": setting.model,
        "data": f"{setting.province_label(texts.language)} ({setting.province}), {setting.data}",
        "scenarios": ", ".join(f"{name} ({label})" for name, label in named),
        "months": f"{setting.first_month} - {setting.last_month}",
        "seed": str(setting.seed),
        "replicates": f"{setting.replicates} ({setting.first_replicate} - {last})",
    }
    rows = tuple((texts.get("report_fact", key), value) for key, value in facts.items())
    columns = (*heads(texts, "fact"), Column(texts.get("report_head", "value")))
    return Table("provenance", texts.get("report_table", "provenance"), columns, rows)


def command(answer: Answer) -> str:
    """Return the line that makes the same result again.

    Scenarios and provinces of one's own are known by name only: their paths are to be put in.
    """
    setting = answer.setting
    verb = "compare" if len(setting.scenarios) > 1 else "run"
    words = ["zonesim", verb, *setting.scenarios, "--province", setting.province]
    words += ["--replicates", str(setting.replicates), "--seed", str(setting.seed)]
    if setting.first_replicate:
        words += ["--first-replicate", str(setting.first_replicate)]
    words += ["--until", setting.last_month, "--out", f"results/{setting.scenarios[-1]}"]
    return shlex.join(words)
