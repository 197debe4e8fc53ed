"""Lay out text tables that fit a terminal of 80 columns.

Not for what is in them: experiments/summary.py and experiments/commands/listings.py.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

WIDTH: Final = 80
_WIDE: Final = "  "
_NARROW: Final = " "
_LEAST: Final = 8  # of a column that is broken into lines
_WORD: Final = 15  # the longest word of a head that is kept whole
_FOLLOWS: Final = "  "  # before the second line of a cell, so that it is not read as a row


class _Breaker(textwrap.TextWrapper):
    """Breaks between words, and names also after a hyphen or an underscore."""

    wordsep_re = re.compile(r"([ \t\n]+)|(?<=[^\W\d]-)(?=[^\W\d])|(?<=[^\W_]_)(?=[^\W_])")


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
        How many columns are texts. When the table is too wide, heads of the other columns are
        broken into lines, then the widest of the texts.
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
    >>> print(grid(["zone", "my_plan"], [["New cluster", "1.0"]], width=16))
                 my_
    zone        plan
    New cluster  1.0
    """
    table = [[unicodedata.normalize("NFC", cell) for cell in row] for row in (head, *rows)]
    widths, gap = _sizes(table, left, width)
    lines = [*_lines(table[0], widths, left, gap, above=True)]
    for row in table[1:]:
        lines += _lines(row, widths, left, gap)
    return "\n".join(lines)


def _sizes(table: Sequence[Sequence[str]], left: int, width: int) -> tuple[list[int], str]:
    """Return the widths of the columns, and what stands between them."""
    columns = list(zip(*table, strict=True))
    widths = [max(map(len, column)) for column in columns]
    gaps = len(widths) - 1
    gap = _WIDE if sum(widths) + len(_WIDE) * gaps <= width else _NARROW
    least = [_LEAST] * left + [
        max(min(_longest_word(name), _WORD), *map(len, cells)) for name, *cells in columns[left:]
    ]
    for part in (range(left, len(widths)), range(left)):  # heads of numbers first, then texts
        while sum(widths) + len(gap) * gaps > width:
            wide = [place for place in part if widths[place] > least[place]]
            if not wide:
                break
            widths[max(wide, key=widths.__getitem__)] -= 1
    return widths, gap


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


def _lines(
    row: Sequence[str], widths: Sequence[int], left: int, gap: str, *, above: bool = False
) -> Iterator[str]:
    """Yield the lines of a row: numbers stand in the first, heads just above what they name."""
    cells = [
        _broken(cell, size, _FOLLOWS if place < left else "")
        for place, (cell, size) in enumerate(zip(row, widths, strict=True))
    ]
    height = max(map(len, cells))
    for own in cells:
        blanks = [""] * (height - len(own))
        own[:] = [*blanks, *own] if above else [*own, *blanks]
    for texts in zip(*cells, strict=True):
        line = (
            text.ljust(size) if place < left else text.rjust(size)
            for place, (text, size) in enumerate(zip(texts, widths, strict=True))
        )
        yield gap.join(line).rstrip()


def _broken(text: str, size: int, follows: str) -> list[str]:
    """Return a text in lines that are at most so long."""
    if len(text) <= size:
        return [text]
    return _Breaker(size, subsequent_indent=follows).wrap(text)


def _longest_word(text: str) -> int:
    return max(map(len, _Breaker(1, break_long_words=False).wrap(text)), default=0)


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
