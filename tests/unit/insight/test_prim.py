"""Scenario discovery finds boxes that were planted, and nothing where there is nothing."""

import math

import numpy as np
import pytest
import scipy.stats

from experiments.insight.prim import Axis, contains, discover

AXES = [Axis("demand"), Axis("clearance"), Axis("tax"), Axis("idle")]


def futures(count=1500, seed=1):
    return np.random.default_rng(seed).uniform(size=(count, 4))


def planted(x):
    return (x[:, 0] < 0.4) & (x[:, 1] > 0.5)


def test_a_planted_box_is_found():
    x = futures()
    (box,) = discover(x, planted(x), AXES, boxes=1)
    assert set(box.limits) == {"demand", "clearance"}
    assert box.limits["demand"].hi == pytest.approx(0.4, abs=0.03)
    assert box.limits["demand"].lo == -math.inf
    assert box.limits["clearance"].lo == pytest.approx(0.5, abs=0.03)
    assert box.chosen.coverage > 0.95
    assert box.chosen.density > 0.95


def test_a_planted_box_is_found_through_noise():
    x = futures(2000)
    rng = np.random.default_rng(2)
    cases = rng.random(2000) < np.where(planted(x), 0.9, 0.05)
    box = discover(x, cases, AXES, boxes=1)[0]
    assert set(box.limits) == {"demand", "clearance"}
    assert box.limits["demand"].hi == pytest.approx(0.4, abs=0.06)
    assert box.limits["clearance"].lo == pytest.approx(0.5, abs=0.06)
    # 0.9 x 0.2 of cases within, 0.05 x 0.8 outside; density 0.9
    assert box.chosen.coverage == pytest.approx(0.18 / 0.22, abs=0.06)
    assert box.chosen.density == pytest.approx(0.9, abs=0.05)


def test_coverage_density_and_quasi_p_follow_their_definitions():
    x = futures()
    cases = np.random.default_rng(3).random(len(x)) < np.where(planted(x), 0.8, 0.1)
    box = discover(x, cases, AXES, boxes=1)[0]
    limits = [box.limits.get(axis.name) for axis in AXES]
    inside = np.ones(len(x), dtype=bool)
    for j, limit in enumerate(limits):
        if limit is not None:
            inside &= (x[:, j] >= limit.lo) & (x[:, j] <= limit.hi)
    assert box.chosen.coverage == cases[inside].sum() / cases.sum()
    assert box.chosen.density == cases[inside].mean()
    without_demand = (x[:, 1] >= limits[1].lo) & (x[:, 1] <= limits[1].hi)
    assert [j for j, limit in enumerate(limits) if limit] == [0, 1]
    test = scipy.stats.binomtest(
        int(cases[inside].sum()), int(inside.sum()), cases[without_demand].mean(), "greater"
    )
    assert box.limits["demand"].quasi_p == pytest.approx(test.pvalue)


def test_where_chance_decides_there_is_no_box():
    x = futures(400)
    found = [
        discover(x, np.random.default_rng(seed).random(400) < 0.3, AXES, boxes=1)
        for seed in range(5)
    ]
    # peeling looks at many boxes, so quasi-p is optimistic; what it finds is no dense box
    assert all(not boxes or boxes[0].chosen.density < 0.6 for boxes in found)


def test_two_boxes_are_found_one_after_the_other():
    x = futures(3000)
    first, second = (x[:, 0] < 0.3) & (x[:, 1] < 0.5), (x[:, 2] > 0.9) & (x[:, 3] > 0.2)
    found = discover(x, first | second, AXES, boxes=2)
    assert len(found) == 2
    assert found[0].limits.keys() | found[1].limits.keys() >= {"demand", "clearance", "tax"}
    assert found[0].chosen.coverage + found[1].chosen.coverage > 0.9


def test_categories_and_booleans_can_be_restricted():
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.integers(0, 4, 800), rng.integers(0, 2, 800), rng.uniform(size=800)])
    cases = np.isin(x[:, 0], [1, 3]) & (x[:, 1] == 1.0)
    axes = [Axis("rule", ordered=False), Axis("flag"), Axis("idle")]
    (box,) = discover(x, cases, axes, boxes=1)
    assert box.limits["rule"].allowed == (1, 3)
    assert box.limits["flag"].lo == 1.0
    assert "idle" not in box.limits
    assert box.chosen.density == box.chosen.coverage == 1.0
    limits = [box.limits.get(a.name) or type(box.limits["rule"])(-math.inf, math.inf) for a in axes]
    assert (contains(x, axes, limits) == cases).all()


def test_the_steps_trade_coverage_for_density():
    x = futures()
    (box,) = discover(x, planted(x), AXES, boxes=1)
    coverage = [step.coverage for step in box.steps]
    assert coverage[0] == 1.0
    assert coverage == sorted(coverage, reverse=True)
    assert box.steps[0].density == pytest.approx(planted(x).mean())


@pytest.mark.parametrize("cases", [np.zeros(50, dtype=bool), np.ones(50, dtype=bool)])
def test_where_all_or_no_futures_are_cases_there_is_nothing_to_discover(cases):
    assert discover(futures(50), cases, AXES) == []
