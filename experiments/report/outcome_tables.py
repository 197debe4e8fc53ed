"""Tables of outcomes: differences with their intervals, or levels where there is one scenario.

Not for tables of zones, districts or sectors: experiments/report/place_tables.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from experiments.answer import Answer
from experiments.outcomes import BY_KEY, OUTCOMES, Outcome
from experiments.report.content import Column, Line, Number, Table, line, share_better, unit_of
from experiments.texts import Texts
from experiments.verdicts import digits

_QUANTILES: Final = ("median", "q05", "q95")
_SPREAD: Final = ("mean", "mean_lo", "mean_hi", *_QUANTILES)
_EXPLAINED: Final = "headline"  # the first table of outcomes says how all are to be read


def group(*names: str) -> tuple[Outcome, ...]:
    """Return the outcomes of some groups."""
    return tuple(outcome for outcome in OUTCOMES if outcome.group in names)


def heads(texts: Texts, *keys: str) -> tuple[Column, ...]:
    """Return columns without a unit of their own."""
    return tuple(Column(texts.get("report_head", key)) for key in keys)


def outcome_table(
    answer: Answer,
    texts: Texts,
    topic: str,
    outcomes: Sequence[Outcome],
    *,
    years: Sequence[int] = (),
    folded: bool = False,
) -> Table:
    """Return outcomes of every scenario beside the base, with paired differences.

    Parameters
    ----------
    answer : Answer
        Of one scenario, whose levels are given instead, or more.
    texts : Texts
        Language.
    topic : str
        Key of its caption, and of its sheet.
    outcomes : sequence of Outcome
        Which rows.
    years : sequence of int
        Of the years to report; by default the last.
    folded : bool
        Shown on demand.
    """
    wanted = tuple(years) or answer.setting.report_years[-1:]
    span = f"{wanted[0]}-{wanted[-1]}" if len(wanted) > 1 else str(wanted[0])
    caption = texts.get("report_table", topic).format(year=span)
    if len(answer.setting.scenarios) > 1:
        columns, rows = _paired(answer, texts, outcomes, wanted)
        note = texts.get("report", "verdict_note") if topic == _EXPLAINED else ""
    else:
        columns, rows = _levels(answer, texts, outcomes, wanted)
        note = texts.get("report", "level_note") if topic == _EXPLAINED else ""
    return Table(topic, caption, columns, rows, note, folded)


def _paired(
    answer: Answer, texts: Texts, outcomes: Sequence[Outcome], years: Sequence[int]
) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    named, table = answer.setting.labels(texts.language), answer.differences
    several, dated = len(answer.setting.scenarios) > 2, len(years) > 1
    found = {(r["scenario"], r["outcome"], r["year"]): r for r in table.to_dict("records")}
    rows = []
    for name in answer.setting.scenarios[1:]:
        for outcome in outcomes:
            for year in years:
                row = found[(name, outcome.key, year)]
                first = ((named[name],) if several else ()) + _named(outcome, texts)
                rows.append((*first, *((str(year),) if dated else ()), *_compared(row, texts)))
    keys = ["outcome", "unit", *(["year"] if dated else []), "base", "scenario_mean"]
    keys = [*(["scenario"] if several else []), *keys, "difference", "lo", "hi", "better"]
    return heads(texts, *keys, "verdict"), tuple(rows)


def _named(outcome: Outcome, texts: Texts) -> tuple[str, str]:
    return texts.outcome(outcome.key, alone=True), unit_of(outcome, texts)


def _compared(row: dict[str, Any], texts: Texts) -> Line:
    """Return both means, the difference with its interval, the share better, and the verdict."""
    outcome = BY_KEY[str(row["outcome"])]
    places = digits(row, outcome)
    means = (Number(row[key], outcome.unit, outcome.digits) for key in ("base_mean", _MEAN))
    ends = (Number(row[key], outcome.unit, places, sign=True) for key in ("difference", "lo", "hi"))
    verdict = texts.get("verdict", str(row["verdict"]))
    return (*means, *ends, share_better(row["p_better"]), verdict)


_MEAN = "scenario_mean"


def _levels(
    answer: Answer, texts: Texts, outcomes: Sequence[Outcome], years: Sequence[int]
) -> tuple[tuple[Column, ...], tuple[Line, ...]]:
    found = {(r["outcome"], r["year"]): r for r in answer.levels.to_dict("records")}
    dated, rows = len(years) > 1, []
    for outcome in outcomes:
        for year in years:
            row = found[(outcome.key, year)]
            numbers = (Number(row[key], outcome.unit, outcome.digits) for key in _SPREAD)
            unit = texts.unit(outcome.unit)
            first = (texts.outcome(outcome.key, alone=True), unit)
            rows.append((*first, *((str(year),) if dated else ()), *numbers))
    keys = ["outcome", "unit", *(["year"] if dated else []), "mean", "lo", "hi", *_QUANTILES]
    return heads(texts, *keys), tuple(rows)


def path_table(answer: Answer, texts: Texts, topic: str, keys: Sequence[str]) -> Table:
    """Return medians and bands of outcomes, year by year: what fan charts show at year ends."""
    named = answer.setting.labels(texts.language)
    chosen = answer.levels[answer.levels["outcome"].isin(keys)]
    rows = tuple(
        line(
            named[row["scenario"]],
            texts.outcome(row["outcome"], alone=True),
            texts.unit(row["unit"]),
            str(row["year"]),
            *(
                Number(row[key], row["unit"], BY_KEY[row["outcome"]].digits)
                for key in ("median", "q25", "q75", "q05", "q95", "mean")
            ),
        )
        for row in chosen.to_dict("records")
    )
    columns = ("scenario", "outcome", "unit", "year", "median", "q25", "q75", "q05", "q95", "mean")
    caption = texts.get("report_table", topic)
    return Table(topic, caption, heads(texts, *columns), rows, "", folded=True)


def value_table(
    answer: Answer, texts: Texts, years: Sequence[int], *, folded: bool = False
) -> Table:
    """Return what the extra public money of each scenario brings, until each of some years."""
    named = answer.setting.labels(texts.language)
    table = answer.increments
    rows = tuple(
        line(
            named[row["scenario"]],
            texts.get("increment", row["measure"]),
            texts.unit(row["unit"]),
            str(row["year"]),
            *(
                Number(row[key], row["unit"], 2 if "per" in row["measure"] else 1, sign=True)
                for key in ("value", "lo", "hi")
            ),
        )
        for row in table[table["year"].isin(years)].to_dict("records")
    )
    columns = heads(texts, "scenario", "measure", "unit", "until", "difference", "lo", "hi")
    topic = "increments_years" if folded else "increments"
    note = texts.get("report", "increments_note")
    return Table(topic, texts.get("report_table", topic), columns, rows, note, folded)
