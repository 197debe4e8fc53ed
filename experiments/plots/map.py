"""Maps of a province: zones as bubbles on its outline, years or months side by side.

`Sheet` is the paper, the same for a map of years and for a film: one panel a scenario and year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from matplotlib.text import Text

from experiments.constraint import CONSTRAINTS
from experiments.measures import ratio
from experiments.outline import Outline
from experiments.plots.bubbles import Bubble, LegendEntry, draw_bubble, draw_legend, flow
from experiments.plots.map_layout import (
    NAME_POINTS,
    SCALE_KM,
    MapLayout,
    lay_out,
    radius_points,
)
from experiments.plots.style import CONSTRAINT_COLOURS, GREY, WIDE, Drawn, bare_figure
from experiments.texts import Texts

_EDGE: Final = 9.0  # points around everything
_HEADING: Final = 26.0  # points for the title
_CAPTION: Final = 18.0  # points over a panel
_LABEL: Final = 14.0  # points for a line of what a scenario is called
_SIZES_HA: Final = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
_LAND: Final = {"home": ("#ffffff", "#8a8a8a"), "neighbour": ("#ececec", "#ffffff")}


class Ground(NamedTuple):
    """What a map is drawn on."""

    places: pd.DataFrame  # `Answer.places`
    outline: Outline
    province_name: str  # in the outline
    title_name: str  # in the language of the figure


class Sheet(NamedTuple):
    """A figure with empty panels, one a row and column, and how maps are laid out on them."""

    figure: Figure
    heading: Text
    panels: np.ndarray  # of Axes, shape (rows, columns)
    layout: MapLayout


def map_figure(
    constraints: pd.DataFrame,
    ground: Ground,
    labels: Mapping[str, str],
    years: Sequence[int],
    n: int,
    texts: Texts,
) -> Drawn:
    """Return the zones at the end of some years, a row for each scenario.

    Parameters
    ----------
    constraints : DataFrame
        `Answer.constraints`.
    ground : Ground
        Where.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    years : sequence of int
        From left to right.
    n : int
        Replicates.
    texts : Texts
        Language.
    """
    names = list(labels)
    rows = constraints[constraints["year"].isin(years) & constraints["scenario"].isin(names)]
    title = texts.get("figure", "map").format(province=ground.title_name)
    note = texts.get("figure", "map_note").format(replicates=texts.counted("replicates", n))
    called = {(row, 0): label for row, label in enumerate(labels.values())}
    shape, binding = (len(names), len(years)), rows["constraint"]
    sheet = new_sheet(ground, shape, binding, (title, note), called, texts)
    for (row, column), panel in np.ndenumerate(sheet.panels):
        chosen = (rows["scenario"] == names[row]) & (rows["year"] == years[column])
        draw_zones(panel, sheet.layout, rows[chosen])
        caption = texts.get("figure", "map_panel").format(year=years[column])
        panel.set_title(caption, loc="left", fontsize=9.0)
    table = rows.merge(ground.places[["zone", "lat_degrees", "lon_degrees", "leasable_ha"]])
    kept = ["serviced_ha", "leased_ha", "constraint"]
    places = ["lat_degrees", "lon_degrees", "leasable_ha"]
    return Drawn(sheet.figure, table[["scenario", "year", "zone", *places, *kept]])


def new_sheet(
    ground: Ground,
    shape: tuple[int, int],
    binding: pd.Series,
    words: tuple[str, str],
    labels: Mapping[tuple[int, int], str],
    texts: Texts,
    *,
    width_inches: float = WIDE,
) -> Sheet:
    """Return a sheet with outlines, labels, scale bars and the legend, but no bubbles yet.

    Parameters
    ----------
    ground : Ground
        Where.
    shape : (int, int)
        Rows and columns of panels.
    binding : Series of str
        Constraints that occur.
    words : (str, str)
        Title, and what the colours and slices are means of.
    labels : mapping of (int, int) to str
        What to write over panels, by row and column.
    texts : Texts
        Language.
    width_inches : float
        Of the sheet.
    """
    rows, columns = shape
    width = 72.0 * width_inches - 2.0 * _EDGE
    across = (width - (columns - 1) * _EDGE) / columns
    layout = lay_out(ground.places, ground.outline, ground.province_name, across, texts)
    up = layout.window.height
    spots, legend_height = flow(_legend(ground, layout, binding, words[1], texts), width)
    over = _CAPTION + _LABEL * max(label.count("\n") + 1 for label in labels.values())
    height = _HEADING + rows * (over + up) + 2.0 * _EDGE + legend_height
    figure = bare_figure(width_inches, height / 72.0)
    panels = np.empty(shape, dtype=object)
    for row in range(rows):
        bottom = height - _HEADING - (row + 1) * (over + up)
        for column in range(columns):
            left = _EDGE + column * (across + _EDGE)
            panels[row, column] = _axes(figure, (left, bottom, across, up))
            _draw_ground(panels[row, column], layout, texts)
            place = (left / (72.0 * width_inches), (bottom + up + _CAPTION) / height)
            label = labels.get((row, column), "")
            figure.text(*place, label, fontsize=9.0, fontweight="bold")
    below = _axes(figure, (_EDGE, _EDGE, width, legend_height))
    below.set_axis_off()
    draw_legend(below, spots, legend_height)
    heading = figure.suptitle(words[0], x=_EDGE / (72.0 * width_inches), y=1.0 - 8.0 / height)
    heading.set(ha="left", va="top", fontsize=12, fontweight="bold")
    return Sheet(figure, heading, panels, layout)


def draw_zones(axes: Axes, layout: MapLayout, rows: pd.DataFrame) -> list[Artist]:
    """Draw the bubbles of one scenario and moment and return what was drawn.

    Parameters
    ----------
    axes : Axes
        A panel of a sheet.
    layout : MapLayout
        Of the sheet.
    rows : DataFrame
        zone, serviced_ha, leased_ha, constraint: a row for each zone.
    """
    own = rows.set_index("zone").loc[list(layout.zones)]
    occupancy = ratio(own["leased_ha"].to_numpy(), own["serviced_ha"].to_numpy())
    drawn: list[Artist] = []
    for circle, share, key in zip(layout.circles, occupancy, own["constraint"], strict=True):
        bubble = Bubble(circle.radius, float(share), CONSTRAINT_COLOURS[key])
        drawn += draw_bubble(axes, circle.x, circle.y, bubble)
    return drawn


def _axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Return axes whose units are points: left, bottom, width and height of a figure."""
    left, bottom, width, height = box
    across, up = 72.0 * figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    axes.set(xlim=(0.0, width), ylim=(0.0, height), xticks=[], yticks=[])
    axes.spines[:].set(color="#b0b0b0", linewidth=0.6)
    return axes


def _draw_ground(axes: Axes, layout: MapLayout, texts: Texts) -> None:
    """Draw outlines, labels and the scale bar; bubbles come later and lie over leader lines."""
    for place, (_, rings) in enumerate(reversed(layout.lands), start=1):
        face, edge = _LAND["home" if place == len(layout.lands) else "neighbour"]
        for ring in rings:
            land = Polygon(ring, facecolor=face, edgecolor=edge, linewidth=0.8, zorder=0.5)
            axes.add_artist(land)
    for name, x, y in layout.names:
        axes.text(x, y, name, fontsize=NAME_POINTS, color="#777777", ha="center", va="center")
    for tag in layout.tags:
        box = tag.label.box
        if tag.label.leader:
            axes.plot(*zip(*tag.label.leader, strict=True), color=GREY, linewidth=0.4, zorder=0.9)
        x, y = (box.left + box.right) / 2.0, (box.bottom + box.top) / 2.0
        axes.text(x, y, tag.text, fontsize=tag.size_points, ha="center", va="center")
    left, bottom, length = layout.scale_bar
    axes.plot([left, left + length], [bottom, bottom], color="black", linewidth=1.6)
    label = f"{texts.number(SCALE_KM, 0)} km"
    axes.text(left, bottom + 2.5, label, fontsize=NAME_POINTS, va="bottom")


def _legend(
    ground: Ground, layout: MapLayout, binding: pd.Series, note: str, texts: Texts
) -> list[list[LegendEntry]]:
    """Return the lines of the legend."""

    def say(key: str) -> str:
        return texts.get("figure", key)

    def heading(key: str) -> LegendEntry:
        return LegendEntry(say(key), heading=True)

    width, middle = layout.window.width, 5.0
    largest = float(ground.places["leasable_ha"].max())
    sizes = [ha for ha in _SIZES_HA if ha <= largest][-3:]
    colours = [heading("map_colour")] + [
        LegendEntry(texts.get("binding", key), Bubble(4.0, 1.0, CONSTRAINT_COLOURS[key]))
        for key in CONSTRAINTS
        if (binding == key).any()
    ]
    fill = [heading("map_fill")] + [
        LegendEntry(f"{texts.number(100.0 * share, 0)} %", Bubble(middle, share, GREY))
        for share in (0.25, 0.5, 1.0)
    ]
    fill.append(LegendEntry(say("no_land"), Bubble(middle, math.nan, GREY)))
    fill.append(heading("map_area"))
    fill += [
        LegendEntry(f"{texts.number(ha, 0)} ha", Bubble(radius_points(ha, width), 0.0, GREY))
        for ha in sizes
    ]
    assumed = sum(str(source).startswith("A:") for source in ground.places["position_source"])
    moved = texts.number(layout.moved_km, 1)
    where = say("map_places").format(assumed=assumed, zones=len(ground.places), km=moved)
    lines = [fill, colours, [LegendEntry(note, heading=True)]]
    if layout.key:
        lines.insert(2, [heading("map_key"), *map(LegendEntry, layout.key)])
    credit = [
        LegendEntry(text, heading=True)
        for text in (where, ground.outline.credit[texts.language])
        if text
    ]
    return lines + [[entry] for entry in credit]
