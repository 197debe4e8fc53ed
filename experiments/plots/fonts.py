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


def broken(text: str, size_points: float, width: float, *, bold: bool = False) -> str:
    r"""Return a text broken at spaces into lines of at most a width [points].

    Examples
    --------
    >>> broken("a plan with an end", 10.0, 60.0)
    'a plan with\nan end'
    """
    first, *rest = text.split(" ")
    lines = [first]
    for word in rest:
        longer = f"{lines[-1]} {word}"
        if text_size(longer, size_points, bold=bold)[0] > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
