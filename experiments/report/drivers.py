"""What drives a result: the part of a report that a sweep adds, from the tables of its analysis.

Not for the analysis: experiments/insight/analysis.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from experiments.insight.analysis import Analysis
from experiments.insight.boxes_in_words import box_sentences
from experiments.insight.labels import Labels
from experiments.insight.responses import Subject, by_subject
from experiments.insight.sobol import LUCK
from experiments.insight.words import head_sentences
from experiments.outcomes import BY_KEY
from experiments.plots.insight import insight_figures
from experiments.report.content import (
    SHARE,
    Bullets,
    Cell,
    Column,
    Number,
    Part,
    Picture,
    Table,
    capital,
)
from experiments.report.outcome_tables import heads
from experiments.texts import Texts

Row = Mapping[str, Any]
_BY: Final = {"sobol": "total", "morris": "mu_star"}  # the index that factors are ranked by
_MOST_ROWS: Final = 40  # of a table that shows everything
_FIRST: Final = 10  # factors of a subject shown otherwise
_SHARES: Final = ("best_share", "minimax_share", "least_mean_share")  # of futures or resamples
_SHOWS: Final = {  # figures and the words under them; convergence is for those who made the sweep
    "sobol": "shares_note",
    "morris": "range_note",
    "effects": "effects_note",
    "regret": "regrets_note",
    "boxes": "boxes_note",
}


def driver_parts(analysis: Analysis, texts: Texts) -> Iterator[Part]:
    """Yield the question of the sweep, its tables and its figures."""
    say, labels = texts.sections["insight"], Labels(analysis.study, texts, spoken=True)
    yield from head_sentences(analysis, labels)
    for name in (kind for kind in _KINDS if kind in analysis.tables):
        whole = analysis.tables[name]
        if len(whole) > _MOST_ROWS and name in _BY:
            yield from (_table(rows, name, labels, of=of) for of, rows in _first(whole, name))
            yield _table(whole, name, labels, folded=True)
        else:
            yield _table(whole, name, labels)
    if "boxes" in analysis.tables:
        yield Bullets(tuple(box_sentences(analysis.tables["boxes"], labels)))
    for name, drawn in insight_figures(analysis, texts).items():
        kind = name.partition("-")[0]
        if kind in _SHOWS:
            heading = drawn.figure.get_suptitle()
            shows = capital(say[_SHOWS[kind]]) + "."
            alternative = texts.get("report", "alternative").format(
                heading=heading, shows=shows, scenarios=labels.scenarios()
            )
            yield Picture(name, heading, shows, alternative, drawn)


def _first(table: pd.DataFrame, name: str) -> Iterator[tuple[Subject, pd.DataFrame]]:
    """Yield for each subject the factors that come first, by the index they are ranked by."""
    for subject, rows in by_subject(table):
        factors = rows[rows["factor"] != LUCK].sort_values(_BY[name], ascending=False)
        yield subject, pd.concat([factors.head(_FIRST), rows[rows["factor"] == LUCK]])


def _table(
    table: pd.DataFrame,
    name: str,
    labels: Labels,
    *,
    of: Subject | None = None,
    folded: bool = False,
) -> Table:
    """Return a table of an analysis, whole or of one subject."""
    texts, rows = labels.texts, []
    columns, cells = _KINDS[name]
    for row in table.fillna({"against": ""} if "against" in table else {}).to_dict("records"):
        year = int(row["year"])
        first = (labels.outcome(row["outcome"], year), *cells(row, labels))
        rows.append(first)
    per_cent = texts.unit(SHARE)
    head = tuple(
        Column(texts.get("insight", key), per_cent if key in _SHARES else "") for key in columns
    )
    caption, note = texts.get("insight", name), texts.get("insight", f"note_{name}")
    if of is not None:
        caption, note = f"{caption}: {labels.subject(of)}", ""  # the note is with the whole table
    topic = f"drivers_{name}{'_all' if folded else ''}"
    return Table(topic, caption, (*heads(texts, "outcome"), *head), tuple(rows), note, folded)


def _sobol(row: Row, labels: Labels) -> tuple[Cell, ...]:
    keys = ("first", "first_lo", "first_hi", "total", "total_lo", "total_hi")
    rank = labels.rank(row) if row["factor"] != LUCK and row["rank_best"] else ""
    whose = labels.whose(row["scenario"], row["against"])
    return (whose, labels.factor(row["factor"]), *(Number(row[k], "", 2) for k in keys), rank)


def _morris(row: Row, labels: Labels) -> tuple[Cell, ...]:
    outcome = BY_KEY[row["outcome"]]
    places = labels.digits(row, row["mu_star"])
    keys = ("mu_star", "mu_star_lo", "mu_star_hi", "mu", "sigma", "floor")
    numbers = (Number(row[k], outcome.unit, places, sign=k == "mu") for k in keys)
    whose = labels.whose(row["scenario"], row["against"])
    return (whose, labels.factor(row["factor"]), labels.unit(row), *numbers, labels.rank(row))


def _effects(row: Row, labels: Labels) -> tuple[Cell, ...]:
    outcome = BY_KEY[row["outcome"]]
    places = labels.digits(row, row["change"], row["lo"], row["hi"])
    numbers = (Number(row[k], outcome.unit, places, sign=True) for k in ("change", "lo", "hi"))
    whose = labels.whose(row["scenario"], row["against"])
    factor, unit = labels.factor(row["factor"]), labels.unit(row, difference=True)
    value = labels.value(row["factor"], row["value"])
    return (whose, factor, value, unit, *numbers, Number(row["p_holm"], "", 3))


def _regret(row: Row, labels: Labels) -> tuple[Cell, ...]:
    outcome = BY_KEY[row["outcome"]]
    numbers = (
        Number(row[k], outcome.unit, labels.digits(row, row[k])) for k in ("mean", "q90", "max")
    )
    shares = (Number(row[k], SHARE, 2) for k in _SHARES)
    return (labels.scenario(row["policy"]), labels.unit(row, difference=True), *numbers, *shares)


_KINDS: Final[dict[str, tuple[tuple[str, ...], Callable[[Row, Labels], tuple[Cell, ...]]]]] = {
    "sobol": (
        ("whose", "factor", "first", "lo", "hi", "total", "lo", "hi", "rank"),
        _sobol,
    ),
    "morris": (
        ("whose", "factor", "unit", "mu_star", "lo", "hi", "mu", "sigma", "floor", "rank"),
        _morris,
    ),
    "effects": (("whose", "factor", "value", "unit", "change", "lo", "hi", "p_holm"), _effects),
    "regret": (
        (
            "whose",
            "unit",
            "mean_regret",
            "q90",
            "max",
            *_SHARES,
        ),
        _regret,
    ),
}
