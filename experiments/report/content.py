"""What a report is made of: plain values, so that page and workbook show the same.

Numbers stay numbers here, with the unit and decimals they are to be shown with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from experiments.outcomes import Outcome
from experiments.plots.style import Drawn
from experiments.texts import Language, Texts, percent_digits

SHARE: Final = "share"


class Number(NamedTuple):
    """A number of a table; with `sign`, a difference: of shares, in percentage points."""

    value: float
    unit: str = ""
    digits: int = 1
    sign: bool = False


Cell = str | Number
Line = tuple[Cell, ...]


def line(*cells: Cell) -> Line:
    """Return cells as a line of a table."""
    return cells


class Column(NamedTuple):
    """A column: what is in it and, if it is the same for all rows, its unit."""

    label: str
    unit: str = ""

    @property
    def text(self) -> str:
        """The label with the unit."""
        return f"{self.label} [{self.unit}]" if self.unit else self.label


class Table(NamedTuple):
    """A table; `topic` is its sheet in a workbook, `folded` tables show on demand on a page."""

    topic: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    note: str = ""
    folded: bool = False


class Picture(NamedTuple):
    """A figure with words for those who do not see it."""

    kind: str
    caption: str
    shows: str
    alternative: str
    drawn: Drawn


class Bullets(NamedTuple):
    """A list of sentences."""

    lines: tuple[str, ...]


class Code(NamedTuple):
    """A line to type."""

    line: str


Part = str | Bullets | Code | Table | Picture


class Section(NamedTuple):
    """A part of a report under a heading."""

    key: str
    title: str
    parts: tuple[Part, ...]


class Report(NamedTuple):
    """A report in one language."""

    language: Language
    version: str
    model: str  # fingerprint
    title: str
    question: str
    answer: tuple[str, ...]  # sentences
    sections: tuple[Section, ...]

    def tables(self) -> Iterator[Table]:
        """Yield all tables in order."""
        for section in self.sections:
            yield from (part for part in section.parts if isinstance(part, Table))


def shown(number: Number, texts: Texts) -> str:
    """Return a number as people read it; shares and their differences without the sign for it.

    Examples
    --------
    >>> from experiments.texts import load_texts
    >>> shown(Number(-0.0123, "share", 3, sign=True), load_texts("vi"))
    '-1,2'
    """
    return texts.quantity(number.value, number.unit, number.digits, sign=number.sign)


def share_better(share: float) -> Number:
    """Return a share of replicates, to be shown as per cent."""
    return Number(share, SHARE, 2 + percent_digits(share))


def capital(text: str) -> str:
    """Return a text that begins like a sentence."""
    return text[:1].upper() + text[1:]


def unit_of(outcome: Outcome, texts: Texts) -> str:
    """Return the unit of an outcome's levels and, where another, of its differences."""
    units = (texts.unit(outcome.unit), texts.unit(outcome.unit, difference=True))
    return " / ".join(dict.fromkeys(units))
