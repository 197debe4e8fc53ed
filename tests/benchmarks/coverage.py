"""Measure how often 95 % intervals cover the truth, with and without choosing n by looking.

    python -m tests.benchmarks.coverage [TRIALS]

writes the tables of docs/PRECISION.md. The tests run the same trials, fewer of them.
"""

import math
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.precision import look_at, precise_enough, schedule
from experiments.statistics import mean_interval

RESAMPLES = 499  # enough for coverage: the noise of an interval's ends is far below their width
MOST = 2000
FIXED = (20, 30, 50, 100, 200, 400)
SOUGHT = (60, 150)
SHARES = (0.02, 0.05, 0.1, 0.2, 0.5)


class Differences(NamedTuple):
    """How differences are distributed: a sampler, the true mean and standard deviation."""

    draw: Callable[[np.random.Generator, int], np.ndarray]
    mean: float
    sd: float


class Held(NamedTuple):
    """What share of trials an interval was given in and missed, was given in, and mean pairs."""

    missed: float
    given: float
    pairs: float

    @property
    def covered(self) -> float:
        """Return the share of trials without a wrong interval."""
        return 1.0 - self.missed


def lognormal(sigma: float) -> Differences:
    """Return lognormal differences of median 1, with their closed-form moments."""
    square = sigma * sigma
    sd = math.sqrt((math.exp(square) - 1.0) * math.exp(square))
    return Differences(lambda rng, n: rng.lognormal(0.0, sigma, n), math.exp(square / 2.0), sd)


def poisson(up: float, down: float = 0.0) -> Differences:
    """Return whole differences: a Poisson number up less a Poisson number down."""
    return Differences(
        lambda rng, n: 1.0 * (rng.poisson(up, n) - rng.poisson(down, n)),
        up - down,
        math.sqrt(up + down),
    )


def rare(share: float, of: Differences) -> Differences:
    """Return differences that are zero but for a share of pairs: a mixture and its moments."""
    square = of.sd * of.sd + of.mean * of.mean
    return Differences(
        lambda rng, n: np.where(rng.random(n) < share, of.draw(rng, n), 0.0),
        share * of.mean,
        math.sqrt(share * square - (share * of.mean) ** 2),
    )


ONE = Differences(lambda rng, n: np.ones(n), 1.0, 0.0)
NORMAL = Differences(lambda rng, n: rng.normal(0.0, 1.0, n), 0.0, 1.0)
SHIFTED = Differences(lambda rng, n: rng.normal(1.0, 1.0, n), 1.0, 1.0)
WHOLE = {
    "normal": NORMAL,
    "exponential": Differences(lambda rng, n: rng.exponential(1.0, n), 1.0, 1.0),
    "lognormal, sigma 1": lognormal(1.0),
    "lognormal, sigma 1.5": lognormal(1.5),
    "whole, 0.5 up": poisson(0.5),
    "whole, 3 up": poisson(3.0),
    "whole, 0.3 up, 0.2 down": poisson(0.3, 0.2),
}
SOME = {"one": ONE, "N(0, 1)": NORMAL, "N(1, 1)": SHIFTED, "lognormal": lognormal(1.0)}
DISTRIBUTIONS = WHOLE | {
    f"{100 * share:.0f} % differ, by {name}": rare(share, kind)
    for share in SHARES
    for name, kind in SOME.items()
}


def fixed(name: str, pairs: int, trials: int, seed: int = 1) -> Held:
    """Return what intervals of so many pairs held."""
    kind, rng = DISTRIBUTIONS[name], np.random.default_rng(seed)
    found = [_held(kind, kind.draw(rng, pairs)) for _ in range(trials)]
    return Held(*np.mean(found, 0).tolist())


def sequential(name: str, sought: int, trials: int, seed: int = 2) -> Held:
    """Return the same where looking decides how many pairs.

    The target is the half-width that `sought` pairs would have if sd were known.
    """
    kind, rng = DISTRIBUTIONS[name], np.random.default_rng(seed)
    half_widths = np.array([1.96 * kind.sd / math.sqrt(sought)])
    found = []
    for _ in range(trials):
        values, looks = kind.draw(rng, MOST), []
        for count in schedule(MOST):
            looks.append(look_at([values[:count]], resamples=RESAMPLES))
            if precise_enough(looks, half_widths):
                break
        found.append(_held(kind, values[: looks[-1].pairs]))
    return Held(*np.mean(found, 0).tolist())


def _held(kind: Differences, values: np.ndarray) -> Held:
    found = mean_interval(values, resamples=RESAMPLES)
    given = found.method not in ("few", "constant")  # of which the answer says so in words
    return Held(given and not found.lo <= kind.mean <= found.hi, given, len(values))


def _row(trials: int, name: str) -> list[str]:
    numbers = [fixed(name, pairs, trials) for pairs in FIXED]
    cells = [f"{100 * each.covered:.1f}{_given(each)}" for each in numbers]
    for sought in SOUGHT:
        each = sequential(name, sought, trials)
        cells.append(f"{100 * each.covered:.1f}{_given(each)}, {each.pairs:.0f} used")
    return [name, *cells]


def _given(held: Held) -> str:
    return "" if held.given > 0.995 else f" ({100 * held.given:.0f})"


def table(trials: int) -> str:
    """Return the table of docs/PRECISION.md, two rows at a time."""
    head = ["differences", *(f"{n} pairs" for n in FIXED)]
    head += [f"until precise, about {n}" for n in SOUGHT]
    with ProcessPoolExecutor(2) as pool:
        rows = list(pool.map(partial(_row, trials), DISTRIBUTIONS))
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.stdout.write(table(int(sys.argv[1]) if len(sys.argv) > 1 else 4000) + "\n")
