"""A table of a result as an Excel workbook: about it, its columns, and the table itself.

The same bytes for the same table: no clock is in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from experiments.excel import PLAIN_TEXT, PROPERTIES
from experiments.result import Result
from experiments.sweeps.column_notes import Note
from experiments.texts import Texts

_OPTIONS: Final = {"constant_memory": True, **PLAIN_TEXT}
_WIDTHS: Final = {"about": (24, 90), "columns": (34, 18, 44, 80)}
_WIDTH: Final = 14


def write_workbook(
    path: Path,
    result: Result,
    name: str,
    tables: Iterator[pa.Table],
    notes: Sequence[Note],
    texts: Texts,
) -> None:
    """Write a workbook.

    Parameters
    ----------
    path : Path
        Where.
    result : Result
        What the table is of.
    name : str
        Of the table and its sheet.
    tables : iterator of Table
        The table in blocks, texts guarded.
    notes : sequence of Note
        What its columns are.
    texts : Texts
        Language of the explanations.
    """
    with path.open("wb") as file, xlsxwriter.Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": result.study.id, **PROPERTIES})
        bold = book.add_format({"bold": True})
        for title, rows in _explanations(result, notes, texts):
            sheet = book.add_worksheet(texts.get("column", f"sheet_{title}"))
            for place, width in enumerate(_WIDTHS[title]):
                sheet.set_column(place, place, width)
            for number, cells in enumerate(rows):
                style = bold if number == 0 and title == "columns" else None
                for place, cell in enumerate(cells):
                    sheet.write_string(number, place, cell, style)
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(notes) - 1, _WIDTH)
        for place, note in enumerate(notes):
            sheet.write_string(0, place, note.column, bold)
        written = 0
        for table in tables:
            _write_rows(sheet, table, written + 1)
            written += table.num_rows


def _write_rows(sheet: Worksheet, table: pa.Table, first: int) -> None:
    """Write the rows of a table from a line on; nothing where a value is missing."""
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    for line, cells in enumerate(rows, start=first):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(line, place, cell)
            elif isinstance(cell, bool):
                sheet.write_boolean(line, place, cell)
            elif cell is not None:
                sheet.write_number(line, place, cell)


def _explanations(
    result: Result, notes: Sequence[Note], texts: Texts
) -> list[tuple[str, Sequence[Sequence[str]]]]:
    heads = [texts.get("column", key) for key in ("column", "unit", "meaning", "source")]
    return [("about", about(result, texts)), ("columns", [heads, *notes])]


def about(result: Result, texts: Texts) -> list[tuple[str, str]]:
    """Return what a reader of a table has to know of its study."""
    study, manifest = result.study, result.manifest
    versions = manifest.content["versions"]
    rows = (
        ("study", study.id),
        ("label", study.label(texts.language)),
        ("question", study.question(texts.language)),
        ("province", study.province),
        ("scenarios", ", ".join(study.names)),
        ("replicates", str(study.replicates)),
        ("seed", str(study.seed)),
        ("version", str(versions["zonesim"])),
        ("model", manifest.model),
        ("data", manifest.data),
    )
    return [(texts.get("column", key), value) for key, value in rows]
