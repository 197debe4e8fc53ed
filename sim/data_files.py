"""Read the CSV files of a province cell by cell, collecting everything that is wrong with them.

Not for what the columns mean (sim/world_columns.py) or whether the files agree with each other
(sim/world_checks.py).
"""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from sim.errors import Problem

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")  # of a file or folder: scenario, province
NAME_FORM = "small letters, digits, '-' and '_'"
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Kind = Literal["text", "id", "number", "count", "month", "choice", "list", "source"]
A_SOURCE = "an id of sources.csv, 'D: arithmetic' or 'A: assumption'"


class Field(NamedTuple):
    """One column of a data file: what its cells may hold, and the column that says where from."""

    name: str
    kind: Kind = "text"
    unit: str = ""
    lo: float = -math.inf
    hi: float = math.inf
    choices: tuple[str, ...] = ()
    source: str = ""  # the column with the source of the value; "" where a value needs none
    may_be_empty: bool = False
    may_be_missing: bool = False
    positive: bool = False


@dataclass(frozen=True)
class Row:
    """One data row: its place in the file and its cells as text."""

    file: str
    line: int
    name: str
    cells: Mapping[str, str]

    def where(self, column: str) -> str:
        """Return the place of a cell, for messages."""
        return f"{self.file} line {self.line}, {self.name}, {column}"

    def has(self, column: str) -> bool:
        """Return whether the row has such a cell, which may be empty."""
        return column in self.cells

    def text(self, column: str) -> str:
        """Return a cell, or an empty text when the column is missing."""
        return self.cells.get(column, "")

    def number(self, column: str) -> float:
        """Return a cell as a number, or NaN when it is missing or none."""
        text = self.text(column)
        return float(text) if _NUMBER.fullmatch(text) else math.nan

    def count(self, column: str) -> int:
        """Return a cell as a whole number, or 0 when it is missing or none."""
        number = self.number(column)
        return int(number) if math.isfinite(number) else 0

    def words(self, column: str) -> list[str]:
        """Return the words of a cell, which blanks separate."""
        return self.text(column).split()


def is_month(text: str) -> bool:
    """Return whether a text is a month such as 2027-03."""
    return _MONTH.fullmatch(text) is not None


def near_miss(found: str, known: Iterable[str]) -> str:
    """Return "Did you mean ...?" for the nearest known name, or the names when none is near."""
    names = list(known)
    close = difflib.get_close_matches(found, names, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(names)}." if 0 < len(names) <= 12 else ""


def decoded(path: Path) -> str:
    """Return the text of a UTF-8 file, with accents joined to their letters."""
    return unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig"))


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """Return the text of a UTF-8 file, or None after noting why it cannot be read."""
    try:
        return decoded(path)
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1} is not UTF-8"
        problems.append(Problem(path.name, found, "", "Save the file as UTF-8 text."))
    except OSError:
        neighbours = sorted(f.name for f in path.parent.glob("*") if f.is_file())
        fix = near_miss(path.name, neighbours) if neighbours else ""
        problems.append(Problem(path.name, "file missing or unreadable", "", fix))
    return None


def read_toml(path: Path, problems: list[Problem]) -> Mapping[str, object]:
    """Return the content of a TOML file, empty after noting why it cannot be read."""
    text = read_text(path, problems)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem(path.name, f"not valid TOML: {error}", "", ""))
    except (ValueError, RecursionError) as error:
        problems.append(beyond_python(path.name, error))
    return {}


def beyond_python(where: str, error: ValueError | RecursionError) -> Problem:
    """Return the problem of TOML that is right and still more than Python reads."""
    if isinstance(error, RecursionError):
        return Problem(where, "lists or tables nested too deeply", "", "")
    return Problem(where, "a whole number of more than 4300 digits", "", "Write it shorter.")


def read_table(path: Path, fields: Sequence[Field], problems: list[Problem]) -> list[Row]:
    """Return the rows of a CSV file, after noting whatever is wrong with its columns and cells.

    Parameters
    ----------
    path : Path
        The file.
    fields : sequence of Field
        Its columns; the first names the row and must differ from row to row.
    problems : list of Problem
        Extended by what is wrong.

    Returns
    -------
    list of Row
        Empty when the file or its header cannot be used. Cells may be wrong: they are noted.
    """
    text = read_text(path, problems)
    if text is None:
        return []
    lines = list(csv.reader(io.StringIO(text, newline="")))
    if not any(lines):
        problems.append(Problem(path.name, "empty file", "", f"First column: {fields[0].name!r}."))
        return []
    header = [name.strip() for name in lines[0]]
    if not _header_is_usable(path.name, header, fields, problems):
        return []
    rows = _rows(path.name, header, lines[1:], problems)
    _note_repeated_names(rows, problems)
    present = [field for field in fields if field.name in header]
    for row in rows:
        for field in present:
            problem = _cell_problem(row, field) if row.has(field.name) else None
            if problem is not None:
                problems.append(problem)
    return rows


def _header_is_usable(
    file: str, header: list[str], fields: Sequence[Field], problems: list[Problem]
) -> bool:
    """Note unknown, missing and repeated columns; return whether rows can be told apart."""
    if len(header) == 1 and ";" in header[0]:
        fix = "Separate the columns by commas, not semicolons."
        problems.append(Problem(file, "one column only", "", fix))
        return False
    known = [field.name for field in fields]
    missing = [f.name for f in fields if f.name not in header and not f.may_be_missing]
    for name in header:
        if name not in known:
            fix = near_miss(name, [k for k in known if k not in header])
            problems.append(Problem(file, f"unknown column {name!r}", "", fix))
    for name in missing:
        problems.append(Problem(file, f"missing column {name!r}", "", ""))
    for name in sorted({name for name in header if header.count(name) > 1}):
        problems.append(Problem(file, f"column {name!r} appears more than once", "", ""))
    return fields[0].name in header


def _rows(
    file: str, header: list[str], lines: list[list[str]], problems: list[Problem]
) -> list[Row]:
    """Return the rows below a header, after noting lines with too few or too many cells."""
    rows = []
    for number, cells in enumerate(lines, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            expected = f"{len(header)}, as in the header"
            fix = "Put a cell that contains a comma in double quotes."
            problems.append(Problem(f"{file} line {number}, cells", str(len(cells)), expected, fix))
            cells = cells[:1]  # known by its name, so that nobody misses it
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        rows.append(Row(file, number, named[header[0]], named))
    if not rows:
        problems.append(Problem(file, "no rows below the header", "", ""))
    return rows


def _note_repeated_names(rows: list[Row], problems: list[Problem]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        column = next(iter(row.cells))
        if row.name in seen:
            expected = f"a name of its own, not that of line {seen[row.name]}"
            problems.append(Problem(row.where(column), repr(row.name), expected, ""))
        seen.setdefault(row.name, row.line)


def _cell_problem(row: Row, field: Field) -> Problem | None:
    """Return what is wrong with one cell by itself, or None."""
    text = row.text(field.name)
    where = row.where(field.name)
    if not text:
        return None if field.may_be_empty else Problem(where, "nothing", _expected(field), "")
    if field.kind == "id" and not _IDENTIFIER.fullmatch(text):
        return Problem(where, repr(text), "lower-case letters, digits and single hyphens", "")
    if field.kind == "month" and not is_month(text):
        return Problem(where, repr(text), "a month such as 2027-03", "")
    if field.kind == "choice" and text not in field.choices:
        return Problem(where, repr(text), _expected(field), near_miss(text, field.choices))
    if field.kind in ("number", "count"):
        return _number_problem(where, text, field)
    return None


def _number_problem(where: str, text: str, field: Field) -> Problem | None:
    """Return what is wrong with a cell that should hold a number within bounds, or None."""
    if not _NUMBER.fullmatch(text):
        return Problem(where, repr(text), _expected(field), _number_hint(text))
    if field.kind == "count" and "." in text:  # 60.000 may be sixty or sixty thousand
        return Problem(where, text, _expected(field), "Write it without a point.")
    value = float(text)
    if not math.isfinite(value) or (field.kind == "count" and value != int(value)):
        return Problem(where, text, _expected(field), "")
    if field.lo <= value <= field.hi and (value > 0 or not field.positive):
        return None
    is_percentage = field.unit == "share" and field.hi == 1 and 1 < value <= 100
    fix = f"Did you mean {value / 100:g}?" if is_percentage else ""
    return Problem(where, text, _expected(field), fix)


def _number_hint(text: str) -> str:
    """Return how to write a number that has a decimal comma or a percent sign, or nothing."""
    plain = text.replace(",", ".")
    if _NUMBER.fullmatch(plain):
        return f"Write {plain}."
    share = plain.removesuffix("%").strip()
    return f"Write {float(share) / 100:g}." if _NUMBER.fullmatch(share) else ""


def _expected(field: Field) -> str:
    """Return in words what a cell of this column should hold."""
    if field.kind == "choice":
        return f"one of {', '.join(field.choices)}"
    if field.kind == "month":
        return "a month such as 2027-03"
    if field.kind == "source":
        return A_SOURCE
    if field.kind not in ("number", "count"):
        return "some text"
    noun = "a whole number" if field.kind == "count" else "a number"
    if math.isfinite(field.lo) and math.isfinite(field.hi):
        bounds = f" from {field.lo:g} to {field.hi:g}"
    elif field.positive:
        bounds = " above 0"
    elif math.isfinite(field.lo):
        bounds = f" of at least {field.lo:g}"
    else:
        bounds = ""
    unit = f" [{field.unit}]" if field.unit not in ("", "1", "code", "0/1") else ""
    return f"{noun}{bounds}{unit}"
