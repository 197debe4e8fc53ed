"""What only a process of its own shows: signals, pipes, what is imported."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tests.architecture.sources import ROOT

CLI = [sys.executable, "-m", "experiments.cli"]
LONG = ["compare", "baseline", "plan", "--province", "tiny", "--replicates", "1000000"]
HEAVY = ("numba", "mesa", "pandas", "scipy", "matplotlib.pyplot", "pydantic")
IMPORTS = f"""
import sys
from experiments.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
heavy = [name for name in {HEAVY} if name in sys.modules]
sys.exit(f"--help imports {{heavy}}" if heavy else 0)
"""


@contextmanager
def started(words, **environment):
    """Yield a process, which ends with the test whatever the test finds."""
    environment = {**os.environ, **environment}
    out, err = subprocess.PIPE, subprocess.PIPE
    with subprocess.Popen(
        [*CLI, *words], cwd=ROOT, env=environment, stdout=out, stderr=err, encoding="utf-8"
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(condition, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
@pytest.mark.parametrize(
    ("cold", "signal_name"),
    [(False, "SIGINT"), (True, "SIGINT"), (False, "SIGTERM")],
    ids=["while running", "while compiling", "when asked to end"],
)
def test_ctrl_c_stops_at_once_and_writes_nothing(tmp_path, cold, signal_name):
    cache = {"ZONESIM_CACHE_DIR": str(tmp_path / "cache")} if cold else {}
    target = tmp_path / "results" / "out"
    with started([*LONG, "--out", str(target)], **cache) as process:
        wait_for(lambda: list(tmp_path.glob("results/.out.part-*")))  # held: the runs begin
        time.sleep(1.0)
        process.send_signal(getattr(signal, signal_name))
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == ""
    assert err.endswith("Stopped; nothing was written.\n")
    assert "Traceback" not in err
    assert not (tmp_path / "results").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes differ")
def test_a_reader_that_goes_away_is_no_error():
    with started(["zones"]) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 141


def test_help_imports_nothing_slow():
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "usage: zonesim" in done.stdout


def test_vietnamese_is_printed_on_a_terminal_that_knows_only_ascii():
    with started(["scenarios", "--lang", "vi"], PYTHONIOENCODING="ascii", LC_ALL="C") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Kế hoạch 175" in out
