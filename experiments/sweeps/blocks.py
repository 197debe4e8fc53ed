"""Go through a table of a result in the order of its runs, a block at a time, memory flat.

Not for whole tables: experiments/result.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from experiments.result import Result, in_order
from experiments.sweeps.parts import read_parts, read_whole

_ROWS: Final = 100_000  # of a block, about


class _Reach(NamedTuple):
    """The points of one part."""

    files: dict[str, Path]
    lowest: int
    highest: int


class Index(NamedTuple):
    """Which part holds which points."""

    result: Result
    reaches: tuple[_Reach, ...]


def index_of(result: Result) -> Index:
    """Return which part holds which points."""
    reaches = []
    for part in result.parts:
        points = read_whole(part.files["runs"], ["point"]).column("point").to_numpy()
        reaches.append(_Reach(part.files, int(points.min()), int(points.max())))
    return Index(result, tuple(reaches))


def rows_of(index: Index, name: str, first: int, last: int) -> pa.Table:
    """Return the rows of a table at points first to last - 1, sorted by run."""
    paths = [
        reach.files[name]
        for reach in index.reaches
        if name in reach.files and reach.lowest < last and first <= reach.highest
    ]
    if not paths:
        return index.result.table(name).slice(0, 0)
    tables = []
    for table in read_parts(paths):
        points = table.column("point").to_numpy()
        tables.append(table.filter(pa.array((points >= first) & (points < last))))
    return in_order(pa.concat_tables(tables), index.result.study)


def blocks(index: Index, name: str) -> Iterator[pa.Table]:
    """Yield a whole table in blocks, in the order of its runs."""
    study, sizes = index.result.study, []
    points = index.result.points_count
    runs_a_point = len(study.scenarios) * study.replicates
    for reach in index.reaches[:1]:
        if name in reach.files:
            runs = read_whole(reach.files["runs"], ["point"]).num_rows
            sizes.append(read_whole(reach.files[name], ["point"]).num_rows / runs)
    rows_a_point = max(1.0, runs_a_point * max(sizes, default=1.0))
    step = max(1, int(_ROWS / rows_a_point))
    for first in range(0, points, step):
        yield rows_of(index, name, first, min(first + step, points))


def rows_in_all(index: Index, name: str) -> int:
    """Return how many rows a table has."""
    paths = [reach.files[name] for reach in index.reaches if name in reach.files]
    return int(np.sum([table.num_rows for table in read_parts(paths, ["point"])]))
