"""The answer as JSON: the whole of it, the same bytes for the same question, model and data.

No clock, path, duration or thread count is in it. Numbers are rounded to ten digits, so that the
last bits, in which processors differ, do not show. Not for other JSON: experiments/json_text.py.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from experiments.answer import Answer
from experiments.json_text import Json, json_text, json_value
from experiments.outcomes import OUTCOMES
from experiments.precision import precision_rows
from experiments.texts import Texts
from experiments.verdicts import notes, verdicts

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
        "setting": json_value(answer.setting),
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


def records(table: pd.DataFrame) -> list[Json]:
    """Return the rows of a table as JSON objects; undefined numbers become null."""
    return [json_value(row) for row in table.to_dict("records")]
