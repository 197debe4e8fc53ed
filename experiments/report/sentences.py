"""Sentences of a report, made from tables: they say no more than the verdicts of their intervals.

Not for the verdicts: experiments/answer_tables.py. Sentences for the terminal:
experiments/verdicts.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from experiments.answer import Answer
from experiments.outcomes import BY_KEY
from experiments.texts import Texts, within
from experiments.verdicts import DOUBTFUL, counted, digits, interval

Row = Mapping[str, Any]
_LAND: Final = ("occupancy", "leased_ha")
_MONEY: Final = ("revenue_year_bn_vnd", "public_cost_cum_bn_vnd", "net_cum_bn_vnd")
_CLEAR: Final = ("better", "worse", "higher", "lower")
_MOST_ZONES: Final = 3  # named in a sentence


def quoted(answer: Answer, texts: Texts) -> dict[str, str]:
    """Return what scenarios are called within a sentence, by name."""
    labels = answer.setting.labels(texts.language)
    return {name: f"\u201c{label}\u201d" for name, label in labels.items()}


def words_of(answer: Answer, texts: Texts) -> dict[str, str]:
    """Return the words that most sentences fill in."""
    names = list(quoted(answer, texts).values())
    setting = answer.setting
    return {
        "province": setting.province_label(texts.language),
        "base": names[0],
        "scenarios": ", ".join(names[1:] or names),
        "first": setting.first_month[:4],
        "year": str(setting.report_years[-1]),
        "replicates": texts.counted("replicates", setting.replicates),
        "paired": texts.counted("paired", setting.replicates),
    }


def answer_sentences(answer: Answer, texts: Texts) -> tuple[str, ...]:
    """Return the answer: for each scenario what it does to land, to money, and how sure that is."""
    if len(answer.setting.scenarios) < 2 or answer.setting.replicates < 2:
        return _alone(answer, texts)
    named = quoted(answer, texts)
    sentences: list[str] = []
    for name in answer.setting.scenarios[1:]:
        rows = last_differences(answer, name)
        words = {**words_of(answer, texts), "scenario": named[name]}
        for key, outcomes in (("answer_land", _LAND), ("answer_money", _MONEY)):
            clauses = "; ".join(clause(rows[outcome], texts) for outcome in outcomes)
            sentences.append(texts.get("report", key).format(**words, clauses=clauses))
        sentences.append(_sureness(rows, words, texts))
    return tuple(sentences)


def _sureness(rows: Mapping[str, Row], words: Mapping[str, str], texts: Texts) -> str:
    """Return how many headline outcomes are better, worse, or cannot be told."""
    found = [str(row["verdict"]) for row in rows.values() if row["headline"]]
    counts = {
        "better": found.count("better"),
        "worse": found.count("worse"),
        "unclear": sum(map(found.count, DOUBTFUL)),
        "same": found.count("same"),
        "all": len(found),
    }
    numbers = {key: texts.number(count, 0) for key, count in counts.items()}
    return texts.get("report", "answer_sure").format(**words, **numbers)


def _alone(answer: Answer, texts: Texts) -> tuple[str, ...]:
    """Return medians and bands of a scenario of its own, or of one replicate its values."""
    setting = answer.setting
    words = {**words_of(answer, texts), "scenario": quoted(answer, texts)[setting.scenarios[0]]}
    rows = answer.levels[answer.levels["year"] == setting.report_years[-1]]
    first = rows[rows["scenario"] == setting.scenarios[0]].set_index("outcome")
    one = setting.replicates == 1
    level, sure = ("level_one", "answer_one") if one else ("level", "answer_sure_alone")
    sentences = []
    for key, outcomes in (("answer_land", _LAND), ("answer_money", _MONEY)):
        clauses = "; ".join(_level(first.loc[name], name, level, texts) for name in outcomes)
        sentences.append(texts.get("report", f"{key}_alone").format(**words, clauses=clauses))
    return (*sentences, texts.get("report", sure).format(**words))


def _level(row: pd.Series, key: str, level: str, texts: Texts) -> str:
    outcome = BY_KEY[key]
    numbers = {
        name: texts.quantity(float(row[name]), outcome.unit, outcome.digits)
        for name in ("median", "q05", "q95")
    }
    return texts.get("report", level).format(
        outcome=spoken(key, texts), unit=texts.unit(outcome.unit), **numbers
    )


def last_differences(answer: Answer, name: str) -> dict[str, dict[str, Any]]:
    """Return the differences of a scenario at the end, by outcome."""
    table = answer.differences
    chosen = (table["scenario"] == name) & (table["year"] == answer.setting.report_years[-1])
    return {str(row["outcome"]): dict(row) for _, row in table[chosen].iterrows()}


def clause(row: Row, texts: Texts) -> str:
    """Return what can be said of one difference, to stand within a sentence."""
    outcome, verdict = BY_KEY[str(row["outcome"])], str(row["verdict"])
    value = float(row["difference"])
    direction = "higher" if value > 0.0 else "lower"
    key = direction if verdict in _CLEAR else verdict
    if key == "unclear" and (float(row["lo"]) > 0.0 or float(row["hi"]) < 0.0):
        key = "unguarded"  # clear by itself, not among all the tests of the answer
    template = texts.sections["report"].get(f"{key}_{outcome.unit}") or texts.get("report", key)
    unit = "" if outcome.unit == "index" else texts.unit(outcome.unit, difference=True)
    size = texts.quantity(
        abs(value), outcome.unit, digits(dict(row), outcome) if math.isfinite(value) else 0
    )
    return template.format(
        outcome=spoken(outcome.key, texts),
        size=f"{size} {unit}".rstrip(),
        interval=interval(dict(row), texts, level=True),
        **counted(dict(row), texts),
    )


def spoken(key: str, texts: Texts) -> str:
    """Return the name of an outcome as it stands within a sentence."""
    return texts.sections["spoken"].get(key) or within(texts.outcome(key, alone=True))


def zone_sentences(answer: Answer, name: str, texts: Texts) -> list[str]:
    """Return which zones clearly gain and lose leased land, and for how many that is unclear."""
    table = answer.zone_differences
    rows = table[(table["scenario"] == name) & (table["measure"] == "leased_ha")]
    said = []
    for verdict, ascending in (("better", False), ("worse", True)):
        clear = rows[rows["verdict"] == verdict]
        first = clear.sort_values("difference", ascending=ascending, kind="stable")
        if len(clear):
            zones = "; ".join(
                _zone_change(row, answer, texts)
                for row in first.head(_MOST_ZONES).to_dict("records")
            )
            count = texts.counted("zones", len(clear))
            said.append(
                texts.get("report", f"zones_{verdict}").format(
                    scenario=quoted(answer, texts)[name], count=count, zones=zones
                )
            )
    unclear = int(rows["verdict"].isin(DOUBTFUL).sum())
    if unclear:
        words = {**words_of(answer, texts), "count": texts.counted("zones", unclear)}
        said.append(texts.get("report", "zones_unclear").format(**words))
    return said


def _zone_change(row: Row, answer: Answer, texts: Texts) -> str:
    names = answer.places.set_index("zone")[f"name_{texts.language}"]
    change, lo, hi = (
        texts.number(float(row[key]), 1, sign=True) for key in ("difference", "lo", "hi")
    )
    level = texts.get("sentence", "level").format(lo=lo, hi=hi)
    return f"{names[row['zone']]} {change} ha ({level})"


def binding_sentence(answer: Answer, name: str, texts: Texts) -> str:
    """Return how many zones each constraint binds at the end."""
    table, setting = answer.constraints, answer.setting
    rows = table[(table["scenario"] == name) & (table["year"] == setting.years[-1])]
    counts = rows["constraint"].value_counts(sort=True)
    order = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    listed = [
        f"{texts.get('binding', str(key))} ({texts.number(int(count), 0)})" for key, count in order
    ]
    return texts.get("report", "binding").format(
        scenario=quoted(answer, texts)[name], year=setting.years[-1], listed="; ".join(listed)
    )


def value_sentence(answer: Answer, name: str, texts: Texts) -> str:
    """Return what an extra public đồng brings, or that this cannot be told."""
    table, year = answer.increments, answer.setting.report_years[-1]
    row = table[
        (table["scenario"] == name)
        & (table["year"] == year)
        & (table["measure"] == "extra_revenue_per_public_dong")
    ].iloc[0]
    words = {**words_of(answer, texts), "scenario": quoted(answer, texts)[name]}
    if not math.isfinite(float(row["value"])):
        return texts.get("report", "value_unclear").format(**words)
    numbers = {key: texts.number(float(row[key]), 2) for key in ("value", "lo", "hi")}
    return texts.get("report", "value").format(**words, **numbers)
