"""Kill sweeps with SIGKILL at random moments until each is finished; run by test_sweep_killed.py.

Each sweep runs in a forked child of this process, so that a kill can hit any moment of it and not
mostly the start of Python. Prints how many children were killed and how many finished.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from pathlib import Path

import numpy as np

from experiments.sweeps.how import How
from experiments.sweeps.study_files import load_study
from experiments.sweeps.sweeping import sweep_into

HOW = How(threads=2, chunk=4)


def child(loaded, folder: Path) -> int:
    """Start a sweep in a child and return its process id."""
    process = os.fork()
    if process == 0:
        try:
            sweep_into(loaded, folder, HOW)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    return process


def finished(process: int) -> bool:
    """Return whether a child ended by itself; an error of its own ends all."""
    _, status = os.waitpid(process, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        sys.exit("a sweep failed")
    return True


def main(study: str, whole: str, folders: str, kills: str) -> None:
    """Sweep once undisturbed to learn how long it takes, then kill so many times."""
    loaded = load_study(Path(study))
    began = time.perf_counter()
    assert finished(child(loaded, Path(whole)))
    duration = time.perf_counter() - began
    moments = np.random.default_rng(175)
    killed = sweeps = 0
    folder = Path(folders) / "0"
    while killed < int(kills):
        process = child(loaded, folder)
        time.sleep(moments.uniform(0.0, duration))
        os.kill(process, signal.SIGKILL)
        if finished(process):
            sweeps += 1
            folder = Path(folders) / str(sweeps)
        else:
            killed += 1
    assert finished(child(loaded, folder))
    sys.stdout.write(f"{killed} {sweeps + 1}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
