"""A table of a result as CSV or Excel workbook, sorted by run, with units and sources.

Reading a CSV gives the same bits; a workbook keeps fifteen to sixteen digits. Text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from experiments.excel import is_our_workbook
from experiments.result import Result, joined
from experiments.store import check_file, replace_file
from experiments.sweeps.blocks import Index, blocks, index_of, rows_in_all
from experiments.sweeps.column_notes import Note, notes_of
from experiments.sweeps.extras import need
from experiments.sweeps.parts import TABLES
from experiments.texts import Texts
from sim.errors import StoreError

FORMATS: Final = (".csv", ".xlsx")
TABLES_OUT: Final = ("points", *TABLES)
_EXCEL_ROWS: Final = 1_048_576  # of a sheet, its head included
_FORMULA: Final = "^[=+\\-@\t\r]"
_NOTES: Final = ".columns.csv"


def export_table(result: Result, out: Path, name: str, texts: Texts) -> tuple[Path, ...]:
    """Write a table of a result to a file, and beside a CSV what its columns are.

    Parameters
    ----------
    result : Result
        Finished.
    out : Path
        Ends in .csv or .xlsx; an earlier export there is replaced.
    name : str
        One of `TABLES_OUT`; runs come with the factors of their points.
    texts : Texts
        Language of the explanations.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    StoreError
        If the format or the table is unknown, the table too long for Excel, or the file cannot be
        written or is no export.
    """
    if out.suffix.lower() not in FORMATS:
        raise StoreError(f"--out {out}: expected a name that ends in {' or '.join(FORMATS)}.")
    index = index_of(result)
    notes = notes_of(result, _head(index, name).column_names, texts)
    if out.suffix.lower() == ".csv":
        beside = out.with_name(out.name[: -len(".csv")] + _NOTES)
        ours = _are_ours(out, beside)
        check_file(beside, ours=ours)  # before the other is written
        replace_file(out, lambda path: _write_csv(path, _blocks(index, name)), ours=ours)
        told = iter([_notes_table(notes, texts)])
        replace_file(beside, lambda path: _write_csv(path, told), ours=ours)
        return out, beside
    need("xlsxwriter")
    rows = rows_in_all(index, name) if name != "points" else result.points_count
    if rows >= _EXCEL_ROWS:
        raise StoreError(
            f"--out {out}: {rows:,} rows, but a sheet of Excel holds {_EXCEL_ROWS - 1:,}. "
            "Name a file that ends in .csv."
        )
    from experiments.sweeps.workbook import write_workbook

    replace_file(
        out,
        lambda path: write_workbook(path, result, name, _blocks(index, name), notes, texts),
        ours=is_our_workbook(out),
    )
    return (out,)


def _blocks(index: Index, name: str) -> Iterator[pa.Table]:
    """Yield the table in blocks, guarded against formulas."""
    if name == "points":
        yield guarded(index.result.points_table())
        return
    for block in blocks(index, name):
        whole = joined(block, index.result.points_table()) if name == "runs" else block
        yield guarded(whole)


def _head(index: Index, name: str) -> pa.Table:
    """Return the first block of a table, for its columns."""
    return next(_blocks(index, name))


def guarded(table: pa.Table) -> pa.Table:
    """Return a table whose texts no spreadsheet takes for formulas, with nothing for NaN."""
    columns = []
    for column in table.columns:
        if pa.types.is_string(column.type):
            risky = pc.match_substring_regex(column, _FORMULA)
            marked = pc.binary_join_element_wise("'", column, "")
            columns.append(pc.if_else(risky, marked, column))
        elif pa.types.is_floating(column.type):
            columns.append(pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column))
        else:
            columns.append(column)
    return pa.table(columns, names=table.column_names)


def _write_csv(path: Path, tables: Iterator[pa.Table]) -> None:
    first = next(tables)
    options = arrow_csv.WriteOptions(quoting_style="needed")
    with arrow_csv.CSVWriter(path, first.schema, write_options=options) as writer:
        writer.write_table(first)
        for table in tables:
            writer.write_table(table)


def _notes_table(notes: tuple[Note, ...], texts: Texts) -> pa.Table:
    heads = [texts.get("column", key) for key in ("column", "unit", "meaning", "source")]
    return guarded(pa.table([pa.array(cells) for cells in zip(*notes, strict=True)], names=heads))


def _are_ours(table: Path, notes: Path) -> bool:
    """Return whether there are a CSV and notes as we write them, which tell all of its columns."""
    try:
        with (
            table.open(encoding="utf-8", newline="") as head,
            notes.open(encoding="utf-8", newline="") as rows,
        ):
            columns = next(csv.reader(head), [])
            return columns == [cells[0] for cells in csv.reader(rows)][1:]
    except (OSError, UnicodeDecodeError, IndexError, csv.Error):
        return False
