"""The font that all figures are set in: it ships with the package, so that no letter is missing.

Be Vietnam Pro, drawn for Vietnamese; its licence is beside it, in fonts/OFL.txt.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.textpath import text_to_path

FAMILY: Final = "Be Vietnam Pro"
_OTHERS: Final = "DejaVu Sans"  # for signs that it has not; ships with matplotlib
FONTS: Final = Path(__file__).with_name("fonts")
FILES: Final = tuple(FONTS / f"BeVietnamPro-{weight}.ttf" for weight in ("Regular", "Bold"))
# SVG: letters as outlines, since a file that names a font shows another one where it is missing.
# PDF: the letters used are embedded as TrueType, so that text can be searched and copied.
_SETTINGS: Final[dict[Any, Any]] = {
    "font.family": [FAMILY, _OTHERS],
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "zonesim",  # the same names inside a file every time
}


@contextmanager
def style() -> Iterator[None]:
    """Set type and file formats while figures are drawn or saved; nothing of it stays.

    Notes
    -----
    Only the font's name is added to matplotlib's list in memory, not to its cache on disk.
    """
    known = {entry.fname for entry in fontManager.ttflist}
    for path in map(str, FILES):
        if path not in known:
            fontManager.addfont(path)
    with rc_context(_SETTINGS), warnings.catch_warnings():
        # a sign of a name that no font has shows as a box, which needs no words
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        yield


def text_size(text: str, size_points: float, *, bold: bool = False) -> tuple[float, float]:
    """Return width and height of one line of text [points].

    Examples
    --------
    >>> narrow, wide = (text_size(text, 8.0)[0] for text in ("ii", "mm"))
    >>> bool(narrow < wide)
    True
    """
    font = FontProperties(fname=FILES[bold], size=size_points)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return 1.03 * float(width), 1.2 * size_points  # drawn letters snap to pixels


def cut(text: str, size_points: float, width: float) -> str:
    """Return a text without its end where it is wider than a width [points].

    Examples
    --------
    >>> cut("a plan", 10.0, 60.0), cut("a counterproposal", 10.0, 60.0)
    ('a plan', 'a counter…')
    """
    if text_size(text, size_points)[0] <= width:
        return text
    parts = (f"{text[:end]}…" for end in range(len(text) - 1, 0, -1))
    return next((part for part in parts if text_size(part, size_points)[0] <= width), "…")


def broken(text: str, size_points: float, width: float, *, bold: bool = False) -> str:
    r"""Return a text broken into lines of at most a width [points].

    Lines end at spaces; a word that is wider than a line goes on in the next one.

    Examples
    --------
    >>> broken("a plan with an end", 10.0, 60.0)
    'a plan with\nan end'
    >>> broken("a counterproposal", 10.0, 60.0)
    'a\ncounterpro\nposal'
    """

    def fits(line: str) -> bool:
        return text_size(line, size_points, bold=bold)[0] <= width

    lines: list[str] = []
    for word in text.split(" "):
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
            continue
        lines.append(word)
        while len(lines[-1]) > 1 and not fits(lines[-1]):
            whole = lines.pop()
            end = max((n for n in range(1, len(whole)) if fits(whole[:n])), default=1)
            lines += [whole[:end], whole[end:]]
    return "\n".join(lines)
