"""A finished sweep as tables: runs, yearly paths, points, and what is kept besides.

Tables are sorted by run (point, scenario in the order of the study, replicate), however they were
made. Not for making them: experiments/sweeps/sweeping.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.precision import Precision
from experiments.study import Study
from experiments.sweeps.chunks import places_of, runs_there
from experiments.sweeps.columns import numbers, texts
from experiments.sweeps.manifest import (
    Manifest,
    Points,
    own_columns,
    points_table,
    read_manifest,
    read_points,
)
from experiments.sweeps.parts import TABLES, Kept, Part, damaged_text, find_parts, read_parts
from sim.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

_KEYS: Final = ("point", "scenario", "replicate")


class Result(NamedTuple):
    """A result folder whose runs are all there; tables are read when asked for."""

    folder: Path
    manifest: Manifest
    points_count: int
    runs_count: int
    parts: tuple[Part, ...]
    precision: Precision | None = None  # what the looks saw, if a sweep has just looked

    @property
    def study(self) -> Study:
        """What was asked."""
        return self.manifest.study

    def runs(
        self, columns: Sequence[str] | None = None, *, with_factors: bool = False
    ) -> pd.DataFrame:
        """Return the table of runs: id, point, scenario, replicate, status, outcomes by year.

        Parameters
        ----------
        columns : sequence of str, optional
            Outcomes such as "occupancy_2030"; the keys are always there. By default all.
        with_factors : bool
            Whether the factors of the point are columns too.

        Raises
        ------
        StoreError
            If a part is torn or edited, or there is no such column.
        """
        table = self.table("runs", columns)
        return _frame(joined(table, self.points_table()) if with_factors else table)

    def years(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return yearly paths: a row a run and year, a column an outcome; see `runs`."""
        return _frame(self.table("years", columns))

    def points(self) -> pd.DataFrame:
        """Return the points: number, and a column a factor in its unit.

        Missing values mean that a lever is as in each scenario.
        """
        return _frame(self.points_table())

    def zones(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return Decembers of every zone, if the study keeps them; see `runs`."""
        return _frame(self.table("zones", columns))

    def events(self) -> pd.DataFrame:
        """Return the events of every run, if the study keeps them."""
        return _frame(self.table("events"))

    def failures(self) -> pd.DataFrame:
        """Return the runs that failed, why, and how to repeat each; empty if none did."""
        return _frame(self.table("failures"))

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return a table sorted by run, as Arrow knows it.

        Parameters
        ----------
        name : str
            One of `TABLES` of experiments/sweeps/parts.py.
        columns : sequence of str, optional
            Besides the keys; by default all.
        """
        paths = [part.files[name] for part in self.parts if name in part.files]
        if not paths:
            return _nothing(self, name)
        known = pq.read_schema(paths[0]).names
        wanted = _wanted(self.folder, name, known, columns)
        return in_order(pa.concat_tables(read_parts(paths, wanted)), self.study)

    def points_table(self) -> pa.Table:
        """Return the points as Arrow knows them; see `points`."""
        table = points_table(self.folder, self.manifest)
        return table.select(list(own_columns(self.study)))


def open_result(folder: str | Path) -> Result:
    """Return a finished result.

    Parameters
    ----------
    folder : str or Path
        What `sweep` wrote.

    Raises
    ------
    StoreError
        If it is no result, not finished, or a part is torn or edited.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    kept = find_parts(path)
    if kept.damaged:
        raise StoreError(damaged_text(kept.damaged))
    there = _there(path, manifest, kept)
    if not there.all():
        raise StoreError(
            f"{path}: holds {int(there.sum()):,} of {there.size:,} runs. Give the command of the "
            "sweep again: it makes the others."
        )
    return Result(path, manifest, len(there), there.size, kept.parts)


def _there(folder: Path, manifest: Manifest, kept: Kept) -> np.ndarray:
    points: Points = read_points(folder, manifest)
    return runs_there(manifest.study, points, kept.parts)


def in_order(table: pa.Table, study: Study) -> pa.Table:
    """Return a table sorted by point, scenario and replicate; rows of a run stay as they are."""
    points, scenarios, replicates = places_of(study, table)
    case = points.astype(np.int64) * len(study.names) + scenarios
    key = case * study.replicates + replicates
    if (np.diff(key) >= 0).all():
        return table.combine_chunks()
    return table.take(numbers(np.argsort(key, kind="stable"))).combine_chunks()


def joined(table: pa.Table, points: pa.Table) -> pa.Table:
    """Return a table with the factors of each row's point, before its outcomes."""
    rows = pa.array(table.column("point").to_numpy())  # a point is its own row
    factors = points.drop_columns(["point"]).take(rows)
    first = [name for name in ("run_id", *_KEYS) if name in table.column_names]
    rest = [name for name in table.column_names if name not in first]
    names = [*first, *factors.column_names, *rest]
    columns = [(factors if name in factors.column_names else table).column(name) for name in names]
    return pa.table(columns, names=names)


def _wanted(
    folder: Path, name: str, known: Sequence[str], columns: Sequence[str] | None
) -> list[str] | None:
    if columns is None:
        return None
    unknown = [column for column in columns if column not in known]
    if unknown:
        shown = ", ".join(known[:12])
        raise StoreError(f"{folder}: no column {unknown[0]!r} in {name}; there are {shown}, ...")
    keys = [key for key in ("run_id", *_KEYS, "year", "zone") if key in known]
    return [*keys, *(column for column in columns if column not in keys)]


def _nothing(result: Result, name: str) -> pa.Table:
    """Return an empty table of failures; other tables have to be there."""
    if name == "failures":
        numbered = ("point", "replicate")
        number, word = numbers(np.array([], np.int32)), texts([])
        names = ("run_id", *_KEYS, "reason", "replay")
        return pa.table({name: number if name in numbered else word for name in names})
    if name in TABLES:
        text = f"{result.folder}: keeps no {name}. Put it into 'keep' of the study."
        raise StoreError(text)
    raise StoreError(f"No such table: {name!r}; there are {', '.join(TABLES)}.")


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas()
