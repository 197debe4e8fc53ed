"""Sampled designs as shares of one: Latin hypercube, Sobol', Saltelli, Morris.

Points of a longer Sobol', Saltelli or Morris design begin with those of the shorter one, which is
what lets a study grow; a Latin hypercube has no such order. Not for values of factors:
experiments/sweeps/points.py.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from experiments.sweeps.extras import need

if TYPE_CHECKING:  # what draws apart shall load nothing else
    from experiments.study import DesignKind

_APART: Final = """
import json, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from experiments.sweeps.shares import Sampling, shares
np.save(sys.stdout.buffer, shares(Sampling(**json.loads(sys.argv[2]))))
"""
_SEEDS: Final = 2**31  # more than there are trajectories


class Sampling(NamedTuple):
    """What to draw."""

    kind: DesignKind
    factors: int
    points: int  # lhs, sobol: rows; saltelli: base samples; morris: trajectories
    levels: int  # morris
    second_order: bool  # saltelli
    seed: int


def shares(sample: Sampling) -> np.ndarray:
    """Return a sampled design.

    Parameters
    ----------
    sample : Sampling
        What to draw; the same gives the same.

    Returns
    -------
    ndarray, shape (points, factors)
        From 0 to 1.

    Raises
    ------
    StudyError
        If SALib is needed and not installed.
    """
    match sample.kind:
        case "saltelli":
            return _saltelli(sample)
        case "morris":
            return _morris(sample)
    from scipy.stats import qmc

    kind = qmc.LatinHypercube if sample.kind == "lhs" else qmc.Sobol
    return np.asarray(kind(sample.factors, seed=sample.seed).random(sample.points))


def shares_apart(sample: Sampling) -> np.ndarray:
    """Return a sampled design, drawn in a process of its own.

    The libraries that draw need as much memory as all the rest of a sweep may hold; it goes with
    the process.
    """
    if sample.kind in ("saltelli", "morris"):
        need("SALib")
    root = str(Path(__file__).resolve().parents[2])
    words = [sys.executable, "-c", _APART, root, json.dumps(sample._asdict())]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
    return np.asarray(np.load(io.BytesIO(done.stdout)))


def _problem(sample: Sampling) -> dict[str, object]:
    names = [str(number) for number in range(sample.factors)]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _saltelli(sample: Sampling) -> np.ndarray:
    """Return Saltelli's blocks: A, one row a factor with its value of B, (the reverse,) B."""
    need("SALib")
    from SALib.sample import sobol

    drawn = sobol.sample(
        _problem(sample),
        sample.points,
        calc_second_order=sample.second_order,
        seed=sample.seed,
    )
    return np.asarray(drawn)


def _morris(sample: Sampling) -> np.ndarray:
    """Return Morris trajectories one after the other; each has a seed of its own, to grow by."""
    need("SALib")
    from SALib.sample import morris

    trajectories = [
        morris.sample(
            _problem(sample), 1, num_levels=sample.levels, seed=sample.seed * _SEEDS + number
        )
        for number in range(sample.points)
    ]
    return np.concatenate(trajectories)
