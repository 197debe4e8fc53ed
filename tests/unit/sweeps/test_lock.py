"""Two sweeps in one folder: the second is told; a dead one holds nothing."""

import os
import subprocess
import sys

import pytest

from experiments.sweeps.lock import locked
from sim.errors import StoreError

HOLD = """
import sys, time
from pathlib import Path
from experiments.sweeps.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def test_a_folder_is_free_again_after_use(tmp_path):
    for _ in range(2):
        with locked(tmp_path):
            pass


def test_a_second_sweep_is_told_who_is_there_and_a_killed_one_lets_go(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with (
            pytest.raises(StoreError, match=rf"another sweep .* \(process {process.pid}\)"),
            locked(tmp_path),
        ):
            pass
        process.kill()  # SIGKILL: nothing of its own runs any more
        process.wait()
    with locked(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"), locked(tmp_path):
        pass
