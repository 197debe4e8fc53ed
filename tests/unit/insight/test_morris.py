"""Elementary effects, against SALib and closed forms."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.sample import morris as salib_sample

from experiments.insight.morris import elementary_effects, morris_convergence, morris_table
from sim.errors import StudyError

PROBLEM = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 2.0], [-1.0, 1.0], [5.0, 9.0]]}


def design(trajectories=20, seed=5):
    return salib_sample.sample(PROBLEM, trajectories, num_levels=4, seed=seed)


def bent(x):
    return x[:, 0] ** 2 + 3.0 * x[:, 1] + 0.5 * x[:, 1] * x[:, 2]


def test_without_luck_the_table_is_that_of_salib():
    x = design()
    y = bent(x)
    found = morris_table(elementary_effects(x, y[:, np.newaxis], levels=4), PROBLEM["names"])
    expected = salib_morris.analyze(PROBLEM, x, y, num_levels=4, seed=1)
    for name in ("mu", "mu_star", "sigma"):
        assert found[name].to_numpy() == pytest.approx(np.array(expected[name]), rel=1e-9)


def test_a_straight_line_has_its_slope_and_no_sigma():
    x = design(10)
    y = 3.0 * x[:, 0] - 2.0 * x[:, 1]  # for a whole range: 3 x 2 and -2 x 2
    table = morris_table(elementary_effects(x, y[:, np.newaxis], levels=4), PROBLEM["names"])
    assert table["mu"].to_numpy() == pytest.approx([6.0, -4.0, 0.0])
    assert table["mu_star"].to_numpy() == pytest.approx([6.0, 4.0, 0.0])
    assert table["sigma"].to_numpy() == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)
    assert table["rank_best"].tolist() == table["rank_worst"].tolist() == [1, 2, 3]


def test_shared_luck_does_not_disturb_effects():
    x = design(10)
    y = (3.0 * x[:, 0])[:, np.newaxis] + np.random.default_rng(2).normal(0.0, 5.0, (1, 8))
    table = morris_table(elementary_effects(x, y, levels=4), PROBLEM["names"])
    assert table["mu"].to_numpy() == pytest.approx([6.0, 0.0, 0.0])
    assert table["floor"].to_numpy() == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)


def test_the_floor_is_what_luck_alone_gives():
    # noise of sd 1 at each point: an effect has sd sqrt(2) / (2/3), its mean over 9 replicates a
    # third of that, and the absolute value of that has the mean sqrt(2/pi) sd
    x = design(200)
    y = np.random.default_rng(6).normal(0.0, 1.0, (len(x), 9))
    table = morris_table(elementary_effects(x, y, levels=4), PROBLEM["names"])
    expected = np.sqrt(2.0 / np.pi) * np.sqrt(2.0) * 1.5 / 3.0
    assert table["floor"].to_numpy() == pytest.approx([expected] * 3, rel=0.1)
    assert table["mu_star"].to_numpy() == pytest.approx([expected] * 3, rel=0.15)
    assert (table["sigma"] < 0.3).all()  # the variance of luck is taken off
    assert (table["mu_lo"] <= 0.0).all()
    assert (table["mu_hi"] >= 0.0).all()


def test_a_step_lost_to_rounding_has_no_effect():
    points = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0]])  # the first step changed nothing
    values = np.array([[1.0], [1.0], [3.0]])
    effects = elementary_effects(points, values, levels=4)
    assert effects[0, :, 0] == pytest.approx([3.0, 0.0])  # 2 over a step of two thirds


def test_points_that_are_no_trajectories_are_refused():
    with pytest.raises(StudyError, match="several factors move"):
        points = np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]])
        elementary_effects(points, np.zeros((3, 1)), levels=4)
    with pytest.raises(StudyError, match="multiple of 3"):
        elementary_effects(np.zeros((4, 2)), np.zeros((4, 1)), levels=4)


def test_convergence_ends_with_all_trajectories():
    x = design(20)
    effects = elementary_effects(x, bent(x)[:, np.newaxis], levels=4)
    steps = morris_convergence(effects, PROBLEM["names"])
    assert steps["base_points"].unique().tolist() == [5, 10, 20]
