"""Designs: what they cover, and which of them begin with their shorter selves."""

import math

import numpy as np
import pytest

from experiments.sweeps.points import design_points
from experiments.sweeps.shares import shares_apart
from experiments.sweeps.study_files import Changes, load_study
from sim.errors import StudyError
from tests.unit.sweeps.conftest import TEXTS

HEAD = f"""
province = "tiny"
scenarios = ["baseline"]
replicates = 1
{TEXTS}
"""
THREE = """
[factors]
beta_quality = {}
beta_price = {}
rework = { range = [0.5, 1.5] }
"""


def study(write, design, factors=THREE, **changes):
    return load_study(write(f"{HEAD}\n[design]\n{design}\n{factors}"), Changes(**changes)).study


def test_a_grid_is_every_combination_in_the_order_of_the_file(write):
    factors = """
[factors]
beta_quality = { values = [0.8, 1.6] }
one_stop = {}
allocation = { values = ["scenario", "even"] }
"""
    points = design_points(study(write, 'kind = "grid"', factors))
    expected = [[q, o, a] for q in (0.8, 1.6) for o in (0.0, 1.0) for a in (math.nan, 1.0)]
    np.testing.assert_array_equal(points, expected)


def test_one_at_a_time_leaves_the_others_at_their_default(write):
    factors = """
[factors]
beta_quality = { values = [0.8, 1.6, 2.4] }
one_stop = { values = [true] }
"""
    points = design_points(study(write, 'kind = "one-at-a-time"', factors))
    # 1.6 is the province's value, so it is the default point and not repeated.
    expected = [[1.6, math.nan], [0.8, math.nan], [2.4, math.nan], [1.6, 1.0]]
    np.testing.assert_array_equal(points, expected)


def test_a_study_without_factors_has_one_point(write):
    assert design_points(study(write, 'kind = "grid"', "")).shape == (1, 0)


def test_a_latin_hypercube_has_one_point_in_every_slice(write):
    points = design_points(study(write, 'kind = "lhs"\npoints = 10'))
    slices = np.sort(np.floor((points[:, 2] - 0.5) * 10.0))
    assert slices.tolist() == list(range(10))


def test_sobol_points_are_even_in_halves_and_quarters(write):
    points = design_points(study(write, 'kind = "sobol"\npoints = 16'))
    quarters = np.floor((points[:, 2] - 0.5) * 4.0).astype(int)
    assert np.bincount(quarters).tolist() == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("kind", "few", "many", "rows"),
    [
        ('kind = "sobol"\npoints = 8', 8, 32, 1),
        ('kind = "saltelli"\npoints = 8', 8, 32, 5),  # A, three of A with B, B
        ('kind = "saltelli"\nsecond_order = true\npoints = 8', 8, 16, 8),
        ('kind = "morris"\ntrajectories = 3', 3, 7, 4),
    ],
)
def test_a_design_that_grows_begins_with_its_shorter_self(write, kind, few, many, rows):
    short = design_points(study(write, kind, points=few))
    long = design_points(study(write, kind, points=many))
    assert (len(short), len(long)) == (few * rows, many * rows)
    np.testing.assert_array_equal(long[: len(short)], short)


def test_a_morris_trajectory_moves_one_factor_at_a_time_and_each_once(write):
    points = design_points(study(write, 'kind = "morris"\ntrajectories = 5'))
    moved = np.diff(points.reshape(5, 4, 3), axis=1) != 0.0
    assert (moved.sum(axis=2) == 1).all()
    assert (moved.sum(axis=1) == 1).all()


def test_morris_trajectories_differ_from_each_other(write):
    points = design_points(study(write, 'kind = "morris"\ntrajectories = 8'))
    assert len(np.unique(points.reshape(8, -1), axis=0)) == 8


def test_another_seed_makes_other_points(write):
    kind = 'kind = "sobol"\npoints = 8'
    one, two = (design_points(study(write, kind, seed=seed)) for seed in (1, 2))
    assert not np.isin(one, two).any()


def test_the_points_of_a_file_are_taken_as_they_are(write, tmp_path):
    rows = "allocation,beta_quality,one_stop\neven,0.7,true\n,2.5,false\nby-demand,1,\n"
    (tmp_path / "mine.csv").write_text(rows, encoding="utf-8")
    factors = """
[factors]
beta_quality = {}
one_stop = {}
allocation = { values = ["even", "by-demand"] }
"""
    points = design_points(study(write, 'kind = "csv"\npath = "mine.csv"', factors))
    expected = [[0.7, 1.0, 0.0], [2.5, 0.0, math.nan], [1.0, math.nan, 1.0]]
    np.testing.assert_array_equal(points, expected)


def test_everything_wrong_with_a_file_of_points_is_told(write, tmp_path):
    rows = "beta_quality,allocation\n9,even\n0.7,evn\nx,even\n1.0\n"
    (tmp_path / "mine.csv").write_text(rows, encoding="utf-8")
    factors = '[factors]\nbeta_quality = {}\nallocation = { values = ["even", "by-demand"] }\n'
    with pytest.raises(StudyError) as caught:
        study(write, 'kind = "csv"\npath = "mine.csv"', factors)
    told = [problem.text() for problem in caught.value.problems]
    assert told == [
        "design.path (mine.csv) line 2, beta_quality = '9': expected a number from 0.6 to 2.6.",
        "design.path (mine.csv) line 3, allocation = 'evn': expected one of the values of the "
        "factor. Did you mean 'even'?",
        "design.path (mine.csv) line 4, beta_quality = 'x': expected a number from 0.6 to 2.6.",
        "design.path (mine.csv) line 5, cells = 1: expected 2, as in the first line. Write "
        "decimals with a point and commas between cells only.",
    ]


@pytest.mark.parametrize(
    "design", ['kind = "lhs"\npoints = 5', 'kind = "morris"\ntrajectories = 2']
)
def test_a_process_of_its_own_draws_the_same_points(write, design):
    asked = study(write, design)
    np.testing.assert_array_equal(design_points(asked, shares_apart), design_points(asked))
