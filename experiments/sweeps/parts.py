"""Keep tables as Parquet parts that are whole or not there, and find those that are not whole.

A file is written aside, forced to the disk and renamed; its name ends in a hash of its bytes, so
that a torn or edited one shows. The part of the runs is written last and names its companions:
with it the chunk is there, without it nothing is. Not for what is in the tables:
experiments/sweeps/chunk.py.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import StoreError

TABLES: Final = ("runs", "years", "zones", "events", "failures")
_META: Final = b"zonesim"
_NAME: Final = re.compile(r"part-[0-9]{7}-[0-9]{2}-[0-9]{7}-([0-9a-f]{16})\.parquet")
_ASIDE: Final = ".aside-"
_SEVERAL: Final = 4  # files read at once


class Part(NamedTuple):
    """A chunk that is there: its file of each table."""

    files: dict[str, Path]


class Kept(NamedTuple):
    """What a result folder holds."""

    parts: tuple[Part, ...]
    damaged: tuple[Path, ...]  # torn, edited, or without the companions they name
    leftovers: tuple[Path, ...]  # of a chunk that was being written


# --- writing --------------------------------------------------------------------------------------


class PartFile(NamedTuple):
    """One file of a chunk."""

    table: str
    name: str
    content: bytes


def part_files(tables: dict[str, pa.Table], first: tuple[int, int, int]) -> tuple[PartFile, ...]:
    """Return the files of a chunk in the order in which they have to be written.

    Parameters
    ----------
    tables : dict of str to Table
        Of one chunk; "runs" is one of them.
    first : tuple of int
        Point, scenario and replicate of its first run, so that names are in the order of runs.
    """
    made: list[PartFile] = []
    label = "{:07d}-{:02d}-{:07d}".format(*first)
    for name in sorted(tables, key=lambda name: name == "runs"):
        table = tables[name]
        if name == "runs":
            companions = {other.table: other.name for other in made}
            table = table.replace_schema_metadata({_META: json.dumps(companions).encode()})
        content = parquet_bytes(table)
        made.append(PartFile(name, f"part-{label}-{digest(content)}.parquet", content))
    return tuple(made)


def write_part(folder: Path, made: Sequence[PartFile]) -> Part:
    """Write the files of a chunk into a result; the last rename makes it count.

    Raises
    ------
    StoreError
        If the disk is full or cannot be written; what is half-written does not count.
    """
    for file in made:
        write_whole(folder / file.table / file.name, file.content)
    return Part({file.table: folder / file.table / file.name for file in made})


def parquet_bytes(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file, the same for the same table."""
    sink = pa.BufferOutputStream()
    once = () if {"year", "month"} & set(table.column_names) else ("run_id",)  # a row a run
    repeated = [
        field.name
        for field in table.schema
        if not pa.types.is_floating(field.type) and field.name not in once
    ]
    pq.write_table(table, sink, compression="zstd", use_dictionary=repeated)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def digest(content: bytes) -> str:
    """Return 16 hex digits of a hash of some bytes."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that at any moment it is there as a whole or as it was before.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    aside = path.with_name(f"{_ASIDE}{path.name}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        _settle(path.parent)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise StoreError(unwritten(path.parent, error)) from None


def _settle(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritten(folder: Path, error: OSError) -> str:
    """Return why a folder of results cannot be written, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"{folder}: the disk is full. What was done is kept; make room, and the same command "
            "continues."
        )
    reason = error.strerror or str(error)
    return f"{folder}: cannot be written ({reason}). Name a folder that you may write to."


# --- finding --------------------------------------------------------------------------------------


def find_parts(folder: Path) -> Kept:
    """Return the parts of a result folder, each checked to the byte.

    Parameters
    ----------
    folder : Path
        Of the result.

    Raises
    ------
    StoreError
        If files that we did not write are among them.
    """
    found = {name: _files(folder / name) for name in TABLES}
    paths = [path for group in found.values() for path in group]
    with ThreadPoolExecutor(_SEVERAL) as pool:
        whole = dict(zip(paths, pool.map(_is_whole, paths), strict=True))
    parts, damaged = [], [path for path in paths if not whole[path]]
    for path in found["runs"]:
        if not whole[path]:
            continue
        companions = _companions(path)
        files = {name: folder / name / other for name, other in companions.items()}
        if all(whole.get(other, False) for other in files.values()):
            parts.append(Part({**files, "runs": path}))
        else:
            damaged.append(path)
    used = {path for part in parts for path in part.files.values()}
    spare = [path for path in paths if path not in used and path not in damaged]
    places = (folder, *(folder / name for name in TABLES))
    spare += [path for place in places for path in place.glob(f"{_ASIDE}*")]
    return Kept(tuple(parts), tuple(damaged), tuple(spare))


def _files(folder: Path) -> list[Path]:
    """Return the parts in a folder, by name."""
    if not folder.is_dir():
        return []
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith(_ASIDE))
    foreign = [path.name for path in paths if not _NAME.fullmatch(path.name)]
    if foreign:
        raise StoreError(
            f"{folder}: holds files that are not parts of a result ({', '.join(foreign[:3])}). "
            "Move them elsewhere."
        )
    return paths


def _is_whole(path: Path) -> bool:
    """Return whether a part has the bytes that it was written with."""
    named = _NAME.fullmatch(path.name)
    return named is not None and digest(path.read_bytes()) == named.group(1)


def _companions(path: Path) -> dict[str, str]:
    metadata = pq.read_schema(path).metadata or {}
    names: dict[str, str] = json.loads(metadata.get(_META, b"{}"))
    return names


def read_whole(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a part, or some of its columns, after checking it to the byte.

    Raises
    ------
    StoreError
        If it is torn, edited or gone.
    """
    named = _NAME.fullmatch(path.name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}).") from None
    if named is None or digest(content) != named.group(1):
        raise StoreError(damaged_text([path]))
    return read_columns(pa.BufferReader(content), columns)


def read_parts(paths: Iterable[Path], columns: Sequence[str] | None = None) -> list[pa.Table]:
    """Return some parts, checked to the byte, in the order given."""
    with ThreadPoolExecutor(_SEVERAL) as pool:
        return list(pool.map(lambda path: read_whole(path, columns), paths))


def read_columns(source: Path | pa.BufferReader, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a Parquet file, or some of its columns in the order given, without checking it.

    `pyarrow.parquet.read_table` does the same, but imports pyarrow.dataset, which costs 7 MB.
    """
    with pq.ParquetFile(source) as file:
        table = file.read(columns, use_threads=False)
    return table if columns is None else table.select(columns)


def damaged_text(paths: Sequence[Path]) -> str:
    """Return what to tell about parts that are not as they were written."""
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return (
        f"{paths[0]}{more}: not as it was written (torn, edited, or a companion is missing). "
        "Give the command of the sweep again: it makes the runs anew."
    )


def drop(paths: Iterable[Path]) -> None:
    """Remove files that do not count."""
    for path in paths:
        path.unlink(missing_ok=True)
