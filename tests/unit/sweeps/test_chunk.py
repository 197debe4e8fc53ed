"""One chunk: its tables against runs made one by one, and runs that fail among runs that do not."""

import numpy as np
import pyarrow as pa
import pytest

from experiments.measures import measure
from experiments.sweeps import chunk as chunks
from experiments.sweeps.cases import bench_of, case_ids, case_of
from experiments.sweeps.chunk import run_chunk
from experiments.sweeps.chunks import work_of
from experiments.sweeps.manifest import Points
from experiments.sweeps.points import design_points
from experiments.sweeps.study_files import load_study
from sim.batch import run_many
from sim.errors import AuditError
from sim.model import ZoneModel
from tests.unit.sweeps.conftest import STUDY


@pytest.fixture
def ready(write):
    """Return a function from the text of a study to its bench and points."""

    def made(text=STUDY):
        loaded = load_study(write(text))
        bench, values = bench_of(loaded.study, loaded.province), design_points(loaded.study)
        return bench, Points(values, tuple(map(tuple, case_ids(bench, values))))

    return made


def test_a_chunk_holds_the_outcomes_of_each_of_its_runs(ready):
    bench, points = ready()
    cases = [(0, 1), (3, 0), (3, 1)]
    rows = run_chunk(bench, work_of(points, cases, [1, 2]))["runs"].to_pylist()
    assert [(r["point"], r["scenario"], r["replicate"]) for r in rows] == [
        (point, bench.study.names[scenario], replicate)
        for point, scenario in cases
        for replicate in (1, 2)
    ]
    for row in rows:
        case = case_of(bench, points.values[row["point"]], bench.study.names.index(row["scenario"]))
        batch = run_many(bench.world, [case], replicates=[row["replicate"]], seed=1)
        outcomes = measure(batch, bench.world)
        for key in bench.study.outcomes:
            for place, year in enumerate(batch.years):
                assert row[f"{key}_{year}"] == outcomes[key][0, 0, place]


def test_yearly_paths_end_in_the_columns_of_the_runs(ready):
    bench, points = ready()
    tables = run_chunk(bench, work_of(points, [(0, 0), (0, 1)], [0, 1, 2]))
    years = tables["years"].to_pylist()
    for row in tables["runs"].to_pylist():
        path = {y["year"]: y["jobs"] for y in years if y["run_id"] == row["run_id"]}
        assert path == {2021: row["jobs_2021"], 2022: row["jobs_2022"]}


def test_zones_add_up_to_the_province(ready):
    bench, points = ready(STUDY.replace("replicates = 3", 'replicates = 3\nkeep = ["zones"]'))
    tables = run_chunk(bench, work_of(points, [(1, 1)], [0, 1]))
    zones = tables["zones"].to_pandas()
    years = tables["years"].to_pandas()
    summed = zones.groupby(["run_id", "year"], sort=False)["jobs"].sum()
    # 1e-9: the same jobs, added in another order.
    np.testing.assert_allclose(summed.to_numpy(), years["jobs"].to_numpy(), rtol=1e-9)
    assert set(zones["zone"]) == set(bench.world.zone_ids)


def test_events_are_those_of_the_model_that_can_be_watched(ready):
    bench, points = ready(STUDY.replace("replicates = 3", 'replicates = 3\nkeep = ["events"]'))
    events = run_chunk(bench, work_of(points, [(2, 1)], [2]))["events"].to_pylist()
    case = case_of(bench, points.values[2], 1)
    model = ZoneModel(
        bench.world, case.policy, seed=1, replicate=2, parameters=case.parameters, events=50_000
    )
    model.run()
    assert len(events) == len(model.events) > 0
    names = [bench.world.calendar.name(month) for month in model.events.month]
    assert [event["month"] for event in events] == names
    assert [event["detail"] for event in events] == model.events.detail.tolist()


def fail(monkeypatch, wanted, *, with_nan=False):
    """Make the runs of some replicates of the plan break a law, or write down what is no number."""

    def faulty(world, cases, *, replicates, **rest):
        numbers = list(replicates)
        batch = run_many(world, cases, replicates=numbers, **rest)
        for c, case in enumerate(cases):
            for r, replicate in enumerate(numbers):
                if case.name == "plan" and replicate in wanted:
                    if not with_nan:
                        raise AuditError("Run of 'plan': broken law: none.\nThis is a fault.")
                    batch.kinds.jobs[c, r, 3, 0] = np.nan
        return batch

    monkeypatch.setattr(chunks, "run_many", faulty)


@pytest.mark.parametrize("with_nan", [False, True], ids=["law", "nan"])
def test_a_failing_run_is_recorded_and_stops_no_other(ready, monkeypatch, with_nan):
    bench, points = ready()
    work = work_of(points, [(0, 0), (0, 1), (1, 0)], [0, 1, 2])
    sound = run_chunk(bench, work)
    assert "failures" not in sound
    fail(monkeypatch, {1}, with_nan=with_nan)
    tables = run_chunk(bench, work)
    reason = "jobs is not a finite number" if with_nan else "Run of 'plan': broken law: none."
    (failure,) = tables["failures"].to_pylist()
    assert (failure["scenario"], failure["replicate"], failure["reason"]) == ("plan", 1, reason)
    assert failure["replay"] == f"zonesim retry . --run {failure['run_id']}"
    found, expected = (each["runs"].to_pandas().set_index("run_id") for each in (tables, sound))
    row = found.loc[failure["run_id"]]
    assert row["status"] == reason
    assert row.drop(["point", "scenario", "replicate", "status"]).isna().all()
    others = found.index != failure["run_id"]
    assert found[others].equals(expected[others])
    assert (found[others]["status"] == "ok").all()


def test_cases_of_equal_inputs_are_run_once(ready, monkeypatch):
    text = STUDY.replace("replicates = 3", 'replicates = 3\nkeep = ["zones", "events"]')
    bench, points = ready(text.replace('from = "2021-04"', 'from = "2021-04"\nscenario = "plan"'))
    made = []

    def counting(world, cases, **rest):
        made.append(len(cases))
        return run_many(world, cases, **rest)

    monkeypatch.setattr(chunks, "run_many", counting)
    cases = [(point, scenario) for point in range(4) for scenario in range(2)]
    heard = []
    together = run_chunk(bench, work_of(points, cases, [0, 1, 2]), heard.append)
    assert sum(made) == 6  # the plan at four points; the baseline at the two that differ for it
    assert sum(heard) == 24
    alone = [run_chunk(bench, work_of(points, [case], [0, 1, 2])) for case in cases]
    for name, table in together.items():
        expected = pa.concat_tables([each[name] for each in alone])
        assert table.to_pandas().equals(expected.to_pandas()), name


def test_progress_counts_every_run_once(ready):
    bench, points = ready()
    heard = []
    work = work_of(points, [(0, 0), (0, 1)], [0, 1, 2])
    run_chunk(bench, work, heard.append)
    assert sum(heard) == work.runs == 6
