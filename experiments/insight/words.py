"""An analysis as text for the terminal, in tables of 80 columns and sentences.

Not for numbers: experiments/insight/analysis.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from experiments.grid import grid, section, wrapped
from experiments.insight.analysis import Analysis
from experiments.insight.boxes_in_words import box_sections
from experiments.insight.labels import Labels
from experiments.insight.responses import by_subject
from experiments.insight.sobol import LUCK
from experiments.outcomes import BY_KEY
from experiments.texts import Texts

Row = dict[str, Any]
_MOST_ROWS: Final = 40  # of a grid shown; the rest is in the tables, as of these:
_MOST_FACTORS: Final = 20
_MOST_STEPS: Final = 10


def analysis_text(analysis: Analysis, texts: Texts) -> str:
    """Return the whole analysis as text.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    texts : Texts
        In which language.
    """
    say, labels = texts.sections["insight"], Labels(analysis.study, texts)
    parts = [wrapped(sentence) for sentence in head_sentences(analysis, labels)]
    for name, lines in _BY_SUBJECT.items():
        if name in analysis.tables:
            parts += _sections(analysis, name, lines, labels)
    parts += _noise(analysis, labels)
    parts += _regret(analysis, labels)
    parts += box_sections(analysis.tables.get("boxes"), labels)
    notes = [say[f"note_{name}"] for name in _NOTED if name in analysis.tables]
    bullets = "\n".join(wrapped(note, indent="  ", first="- ") for note in notes)
    parts.append(section(texts.get("title", "notes"), bullets))
    return "\n\n".join(parts) + "\n"


_NOTED: Final = (
    "noise", "sobol", "morris", "convergence", "effects", "means", "regret", "boxes"
)  # fmt: skip


def head_sentences(analysis: Analysis, labels: Labels) -> Iterator[str]:
    """Yield what a study asks and holds, and how many of its runs failed if any did."""
    study, texts = analysis.study, labels.texts
    yield texts.get("insight", "head").format(
        study=study.label(texts.language),
        question=study.question(texts.language),
        points=texts.counted("points", analysis.points),
        scenarios=labels.scenarios(),
        replicates=texts.counted("replicates", analysis.replicates),
    )
    if analysis.failed:
        yield texts.counted("runs_failed", analysis.failed)


def _sections(
    analysis: Analysis, name: str, lines: Callable[[list[Row], Labels], str], labels: Labels
) -> list[str]:
    """Return a section for each subject of a table."""
    title = labels.texts.get("insight", name)
    return [
        section(f"{title}: {labels.subject(subject)}", lines(_rows(rows), labels))
        for subject, rows in by_subject(analysis.tables[name])
    ]


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _noise(analysis: Analysis, labels: Labels) -> list[str]:
    """Return a section for each outcome: mean and spread of every subject, and the part of luck."""
    texts, parts = labels.texts, []
    keys = ("mean", "sd_run", "luck_share", "interval", "used")
    table = analysis.tables["noise"].fillna({"against": ""})
    for (outcome, year), rows in table.groupby(["outcome", "year"], sort=False):
        lines = []
        for row in _rows(rows):
            name = labels.less(row["scenario"], row["against"])
            numbers = [labels.size(row, row["mean"]), labels.size(row, row["sd_run"])]
            luck = [texts.percent(row["luck_share"]), labels.span(row, "luck", share=True)]
            used = f"{row['points_used']}/{row['points_used'] + row['points_left_out']}"
            lines.append([name, *numbers, *luck, used])
        body = grid(["", *(texts.get("insight", key) for key in keys)], lines)
        unit = f"[{texts.unit(BY_KEY[outcome].unit)}]"
        title = f"{texts.get('insight', 'noise')}: {labels.outcome(outcome, int(year))} {unit}"
        parts.append(section(title, body))
    return parts


def _sobol(rows: list[Row], labels: Labels) -> str:
    texts, lines = labels.texts, []
    luck = [row for row in rows if row["factor"] == LUCK]
    factors = sorted((r for r in rows if r["factor"] != LUCK), key=lambda r: -r["total"])
    for row in [*factors[:_MOST_FACTORS], *luck]:
        shares = [texts.number(row[key], 2) for key in ("first", "total")]
        spans = [labels.span(row, key, digits=2) for key in ("first", "total")]
        rank = labels.rank(row) if row["rank_best"] else ""
        name = labels.factor(row["factor"])
        lines.append([name, shares[0], spans[0], shares[1], spans[1], rank])
    head = [texts.get("insight", key) for key in ("first", "interval", "total", "interval", "rank")]
    return _with_rest(grid([texts.get("insight", "factor"), *head], lines), factors, labels)


def _morris(rows: list[Row], labels: Labels) -> str:
    texts, lines = labels.texts, []
    factors = sorted(rows, key=lambda row: -row["mu_star"])
    for row in factors[:_MOST_FACTORS]:
        digits = labels.digits(row, max(r["mu_star"] for r in rows) / 10.0)
        numbers = [
            labels.size(row, row[key], digits=digits, sign=key == "mu")
            for key in ("mu_star", "mu", "sigma", "floor")
        ]
        span = labels.span(row, "mu_star", digits=digits)
        lines.append(
            [labels.factor(row["factor"]), numbers[0], span, *numbers[1:], labels.rank(row)]
        )
    keys = ("mu_star", "interval", "mu", "sigma", "floor", "rank")
    head = [texts.get("insight", key) for key in keys]
    name = f"{texts.get('insight', 'factor')} [{labels.unit(rows[0])}]"
    return _with_rest(grid([name, *head], lines), factors, labels)


def _with_rest(body: str, rows: list[Row], labels: Labels) -> str:
    """Return a table and how many rows more there are."""
    left = len(rows) - _MOST_FACTORS
    return f"{body}\n{labels.texts.counted('more_factors', left)}" if left > 0 else body


def _convergence(rows: list[Row], labels: Labels) -> str:
    """Return the index that factors are ranked by, from ever more points."""
    texts, key = labels.texts, "total" if "total" in rows[0] else "mu_star"
    steps = sorted({row["base_points"] for row in rows})
    digits = labels.digits(rows[0], max(abs(row[key]) for row in rows) / 10.0)
    by_factor: dict[str, list[Row]] = {}
    for row in rows:
        by_factor.setdefault(row["factor"], []).append(row)
    lines = []
    largest = sorted(by_factor.items(), key=lambda item: -item[1][-1][key])
    for factor, found in largest[:_MOST_STEPS]:
        shown = [
            texts.number(row[key], 2)
            if key == "total"
            else labels.size(row, row[key], digits=digits)
            for row in found
        ]
        lines.append([labels.factor(factor), *shown])
    return grid([texts.get("insight", "base_points"), *(f"{n}" for n in steps)], lines)


def _effects(rows: list[Row], labels: Labels) -> str:
    texts, lines = labels.texts, []
    for row in rows:
        name = f"{labels.factor(row['factor'])} = {labels.value(row['factor'], row['value'])}"
        digits = labels.digits(row, row["change"], row["lo"], row["hi"])
        change = labels.size(row, row["change"], digits=digits, sign=True)
        p_holm = texts.number(row["p_holm"], 3)
        lines.append([name, change, labels.span(row, "", digits=digits, sign=True), p_holm])
    head = [texts.get("insight", key) for key in ("change", "interval", "p_holm")]
    return grid([f"[{labels.unit(rows[0], difference=True)}]", *head], lines)


def _means(rows: list[Row], labels: Labels) -> str:
    texts, names = labels.texts, [factor.name for factor in labels.study.factors]
    lines = [
        [
            *(labels.value(name, row[name]) for name in names),
            labels.size(row, row["mean"]),
            labels.span(row, ""),
        ]
        for row in rows[:_MOST_ROWS]
    ]
    mean = f"{texts.get('head', 'mean')} [{labels.unit(rows[0])}]"
    head = [*map(labels.factor, names), mean, texts.get("insight", "interval")]
    return grid(head, lines, left=len(names))


_BY_SUBJECT: Final[dict[str, Callable[[list[Row], Labels], str]]] = {
    "sobol": _sobol,
    "morris": _morris,
    "convergence": _convergence,
    "effects": _effects,
    "means": _means,
}


def _regret(analysis: Analysis, labels: Labels) -> Sequence[str]:
    """Return a section about regret for each outcome, with the choice and how stable it is."""
    table, texts, parts = analysis.tables.get("regret"), labels.texts, []
    if table is None:
        return []
    say = texts.sections["insight"]
    for (outcome, year), rows in table.groupby(["outcome", "year"], sort=False):
        lines = []
        for row in _rows(rows):
            sizes = [labels.size(row, row[key]) for key in ("mean", "q90", "max")]
            shares = [
                texts.percent(row[key])
                for key in ("best_share", "minimax_share", "least_mean_share")
            ]
            lines.append([labels.scenario(row["policy"]), *sizes, *shares])
        keys = ("mean_regret", "q90", "max", "best_share", "minimax_share", "least_mean_share")
        unit = texts.unit(BY_KEY[outcome].unit, difference=True)
        body = grid([f"[{unit}]", *(say[key] for key in keys)], lines)
        told = say["choice"].format(
            **labels.chosen(rows), futures=texts.number(rows["futures"].iloc[0], 0)
        )
        title = f"{say['regret']}: {labels.outcome(outcome, int(year))}"
        parts.append(section(title, f"{body}\n{wrapped(told)}"))
    return parts
