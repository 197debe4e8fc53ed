"""Sobol' indices of functions whose indices are known on paper, with and without luck."""

import math

import numpy as np
import pytest
from SALib.analyze import sobol as salib_sobol
from SALib.sample import sobol as salib_sample

from experiments.insight.sobol import LUCK, sobol_convergence, sobol_indices

ISHIGAMI = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-math.pi, math.pi]] * 3}
WEIGHTS = (0.0, 1.0, 4.5, 9.0)  # a_j of the g-function: the first matters most
SIGMA = 0.4


def design(problem, base_points):
    return salib_sample.sample(problem, base_points, calc_second_order=False, seed=7)


def blocks(values, factors):
    return values.reshape(-1, factors + 2, values.shape[-1])


def ishigami(x, a=7.0, b=0.1):
    return np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])


def known_ishigami(a=7.0, b=0.1):
    # Ishigami and Homma (1990): variances of the parts
    v1 = 0.5 * (1.0 + b * math.pi**4 / 5.0) ** 2
    v2 = a * a / 8.0
    v13 = b * b * math.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    variance = v1 + v2 + v13
    first = np.array([v1, v2, 0.0]) / variance
    return first, np.array([v1 + v13, v2, v13]) / variance


def g_function(x):
    a = np.array(WEIGHTS)
    return np.prod((np.abs(4.0 * x - 2.0) + a) / (1.0 + a), axis=1)


def known_g(noise_variance):
    # Saltelli and Sobol' (1995): V_j = 1 / (3 (1 + a_j)^2); V = prod(1 + V_j) - 1
    parts = 1.0 / (3.0 * (1.0 + np.array(WEIGHTS)) ** 2)
    product = np.prod(1.0 + parts)
    variance = product - 1.0 + noise_variance
    total = parts * product / (1.0 + parts)
    return parts / variance, total / variance, noise_variance / variance


def inside(table, first, total):
    rows = table.iloc[: len(first)]
    return (
        (rows["first_lo"] <= first).all()
        and (first <= rows["first_hi"]).all()
        and (rows["total_lo"] <= total).all()
        and (total <= rows["total_hi"]).all()
    )


def test_ishigami_has_its_known_indices_within_the_intervals():
    x = design(ISHIGAMI, 1024)
    table = sobol_indices(blocks(ishigami(x)[:, np.newaxis], 3), ISHIGAMI["names"])
    first, total = known_ishigami()
    assert inside(table, first, total)
    assert table["first"][:3].to_numpy() == pytest.approx(first, abs=0.03)
    assert table["total"][:3].to_numpy() == pytest.approx(total, abs=0.03)
    assert math.isnan(table["total"].iloc[-1])  # one replicate knows nothing of luck


def test_without_luck_the_estimates_are_those_of_salib():
    x = design(ISHIGAMI, 256)
    y = ishigami(x)
    table = sobol_indices(blocks(y[:, np.newaxis], 3), ISHIGAMI["names"])
    y = y - y.reshape(-1, 5)[:, [0, 4]].mean()  # the same centre; SALib takes the mean of all
    a, b, mixed = y[0::5], y[4::5], [y[j::5] for j in (1, 2, 3)]
    first = [salib_sobol.first_order(a, each, b) for each in mixed]
    total = [salib_sobol.total_order(a, each, b) for each in mixed]
    assert table["first"][:3].to_numpy() == pytest.approx(np.array(first), rel=1e-9)
    assert table["total"][:3].to_numpy() == pytest.approx(np.array(total), rel=1e-9)


@pytest.mark.parametrize("luck", ["own to each point", "shared by all points", "of both kinds"])
def test_the_stochastic_g_function_has_its_known_indices_within_the_intervals(luck):
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0.0, 1.0]] * 4}
    x, replicates = design(problem, 1024), 16
    rng = np.random.default_rng(3)
    own = rng.normal(0.0, SIGMA, (len(x), replicates))
    shared = rng.normal(0.0, SIGMA, (1, replicates)) * np.ones((len(x), 1))
    noise, variance = {
        "own to each point": (own, SIGMA**2),
        "shared by all points": (shared, float(shared[0].var(ddof=1))),
        "of both kinds": (own + shared, SIGMA**2 + float(shared[0].var(ddof=1))),
    }[luck]
    table = sobol_indices(blocks(g_function(x)[:, np.newaxis] + noise, 4), problem["names"])
    first, total, share = known_g(variance)
    assert inside(table, first, total)
    last = table.iloc[-1]
    assert last["factor"] == LUCK
    assert last["total_lo"] <= share <= last["total_hi"]
    assert last["total"] == pytest.approx(share, rel=0.1)


def test_luck_is_not_taken_for_the_doing_of_a_factor_that_does_nothing():
    rng = np.random.default_rng(4)
    x = rng.uniform(size=(400, 2))
    values = np.stack([x[:, 0], x[:, 1], x[:, 0], x[:, 1]], axis=1)  # the second factor is idle
    noisy = values[:, :, np.newaxis] + rng.normal(0.0, 1.0, (400, 4, 4))
    table = sobol_indices(noisy, ["acts", "idle"]).set_index("factor")
    assert table.loc["idle", "total_lo"] <= 0.0 <= table.loc["idle", "total_hi"]
    assert table.loc["acts", "rank_worst"] == 1 or table.loc["idle", "rank_best"] == 1


def test_factors_whose_intervals_overlap_share_their_ranks():
    x = design(ISHIGAMI, 64)
    y = x[:, 0] + x[:, 1] + 0.01 * x[:, 2]
    table = sobol_indices(blocks(y[:, np.newaxis], 3), ISHIGAMI["names"])
    ranks = list(zip(table["rank_best"], table["rank_worst"], strict=True))[:3]
    assert ranks == [(1, 2), (1, 2), (3, 3)]


def test_convergence_ends_with_all_points():
    x = design(ISHIGAMI, 256)
    values = blocks(ishigami(x)[:, np.newaxis], 3)
    steps = sobol_convergence(values, ISHIGAMI["names"])
    assert steps["base_points"].unique().tolist() == [32, 64, 128, 256]
    widths = (steps["total_hi"] - steps["total_lo"]).groupby(steps["base_points"]).mean()
    assert widths.is_monotonic_decreasing
    last = steps[steps["base_points"] == 256].reset_index(drop=True)
    assert last["total"].equals(sobol_indices(values, ISHIGAMI["names"])["total"])


def test_a_result_that_never_changes_has_no_indices():
    table = sobol_indices(np.ones((32, 5, 3)), ISHIGAMI["names"])
    assert table[["first", "total"]].isna().all().all()
