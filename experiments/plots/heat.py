"""What binds each zone year by year: a field of colours, with a letter for who cannot tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Patch, Rectangle

from experiments.constraint import CONSTRAINTS
from experiments.plots.style import (
    ABREAST,
    CONSTRAINT_COLOURS,
    ROW_POINTS,
    Drawn,
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
from experiments.texts import Texts

_AROUND, _BETWEEN, _ROW = 1.15, 0.3, 0.155  # inches: around the panels, between two, of a zone
LETTERS: Final = dict(zip(CONSTRAINTS, "PNCMTEFRWLD", strict=False)) | {"none": ""}


def constraint_figure(
    constraints: pd.DataFrame, labels: Mapping[str, str], n: int, texts: Texts, *, in_all: int
) -> Drawn:
    """Return a panel for each scenario, a line for each zone, a field for each year.

    Parameters
    ----------
    constraints : DataFrame
        `Answer.constraints`.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    n : int
        Replicates.
    texts : Texts
        Language.
    in_all : int
        Zones of the province; the table may hold fewer.
    """
    zones = constraints.drop_duplicates("zone")
    years = sorted(constraints["year"].unique())
    columns = min(ABREAST, len(labels))
    lines = -(-len(labels) // columns)
    marks, width = _marks(constraints["constraint"], texts), 2.4 + 3.8 * columns
    around = _AROUND + (lines - 1) * _BETWEEN + legend_height(marks, width)
    figure = new_figure(around + _ROW * len(zones) * lines, width=width)
    grid = panel_grid(figure, len(labels), columns)
    for panel, (name, label) in zip(grid.flat, labels.items(), strict=False):
        own = constraints[constraints["scenario"] == name]
        _panel(panel, own.pivot(index="zone", columns="year"), list(zones["zone"]), years)
        panel_title(panel, label)
    make_room(figure, grid)
    named = zone_names(zones, texts)
    grid[0, 0].set_yticks(np.arange(len(zones)) + 0.5, named, fontsize=ROW_POINTS)
    grid[0, 0].set_ylim(len(zones), 0.0)
    title(figure, texts.get("figure", "constraints"))
    note = texts.get("figure", "constraints_note").format(replicates=texts.counted("replicates", n))
    note += largest_of(len(zones), in_all, texts)
    legend(figure, marks, note)
    keep = ["scenario", "year", "zone", "name_en", "name_vi", "kind", "district", "constraint"]
    return Drawn(figure, constraints[[*keep, "most_frequent", "most_frequent_share"]])


def _panel(axes: Axes, table: pd.DataFrame, zones: Sequence[str], years: Sequence[int]) -> None:
    """Fill a panel: a field for each zone and year."""
    for line, zone in enumerate(zones):
        for column, year in enumerate(years):
            key = table.loc[zone, ("constraint", year)]
            shade = CONSTRAINT_COLOURS[key]
            axes.add_patch(
                Rectangle(
                    (column, line), 1.0, 1.0, facecolor=shade, edgecolor="white", linewidth=1.0
                )
            )
            letter = axes.text(column + 0.5, line + 0.5, LETTERS[key], ha="center", va="center")
            letter.set(fontsize=6.5, color=ink_on(shade))
    axes.set_xlim(0.0, len(years))
    axes.set_xticks(np.arange(len(years)) + 0.5, [f"{year}" for year in years], fontsize=8)
    axes.tick_params(length=0, labelsize=8)
    axes.spines[:].set_visible(False)


def ink_on(colour: str) -> str:
    """Return whether black or white letters are read more easily on a colour.

    Source
    ------
    Relative luminance of WCAG 2.1; contrast with black and white is even at 0.18.
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if (luminance + 0.05) ** 2 < 1.05 * 0.05 else "black"


def _marks(binding: pd.Series, texts: Texts) -> list[Patch]:
    """Return the constraints that occur, for the legend."""
    found = [key for key in CONSTRAINTS if (binding == key).any()]
    return [Patch(color=CONSTRAINT_COLOURS[key], label=_named(key, texts)) for key in found]


def _named(key: str, texts: Texts) -> str:
    letter = LETTERS[key]
    return f"{letter}: {texts.get('binding', key)}" if letter else texts.get("binding", key)
