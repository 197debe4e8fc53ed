"""Run the missing runs of a study into its folder: the one way for Python and command line.

Whatever stops it, the same call continues. Not for what a chunk does (experiments/sweeps/chunk.py)
or how parts are kept whole (experiments/sweeps/parts.py).
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from experiments.study import study_content
from experiments.sweeps import growth
from experiments.sweeps import manifest as manifests
from experiments.sweeps import parts as files
from experiments.sweeps.cases import Bench, bench_of, case_ids
from experiments.sweeps.chunk import Work, run_chunk
from experiments.sweeps.chunks import bytes_a_run, chunk_size, missing_work, runs_there, work_of
from experiments.sweeps.design import LoadedStudy
from experiments.sweeps.lock import LOCK, locked
from experiments.sweeps.manifest import Points
from experiments.sweeps.memory import give_back_large_arrays
from experiments.sweeps.points import design_points
from experiments.sweeps.shares import shares_apart
from sim.compiled import is_cache_warm
from sim.errors import Problem, StoreError, StudyError

_TRIAL: Final = 8  # runs that the estimate is made from


class Estimate(NamedTuple):
    """What is left to do, from a few runs of it."""

    runs: int
    there: int
    points: int
    scenarios: int
    replicates: int
    seconds: float
    bytes: float


class How(NamedTuple):
    """How to run; tables depend on none of it."""

    threads: int | None = None  # by default one a core
    chunk: int | None = None  # runs kept together; by default as memory and evenness ask for
    progress: Callable[[int, int], None] | None = None  # runs done, runs in all
    announce: Callable[[Estimate], None] | None = None
    clock: Callable[[], float] | None = None  # needed to announce
    machine: dict[str, Any] = {}


class Job(NamedTuple):
    """A folder that is ready to take the runs that are missing."""

    folder: Path
    bench: Bench
    points: Points
    there: np.ndarray  # shape (points, scenarios, replicates)


def sweep_into(loaded: LoadedStudy, folder: Path, how: How = How()) -> None:  # noqa: B008
    """Run what is missing of a study in a folder.

    Parameters
    ----------
    loaded : LoadedStudy
        Study and province.
    folder : Path
        New, empty, or with an earlier result of the same study or a smaller one.
    how : How
        Threads, chunks, progress.

    Raises
    ------
    StoreError
        If the folder holds something else or another sweep writes to it, if the disk is full, or
        if model or data are not those of the runs that are there.
    """
    check_how(how)
    give_back_large_arrays()
    _make(folder)
    with locked(folder):
        job = prepare(loaded, folder, how.machine)
        run_missing(job, how)


def check_how(how: How) -> None:
    """Make sure that threads and chunk are whole numbers from 1; `StudyError` if not."""
    problems = [
        Problem(name, str(value), "a whole number from 1", "")
        for name, value in (("threads", how.threads), ("chunk", how.chunk))
        if value is not None and value < 1
    ]
    if problems:
        raise StudyError.of("The sweep", problems)


def _make(folder: Path) -> None:
    """Make a folder, or make sure that it is empty or a result."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror}).") from None
    ours = (LOCK, manifests.MANIFEST, manifests.POINTS, *files.TABLES)
    foreign = [n for n in names if n not in ours and not n.startswith((".aside-", "points.next"))]
    if foreign and manifests.MANIFEST not in names:
        raise StoreError(
            f"{folder}: holds files that are no result of a sweep ({', '.join(foreign[:3])}); "
            "expected a new or empty folder, or an earlier result. Name another folder."
        )


def prepare(loaded: LoadedStudy, folder: Path, machine: dict[str, Any]) -> Job:
    """Return a folder that is ready: manifest and points written, damaged parts removed.

    Raises
    ------
    StoreError
        If what it holds does not fit the study.
    """
    study, province = loaded
    bench = bench_of(study, province)
    values = design_points(study, shares_apart)
    points = Points(values, tuple(tuple(ids) for ids in case_ids(bench, values)))
    old = None
    if (folder / manifests.MANIFEST).is_file():
        old = manifests.read_manifest(folder)
        manifests.check_model(folder, old, province)
        growth.check_growth(folder, old.study, study)
        points = growth.grown(folder, old, manifests.read_points(folder, old), study, points)
    content = manifests.points_bytes(study, points)
    where = {**machine, "province_folder": str(province.data)}
    said = study_content(study)
    if old is None or old.content["study"] != said or old.points != files.digest(content):
        written = manifests.manifest_content(study, province, content, where)
        manifests.write_manifest(folder, written, content)
    return job_of(folder, bench, points)


def job_of(folder: Path, bench: Bench, points: Points) -> Job:
    """Return what is missing in a folder, after removing what does not count."""
    kept = files.find_parts(folder)
    files.drop([*kept.damaged, *kept.leftovers])
    return Job(folder, bench, points, runs_there(bench.study, points, kept.parts))


def run_missing(job: Job, how: How) -> None:
    """Run the missing runs of a job, chunk by chunk, and keep each chunk as it is done."""
    runs = int(job.there.size - job.there.sum())
    if not runs:
        return
    threads = how.threads or os.cpu_count() or 1
    if how.announce is not None and how.clock is not None:
        estimate = _estimate(job, runs, threads, how.clock)
        how.announce(estimate)
        _check_room(job.folder, estimate)
    world = job.bench.world
    one = bytes_a_run(job.bench.study, len(world.calendar.years), len(world.zones))
    size = how.chunk or chunk_size(runs, one, threads)
    work = list(missing_work(job.bench.study, job.points, job.there, size))
    _Pool(job, how.progress).run(work, threads)


class _Pool:
    """Runs chunks on threads, and tells how far they are."""

    def __init__(self, job: Job, progress: Callable[[int, int], None] | None) -> None:
        self._job = job
        self._progress = progress
        self._done = int(job.there.sum())
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def run(self, work: Sequence[Work], threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            futures = [pool.submit(self._chunk, each) for each in work]
            try:
                for future in as_completed(futures):
                    future.result()
            except BaseException:
                self._stop.set()
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _chunk(self, work: Work) -> None:
        tables = run_chunk(self._job.bench, work, self._heard)
        point, scenario = work.cases[0]
        first = (work.points[point], scenario, work.replicates[0])
        files.write_part(self._job.folder, tables, first)

    def _heard(self, runs: int) -> None:
        if self._stop.is_set():
            raise StoreError("Stopped, because another chunk failed.")
        with self._lock:
            self._done += runs
            if self._progress is not None:
                self._progress(self._done, self._job.there.size)


# --- the estimate ---------------------------------------------------------------------------------


def _estimate(job: Job, runs: int, threads: int, clock: Callable[[], float]) -> Estimate:
    """Return what the missing runs will take, from a few of them."""
    study = job.bench.study
    cases = np.argwhere(~job.there.all(axis=2))[:2].tolist()
    replicates = list(range(min(study.replicates, _TRIAL // len(cases))))
    trial = work_of(job.points, [(point, scenario) for point, scenario in cases], replicates)
    if not is_cache_warm():
        run_chunk(job.bench, trial)
    began = clock()
    tables = run_chunk(job.bench, trial)
    seconds = (clock() - began) / trial.runs
    size = sum(len(files.parquet_bytes(table)) for table in tables.values())
    empty = sum(len(files.parquet_bytes(table.slice(0, 0))) for table in tables.values())
    cores = min(threads, os.cpu_count() or 1)
    points, scenarios, deep = job.there.shape
    return Estimate(
        runs=runs,
        there=int(job.there.sum()),
        points=points,
        scenarios=scenarios,
        replicates=deep,
        seconds=seconds * runs / cores,
        bytes=max(0, size - empty) / trial.runs * runs,
    )


def _check_room(folder: Path, estimate: Estimate) -> None:
    free = shutil.disk_usage(folder).free
    if free < estimate.bytes:
        raise StoreError(
            f"{folder}: needs about {estimate.bytes / 1e6:,.0f} MB, but the disk has "
            f"{free / 1e6:,.0f} MB left. Make room or name another folder."
        )
