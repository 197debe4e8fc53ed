"""What a user asks of a result: which outcomes, and which thresholds they should not miss."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from experiments.outcomes import BY_KEY
from experiments.study import Study
from sim.data_files import near_miss
from sim.errors import Problem, StudyError

FIRST: Final = ("occupancy", "revenue_year_bn_vnd")  # asked when nothing else is
_PER_CENT: Final = 100.0
_WRITTEN: Final = re.compile(r"([^@<>]+)(?:@(\d+))?(?:([<>])(.+?)(%?))?")


class Question(NamedTuple):
    """An outcome at the end of a year; with a threshold, the futures on that side of it."""

    outcome: str
    year: int
    side: str = ""  # "<" or ">"
    threshold: float = math.nan  # in the outcome's unit


def questions_of(
    study: Study, outcomes: Iterable[str], thresholds: Iterable[str]
) -> list[Question]:
    """Return the questions that a user wrote, such as ``occupancy@2030`` or ``occupancy@2030<80%``.

    Parameters
    ----------
    study : Study
        Which outcomes and years there are.
    outcomes, thresholds : iterable of str
        As written; without a year the last is meant. Without any outcome, occupancy and revenue
        are asked for where the study has them, otherwise its first outcome.

    Raises
    ------
    StudyError
        If one cannot be read or is not in the result; it names all problems.
    """
    asked = list(outcomes) or [key for key in FIRST if key in study.outcomes] or [study.outcomes[0]]
    written = [(text.strip(), False) for text in asked] + [(t.strip(), True) for t in thresholds]
    found = [_question(study, text, sided=sided) for text, sided in written]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise StudyError.of("The choice of questions", problems)
    return [each for each in found if isinstance(each, Question)]


def columns_of(questions: Iterable[Question]) -> list[str]:
    """Return the columns of the table of runs that some questions need."""
    return list(dict.fromkeys(f"{each.outcome}_{each.year}" for each in questions))


def _question(study: Study, text: str, *, sided: bool) -> Question | Problem:
    match = _WRITTEN.fullmatch(text)
    if match is None or bool(match[3]) != sided:
        form = "OUTCOME@YEAR<NUMBER or OUTCOME@YEAR>NUMBER" if sided else "OUTCOME@YEAR"
        return Problem(repr(text), "cannot be read", "", f"Write {form}.")
    outcome, year = match[1], int(match[2] or study.years[-1])
    if outcome not in study.outcomes:
        fix = near_miss(outcome.lower(), study.outcomes)
        return Problem(text, f"no outcome {outcome!r} in this result", "", fix)
    if year not in study.years:
        years = ", ".join(map(str, study.years))
        return Problem(f"year of {outcome}", str(year), f"a year of this result: {years}", "")
    if not sided:
        return Question(outcome, year)
    try:
        number = float(match[4]) / (_PER_CENT if match[5] else 1.0)
    except ValueError:
        number = math.nan
    unit = BY_KEY[outcome].unit
    share = unit == "share"
    if not math.isfinite(number) or (match[5] and not share) or (share and abs(number) > 1.0):
        form = "a share such as 80% or 0.8" if share else f"a number, in {unit}"
        meant = share and not match[5] and 1.0 < number <= _PER_CENT
        fix = f"Did you mean {match[4]}%?" if meant else ""
        return Problem(f"threshold of {outcome}", f"{match[4]}{match[5]}", form, fix)
    return Question(outcome, year, match[3], number)
