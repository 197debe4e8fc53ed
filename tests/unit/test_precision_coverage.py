"""Intervals cover the truth as often as docs/PRECISION.md says, also when looking decides n."""

import pytest

from tests.benchmarks.coverage import DISTRIBUTIONS, fixed, sequential

SKEWED = ["exponential", "lognormal, sigma 1", "lognormal, sigma 1.5"]
RARE = [name for name in DISTRIBUTIONS if "differ" in name]


def test_a_few_trials_are_covered_with_and_without_looking():
    # 95 % less four standard errors of 150 trials
    assert fixed("normal", 40, 150).covered > 0.88
    found = sequential("lognormal, sigma 1", 60, 150)
    assert found.covered > 0.87
    assert 60 <= found.pairs <= 500


@pytest.mark.parametrize("kind", ["one", "N(0, 1)", "lognormal"])
def test_rare_differences_are_not_told_or_covered(kind):
    # 95 % less four standard errors of 150 trials; 4 of 40 are expected to differ, 20 of 200
    few, many = (fixed(f"10 % differ, by {kind}", pairs, 150) for pairs in (40, 200))
    assert few.covered > 0.88
    assert few.given < 0.05  # ten or more of 40: closed form of the binomial, 0.005
    assert many.covered > 0.88
    assert many.given > 0.95  # ten or more of 200: 0.996
    assert sequential(f"10 % differ, by {kind}", 60, 60).covered > 0.83  # four errors of 60


@pytest.mark.long
@pytest.mark.parametrize("pairs", [40, 150])
def test_normal_differences_are_covered_in_94_to_96_of_100(pairs):
    # 4000 trials have a standard error of 0.0034: 0.94 to 0.96 is 95 % within three of them
    assert 0.94 <= fixed("normal", pairs, 4000).covered <= 0.96
    assert 0.94 <= sequential("normal", pairs, 4000).covered <= 0.96


@pytest.mark.long
@pytest.mark.parametrize("name", [*SKEWED, *RARE])
def test_skewed_and_rare_differences_are_covered_in_92_of_100_at_least(name):
    # less three standard errors of 1000 trials: 92 % - 2.6 %; the table has 92 % and more
    assert all(fixed(name, pairs, 1000).covered >= 0.894 for pairs in (20, 50, 200))
    assert all(sequential(name, sought, 1000).covered >= 0.894 for sought in (60, 150))
