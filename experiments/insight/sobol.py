"""Sobol' indices of a stochastic model: shares of variance of factors and of luck, with intervals.

SALib makes the design and has the estimators for deterministic models; here they are extended to
replicates, so that luck is neither taken for a factor's doing nor left out of the intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.insight.ranks import rank_ranges
from experiments.insight.resample import RESAMPLES, ends, product_mean, two_way, variance_parts

LUCK: Final = "luck"
_FEWEST: Final = 16  # base points of a step of convergence


def sobol_indices(
    values: np.ndarray, factors: Sequence[str], *, resamples: int = RESAMPLES
) -> pd.DataFrame:
    """Return first-order and total indices of each factor, and the share of luck.

    Parameters
    ----------
    values : ndarray, shape (N, D + 2, R)
        A result by base point, by matrix in the order A, AB_1 .. AB_D, B, and by replicate.
    factors : sequence of str
        The D factors.
    resamples : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        factor; first, first_lo, first_hi, total, total_lo, total_hi: shares of the variance of a
        single run, with 95 % intervals; rank_best, rank_worst of the total index as far as
        intervals tell them apart. The last row is luck: the variance over replicates at the same
        point, NaN with one replicate.

    Notes
    -----
    First order: mean of B (AB_j - A); total: half the mean of (A - AB_j)^2; both as products of
    different replicates, which are free of bias from luck. With one replicate they are exactly the
    estimators of the source, of the variance under that one luck.

    Source
    ------
    Saltelli et al., Computer Physics Communications 181 (2010) 259-270, table 2 (b) and (f).
    """
    a, b, mixed = values[:, 0], values[:, -1], values[:, 1:-1]
    centre = np.concatenate([a, b]).mean()
    weights = two_way(len(values), values.shape[2], resamples)
    both = weights._replace(rows=np.vstack([weights.rows, weights.rows]) / 2.0)
    total_variance, noise = variance_parts(np.concatenate([a, b]), both)
    scale = np.where(total_variance > 0.0, total_variance, np.nan)

    def share(products: np.ndarray) -> np.ndarray:
        return np.asarray((weights.rows * products).sum(0) / scale)

    first, total = [], []
    for j in range(len(factors)):
        step = mixed[:, j] - a
        first.append(share(product_mean(b - centre, step, weights)))
        total.append(share(0.5 * product_mean(step, step, weights)))
    first.append(np.full_like(scale, np.nan))
    total.append(np.clip(noise / scale, 0.0, 1.0))
    return _table([*factors, LUCK], np.array(first), np.array(total))


def _table(names: Sequence[str], first: np.ndarray, total: np.ndarray) -> pd.DataFrame:
    """Return indices of shape (D + 1, 1 + B) as a table; only factors are ranked."""
    columns: dict[str, object] = {"factor": list(names)}
    for name, resampled in (("first", first), ("total", total)):
        lo, hi = ends(resampled)
        columns |= {name: resampled[:, 0], f"{name}_lo": lo, f"{name}_hi": hi}
    table = pd.DataFrame(columns)
    lo, hi = (table[f"total_{end}"].to_numpy(dtype=float)[:-1] for end in ("lo", "hi"))
    ranks = [*rank_ranges(lo, hi), (0, 0)]
    return table.assign(
        rank_best=[best for best, _ in ranks], rank_worst=[worst for _, worst in ranks]
    )


def sobol_convergence(values: np.ndarray, factors: Sequence[str]) -> pd.DataFrame:
    """Return the indices from an eighth, a quarter, a half and all of the base points.

    Parameters
    ----------
    values, factors
        As in `sobol_indices`.

    Returns
    -------
    DataFrame
        base_points, then the columns of `sobol_indices`.
    """
    count = len(values)
    steps = [n for n in (count // 8, count // 4, count // 2) if n >= _FEWEST]
    parts = [
        sobol_indices(values[:n], factors).assign(base_points=n)
        for n in dict.fromkeys([*steps, count])
    ]
    return pd.concat(parts, ignore_index=True)
