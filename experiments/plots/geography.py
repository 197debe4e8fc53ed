"""From longitude and latitude to a flat map in points: a window on the province, true to scale.

Equirectangular at the province's middle latitude: over the 50 km of a province distances are right
to a few thousandths, so one scale bar holds everywhere. Not for drawing: experiments/plots/map.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from matplotlib.path import Path as Curve

from experiments.outline import Region

# Mean radius of the earth, IUGG: 6371.0088 km.
KM_A_DEGREE: Final = 6371.0088 * math.pi / 180.0
_MARGIN: Final = 0.05  # of the province's width, on all sides
_GRID: Final = 40  # tried places of a region's name along each side


class Window(NamedTuple):
    """A rectangle of the map: its south-west corner [degrees], and its scale and size."""

    west_degrees: float
    south_degrees: float
    middle_degrees: float
    points_a_km: float
    width: float  # points
    height: float  # points

    def place(self, degrees: np.ndarray) -> np.ndarray:
        """Return longitudes and latitudes, shape (..., 2), as points from the lower left corner."""
        scale = self.points_a_km * KM_A_DEGREE
        shrink = math.cos(math.radians(self.middle_degrees))
        corner = (self.west_degrees, self.south_degrees)
        return np.asarray((degrees - corner) * (scale * shrink, scale))


def window_on(region: Region, width: float) -> Window:
    """Return the window that shows a region with a margin, of a width in points.

    Parameters
    ----------
    region : Region
        The province.
    width : float
        Of the map [points].
    """
    degrees = np.concatenate(region.rings)
    (west, south), (east, north) = degrees.min(0), degrees.max(0)
    middle = (south + north) / 2.0
    across_km = (east - west) * KM_A_DEGREE * math.cos(math.radians(middle))
    margin_km = _MARGIN * across_km
    up_km = (north - south) * KM_A_DEGREE
    points_a_km = width / (across_km + 2.0 * margin_km)
    return Window(
        west_degrees=west - margin_km / KM_A_DEGREE / math.cos(math.radians(middle)),
        south_degrees=south - margin_km / KM_A_DEGREE,
        middle_degrees=middle,
        points_a_km=points_a_km,
        width=width,
        height=(up_km + 2.0 * margin_km) * points_a_km,
    )


def name_spot(rings: Sequence[np.ndarray], window: Window, half_width: float) -> np.ndarray | None:
    """Return where in a window the name of a region fits best, or None where it has no room.

    Parameters
    ----------
    rings : sequence of ndarray, shape (points, 2)
        Of the region, in points of the window.
    window : Window
        What is shown.
    half_width : float
        Half the width of the name [points].

    Notes
    -----
    The place farthest from the region's border and from the frame, on a grid.
    """
    xs = np.linspace(half_width, window.width - half_width, _GRID)
    ys = np.linspace(8.0, window.height - 8.0, _GRID)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside = np.zeros(len(grid), dtype=bool)
    for ring in rings:
        inside ^= Curve(ring).contains_points(grid)
    if not inside.any():
        return None
    grid = grid[inside]
    border = np.concatenate([_dense(ring) for ring in rings])
    # A name is wide and low, so distances across count less than those up and down.
    gaps = (grid[:, None, :] - border[None, :, :]) / (max(half_width, 1.0), 5.0)
    room = np.hypot(gaps[..., 0], gaps[..., 1]).min(1)
    best = int(np.argmax(room))
    return grid[best] if room[best] > 1.0 else None


def _dense(ring: np.ndarray) -> np.ndarray:
    """Return a ring with points in between, so that distance to a point is distance to the line."""
    steps = np.linspace(0.0, 1.0, 6)[:-1, None, None]
    return (ring[:-1] + steps * np.diff(ring, axis=0)).reshape(-1, 2)
