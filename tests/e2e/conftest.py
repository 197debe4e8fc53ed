"""What every test of the command line takes for granted."""

import pytest

from experiments.cli import main
from tests.e2e.small_study import DESIGNS, STUDY


@pytest.fixture(scope="session")
def sweeps(tmp_path_factory):
    """Return a folder with a small study of each design, swept into a folder of its name."""
    folder = tmp_path_factory.mktemp("sweeps")
    for kind, design in DESIGNS.items():
        study = folder / f"{kind}.toml"
        study.write_text(STUDY.format(design=design), encoding="utf-8")
        assert main(["sweep", str(study), "--out", str(folder / kind), "--quiet"]) == 0
    return folder


@pytest.fixture(autouse=True)
def compiled(monkeypatch):
    """Take the model as compiled: no test hears of it only because it was the first to run."""
    monkeypatch.setattr("experiments.commands.watch.is_cache_warm", lambda *_: True)
