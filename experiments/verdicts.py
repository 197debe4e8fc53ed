"""Say in sentences what can and cannot be told from this many replicates.

Not for the statistics behind them: experiments/statistics.py, and the column `verdict`.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from experiments.answer import Answer
from experiments.outcomes import BY_KEY
from experiments.statistics import MOST_REPLICATES
from experiments.texts import Texts

_CLEAR: Final = {"better": "clear", "worse": "clear_worse"}
Row = dict[str, float | str]


class Verdicts(NamedTuple):
    """Sentences about the headline outcomes at the end."""

    clear: list[str]
    unclear: list[str]
    tests: int


def verdicts(answer: Answer, texts: Texts) -> Verdicts:
    """Return what can be told and what cannot, of every scenario against the base.

    Parameters
    ----------
    answer : Answer
        Of two scenarios or more.
    texts : Texts
        In which language.
    """
    table = answer.differences
    family = table[table["headline"].astype(bool)]
    last = family[family["year"] == answer.setting.report_years[-1]]
    clear: list[str] = []
    unclear: list[str] = []
    for row in last.to_dict("records"):
        found = clear if row["verdict"] not in ("unclear", "same", "undefined") else unclear
        found.append(_sentence(row, texts))
    return Verdicts(clear, unclear, int(family["p_value"].notna().sum()))


def _sentence(row: Row, texts: Texts) -> str:
    outcome = BY_KEY[str(row["outcome"])]
    verdict = str(row["verdict"])
    scenario, label = str(row["scenario"]), texts.outcome(outcome.key, alone=True)
    if verdict in ("same", "undefined"):
        template = texts.get("sentence", verdict)
        return template.format(scenario=scenario, outcome=label, n=int(float(row["n"])))
    key = _CLEAR.get(verdict, "unclear" if verdict == "unclear" else "clear_neutral")
    share = float(row["p_better"])
    return texts.get("sentence", key).format(
        scenario=scenario,
        outcome=label,
        change=_change(row, texts),
        interval=interval(row, texts, level=True),
        share=texts.percent(1.0 - share if verdict == "worse" else share),
        needed=_needed(float(row["replicates_needed"]), texts),
    )


def difference(row: Row, texts: Texts) -> str:
    """Return a mean difference with its sign; of shares, in percentage points."""
    outcome = BY_KEY[str(row["outcome"])]
    return texts.quantity(float(row["difference"]), outcome.unit, outcome.digits, sign=True)


def _change(row: Row, texts: Texts) -> str:
    """Return a mean difference with its sign and unit."""
    unit = BY_KEY[str(row["outcome"])].unit
    name = "" if unit == "index" else texts.unit(unit, difference=True)
    return f"{difference(row, texts)} {name}".rstrip()


def interval(row: Row, texts: Texts, *, level: bool = False) -> str:
    """Return the ends of the 95 % interval of a difference, or a dash where there is none."""
    outcome = BY_KEY[str(row["outcome"])]
    if not math.isfinite(float(row["lo"])):
        return "-"
    lo, hi = (
        texts.quantity(float(row[end]), outcome.unit, outcome.digits, sign=True)
        for end in ("lo", "hi")
    )
    if level:
        return texts.get("sentence", "level").format(lo=lo, hi=hi)
    return f"{lo} .. {hi}"


def _needed(count: float, texts: Texts) -> str:
    """Return about how many replicates would show a difference of the size estimated."""
    if not math.isfinite(count) or count > MOST_REPLICATES:
        return texts.get("sentence", "more_than").format(n=texts.number(MOST_REPLICATES, 0))
    digits = max(0, len(str(int(count))) - 2)
    rounded = math.ceil(count / 10**digits) * 10**digits
    return texts.get("sentence", "about").format(n=texts.number(rounded, 0))


def notes(answer: Answer, texts: Texts) -> list[str]:
    """Return how the numbers of an answer are to be read."""
    setting = answer.setting
    n = texts.number(setting.replicates, 0)

    def say(key: str) -> str:
        return texts.get("sentence", key)

    several = len(setting.scenarios) > 1
    first = [say("paired"), say("precision").format(n=n)] if several else []
    plants = say("anchors" if setting.anchors.plants else "no_anchors")
    return [
        *first,
        say("bands").format(n=n),
        say("occupancy"),
        plants.format(
            plants=setting.anchors.plants, land=texts.number(setting.anchors.land_ha, 0)
        ),
        say("money").format(
            rate=texts.percent(setting.discount_rate), share=texts.percent(setting.province_share)
        ),
        say("balance"),
        say("waiting"),
        say("constraint"),
    ]
