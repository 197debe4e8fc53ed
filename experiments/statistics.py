"""Paired statistics of two scenarios that met the same luck, replicate by replicate.

Not for outcomes (experiments/measures.py) or words (experiments/verdicts.py). Every interval is at
the 95 % level and says by which method it was found.
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
RESAMPLES: Final = 4999
MOST_REPLICATES: Final = 10_000  # more than this is reported as "more than"
_BOOTSTRAP_SEED: Final = 20_211_201  # fixed: the same numbers give the same interval
_SAME: Final = 1e-9  # relative difference that rounding can make
_CELLS: Final = 4_000_000  # of one block of resamples


class Interval(NamedTuple):
    """A mean with its 95 % interval: `method` is t, bootstrap-t, percentile, constant or none."""

    mean: float
    lo: float
    hi: float
    sd: float
    n: int
    method: str


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
    bootstrap at the level `SKEWED_LEVEL`, and where resamples can be constant, so that they cannot
    be studentised, the percentile bootstrap. (At that skewness each tail of the t-interval is
    wrong by about 0.8 %.)
    """
    sample = values[np.isfinite(values)]
    n = len(sample)
    if n == 0:
        return Interval(math.nan, math.nan, math.nan, math.nan, 0, "none")
    mean = float(sample.mean())
    if n == 1:
        return Interval(mean, math.nan, math.nan, math.nan, 1, "none")
    sd = float(sample.std(ddof=1))
    if sd <= _SAME * max(abs(mean), float(np.abs(sample).max())):
        return Interval(mean, mean, mean, 0.0, n, "constant")
    if abs(skewness(sample)) > max(SKEWED, SKEWED_BY_ROOT_N * math.sqrt(n)):
        lo, hi, method = _bootstrap(sample, resamples)
        return Interval(mean, lo, hi, sd, n, method)
    half = t_quantile(n - 1) * sd / math.sqrt(n)
    return Interval(mean, mean - half, mean + half, sd, n, "t")


def skewness(sample: np.ndarray) -> float:
    """Return the third standardised moment of a sample that is not constant."""
    centred = sample - sample.mean()
    return float((centred**3).mean() / (centred**2).mean() ** 1.5)


def _bootstrap(sample: np.ndarray, resamples: int) -> tuple[float, float, str]:
    """Return a bootstrap interval of the mean and its name."""
    means, deviations = _resample(sample, resamples)
    mean, sd = sample.mean(), sample.std(ddof=1)
    if (deviations <= _SAME * sd).mean() > 1.0 / RESAMPLES:
        lo, hi = np.quantile(means, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
        return float(lo), float(hi), "percentile"
    studentised = (means - mean) / np.maximum(deviations, _SAME * sd)
    low, high = np.quantile(studentised, [(1.0 - SKEWED_LEVEL) / 2.0, (1.0 + SKEWED_LEVEL) / 2.0])
    return float(mean - high * sd), float(mean - low * sd), "bootstrap-t"


def _resample(sample: np.ndarray, resamples: int) -> tuple[np.ndarray, np.ndarray]:
    """Return means and standard deviations of resamples, in blocks that fit in memory."""
    n = len(sample)
    rng = np.random.default_rng(_BOOTSTRAP_SEED)
    means, deviations = np.empty(resamples), np.empty(resamples)
    rows = max(1, _CELLS // n)
    for first in range(0, resamples, rows):
        last = min(resamples, first + rows)
        drawn = sample[rng.integers(0, n, (last - first, n))]
        means[first:last] = drawn.mean(1)
        deviations[first:last] = drawn.std(1, ddof=1)
    return means, deviations


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
        p_value=_p_value(interval),
        pairing_gain=_pairing_gain(base, other, interval.sd),
        replicates_needed=replicates_needed(interval.mean, interval.sd),
    )


def paired_difference(base: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return other - base, exactly zero where rounding alone could make the difference."""
    size = np.maximum(np.abs(base), np.abs(other))
    difference = other - base
    return np.where(np.abs(difference) <= _SAME * size, 0.0, difference)


def _p_value(interval: Interval) -> float:
    """Return the two-sided p-value of no difference: t-test, or sign test if all are equal."""
    if interval.n < 2:
        return math.nan
    if interval.sd == 0.0:
        return 1.0 if interval.mean == 0.0 else min(1.0, 2.0 * 0.5**interval.n)
    t = abs(interval.mean) / (interval.sd / math.sqrt(interval.n))
    return float(2.0 * stdtr(interval.n - 1, -t))


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


def ratio_of_means(part: np.ndarray, whole: np.ndarray) -> tuple[float, float, float]:
    """Return mean(part) / mean(whole) with Fieller's 95 % interval; NaN if the whole may be zero.

    Parameters
    ----------
    part, whole : ndarray, shape (R,)
        Paired values.

    Returns
    -------
    tuple of float
        The ratio, and the lowest and highest r for which mean(part - r whole) is not clearly
        different from zero.
    """
    n = len(part)
    if n < 2 or whole.std() == 0.0:
        known = n >= 2 and whole.mean() != 0.0
        return ratio_to_constant(part, float(whole.mean())) if known else (math.nan,) * 3
    t = t_quantile(n - 1)
    covariance = np.cov(part, whole) / n
    a = whole.mean() ** 2 - t * t * covariance[1, 1]
    b = part.mean() * whole.mean() - t * t * covariance[0, 1]
    c = part.mean() ** 2 - t * t * covariance[0, 0]
    if a <= 0.0:  # the whole is not clearly different from zero
        return math.nan, math.nan, math.nan
    root = math.sqrt(max(0.0, b * b - a * c))
    return float(part.mean() / whole.mean()), float((b - root) / a), float((b + root) / a)


def ratio_to_constant(part: np.ndarray, whole: float) -> tuple[float, float, float]:
    """Return mean(part) / whole with its 95 % interval, for a whole that is not zero."""
    found = mean_interval(part / whole)
    return found.mean, found.lo, found.hi
