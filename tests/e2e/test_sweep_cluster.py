"""A sweep on worker processes ends with the tables of one on threads, whatever happens to them."""

import multiprocessing
import multiprocessing.spawn
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from distributed import Client

from experiments.cli import main
from experiments.result import open_result
from experiments.sweeps import cluster, extras
from experiments.sweeps.export import export_table
from experiments.sweeps.how import How
from experiments.sweeps.parts import TABLES, find_parts
from experiments.sweeps.study_files import load_study
from experiments.sweeps.sweeping import sweep_into
from experiments.texts import load_texts
from sim.errors import StoreError
from tests.architecture.sources import ROOT
from tests.e2e.stopping import assert_ctrl_c_keeps_what_was_done, endless_sweep
from tests.unit.sweeps.conftest import STUDY

TEXT = STUDY.replace("replicates = 3", 'replicates = 12\nkeep = ["zones"]')  # 96 runs
CHUNK = 4
BARE = {"PYTHONPATH": sysconfig.get_path("purelib")}  # with -S: all packages, but not zonesim
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return the same sweep on threads."""
    folder = tmp_path_factory.mktemp("threads")
    (folder / "small.toml").write_text(TEXT, encoding="utf-8")
    sweep_into(load_study(folder / "small.toml"), folder / "whole", How(threads=1, chunk=CHUNK))
    return folder / "whole"


def part_names(folder: Path) -> list[str]:
    return sorted(path.name for name in TABLES for path in (folder / name).glob("*"))


def assert_same(one: Path, two: Path) -> None:
    """Make sure that two results have the same parts and the same exported bytes."""
    assert part_names(one) == part_names(two) != []
    texts = load_texts("en")
    for name in ("runs", "years", "points", "zones"):
        bytes_of = []
        for folder in (one, two):
            path = folder.with_name(f"{folder.name}-{name}.csv")
            export_table(open_result(folder), path, name, texts)
            bytes_of.append(path.read_bytes())
        assert bytes_of[0] == bytes_of[1]


class Grid:
    """A scheduler and workers, each a process of its own on this machine."""

    def __init__(self, folder: Path, scheduler=({}, ROOT, ())) -> None:
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[str]] = []
        words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self._file))
        self.scheduler = self._start("scheduler", words, *scheduler)
        self.address = ""
        with Client(scheduler_file=str(self._file), set_as_default=False) as client:
            self.address = client.scheduler.address

    def worker(self, environment=(), folder=ROOT, options=()):
        """Start a worker that nothing starts again when it dies."""
        words = (self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        return self._start("worker", words, dict(environment), folder, options)

    def _start(self, kind, words, environment, folder, options):
        process = subprocess.Popen(
            [sys.executable, *options, "-m", "dask", kind, *words, "--no-dashboard"],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(process)
        return process

    def close(self):
        for process in self._processes:
            process.kill()
            process.wait()


@pytest.fixture
def grid(tmp_path):
    made = Grid(tmp_path)
    yield made
    made.close()


def test_worker_processes_of_its_own_give_the_same_parts(study, whole, tmp_path, capsys):
    out = tmp_path / "out"
    words = ["sweep", str(study), "--out", str(out), "--chunk", str(CHUNK), "--workers", "2"]
    assert main(words) == 0
    said, heard = capsys.readouterr()
    assert said.endswith("holds all 96 runs: 4 points, 2 scenarios, 12 replicates. None failed.\n")
    lines = heard.splitlines()
    assert lines[0].startswith("4 points, 2 scenarios, 12 replicates. 96 runs to do: about ")
    assert [line.partition("] ")[2].split(",")[0] for line in lines[1:]] == [
        f"{done} of 96 runs" for done in (24, 48, 72, 96)
    ]
    assert_same(whole, out)
    assert not multiprocessing.active_children()


def kill_one_at_work(client: Client, processes: dict[str, int]) -> int:
    """Kill a worker for certain in the middle of a chunk, and return its process."""
    for address, process in [*processes.items()] * 20:
        os.kill(process, signal.SIGSTOP)
        time.sleep(0.1)  # for what it had said already to arrive
        if client.processing().get(address):
            os.kill(process, signal.SIGKILL)
            return process
        os.kill(process, signal.SIGCONT)
    raise AssertionError("no worker was ever at work")


def test_a_killed_worker_of_a_cluster_costs_only_its_chunks(study, tmp_path, grid):
    study.write_text(TEXT.replace("replicates = 12", "replicates = 60"), encoding="utf-8")
    loaded, out, before = load_study(study), tmp_path / "out", {}
    sweep_into(loaded, tmp_path / "whole", How(threads=1, chunk=CHUNK))
    workers = [grid.worker(), grid.worker()]
    with Client(grid.address, set_as_default=False) as client, ThreadPoolExecutor(1) as killer:
        client.wait_for_workers(2)
        processes = client.run(os.getpid)

        def kill_one(done, total):
            if not before:
                before.update({path: path.stat().st_mtime_ns for path in out.glob("runs/*")})
                killed.append(killer.submit(kill_one_at_work, client, processes))

        killed: list[Future[int]] = []
        sweep_into(loaded, out, How(scheduler=grid.address, chunk=CHUNK, progress=kill_one))
        assert killed[0].result() in [worker.pid for worker in workers]
    assert sorted(worker.poll() is None for worker in workers) == [False, True]
    assert {path: path.stat().st_mtime_ns for path in before} == before != {}
    assert_same(tmp_path / "whole", out)


def test_a_killed_worker_of_its_own_is_replaced(study, whole, tmp_path):
    killed = []

    def kill_all(done, total):
        if not killed:
            killed.extend(child.pid for child in multiprocessing.active_children())
            for process in killed:
                os.kill(process, signal.SIGKILL)

    sweep_into(load_study(study), tmp_path / "out", How(workers=2, chunk=CHUNK, progress=kill_all))
    assert len(killed) == 2
    assert_same(whole, tmp_path / "out")


def test_workers_that_do_not_start_again_are_given_up(study, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_LOOK", "0.5s")
    program = multiprocessing.spawn.get_executable()

    def kill_all(done, total):
        multiprocessing.set_executable(shutil.which("false"))
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)

    try:
        with pytest.raises(StoreError, match="new ones do not start.*the same command continues"):
            sweep_into(
                load_study(study), tmp_path / "out", How(workers=2, chunk=CHUNK, progress=kill_all)
            )
    finally:
        multiprocessing.set_executable(program)
    assert find_parts(tmp_path / "out").parts


def seconds_worked(pid):
    """Return a process's processor time, which a busy machine does not stretch."""
    try:
        return sum(psutil.Process(pid).cpu_times()[:2])
    except psutil.NoSuchProcess:
        return 0.0


def test_a_chunk_that_takes_its_workers_with_it_ends_the_sweep(study, tmp_path):
    study.write_text(TEXT.replace("replicates = 12", "replicates = 100_000"), encoding="utf-8")
    begun, ended = threading.Event(), threading.Event()

    def kill_all():
        begun.wait()
        while not ended.wait(0.1):
            for child in multiprocessing.active_children():
                if seconds_worked(child.pid) > 2.5:  # the chunk is begun by then, and far from done
                    os.kill(child.pid, signal.SIGKILL)

    how = How(workers=1, chunk=100_000, announce=lambda _: begun.set(), clock=time.monotonic)
    with ThreadPoolExecutor(1) as killer:
        done = killer.submit(kill_all)
        try:
            with pytest.raises(StoreError, match="was lost with its worker 4 times.*smaller --ch"):
                sweep_into(load_study(study), tmp_path / "out", how)
        finally:
            begun.set(), ended.set()
        done.result()


def test_a_worker_of_another_model_is_refused(study, tmp_path, grid):
    shutil.copytree(ROOT / "sim", tmp_path / "other" / "sim")
    with (tmp_path / "other" / "sim" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    environment = {"PYTHONPATH": f"{tmp_path / 'other'}:{ROOT}", "ZONESIM_INTERPRETED": "1"}
    grid.worker(environment, tmp_path)
    with pytest.raises(StoreError, match=r"Worker tcp://\S+ has another model .* are refused"):
        sweep_into(load_study(study), tmp_path / "out", How(scheduler=grid.address))
    assert not find_parts(tmp_path / "out").parts


def test_a_worker_that_computes_outcomes_otherwise_is_refused(study, tmp_path, grid):
    shutil.copytree(ROOT / "experiments", tmp_path / "other" / "experiments")
    with (tmp_path / "other" / "experiments" / "measures.py").open("a", encoding="utf-8") as file:
        file.write("# edited\n")
    grid.worker({"PYTHONPATH": f"{tmp_path / 'other'}:{ROOT}"}, tmp_path)
    with pytest.raises(StoreError, match=r"Worker tcp://\S+ has another program .* are refused"):
        sweep_into(load_study(study), tmp_path / "out", How(scheduler=grid.address))
    assert not find_parts(tmp_path / "out").parts


def test_a_worker_without_zonesim_is_named(study, tmp_path, grid):
    grid.worker(BARE, tmp_path, ["-S"])
    with pytest.raises(StoreError, match="has no zonesim like this one .*No module"):
        sweep_into(load_study(study), tmp_path / "out", How(scheduler=grid.address))


def test_a_scheduler_without_zonesim_is_named(study, tmp_path):
    bare = Grid(tmp_path, (BARE, tmp_path, ["-S"]))
    try:
        bare.worker()
        with pytest.raises(StoreError, match="The scheduler has no zonesim like .*No module"):
            sweep_into(load_study(study), tmp_path / "out", How(scheduler=bare.address))
    finally:
        bare.close()


def test_the_sweep_waits_for_workers_and_says_so_and_a_lost_scheduler_is_an_error(
    study, whole, tmp_path, grid
):
    waited, out = [], tmp_path / "out"

    def waiting():
        waited.append(grid.worker())

    def stop(done, total):
        grid.scheduler.kill()

    how = How(scheduler=grid.address, chunk=CHUNK, waiting=waiting, progress=stop)
    with pytest.raises(StoreError, match="The scheduler is gone.* the same command continues"):
        sweep_into(load_study(study), out, how)
    assert len(waited) == 1
    assert find_parts(out).parts
    sweep_into(load_study(study), out, How(threads=1, chunk=CHUNK))
    assert_same(whole, out)


def test_ctrl_c_ends_the_workers_and_keeps_what_was_done(study, tmp_path):
    out = tmp_path / "result"
    with endless_sweep(study, out, "--workers", "2") as process:
        assert_ctrl_c_keeps_what_was_done(process, out, seconds=60)


# --- mistakes -------------------------------------------------------------------------------------

CLUSTER_MISTAKES = {
    "no scheduler": (
        ["--scheduler", "tcp://127.0.0.1:9"],
        "tcp://127.0.0.1:9: no scheduler answers",
    ),
    "no address": (["--scheduler", "cluster"], "scheduler = 'cluster': expected an address"),
    "no workers": (["--workers", "0"], "workers = 0: expected a whole number from 1"),
    "two ways": (["--workers", "2", "--threads", "1"], "threads and workers: both given"),
}


@pytest.mark.parametrize("mistake", CLUSTER_MISTAKES)
def test_a_mistake_is_told_before_anything_is_made(study, tmp_path, monkeypatch, capsys, mistake):
    monkeypatch.setattr(cluster, "_PATIENCE", "0.2s")
    words, expected = CLUSTER_MISTAKES[mistake]
    assert main(["sweep", str(study), "--out", str(tmp_path / "out"), *words]) == 2
    said, heard = capsys.readouterr()
    assert said == ""
    assert expected in heard
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("way", [["--workers", "2"], ["--scheduler", "tcp://127.0.0.1:9"]])
@pytest.mark.parametrize("verb", ["sweep", "retry"])
def test_the_missing_package_is_named_before_anything_else(
    study, whole, tmp_path, monkeypatch, capsys, verb, way
):
    monkeypatch.setattr("experiments.commands.watch.is_cache_warm", lambda *_: False)
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    words = [str(study), "--out", str(tmp_path / "out")] if verb == "sweep" else [str(whole)]
    assert main([verb, *words, *way]) == 2
    assert capsys.readouterr().err == (
        "This needs distributed, which is not installed: pip install 'zonesim[cluster]'.\n"
    )
    assert not (tmp_path / "out").exists()
