"""Paired statistics, against SciPy, closed forms and simulated coverage."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from experiments.increments import ratio_of_means
from experiments.statistics import (
    direction,
    holm,
    mean_interval,
    most_that_differ,
    paired,
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


def test_the_direction_is_that_of_an_interval_without_zero():
    base = normal(60, seed=1)
    for mean, expected in ((1.0, 1), (-1.0, -1)):
        assert direction(paired(base, base + normal(60, mean, seed=2), good=0)) == expected
    assert direction(paired(base, base + normal(60, 0.05, seed=2), good=0)) == 0


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


def t_statistics(values, count, seed):
    """Return the t-statistics of resamples, one by one as Hall (1988) defines them."""
    rng, found = np.random.default_rng(seed), []
    for _ in range(count):
        again = rng.choice(values, len(values))
        found.append((again.mean() - values.mean()) / (again.std(ddof=1) / len(values) ** 0.5))
    return np.array(found)


@pytest.mark.parametrize(("count", "level"), [(100, 0.97), (30, 0.99)])
def test_a_bootstrap_interval_is_that_of_its_definition(count, level):
    # skewness 1.7 and 1.5: beyond the limit of 1, not beyond twice that; few pairs are held wider
    values = np.random.default_rng(21).exponential(1.0, count)
    found = mean_interval(values)
    low, high = np.quantile(t_statistics(values, 20_000, 5), [0.5 - level / 2, 0.5 + level / 2])
    error = values.std(ddof=1) / math.sqrt(count)
    t = scipy.stats.t.ppf(0.975, count - 1)
    assert found.method == "bootstrap-t"
    # 4999 resamples: at 1.5 and 0.5 % the quantiles have some 4 % of Monte-Carlo error
    assert found.hi - found.mean == pytest.approx(max(t, -low) * error, rel=0.1)
    assert found.mean - found.lo == pytest.approx(max(t, high) * error, rel=0.1)


def test_a_bootstrap_interval_is_at_neither_end_nearer_than_that_of_t():
    values = np.random.default_rng(23).exponential(1.0, 100)
    found = mean_interval(values)
    half = scipy.stats.t.ppf(0.975, 99) * found.sd / 10.0
    assert found.hi > found.mean + half
    assert found.lo <= found.mean - half + 1e-12


def rare(n, differing, usual=0.0, other=1.0):
    """Return n values, all usual but for some others, which are not all alike."""
    values = np.full(n, usual)
    values[:differing] = other * (1.0 + 0.01 * np.arange(differing))
    return values


@pytest.mark.parametrize(("n", "differing"), [(3, 1), (30, 2), (200, 1), (200, 9)])
def test_where_too_few_differ_there_is_no_interval(n, differing):
    found = mean_interval(rare(n, differing))
    assert found.method == "few"
    assert math.isnan(found.lo)
    assert math.isnan(found.hi)
    assert found.mean == pytest.approx(rare(n, differing).sum() / n)
    # sign test of those that differ: 2 / 2^k
    assert paired(np.zeros(n), rare(n, differing), good=1).p_value == 2.0 / 2**differing


@pytest.mark.parametrize(("count", "sign", "expected"), [(6, 1, 1), (6, -1, -1), (5, 1, 0)])
def test_the_sign_of_few_that_differ_is_told_by_the_sign_test(count, sign, expected):
    found = paired(np.zeros(50), sign * rare(50, count), good=1)
    assert found.interval.method == "few"
    assert direction(found) == expected  # 2 / 2^6 = 0.03, 2 / 2^5 = 0.06


def test_nothing_is_told_of_few_that_differ_in_both_directions():
    found = paired(np.zeros(50), np.array([9.0, -1.0, *np.zeros(48)]), good=1)
    assert math.isnan(found.p_value)
    assert direction(found) == 0


def test_ten_that_differ_are_enough_and_so_are_few_values_of_which_most_differ():
    assert mean_interval(rare(200, 10)).method == "bootstrap-t"
    assert mean_interval(rare(5, 4)).method != "few"


def test_what_most_have_need_not_be_zero():
    assert mean_interval(rare(40, 3, usual=500.0, other=499.0)).method == "few"
    found = paired(np.zeros(40), rare(40, 3, usual=500.0, other=499.0), good=1)
    assert found.p_value == pytest.approx(2.0 / 2**40)  # sign test: all are above zero
    noisy = 500.0 * (1.0 + 1e-13 * np.arange(40))
    noisy[:3] += 1.0
    assert mean_interval(noisy).method == "few"  # rounding is no difference


def test_as_many_can_differ_as_would_be_missed_once_in_twenty():
    # closed form: (1 - share)^n = 0.05
    assert (1.0 - most_that_differ(60)) ** 60 == pytest.approx(0.05)


def test_a_handful_of_replicates_is_not_resampled():
    values = np.array([0.010, 0.011, 0.012, 0.900])  # as skewed as four numbers can be
    found = mean_interval(values)
    half = scipy.stats.t.ppf(0.975, 3) * values.std(ddof=1) / 2.0
    assert found.method == "t"
    assert (found.lo, found.hi) == pytest.approx((values.mean() - half, values.mean() + half))
    assert mean_interval(np.append(values, np.linspace(0.013, 0.018, 6))).method == "bootstrap-t"


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
