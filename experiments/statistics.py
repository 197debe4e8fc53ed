"""Paired statistics of two scenarios that met the same luck, replicate by replicate.

Not for outcomes (experiments/measures.py) or words (experiments/verdicts.py). Every interval is at
the 95 % level and says by which method it was found; how often they hold: docs/PRECISION.md.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtri, stdtr, stdtrit

LEVEL: Final = 0.95
SKEWED: Final = 1.0  # skewness beyond which the t-interval is replaced by a bootstrap,
SKEWED_BY_ROOT_N: Final = 0.1  # and times the root of n: the t-interval mends itself with n
SKEWED_LEVEL: Final = 0.97  # of the bootstrap: at 0.95 it covers 0.93 (docs/PRECISION.md)
VERY_SKEWED_LEVEL: Final = 0.99  # where differences are twice as skewed, or few
FEW_PAIRS: Final = 40
DIFFERING: Final = 10  # replicates that must differ from what most have, for an interval
RESAMPLES: Final = 4999
MOST_REPLICATES: Final = 10_000  # more than this is reported as "more than"
_SEED: Final = 20_211_201  # fixed: the same numbers give the same interval
_SAME: Final = 1e-9  # relative difference that rounding can make
_CELLS: Final = 4_000_000  # of one block of resamples


class Interval(NamedTuple):
    """A mean with its 95 % interval, and the method that found it.

    `method` is t, bootstrap-t, constant (every value is the same: lo = hi = mean, which is what was
    seen and not an interval), few (too few values differ from the others: lo and hi are NaN) or
    none (fewer than two values).
    """

    mean: float
    lo: float
    hi: float
    sd: float
    n: int
    method: str


_NONE: Final = Interval(math.nan, math.nan, math.nan, math.nan, 0, "none")


class Paired(NamedTuple):
    """The difference that a scenario makes to an outcome, over replicates."""

    interval: Interval
    p_better: float  # NaN where neither direction is better
    p_better_lo: float
    p_better_hi: float
    p_value: float
    pairing_gain: float
    replicates_needed: float


def t_quantile(degrees: int) -> float:
    """Return the two-sided 95 % quantile of Student's distribution."""
    return float(stdtrit(degrees, 0.5 + LEVEL / 2.0))


def mean_interval(values: np.ndarray, *, resamples: int = RESAMPLES) -> Interval:
    """Return the mean of independent values with its 95 % interval.

    Parameters
    ----------
    values : ndarray, shape (R,)
        One value a replicate; NaN where it is not defined, which is left out.
    resamples : int
        Of the bootstrap.

    Notes
    -----
    The t-interval; where |skewness| exceeds both 1 and a tenth of the root of n, the studentised
    bootstrap (Hall, Annals of Statistics 16 (1988) 927-953), at neither end nearer than the
    t-interval: of rare differences of both signs the skewness of a sample is chance. Where more
    than half of the values are the same, what the sample knows lies in the others; from fewer than
    `DIFFERING` of them there is no interval that holds. Of fewer values than that in all, resamples
    are so often nearly constant that the bootstrap tells nothing: Student's. The levels are chosen
    by simulation.
    """
    sample = values[np.isfinite(values)]
    n = len(sample)
    if n < 2:
        return _NONE._replace(mean=float(sample[0]) if n else math.nan, n=n)
    mean, sd = float(sample.mean()), float(sample.std(ddof=1))
    rounding = _SAME * float(np.abs(sample).max())
    if sd <= rounding:
        return Interval(mean, mean, mean, 0.0, n, "constant")
    alike = _most_alike(sample, rounding)
    if alike > n / 2 and n - alike < DIFFERING:
        return Interval(mean, math.nan, math.nan, sd, n, "few")
    below = above = t_quantile(n - 1)
    limit, size = max(SKEWED, SKEWED_BY_ROOT_N * math.sqrt(n)), abs(skewness(sample))
    skewed = size > limit and n >= DIFFERING
    if skewed:
        very = size > 2.0 * limit or n < FEW_PAIRS
        level = VERY_SKEWED_LEVEL if very else SKEWED_LEVEL
        low, high = _studentised((sample - mean) / sd, level, resamples)
        below, above = max(below, high), max(above, -low)
    error = sd / math.sqrt(n)
    method = "bootstrap-t" if skewed else "t"
    return Interval(mean, mean - below * error, mean + above * error, sd, n, method)


def known_mean(values: np.ndarray) -> float:
    """Return the mean of the values that are defined; NaN where none is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan


def skewness(sample: np.ndarray) -> float:
    """Return the third standardised moment of a sample that is not constant."""
    centred = sample - sample.mean()
    return float((centred**3).mean() / (centred**2).mean() ** 1.5)


def _most_alike(sample: np.ndarray, rounding: float) -> int:
    """Return how many values are the same, up to rounding, as the most common one."""
    ordered = np.sort(sample)
    ends = np.searchsorted(ordered, ordered + rounding, side="right")
    return int((ends - np.arange(len(ordered))).max())


def _studentised(scores: np.ndarray, level: float, resamples: int) -> tuple[float, float]:
    """Return the quantiles of the t-statistic over resamples of values of mean 0 and sd 1."""
    n = len(scores)
    rng = np.random.default_rng(_SEED)
    found = np.empty(resamples)
    rows = max(1, _CELLS // n)
    for first in range(0, resamples, rows):
        last = min(resamples, first + rows)
        drawn = scores[rng.integers(0, n, (last - first, n))]
        means = drawn.mean(1)
        squares = np.einsum("ij,ij->i", drawn, drawn)
        variances = (squares - n * means * means) / (n - 1)
        found[first:last] = means / np.sqrt(np.maximum(variances, _SAME) / n)
    low, high = np.quantile(found, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return float(low), float(high)


def wilson(successes: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share.

    Parameters
    ----------
    successes : float
        How many of n; ties may count half.
    n : int
        Out of how many.

    Examples
    --------
    >>> lo, hi = wilson(10, 20)
    >>> round(lo, 3), round(hi, 3)
    (0.299, 0.701)
    """
    if n == 0:
        return math.nan, math.nan
    z, share = float(ndtri(0.5 + LEVEL / 2.0)), successes / n
    weight = 1.0 + z * z / n
    centre = (share + z * z / (2.0 * n)) / weight
    half = z / weight * math.sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def paired(base: np.ndarray, other: np.ndarray, *, good: int) -> Paired:
    """Return what changes from a base to another scenario, replicate by replicate.

    Parameters
    ----------
    base, other : ndarray, shape (R,)
        The outcome under each, in the same order of replicates.
    good : int
        1 where more is better, -1 where less is better, 0 where neither can be said.
    """
    difference = paired_difference(base, other)
    kept = difference[np.isfinite(difference)]
    interval = mean_interval(difference)
    better = float((kept * good > 0).sum() + 0.5 * (kept == 0).sum())
    judged = good != 0 and interval.n > 0
    lo, hi = wilson(better, interval.n) if judged else (math.nan, math.nan)
    return Paired(
        interval=interval,
        p_better=better / interval.n if judged else math.nan,
        p_better_lo=lo,
        p_better_hi=hi,
        p_value=_p_value(interval, kept),
        pairing_gain=_pairing_gain(base, other, interval.sd),
        replicates_needed=replicates_needed(interval.mean, interval.sd),
    )


def paired_difference(base: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return other - base, exactly zero where rounding alone could make the difference."""
    size = np.maximum(np.abs(base), np.abs(other))
    difference = other - base
    return np.where(np.abs(difference) <= _SAME * size, 0.0, difference)


def _p_value(interval: Interval, values: np.ndarray) -> float:
    """Return the two-sided p-value of no difference.

    By the t-test; where too few or none differ from the others, by the sign test of those that
    are not zero, if they have one sign, and else NaN.
    """
    if interval.n < 2:
        return math.nan
    if interval.method in ("constant", "few"):
        up, down = int((values > 0.0).sum()), int((values < 0.0).sum())
        return math.nan if up and down else min(1.0, 2.0 * 0.5 ** (up + down))
    t = abs(interval.mean) / (interval.sd / math.sqrt(interval.n))
    return float(2.0 * stdtr(interval.n - 1, -t))


def direction(found: Paired) -> int:
    """Return 1 or -1 where a mean difference is clearly above or below zero, and else 0.

    Clear is an interval without zero, and where too few differ for one, the sign test.
    """
    interval = found.interval
    clear = interval.lo > 0.0 or interval.hi < 0.0
    if interval.method == "few":
        clear = found.p_value <= 1.0 - LEVEL
    return int(np.sign(interval.mean)) if clear else 0


def _pairing_gain(base: np.ndarray, other: np.ndarray, sd: float) -> float:
    """Return how many times the variance would be larger without common random numbers."""
    both = np.isfinite(base) & np.isfinite(other)
    if both.sum() < 2 or not sd > 0.0:
        return math.nan
    return float((base[both].var(ddof=1) + other[both].var(ddof=1)) / (sd * sd))


def replicates_needed(mean: float, sd: float, *, tests: int = 1) -> float:
    """Return about how many replicates would show a mean difference of the size estimated.

    Parameters
    ----------
    mean, sd : float
        Of the differences.
    tests : int
        How many tests the level of 5 % is shared by (Bonferroni's bound).

    Returns
    -------
    float
        (z sd / mean)^2, rounded up, at least 2; NaN where there is no difference.

    Examples
    --------
    >>> replicates_needed(1.0, 5.0)
    97.0
    """
    if not math.isfinite(mean + sd) or mean == 0.0:
        return math.nan
    ratio = float(ndtri(1.0 - (1.0 - LEVEL) / (2.0 * tests))) * sd / abs(mean)
    return float(max(2, math.ceil(ratio * ratio)))


def most_that_differ(n: int) -> float:
    """Return which share can differ, with 95 % confidence, if none of n did: the rule of three.

    Examples
    --------
    >>> round(most_that_differ(299), 4)
    0.01
    """
    return float(1.0 - (1.0 - LEVEL) ** (1.0 / n))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values adjusted by Holm's method for testing them all; NaN stays NaN.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if not math.isnan(p))
    adjusted = [math.nan] * len(p_values)
    running = 0.0
    for rank, (p, place) in enumerate(known):
        running = max(running, min(1.0, (len(known) - rank) * p))
        adjusted[place] = running
    return adjusted
