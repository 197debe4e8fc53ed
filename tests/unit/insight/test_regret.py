"""Regret of made-up policies, worked out by hand."""

import numpy as np
import pytest

from experiments.insight.regret import regret

# two futures; revenue of three policies: the safe one, a gamble, one that is always worse
MEANS = np.array([[10.0, 8.0], [14.0, 2.0], [9.0, 7.0]])


def by_replicate(means, spread=0.0, replicates=4, repeat=1):
    luck = np.linspace(-spread, spread, replicates)
    return np.repeat(means, repeat, axis=1)[:, :, np.newaxis] + luck


def test_regret_is_the_distance_to_the_best_in_each_future():
    found = regret(by_replicate(MEANS), ["safe", "gamble", "worse"], good=1)
    # best: 14 and 8
    assert found.futures.tolist() == [[4.0, 0.0], [0.0, 6.0], [5.0, 1.0]]
    table = found.table.set_index("policy")
    assert table["max"].tolist() == [4.0, 6.0, 5.0]
    assert table["mean"].tolist() == [2.0, 3.0, 3.0]
    assert table["best_share"].tolist() == [0.5, 0.5, 0.0]
    assert table["minimax"].tolist() == [True, False, False]
    assert table.loc["gamble", "q90"] == pytest.approx(5.4)  # nine tenths of the way from 0 to 6


def test_where_less_is_better_the_least_is_best():
    found = regret(by_replicate(MEANS), ["safe", "gamble", "worse"], good=-1)
    assert found.futures.tolist() == [[1.0, 6.0], [5.0, 0.0], [0.0, 5.0]]


def test_a_choice_that_no_future_contradicts_is_stable():
    values = by_replicate(np.array([[5.0, 6.0, 7.0], [1.0, 1.0, 1.0]]), spread=0.5, repeat=10)
    table = regret(values, ["good", "bad"], good=1).table.set_index("policy")
    assert table.loc["good", "minimax_share"] == table.loc["good", "least_mean_share"] == 1.0


def test_a_choice_that_luck_decides_is_not_stable():
    rng = np.random.default_rng(1)
    values = 10.0 + rng.normal(0.0, 1.0, (2, 30, 5))
    table = regret(values, ["a", "b"], good=1).table
    assert (table["least_mean_share"] > 0.02).all()
    assert table["least_mean_share"].sum() == pytest.approx(1.0)
    assert table["minimax_share"].sum() == pytest.approx(1.0)


def test_policies_that_are_the_same_share_the_choice():
    table = regret(by_replicate(np.ones((2, 5))), ["a", "b"], good=1).table
    assert table["minimax"].tolist() == [True, True]
    assert table["minimax_share"].tolist() == [0.5, 0.5]
