"""From shares of one to values of factors: priors, whole numbers, categories, rank correlations.

Not for choosing the shares: experiments/sweeps/points.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from experiments.study import Correlation, Factor, Prior

# Numbers that each distribution takes; Triangular has its mode at the province's value.
PRIORS: Final = {
    "Uniform": 0,
    "Triangular": 1,
    "Normal": 2,
    "TruncNormal": 2,
    "LogNormal": 2,
    "Beta": 2,
}
PRIOR_FORMS: Final = (
    "Uniform, Triangular(mode), Normal(mean, sd), TruncNormal(mean, sd), LogNormal(median, sigma) "
    "or Beta(a, b)"
)
_FORM: Final = re.compile(r"\s*(\w+)\s*(?:\(([^()]*)\))?\s*")
_LEAST: Final = 1e-300  # keeps logarithms finite
_EDGE: Final = 2.0**-53  # keeps correlated shares off 0 and 1, where normal scores are infinite


def parse_prior(text: str, mode: float) -> Prior | None:
    """Return the prior that a text names, or None if it names none.

    Parameters
    ----------
    text : str
        Such as "Normal(1.6, 0.5)".
    mode : float
        Of a "Triangular" without one.

    Examples
    --------
    >>> parse_prior("Beta(3, 7)", 0.3)
    Prior(name='Beta', numbers=(3.0, 7.0))
    >>> parse_prior("Triangular", 0.3)
    Prior(name='Triangular', numbers=(0.3,))
    >>> parse_prior("Normal(1.6)", 0.3) is None
    True
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    name, inside = found.groups()
    try:
        numbers = tuple(float(part) for part in inside.split(",")) if inside else ()
    except ValueError:
        return None
    if name == "Triangular" and not numbers and math.isfinite(mode):
        numbers = (mode,)
    sound = len(numbers) == PRIORS.get(name, -1) and all(map(math.isfinite, numbers))
    positive = numbers if name == "Beta" else numbers[1:]
    median = name != "LogNormal" or (numbers and numbers[0] > 0.0)
    return Prior(name, numbers) if sound and min(positive, default=1.0) > 0.0 and median else None


def natural(factor: Factor, shares: np.ndarray) -> np.ndarray:
    """Return values of a factor at shares of its distribution.

    Parameters
    ----------
    factor : Factor
        Which; a share of a factor with `values` picks one of them, all being equally likely.
    shares : ndarray, shape (n,)
        From 0 to 1.

    Returns
    -------
    ndarray, shape (n,)
        In the unit of the factor; categories by place, NaN for "as in the scenario".
    """
    if factor.values:
        numbers = np.array(factor.numbers)
        return np.asarray(
            numbers[np.minimum((shares * len(numbers)).astype(int), len(numbers) - 1)]
        )
    if factor.kind == "boolean":
        return np.asarray(np.where(shares >= 0.5, 1.0, 0.0))
    if factor.kind == "integer" and factor.prior.name == "Uniform":
        steps = np.floor(shares * (factor.high - factor.low + 1.0))
        return np.asarray(np.minimum(factor.low + steps, factor.high))
    values = np.clip(_quantile(factor, shares), factor.low, factor.high)
    return np.asarray(np.rint(values) if factor.kind == "integer" else values)


def _quantile(factor: Factor, shares: np.ndarray) -> np.ndarray:
    """Return quantiles of the prior, truncated to the range of the factor."""
    low, high = factor.low, factor.high
    if factor.prior.name == "Uniform":
        return np.asarray(low + shares * (high - low))
    if factor.prior.name == "Triangular":
        return _triangular(low, factor.prior.numbers[0], high, shares)
    from scipy import special

    first, second = factor.prior.numbers
    if factor.prior.name == "Beta":
        below, above = special.betainc(first, second, np.clip([low, high], 0.0, 1.0))
        within = below + shares * (above - below)
        return np.asarray(special.betaincinv(first, second, within))
    if factor.prior.name == "LogNormal":
        least, most = (math.log(max(bound, _LEAST)) for bound in (low, high))
        return np.asarray(np.exp(_normal(math.log(first), second, least, most, shares)))
    return _normal(first, second, low, high, shares)


def _triangular(low: float, mode: float, high: float, shares: np.ndarray) -> np.ndarray:
    """Return quantiles of the triangular distribution.

    Examples
    --------
    >>> _triangular(0.0, 1.0, 2.0, np.array([0.0, 0.125, 0.5, 1.0])).tolist()
    [0.0, 0.5, 1.0, 2.0]
    """
    width = high - low
    left = low + np.sqrt(shares * width * (mode - low))
    right = high - np.sqrt((1.0 - shares) * width * (high - mode))
    return np.asarray(np.where(shares * width <= mode - low, left, right))


def _normal(mean: float, sd: float, low: float, high: float, shares: np.ndarray) -> np.ndarray:
    """Return quantiles of a normal distribution cut off at both ends."""
    from scipy import special

    below, above = special.ndtr((low - mean) / sd), special.ndtr((high - mean) / sd)
    return np.asarray(mean + sd * special.ndtri(below + shares * (above - below)))


# --- correlations ---------------------------------------------------------------------------------


def correlation_matrix(
    factors: Sequence[Factor], correlations: Sequence[Correlation]
) -> np.ndarray | None:
    """Return correlations of normal scores, or None where no distribution has such ones.

    Notes
    -----
    For a Gaussian copula, Pearson's correlation of the scores is 2 sin(pi rho / 6), with rho
    Spearman's rank correlation (Pearson 1907).
    """
    names = [factor.name for factor in factors]
    matrix = np.eye(len(names))
    for first, second, rank in correlations:
        i, j = names.index(first), names.index(second)
        matrix[i, j] = matrix[j, i] = 2.0 * math.sin(math.pi * rank / 6.0)
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return None
    return matrix


def correlated(shares: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return shares with the correlations of a matrix of normal scores; rows stay independent.

    Parameters
    ----------
    shares : ndarray, shape (n, factors)
        Independent, from 0 to 1.
    matrix : ndarray, shape (factors, factors)
        As from `correlation_matrix`.
    """
    from scipy import special

    scores = special.ndtri(np.clip(shares, _EDGE, 1.0 - _EDGE))
    return np.asarray(special.ndtr(scores @ np.linalg.cholesky(matrix).T))
