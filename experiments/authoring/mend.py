"""Bring CSV files that a spreadsheet saved its own way back to commas, points and plain months.

Semicolons or tabs between cells, decimal commas, months turned into dates, empty columns at the
right, UTF-16. Values are never guessed: what stays wrong is named by `zonesim check`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from experiments.authoring.readme import TABLES
from experiments.store import replace_file
from sim.data_files import Field, is_month

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_BOM: Final = "\ufeff"
_COMMA: Final = re.compile(r"[+-]?\d+,\d+([eE][+-]?\d+)?")
_DATE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-01( 00:00:00)?")
_NAMED: Final = re.compile(r"([A-Za-z]{3})[- ](\d{2}|\d{4})")
_NUMBERED: Final = re.compile(r"[Tt]hg ?(\d{1,2})[- ](\d{2}|\d{4})")  # as in Vietnamese
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def mend_folder(data: Path) -> list[Path]:
    """Rewrite the data files of a province that a spreadsheet saved its own way.

    Parameters
    ----------
    data : Path
        The folder with world.toml.

    Returns
    -------
    list of Path
        The files that were rewritten.

    Raises
    ------
    StoreError
        If one cannot be written; it is as before then.
    """
    found = mendable(data)
    for path, content in found.items():
        replace_file(path, partial(Path.write_bytes, data=content), ours=True)
    return list(found)


def mendable(data: Path) -> dict[Path, bytes]:
    """Return the data files that a spreadsheet saved its own way, and what they should be."""
    paths = {data / f"{name}.csv": fields for name, fields in TABLES.items()}
    found = {
        path: mended(path.read_bytes(), fields) for path, fields in paths.items() if path.is_file()
    }
    return {path: content for path, content in found.items() if content is not None}


def mended(content: bytes, fields: Sequence[Field]) -> bytes | None:
    r"""Return a CSV file as the program reads it, or None where nothing is to be mended.

    Parameters
    ----------
    content : bytes
        As saved.
    fields : sequence of Field
        Its columns.

    Examples
    --------
    >>> saved = b"id;share\r\na;0,5\r\n"
    >>> mended(saved, [Field("id"), Field("share", "number")]).decode("utf-8-sig")
    'id,share\na,0.5\n'
    """
    encoding = "utf-16" if content[:2] in _UTF_16 else "utf-8-sig"
    try:
        text = content.decode(encoding).lstrip(_BOM)
    except UnicodeDecodeError:
        return None  # `zonesim check` says how to save it
    if not text.strip():
        return None
    mark = _delimiter(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    better = _better(filled, {field.name: field.kind for field in fields})
    if mark == "," and encoding != "utf-16" and better == filled:
        return None
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(better)
    return (_BOM + written.getvalue()).encode("utf-8")


def _better(rows: Sequence[list[str]], kinds: Mapping[str, str]) -> list[list[str]]:
    """Return rows without empty columns at the right, numbers and months as the program reads them.

    Cells beyond the header are kept where they hold anything: `zonesim check` names them.
    """
    head = [name.strip() for name in rows[0]]
    while head and not head[-1]:
        head.pop()
    found = [head]
    for row in rows[1:]:
        kept = row if any(cell.strip() for cell in row[len(head) :]) else row[: len(head)]
        names = [*head, *[""] * (len(kept) - len(head))]
        pairs = zip(kept, names, strict=False)  # a row may be short
        found.append([_cell(cell, kinds.get(name, "text")) for cell, name in pairs])
    return found


def _delimiter(text: str) -> str:
    """Return what stands between the cells of the first line."""
    head = text.splitlines()[0]
    return max((",", ";", "\t"), key=head.count)


def _cell(cell: str, kind: str) -> str:
    if kind in ("number", "count") and _COMMA.fullmatch(cell.strip()):
        return cell.strip().replace(",", ".")
    return _month(cell.strip()) if kind == "month" else cell


def _month(cell: str) -> str:
    """Return a month as a spreadsheet shows its first day, where that can be only one month.

    Examples
    --------
    >>> [_month(cell) for cell in ("Jul-21", "01/07/2021", "7/1/2021", "2021-07-01", "thg7-21")]
    ['2021-07', '2021-07', '2021-07', '2021-07', '2021-07']
    >>> _month("2/3/2021")
    '2/3/2021'
    """
    if not cell or is_month(cell):
        return cell
    found = ""
    if date := _DATE.fullmatch(cell):
        day, month = sorted((int(date.group(1)), int(date.group(2))))
        found = f"{date.group(3)}-{month:02d}" if day == 1 else ""
    elif iso := _ISO.fullmatch(cell):
        found = f"{iso.group(1)}-{iso.group(2)}"
    elif (named := _NAMED.fullmatch(cell)) and named.group(1).lower() in _MONTHS:
        found = f"{_year(named.group(2))}-{_MONTHS.index(named.group(1).lower()) + 1:02d}"
    elif numbered := _NUMBERED.fullmatch(cell):
        found = f"{_year(numbered.group(2))}-{int(numbered.group(1)):02d}"
    return found if is_month(found) else cell


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"
