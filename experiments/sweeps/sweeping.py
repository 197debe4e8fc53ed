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
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from experiments.study import study_content
from experiments.sweeps import growth
from experiments.sweeps import manifest as manifests
from experiments.sweeps import parts as files
from experiments.sweeps.cases import Bench, bench_of, case_ids
from experiments.sweeps.chunk import Work, run_chunk
from experiments.sweeps.chunks import bytes_a_run, chunk_size, missing_work, runs_there, work_of
from experiments.sweeps.how import Estimate, How, opened
from experiments.sweeps.lock import LOCK, locked
from experiments.sweeps.manifest import Points
from experiments.sweeps.points import design_points
from experiments.sweeps.shares import shares_apart
from experiments.sweeps.study_files import LoadedStudy
from sim.errors import StoreError

if TYPE_CHECKING:
    from distributed import Client

_TRIAL: Final = 8  # runs that the estimate is made from


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
        Threads or a cluster, chunks, progress.

    Raises
    ------
    StoreError
        If the folder holds something else or another sweep writes to it, if the disk is full, if
        model or data are not those of the runs that are there, or if a cluster fails.
    """
    with opened(how) as ready:
        _make(folder)
        with locked(folder):
            job = prepare_folder(loaded, folder, how.machine)
            run_missing(job, ready)


def _make(folder: Path) -> None:
    """Make a folder, or make sure that it is empty or a result."""
    if folder.is_file():
        raise StoreError(f"{folder}: is a file. Name a folder that is new or empty.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise StoreError(files.unwritten(folder, error)) from None
    ours = (LOCK, manifests.MANIFEST, manifests.POINTS, *files.TABLES)
    foreign = [n for n in names if n not in ours and not n.startswith((".aside-", "points.next"))]
    if foreign and manifests.MANIFEST not in names:
        raise StoreError(
            f"{folder}: holds files that are no result of a sweep ({', '.join(foreign[:3])}); "
            "expected a new or empty folder, or an earlier result. Name another folder."
        )


def prepare_folder(loaded: LoadedStudy, folder: Path, machine: dict[str, Any]) -> Job:
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
    if how.client is None:
        threads = how.threads or os.cpu_count() or 1
        work = _planned(job, runs, how, threads, min(threads, os.cpu_count() or 1))
        _Pool(job, how.progress).run(work, threads)
    else:
        _run_on(how.client, job, runs, how)


def _planned(job: Job, runs: int, how: How, at_once: int, cores: int) -> list[Work]:
    """Return the missing runs in chunks, after telling what they will take."""
    if how.announce is not None and how.clock is not None:
        estimate = _estimate(job, runs, cores, how.clock)
        how.announce(estimate)
        _check_room(job.folder, estimate)
    world = job.bench.world
    one = bytes_a_run(job.bench.study, len(world.calendar.years), len(world.zones))
    size = how.chunk or chunk_size(runs, one, at_once)
    return list(missing_work(job.points, job.there, size))


def _run_on(client: Client, job: Job, runs: int, how: How) -> None:
    """Let a cluster make the missing runs, and write each chunk here as it comes."""
    from experiments.sweeps import cluster

    at_once = cluster.cores(client, how.waiting)
    cores = min(at_once, os.cpu_count() or 1) if how.workers else at_once
    work = _planned(job, runs, how, at_once, cores)
    done = int(job.there.sum())
    with closing(cluster.made_by(client, manifests.read_manifest(job.folder), work)) as chunks:
        for made in chunks:
            files.write_part(job.folder, made.files)
            done += made.runs
            if how.progress is not None:
                how.progress(done, job.there.size)


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
        files.write_part(self._job.folder, files.part_files(tables, work.first))

    def _heard(self, runs: int) -> None:
        if self._stop.is_set():
            raise StoreError("Stopped, because another chunk failed.")
        with self._lock:
            self._done += runs
            if self._progress is not None:
                self._progress(self._done, self._job.there.size)


# --- the estimate ---------------------------------------------------------------------------------


def _estimate(job: Job, runs: int, cores: int, clock: Callable[[], float]) -> Estimate:
    """Return what the missing runs will take, from a few of them."""
    study = job.bench.study
    cases = np.argwhere(~job.there.all(axis=2))[:2].tolist()
    replicates = list(range(min(study.replicates, _TRIAL // len(cases))))
    trial = work_of(job.points, [(point, scenario) for point, scenario in cases], replicates)
    run_chunk(job.bench, trial)  # the first compiles, or loads what was compiled
    began = clock()
    tables = run_chunk(job.bench, trial)
    seconds = (clock() - began) / trial.runs
    size = sum(len(files.parquet_bytes(table)) for table in tables.values())
    empty = sum(len(files.parquet_bytes(table.slice(0, 0))) for table in tables.values())
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
