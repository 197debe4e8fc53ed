"""What all figures share: colours that everyone can tell apart, sizes, axes, a legend line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, FuncFormatter, MaxNLocator

from experiments.plots.fonts import broken, cut, text_size
from experiments.plots.placement import spread
from experiments.texts import Texts

# Okabe and Ito's palette, dark to light; the base is always the first.
COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
# What binds a zone. Chosen for the largest least distance between any two, as seen with normal
# sight and without red, green or blue cones; tests/unit/test_plots.py measures it.
CONSTRAINT_COLOURS: Final = {
    "land_planning": "#CC9933",
    "land_no_operator": "#666600",
    "land_clearance": "#CC6666",
    "land_works": "#660000",
    "land_plant": "#996699",
    "land_expansion_rule": "#9999FF",
    "land_fully_built": "#333399",
    "rules": "#663366",
    "wastewater": "#99CCFF",
    "procedures": "#333333",
    "demand": "#FFCC99",
    "none": "#BBBBBB",
}
GREY: Final = "#595959"
ABREAST: Final = 3  # panels side by side that a page holds
MOST_ZONES: Final = 60  # lines of zones that a page holds
WIDE: Final = 10.0  # inches
ROW_POINTS: Final = 8.0  # names of rows
ZONE_NAME_WIDE: Final = 140.0  # points, at most
_LABEL_GAP: Final = 0.1  # of an axis, between two labels
_PANEL_SHARE: Final = 0.8  # of the width of its column that a panel is at least
_ROW_SHARE: Final = 0.9  # of the width of a figure that is right of the names of its axes
_BESIDE_ROWS: Final = 0.95  # of that width, for the names of rows and the panel
_TITLE: Final = 9.5  # points
_NO_BREAK: Final = "\u00a0"
_NOTE: Final = 8.5  # points
_NOTE_WIDE: Final = 120.0  # points, less than any panel
_MARK_POINTS: Final = 45.0  # wide: a mark of a legend and the gaps around it
_MARK_HEIGHT: Final = 0.21  # inches


class Drawn(NamedTuple):
    """A figure and the table behind it."""

    figure: Figure
    table: pd.DataFrame


def bare_figure(width: float, height: float) -> Figure:
    """Return an empty figure of a width and height in inches that arranges nothing by itself."""
    return Figure(figsize=(width, height), dpi=150)


def new_figure(height: float, *, width: float = WIDE) -> Figure:
    """Return an empty figure of a width and height in inches."""
    return Figure(figsize=(width, height), dpi=150, layout="constrained")


def panel_grid(figure: Figure, count: int, columns: int, *, shared: bool = True) -> np.ndarray:
    """Return panels side by side in lines, shape (lines, columns); spare ones are hidden.

    Parameters
    ----------
    figure : Figure
        An empty one.
    count : int
        Panels.
    columns : int
        How many side by side.
    shared : bool
        Whether all have the same axes.
    """
    lines = -(-count // columns)
    axes = figure.subplots(lines, columns, sharex=shared, sharey=shared, squeeze=False)
    for spare in axes.flat[count:]:
        spare.set_visible(False)
    for place in range(max(0, count - columns), count):  # nothing of ours is below these
        axes.flat[place].tick_params(labelbottom=True)
    return np.asarray(axes)


def colour(place: int) -> str:
    """Return the colour of a scenario by its place."""
    return COLOURS[place % len(COLOURS)]


def title(figure: Figure, heading: str) -> None:
    """Put a heading over a figure."""
    lines = broken(heading, 12.0, 70.0 * figure.get_figwidth(), bold=True)
    figure.suptitle(lines, x=0.01, ha="left", fontsize=12, fontweight="bold")


def legend(figure: Figure, marks: Sequence[Artist], note: str) -> None:
    """Say under a figure what the marks mean, and over how many replicates."""
    columns = _legend_columns(marks, figure.get_figwidth())
    room = 72.0 * figure.get_figwidth() - _MARK_POINTS
    for mark in marks:
        mark.set_label(broken(str(mark.get_label()), _NOTE, room))
    box = figure.legend(
        handles=marks,
        loc="outside lower left",
        ncols=columns,
        fontsize=_NOTE,
        frameon=False,
        title=note,
        title_fontsize=_NOTE,
        alignment="left",
    )
    box.get_title().set_color(GREY)


def legend_height(marks: Sequence[Artist], width: float) -> float:
    """Return how high the marks of a legend are under a figure of a width [inches]."""
    return _MARK_HEIGHT * -(-len(marks) // _legend_columns(marks, width))


def _legend_columns(marks: Sequence[Artist], width: float) -> int:
    widest = max((text_size(str(mark.get_label()), _NOTE)[0] for mark in marks), default=0.0)
    return max(1, min(4, int(72.0 * width // (widest + _MARK_POINTS))))


def largest_of(shown: int, in_all: int, texts: Texts) -> str:
    """Return the words for zones that are not all shown, to put behind a note; else nothing."""
    if shown == in_all:
        return ""
    numbers = {"shown": texts.number(shown, 0), "zones": texts.number(in_all, 0)}
    return "; " + texts.get("figure", "largest").format(**numbers)


class Numbers(Formatter):
    """Writes ticks as the language does, with just the decimals that tell them apart."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._ticks: list[float] = []

    def set_locs(self, locs: list[float]) -> None:
        """Take note of all ticks, before they are written one by one."""
        self._ticks = [float(tick) for tick in locs]

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the label of a tick."""
        ticks = [*self._ticks, float(x)]
        digits = next((d for d in range(6) if all(_is_round(tick, d) for tick in ticks)), 6)
        return self._texts.number(float(x), digits)


def _is_round(value: float, digits: int) -> bool:
    scaled = value * 10.0**digits
    return abs(scaled - round(scaled)) < 1e-6


def plain(axes: Axes, texts: Texts) -> None:
    """Draw an axis plainly: light grid, no box, numbers as the language writes them."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=8.5)
    axes.yaxis.set_major_formatter(Numbers(texts))


def zone_names(zones: pd.DataFrame, texts: Texts) -> list[str]:
    """Return the names of zones with their kind, as they stand before rows of a figure."""
    named = zip(zones[f"name_{texts.language}"], zones["kind"], strict=True)
    return [
        f"{cut(name, ROW_POINTS, ZONE_NAME_WIDE)} ({texts.get('kind', kind)})"
        for name, kind in named
    ]


def note_in(axes: Axes, text: str) -> None:
    """Say in the middle of an empty panel why nothing is drawn there."""
    lines = broken(text, _NOTE, _NOTE_WIDE)
    note = axes.text(0.5, 0.5, lines, ha="center", va="center", transform=axes.transAxes)
    note.set(fontsize=_NOTE, color=GREY, backgroundcolor="white")


def year_ticks(axes: Axes, years: Sequence[int]) -> None:
    """Put ticks at whole years only, and not more than fit."""
    axes.xaxis.set_major_locator(MaxNLocator(nbins=min(len(years), 6), integer=True, min_n_ticks=1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))


def end_labels(axes: Axes, x: float, ends: Sequence[tuple[float, str, str]]) -> None:
    """Write right of curves where they end, in their colours, none over another.

    Parameters
    ----------
    axes : Axes
        With its final range.
    x : float
        Where the curves end.
    ends : sequence of (height, text, colour)
        One for each curve.
    """
    low, high = axes.get_ylim()
    heights = spread([height for height, _, _ in ends], _LABEL_GAP * (high - low))
    for height, (_, text, shade) in zip(heights, ends, strict=True):
        label = axes.annotate(text, (x, height), (3, 0), textcoords="offset points", va="center")
        label.set(fontsize=7.5, color=ink(shade), annotation_clip=False)


def ink(shade: str) -> tuple[float, float, float]:
    """Return a colour dark enough for small letters on white."""
    red, green, blue = (0.7 * part for part in to_rgb(shade))
    return red, green, blue


def panel_title(axes: Axes, text: str, *, unit: str = "") -> None:
    """Put a title on a panel, in lines no longer than it is wide beside the names of its rows.

    A unit follows in brackets and is not broken.
    """
    if unit:
        text = f"{text} [{unit.replace(' ', _NO_BREAK)}]"
    place, figure = axes.get_subplotspec(), axes.get_figure(root=True)
    columns = 1 if place is None else place.get_gridspec().ncols
    column = 72.0 * (WIDE if figure is None else figure.get_figwidth()) / columns
    rows = [
        text_size(row.get_text(), float(row.get_fontsize()))[0] for row in axes.get_yticklabels()
    ]
    width = min(_PANEL_SHARE * column, _BESIDE_ROWS * column - max(rows, default=0.0))
    axes.set_title(broken(text, _TITLE, width), loc="left", fontsize=_TITLE)


def make_room(figure: Figure, grid: np.ndarray) -> None:
    """Make a figure higher where titles of its panels take more than a line."""
    lines = sum(max(axes.get_title(loc="left").count("\n") for axes in line) for line in grid)
    figure.set_figheight(figure.get_figheight() + 1.3 * _TITLE / 72.0 * lines)


def row_titles(row: Sequence[Axes], label: str, texts: Sequence[str]) -> None:
    """Put titles on a row of panels, and over them in bold the scenario that they show."""
    figure = row[0].get_figure(root=True)
    room = 72.0 * (WIDE if figure is None else figure.get_figwidth()) * _ROW_SHARE
    lines = broken(label, _TITLE, room, bold=True)
    blank = "\n" * (1 + lines.count("\n"))  # lines for the scenario
    for axes, text in zip(row, texts, strict=True):
        axes.set_title(f"{blank}{text}", loc="left", fontsize=_TITLE)
    place = (0.0, 6.0 + 1.3 * _TITLE)  # points over the panel
    over = row[0].annotate(lines, (0.0, 1.0), place, "axes fraction", "offset points")
    over.set(fontsize=_TITLE, fontweight="bold", annotation_clip=False, in_layout=False)
