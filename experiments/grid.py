"""Lay out text tables that fit a terminal of 80 columns.

Not for what is in them: experiments/summary.py and experiments/commands/listings.py.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

WIDTH: Final = 80
_WIDE: Final = "  "
_NARROW: Final = " "
_LEAST: Final = 8  # of a column that is broken into lines
_FOLLOWS: Final = "  "  # before the second line of a cell, so that it is not read as a row


def grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1, width: int = WIDTH
) -> str:
    """Return rows in columns under a head, the first columns to the left, the others to the right.

    Parameters
    ----------
    head : sequence of str
        Names of the columns.
    rows : sequence of sequence of str
        Cells; as many a row as the head has.
    left : int
        How many columns are texts; the widest of them is broken into lines when the table is too
        wide.
    width : int
        Columns of the terminal.

    Examples
    --------
    >>> print(grid(["zone", "ha"], [["A", "1.0"], ["B", "12.5"]]))
    zone    ha
    A      1.0
    B     12.5
    >>> print(grid(["zone", "ha"], [["New cluster Nho Quan", "1.0"]], width=16))
    zone          ha
    New cluster  1.0
      Nho Quan
    """
    table = [[unicodedata.normalize("NFC", cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[place]) for row in table) for place in range(len(head))]
    gaps = len(widths) - 1
    gap = _WIDE if sum(widths) + len(_WIDE) * gaps <= width else _NARROW
    room = max(left * _LEAST, width - sum(widths[left:]) - len(gap) * gaps)
    while sum(widths[:left]) > room:
        widths[widths.index(max(widths[:left]))] -= 1
    return "\n".join(line for row in table for line in _lines(row, widths, left, gap))


def listing(rows: Sequence[tuple[str, str]], *, width: int = WIDTH) -> str:
    """Return names and what is said of each, the texts broken into lines beside their names.

    Examples
    --------
    >>> print(listing([("a", "one two"), ("bcd", "three")], width=9))
    a    one
         two
    bcd  three
    """
    size = max((len(name) for name, _ in rows), default=0)
    indent = " " * (size + len(_WIDE))
    lines = [
        wrapped(text, first=f"{name:<{size}}{_WIDE}", indent=indent, width=width)
        for name, text in rows
    ]
    return "\n".join(lines)


def _lines(row: Sequence[str], widths: Sequence[int], left: int, gap: str) -> Iterator[str]:
    """Yield the lines of a row: its numbers stand in the first."""
    cells = [
        [line.ljust(size) for line in _broken(cell, size)] if place < left else [cell.rjust(size)]
        for place, (cell, size) in enumerate(zip(row, widths, strict=True))
    ]
    blanks = [" " * size for size in widths]
    for n in range(max(map(len, cells))):
        line = (own[n] if n < len(own) else blank for own, blank in zip(cells, blanks, strict=True))
        yield gap.join(line).rstrip()


def _broken(text: str, size: int) -> list[str]:
    """Return a text in lines that are at most so long."""
    if len(text) <= size:
        return [text]
    return textwrap.wrap(text, size, subsequent_indent=_FOLLOWS)


def wrapped(text: str, *, indent: str = "", first: str | None = None, width: int = WIDTH) -> str:
    """Return a paragraph broken into lines of the terminal's width."""
    start = indent if first is None else first
    return textwrap.fill(
        text,
        width,
        initial_indent=start,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def section(title: str, body: str) -> str:
    """Return a body under an underlined title."""
    heading = wrapped(title)
    return f"{heading}\n{'-' * max(len(line) for line in heading.splitlines())}\n{body}"
