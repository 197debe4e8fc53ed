"""The letters that a page needs, of the font that figures use, as CSS that holds them.

A page that names a font shows another where it is missing; Vietnamese then breaks first.
"""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from experiments.plots.fonts import FILES

NAME: Final = "Zonesim Report"
_WEIGHTS: Final = (400, 700)  # in the order of FILES


def font_css(text: str) -> str:
    """Return @font-face rules with the letters of a text in regular and bold, as data URIs."""
    rules = []
    for path, weight in zip(FILES, _WEIGHTS, strict=True):
        content = base64.b64encode(subset(path, text)).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"{NAME}";font-weight:{weight};'
            f'src:url(data:font/woff;base64,{content}) format("woff")}}'
        )
    return "\n".join(rules)


def subset(path: Path, text: str) -> bytes:
    """Return a font file (WOFF) that holds the letters of a text and how they combine."""
    options = Options(flavor="woff", layout_features=["ccmp", "kern", "locl", "mark", "mkmk"])
    with TTFont(path, recalcTimestamp=False) as font:
        shaper = Subsetter(options)
        shaper.populate(text=text)
        shaper.subset(font)
        font.flavor = "woff"
        content = BytesIO()
        font.save(content, reorderTables=None)
    return content.getvalue()
