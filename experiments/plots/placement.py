"""Where labels and bubbles go so that none hides another: plain geometry, the same every time.

All lengths are in points (1/72 inch) and y points up. Not for drawing: experiments/plots/map.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Final, NamedTuple

import numpy as np

_ROUNDS: Final = 500
_GAPS: Final = (
    2.2,
    3.5,
    6.0,
    9.0,
    12.0,
    16.0,
    20.0,
    25.0,
    30.0,
    38.0,
    50.0,
    65.0,
)  # from bubble to label
_LEADER_FROM: Final = 4.0  # gaps up to here need no line
_TURNS: Final = (
    0,
    12,
    1,
    23,
    6,
    18,
    11,
    13,
    2,
    22,
    3,
    21,
    4,
    20,
    5,
    19,
    7,
    17,
    8,
    16,
    9,
    15,
    10,
    14,
)
_CLEARANCE: Final = 1.3
_A_POINT: Final = 0.2  # what a point of distance costs, beside faults
_APART: Final = 3.5  # so that a label does not seem to be that of another bubble

Line = tuple[tuple[float, float], tuple[float, float]]  # from, to


class Circle(NamedTuple):
    """A bubble."""

    x: float
    y: float
    radius: float


class Rectangle(NamedTuple):
    """A label, or the frame that labels stay in."""

    left: float
    bottom: float
    right: float
    top: float

    def wider(self, margin: float) -> Rectangle:
        """Return the box with a margin on all sides."""
        left, bottom, right, top = self
        return Rectangle(left - margin, bottom - margin, right + margin, top + margin)

    def overlaps(self, other: Rectangle) -> bool:
        """Return whether two boxes share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def holds(self, other: Rectangle) -> bool:
        """Return whether another box lies within."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def touches(self, circle: Circle) -> bool:
        """Return whether a circle reaches into the box."""
        dx = circle.x - min(max(circle.x, self.left), self.right)
        dy = circle.y - min(max(circle.y, self.bottom), self.top)
        return math.hypot(dx, dy) < circle.radius


class Label(NamedTuple):
    """Where a label goes, and the line that leads to it from its bubble, if it needs one."""

    box: Rectangle
    leader: Line | None


def apart(circles: Sequence[Circle], gap: float) -> list[Circle]:
    """Return circles pushed apart until none hides another, each as near its place as that allows.

    Parameters
    ----------
    circles : sequence of Circle
        At their places.
    gap : float
        Least distance between two rims [points].

    Notes
    -----
    Overlapping pairs move apart along the line between them, the smaller one more; circles on the
    same spot part by their order. Each round first draws everything a little back to its place.
    """
    home = np.array([(circle.x, circle.y) for circle in circles])
    radii = np.array([circle.radius for circle in circles])
    spots = home.copy()
    for turn in range(_ROUNDS):
        pull = 0.1 * (1.0 - turn / (0.6 * _ROUNDS))
        spots += max(0.0, pull) * (home - spots)
        if not _push(spots, radii, gap) and pull <= 0.0:
            break
    return [Circle(float(x), float(y), c.radius) for (x, y), c in zip(spots, circles, strict=True)]


def _push(spots: np.ndarray, radii: np.ndarray, gap: float) -> bool:
    """Move each overlapping pair apart, in place; return whether there was any."""
    distances = np.hypot(*(spots[:, None, :] - spots[None, :, :]).transpose(2, 0, 1))
    near = np.argwhere(np.tril(distances < radii[:, None] + radii[None, :] + gap - 1e-3, -1))
    for i, j in near.tolist():
        across = spots[i] - spots[j]
        distance = float(np.hypot(*across))
        lack = max(0.0, radii[i] + radii[j] + gap - distance)
        way = across / distance if distance > 1e-9 else np.array([math.cos(i), math.sin(i)])
        share = radii[j] ** 2 / (radii[i] ** 2 + radii[j] ** 2)
        spots[i] += lack * share * way
        spots[j] -= lack * (1.0 - share) * way
    return len(near) > 0


def place_labels(
    circles: Sequence[Circle],
    sizes: Sequence[tuple[float, float]],
    frame: Rectangle,
    taken: Sequence[Rectangle],
) -> list[Label]:
    """Return a place for the label of each of the first circles, free of circles and labels.

    Parameters
    ----------
    circles : sequence of Circle
        All bubbles; those with a label come first, in the order in which labels choose.
    sizes : sequence of (width, height)
        Of the labels.
    frame : Rectangle
        Where labels may be.
    taken : sequence of Rectangle
        What else they must leave free.

    Returns
    -------
    list of Label
        The nearest free place of each, to the right rather than to the left. Where nothing is
        free, the place with the fewest overlaps.
    """
    placed = [Label(box, None) for box in taken]
    for circle, size in zip(circles, sizes, strict=False):
        placed.append(_best(circle, size, circles, placed, frame))
    return placed[len(taken) :]


def _best(
    circle: Circle,
    size: tuple[float, float],
    circles: Sequence[Circle],
    placed: Sequence[Label],
    frame: Rectangle,
) -> Label:
    """Return the place of least cost; of equals the first, near and to the right."""
    best, least = _option(circle, size, _GAPS[0], 0), math.inf
    for gap, turn in product(_GAPS, _TURNS):
        if least <= _A_POINT * gap:
            return best
        option = _option(circle, size, gap, turn)
        cost = _A_POINT * gap + _faults(option, circle, circles, placed, frame)
        if cost < least:
            best, least = option, cost
    return best


def _option(circle: Circle, size: tuple[float, float], gap: float, turn: int) -> Label:
    """Return a label that leaves a gap to its bubble, in one of 24 directions."""
    angle = 2.0 * math.pi * turn / 24.0
    ux, uy = math.cos(angle), math.sin(angle)
    x, y = circle.x + (circle.radius + gap) * ux, circle.y + (circle.radius + gap) * uy
    left, bottom = x - size[0] * (1.0 - ux) / 2.0, y - size[1] * (1.0 - uy) / 2.0
    box = Rectangle(left, bottom, left + size[0], bottom + size[1])
    if gap <= _LEADER_FROM:
        return Label(box, None)
    rim = (circle.x + circle.radius * ux, circle.y + circle.radius * uy)
    return Label(box, (rim, (x, y)))


def _faults(
    label: Label, own: Circle, circles: Sequence[Circle], placed: Sequence[Label], frame: Rectangle
) -> int:
    """Return what a label would hide; lines across others, and nearness to them, count less.

    The weights are a matter of looks: found by trying, on the map of Ninh Bình.
    """
    box, apart = label.box.wider(_CLEARANCE), label.box.wider(_APART)
    points = _along(label.leader)
    hidden = sum(box.touches(circle) for circle in circles)
    hidden += sum(box.overlaps(other.box) for other in placed)
    crossed = sum(_crosses(points, circle) for circle in circles if circle != own)
    crossed += sum(_within(points, other.box) for other in placed)
    crossed += sum(_within(_along(other.leader), box) for other in placed)
    crossed += sum(_meet(label.leader, other.leader) for other in placed)
    near = sum(apart.touches(circle) for circle in circles if circle != own)
    return 100 * hidden + 10 * crossed + near + 1000 * (not frame.holds(box))


def _along(leader: Line | None) -> np.ndarray:
    """Return points along a line, shape (points, 2)."""
    return np.linspace(leader[0], leader[1], 12) if leader else np.empty((0, 2))


def _meet(one: Line | None, other: Line | None) -> bool:
    """Return whether two lines cross."""
    if one is None or other is None:
        return False
    return _parts(one, other) and _parts(other, one)


def _parts(line: Line, other: Line) -> bool:
    """Return whether the ends of another line lie on different sides of a line."""
    (x, y), (end_x, end_y) = line
    sides = [(end_x - x) * (v - y) - (end_y - y) * (u - x) for u, v in other]
    return sides[0] * sides[1] < 0.0


def _crosses(points: np.ndarray, circle: Circle) -> bool:
    distance = np.hypot(points[:, 0] - circle.x, points[:, 1] - circle.y)
    return bool((distance < circle.radius).any())


def _within(points: np.ndarray, box: Rectangle) -> bool:
    x, y = points.T
    inside = (x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top)
    return bool(inside.any())


def spread(values: Sequence[float], gap: float) -> list[float]:
    """Return values moved so far apart that neighbours keep a gap, around the same middle.

    Examples
    --------
    >>> spread([1.0, 10.0, 1.0], 2.0)
    [0.0, 10.0, 2.0]
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    groups: list[list[int]] = []
    for place in order:
        groups.append([place])
        while len(groups) > 1 and _start(groups[-1], values, gap) < (
            _start(groups[-2], values, gap) + gap * len(groups[-2])
        ):
            groups[-2:] = [groups[-2] + groups[-1]]
    found = list(map(float, values))
    for group in groups:
        for step, place in enumerate(group):
            found[place] = _start(group, values, gap) + gap * step
    return found


def _start(group: Sequence[int], values: Sequence[float], gap: float) -> float:
    """Return where a stack of values begins that lies around their mean."""
    return sum(values[place] for place in group) / len(group) - gap * (len(group) - 1) / 2.0
