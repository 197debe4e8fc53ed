"""Sweeps without end in processes of their own, stopped as a terminal stops them."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from experiments.sweeps.parts import find_parts
from tests.architecture.sources import ROOT


@contextmanager
def endless_sweep(study, out, *words):
    """Yield the process of a sweep that has written its first part."""
    sweep = ["sweep", str(study), "--out", str(out), "--chunk", "4", "--replicates", "50000"]
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", *sweep, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 120.0
        while not list(out.glob("runs/*.parquet")):
            assert time.monotonic() < end, "no part was written"
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.communicate()


def assert_ctrl_c_keeps_what_was_done(process, out, *, seconds):
    """Press Ctrl-C: the sweep ends, says so without fuss, and its finished parts are whole."""
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    said, heard = process.communicate(timeout=seconds)
    assert (process.returncode, said) == (130, "")
    assert heard.endswith("Stopped; finished chunks are kept, and the same command continues.\n")
    assert "Traceback" not in heard
    kept = find_parts(out)
    assert kept.parts
    assert not kept.damaged
