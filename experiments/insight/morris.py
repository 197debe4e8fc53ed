"""Elementary effects (Morris) of a stochastic model, with intervals and the share of luck.

SALib makes the trajectories; its analysis knows neither replicates nor factors of few values, whose
step can leave the value as it was. Not for shares of variance: experiments/insight/sobol.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.insight.ranks import rank_ranges
from experiments.insight.resample import Weights, ends, two_way
from sim.errors import StudyError

_MEAN_OF_ABSOLUTE_NORMAL: Final = math.sqrt(2.0 / math.pi)


def elementary_effects(points: np.ndarray, values: np.ndarray, *, levels: int) -> np.ndarray:
    """Return the effect of each factor along each trajectory.

    Parameters
    ----------
    points : ndarray, shape (T (D + 1), D)
        Trajectories one after the other, in any units; from point to point one factor moves.
    values : ndarray, shape (T (D + 1), R)
        A result by point and replicate.
    levels : int
        Of the grid; a step is levels / (2 (levels - 1)) of the range.

    Returns
    -------
    ndarray, shape (T, D, R)
        Change for a whole range: the change of the result over the step, positive where the result
        rises with the factor. Zero where rounding to whole numbers left the factor as it was.

    Raises
    ------
    StudyError
        If more than one factor moves between neighbouring points.
    """
    size = points.shape[1] + 1
    if len(points) % size:
        raise StudyError(
            f"The points of the study: found {len(points)}; expected a multiple of {size}, whole "
            "trajectories. Analyse a result as the sweep wrote it."
        )
    shape = (len(points) // size, size)
    steps = np.diff(points.reshape(*shape, -1), axis=1)
    changes = np.diff(values.reshape(*shape, -1), axis=1)
    moved = steps != 0.0
    if (moved.sum(-1) > 1).any():
        raise StudyError(
            "The points of the study: several factors move at once; expected trajectories in which "
            "one moves at a time, as the design 'morris' makes them."
        )
    delta = levels / (2.0 * (levels - 1.0))
    signs = np.sign(steps)
    return np.asarray(np.einsum("tkd,tkr->tdr", signs, changes) / delta)


def morris_table(effects: np.ndarray, factors: Sequence[str]) -> pd.DataFrame:
    """Return mu, mu* and sigma of each factor.

    Parameters
    ----------
    effects : ndarray, shape (T, D, R)
        See `elementary_effects`.
    factors : sequence of str
        The D factors.

    Returns
    -------
    DataFrame
        factor; mu_star, the mean over trajectories of the absolute effect, mu, the mean effect,
        and sigma, its standard deviation over trajectories, each of the mean over replicates, with
        95 % intervals (_lo, _hi), in the unit of the result for a whole range; floor: what mu_star
        would be for a factor without effect, from luck alone; rank_best, rank_worst of mu_star.

    Source
    ------
    Morris, Technometrics 33 (1991) 161-174; mu* of Campolongo et al., Environmental Modelling and
    Software 22 (2007) 1509-1518. The variance that luck adds is taken off sigma^2.
    """
    weights = two_way(effects.shape[0], effects.shape[2])
    found = [_statistics(effects[:, j], weights) for j in range(len(factors))]
    columns: dict[str, object] = {"factor": list(factors)}
    for place, name in enumerate(("mu_star", "mu", "sigma")):
        resampled = np.array([each[place] for each in found])
        lo, hi = ends(resampled)
        columns |= {name: resampled[:, 0], f"{name}_lo": lo, f"{name}_hi": hi}
    table = pd.DataFrame(columns)
    lo, hi = (table[f"mu_star_{end}"].to_numpy(dtype=float) for end in ("lo", "hi"))
    ranks = rank_ranges(lo, hi)
    return table.assign(
        floor=[each[3] for each in found],
        rank_best=[best for best, _ in ranks],
        rank_worst=[worst for _, worst in ranks],
    )


def _statistics(
    effects: np.ndarray, weights: Weights
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Return mu*, mu and sigma with their resamples, and the floor, of effects of shape (T, R)."""
    rows, w, trajectories = weights.rows, weights.replicates, len(effects)
    means = effects @ w
    mu = (rows * means).sum(0)
    variance = (rows * means * means).sum(0) - mu * mu
    if effects.shape[1] > 1:
        noise = (effects * effects @ w - means * means) / (1.0 - weights.overlap) * weights.overlap
        floor = float(_MEAN_OF_ABSOLUTE_NORMAL * np.sqrt(np.maximum(0.0, noise[:, 0])).mean())
        luck = (rows * noise).sum(0)
    else:
        floor, luck = math.nan, 0.0
    spread = variance * trajectories / max(1, trajectories - 1) - luck
    return (rows * np.abs(means)).sum(0), mu, np.sqrt(np.maximum(0.0, spread)), floor


def morris_convergence(effects: np.ndarray, factors: Sequence[str]) -> pd.DataFrame:
    """Return `morris_table` from a quarter, from half and from all trajectories, `base_points`."""
    count = len(effects)
    steps = [n for n in (count // 4, count // 2) if n >= 4]
    parts = [
        morris_table(effects[:n], factors).assign(base_points=n)
        for n in dict.fromkeys([*steps, count])
    ]
    return pd.concat(parts, ignore_index=True)
