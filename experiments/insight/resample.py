"""Weights of a two-way bootstrap: over points (or trajectories) and over replicates at once.

The first column is the sample itself, so that an estimate and its resamples are one computation.
"""

from typing import Final, NamedTuple

import numpy as np

RESAMPLES: Final = 1000
_SEED: Final = 20_211_202  # fixed: the same numbers give the same interval
_TAILS: Final = (0.025, 0.975)
_KNOWN: Final = 0.9
_LEAST: Final = 1e-3  # weight shared by all replicates, against division by nothing


class Weights(NamedTuple):
    """Weights of rows and of replicates; each column sums to 1, column 0 is the sample itself."""

    rows: np.ndarray  # shape (N, 1 + B)
    replicates: np.ndarray  # shape (R, 1 + B)

    @property
    def overlap(self) -> np.ndarray:
        """Return the chance that two replicates drawn by weight are the same one, shape (1 + B)."""
        return np.asarray((self.replicates**2).sum(0))


def two_way(rows: int, replicates: int, resamples: int = RESAMPLES) -> Weights:
    """Return the weights of a bootstrap of rows crossed with replicates.

    Parameters
    ----------
    rows, replicates : int
        How many there are.
    resamples : int
        B.

    Notes
    -----
    All points meet the same luck, so rows and replicates are crossed and both are drawn anew: rows
    with replacement, replicates by a Bayesian bootstrap, which never draws one alone. Its weights
    are Dirichlet with (R - 2) / R instead of 1, so that a mean over few replicates varies by s^2/R.

    Source
    ------
    Owen, The pigeonhole bootstrap, Annals of Applied Statistics 1 (2007) 386-411: never too narrow
    for crossed data; Rubin, The Bayesian bootstrap, Annals of Statistics 9 (1981) 130-134.
    """
    rng = np.random.default_rng(_SEED)
    counts = rng.multinomial(rows, np.full(rows, 1.0 / rows), resamples).T / rows
    shape = max(1, replicates - 2) / replicates
    luck = rng.gamma(shape, 1.0, (replicates, resamples))
    luck = (1.0 - _LEAST) * luck / luck.sum(0) + _LEAST / replicates
    return Weights(
        np.hstack([np.full((rows, 1), 1.0 / rows), counts]),
        np.hstack([np.full((replicates, 1), 1.0 / replicates), luck]),
    )


def ends(resampled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % percentile interval of statistics whose last axis is 1 + B long.

    NaN where more than a tenth of the resamples, such as those of a single point, have no value.
    """
    drawn = resampled[..., 1:]
    finite = np.isfinite(drawn)
    known = finite.mean(-1) >= _KNOWN
    kept = np.where(known[..., np.newaxis], np.where(finite, drawn, np.nan), 0.0)
    low, high = np.nanquantile(kept, _TAILS, axis=-1)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def product_mean(x: np.ndarray, y: np.ndarray, weights: Weights) -> np.ndarray:
    """Return, row by row, the mean product of x and y over pairs of *different* replicates.

    Parameters
    ----------
    x, y : ndarray, shape (N, R)
        Two quantities at the same rows and replicates.
    weights : Weights
        See `two_way`.

    Returns
    -------
    ndarray, shape (N, 1 + B)
        What two runs of different luck share: without the noise of either, whether or not rows
        meet the same luck. With one replicate, the plain product.
    """
    if x.shape[1] == 1:
        return np.broadcast_to(x * y, (len(x), weights.rows.shape[1]))
    w, overlap = weights.replicates, weights.overlap
    return np.asarray(((x @ w) * (y @ w) - (x * y) @ (w * w)) / (1.0 - overlap))


def variance_parts(values: np.ndarray, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Return the variance of single runs over rows and luck, and the part that luck has in it.

    Parameters
    ----------
    values : ndarray, shape (N, R)
        A result by row and replicate.
    weights : Weights
        See `two_way`.

    Returns
    -------
    tuple of ndarray, each of shape (1 + B,)
        Total variance, without bias from the luck that rows share, and the mean variance over
        replicates at the same row; NaN with one replicate, where that cannot be known, and
        without resamples with two.
    """
    rows, w = weights.rows, weights.replicates
    centred = values - values.mean()
    squares = (rows * (centred * centred @ w)).sum(0)
    means = centred.T @ rows  # by replicate, shape (R, 1 + B)
    if values.shape[1] == 1:
        total = squares - means[0] * means[0]
        return total, np.full_like(total, np.nan)
    overlap = weights.overlap
    shared = ((w * means).sum(0) ** 2 - (w * w * means * means).sum(0)) / (1.0 - overlap)
    noise = squares - (rows * product_mean(centred, centred, weights)).sum(0)
    if values.shape[1] == 2:
        noise[1:] = np.nan  # weights of two do not move their variance: no interval
    return squares - shared, noise
