"""A zone as a bubble: its area is leasable land, its slice occupancy, its colour what binds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Circle, Patch, Wedge

from experiments.plots.fonts import broken, text_size
from experiments.plots.style import GREY

_RIM: Final = "#333333"
_RIM_POINTS: Final = 0.6
_LINE: Final = 11.0  # points from one line of a legend to the next
_BETWEEN: Final = 12.0  # points between two entries
LEGEND_POINTS: Final = 7.5


class Bubble(NamedTuple):
    """How a zone looks; `occupancy` is NaN where no land is serviced yet."""

    radius: float  # points
    occupancy: float
    colour: str


class LegendEntry(NamedTuple):
    """A text of a legend, with a bubble before it or none; headings are grey."""

    text: str
    bubble: Bubble | None = None
    heading: bool = False


class Spot(NamedTuple):
    """Where an entry goes: left end and middle, points from the upper left corner."""

    left: float
    down: float
    entry: LegendEntry


def draw_bubble(axes: Axes, x: float, y: float, bubble: Bubble) -> list[Artist]:
    """Draw a bubble on axes in points and return what was drawn.

    A slice grows clockwise from noon; without serviced land there is a broken rim and no slice.
    """
    radius, occupancy, shade = bubble
    whole = Circle((x, y), radius, facecolor=tint(shade), edgecolor=_RIM, linewidth=_RIM_POINTS)
    if not math.isfinite(occupancy):
        whole.set_linestyle((0, (2.5, 2.0)))
    parts: list[Patch] = [whole]
    if occupancy > 0.0:
        start = 90.0 - 360.0 * occupancy
        parts.append(Wedge((x, y), radius, start, 90.0, facecolor=shade, edgecolor=_RIM))
        parts[-1].set_linewidth(0.5 * _RIM_POINTS)
    return [axes.add_artist(part) for part in parts]


def tint(shade: str, share: float = 0.75) -> tuple[float, float, float]:
    """Return a colour mixed with a share of white."""
    red, green, blue = (1.0 - (1.0 - part) * (1.0 - share) for part in to_rgb(shade))
    return red, green, blue


def flow(lines: Sequence[Sequence[LegendEntry]], width: float) -> tuple[list[Spot], float]:
    """Return where the entries of a legend go, each list on lines of its own, and their height.

    Parameters
    ----------
    lines : sequence of sequence of LegendEntry
        What belongs together.
    width : float
        Of the legend [points].
    """
    spots: list[Spot] = []
    down = 0.0
    for line in [_pieces(line, width) for line in lines]:
        tallest = max(2.0 * entry.bubble.radius if entry.bubble else 0.0 for entry in line)
        height = max(_LINE, tallest + 3.0)
        left, middle = 0.0, down + height / 2.0
        for entry in line:
            mark = 2.0 * entry.bubble.radius + 3.0 if entry.bubble else 0.0
            across = mark + text_size(entry.text, LEGEND_POINTS)[0]
            if left > 0.0 and left + across > width:
                left, middle = 0.0, middle + height
            spots.append(Spot(left, middle, entry))
            left += across + _BETWEEN
        down = middle + height / 2.0 + 2.0
    return spots, down


def _pieces(line: Sequence[LegendEntry], width: float) -> list[LegendEntry]:
    """Return entries of which none without a bubble is wider than a line."""
    found: list[LegendEntry] = []
    for entry in line:
        text = entry.text if entry.bubble else broken(entry.text, LEGEND_POINTS, width)
        found += [entry._replace(text=piece) for piece in text.split("\n")]
    return found


def draw_legend(axes: Axes, spots: Sequence[Spot], height: float) -> None:
    """Draw a legend on axes in points whose upper left corner is at (0, height)."""
    for left, down, entry in spots:
        x = left
        if entry.bubble is not None:
            draw_bubble(axes, x + entry.bubble.radius, height - down, entry.bubble)
            x += 2.0 * entry.bubble.radius + 3.0
        shade = GREY if entry.heading else "black"
        axes.text(x, height - down, entry.text, fontsize=LEGEND_POINTS, color=shade, va="center")
