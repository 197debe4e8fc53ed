"""Measure how often the intervals of Sobol' indices and of luck hold the truth.

    python -m tests.benchmarks.coverage_indices [TRIALS]

writes the table of docs/ANALYSIS.md: the g-function of four factors with luck of three kinds.
"""

import sys

import numpy as np

from experiments.insight.sobol import sobol_indices
from tests.unit.insight.test_sobol import SIGMA, WEIGHTS, g_function, known_g

BASE_POINTS = 128
RESAMPLES = 300
FACTORS = len(WEIGHTS)


def trial(rng: np.random.Generator, replicates: int, kind: str) -> np.ndarray:
    """Return results of a design of independent points, shape (N, D + 2, R)."""
    a, b = (rng.uniform(size=(BASE_POINTS, FACTORS)) for _ in range(2))
    mixed = [np.where(np.arange(FACTORS) == j, b, a) for j in range(FACTORS)]
    points = [a, *mixed, b]
    values = np.stack([g_function(x) for x in points], 1)[:, :, np.newaxis]
    if kind == "own":
        return values + rng.normal(0.0, SIGMA, (BASE_POINTS, FACTORS + 2, replicates))
    if kind == "shared":
        return values + rng.normal(0.0, SIGMA, (1, 1, replicates))
    luck = rng.normal(0.0, 1.0, (1, 1, replicates))
    first = np.stack([x[:, 0] for x in points], 1)[:, :, np.newaxis]
    return values + SIGMA * np.sqrt(12.0) * luck * (first - 0.5)  # acting through a factor


def covered(kind: str, replicates: int, trials: int) -> np.ndarray:
    """Return the share of trials that hold each truth: D first, D total indices, luck."""
    first, total, share = known_g(SIGMA**2)
    truth = np.concatenate([first, total, [share]])
    rng, hits = np.random.default_rng(1), np.zeros(len(truth))
    names = [f"x{j}" for j in range(FACTORS)]
    for _ in range(trials):
        table = sobol_indices(trial(rng, replicates, kind), names, resamples=RESAMPLES)
        ends = [
            np.concatenate([table[f"first_{end}"][:-1], table[f"total_{end}"]])
            for end in ("lo", "hi")
        ]
        hits += (ends[0] <= truth) & (truth <= ends[1])
    return hits / trials


def main(trials: int) -> str:
    """Return the table, lowest and highest coverage of the indices and that of luck."""
    lines = []
    for kind in ("own", "shared", "through a factor"):
        for replicates in (3, 4, 8, 16):
            *indices, luck = 100.0 * covered(kind, replicates, trials)
            numbers = f"{min(indices):.0f} to {max(indices):.0f} % | {luck:.0f} %"
            lines.append(f"| {kind} | {replicates} | {numbers} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]) if len(sys.argv) > 1 else 120) + "\n")
