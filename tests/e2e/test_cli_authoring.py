"""`zonesim new`, `init-province` and `check` of a folder, and the mistakes around them."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT
from tests.e2e.call import zonesim


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("base", ["baseline", "plan_175", "everything"])
def test_a_new_scenario_is_fine_as_written_and_changes_nothing(capsys, base):
    assert zonesim(capsys, "new", "mine", "--extends", base)[0] == 0
    assert zonesim(capsys, "check", "mine.toml")[0] == 0
    _, out, _ = zonesim(capsys, "diff", base, "mine.toml", "--json")
    assert json.loads(out)["differences"] == []


def test_a_new_scenario_names_the_schema_that_editors_read(capsys, folder):
    assert zonesim(capsys, "new", "mine")[0] == 0
    first = (folder / "mine.toml").read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("#:schema ")
    assert json.loads((folder / path).read_text(encoding="utf-8"))["title"] == "Scenario"


def test_the_commands_that_are_proposed_work(capsys):
    _, out, _ = zonesim(capsys, "init-province", "there")
    proposed = [line.strip() for line in out.splitlines() if line.startswith("  zonesim")]
    _, out, _ = zonesim(capsys, "new", "mine", "--province", "there", "--out", "there")
    proposed += [line.strip() for line in out.splitlines() if line.startswith("  zonesim")]
    assert len(proposed) == 4
    for line in proposed:
        words = line.split()[1:]
        fast = ["--replicates", "2"] if words[0] in ("run", "compare") else []
        assert zonesim(capsys, *words, *fast)[0] == 0


def test_a_new_province_names_all_that_is_wrong_at_once(capsys, folder):
    zonesim(capsys, "init-province", "there")
    zones = folder / "there" / "world" / "zones.csv"
    text = zones.read_text(encoding="utf-8-sig")
    text = text.replace("north-park,KCN Bắc", "North Park,KCN Bắc").replace("Upriver", "Uprive")
    zones.write_text(text.replace(",private,", ",privat,"), encoding="utf-8")
    code, out, err = zonesim(capsys, "check", "there")
    assert (code, out) == (2, "")
    for said in ("lower-case letters", "'Upriver'", "Did you mean 'private'?"):
        assert said in err


def test_scenarios_of_a_province_are_checked_with_it(capsys, folder):
    zonesim(capsys, "init-province", "there")
    faulty = '[label]\nen = "A"\nvi = "B"\n[levers]\nrework = -1\nones_top = true\n'
    (folder / "there" / "mine.toml").write_text(faulty)
    code, _, err = zonesim(capsys, "check", "there")
    assert code == 2
    assert "has 2 problems" in err
    assert "one_stop" in err


def test_a_scenario_elsewhere_may_extend_one_of_the_province(capsys, folder):
    text = 'extends = "plan_175"\n[label]\nen = "A"\nvi = "B"\n'
    (folder / "mine.toml").write_text(text)
    assert zonesim(capsys, "check", "mine.toml")[0] == 0


@pytest.mark.parametrize("out", ["", "."])
def test_the_current_folder_is_not_replaced(capsys, folder, out):
    code, said, err = zonesim(capsys, "init-province", "mine", "--out", out)
    assert (code, said) == (2, "")
    assert "--out .: is the current folder, or holds it. Name a folder below it." in err
    assert not list(folder.iterdir())


def test_json_names_the_files(capsys, folder):
    _, out, _ = zonesim(capsys, "init-province", "there", "--json")
    found = json.loads(out)
    assert all((folder / "there" / name).is_file() for name in found["files"])
    _, out, _ = zonesim(capsys, "new", "mine", "--json")
    assert json.loads(out) == {"file": "mine.toml", "extends": "baseline"}


def test_quiet_writes_without_a_word(capsys, folder):
    assert zonesim(capsys, "new", "mine", "--quiet") == (0, "", "")
    assert (folder / "mine.toml").is_file()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("new My-Plan", "small letters"),
        ("new ../mine", "small letters"),
        ("new mine --extends plan_157", "Did you mean 'plan_175'?"),
        ("new mine --province nowhere_land", "No such province"),
        ("new plan_175 --extends plan_175", "a name that --extends has not"),
        ("new mine --extends other/base.toml", "--out other/mine.toml"),
        ("new mine --extends other/plan_175.toml", "--out other/mine.toml"),
        ("new there", "exists already"),
        ("new mine --out there.toml", "exists already"),
        ("new mine --out there.toml/x.toml", "cannot be written"),
        ("init-province Thái", "small letters"),
        ("init-province mine --out full", "exists already"),
        ("init-province mine --out there.toml", "exists already"),
        ("init-province mine --out there.toml/x", "cannot be written"),
        ("init-province ninh_binh", "NAME = 'ninh_binh': expected a name that no province of"),
        ("init-province mine --out tiny", "--out = 'tiny': expected a name that no province of"),
        ("check full", "that is not a province"),
        ("check full full/note.txt", "has 2 problems"),
        ("check full/note.txt", "does not end in .toml. Name a scenario or study file (.toml)"),
        ("check plan_175 --mend", "--mend mends the folder of a province"),
        ("check full --mend", "is not a province"),
    ],
)
def test_a_mistake_is_explained_and_changes_nothing(capsys, folder, words, expected):
    (folder / "there.toml").write_text("mine")
    (folder / "other").mkdir()
    labels = '[label]\nen = "A"\nvi = "B"\n'
    for name in ("base", "plan_175"):
        (folder / "other" / f"{name}.toml").write_text(labels)
    (folder / "full").mkdir()
    (folder / "full" / "note.txt").write_text("mine")
    before = {path: path.is_dir() or path.read_text() for path in folder.rglob("*")}
    code, out, err = zonesim(capsys, *words.split())
    assert (code, out) == (2, "")
    assert expected in err
    assert "Traceback" not in err
    assert {path: path.is_dir() or path.read_text() for path in folder.rglob("*")} == before


@pytest.mark.parametrize(
    "words", ["new mine --out locked/deep/x.toml", "init-province p --out locked/p"]
)
def test_a_folder_that_may_not_be_written_is_named(capsys, folder, monkeypatch, words):
    # Root may write anywhere, so the refusal of the system is stood in for.
    (folder / "locked").mkdir()

    def refuse(*_, **__):
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("pathlib.Path.write_text", refuse)
    code, out, err = zonesim(capsys, *words.split())
    assert (code, out) == (2, "")
    assert "Permission denied" in err
    assert list((folder / "locked").iterdir()) == []


def test_a_check_loads_nothing_slow():
    heavy = ("pandas", "pyarrow", "scipy.stats", "matplotlib", "mesa", "SALib", "distributed")
    script = f"""
import sys
from experiments.cli import main
assert main(["check", "plan_175"]) == 0
sys.exit(f"check imports {{found}}" if (found := [n for n in {heavy} if n in sys.modules]) else 0)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
