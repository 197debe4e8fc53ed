"""Scenario discovery: a box of inputs within which an outcome misses its mark (PRIM).

Not for words (experiments/insight/words.py). A point is one future: luck has been averaged over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.special import bdtrc

PEEL: Final = 0.05  # share of the box cut off at once; Friedman and Fisher: 0.05 to 0.1
LEAST: Final = 0.05  # share of all points that a box holds at least
SIGNIFICANT: Final = 0.05
BOXES: Final = 3
_FEWEST: Final = 5  # points
_FURTHER: Final = 0.5  # least density of boxes after the first


class Axis(NamedTuple):
    """One input: numbers in order, or categories numbered from 0 whose order means nothing."""

    name: str
    ordered: bool = True


class Limit(NamedTuple):
    """What a box asks of one input: a range with open ends at infinity, or allowed categories."""

    lo: float
    hi: float
    allowed: tuple[int, ...] = ()
    quasi_p: float = float("nan")


class Step(NamedTuple):
    """How good a box is, at one step of peeling or pasting."""

    coverage: float  # share of all cases that lie in the box
    density: float  # share of points in the box that are cases
    mass: float  # share of all points in the box
    restricted: int  # inputs that the box limits


class Box(NamedTuple):
    """The box chosen, and the steps that led to it and beyond."""

    limits: dict[str, Limit]  # of restricted inputs only
    chosen: Step
    steps: tuple[Step, ...]


Limits = list[Limit]
_OPEN: Final = Limit(-np.inf, np.inf)


def discover(
    points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis], *, boxes: int = BOXES
) -> list[Box]:
    """Return boxes that hold most of the cases and little else, the best first.

    Parameters
    ----------
    points : ndarray, shape (P, D)
        Futures, drawn independently.
    cases : ndarray of bool, shape (P,)
        Which of them are of interest.
    axes : sequence of Axis
        The D inputs.
    boxes : int
        How many at most; each is looked for among the points that earlier ones leave.

    Returns
    -------
    list of Box
        Empty where no restriction is better than chance. Coverage is of all cases, also of those
        that earlier boxes hold.

    Notes
    -----
    Of the boxes on the way, the one with the highest harmonic mean of coverage and density is
    chosen (our convention; the steps let another be chosen); restrictions that chance explains at
    the 5 % level are lifted from it one by one. A further box must hold more cases than others.

    Source
    ------
    Friedman and Fisher, Statistics and Computing 9 (1999) 123-143; coverage, density and quasi-p
    values: Bryant and Lempert, Technological Forecasting and Social Change 77 (2010) 34-49; gain
    by the point cut: Kwakkel and Jaxa-Rozen, Environmental Modelling & Software 79 (2016) 311-321.
    """
    left = np.ones(len(points), dtype=bool)
    found: list[Box] = []
    for _ in range(boxes):
        if not 0 < cases[left].sum() < left.sum():
            break
        limits, steps = _best(points[left], cases[left], axes)
        limits = _significant(points[left], cases[left], axes, limits)
        inside = left & contains(points, axes, limits)
        if all(at == _OPEN for at in limits) or (found and cases[inside].mean() <= _FURTHER):
            break
        named = {axis.name: at for axis, at in zip(axes, limits, strict=True) if at != _OPEN}
        scale = cases[left].sum() / cases.sum(), left.sum() / len(points)
        found.append(
            Box(
                named,
                _measured(inside, cases, len(named)),
                tuple(
                    s._replace(coverage=s.coverage * scale[0], mass=s.mass * scale[1])
                    for s in steps
                ),
            )
        )
        left &= ~inside
    return found


def contains(points: np.ndarray, axes: Sequence[Axis], limits: Sequence[Limit]) -> np.ndarray:
    """Return which points lie in a box, shape (P,)."""
    inside = np.ones(len(points), dtype=bool)
    for j, (axis, limit) in enumerate(zip(axes, limits, strict=True)):
        if limit != _OPEN:
            inside &= _within(points[:, j], axis, limit)
    return inside


def _within(values: np.ndarray, axis: Axis, limit: Limit) -> np.ndarray:
    if axis.ordered:
        return np.asarray((values >= limit.lo) & (values <= limit.hi))
    return np.isin(values, limit.allowed)


def _measured(inside: np.ndarray, cases: np.ndarray, restricted: int) -> Step:
    hits, mass = float(cases[inside].sum()), float(inside.sum())
    return Step(hits / cases.sum(), hits / mass, mass / len(cases), restricted)


def _best(points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis]) -> tuple[Limits, list[Step]]:
    """Return the best box on the way down, widened where that loses nothing, and all steps."""
    limits: Limits = [_OPEN] * len(axes)
    best, steps, score = limits, [_measured(contains(points, axes, limits), cases, 0)], -1.0
    while (peeled := _peel(points, cases, axes, limits)) is not None:
        limits = peeled
        step = _measured(contains(points, axes, limits), cases, _restricted(limits))
        steps.append(step)
        if _score(step) > score:
            best, score = limits, _score(step)
    return _paste(points, cases, axes, best), steps


def _score(step: Step) -> float:
    total = step.coverage + step.density
    return 2.0 * step.coverage * step.density / total if total else 0.0


def _restricted(limits: Limits) -> int:
    return sum(limit != _OPEN for limit in limits)


def _peel(
    points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis], limits: Limits
) -> Limits | None:
    """Return the box after the cut that gains most density a point, or None at the smallest mass.

    By the point, since one category or one value of a boolean cannot be cut off in small parts.
    """
    inside = contains(points, axes, limits)
    least = max(_FEWEST, LEAST * len(points))
    options = []
    for j, axis in enumerate(axes):
        for limit in _cuts(points[inside, j], axis, limits[j]):
            rest = inside & _within(points[:, j], axis, limit)
            if least <= rest.sum() < inside.sum():
                gain = cases[rest].mean() - cases[inside].mean()
                cut = max(1, inside.sum() - rest.sum()) if gain > 0.0 else 1
                options.append((gain / cut, int(rest.sum()), j, limit))
    if not options:
        return None
    _, _, j, limit = max(options, key=lambda option: option[:2])
    return [*limits[:j], limit, *limits[j + 1 :]]


def _cuts(values: np.ndarray, axis: Axis, limit: Limit) -> list[Limit]:
    """Return the limits that cut a little off one side, or one category."""
    kinds = np.unique(values)
    if len(kinds) < 2:
        return []
    if not axis.ordered:
        return [
            Limit(-np.inf, np.inf, tuple(int(kind) for kind in kinds if kind != out))
            for out in kinds
        ]
    low, high = np.quantile(values, [PEEL, 1.0 - PEEL])
    lo = kinds[kinds > kinds[0]].min() if low <= kinds[0] else kinds[kinds >= low].min()
    hi = kinds[kinds < kinds[-1]].max() if high >= kinds[-1] else kinds[kinds <= high].max()
    return [limit._replace(lo=float(lo)), limit._replace(hi=float(hi))]


def _paste(points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis], limits: Limits) -> Limits:
    """Return the box with its sides pushed out, as long as density does not fall."""
    while True:
        inside = contains(points, axes, limits)
        density = cases[inside].mean()
        options = []
        for j, axis in enumerate(axes):
            others = contains(points, axes, [*limits[:j], _OPEN, *limits[j + 1 :]])
            for limit in _pastes(points[others, j], axis, limits[j], int(inside.sum())):
                wider = others & _within(points[:, j], axis, limit)
                if wider.sum() > inside.sum() and cases[wider].mean() >= density:
                    options.append((cases[wider].mean(), int(wider.sum()), j, limit))
        if not options:
            return limits
        _, _, j, limit = max(options, key=lambda option: option[:2])
        limits = [*limits[:j], limit, *limits[j + 1 :]]


def _pastes(values: np.ndarray, axis: Axis, limit: Limit, mass: int) -> list[Limit]:
    """Return the limits that let in the next few points beyond one side, or one category more."""
    if limit == _OPEN:
        return []
    if not axis.ordered:
        outside = sorted(set(np.unique(values).astype(int)) - set(limit.allowed))
        wider = [limit._replace(allowed=(*limit.allowed, int(kind))) for kind in outside]
        return [each if len(outside) > 1 else _OPEN for each in wider]
    below, above = np.sort(values[values < limit.lo])[::-1], np.sort(values[values > limit.hi])
    few = max(1, int(0.01 * mass))
    found = []
    for count in (1, few):
        if len(below):
            found.append(limit._replace(lo=float(below[min(count, len(below)) - 1])))
        if len(above):
            found.append(limit._replace(hi=float(above[min(count, len(above)) - 1])))
    return found


def _significant(
    points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis], limits: Limits
) -> Limits:
    """Return a box with quasi-p values, and without restrictions that chance explains."""
    limits = [
        _trimmed(points[:, j], axis, at)
        for j, (axis, at) in enumerate(zip(axes, limits, strict=True))
    ]
    while True:
        restricted = [j for j, limit in enumerate(limits) if limit != _OPEN]
        p = {j: _quasi_p(points, cases, axes, limits, j) for j in restricted}
        worst = max(p, key=lambda j: p[j], default=None)
        if worst is None or p[worst] <= SIGNIFICANT:
            return [
                limit._replace(quasi_p=p[j]) if j in p else limit for j, limit in enumerate(limits)
            ]
        limits = [*limits[:worst], _OPEN, *limits[worst + 1 :]]


def _trimmed(values: np.ndarray, axis: Axis, limit: Limit) -> Limit:
    """Return a limit with open ends where it excludes no point."""
    if limit == _OPEN or not axis.ordered:
        return limit
    lo = limit.lo if (values < limit.lo).any() else -np.inf
    hi = limit.hi if (values > limit.hi).any() else np.inf
    return Limit(lo, hi)


def _quasi_p(
    points: np.ndarray, cases: np.ndarray, axes: Sequence[Axis], limits: Limits, j: int
) -> float:
    """Return the chance of so many cases in the box if restriction j selected points at random."""
    inside = contains(points, axes, limits)
    wider = contains(points, axes, [*limits[:j], _OPEN, *limits[j + 1 :]])
    hits, mass, rate = int(cases[inside].sum()), int(inside.sum()), float(cases[wider].mean())
    return 1.0 if hits == 0 else float(bdtrc(hits - 1, mass, rate))
