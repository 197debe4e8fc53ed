"""A sweep into a folder: it continues, is never mixed, grows, is retried, and refuses clearly."""

import json
import os
import shutil
from pathlib import Path

import pytest

from experiments.result import open_result
from experiments.sweeps import chunk as chunks
from experiments.sweeps import manifest as manifests
from experiments.sweeps import parts, sweeping
from experiments.sweeps.again import replay, retry_in
from experiments.sweeps.how import How
from experiments.sweeps.reproduction import reproduce_in
from experiments.sweeps.study_files import Changes, load_study
from experiments.sweeps.sweeping import sweep_into
from sim.batch import run_many
from sim.errors import AuditError, StoreError, StudyError
from tests.unit.sweeps.conftest import STUDY, TEXTS

SOBOL = f"""
province = "tiny"
scenarios = ["baseline", "plan"]
replicates = 2
outcomes = ["occupancy", "jobs"]
{TEXTS}
[design]
kind = "sobol"
points = 4
[factors]
beta_quality = {{}}
"""


def same(one: Path, two: Path) -> bool:
    """Return whether two results hold the same tables."""
    a, b = open_result(one), open_result(two)
    tables = ("runs", "years", "failures")
    points = a.points_table().equals(b.points_table())
    return points and all(
        a.table(name).to_pandas().equals(b.table(name).to_pandas()) for name in tables
    )


@pytest.fixture
def counted(monkeypatch):
    """Return a list that grows by the runs of every chunk that is run."""
    runs = []
    original = sweeping.run_chunk

    def counting(bench, work, *rest):
        runs.append(work.runs)
        return original(bench, work, *rest)

    monkeypatch.setattr(sweeping, "run_chunk", counting)
    return runs


def test_a_finished_sweep_is_not_run_again_and_not_touched(swept, counted):
    folder = swept()
    assert sum(counted) == 24
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    before.pop(folder / ".zonesim-lock")
    swept()
    assert sum(counted) == 24
    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before


def test_threads_and_chunks_do_not_show(swept):
    folder = swept()
    for place, how in enumerate([How(1, 1), How(2, 7), How(3, 1000), How()]):
        assert same(folder, swept(folder=f"other{place}", how=how))


class Crash(BaseException):
    """The power goes."""


# Two files for each of three chunks, the points and the manifest; the points are renamed twice.
@pytest.mark.parametrize(("call", "times"), [("open", 8), ("replace", 9)])
def test_whenever_it_crashes_the_same_command_continues(swept, monkeypatch, call, times):
    whole = swept()
    crashes, done = 0, False
    while not done:
        left = crashes
        original = getattr(Path, call)

        def crashing(path, *arguments, _original=original, **rest):
            nonlocal left
            if call == "replace" or "wb" in arguments:
                if left == 0:
                    raise Crash
                left -= 1
            return _original(path, *arguments, **rest)

        shutil.rmtree(whole.with_name("crashed"), ignore_errors=True)
        monkeypatch.setattr(Path, call, crashing)
        try:
            swept(folder="crashed", how=How(threads=1, chunk=9))
            done = True
        except Crash:
            crashes += 1
        monkeypatch.undo()
        assert same(whole, swept(folder="crashed"))
    assert crashes == times


@pytest.mark.parametrize("table", ["runs", "years"])
@pytest.mark.parametrize("harm", ["torn", "edited", "gone"])
def test_a_harmed_part_is_refused_when_read_and_made_anew_by_the_sweep(swept, table, harm):
    whole, folder = swept(), swept(folder="harmed")
    path = sorted((folder / table).glob("*.parquet"))[1]
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-9] if harm == "torn" else content.replace(b"PAR1", b"PAR2"))
    with pytest.raises(StoreError, match="Give the command of the sweep again"):
        open_result(folder)
    assert same(whole, swept(folder="harmed"))


def test_an_unfinished_result_is_refused_with_what_is_there(swept):
    folder = swept()
    part = sorted((folder / "runs").glob("*.parquet"))[0]
    runs = parts.read_whole(part).num_rows
    part.unlink()
    with pytest.raises(StoreError, match=f"holds {24 - runs} of 24 runs"):
        open_result(folder)


def test_another_model_is_refused(swept, monkeypatch):
    folder = swept()
    monkeypatch.setattr(manifests, "fingerprint", lambda: "0123456789abcdef")
    for again in (swept, lambda: retry_in(folder)):
        with pytest.raises(StoreError, match="made with another model .* never mixed"):
            again()


def test_other_data_are_refused(write, tmp_path):
    province = tmp_path / "province"
    shutil.copytree("scenarios/tiny", province)
    study = write(STUDY.replace('"tiny"', f'"{province.as_posix()}"'))
    sweep_into(load_study(study), tmp_path / "result")
    parameters = province / "world" / "parameters.csv"
    text = parameters.read_text(encoding="utf-8")
    parameters.write_text(text.replace("beta_quality,1.6", "beta_quality,1.5"), encoding="utf-8")
    with pytest.raises(StoreError, match="made with another data"):
        sweep_into(load_study(study), tmp_path / "result")


def test_parts_of_another_study_are_refused(swept):
    folder, other = swept(), swept(folder="other", seed=2)
    for path in other.rglob("part-*"):
        shutil.copy(path, folder / path.parent.name)
    with pytest.raises(StoreError, match="holds runs of other inputs"):
        swept()


def test_a_folder_of_others_is_refused_and_left_alone(swept, tmp_path):
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "thesis.docx").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"no result of a sweep \(thesis.docx\)"):
        swept()
    assert [path.name for path in (tmp_path / "result").iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize(
    ("name", "harm"), [("manifest.json", "x"), ("manifest.json", "{}"), ("points.parquet", "x")]
)
def test_a_damaged_manifest_or_file_of_points_is_refused(swept, name, harm):
    folder = swept()
    (folder / name).write_text(harm, encoding="utf-8")
    for again in (swept, lambda: open_result(folder)):
        with pytest.raises(StoreError, match="edited|not as it was written"):
            again()


def test_the_manifest_holds_no_clock_outside_its_own_block(swept):
    content = json.loads((swept() / "manifest.json").read_text(encoding="utf-8"))
    assert set(content) == {"about", "study", "model", "data", "points", "versions", "machine"}
    again = json.loads((swept(folder="b") / "manifest.json").read_text(encoding="utf-8"))
    content.pop("machine"), again.pop("machine")
    assert content == again


@pytest.mark.parametrize("name", ["threads", "chunk"])
def test_a_number_out_of_range_is_told_before_anything_is_made(swept, tmp_path, name):
    with pytest.raises(StudyError, match=f"{name} = 0: expected a whole number from 1"):
        swept(how=How(**{name: 0}))
    assert not (tmp_path / "result").exists()


# --- growing --------------------------------------------------------------------------------------

GROWN = {
    "replicates": (STUDY, STUDY.replace("replicates = 3", "replicates = 5")),
    "a value at the end": (STUDY, STUDY.replace("[0.8, 1.6]", "[0.8, 1.6, 2.4]")),
    "a value in front": (STUDY, STUDY.replace("[0.8, 1.6]", "[0.7, 0.8, 1.6]")),
    "a scenario": (STUDY, STUDY.replace('"plan"]', '"plan", "ban"]')),
    "a factor": (STUDY, STUDY + "\n[factors.beta_price]\nvalues = [1.0, 0.5]\n"),
    "a lever": (STUDY, STUDY + '\n[factors.rework]\nvalues = ["scenario", 0.5]\n'),
    "everything": (
        STUDY,
        STUDY.replace("[0.8, 1.6]", "[2.4, 0.8, 1.6]").replace("replicates = 3", "replicates = 4")
        + "\n[factors.beta_price]\nvalues = [0.5, 1.0]\n",
    ),
    "sobol": (SOBOL, SOBOL.replace("points = 4", "points = 16")),
    "saltelli": (
        SOBOL.replace('"sobol"', '"saltelli"'),
        SOBOL.replace('"sobol"', '"saltelli"').replace("points = 4", "points = 8"),
    ),
    "morris": (
        SOBOL.replace('"sobol"\npoints', '"morris"\ntrajectories'),
        SOBOL.replace('"sobol"\npoints = 4', '"morris"\ntrajectories = 6'),
    ),
}


@pytest.mark.parametrize(("small", "large"), GROWN.values(), ids=GROWN)
def test_a_study_that_grows_keeps_its_runs_and_makes_only_the_others(swept, counted, small, large):
    folder = swept(small)
    had = open_result(folder).runs().set_index(KEYS)
    made = sum(counted)
    swept(large)
    grown = open_result(folder).runs(with_factors=True)
    assert sum(counted) == len(grown) > made
    # Old runs are as they were, numbers of points included.
    assert grown.set_index(KEYS).loc[had.index, had.columns].equals(had)
    # But for these numbers, which a study made at once gives in the order of its design, all is
    # the same.
    direct = open_result(swept(large, folder="direct")).runs(with_factors=True)
    one, two = (
        table.drop(columns="point").sort_values([*ORDER, *FACTORS & set(table)], ignore_index=True)
        for table in (grown, direct)
    )
    assert one.equals(two)


KEYS = ["point", "scenario", "replicate"]
ORDER = ["run_id", "scenario", "replicate"]
FACTORS = {"beta_quality", "infrastructure_funding", "beta_price", "rework"}


@pytest.mark.parametrize(
    ("large", "said"),
    [
        (STUDY.replace("replicates = 3", "replicates = 2"), "at least the 3 in the folder"),
        (STUDY.replace("[0.8, 1.6]", "[0.8]"), "2 of its 4 points are not in the study"),
        (STUDY.replace("[0.8, 1.6]", "[0.8, 1.5]"), "2 of its 4 points are not in the study"),
        (STUDY.replace('["baseline", "plan"]', '["plan"]'), "without 'baseline'"),
        (STUDY.replace('"jobs", ', ""), "outcomes = "),
        (STUDY + "\n[factors.beta_price]\nvalues = [0.5]\n", "lacks the default"),
    ],
)
def test_a_study_that_takes_something_away_is_refused(swept, large, said):
    folder = swept()
    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(StoreError, match=said):
        swept(large)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert len(open_result(folder).runs()) == 24


def test_a_latin_hypercube_says_that_it_cannot_grow(swept):
    text = SOBOL.replace('"sobol"', '"lhs"')
    swept(text)
    with pytest.raises(StoreError, match="A Latin hypercube cannot: its points depend on their"):
        swept(text.replace("points = 4", "points = 8"))


def test_a_crash_while_growing_loses_nothing(swept, monkeypatch):
    folder = swept()
    had = open_result(folder).runs()
    replaced = Path.replace

    def crashing(path, target):
        if Path(target).name == "points.parquet":
            raise Crash
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", crashing)
    large = GROWN["everything"][1]
    with pytest.raises(Crash):
        swept(large)
    monkeypatch.undo()
    swept(large)
    assert len(open_result(folder).runs()) == 12 * 2 * 4
    assert set(had["run_id"]) <= set(open_result(folder).runs()["run_id"])
    assert reproduce_in(folder).differences == ()


# --- failing runs ---------------------------------------------------------------------------------


def test_failed_runs_are_kept_as_such_until_they_are_retried(swept, monkeypatch):
    whole = swept()

    def faulty(world, cases, *, replicates, **rest):
        if any(case.name == "plan" for case in cases) and 1 in replicates:
            raise AuditError("Run of 'plan': broken law.\nThis is a fault.")
        return run_many(world, cases, replicates=replicates, **rest)

    monkeypatch.setattr(chunks, "run_many", faulty)
    folder = swept(folder="failing")
    failed = open_result(folder).failures()
    assert (set(failed["scenario"]), set(failed["replicate"])) == ({"plan"}, {1})
    assert len(failed) == 4
    swept(folder="failing")  # the same command does not try again
    assert len(open_result(folder).failures()) == 4
    assert replay(folder, failed["run_id"][0])["status"] == "Run of 'plan': broken law."
    assert retry_in(folder) == 4  # nothing was repaired
    assert len(open_result(folder).failures()) == 4
    monkeypatch.undo()
    assert replay(folder, failed["run_id"][0])["status"] == "ok"
    assert retry_in(folder) == 4
    assert same(whole, folder)


def test_a_replay_gives_the_row_of_the_run(swept):
    folder = swept()
    for row in open_result(folder).table("runs").to_pylist()[::7]:
        again = replay(folder, row["run_id"])
        assert {key: value for key, value in again.items() if value is not None} == {
            key: value for key, value in row.items() if value == value
        }
    with pytest.raises(StoreError, match="no run 'abc'"):
        replay(folder, "abc")


# --- room -----------------------------------------------------------------------------------------


def test_a_disk_that_is_too_small_is_told_before_the_runs(swept, monkeypatch, tmp_path):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    heard = []
    with pytest.raises(StoreError, match="the disk has 0 MB left"):
        swept(how=How(announce=heard.append, clock=lambda: 0.0))
    (estimate,) = heard
    assert (estimate.runs, estimate.points, estimate.replicates) == (24, 4, 3)
    assert not list(tmp_path.rglob("part-*"))


def test_the_estimate_leaves_out_what_only_the_first_run_takes(swept, monkeypatch):
    passed, times = [0.0], iter([100.0, 8.0])  # seconds: to load and run, to run

    def slow(*args):
        passed.append(passed[-1] + next(times, 0.0))
        return chunks.run_chunk(*args)

    monkeypatch.setattr(sweeping, "run_chunk", slow)
    heard = []
    swept(how=How(announce=heard.append, clock=lambda: passed[-1], threads=1))
    (estimate,) = heard
    assert estimate.seconds == 8.0 / 6 * 24  # of a trial of two cases, three replicates each


@pytest.mark.skipif(os.name == "nt", reason="no limits of file sizes")
def test_a_disk_that_fills_up_stops_the_sweep_and_the_same_command_continues(swept):
    import resource
    import signal

    whole = swept()
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        # Enough for the manifest and the smaller parts, not for the others.
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, limits[1]))
        with pytest.raises(StoreError, match="the disk is full. What was done is kept"):
            swept(folder="full", how=How(threads=1, chunk=20))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert same(whole, swept(folder="full"))


def test_changes_of_the_command_line_are_in_the_manifest(write, tmp_path):
    loaded = load_study(write(), Changes(replicates=2, seed=9))
    sweep_into(loaded, tmp_path / "result")
    study = open_result(tmp_path / "result").study
    assert (study.replicates, study.seed) == (2, 9)
