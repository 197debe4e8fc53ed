"""Occupancy by zone at the start, at a middle year and at the end, with the land it stands for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from experiments.plots.style import (
    ABREAST,
    GREY,
    ROW_POINTS,
    Drawn,
    Numbers,
    colour,
    largest_of,
    legend,
    legend_height,
    make_room,
    new_figure,
    panel_grid,
    panel_title,
    title,
    zone_names,
)
from experiments.texts import UNDEFINED, Texts

_AROUND, _BETWEEN, _ROW = 1.45, 0.3, 0.185  # inches: around the panels, between two, of a zone
_COLUMNS = ("scenario", "year", "zone", "name_en", "name_vi", "kind", "district")


def zone_figure(
    zones: pd.DataFrame,
    labels: Mapping[str, str],
    years: tuple[int, int],
    n: int,
    texts: Texts,
    *,
    in_all: int,
) -> Drawn:
    """Return a panel for each scenario, a line for each zone.

    Parameters
    ----------
    zones : DataFrame
        `Answer.zones`.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    years : tuple of int
        The middle and the last year.
    n : int
        Replicates.
    texts : Texts
        Language.
    in_all : int
        Zones of the province; the table may hold fewer.
    """
    first = zones[(zones["scenario"] == next(iter(labels))) & (zones["year"] == years[1])]
    columns = min(ABREAST, len(labels))
    lines = -(-len(labels) // columns)
    marks, width = _marks(years, n, texts), 2.2 + 4.2 * columns
    around = _AROUND + (lines - 1) * _BETWEEN + legend_height(marks, width)
    figure = new_figure(around + _ROW * len(first) * lines, width=width)
    grid = panel_grid(figure, len(labels), columns)
    lines_of = zone_names(first, texts)
    for place, (name, label) in enumerate(labels.items()):
        panel = grid.flat[place]
        _panel(panel, zones[zones["scenario"] == name], years, colour(place), texts)
        panel_title(panel, label)
    make_room(figure, grid)
    grid[0, 0].set_yticks(range(len(lines_of)), lines_of, fontsize=ROW_POINTS)
    grid[0, 0].set_ylim(len(lines_of) - 0.4, -0.6)
    title(figure, texts.get("figure", "zones").format(middle=years[0], end=years[1]))
    note = texts.get("figure", "zones_below").format(
        replicates=texts.counted("replicates", n), end=years[1]
    )
    legend(figure, marks, note + largest_of(len(first), in_all, texts))
    kept = zones[zones["year"].isin(years)]
    shown = [column for column in kept if column.startswith("occupancy") or column.endswith("_ha")]
    return Drawn(figure, kept[[*_COLUMNS, *shown]])


def _panel(
    axes: Axes, rows: pd.DataFrame, years: tuple[int, int], shade: str, texts: Texts
) -> None:
    middle, end = (rows[rows["year"] == year].reset_index(drop=True) for year in years)
    places = np.arange(len(end))
    low, high = (100.0 * end[f"occupancy_{q}_share"] for q in ("q05", "q95"))
    axes.hlines(places, low, high, color=shade, alpha=0.3, linewidth=5)
    axes.plot(
        100.0 * end["occupancy_start_share"],
        places,
        "o",
        markersize=7,
        markerfacecolor="none",
        markeredgecolor="black",
        markeredgewidth=0.9,
    )
    axes.plot(
        100.0 * middle["occupancy_share"],
        places,
        "|",
        color="black",
        markersize=9,
        markeredgewidth=1.4,
    )
    axes.plot(100.0 * end["occupancy_share"], places, "o", color=shade, markersize=4.5)
    for place, row in enumerate(end.to_dict("records")):
        axes.annotate(
            _land(row, texts),
            (1.01, place),
            xycoords=("axes fraction", "data"),
            fontsize=7,
            va="center",
            color=GREY,
        )
    axes.set_xlim(0.0, 103.0)
    axes.set_xticks(range(0, 101, 25))
    axes.xaxis.set_major_formatter(Numbers(texts))
    axes.set_xlabel(texts.get("figure", "occupancy_axis"), fontsize=8.5)
    axes.tick_params(labelsize=8, length=2)
    axes.grid(color="#e3e3e3", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def _land(row: dict[str, float], texts: Texts) -> str:
    """Return the leased and serviced land of a zone at the end."""
    if row["serviced_ha"] <= 0.0:
        return UNDEFINED
    digits = 0 if row["serviced_ha"] >= 10.0 else 1
    leased, serviced = (texts.number(row[key], digits) for key in ("leased_ha", "serviced_ha"))
    return f"{leased} / {serviced}"


def _marks(years: tuple[int, int], n: int, texts: Texts) -> list[Line2D]:
    """Return what the marks mean, for the legend; one replicate has no band."""
    start, end = Line2D([], [], marker="o"), Line2D([], [], marker="o")
    middle = Line2D([], [], marker="|", markersize=9, markeredgewidth=1.4)
    start.set(markersize=7, markerfacecolor="none", label=texts.get("figure", "start"))
    middle.set_label(str(years[0]))
    end.set(markersize=4.5, label=str(years[1]))
    for mark in (start, middle, end):
        mark.set(linestyle="none", color="black")
    label = f"{years[1]}: {texts.get('figure', 'band90')}"
    band = Line2D([], [], color=GREY, alpha=0.4, linewidth=5, label=label)
    return [start, middle, end, *([band] if n > 1 else [])]
