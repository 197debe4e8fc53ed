"""Studies on the command line: check, sweep, export, reproduce, retry, and what they refuse."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from experiments.result import open_result
from experiments.sweeps import chunk as chunks
from sim.batch import run_many
from sim.errors import AuditError
from tests.architecture.sources import ROOT
from tests.e2e.call import zonesim
from tests.e2e.stopping import assert_ctrl_c_keeps_what_was_done, endless_sweep
from tests.unit.sweeps.conftest import STUDY


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(STUDY, encoding="utf-8")
    return str(path)


@pytest.fixture
def run(capsys):
    """Return `zonesim` with what it prints caught."""
    return partial(zonesim, capsys)


def test_a_study_from_file_to_table(run, study, tmp_path):
    out = tmp_path / "result"
    assert run("check", study) == (0, "Study files that are fine: 1.\n", "")
    code, said, heard = run("sweep", study, "--out", out)
    assert code == 0
    assert said == (f"{out} holds all 24 runs: 4 points, 2 scenarios, 3 replicates. None failed.\n")
    assert heard.startswith("4 points, 2 scenarios, 3 replicates. 24 runs to do: about ")
    assert heard.endswith("24 of 24 runs\n")
    assert run("reproduce", out, "--threads", 1, "--chunk", 5, "--quiet") == (
        0,
        "Reproduced: 24 runs made again, 648 cells the same to the byte.\n",
        "",
    )
    table = tmp_path / "runs.csv"
    code, said, heard = run("export", out, "--out", table)
    assert (code, heard) == (0, "")
    assert said == f"Written: {table}, {tmp_path / 'runs.columns.csv'}.\n"
    assert len(table.read_text(encoding="utf-8").splitlines()) == 25


def test_json_is_the_same_bytes_every_time(run, study, tmp_path):
    words = ("sweep", study, "--json", "--out")
    first, second = run(*words, tmp_path / "a"), run(*words, tmp_path / "b")
    assert first == second
    content = json.loads(first[1])
    assert (content["study"], content["runs"], content["seed"]) == ("small", 24, 1)


def test_options_overrule_the_study_and_grow_a_result(run, study, tmp_path):
    out = tmp_path / "result"
    for replicates in (2, 4):
        code, *_ = run("sweep", study, "--out", out, "--replicates", replicates, "--quiet")
        assert code == 0
    assert len(open_result(out).runs()) == 4 * 2 * 4
    code, _, heard = run("sweep", study, "--out", out, "--quiet")
    assert code == 2
    assert "replicates = 3: expected at least the 4 in the folder." in heard


def test_precision_decides_how_many_replicates_and_says_what_it_saw(run, study, tmp_path):
    words = ("sweep", study, "--precision", "occupancy@2022=1pp,jobs=500", "--at-most", 400)
    code, said, heard = run(*words, "--out", tmp_path / "a")
    assert code == 0
    flat = " ".join(said.split())
    assert "The intervals asked for were reached after" in flat
    assert "They hold at every point of the study; the widest is shown." in flat
    code, printed, _ = run(*words, "--out", tmp_path / "b", "--json")
    assert code == 0
    content = json.loads(printed)
    seen = content["precision"]
    assert seen["looks"][0]["pairs"] == 40
    assert seen["looks"][-1]["pairs"] == content["replicates"]
    assert f"reached after {len(seen['looks'])} looks, with {content['replicates']} pairs" in flat
    assert heard.count(" to do: about ") == len(seen["looks"])
    assert [(each["point"], each["outcome"], each["half_width"]) for each in seen["asked"]] == [
        (point, *each) for point in range(4) for each in (("occupancy", 0.01), ("jobs", 500.0))
    ]
    widest = 100 * max(seen["looks"][-1]["half_widths"][::2])
    assert f"plan: Occupancy (leased/serviced) [pp] 2022 1.0 {widest:.1f}" in flat
    assert run(*words, "--out", tmp_path / "a", "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--precision", "jobs=5", "--replicates", 9), "found --replicates and --precision"),
        (("--at-most", 9), "--at-most is the limit of --precision, which is missing"),
        (("--precision", "jobs=5", "--at-most", 1), "at_most = 1: expected a whole number from 2"),
        (("--precision", "gdp=5"), "no outcome 'gdp'"),
    ],
)
def test_mistakes_about_precision_are_told_before_anything_is_made(
    run, study, tmp_path, words, expected
):
    code, said, heard = run("sweep", study, "--out", tmp_path / "result", *words)
    assert (code, said) == (2, "")
    assert expected in heard
    assert not (tmp_path / "result").exists()


def test_points_beyond_the_limit_and_a_file_for_a_folder_are_told_with_the_way_out(run, study):
    words = ("sweep", study, "--out", study, "--points")
    assert "design.points: not part of a grid design. Leave it out." in run(*words, 8)[2]
    code, _, heard = run(*words, 99999999999999)
    assert code == 2
    assert "design.points = 99999999999999: expected a whole number from 1 to 10000000." in heard
    code, _, heard = run("sweep", study, "--out", study)
    assert (code, "is a file. Name a folder that is new or empty." in heard) == (2, True)


def test_mistakes_of_the_file_are_told_before_anything_is_made(run, study, tmp_path):
    Path(study).write_text(STUDY.replace("beta_quality", "beta_qualty"), encoding="utf-8")
    expected = (
        "small.toml has 1 problem:\n"
        "  factors.beta_qualty: no behaviour and no lever. Did you mean 'beta_quality'?\n"
    )
    assert run("sweep", study, "--out", tmp_path / "result") == (2, "", expected)
    assert not (tmp_path / "result").exists()
    code, _, heard = run("check", study, "scenarios/tiny/plan.toml", "--province", "tiny")
    assert code == 2
    assert heard == (
        "The check has 1 problem:\n"
        "  small.toml: factors.beta_qualty: no behaviour and no lever. Did you mean "
        "'beta_quality'?\n"
    )


def test_failed_runs_make_the_exit_code_1_and_are_replayed_and_retried(
    run, study, tmp_path, monkeypatch
):
    def faulty(world, cases, *, replicates, **rest):
        if 2 in replicates and any(case.name == "plan" for case in cases):
            raise AuditError("Run of 'plan': broken law.\nThis is a fault.")
        return run_many(world, cases, replicates=replicates, **rest)

    monkeypatch.setattr(chunks, "run_many", faulty)
    out = tmp_path / "result"
    code, said, heard = run("sweep", study, "--out", out, "--chunk", 3, "--quiet")
    assert (code, said) == (1, "")
    lines = heard.splitlines()
    assert lines[0] == (
        f"{out}: 4 of 24 runs failed; the others are kept. The first, each with its replay:"
    )
    assert lines[1] == "  plan, point 0, replicate 2: Run of 'plan': broken law."
    replayed = lines[2].split()
    assert replayed[:3] == ["zonesim", "retry", str(out)]
    code, said, _ = run(*replayed[1:], "--json")
    assert (code, json.loads(said)["status"]) == (0, "Run of 'plan': broken law.")
    assert run("retry", out, "--quiet")[0] == 1
    monkeypatch.undo()
    assert run("retry", out, "--quiet") == (0, "", "")
    assert open_result(out).failures().empty


def test_a_run_that_differs_makes_the_exit_code_1(run, study, tmp_path, monkeypatch):
    out = tmp_path / "result"
    run("sweep", study, "--out", out, "--quiet")

    def other(world, cases, *, seed, **rest):
        return run_many(world, cases, seed=seed + 1, **rest)

    monkeypatch.setattr(chunks, "run_many", other)
    code, said, heard = run("reproduce", out, "--quiet")
    assert (code, said) == (1, "")
    assert heard.startswith(f"{out}: not reproduced. First:\n  runs, run ")


def test_studies_are_listed_in_both_languages(run):
    code, said, _ = run("studies", "--lang", "vi")
    assert code == 0
    assert "quick                 Kế hoạch 175, nhu cầu và vốn\n" in said
    assert [each["name"] for each in json.loads(run("studies", "--json")[1])] == sorted(
        path.stem for path in (ROOT / "experiments" / "studies").glob("*.toml")
    )


def test_a_missing_package_is_named_with_its_extra(run, study, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("experiments.")]:
        if name in ("experiments.cli", "experiments.sweeps.extras"):
            continue
        if name.startswith(("experiments.commands.studies", "experiments.result")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    expected = "This needs pyarrow, which is not installed: pip install 'zonesim[studies]'.\n"
    assert run("sweep", study, "--out", tmp_path / "result") == (2, "", expected)


def test_a_sweep_loads_nothing_that_only_other_verbs_need(study, tmp_path):
    heavy = ("pandas", "pyarrow.dataset", "scipy.stats", "matplotlib", "mesa", "distributed")
    script = f"""
import sys
from experiments.cli import main
assert main(["sweep", *sys.argv[1:], "--quiet"]) == 0
sys.exit(f"sweep imports {{found}}" if (found := [n for n in {heavy} if n in sys.modules]) else 0)
"""
    words = [sys.executable, "-c", script, study, "--out", str(tmp_path / "result")]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def endless(study, tmp_path):
    """Yield a sweep that has begun, in a process of its own, and its folder."""
    out = tmp_path / "result"
    with endless_sweep(study, out) as process:
        yield process, out


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_ctrl_c_stops_at_once_and_keeps_what_was_done(endless):
    assert_ctrl_c_keeps_what_was_done(*endless, seconds=20)


def test_a_second_sweep_in_the_same_folder_is_refused(run, endless, study):
    process, out = endless
    code, said, heard = run("sweep", study, "--out", out, "--quiet")
    assert (code, said) == (2, "")
    assert heard == (
        f"{out}: another sweep writes to this folder (process {process.pid}). Wait until it ends, "
        "or name another folder.\n"
    )
    assert process.poll() is None  # the first goes on
