"""Replicates of a study are added until every difference is precise enough at every point."""

import shutil

import numpy as np
import pytest

import experiments
from experiments.precision import Target, schedule
from experiments.result import open_result
from experiments.statistics import mean_interval
from experiments.sweeps.how import How
from experiments.sweeps.study_files import load_study
from experiments.sweeps.sweeping import sweep_into
from experiments.sweeps.until import study_targets, sweep_until
from sim.errors import StudyError
from tests.unit.sweeps.conftest import STUDY
from tests.unit.sweeps.test_sweeping import same

TARGETS = (Target("occupancy", 2022, 0.01), Target("jobs", 2022, 500.0))


@pytest.fixture(scope="module")
def precise(tmp_path_factory):
    """Return a study that was swept until precise, its folder, and what the looks saw."""
    folder = tmp_path_factory.mktemp("precise")
    path = folder / "small.toml"
    path.write_text(STUDY, encoding="utf-8")
    loaded = load_study(path)
    return loaded, folder / "out", sweep_until(loaded, folder / "out", TARGETS, 400)


def half_widths(folder, pairs):
    """Return the half-widths over the first pairs, from the table of runs as a reader has it."""
    runs = open_result(folder).runs()
    runs = runs[runs["replicate"] < pairs]
    found = []
    for point in sorted(runs["point"].unique()):
        for target in TARGETS:
            wide = runs[runs["point"] == point].pivot(
                index="replicate", columns="scenario", values=f"{target.outcome}_{target.year}"
            )
            interval = mean_interval((wide["plan"] - wide["baseline"]).to_numpy())
            found.append(max(interval.hi - interval.mean, interval.mean - interval.lo))
    return found


def test_it_stops_at_the_first_look_at_which_all_are_precise_at_every_point(precise):
    _, folder, found = precise
    pairs = [look.pairs for look in found.looks]
    assert tuple(pairs) == schedule(400)[: len(pairs)]
    assert 1 < len(pairs) < len(schedule(400))
    assert found.reached
    assert [(each.point, each.scenario, each.target) for each in found.comparisons] == [
        (point, "plan", target) for point in range(4) for target in TARGETS
    ]
    for look in found.looks:
        np.testing.assert_allclose(look.half_widths, half_widths(folder, look.pairs), rtol=1e-9)
    wanted = np.array([each.target.half_width for each in found.comparisons])
    assert (found.looks[-1].half_widths <= wanted).all()
    # Not one look too many: at the last but one something was too wide, or skewed and seen once.
    assert any((look.half_widths > wanted).any() for look in found.looks[-3:-1])


def test_the_result_is_that_of_a_fixed_number_of_replicates(precise, tmp_path):
    loaded, folder, found = precise
    fixed = loaded._replace(study=loaded.study._replace(replicates=found.pairs))
    sweep_into(fixed, tmp_path / "fixed")
    assert same(folder, tmp_path / "fixed")
    one, two = (open_result(each).manifest.content for each in (folder, tmp_path / "fixed"))
    assert {**one, "machine": 0} == {**two, "machine": 0}


def test_the_same_call_runs_nothing_again_and_sees_the_same(precise):
    loaded, folder, found = precise
    heard = []
    again = sweep_until(
        loaded, folder, TARGETS, 400, How(progress=lambda done, total: heard.append(done))
    )
    assert heard == []
    assert str(again) == str(found)


def test_an_interrupted_one_continues(precise, tmp_path):
    loaded, folder, found = precise
    out = tmp_path / "out"
    shutil.copytree(folder, out)
    parts = sorted((out / "runs").glob("*.parquet"))
    for path in parts[::2]:
        path.unlink()
    assert str(sweep_until(loaded, out, TARGETS, 400)) == str(found)
    assert same(folder, out)


def test_more_replicates_than_needed_stay_and_change_no_look(precise, tmp_path):
    loaded, folder, found = precise
    out, more = tmp_path / "out", found.pairs + 7
    shutil.copytree(folder, out)
    sweep_into(loaded._replace(study=loaded.study._replace(replicates=more)), out)
    assert str(sweep_until(loaded, out, TARGETS, 400)) == str(found)
    assert open_result(out).study.replicates == more


def test_the_limit_stops_it_and_the_python_call_tells(write, tmp_path):
    result = experiments.sweep(
        write(), tmp_path / "out", precision=["jobs=0.001"], at_most=45, threads=1
    )
    assert not result.precision.reached
    assert [look.pairs for look in result.precision.looks] == [40, 45]
    assert result.precision.targets == (Target("jobs", 2022, 0.001),)
    assert result.runs_count == 4 * 2 * 45


MISTAKES = {
    "another outcome": (STUDY, ["revenue_year_bn_vnd@2022=5"], 400, "is not kept. Add it to 'out"),
    "no outcome": (STUDY, ["job@2022=5"], 400, "Did you mean 'jobs'?"),
    "another year": (STUDY, ["jobs@2031=5"], 400, "2031: expected a year"),
    "no limit": (STUDY, ["jobs=5"], 1, "at_most = 1: expected a whole number from 2"),
    "no difference": (STUDY.replace(', "plan"', ""), ["jobs=5"], 400, "expected two or more"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_cannot_be_looked_at_is_told(write, mistake):
    text, written, at_most, expected = MISTAKES[mistake]
    with pytest.raises(StudyError) as caught:
        study_targets(load_study(write(text)).study, written, at_most)
    assert expected in str(caught.value)


def test_years_that_are_not_kept_are_not_offered(write):
    study = load_study(write()).study._replace(years=(2022, 2025, 2030))
    with pytest.raises(StudyError, match="expected a year among 2022, 2025, 2030"):
        study_targets(study, ["jobs@2023=5"], 400)
