"""`zonesim world generate` writes a province that the other verbs take, or nothing at all."""

import json
import shlex
from pathlib import Path

import pytest

from experiments.cli import main

WORDS = "world generate --zones 12 --candidates 60 --years 2 --seed 3 --out".split()


def content(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def test_a_generated_province_can_be_checked_and_run(tmp_path, capsys):
    folder = str(tmp_path / "new" / "tỉnh mới")
    assert main([*WORDS, folder]) == 0
    printed = capsys.readouterr().out
    assert "Zones: 12; districts: 3; candidates expected: 60; years: 2." in printed
    proposed = shlex.split(printed.splitlines()[-1])
    assert proposed == ["zonesim", "run", "baseline", "--province", folder]
    assert main(["check", "baseline", "--province", folder]) == 0
    capsys.readouterr()
    run = ["run", "baseline", "--province", folder, "--replicates", "3", "--quiet", "--json"]
    assert main(run) == 0
    assert json.loads(capsys.readouterr().out)


def test_the_same_command_writes_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        assert main([*WORDS, str(tmp_path / name)]) == 0
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_the_answer_speaks_vietnamese(tmp_path, capsys):
    assert main([*WORDS, str(tmp_path / "out"), "--lang", "vi"]) == 0
    assert "12 khu ở 3 huyện" in capsys.readouterr().out


def test_a_province_of_ones_own_is_never_written_over(tmp_path, capsys):
    assert main([*WORDS, str(tmp_path / "out")]) == 0
    (tmp_path / "out" / "plan.toml").write_text("mine")
    before = content(tmp_path / "out")
    assert main([*WORDS, str(tmp_path / "out")]) == 2
    assert "plan.toml" in capsys.readouterr().err
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--zones 0", "--zones = 0: expected 1 to 100000."),
        ("--zones 99999999999", "--zones = 99999999999: expected 1 to 100000."),
        ("--candidates -1", "--candidates = -1: expected 1 to 10000000."),
        ("--candidates 10000001", "--candidates = 10000001: expected 1 to 10000000."),
        ("--districts 0", "--districts = 0: expected 1 to 12."),
        ("--districts 13", "--districts = 13: expected 1 to 12. Name no more districts than"),
        ("--years 101", "--years = 101: expected 1 to 100."),
        ("--seed -1", "--seed = -1: expected 0 to"),
        ("--kind-mix 3", "such as 9:26"),
        ("--kind-mix 0:0", "such as 9:26"),
        ("--kind-mix a:b", "such as 9:26"),
        ("--kind-mix=-1:2", "such as 9:26"),
        ("--zones 1e4", "not a whole number"),
        ("--zone 3", "Did you mean '--zones'?"),
        ("--zones 0 --years 0", "has 2 problems"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_written(tmp_path, capsys, words, expected):
    command = [*WORDS, str(tmp_path / "out"), *words.split()]
    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert expected in printed.err
    assert "Traceback" not in printed.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["tiny", "deep/ninh_binh/"])
def test_no_folder_may_hide_a_shipped_province(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    assert main([*WORDS, name, "--years", "0"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert f"--out = '{Path(name).name}': expected a name that no province of" in printed.err
    assert "--years = 0" in printed.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("link", "target"), [("tiny", "mine"), ("mine", "tiny"), ("tiny", "absent")]
)
@pytest.mark.parametrize("words", [WORDS, ["init-province", "mine", "--out"]])
def test_no_link_may_hide_a_shipped_province(tmp_path, monkeypatch, capsys, words, link, target):
    monkeypatch.chdir(tmp_path)
    if target != "absent":
        Path(target).mkdir()
    Path(link).symlink_to(target)
    assert main([*words, link]) == 2
    assert "--out = 'tiny': expected a name that no province of" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == sorted(
        tmp_path / name for name in {link, target} - {"absent"}
    )


def test_size_and_folder_must_be_named(capsys):
    assert main(["world", "generate"]) == 2
    error = capsys.readouterr().err
    assert all(name in error for name in ("--zones", "--candidates", "--out"))
    assert main(["world"]) == 2
    assert "ACTION" in capsys.readouterr().err
