"""Say why investors did what they did: every look at every zone, term by term.

Not for taking looks apart (sim/replay.py) nor for the choice itself (sim/phases/choice.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.initial import start_of
from sim.phases.terms import COMMON_TERMS
from sim.replay import OBSTACLES, TERMS, Looks, Month, luck_of, replay
from sim.room import new_state
from sim.schema import codes
from sim.state import Policy
from sim.world import World, parameter_vector

Deed = Literal["applied", "waits", "gone"]


@dataclass(frozen=True)
class ZoneLook:
    """What one zone was worth to an investor, and what kept the investor from it.

    `in_view` is false also where the investor does not consider zones of that kind. `obstacle` is
    one of `sim.replay.OBSTACLES`, the first that holds. `terms` are in the order of
    `sim.replay.TERMS`. `value` is what the choice compared, minus infinity for a zone not known or
    not in view; of such a zone `total` says what it would have been.
    """

    zone: str
    known: bool
    in_view: bool
    on_offer: bool
    obstacle: str
    terms: Mapping[str, float]
    value: float

    @property
    def considered(self) -> bool:
        """Whether it could be the first choice, feasible or not."""
        return self.known and self.in_view

    @property
    def feasible(self) -> bool:
        """Whether the investor could have applied there."""
        return self.considered and self.on_offer and self.obstacle == "none"

    @property
    def ruled_out(self) -> str:
        """The first thing that rules it out: not_known, ... or an obstacle; none if feasible."""
        if not self.known:
            return "not_known"
        if not self.in_view:
            return "not_in_view"
        return self.obstacle if self.on_offer else "not_on_offer"

    @property
    def total(self) -> float:
        """The sum of the terms, the common ones first among themselves, as the choice adds them."""
        common = 0.0
        for name in COMMON_TERMS:
            common += self.terms[name]
        before = self.terms["luck"] + self.terms["taste"] + common
        return before + self.terms["time"] + self.terms["enforcement"] + self.terms["home"]


@dataclass(frozen=True)
class Why:
    """One look of one investor: what it compared, what it did and by which margin.

    First choice and best feasible zone are None where none is worth more than the outside option.
    `reason` is one of `codes.REASONS`, "none" for an investor that has not gone. `margin` is the
    value of what it chose (the zone it applied at or waits for, or the outside option) less that of
    the best other thing it could have done; infinite if there was none.
    """

    investor: int
    month: int
    date: str
    zones: tuple[ZoneLook, ...]
    outside: float
    first_choice: str | None
    best_feasible: str | None
    did: Deed
    reason: str
    margin: float


def explain_all(
    world: World,
    policy: Policy,
    *,
    parameters: np.recarray | None = None,
    seed: int = 0,
    replicate: int = 0,
    months: int | None = None,
) -> Iterator[Why]:
    """Yield every look of every investor of a run, by month and in the order of the looks.

    Parameters
    ----------
    world : World
        The province.
    policy : Policy
        The levers.
    parameters : recarray of Parameters, shape (1,), optional
        By default the world's values.
    seed, replicate : int
        Which luck.
    months : int, optional
        How many months; by default the whole horizon.

    Raises
    ------
    AuditError
        If a month breaks a law of the model.
    """
    start = start_of(world, parameter_vector(world) if parameters is None else parameters)
    luck = luck_of(start, seed=seed, replicate=replicate)
    last = start.months if months is None else months
    for looked in replay(world, start, policy, luck, new_state(start, luck), months=last):
        for position in range(len(looked.rows)):
            yield why_of(world, looked, position)


def why_of(world: World, looked: Month, position: int) -> Why:
    """Return in words one look of a month, by its place in the order of the looks."""
    investor = looked.trial.investors[looked.rows[position]]
    zones = _zones(world, looked.looks, position)
    outside = float(looked.looks.outside[position])
    first = int(investor.first_choice)
    did, chosen = _deed(investor, first)
    return Why(
        investor=looked.rows[position],
        month=looked.month,
        date=world.calendar.name(looked.month),
        zones=zones,
        outside=outside,
        first_choice=None if first == codes.NOBODY else world.zone_ids[first],
        best_feasible=world.zone_ids[chosen] if did == "applied" else None,
        did=did,
        reason=codes.REASONS[investor.reason],
        margin=_margin(zones, outside, chosen),
    )


def _deed(investor: np.record, first: int) -> tuple[Deed, int]:
    """Return what an investor did, and the zone it chose or -1 for the outside option."""
    if investor.stage == codes.APPLIED:
        return "applied", int(investor.zone)
    if investor.stage == codes.WAITING:
        return "waits", first
    return "gone", codes.NOBODY


def _zones(world: World, looks: Looks, position: int) -> tuple[ZoneLook, ...]:
    columns = (looks.known, looks.in_view, looks.on_offer, looks.obstacles)
    rows = zip(*(column[position].tolist() for column in columns), strict=True)
    terms, values = looks.terms[position].tolist(), looks.values[position].tolist()
    return tuple(
        ZoneLook(
            zone=zone,
            known=known == 1,
            in_view=in_view == 1,
            on_offer=on_offer == 1,
            obstacle=OBSTACLES[obstacle],
            terms=dict(zip(TERMS, terms[z], strict=True)),
            value=values[z],
        )
        for z, (zone, (known, in_view, on_offer, obstacle)) in enumerate(
            zip(world.zone_ids, rows, strict=True)
        )
    )


def _margin(zones: tuple[ZoneLook, ...], outside: float, chosen: int) -> float:
    """Return the value of a choice less that of the best other thing the investor could do."""
    others = [zone.value for z, zone in enumerate(zones) if zone.feasible and z != chosen]
    if chosen == codes.NOBODY:
        return outside - max(others, default=-math.inf)
    return zones[chosen].value - max([outside, *others])
