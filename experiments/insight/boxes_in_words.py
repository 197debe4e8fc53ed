"""Boxes of scenario discovery as sentences: when a scenario misses its mark."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.grid import grid, section, wrapped
from experiments.insight.labels import Labels
from experiments.outcomes import BY_KEY

_BOX = ["outcome", "year", "side", "threshold", "scenario"]


def box_sections(table: pd.DataFrame | None, labels: Labels) -> list[str]:
    """Return a section for each question and scenario.

    Parameters
    ----------
    table : DataFrame, optional
        `boxes` of an analysis.
    labels : Labels
        Of the study, in some language.
    """
    if table is None:
        return []
    parts = []
    for _, rows in table.groupby(_BOX, sort=False):
        first = _record(rows.iloc[0])
        lines = [wrapped(_how_often(first, labels))]
        for number, box in rows.groupby("box", sort=False):
            records = [_record(row) for _, row in box.iterrows()]
            lines.append(wrapped(box_sentence(records, labels)) if number else _none(labels))
            if number:
                lines.append(_limits(records, labels))
        parts.append(section(_title(first, labels), "\n".join(lines)))
    return parts


def box_sentences(table: pd.DataFrame, labels: Labels) -> list[str]:
    """Return for each question and scenario how often it happens, then when."""
    said = []
    for _, rows in table.groupby(_BOX, sort=False):
        first = _record(rows.iloc[0])
        said.append(f"{mark_of(first, labels)}. {_how_often(first, labels)}")
        for number, box in rows.groupby("box", sort=False):
            records = [_record(row) for _, row in box.iterrows()]
            found = (
                box_sentence(records, labels) if number else labels.texts.get("insight", "no_box")
            )
            said.append(found)
    return said


def _record(row: pd.Series) -> dict[str, Any]:
    return {str(key): value for key, value in row.items()}


def box_sentence(box: list[dict[str, Any]], labels: Labels) -> str:
    """Return one box as a sentence, from the rows of its restrictions."""
    texts, first = labels.texts, box[0]
    joined = f" {texts.get('insight', 'and')} ".join(_restriction(row, labels) for row in box)
    return texts.get("insight", "box").format(
        event=mark_of(first, labels),
        restrictions=joined,
        density=texts.percent(first["density"]),
        coverage=texts.percent(first["coverage"]),
    )


def mark_of(row: Mapping[str, Any], labels: Labels) -> str:
    """Return what happens, such as "plan_175: occupancy below 80 %"."""
    return labels.texts.get("insight", "below_mark" if row["side"] == "<" else "above_mark").format(
        scenario=labels.scenario(row["scenario"]),
        outcome=labels.outcome(row["outcome"], int(row["year"])),
        number=threshold_of(row, labels),
    )


def threshold_of(row: Mapping[str, Any], labels: Labels) -> str:
    """Return a threshold with its unit."""
    texts, outcome = labels.texts, BY_KEY[row["outcome"]]
    number = texts.quantity(float(row["threshold"]), outcome.unit, outcome.digits)
    return number if outcome.unit == "index" else f"{number} {texts.unit(outcome.unit)}"


def _title(row: Mapping[str, Any], labels: Labels) -> str:
    return f"{labels.texts.get('insight', 'boxes')}: {mark_of(row, labels)}"


def _how_often(row: Mapping[str, Any], labels: Labels) -> str:
    texts = labels.texts
    return texts.get("insight", "how_often").format(
        cases=texts.number(float(row["cases"]), 0),
        futures=texts.number(float(row["futures"]), 0),
        share=texts.percent(float(row["cases"]) / float(row["futures"])),
    )


def _none(labels: Labels) -> str:
    return wrapped(labels.texts.get("insight", "no_box"))


def _restriction(row: Mapping[str, Any], labels: Labels) -> str:
    """Return what a box asks of one factor, in words."""
    texts, name, factor = labels.texts, str(row["factor"]), labels.within(str(row["factor"]))
    unit = labels.unit_of(name)

    def shown(value: float) -> str:
        return f"{labels.value(name, value)} {unit}".rstrip()

    lo, hi = float(row["lo"]), float(row["hi"])
    if row["allowed"]:
        allowed = [labels.value(name, float(place)) for place in str(row["allowed"]).split()]
        either = f" {texts.get('insight', 'or')} ".join(allowed)
        return texts.get("insight", "is").format(factor=factor, value=either)
    kind = next(each.kind for each in labels.study.factors if each.name == name)
    if kind == "boolean":
        return texts.get("insight", "is").format(
            factor=factor, value=shown(lo if math.isfinite(lo) else hi)
        )
    if not math.isfinite(lo):
        return texts.get("insight", "at_most").format(factor=factor, value=shown(hi))
    if not math.isfinite(hi):
        return texts.get("insight", "at_least").format(factor=factor, value=shown(lo))
    return texts.get("insight", "between").format(factor=factor, lo=shown(lo), hi=shown(hi))


def _limits(box: list[dict[str, Any]], labels: Labels) -> str:
    """Return the restrictions with their quasi-p values, and the size of the box."""
    texts, first = labels.texts, box[0]
    lines = [[_restriction(row, labels), _quasi_p(float(row["quasi_p"]), labels)] for row in box]
    sizes = {key: texts.percent(float(first[key])) for key in ("coverage", "density", "mass")}
    head = texts.get("insight", "box_size").format(box=int(first["box"]), **sizes)
    return grid([head, "quasi-p"], lines)


def _quasi_p(value: float, labels: Labels) -> str:
    least = 0.001
    shown = labels.texts.number(max(value, least), 3)
    return shown if value >= least else f"<{shown}"
