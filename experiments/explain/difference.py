"""Explain a difference between two scenarios: which investors, zones and months make it.

Every table adds up to the total exactly: land and money are counted in whole grains. Occupancy is
a ratio; its difference is split by the mean of both orders of changing its two parts (Shapley).
Words: words_difference.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from experiments.explain.fates import Fates, Moves, fates_of, moves, side_by_side
from experiments.explain.runs import Replication, look_into
from experiments.explain.zone import known_year
from experiments.measures import ratio
from experiments.sample import GRAIN_HA, grains
from experiments.statistics import Interval, mean_interval
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.state import Record, State
from sim.world import World

GRAIN: Final = GRAIN_HA  # also of money [bn VND]: an int64 holds sums up to 2e9


class Side(NamedTuple):
    """What is kept of one run: whole grains."""

    fates: Fates
    leased: np.ndarray  # by zone, shape (Z,)
    serviced: np.ndarray  # by zone, shape (Z,)
    revenue: np.ndarray  # since the start, by zone, shape (Z,)
    leased_months: np.ndarray  # of all zones, shape (months,)
    revenue_months: np.ndarray  # since the start, of all zones, shape (months,)


@dataclass(frozen=True)
class Additive:
    """A difference B - A split three ways; rows are replicates and hold whole grains (int64).

    `zones` has shape (R, Z) and `months` (R, months): each row adds up to `total`, shape (R,).
    """

    base: np.ndarray  # level in A, shape (R,)
    zones: np.ndarray
    months: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """The difference, by replicate."""
        return np.asarray(self.zones.sum(1))


@dataclass(frozen=True)
class DifferenceWhy:
    """Why B differs from A at the end of a year, over paired replicates."""

    a: str
    b: str
    year: int
    how: Replication
    first_month: str
    leased: Additive  # ha
    revenue: Additive  # bn VND, since the start
    serviced: np.ndarray  # B - A by zone, grains of ha, shape (R, Z)
    moves: tuple[Moves, ...]  # by replicate; each adds up to leased.total
    occupancy_a: Interval
    occupancy_b: Interval
    occupancy_zones: np.ndarray  # what each zone adds, by leasing and by opening, (R, Z, 2)

    @property
    def occupancy(self) -> np.ndarray:
        """The difference of occupancy, by replicate; NaN where one side has no serviced land."""
        return np.asarray(self.occupancy_zones.sum((1, 2)))


def explain_difference(
    world: World, scenarios: Sequence[Scenario], how: Replication, *, year: int | None = None
) -> DifferenceWhy:
    """Return what makes the difference between two scenarios.

    Parameters
    ----------
    world : World
        The province.
    scenarios : sequence of Scenario
        A and B.
    how : Replication
        Replicates, seed, threads.
    year : int, optional
        The difference at its end; by default the last.

    Raises
    ------
    StudyError
        If there is no such year.
    AuditError
        If a run breaks a law of the model.
    """
    year = known_year(year, world)
    months = world.calendar.month_index(f"{year}-12") + 1
    policies = [policy_table(scenario, world) for scenario in scenarios]
    found = look_into(world, policies, _look(months), how, months=months)
    sides = [[pair[c] for pair in found] for c in (0, 1)]
    leased, serviced, revenue = (
        [np.stack([getattr(side, key) for side in runs]) for runs in sides]
        for key in ("leased", "serviced", "revenue")
    )
    occupancies = [_occupancy(leased[c], serviced[c]) for c in (0, 1)]
    return DifferenceWhy(
        a=scenarios[0].name,
        b=scenarios[1].name,
        year=year,
        how=how,
        first_month=world.calendar.name(0),
        leased=_additive(leased, [[side.leased_months for side in runs] for runs in sides]),
        revenue=_additive(revenue, [[side.revenue_months for side in runs] for runs in sides]),
        serviced=serviced[1] - serviced[0],
        moves=tuple(moves(side_by_side(a.fates, b.fates)) for a, b in found),
        occupancy_a=mean_interval(occupancies[0]),
        occupancy_b=mean_interval(occupancies[1]),
        occupancy_zones=_occupancy_parts(leased, serviced),
    )


def _look(months: int) -> Callable[[State, Record], Side]:
    def look(state: State, record: Record) -> Side:
        fates, zones = fates_of(state), len(state.zones)
        leased = np.zeros(zones, np.int64)
        holds = fates.leased > 0
        np.add.at(leased, fates.zone[holds], fates.leased[holds])
        kinds = record.kinds[:months]
        revenue = grains(state.zones["revenue_bn_vnd"])
        return Side(
            fates=fates,
            leased=leased,
            serviced=grains(state.zones["serviced_ha"]),
            revenue=revenue,
            leased_months=_path(kinds["leased_ha"].sum(-1), leased),
            revenue_months=_path(kinds["revenue_bn_vnd"].sum(-1), revenue),
        )

    return look


def _path(recorded: np.ndarray, zones: np.ndarray) -> np.ndarray:
    """Return a path of months that ends in the sum of the zones, to which rounding may add."""
    path = grains(recorded)
    path[-1] = zones.sum()
    return path


def _additive(zones: list[np.ndarray], months: list[list[np.ndarray]]) -> Additive:
    paths = np.stack(months[1]) - np.stack(months[0])
    steps = np.diff(paths, axis=1, prepend=0)
    return Additive(zones[0].sum(1), zones[1] - zones[0], steps)


def _occupancy(leased: np.ndarray, serviced: np.ndarray) -> np.ndarray:
    land = serviced.sum(1)
    return ratio(leased.sum(1) * 1.0, land * 1.0)


def _occupancy_parts(leased: list[np.ndarray], serviced: list[np.ndarray]) -> np.ndarray:
    """Return what each zone adds to the difference of occupancy, shape (R, Z, 2).

    Notes
    -----
    An identity: L_B / S_B - L_A / S_A =
    (L_B - L_A) (1 / S_A + 1 / S_B) / 2 + (1 / S_B - 1 / S_A) (L_A + L_B) / 2.
    The first part is shared by zones as their leased land differs, the second as their serviced
    land differs.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        s_a, s_b = (land.sum(1, keepdims=True) * 1.0 for land in serviced)
        l_a, l_b = (land.sum(1, keepdims=True) * 1.0 for land in leased)
        by_leasing = (leased[1] - leased[0]) * 0.5 * (1.0 / s_a + 1.0 / s_b)
        # 1 / S_B - 1 / S_A = -(S_B - S_A) / (S_A S_B), whose numerator is a sum over zones
        by_opening = -(serviced[1] - serviced[0]) * 0.5 * (l_a + l_b) / (s_a * s_b)
    parts = np.stack([by_leasing, by_opening], axis=-1)
    parts[((s_a <= 0.0) | (s_b <= 0.0))[:, 0]] = np.nan
    return parts
