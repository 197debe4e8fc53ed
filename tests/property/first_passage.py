"""What sums of hazards make happen: exact distributions, and how counts are held to them.

MODEL.md, section 3. Not for the tests themselves: test_exact_hazards.py, test_exact_arrivals.py.
"""

import math

import numpy as np
from scipy import stats

LEVEL = 0.001  # a right law is rejected once in a thousand seeds
POWER = 1e-4  # a wrong law must be rejected far beyond that


def p_value(counts, chances):
    """Compare counts with chances by chi-square; cells of less than five expected are merged."""
    assert math.isclose(sum(chances), 1.0, rel_tol=1e-9)
    expected = np.asarray(chances) * np.sum(counts)
    cells = np.cumsum(expected)
    edges = [0]
    for k, below in enumerate(cells):
        if below - (cells[edges[-1] - 1] if edges[-1] else 0.0) >= 5.0:
            edges.append(k + 1)
    starts = edges[:-1]  # what is left over joins the last cell
    return stats.chisquare(
        np.add.reduceat(counts, starts), np.add.reduceat(expected, starts)
    ).pvalue


def assert_follows(counts, chances_of, hazards):
    """Hold counts to the distribution that hazards give, and not to that of a tenth more."""
    hazards = np.asarray(hazards, dtype=float)
    assert p_value(counts, chances_of(hazards)) > LEVEL
    assert p_value(counts, chances_of(1.1 * hazards)) < POWER


def months_of_first(hazards):
    """Return the chance of the first event in each month, and at last of none.

    The sum of hazards reaches an exponential draw: P(none by m) = exp(-(h_0 + ... + h_m)).
    """
    left = np.exp(-np.concatenate([[0.0], np.cumsum(hazards)]))
    return np.append(-np.diff(left), left[-1])


def numbers_of_repeats(hazards):
    """Return the chance of 0, 1, 2 ... events in all, at most one of them a month.

    Thresholds are sums of exponentials, so what the sum passes in a month is Poisson. One event is
    taken a month and the rest wait: a chain over (events taken, events waiting).
    """
    months = len(hazards)
    most = 20 + int(3.0 * sum(hazards))  # that more wait has no chance worth counting
    chances = np.zeros((months + 1, most))
    chances[0, 0] = 1.0
    for hazard in hazards:
        passed = stats.poisson.pmf(np.arange(most), hazard)
        ready = np.array([np.convolve(row, passed)[:most] for row in chances])
        chances = np.zeros_like(chances)
        chances[:, 0] = ready[:, 0]
        chances[1:, : most - 1] += ready[:-1, 1:]
    return chances.sum(axis=1)


def first_months(months_after, months):
    """Return how many first events fell into each month, and at last how many never came."""
    after = np.asarray(months_after)
    counts = [np.count_nonzero(after == m) for m in range(months)]
    return np.append(counts, len(after) - sum(counts))
