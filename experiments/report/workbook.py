"""A report as a workbook: the same tables, a sheet a topic, in English and Vietnamese.

Columns of numbers stand once, columns of words in both languages. The same bytes for the same
report: no clock is in it. Words stay words: none becomes a formula, a link or, but for years, a
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from experiments.excel import PLAIN_TEXT, PROPERTIES, is_risky
from experiments.report.content import SHARE, Cell, Number, Report, Table
from experiments.texts import Texts

_WIDEST: Final = 60
_NARROWEST: Final = 9
_SPOKEN: Final = 70  # letters of a line of the first sheet
_PER_CENT: Final = 100.0
_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)


class Pair(NamedTuple):
    """A table in both languages; the rows correspond."""

    english: Table
    vietnamese: Table


def workbook(english: Report, vietnamese: Report, texts: tuple[Texts, Texts]) -> bytes:
    """Return a report as the content of a workbook.

    Parameters
    ----------
    english, vietnamese : Report
        The same report in both languages.
    texts : tuple of Texts
        English and Vietnamese.
    """
    pairs = [Pair(*tables) for tables in zip(english.tables(), vietnamese.tables(), strict=True)]
    topics = [(t, list(p)) for t, p in groupby(pairs, key=lambda pair: pair.english.topic)]
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, **PLAIN_TEXT}) as book:
        book.set_properties({"title": english.title, **PROPERTIES})
        style = _Style(book)
        _write_contents(book, style, (english, vietnamese), topics, texts)
        for topic, tables in topics:
            _write_topic(book.add_worksheet(topic), style, tables)
    return content.getvalue()


class _Style:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._numbers: dict[str, Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 13, "valign": "top"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.note = book.add_format(
            {"font_color": "#595959", "text_wrap": True, "valign": "top", "align": "left"}
        )
        self.quiet = book.add_format({"font_color": "#595959"})
        self.quoted = book.add_format({"quote_prefix": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def number(self, code: str) -> Format:
        """Return the format of a number by its code."""
        if code not in self._numbers:
            self._numbers[code] = self._book.add_format({"num_format": code})
        return self._numbers[code]


def number_format(number: Number) -> str:
    """Return how Excel shows a number: per cent, thousands, decimals and signs as on the page.

    Examples
    --------
    >>> number_format(Number(0.9, "share", 3)), number_format(Number(2.0, "ha", 1, sign=True))
    ('0.0%', '+#,##0.0;-#,##0.0;0.0')
    """
    digits = max(0, number.digits - 2) if number.unit == SHARE else number.digits
    zeros = "." + "0" * digits if digits else ""
    if number.unit == SHARE and not number.sign:
        return f"0{zeros}%"
    return f"+#,##0{zeros};-#,##0{zeros};0{zeros}" if number.sign else f"#,##0{zeros}"


def _write_contents(
    book: xlsxwriter.Workbook,
    style: _Style,
    reports: tuple[Report, Report],
    topics: Sequence[tuple[str, list[Pair]]],
    texts: tuple[Texts, Texts],
) -> None:
    """Write the first sheet: title, question and answer, then what is on which sheet."""
    name = " - ".join(text.get("workbook", "contents") for text in texts)
    sheet = book.add_worksheet(name)
    _for_paper(sheet)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 2, _SPOKEN)
    lines = zip(*(_opening(r, text) for r, text in zip(reports, texts, strict=True)), strict=True)
    for line, both in enumerate(lines):
        sheet.set_row(line, _LINE * max(_lines(text, _SPOKEN) for text in both))
        for place, text in enumerate(both, start=1):
            sheet.write_string(line, place, text, style.title if line == 0 else style.wrapped)
    line += 2
    for place, text in enumerate(texts, start=1):
        sheet.write_string(line, place, text.get("workbook", "table"), style.head)
    sheet.write_string(line, 0, " / ".join(t.get("workbook", "sheet") for t in texts), style.head)
    for topic, pairs in topics:
        for pair in pairs:
            line += 1
            sheet.write_url(line, 0, f"internal:'{topic}'!A1", string=topic)
            for place, table in enumerate(pair, start=1):
                sheet.write_string(line, place, table.caption, style.wrapped)


def _opening(report: Report, texts: Texts) -> list[str]:
    return [
        report.title,
        report.question,
        *report.answer,
        texts.get("workbook", "unit_note"),
    ]


def _for_paper(sheet: Worksheet) -> None:
    """Print on A4 across, as wide as the page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


_A4: Final = 9  # as Excel numbers paper


def _write_topic(sheet: Worksheet, style: _Style, pairs: Sequence[Pair]) -> None:
    """Write the tables of a topic one below the other."""
    _for_paper(sheet)
    line, widths = 0, dict[int, int]()
    for pair in pairs:
        line = _write_table(sheet, style, pair, line, widths) + 2
    for column, width in widths.items():
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 1)))
    if len(pairs) == 1:
        sheet.freeze_panes(_HEADS + 2, 1)
        sheet.repeat_rows(2, _HEADS + 1)


_HEADS: Final = 2  # captions in both languages above the heads in both languages


def _write_table(
    sheet: Worksheet, style: _Style, pair: Pair, first: int, widths: dict[int, int]
) -> int:
    """Write a table from a line on and return the last line."""
    for line, table in enumerate(pair, start=first):
        sheet.write_string(line, 0, table.caption, style.title if line == first else style.quiet)
    line = first + len(pair)
    columns = list(_columns(pair))
    for offset in range(_HEADS):
        sheet.set_row(line + offset, _HEAD_LINES * _LINE)
    for place, column in enumerate(columns):
        for offset, head in enumerate(column.heads):
            sheet.write_string(line + offset, place, head, style.head)
        for offset, cell in enumerate(column.cells, start=_HEADS):
            _write_cell(sheet, line + offset, place, cell, style)
        longest = max((len(cell) for cell in column.cells if isinstance(cell, str)), default=0)
        head_width = max(len(word) for head in column.heads for word in head.split() or [""])
        widths[place] = max(widths.get(place, 0), longest, head_width)
    line += _HEADS + len(pair.english.rows)
    room = sum(min(_WIDEST, widths[place] + 1) for place in range(len(columns)))
    for note in filter(None, (table.note for table in pair)):
        sheet.merge_range(line, 0, line, len(columns) - 1, note, style.note)
        sheet.set_row(line, _LINE * _lines(note, room))
        line += 1
    return line


def _lines(text: str, letters: int) -> int:
    """Return about how many lines of so many letters a text fills."""
    return -(-len(text) // letters) + len(text) // (3 * letters)


_LINE: Final = 15.0  # points
_HEAD_LINES: Final = 2


class _Merged(NamedTuple):
    """A column of a sheet: heads in both languages, and cells."""

    heads: tuple[str, str]
    cells: tuple[Cell, ...]


def _columns(pair: Pair) -> Iterator[_Merged]:
    """Yield the columns of a table: twice where the words differ between the languages."""
    for c, (english, vietnamese) in enumerate(
        zip(pair.english.columns, pair.vietnamese.columns, strict=True)
    ):
        ours, theirs = (tuple(row[c] for row in table.rows) for table in pair)
        if ours == theirs or all(isinstance(cell, Number) for cell in ours):
            yield _Merged((english.text, vietnamese.text), ours)
        else:
            yield _Merged((english.text, ""), ours)
            yield _Merged(("", vietnamese.text), theirs)


def _write_cell(sheet: Worksheet, line: int, place: int, cell: Cell, style: _Style) -> None:
    """Write a word, a year or a number; nothing where a number is not defined."""
    if isinstance(cell, str) and _YEAR.fullmatch(cell):
        sheet.write_number(line, place, int(cell), style.number("0"))
        return
    if isinstance(cell, str):
        sheet.write_string(line, place, cell, style.quoted if is_risky(cell) else None)
        return
    in_points = cell.unit == SHARE and cell.sign
    value = _PER_CENT * cell.value if in_points else cell.value
    if value == value:  # not NaN
        sheet.write_number(line, place, value, style.number(number_format(cell)))
