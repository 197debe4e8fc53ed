"""Parts are whole or not there: torn, edited, orphaned and foreign files are told apart."""

import errno
import os
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.sweeps import parts
from experiments.sweeps.parts import find_parts, part_files, read_whole, write_part
from sim.errors import StoreError


def tables(first=0):
    keys = {"run_id": ["a", "b"], "point": [first, first + 1], "replicate": [0, 0]}
    return {
        "runs": pa.table({**keys, "jobs": [1.5, 2.5]}),
        "years": pa.table({**keys, "year": [2021, 2021]}),
    }


def test_a_part_comes_back_as_it_was_written(tmp_path):
    part = write_part(tmp_path, part_files(tables(), (0, 0, 0)))
    assert read_whole(part.files["runs"]).to_pydict() == tables()["runs"].to_pydict()
    assert find_parts(tmp_path) == parts.Kept((part,), (), ())


def test_the_same_tables_are_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_part(tmp_path / folder, part_files(tables(), (0, 0, 0)))
    one, two = (sorted((tmp_path / f).rglob("*.parquet")) for f in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("name", ["runs", "years"])
@pytest.mark.parametrize("harm", ["torn", "edited", "emptied", "gone"])
def test_a_harmed_part_does_not_count(tmp_path, name, harm):
    other = write_part(tmp_path, part_files(tables(2), (2, 0, 0)))
    path = write_part(tmp_path, part_files(tables(), (0, 0, 0))).files[name]
    content = path.read_bytes()
    harmed = {"torn": content[:-7], "edited": content[:50] + b"x" + content[51:], "emptied": b""}
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(harmed[harm])
    kept = find_parts(tmp_path)
    assert kept.parts == (other,)
    assert kept.damaged or kept.leftovers
    if harm != "gone":
        with pytest.raises(StoreError, match="not as it was written"):
            read_whole(path)


def test_a_table_rewritten_by_another_program_does_not_count(tmp_path):
    import pyarrow.parquet as pq

    path = write_part(tmp_path, part_files(tables(), (0, 0, 0))).files["runs"]
    pq.write_table(pq.read_table(path), path)  # the same rows, other bytes
    assert find_parts(tmp_path).parts == ()


def test_files_of_others_are_refused(tmp_path):
    write_part(tmp_path, part_files(tables(), (0, 0, 0)))
    (tmp_path / "runs" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match=r"not parts of a result \(notes.txt\)"):
        find_parts(tmp_path)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_nothing_that_counts(tmp_path, monkeypatch, code, call):
    def full(*_):
        raise OSError(code, os.strerror(code))

    if call == "replace":
        monkeypatch.setattr(Path, "replace", full)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        opened = Path.open

        def broken(path, mode="r", **rest):
            file = opened(path, mode, **rest)
            return _Full(file, full) if "w" in mode else file

        monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(StoreError, match="the disk is full. What was done is kept"):
        write_part(tmp_path, part_files(tables(), (0, 0, 0)))
    monkeypatch.undo()
    assert find_parts(tmp_path) == parts.Kept((), (), ())
    write_part(tmp_path, part_files(tables(), (0, 0, 0)))
    assert len(find_parts(tmp_path).parts) == 1


class _Full:
    """A file that takes half of what is written."""

    def __init__(self, file, full):
        self._file, self._full = file, full

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def write(self, content):
        self._file.write(content[: len(content) // 2])
        self._file.flush()
        self._full()
