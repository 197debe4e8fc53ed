"""Paired statistics, against SciPy, closed forms and simulated coverage."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from experiments.statistics import (
    holm,
    mean_interval,
    paired,
    ratio_of_means,
    replicates_needed,
    wilson,
)


def normal(n, mean=0.0, sd=1.0, seed=3):
    return np.random.default_rng(seed).normal(mean, sd, n)


def test_the_t_interval_and_p_value_are_those_of_scipy():
    base, other = normal(60, seed=1), normal(60, 0.4, seed=2)
    found = paired(base, other, good=1)
    expected = scipy.stats.ttest_rel(other, base)
    assert found.interval.method == "t"
    assert found.p_value == pytest.approx(expected.pvalue, rel=1e-9)
    ends = expected.confidence_interval(0.95)
    assert (found.interval.lo, found.interval.hi) == pytest.approx((ends.low, ends.high), rel=1e-9)


def test_wilson_is_that_of_scipy():
    expected = scipy.stats.binomtest(173, 200).proportion_ci(method="wilson")
    assert wilson(173, 200) == pytest.approx((expected.low, expected.high), rel=1e-9)


def test_holm_follows_its_definition():
    # by hand: 3 x 0.01, max(0.03, 2 x 0.02), max(0.04, 1 x 0.2); NaN is no test
    assert holm([0.2, 0.01, math.nan, 0.02])[:2] == pytest.approx([0.2, 0.03])
    assert holm([0.2, 0.01, math.nan, 0.02])[3] == pytest.approx(0.04)
    assert math.isnan(holm([0.2, 0.01, math.nan, 0.02])[2])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_holm_never_lowers_a_p_value_and_keeps_the_order(p_values):
    adjusted = holm(p_values)
    assert all(a >= p for a, p in zip(adjusted, p_values, strict=True))
    order = np.argsort(p_values, kind="stable")
    assert all(np.diff(np.array(adjusted)[order]) >= 0.0)


def test_ties_count_half():
    found = paired(np.zeros(4), np.array([1.0, -1.0, 0.0, 0.0]), good=1)
    assert found.p_better == 0.5
    assert paired(np.zeros(4), np.array([1.0, 1.0, 1.0, 0.0]), good=-1).p_better == 0.125


def test_without_a_good_direction_nothing_is_better():
    assert math.isnan(paired(normal(9), normal(9, seed=4), good=0).p_better)


def test_pairing_gain_is_the_variance_saved():
    # closed form: equal variances 1 + s, shared part 1: 2 (1 + s) / (2 s)
    shared = normal(100_000, seed=5)
    a, b = (shared + normal(100_000, sd=0.5, seed=seed) for seed in (6, 7))
    assert paired(a, b, good=1).pairing_gain == pytest.approx(5.0, rel=0.03)


def test_rounding_noise_is_no_difference():
    base = normal(20) + 1e6
    found = paired(base, base * (1.0 + 1e-13), good=1)
    assert (found.interval.mean, found.interval.lo, found.interval.hi) == (0.0, 0.0, 0.0)
    assert found.interval.method == "constant"
    assert found.p_value == 1.0
    assert found.p_better == 0.5


def test_a_constant_difference_is_certain_only_with_enough_replicates():
    # sign test: 2 / 2^n
    few, many = (paired(np.zeros(n), np.ones(n), good=1) for n in (2, 20))
    assert few.p_value == 0.5
    assert many.p_value == pytest.approx(2.0 / 2**20)


def test_replicates_without_a_value_are_left_out():
    base = np.array([1.0, 2.0, math.nan, 4.0])
    found = paired(base, np.array([2.0, 4.0, 3.0, math.nan]), good=1)
    assert found.interval.n == 2
    assert found.interval.mean == 1.5


def test_one_replicate_has_a_mean_and_no_interval():
    found = mean_interval(np.array([3.0]))
    assert (found.mean, found.method) == (3.0, "none")
    assert math.isnan(found.lo)


def test_skewed_differences_get_a_bootstrap_interval_that_leans_to_the_tail():
    found = mean_interval(np.random.default_rng(8).lognormal(0.0, 1.0, 100))
    assert found.method == "bootstrap-t"
    assert found.hi - found.mean > found.mean - found.lo


def test_rare_events_get_a_percentile_interval():
    values = np.zeros(200)
    values[0] = 1.0
    found = mean_interval(values)
    assert found.method == "percentile"
    assert found.lo == 0.0


def test_the_bootstrap_gives_the_same_interval_every_time():
    values = np.random.default_rng(9).exponential(1.0, 80)
    assert mean_interval(values) == mean_interval(values.copy())


@pytest.mark.parametrize("draw", ["normal", "exponential"])
def test_intervals_cover_the_true_mean_about_as_often_as_they_say(draw):
    rng = np.random.default_rng(10)
    truth = {"normal": 0.0, "exponential": 1.0}[draw]
    covered = 0
    for _ in range(200):
        found = mean_interval(getattr(rng, draw)(size=50))
        covered += found.lo <= truth <= found.hi
    assert 0.90 <= covered / 200 <= 0.99  # 95 % with four standard errors of 200 trials


def test_replicates_needed_is_where_the_interval_leaves_zero():
    # (1.96 x 10 / 1)^2
    assert replicates_needed(1.0, 10.0) == 385
    assert replicates_needed(-1.0, 10.0) == 385
    assert replicates_needed(1.0, 10.0, tests=50) > 385
    assert math.isnan(replicates_needed(0.0, 10.0))


def test_a_ratio_of_means_over_a_constant_has_the_interval_of_the_part():
    part = normal(50, 4.0)
    value, lo, hi = ratio_of_means(part, np.full(50, 2.0))
    expected = mean_interval(part / 2.0)
    assert (value, lo, hi) == (expected.mean, expected.lo, expected.hi)


def test_a_ratio_is_not_told_where_the_whole_may_be_zero():
    assert all(math.isnan(value) for value in ratio_of_means(normal(50, 4.0), normal(50, 0.0, 9.0)))


def test_fieller_covers_the_true_ratio():
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(300):
        whole = rng.normal(5.0, 3.0, 40)
        _, lo, hi = ratio_of_means(0.5 * whole + rng.normal(0.0, 1.0, 40), whole)
        covered += lo <= 0.5 <= hi
    assert 0.90 <= covered / 300 <= 0.99
