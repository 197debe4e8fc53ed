"""Measure how often 95 % intervals cover the truth, with and without choosing n by looking.

    python -m tests.benchmarks.coverage [TRIALS]

writes the table of docs/PRECISION.md. The tests run the same trials, fewer of them.
"""

import math
import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from experiments.precision import look_at, precise_enough, schedule
from experiments.statistics import mean_interval

RESAMPLES = 999  # enough for coverage: the noise of an interval's ends is far below their width
MOST = 2000
FIXED = (40, 100, 400)
SOUGHT = (60, 150, 400)
CHEAP = {"normal": 5}  # times as many trials where no bootstrap is needed


class Differences(NamedTuple):
    """How differences are distributed: a sampler, the true mean and standard deviation."""

    draw: Callable[[np.random.Generator, int], np.ndarray]
    mean: float
    sd: float


DISTRIBUTIONS = {
    "normal": Differences(lambda rng, n: rng.normal(0.0, 1.0, n), 0.0, 1.0),
    "exponential": Differences(lambda rng, n: rng.exponential(1.0, n), 1.0, 1.0),
    "lognormal, sigma 1": Differences(
        lambda rng, n: rng.lognormal(0.0, 1.0, n),
        math.exp(0.5),
        math.sqrt((math.e - 1.0) * math.e),
    ),
    "one pair in ten differs": Differences(
        lambda rng, n: (rng.random(n) < 0.1) * 1.0, 0.1, math.sqrt(0.09)
    ),
}


def fixed(name: str, pairs: int, trials: int, seed: int = 1) -> float:
    """Return the share of trials whose interval of so many pairs holds the true mean."""
    kind, rng = DISTRIBUTIONS[name], np.random.default_rng(seed)
    covered = 0
    for _ in range(trials):
        found = mean_interval(kind.draw(rng, pairs), resamples=RESAMPLES)
        covered += found.lo <= kind.mean <= found.hi
    return covered / trials


def sequential(name: str, sought: int, trials: int, seed: int = 2) -> tuple[float, float]:
    """Return the same where looking decides how many pairs, and how many it took on average.

    The target is the half-width that `sought` pairs would have if sd were known.
    """
    kind, rng = DISTRIBUTIONS[name], np.random.default_rng(seed)
    half_widths = np.array([1.96 * kind.sd / math.sqrt(sought)])
    covered, pairs = 0, 0
    for _ in range(trials):
        values, looks = kind.draw(rng, MOST), []
        for count in schedule(MOST):
            looks.append(look_at([values[:count]], resamples=RESAMPLES))
            if precise_enough(looks, half_widths):
                break
        found = mean_interval(values[: looks[-1].pairs], resamples=RESAMPLES)
        covered += found.lo <= kind.mean <= found.hi
        pairs += looks[-1].pairs
    return covered / trials, pairs / trials


def table(trials: int) -> str:
    """Return the table of docs/PRECISION.md."""
    head = ["differences"]
    head += [f"{n} pairs, fixed" for n in FIXED] + [f"until precise, about {n}" for n in SOUGHT]
    lines = [head, ["---"] * len(head)]
    for name in DISTRIBUTIONS:
        count = trials * CHEAP.get(name, 1)
        row = [name, *(f"{100 * fixed(name, n, count):.1f}" for n in FIXED)]
        for sought in SOUGHT:
            covered, pairs = sequential(name, sought, count)
            row.append(f"{100 * covered:.1f} ({pairs:.0f} used)")
        lines.append(row)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(table(int(sys.argv[1]) if len(sys.argv) > 1 else 4000) + "\n")
