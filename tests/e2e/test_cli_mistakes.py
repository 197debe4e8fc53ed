"""Every mistake ends with exit code 2, a message that helps, no trace and nothing written."""

import pytest

from experiments.cli import main

PLAN = '[label]\nen = "A"\nvi = "B"\n[levers]\n'


@pytest.fixture
def files(tmp_path):
    """Write scenario files with mistakes, files and folders in each other's place, and a note."""
    (tmp_path / "two.toml").write_text(PLAN + "rework = -1\nlicensing_stuff = 2\n")
    (tmp_path / "comma.toml").write_text(PLAN + "rework = 0,7\n")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "note").mkdir()
    (tmp_path / "note" / "note.txt").write_text("mine")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("run basline", "Did you mean 'baseline'?"),
        ("run nothing-like-it", "There are: ban, baseline"),
        ("run {files}/absent.toml", "absent"),
        ("run {files}/two.toml", "has 2 problems"),
        ("run {files}/two.toml", "licensing_staff"),
        ("run {files}/comma.toml", "0.7"),
        ("run {files}/binary.toml", "UTF-8"),
        ("run {files}", "(a folder): expected the name of a scenario or the path of a TOML file"),
        ("run {files}/folder.toml", "(a folder): expected the name of a scenario or the path"),
        ("run {files}/note/note.txt", "(a file): expected the name of a scenario or the path"),
        ("compare baseline", "two or more"),
        ("compare baseline baseline", "named twice"),
        ("compare baseline plan --replicates 0", "replicates = 0"),
        ("compare baseline plan --seed -1", "seed = -1"),
        ("compare baseline plan --threads 0", "threads = 0"),
        ("compare baseline plan --first-replicate -2", "first_replicate = -2"),
        (
            "run baseline --first-replicate 2147483647 --replicates 2",
            "= 2147483648: expected at most 2147483647. Name a lower first replicate",
        ),
        ("explain zone plan old-cluster --first-replicate 2147483647", "expected at most"),
        ("compare baseline plan --replicates 1e3", "not a whole number"),
        ("run baseline --until 2022", "2021-12 to 2022-12"),
        ("run baseline --province tny", "Did you mean 'tiny'?"),
        ("run baseline --province {files}/note", "is not a province"),
        ("run baseline --out {files}/note", "note.txt"),
        ("run baseline --out {files}/note/note.txt", "is a file"),
        ("run baseline --out {files}/note/note.txt/out", "cannot be written"),
        ("run baseline --out {files}/" + "n" * 300, "name too long"),
        ("new " + "n" * 300 + " --out {files}", "name too long"),
        ("run baseline --lang fr", "expected one of en, vi"),
        ("run baseline --qiet", "Did you mean '--quiet'?"),
        ("rnu baseline", "Did you mean 'run'?"),
        ("check {files}/two.toml {files}/comma.toml nothing", "has 4 problems"),
        ("diff baseline plam", "Did you mean 'plan'?"),
        ("zones old-clutser", "Did you mean 'old-cluster'?"),
    ],
)
def test_a_mistake_is_explained(capsys, files, words, expected):
    before = sorted(path.name for path in files.rglob("*"))
    command = words.format(files=files).split()
    if "--province" not in command and command[0] != "rnu":
        command += ["--province", "tiny"]
    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert expected in printed.err
    assert "Traceback" not in printed.err
    assert sorted(path.name for path in files.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("run baseline --province tiny --out loop", "leads back to itself"),
        ("run baseline --province tiny --out loop/out", "cannot be written"),
        ("report note --out loop", "leads back to itself"),
        ("new my_plan --province tiny --out loop", "cannot be written"),
        ("init-province my_province --out loop", "cannot be written"),
        ("world generate --zones 5 --candidates 9 --out loop", "leads back to itself"),
    ],
)
def test_links_in_a_circle_are_refused_and_left(capsys, tmp_path, monkeypatch, words, expected):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    assert main(words.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert expected in printed.err
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


def test_an_empty_name_for_the_results_is_refused(capsys):
    assert main(["run", "baseline", "--province", "tiny", "--out", ""]) == 2
    assert "current folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["run", ""], "scenario = '' (empty): expected the name of a scenario or the path"),
        (["compare", "baseline", ""], "scenario = '' (empty): expected the name of a scenario"),
        (["run", "baseline", "--province", ""], "province = '' (empty): expected ninh_binh, tiny,"),
        (["check", ""], "'': empty. Name a scenario"),
    ],
)
def test_an_empty_name_is_called_empty(capsys, words, expected):
    assert main(words) == 2
    assert expected in capsys.readouterr().err
