"""A study of the tiny province that takes a blink, and how to write variations of it."""

from pathlib import Path

import pytest

from experiments.sweeps.how import How
from experiments.sweeps.shares import shares
from experiments.sweeps.study_files import Changes, load_study
from experiments.sweeps.sweeping import sweep_into

TEXTS = """
[label]
en = "A small study"
vi = "Nghiên cứu nhỏ"

[question]
en = "Does it work?"
vi = "Có chạy không?"
"""
STUDY = (
    """
province = "tiny"
scenarios = ["baseline", "plan"]
replicates = 3
outcomes = ["occupancy", "jobs", "waiting_months"]
"""
    + TEXTS
    + """
[factors.beta_quality]
values = [0.8, 1.6]

[factors.infrastructure_funding]
from = "2021-04"
values = ["scenario", 100]
"""
)


@pytest.fixture(autouse=True)
def drawn_here(monkeypatch):
    """Draw designs in this process, not in one of their own, which takes a second to begin."""
    monkeypatch.setattr("experiments.sweeps.sweeping.shares_apart", shares)


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a study file and returns its path."""

    def written(text: str = STUDY, name: str = "small") -> Path:
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def swept(write, tmp_path):
    """Return a function that sweeps a study into a folder and returns the folder."""

    def into(text: str = STUDY, folder: str = "result", how: How | None = None, **changes) -> Path:
        out = tmp_path / folder
        sweep_into(load_study(write(text), Changes(**changes)), out, how or How(chunk=5))
        return out

    return into
