"""`kill -9` at dozens of random moments: every table is that of an undisturbed sweep."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.result import open_result
from experiments.sweeps.export import export_table
from experiments.texts import load_texts
from tests.architecture.sources import ROOT
from tests.unit.sweeps.conftest import STUDY


def exported(folder: Path, to: Path) -> dict[str, bytes]:
    """Return the bytes of every exported table of a result."""
    result, texts = open_result(folder), load_texts("en")
    to.mkdir()
    tables = ("runs", "years", "points", "zones", "failures")
    files = [export_table(result, to / f"{name}.csv", name, texts)[0] for name in tables]
    return {path.name: path.read_bytes() for path in files}


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("kills", [30, pytest.param(400, marks=pytest.mark.long)])
def test_a_sweep_killed_at_any_moment_ends_with_the_same_tables(tmp_path, kills):
    study = tmp_path / "small.toml"
    text = STUDY.replace("replicates = 3", 'replicates = 6\nkeep = ["zones"]')
    study.write_text(text, encoding="utf-8")
    whole, folders = tmp_path / "whole", tmp_path / "killed"
    folders.mkdir()
    words = [sys.executable, "-m", "tests.e2e.kill_sweeps", study, whole, folders, str(kills)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    killed, sweeps = map(int, done.stdout.split())
    assert killed == kills
    assert len(list(folders.iterdir())) == sweeps
    expected = exported(whole, tmp_path / "expected")
    for folder in folders.iterdir():
        assert exported(folder, tmp_path / f"exported-{folder.name}") == expected
