"""Priors, whole numbers and correlations against scipy's distributions and closed forms."""

import math

import numpy as np
import pytest
from scipy import stats

from experiments.study import Correlation, Factor, Prior
from experiments.sweeps.factors import correlated, correlation_matrix, natural, parse_prior
from experiments.sweeps.points import design_points

SHARES = np.linspace(0.001, 0.999, 51)


def factor(name="x", kind="real", low=0.0, high=1.0, values=(), prior=None):
    drawn = prior or Prior("Uniform", ())
    return Factor(name, False, kind, "1", low, high, values, drawn, low, 0, "")


@pytest.mark.parametrize(
    ("text", "low", "high", "reference"),
    [
        ("Uniform", -2.0, 6.0, stats.uniform(-2.0, 8.0)),
        ("Triangular(3)", 1.0, 9.0, stats.triang(0.25, 1.0, 8.0)),
        ("Normal(1.6, 0.5)", 0.6, 2.6, stats.truncnorm(-2.0, 2.0, 1.6, 0.5)),
        ("TruncNormal(0.05, 0.03)", 0.0, 0.12, stats.truncnorm(-5 / 3, 7 / 3, 0.05, 0.03)),
        ("Beta(3, 7)", 0.0, 1.0, stats.beta(3, 7)),
    ],
)
def test_values_have_the_distribution_asked_for(text, low, high, reference):
    drawn = natural(factor(low=low, high=high, prior=parse_prior(text, math.nan)), SHARES)
    # 1e-9: both sides invert the same functions, by different routes.
    assert drawn == pytest.approx(reference.ppf(SHARES), rel=1e-9, abs=1e-12)


def test_a_lognormal_prior_is_cut_off_at_its_range():
    prior = parse_prior("LogNormal(80, 0.5)", math.nan)
    drawn = natural(factor(low=30.0, high=200.0, prior=prior), SHARES)
    below, above = stats.norm.cdf(np.log(np.array([30.0, 200.0]) / 80.0) / 0.5)
    expected = 80.0 * np.exp(0.5 * stats.norm.ppf(below + SHARES * (above - below)))
    assert drawn == pytest.approx(expected, rel=1e-9)
    ends = natural(factor(low=30.0, high=200.0, prior=prior), np.array([0.0, 1.0]))
    assert ends.min() >= 30.0
    assert ends.max() <= 200.0


@pytest.mark.parametrize(
    "text", ["Normal", "Normal(1)", "Normal(1, 0)", "Gamma(1, 2)", "LogNormal(0, 1)", "Beta(0, 1)"]
)
def test_what_names_no_distribution_is_none(text):
    assert parse_prior(text, math.nan) is None


def test_whole_numbers_are_equally_likely():
    shares = (np.arange(6000) + 0.5) / 6000
    drawn = natural(factor(kind="integer", low=2.0, high=7.0), shares)
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == [2, 3, 4, 5, 6, 7]
    assert set(counts) == {1000}


def test_categories_are_equally_likely_and_the_scenario_is_one_of_them():
    drawn = natural(
        factor(kind="categorical", values=("scenario", "even", "by-demand")),
        np.array([0.0, 0.32, 0.34, 0.66, 0.67, 1.0]),
    )
    assert np.isnan(drawn[:2]).all()
    assert drawn[2:].tolist() == [1.0, 1.0, 2.0, 2.0]


def test_ranks_are_correlated_as_asked():
    factors = [factor("a"), factor("b"), factor("c")]
    asked = [Correlation("a", "b", 0.7), Correlation("b", "c", -0.4)]
    matrix = correlation_matrix(factors, asked)
    from scipy.stats import qmc

    shares = correlated(qmc.Sobol(3, seed=1).random(4096), matrix)
    found = stats.spearmanr(shares).statistic
    # 0.02: 4096 quasi-random points leave less than this of sampling error.
    assert found[0, 1] == pytest.approx(0.7, abs=0.02)
    assert found[1, 2] == pytest.approx(-0.4, abs=0.02)
    for column in shares.T:  # each margin stays uniform
        assert np.sort(column) == pytest.approx((np.arange(4096) + 0.5) / 4096, abs=0.02)


def test_correlations_that_contradict_each_other_have_no_matrix():
    factors = [factor("a"), factor("b"), factor("c")]
    asked = [
        Correlation("a", "b", 0.9),
        Correlation("b", "c", 0.9),
        Correlation("a", "c", -0.9),
    ]
    assert correlation_matrix(factors, asked) is None


def test_the_points_of_a_correlated_study_have_the_correlation(write):
    from experiments.sweeps.study_files import load_study
    from tests.unit.sweeps.conftest import TEXTS

    text = f"""
province = "tiny"
scenarios = ["baseline"]
replicates = 1
correlations = [{{ between = ["beta_quality", "beta_price"], rank = 0.6 }}]
{TEXTS}
[design]
kind = "sobol"
points = 1024
[factors]
beta_quality = {{}}
beta_price = {{}}
"""
    points = design_points(load_study(write(text)).study)
    # 0.03: sampling error of 1024 quasi-random points.
    assert stats.spearmanr(points).statistic == pytest.approx(0.6, abs=0.03)
