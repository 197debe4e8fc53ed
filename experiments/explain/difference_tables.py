"""The tables behind a difference: by reason, zone, year and month, each adding up to the total."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from experiments.explain.difference import GRAIN, Additive, DifferenceWhy
from experiments.explain.fates import FATES, LEASED
from experiments.statistics import Interval, known_mean, mean_interval
from sim.calendar import Calendar

GROWN = "grown"


class ReasonRow(NamedTuple):
    """Land of investors who leased under B only (gained) or A only (lost), by their other fate."""

    reason: str
    gained_ha: float
    lost_ha: float
    net: Interval


class ZoneRow(NamedTuple):
    """What one zone adds to the differences; occupancy in shares of the whole province."""

    zone: str
    leased: Interval
    serviced_ha: float
    occupancy: float
    revenue_bn_vnd: float


class PeriodRow(NamedTuple):
    """What one year or month adds to the differences."""

    period: str
    leased: Interval
    revenue_bn_vnd: float


class Tables(NamedTuple):
    """All tables; `half_month` is the first in which half of the final mean difference is there."""

    leased: Interval
    revenue: Interval
    occupancy: Interval
    by_leasing: float
    by_opening: float
    reasons: tuple[ReasonRow, ...]
    zones: tuple[ZoneRow, ...]
    years: tuple[PeriodRow, ...]
    months: tuple[PeriodRow, ...]
    half_month: str  # empty where there is no difference


def tables_of(why: DifferenceWhy, zone_ids: tuple[str, ...], calendar: Calendar) -> Tables:
    """Return the tables of a difference.

    Parameters
    ----------
    why : DifferenceWhy
        What was found.
    zone_ids : tuple of str
        In the order of its zones.
    calendar : Calendar
        Of the province.
    """
    names = [calendar.name(month) for month in range(why.leased.months.shape[1])]
    years = [name[:4] for name in names]
    return Tables(
        leased=interval_of(why.leased.total),
        revenue=interval_of(why.revenue.total),
        occupancy=mean_interval(why.occupancy),
        by_leasing=known_mean(why.occupancy_zones[:, :, 0].sum(1)),
        by_opening=known_mean(why.occupancy_zones[:, :, 1].sum(1)),
        reasons=_reasons(why),
        zones=_zones(why, zone_ids),
        years=_periods(why, years),
        months=_periods(why, names),
        half_month=_half(why.leased, names),
    )


def interval_of(grains: np.ndarray) -> Interval:
    """Return the mean of a value over replicates, from whole grains, with its interval."""
    found = mean_interval(grains * GRAIN)
    return found._replace(mean=_mean(grains))


def _mean(grains: np.ndarray) -> float:
    return int(grains.sum()) * GRAIN / len(grains)


def _reasons(why: DifferenceWhy) -> tuple[ReasonRow, ...]:
    gained = np.stack([moves.gained for moves in why.moves])
    lost = np.stack([moves.lost for moves in why.moves])
    rows = [
        ReasonRow(
            fate,
            _mean(gained[:, place]),
            _mean(lost[:, place]),
            interval_of(gained[:, place] - lost[:, place]),
        )
        for place, fate in enumerate(FATES)
        if fate != LEASED and (gained[:, place].any() or lost[:, place].any())
    ]
    grown = np.array([moves.grown for moves in why.moves])
    if grown.any():
        more, less = _mean(np.maximum(grown, 0)), _mean(np.maximum(-grown, 0))
        rows.append(ReasonRow(GROWN, more, less, interval_of(grown)))
    return tuple(sorted(rows, key=lambda row: -abs(row.net.mean)))


def _zones(why: DifferenceWhy, zone_ids: tuple[str, ...]) -> tuple[ZoneRow, ...]:
    rows = [
        ZoneRow(
            zone,
            interval_of(why.leased.zones[:, z]),
            _mean(why.serviced[:, z]),
            known_mean(why.occupancy_zones[:, z].sum(1)),
            _mean(why.revenue.zones[:, z]),
        )
        for z, zone in enumerate(zone_ids)
    ]
    return tuple(sorted(rows, key=lambda row: -abs(row.leased.mean)))


def _periods(why: DifferenceWhy, labels: list[str]) -> tuple[PeriodRow, ...]:
    """Return what the months of each label add, in their order."""
    order = list(dict.fromkeys(labels))
    place = np.array([order.index(label) for label in labels])
    leased, revenue = (
        np.stack([part.months[:, place == p].sum(1) for p in range(len(order))], axis=1)
        for part in (why.leased, why.revenue)
    )
    return tuple(
        PeriodRow(label, interval_of(leased[:, p]), _mean(revenue[:, p]))
        for p, label in enumerate(order)
    )


def _half(part: Additive, names: list[str]) -> str:
    path = np.cumsum(part.months.sum(0))
    final = int(path[-1])
    if final == 0:
        return ""
    reached = np.flatnonzero(path * np.sign(final) * 2 >= abs(final))
    return names[int(reached[0])]


def in_step(values: list[float], total: float, digits: int) -> list[float]:
    """Return values rounded so that they add up to their rounded total: largest remainders.

    Examples
    --------
    >>> in_step([1.4, 1.4, 1.4], 4.2, 0)
    [2.0, 1.0, 1.0]
    """
    unit = 10.0**-digits
    floors = [math.floor(value / unit) for value in values]
    missing = round(total / unit) - sum(floors)
    remainders = [value / unit - floor for value, floor in zip(values, floors, strict=True)]
    order = sorted(range(len(values)), key=lambda place: -remainders[place])
    for rank in range(abs(missing)):  # fewer than nothing only where a total was rounded before
        place = order[rank % len(order)] if missing > 0 else order[-1 - rank % len(order)]
        floors[place] += 1 if missing > 0 else -1
    return [round(floor * unit, digits) for floor in floors]
