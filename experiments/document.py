"""The answer as JSON: the whole of it, the same bytes for the same question, model and data.

No clock, path, duration or thread count is in it. Numbers are rounded to ten digits, so that the
last bits, in which processors differ, do not show.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Final

import pandas as pd

from experiments.answer import Answer
from experiments.outcomes import OUTCOMES
from experiments.precision import Precision
from experiments.texts import Texts
from experiments.verdicts import notes, verdicts

DIGITS: Final = 10
TABLES: Final = (
    "levels",
    "differences",
    "increments",
    "zones",
    "constraints",
    "districts",
    "places",
    "occupancy",
    "levers",
    "zone_differences",
    "fates",
    "parameters",
    "sources",
)
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def table_of(answer: Answer, name: str) -> pd.DataFrame:
    """Return one of the `TABLES` of an answer."""
    table: pd.DataFrame = getattr(answer, name)
    return table


def answer_json(answer: Answer, texts: Texts) -> str:
    """Return the whole answer as JSON text.

    Parameters
    ----------
    answer : Answer
        Of one scenario or more.
    texts : Texts
        Language of labels, verdicts and notes.
    """
    several = len(answer.setting.scenarios) > 1 and answer.setting.replicates > 1
    found = verdicts(answer, texts) if several else None
    content: dict[str, Json] = {
        "setting": _plain(
            {**answer.setting._asdict(), "anchors": answer.setting.anchors._asdict()}
        ),
        "outcomes": {
            outcome.key: {
                "label": texts.outcome(outcome.key, alone=True),
                "unit": outcome.unit,
                "good": outcome.good,
                "headline": outcome.headline,
            }
            for outcome in OUTCOMES
        },
        "can_be_told": list(found.clear) if found else [],
        "cannot_be_told": list(found.unclear) if found else [],
        "notes": list(notes(answer, texts)),
        "precision": precision_rows(answer.precision),
        **{name: records(table_of(answer, name)) for name in TABLES},
    }
    return json_text(content)


def precision_rows(precision: Precision | None) -> Json:
    """Return the looks of a run until precise: asked and seen half-widths of every comparison."""
    if precision is None:
        return None
    asked = [
        {"scenario": scenario, **({} if point is None else {"point": point}), **target._asdict()}
        for scenario, target, point in precision.comparisons
    ]
    looks = [
        {"pairs": look.pairs, "half_widths": look.half_widths.tolist()} for look in precision.looks
    ]
    return _plain({"asked": asked, "looks": looks, "reached": precision.reached})


def json_text(content: Json) -> str:
    """Return JSON with sorted keys, one space of indent and a final line break."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    return text + "\n"


def records(table: pd.DataFrame) -> list[Json]:
    """Return the rows of a table as JSON objects; undefined numbers become null."""
    return [_plain(row) for row in table.to_dict("records")]


def rounded(value: float) -> float:
    """Return a number rounded to ten significant digits.

    Examples
    --------
    >>> rounded(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{DIGITS}g}")


def _plain(value: object) -> Json:
    """Return a value as JSON knows it."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "item"):  # a NumPy scalar
        return _plain(value.item())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return rounded(value) if math.isfinite(value) else None
    raise TypeError(f"{type(value).__name__} has no place in an answer")
