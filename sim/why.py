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
from sim.replay import RULED_OUT, TERMS, Looks, Month, luck_of, replay
from sim.run import new_state
from sim.schema import codes
from sim.state import Policy
from sim.world import World, parameter_vector

Deed = Literal["applied", "waits", "gone"]


@dataclass(frozen=True)
class ZoneLook:
    """What one zone was worth to an investor, and the first thing that ruled it out.

    `ruled_out` is one of `sim.replay.RULED_OUT`, "nothing" where the investor could apply. `terms`
    are in the order of `sim.replay.TERMS`. `value` is what the choice compared; for a zone
    not known or not in view, which it did not compare, it is what the terms add up to.
    """

    zone: str
    terms: Mapping[str, float]
    value: float
    ruled_out: str

    @property
    def considered(self) -> bool:
        """Whether it could be the first choice: known and in view, feasible or not."""
        return self.ruled_out not in ("not_known", "not_in_view")

    @property
    def feasible(self) -> bool:
        """Whether the investor could have applied there."""
        return self.ruled_out == "nothing"


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
    columns = zip(
        world.zone_ids,
        looks.terms[position].tolist(),
        looks.values[position].tolist(),
        looks.ruled_out[position].tolist(),
        strict=True,
    )
    return tuple(
        ZoneLook(zone, dict(zip(TERMS, terms, strict=True)), value, RULED_OUT[code])
        for zone, terms, value, code in columns
    )


def _margin(zones: tuple[ZoneLook, ...], outside: float, chosen: int) -> float:
    """Return the value of a choice less that of the best other thing the investor could do."""
    others = [zone.value for z, zone in enumerate(zones) if zone.feasible and z != chosen]
    if chosen == codes.NOBODY:
        return outside - max(others, default=-math.inf)
    return zones[chosen].value - max([outside, *others])
