"""Say in sentences what can and cannot be told from this many replicates.

Not for the statistics behind them: experiments/statistics.py, and the column `verdict`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from experiments.answer import Answer
from experiments.outcomes import BY_KEY, Outcome
from experiments.statistics import (
    DIFFERING,
    MOST_REPLICATES,
    most_that_differ,
    replicates_needed,
)
from experiments.texts import UNDEFINED, Texts

Row = dict[str, float | str]
DOUBTFUL: Final = ("unclear", "few", "undefined")


class Verdicts(NamedTuple):
    """Sentences about the headline outcomes at the end."""

    clear: list[str]
    unclear: list[str]
    tests: int


def verdicts(answer: Answer, texts: Texts, called: Mapping[str, str] | None = None) -> Verdicts:
    """Return what can be told and what cannot, of every scenario against the base.

    Parameters
    ----------
    answer : Answer
        Of two scenarios or more.
    texts : Texts
        In which language.
    called : mapping of str to str, optional
        What scenarios are called in sentences; by default by their names.
    """
    table = answer.differences
    family = table[table["headline"].astype(bool)]
    tests = int(family["p_value"].notna().sum())
    last = family[family["year"] == answer.setting.report_years[-1]].to_dict("records")
    found = Verdicts([], [], tests)
    for row in last:
        name = str(row["scenario"])
        sentence = _sentence(row, called[name] if called else name, texts, tests)
        (found.unclear if row["verdict"] in DOUBTFUL else found.clear).append(sentence)
    return found


def _sentence(row: Row, scenario: str, texts: Texts, tests: int) -> str:
    outcome, verdict = BY_KEY[str(row["outcome"])], str(row["verdict"])
    label = texts.outcome(outcome.key, alone=True)
    if verdict in ("same", "few", "undefined"):
        words = {"scenario": scenario, "outcome": label, "change": _change(row, texts)}
        return texts.get("sentence", verdict).format(**words, **counted(row, texts))
    key = {"better": "clear", "worse": "clear_worse", "unclear": "unclear"}.get(verdict)
    share = float(row["p_better"])
    return texts.get("sentence", key or "clear_neutral").format(
        scenario=scenario,
        outcome=label,
        change=_change(row, texts),
        interval=interval(row, texts, level=True),
        share=texts.percent(1.0 - share if verdict == "worse" else share),
        needed=_needed(row, texts, tests),
    )


def counted(row: Row, texts: Texts) -> dict[str, str]:
    """Return how many replicates there are, must differ, and can differ if none did."""
    n = int(float(row["n"]))
    return {
        "replicates": texts.counted("replicates", n),
        "least": texts.number(DIFFERING, 0),
        "most": texts.percent(most_that_differ(n)) if n else UNDEFINED,
    }


def digits(row: Row, outcome: Outcome) -> int:
    """Return the decimals of a difference: more than usual where it would round to nothing."""
    ends = [abs(float(row[key])) for key in ("difference", "lo", "hi")]
    return decimals(max((end for end in ends if math.isfinite(end)), default=0.0), outcome)


def decimals(size: float, outcome: Outcome) -> int:
    """Return how many decimals a number of an outcome needs to show two digits, at most four.

    Examples
    --------
    >>> decimals(0.34, BY_KEY["revenue_year_bn_vnd"]), decimals(956.0, BY_KEY["jobs"])
    (2, 0)
    """
    if size == 0.0:
        return outcome.digits
    return max(outcome.digits, min(4, 1 - math.floor(math.log10(size))))


def difference(row: Row, texts: Texts) -> str:
    """Return a mean difference with its sign; of shares, in percentage points."""
    outcome = BY_KEY[str(row["outcome"])]
    value = float(row["difference"])
    return texts.quantity(value, outcome.unit, digits(row, outcome), sign=True)


def _change(row: Row, texts: Texts) -> str:
    """Return a mean difference with its sign and unit."""
    unit = BY_KEY[str(row["outcome"])].unit
    name = "" if unit == "index" else texts.unit(unit, difference=True)
    return f"{difference(row, texts)} {name}".rstrip()


def interval(row: Row, texts: Texts, *, level: bool = False) -> str:
    """Return the ends of the 95 % interval of a difference, or why there is none."""
    outcome = BY_KEY[str(row["outcome"])]
    if why := texts.why_no_interval(str(row["method"])):
        return why
    if not math.isfinite(float(row["lo"])):
        return UNDEFINED
    places = digits(row, outcome)
    lo, hi = (
        texts.quantity(float(row[end]), outcome.unit, places, sign=True) for end in ("lo", "hi")
    )
    if level:
        return texts.get("sentence", "level").format(lo=lo, hi=hi)
    return f"{lo} .. {hi}"


def _needed(row: Row, texts: Texts, tests: int) -> str:
    """Return about how many replicates would show a difference of the size estimated."""
    count = replicates_needed(float(row["difference"]), float(row["sd"]), tests=tests)
    if not count <= MOST_REPLICATES:  # also where there is no difference at all
        return texts.get("sentence", "more_than").format(n=texts.number(MOST_REPLICATES, 0))
    count = max(count, float(row["n"]) + 1.0)
    step = 10 ** max(0, len(str(int(count))) - 2)
    return texts.get("sentence", "about").format(n=texts.number(math.ceil(count / step) * step, 0))


def notes(answer: Answer, texts: Texts) -> list[str]:
    """Return how the numbers of an answer are to be read."""
    setting = answer.setting
    counts = {
        "replicates": texts.counted("replicates", setting.replicates),
        "least": texts.number(DIFFERING, 0),
    }

    def say(key: str) -> str:
        return texts.get("sentence", key)

    several, many = len(setting.scenarios) > 1, setting.replicates > 1
    wanted = {"paired": several, "precision": several and many, "bands": many}
    first = [say(key).format(**counts) for key, holds in wanted.items() if holds]
    plants = say("anchors" if setting.anchors.plants else "no_anchors")
    return [
        *first,
        say("occupancy"),
        plants.format(plants=setting.anchors.plants, land=texts.number(setting.anchors.land_ha, 0)),
        say("money").format(
            rate=texts.percent(setting.discount_rate), share=texts.percent(setting.province_share)
        ),
        say("balance"),
        say("waiting"),
        say("constraint"),
    ]
