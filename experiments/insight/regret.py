"""Regret: how far each policy stays behind the best one, over uncertain futures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from experiments.insight.resample import two_way

_TAIL: Final = 0.9
_RESAMPLES: Final = 500


class Regret(NamedTuple):
    """What each policy may cost in regret, and future by future."""

    table: pd.DataFrame
    futures: np.ndarray  # regret by policy and point, shape (C, P)


def regret(values: np.ndarray, policies: Sequence[str], *, good: int) -> Regret:
    """Return the regret of each policy over futures.

    Parameters
    ----------
    values : ndarray, shape (C, P, R)
        An outcome by policy, future and replicate.
    policies : sequence of str
        The C policies.
    good : int
        1 where more is better, -1 where less is better.

    Returns
    -------
    Regret
        Table: policy; mean, q90 and max regret over futures, in the outcome's unit; best_share, the
        share of futures in which no policy is better; minimax and least_mean, true for the choice
        by largest and by mean regret; minimax_share and least_mean_share, how often resampled
        futures and replicates make the same choice, ties shared.

    Notes
    -----
    Regret of a policy in a future is the best mean over replicates there less its own. It is zero
    or more; with few replicates luck adds to it, for every policy alike.

    Source
    ------
    Savage, Journal of the American Statistical Association 46 (1951) 55-67.
    """
    futures = _regret_of(values.mean(-1), good)
    largest, mean = futures.max(1), futures.mean(1)
    weights = two_way(values.shape[1], values.shape[2], _RESAMPLES)
    minimax_votes, mean_votes = np.zeros(len(policies)), np.zeros(len(policies))
    for b in range(1, _RESAMPLES + 1):
        drawn, rows = _regret_of(values @ weights.replicates[:, b], good), weights.rows[:, b]
        minimax_votes += _choice(drawn[:, rows > 0.0].max(1))
        mean_votes += _choice(drawn @ rows)
    table = pd.DataFrame(
        {
            "policy": list(policies),
            "mean": mean,
            "q90": np.quantile(futures, _TAIL, axis=1),
            "max": largest,
            "best_share": (futures == 0.0).mean(1),
            "minimax": _choice(largest) > 0.0,
            "minimax_share": minimax_votes / _RESAMPLES,
            "least_mean": _choice(mean) > 0.0,
            "least_mean_share": mean_votes / _RESAMPLES,
        }
    )
    return Regret(table, futures)


def _regret_of(means: np.ndarray, good: int) -> np.ndarray:
    """Return the regret of means of shape (C, P)."""
    judged = means * good
    return np.asarray(judged.max(0) - judged)


def _choice(losses: np.ndarray) -> np.ndarray:
    """Return one vote for the policy with the least loss; ties share it."""
    chosen = (losses == losses.min()) * 1.0
    return np.asarray(chosen / chosen.sum())
