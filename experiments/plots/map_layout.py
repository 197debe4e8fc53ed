"""What a map shows whatever the year: outlines, bubbles at their places, labels that keep clear."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from experiments.outline import Outline
from experiments.plots.fonts import cut, text_size
from experiments.plots.geography import Window, name_spot, window_on
from experiments.plots.placement import Circle, Label, Rectangle, apart, place_labels
from experiments.plots.style import ZONE_NAME_WIDE
from experiments.texts import Texts

NAME_POINTS: Final = 6.5
NUMBER_POINTS: Final = 6.0
SCALE_KM: Final = 10.0
_BUBBLE: Final = 0.0028  # radius of a bubble of 1 ha, as a share of the map's width
_CROWD: Final = 30.0  # points within which bubbles contend for room
_GAP: Final = 1.0  # points between two bubbles
_CORNER: Final = 8.0  # points from the corner to the scale bar


class Tag(NamedTuple):
    """A label of a zone: a name, or a number that the key explains."""

    text: str
    size_points: float
    label: Label


class MapLayout(NamedTuple):
    """Everything that stays the same from panel to panel, in points of a panel."""

    window: Window
    lands: tuple[tuple[str, tuple[np.ndarray, ...]], ...]  # name and rings; the province is first
    names: tuple[tuple[str, float, float], ...]  # of neighbours, with their middle
    zones: tuple[str, ...]
    circles: tuple[Circle, ...]  # in the order of `zones`
    tags: tuple[Tag, ...]
    key: tuple[str, ...]  # what the numbers mean
    scale_bar: tuple[float, float, float]  # left, height and length [points]
    moved_km: float  # how far the bubble that was moved most lies from its place


def radius_points(leasable_ha: float, width: float) -> float:
    """Return the radius of a bubble, whose area stands for leasable land, on a map of a width."""
    return _BUBBLE * width * math.sqrt(leasable_ha)


def lay_out(
    places: pd.DataFrame, outline: Outline, province_name: str, width: float, texts: Texts
) -> MapLayout:
    """Return the layout of a map of a width in points.

    Parameters
    ----------
    places : DataFrame
        `Answer.places`.
    outline : Outline
        Of the province and its neighbours.
    province_name : str
        Name of the province in the outline.
    width : float
        Of a panel [points].
    texts : Texts
        Language of the zones' names.
    """
    home = outline.home(province_name)
    window = window_on(home, width)
    others = [region for region in outline.regions if region is not home]
    lands = [
        (region.name, tuple(window.place(ring) for ring in region.rings))
        for region in (home, *others)
    ]
    degrees = places[["lon_degrees", "lat_degrees"]].to_numpy(dtype=float)
    spots = window.place(degrees)
    radii = [radius_points(float(ha), width) for ha in places["leasable_ha"]]
    at_home = [Circle(float(x), float(y), r) for (x, y), r in zip(spots, radii, strict=True)]
    circles = apart(at_home, _GAP)
    moved = max(math.dist(a[:2], b[:2]) for a, b in zip(at_home, circles, strict=True))
    names = _neighbour_names(lands[1:], window)
    length = SCALE_KM * window.points_a_km
    bar = (_CORNER, _CORNER, length)
    taken = [_around(*name) for name in names]
    taken.append(Rectangle(bar[0], bar[1] - 2.0, bar[0] + length, bar[1] + 12.0))
    tags, key = _tags(places, circles, window, taken, texts)
    return MapLayout(
        window=window,
        lands=tuple(lands),
        names=names,
        zones=tuple(places["zone"]),
        circles=tuple(circles),
        tags=tags,
        key=key,
        scale_bar=bar,
        moved_km=moved / window.points_a_km,
    )


def _neighbour_names(
    lands: Sequence[tuple[str, tuple[np.ndarray, ...]]], window: Window
) -> tuple[tuple[str, float, float], ...]:
    """Return the names of neighbours that have room for them, with their middles."""
    names = []
    for name, rings in lands:
        spot = name_spot(rings, window, text_size(name, NAME_POINTS)[0] / 2.0 + 6.0)
        if spot is not None:
            names.append((name, float(spot[0]), float(spot[1])))
    return tuple(names)


def _around(text: str, x: float, y: float) -> Rectangle:
    width, height = text_size(text, NAME_POINTS)
    return Rectangle(x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0)


def _tags(
    places: pd.DataFrame,
    circles: Sequence[Circle],
    window: Window,
    taken: Sequence[Rectangle],
    texts: Texts,
) -> tuple[tuple[Tag, ...], tuple[str, ...]]:
    """Return the labels of all zones, parks by name and clusters by number, and the numbers' key.

    Parks choose their place first, and where it is crowded before where there is room.
    """
    names = places[f"name_{texts.language}"].tolist()
    is_park = (places["kind"] == "park").tolist()
    clusters = [place for place, park in enumerate(is_park) if not park]
    numbers = {place: str(number) for number, place in enumerate(clusters, start=1)}
    shown = [cut(name, NAME_POINTS, ZONE_NAME_WIDE) for name in names]
    texts_of = [numbers.get(place, name) for place, name in enumerate(shown)]
    sizes_of = [NAME_POINTS if park else NUMBER_POINTS for park in is_park]
    crowd = [sum(math.dist(a[:2], b[:2]) < _CROWD for b in circles) for a in circles]
    order = sorted(range(len(names)), key=lambda p: (not is_park[p], -crowd[p], p))
    sizes = [text_size(texts_of[place], sizes_of[place]) for place in order]
    frame = Rectangle(0.0, 0.0, window.width, window.height).wider(-3.0)
    labels = place_labels([circles[place] for place in order], sizes, frame, taken)
    tags = zip(order, labels, strict=True)
    key = tuple(f"{number} {names[place]}" for place, number in numbers.items())
    return tuple(Tag(texts_of[place], sizes_of[place], label) for place, label in tags), key
