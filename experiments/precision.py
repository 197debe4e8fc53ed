"""Decide how many replicates are precise enough: a fixed schedule of looks, and when to stop.

Not for running them (experiments/runs.py) and not for the intervals (experiments/statistics.py).
How often the intervals cover the truth although the number of replicates was chosen by looking
at them is measured in docs/PRECISION.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from experiments.json_text import Json, json_value
from experiments.outcomes import BY_KEY
from experiments.statistics import RESAMPLES, Interval, mean_interval, most_that_differ
from sim.data_files import near_miss
from sim.errors import Problem, StudyError

FIRST_LOOK: Final = 40  # pairs; below, neither skewness nor variance is known well enough
GROWTH: Final = 1.5  # from look to look; with shorter steps, and more looks, less is covered
MOST_THAT_DIFFER: Final = 0.01  # of pairs, for differences that are all the same: 299 pairs
AT_MOST: Final = 2000
_PER_CENT: Final = 100.0
_WRITTEN: Final = re.compile(r"([^@=]+)(?:@(\d+))?=±?([^±]+?)(pp)?")


class Target(NamedTuple):
    """How precisely the mean paired difference of an outcome shall be known: plus or minus."""

    outcome: str
    year: int
    half_width: float  # in the outcome's unit; of shares, 0.01 is one percentage point


class Look(NamedTuple):
    """What the intervals of some comparisons were at one look; all arrays have shape (K,)."""

    pairs: int
    half_widths: np.ndarray  # from the mean to the farther end; NaN where there is no interval
    methods: np.ndarray  # str: of the intervals, see `Interval`


class Comparison(NamedTuple):
    """One mean paired difference that shall be known: of a scenario to the base."""

    scenario: str
    target: Target
    point: int | None = None  # of a study, by number


class Precision(NamedTuple):
    """What was asked, at which looks, and what stopped the runs."""

    targets: tuple[Target, ...]
    comparisons: tuple[Comparison, ...]  # K of them
    looks: tuple[Look, ...]
    reached: bool  # False: the cap stopped it

    @property
    def pairs(self) -> int:
        """Return how many pairs there were in the end."""
        return self.looks[-1].pairs


def schedule(at_most: int) -> tuple[int, ...]:
    """Return at how many pairs to look: 40, then half as many again each time, up to a cap.

    Parameters
    ----------
    at_most : int
        The cap; it is the last look.

    Examples
    --------
    >>> schedule(100)
    (40, 60, 90, 100)
    >>> schedule(25)
    (25,)
    """
    looks = [min(FIRST_LOOK, at_most)]
    while looks[-1] < at_most:
        looks.append(min(at_most, math.ceil(looks[-1] * GROWTH)))
    return tuple(looks)


def look_at(differences: Sequence[np.ndarray], *, resamples: int = RESAMPLES) -> Look:
    """Return the precision of some paired differences.

    Parameters
    ----------
    differences : sequence of ndarray, each of shape (R,)
        One a comparison, over the same replicates; NaN where it is not defined.
    resamples : int
        Of the bootstrap of skewed differences.
    """
    found = [mean_interval(values, resamples=resamples) for values in differences]
    return Look(
        pairs=len(differences[0]),
        half_widths=np.array([_farther(interval) for interval in found]),
        methods=np.array([interval.method for interval in found]),
    )


def _farther(interval: Interval) -> float:
    if interval.method == "constant":
        return math.nan  # the same in all pairs seen, which is no interval
    return max(interval.hi - interval.mean, interval.mean - interval.lo)


def precise_enough(looks: Sequence[Look], half_widths: np.ndarray) -> bool:
    """Return whether the last look is enough for every comparison.

    Parameters
    ----------
    looks : sequence of Look
        All looks until now.
    half_widths : ndarray, shape (K,)
        How wide each may be.

    Notes
    -----
    A comparison is precise enough when its interval reaches at most that far from the mean; where
    differences are skewed, in two looks running: a sample without the rare large values looks more
    precise than it is, and the second look has new values in it. Where too few pairs differ there
    is no interval, so that more are needed. Differences that are all the same are believed once
    they are so many that at most `MOST_THAT_DIFFER` can be others.
    """
    last = looks[-1]
    met = last.half_widths <= half_widths
    before = looks[-2].half_widths <= half_widths if len(looks) > 1 else np.zeros_like(met)
    same = (last.methods == "constant") & (most_that_differ(last.pairs) <= MOST_THAT_DIFFER)
    return bool((same | (met & (before | (last.methods == "t")))).all())


def until_precise(
    targets: Sequence[Target],
    comparisons: Sequence[Comparison],
    at_most: int,
    differences: Callable[[int], Sequence[np.ndarray]],
) -> Precision:
    """Return what the looks saw, after adding replicates until every comparison is precise.

    Parameters
    ----------
    targets : sequence of Target
        What was asked.
    comparisons : sequence of Comparison
        Of what.
    at_most : int
        The cap.
    differences : callable
        Takes a number of pairs, makes those that are missing, and returns the paired differences
        of every comparison over that many.
    """
    half_widths = np.array([comparison.target.half_width for comparison in comparisons])
    looks: list[Look] = []
    for pairs in schedule(at_most):
        looks.append(look_at(differences(pairs)))
        if precise_enough(looks, half_widths):
            break
    reached = precise_enough(looks, half_widths)
    return Precision(tuple(targets), tuple(comparisons), tuple(looks), reached)


def precision_rows(precision: Precision | None) -> Json:
    """Return the looks of a run until precise: asked and seen half-widths of every comparison."""
    if precision is None:
        return None
    asked = [
        {"scenario": scenario, **({} if point is None else {"point": point}), **target._asdict()}
        for scenario, target, point in precision.comparisons
    ]
    looks = [
        {
            "pairs": look.pairs,
            "half_widths": look.half_widths.tolist(),
            "methods": look.methods.tolist(),
        }
        for look in precision.looks
    ]
    return json_value({"asked": asked, "looks": looks, "reached": precision.reached})


def targets_of(
    written: Iterable[str], years: Sequence[int], outcomes: Sequence[str] = tuple(BY_KEY)
) -> tuple[Target, ...]:
    """Return the targets that a user wrote, such as ``revenue_year_bn_vnd@2030=50``.

    Parameters
    ----------
    written : iterable of str
        Each one target, or several with commas between.
    years : sequence of int
        Years that can be named; without a year the last is meant.
    outcomes : sequence of str
        Outcomes that can be named; by default all.

    Raises
    ------
    StudyError
        If one cannot be read; it names all problems.

    Examples
    --------
    >>> targets_of(["occupancy@2027=1pp,jobs=±500"], (2027, 2030))[0]
    Target(outcome='occupancy', year=2027, half_width=0.01)
    """
    texts = [part.strip() for text in written for part in text.split(",")]
    found = [_target(text, years, outcomes) for text in texts]
    problems = [each for each in found if isinstance(each, Problem)]
    if problems:
        raise StudyError.of("--precision", problems)
    return tuple(each for each in found if isinstance(each, Target))


def _target(text: str, years: Sequence[int], outcomes: Sequence[str]) -> Target | Problem:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return Problem(repr(text), "cannot be read", "", "Write OUTCOME@YEAR=HALF_WIDTH.")
    outcome, year = match[1], int(match[2] or years[-1])
    if outcome not in BY_KEY:
        return Problem(text, f"no outcome {outcome!r}", "", near_miss(outcome.lower(), BY_KEY))
    if outcome not in outcomes:
        fix = "Add it to 'outcomes' of the study, or name one of those."
        return Problem(text, f"{outcome!r} is not kept", "", fix)
    if year not in years:
        whole = tuple(years) == tuple(range(years[0], years[-1] + 1))
        known = f"from {years[0]} to {years[-1]}" if whole else f"among {_listed(years)}"
        return Problem(f"year of {outcome}", f"{year}", f"a year {known}", "")
    try:
        number = float(match[3]) / (_PER_CENT if match[4] else 1.0)
    except ValueError:
        number = math.nan
    unit = BY_KEY[outcome].unit
    where, found = f"half-width of {outcome}", f"{match[3]}{match[4] or ''}"
    if match[4] and unit != "share":
        return Problem(where, found, f"a number of {unit}", "Percentage points are for shares.")
    if unit == "share" and not 0.0 < number <= 1.0:
        meant = not match[4] and 1.0 < number <= _PER_CENT
        fix = f"Did you mean {found}pp?" if meant else ""
        return Problem(where, found, "a share above 0 such as 3pp or 0.03", fix)
    if not 0.0 < number < math.inf:
        return Problem(where, found, f"a number above 0, in {unit}", "")
    return Target(outcome, year, number)


def _listed(years: Sequence[int]) -> str:
    return ", ".join(str(year) for year in years)
