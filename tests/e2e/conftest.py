"""What every test of the command line takes for granted."""

import pytest


@pytest.fixture(autouse=True)
def compiled(monkeypatch):
    """Take the model as compiled: no test hears of it only because it was the first to run."""
    monkeypatch.setattr("experiments.commands.watch.is_cache_warm", lambda: True)
