"""Repeat a run and take apart every look on the way: what each investor compared, term by term.

Not for words: sim/why.py. The choice itself is run (sim/phases/choice.py), not copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim import luck as draws
from sim.compiled import entry, kernel
from sim.initial import Start
from sim.phases.choice import look, obstacle_to, price_row_of, time_of
from sim.phases.dossier import announced_for
from sim.phases.terms import COMMON_TERMS, common_term, show_zones
from sim.room import copier, new_record, new_state
from sim.rules import location as rules
from sim.run import begin, run_lawfully
from sim.schema import codes
from sim.state import Luck, Policy, State
from sim.step import step_to_choice
from sim.world import World

TERMS = ("luck", "taste", *COMMON_TERMS, "time", "enforcement", "home")
_COMMON = 2  # place of the first common term in TERMS
_OWN = _COMMON + len(COMMON_TERMS)  # place of the first term after them
# By the codes of sim/phases/choice.py: what keeps an investor from a zone, tested in this order.
OBSTACLES = ("none", "sector", "capital", "wastewater", "land")


class Looks(NamedTuple):
    """What the looks of one month were, by place on the list (L) and zone (Z)."""

    terms: np.ndarray  # shape (L, Z, len(TERMS))
    values: np.ndarray  # what the choice compared, -inf where not considered, shape (L, Z)
    known: np.ndarray  # 0/1, int64, shape (L, Z)
    in_view: np.ndarray  # 0/1, int64, shape (L, Z)
    on_offer: np.ndarray  # 0/1, int64, shape (L, Z)
    obstacles: np.ndarray  # places in OBSTACLES, int64, shape (L, Z)
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
    copy = copier(state, trial)
    record, unread = new_record(start), new_record(start)
    begin(start, luck, state, record)
    for month in range(months):
        # Looks are taken apart on a trial of the month; the run itself goes by the one schedule.
        copy()
        step_to_choice(start.fixed, policy, luck, trial, unread, month)
        looking = int(trial.province[0].looking)
        looks = _room(looking, len(trial.zones))
        look_apart(start.fixed, policy, luck, trial, unread, month, looks)
        yield Month(month, tuple(trial.looking[:looking].tolist()), looks, trial)
        run_lawfully(
            world, start, policy, luck, state, record, name="policy", first=month, last=month + 1
        )


def _room(looking: int, zones: int) -> Looks:
    return Looks(
        terms=np.zeros((looking, zones, len(TERMS))),
        values=np.zeros((looking, zones)),
        known=np.zeros((looking, zones), np.int64),
        in_view=np.zeros((looking, zones), np.int64),
        on_offer=np.zeros((looking, zones), np.int64),
        obstacles=np.zeros((looking, zones), np.int64),
        outside=np.zeros(looking),
    )


@entry
def look_apart(fixed, policy, luck, state, record, month, looks):
    """Let everyone on the list look, writing down term by term what each compares."""
    levers = policy.levers[month]
    show_zones(fixed.parameters[0], levers, policy.zone_levers[month], state, month)
    for position in range(state.province[0].looking):
        i = state.looking[position]
        take_apart(fixed, policy, luck, state, i, month, looks, position)
        look(fixed, policy, luck, state, record, i, month)
        for z in range(state.zones.shape[0]):
            looks.values[position, z] = state.value[z]


@kernel
def take_apart(fixed, policy, luck, state, i, month, looks, position):
    """Write the terms of every zone for an investor about to look, and what it can do there."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    investor = state.investors[i]
    sector_levers = policy.sector_levers[month, investor.sector]
    rate_m3_ha_day = fixed.sectors[investor.sector].wastewater_m3_ha_day
    row = draws.pairs_of(luck, state.zones, fixed.segments, investor)
    looks.outside[position] = rules.outside_value(
        p.outside_utility, p.outside_drift, month / 12.0, luck.draws[row].outside_gumbel
    )
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        terms = looks.terms[position, z]
        terms[0] = rules.luck_term(p.zone_scale, luck.gumbel[row, z])
        terms[1] = rules.taste_term(p.province_taste_sigma, luck.draws[row].taste_normal)
        set_common_terms(fixed, sector_levers, state, investor, z, terms)
        set_own_terms(fixed, levers, state, investor, z, terms)
        barred = investor.clusters_only == 1 and zone.kind == codes.PARK
        looks.in_view[position, z] = 1 if zone.in_view == 1 and not barred else 0
        if luck.known[row, z] < state.known_share[investor.origin, z]:
            looks.known[position, z] = 1
        looks.on_offer[position, z] = zone.on_offer
        looks.obstacles[position, z] = obstacle_to(
            p, levers, sector_levers.banned, zone, rate_m3_ha_day, investor
        )


@kernel
def set_common_terms(fixed, sector_levers, state, investor, z, terms):
    """Write the terms that all investors of a segment share."""
    for term in range(_OWN - _COMMON):
        terms[_COMMON + term] = common_term(
            fixed.parameters[0],
            fixed.sectors[investor.sector],
            price_row_of(sector_levers.priority),
            state.seen,
            state.log_tenants[investor.sector],
            state.log_tenants[fixed.sectors.shape[0] + investor.origin],
            state.zones[z].kind,
            z,
            term,
        )


@kernel
def set_own_terms(fixed, levers, state, investor, z, terms):
    """Write the terms that differ between investors of a segment: time, enforcement, home."""
    p = fixed.parameters[0]
    zone = state.zones[z]
    sector = fixed.sectors[investor.sector]
    announced = announced_for(p, sector, investor.land_ha, levers.statutory_days)
    terms[_OWN] = time_of(p, state.offices[zone.kind], announced)
    if zone.overloaded == 1:
        terms[_OWN + 1] = rules.enforcement_term(
            p.beta_enforcement, sector.pollution, levers.inspection_intensity, investor.strict
        )
    if investor.home_district == zone.district:
        terms[_OWN + 2] = p.home_utility
