"""Make all runs of a result again from its manifest, and compare every table to the byte."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from experiments.result import in_order, open_result
from experiments.sweeps import manifest as manifests
from experiments.sweeps.blocks import Index, index_of, rows_of
from experiments.sweeps.cases import bench_of
from experiments.sweeps.chunk import Work, run_chunk
from experiments.sweeps.chunks import bytes_a_run, chunk_size, missing_work
from experiments.sweeps.how import How, check_how
from experiments.sweeps.memory import give_back_large_arrays

_SHOWN = 5  # differences told


class Reproduction(NamedTuple):
    """What came of making the runs again."""

    runs: int
    cells: int  # compared
    differences: tuple[str, ...]  # the first few


def reproduce_in(folder: Path, how: How = How()) -> Reproduction:  # noqa: B008
    """Make all runs of a result again and compare.

    Parameters
    ----------
    folder : Path
        The result; nothing is written to it.
    how : How
        Threads and chunks, which may differ from those of the sweep.

    Raises
    ------
    StoreError
        If it is no finished result, or model or data are not those of its runs.
    """
    check_how(how)
    give_back_large_arrays()
    result = open_result(folder)
    province = manifests.province_of(result.manifest)
    manifests.check_model(folder, result.manifest, province)
    points = manifests.read_points(folder, result.manifest)
    study, bench, index = result.study, bench_of(result.study, province), index_of(result)
    nothing = np.zeros((len(points.ids), len(study.scenarios), study.replicates), dtype=bool)
    threads = how.threads or os.cpu_count() or 1
    one = bytes_a_run(study, len(province.world.calendar.years), len(province.world.zones))
    work = list(missing_work(points, nothing, how.chunk or chunk_size(nothing.size, one, threads)))
    lock, done = threading.Lock(), 0

    def heard(runs: int) -> None:
        nonlocal done
        with lock:
            done += runs
            if how.progress is not None:
                how.progress(done, nothing.size)

    def again(each: Work) -> tuple[int, list[str]]:
        return _compared(index, each, run_chunk(bench, each, heard))

    cells, differences = 0, []
    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(again, each) for each in work]
        for future in as_completed(futures):
            compared, found = future.result()
            cells += compared
            differences += found
    return Reproduction(nothing.size, cells, tuple(sorted(differences)[:_SHOWN]))


def _compared(index: Index, work: Work, tables: dict[str, pa.Table]) -> tuple[int, list[str]]:
    """Return how many cells of a chunk were compared, and where they differ."""
    names = index.result.study.names
    wanted = {(work.points[point], names[scenario]) for point, scenario in work.cases}
    stored_names = {name for reach in index.reaches for name in reach.files}
    cells, found = 0, []
    for name in sorted({*tables, *stored_names}):
        stored = rows_of(index, name, work.points[0], work.points[-1] + 1)
        kept = _those(stored, wanted, work.replicates)
        made = tables.get(name)
        if made is None:
            made = stored.slice(0, 0)
        count, differences = _differences(name, kept, in_order(made, index.result.study))
        cells += count
        found += differences
    return cells, found


def _those(table: pa.Table, cases: set[tuple[int, str]], replicates: Sequence[int]) -> pa.Table:
    """Return the rows of some cases and replicates."""
    points, scenarios = table.column("point").to_pylist(), table.column("scenario").to_pylist()
    chosen = [pair in cases for pair in zip(points, scenarios, strict=True)]
    deep = np.isin(table.column("replicate").to_numpy(), list(replicates))
    return table.filter(pa.array(np.array(chosen, dtype=bool) & deep))


def _differences(name: str, kept: pa.Table, made: pa.Table) -> tuple[int, list[str]]:
    if kept.schema.names != made.schema.names or len(kept) != len(made):
        return 0, [f"{name}: {len(kept)} rows kept, {len(made)} made; or other columns"]
    found = []
    for column in kept.schema.names:
        old, new = kept.column(column), made.column(column)
        rows = _unequal(old, new)
        if len(rows):
            row = int(rows[0])
            key = f"run {kept.column('run_id')[row]}"
            found.append(f"{name}, {key}, {column}: {old[row]} kept, {new[row]} made")
    return len(kept) * len(kept.schema.names), found


def _unequal(old: pa.ChunkedArray, new: pa.ChunkedArray) -> np.ndarray:
    """Return the rows in which two columns differ in any bit."""
    if old.type != new.type:
        return np.arange(len(old))
    if pa.types.is_floating(old.type):
        bits = (column.to_numpy().view(np.int64) for column in (old, new))
        return np.flatnonzero(np.not_equal(*bits))
    if old.equals(new):
        return np.zeros(0, dtype=int)
    pairs = zip(old.to_pylist(), new.to_pylist(), strict=True)
    return np.flatnonzero([a != b for a, b in pairs])
