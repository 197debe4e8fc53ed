"""Repeat a run and take apart every look on the way: what each investor compared, term by term.

Not for words: sim/why.py. The choice itself is run (sim/phases/choice.py), not copied.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim import luck as draws
from sim.audit import describe
from sim.compiled import kernel
from sim.errors import AuditError
from sim.initial import Start
from sim.phases.arrivals import arrivals
from sim.phases.choice import NO_OBSTACLE, look, obstacle_to, time_of
from sim.phases.clearance import clearance
from sim.phases.demand import demand
from sim.phases.dossier import announced_for
from sim.phases.funding import funding
from sim.phases.operators import operators
from sim.phases.terms import COMMON_TERMS, common_term, show_zones
from sim.phases.works import works
from sim.rules import location as rules
from sim.run import begin, new_record, new_state, run_months
from sim.schema import codes
from sim.state import Luck, Policy, State
from sim.world import World

TERMS = ("luck", "taste", *COMMON_TERMS, "time", "enforcement", "home")
_COMMON = 2  # place of the first common term in TERMS
_OWN = _COMMON + len(COMMON_TERMS)  # place of the first term after them

# What can rule a zone out; from the fourth on the obstacles of sim/phases/choice.py in their order.
RULED_OUT = (
    "nothing",
    "not_known",
    "not_in_view",
    "not_on_offer",
    "sector",
    "capital",
    "wastewater",
    "land",
)
_NOT_KNOWN, _NOT_IN_VIEW, _NOT_ON_OFFER = 1, 2, 3

_PER_INVESTOR = ("investors", "active", "looking", "queue")  # tables with a row an investor


class Looks(NamedTuple):
    """What the looks of one month were, by place on the list (L) and zone (Z)."""

    terms: np.ndarray  # shape (L, Z, len(TERMS))
    values: np.ndarray  # sums of the terms, or what the choice compared, shape (L, Z)
    ruled_out: np.ndarray  # places in RULED_OUT, int64, shape (L, Z)
    outside: np.ndarray  # shape (L,)


class Month(NamedTuple):
    """The looks of one month, and the tables as the choice left them."""

    month: int
    rows: tuple[int, ...]  # investors in the order of their looks
    looks: Looks
    trial: State


def luck_of(start: Start, *, seed: int, replicate: int) -> Luck:
    """Return the luck of a replicate in arrays of its own.

    Parameters
    ----------
    start : Start
        Month 0.
    seed, replicate : int
        Which luck, not negative.
    """
    segments = start.fixed.segments.view(np.recarray)
    room = draws.new_luck(segments=segments, zones=len(start.zones), months=start.months)
    return draws.draw_luck(room, segments=segments, seed=seed, replicate=replicate)


def replay(
    world: World, start: Start, policy: Policy, luck: Luck, state: State, *, months: int
) -> Iterator[Month]:
    """Run months afresh and yield the looks of each.

    Parameters
    ----------
    world : World
        The province.
    start : Start
        Its month 0.
    policy : Policy
        The levers.
    luck : Luck
        Of the replicate.
    state : State
        Room for the run; in the end it is the state after the last month.
    months : int
        How many.

    Raises
    ------
    AuditError
        If a month breaks a law of the model.
    """
    trial = new_state(start, luck)
    record, unread = new_record(start), new_record(start)
    begin(start, luck, state, record)
    for month in range(months):
        # Looks are taken apart on a trial of the month; the run itself goes by the one schedule.
        _copy(state, trial)
        run_until_choice(start.fixed, policy, luck, trial, unread, month)
        looking = int(trial.province[0].looking)
        looks = _room(looking, len(trial.zones))
        look_apart(start.fixed, policy, luck, trial, unread, month, looks)
        yield Month(month, tuple(trial.looking[:looking].tolist()), looks, trial)
        law, zone, _ = run_months(start.fixed, policy, luck, state, record, month, month + 1)
        if law >= 0:
            run = ("policy", luck.seed, luck.replicate)
            raise AuditError(describe(world, law=law, zone=zone, month=month, run=run))


def _copy(state: State, trial: State) -> None:
    """Make a trial equal to the state; rows of investors not in use are left out."""
    used = int(state.province[0].investors)
    for name, here, there in zip(State._fields, state, trial, strict=True):
        rows = used if name in _PER_INVESTOR else len(here)
        there[:rows] = here[:rows]


def _room(looking: int, zones: int) -> Looks:
    return Looks(
        terms=np.zeros((looking, zones, len(TERMS))),
        values=np.zeros((looking, zones)),
        ruled_out=np.zeros((looking, zones), np.int64),
        outside=np.zeros(looking),
    )


@kernel
def run_until_choice(fixed, policy, luck, state, record, month):
    """Run the phases of a month that come before the choice, as sim/step.py does."""
    demand(fixed, luck, state, month)
    funding(fixed, policy, state, month)
    clearance(fixed, policy, state, record, month)
    works(fixed, policy, state, record, month)
    operators(fixed, policy, state, record, month)
    arrivals(fixed, policy, luck, state, record, month)


@kernel
def look_apart(fixed, policy, luck, state, record, month, looks):
    """Let everyone on the list look, writing down term by term what each compares."""
    levers = policy.levers[month]
    show_zones(fixed.parameters[0], levers, policy.zone_levers[month], state, month)
    for position in range(state.province[0].looking):
        i = state.looking[position]
        take_apart(fixed, policy, luck, state, i, month, looks, position)
        look(fixed, policy, luck, state, record, i, month)
        for z in range(state.zones.shape[0]):
            if state.value[z] > -math.inf:
                looks.values[position, z] = state.value[z]
            else:
                looks.ruled_out[position, z] = _NOT_KNOWN
            if state.zones[z].in_view == 0 or is_barred(state.investors[i], state.zones[z]):
                looks.ruled_out[position, z] = _NOT_IN_VIEW


@kernel
def is_barred(investor, zone):
    """Return whether an investor does not consider the kind of a zone."""
    return investor.clusters_only == 1 and zone.kind == codes.PARK


@kernel
def take_apart(fixed, policy, luck, state, i, month, looks, position):
    """Write every term of every zone for an investor, their sum and what keeps it from applying."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    investor = state.investors[i]
    segment = fixed.segments[investor.segment]
    sector = fixed.sectors[investor.sector]
    rate_m3_ha_day = sector.wastewater_m3_ha_day
    sector_levers = policy.sector_levers[month, investor.sector]
    row = draws.row_of(luck, state.zones, fixed.segments, investor)
    looks.outside[position] = rules.outside_value(
        p.outside_utility, p.outside_drift, month / 12.0, luck.draws[row].outside_gumbel
    )
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        own_sector = state.sector_tenants[z, investor.sector]
        same_origin = state.origin_tenants[z, investor.origin]
        terms = looks.terms[position, z]
        terms[0] = rules.luck_term(p.zone_scale, luck.gumbel[row, z])
        terms[1] = rules.taste_term(p.province_taste_sigma, luck.draws[row].taste_normal)
        common = 0.0
        for term in range(_OWN - _COMMON):
            terms[_COMMON + term] = common_term(
                p, segment, sector, sector_levers.priority, zone, own_sector, same_origin, term
            )
            common = common + terms[_COMMON + term]
        set_own_terms(p, levers, sector, investor, zone, state.offices, terms)
        looks.values[position, z] = rules.utility_sum(
            terms[0], terms[1], common, terms[_OWN], terms[_OWN + 1], terms[_OWN + 2]
        )
        obstacle = obstacle_to(p, levers, sector_levers.banned, zone, rate_m3_ha_day, investor)
        if zone.on_offer == 0:
            looks.ruled_out[position, z] = _NOT_ON_OFFER
        elif obstacle != NO_OBSTACLE:
            looks.ruled_out[position, z] = _NOT_ON_OFFER + obstacle


@kernel
def set_own_terms(p, levers, sector, investor, zone, offices, terms):
    """Write the terms that differ between investors of a segment: time, enforcement, home."""
    announced = announced_for(p, sector, investor.land_ha, levers.statutory_days)
    terms[_OWN] = time_of(p, offices[zone.kind], announced)
    if zone.overloaded == 1:
        terms[_OWN + 1] = rules.enforcement_term(
            p.beta_enforcement, sector.pollution, levers.inspection_intensity, investor.strict
        )
    if investor.home_district == zone.district:
        terms[_OWN + 2] = p.home_utility
