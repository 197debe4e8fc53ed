"""Explain one investor: what it compared at every look, what it did, and what became of it.

The smallest change of a lever that would have turned it: flips.py. Words: words_investor.py.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.explain.flips import Flip, flips, searched
from experiments.explain.identity import Identity, find_investor, investor_id
from experiments.explain.runs import Opening, opening_of, run_once
from sim.policy import policy_table
from sim.replay import TERMS, luck_of, replay
from sim.room import new_state
from sim.scenario import Scenario
from sim.schema import Parameters, Sector, codes, columns_of
from sim.state import Policy, State
from sim.why import Why, ZoneLook, why_of
from sim.world import World

RANDOM = ("luck", "taste")  # terms of luck; the others are what the investor sees


@dataclass(frozen=True)
class Candidate:
    """One investor and what became of it by the end of the run."""

    id: str
    row: int
    sector: str
    origin: str
    land_ha: float
    capital_bn_vnd_ha: float
    arrived: str
    clusters_only: bool
    home_district: str  # empty where it has none
    stage: str
    stage_since: str
    zone: str  # empty where it holds none
    reason: str
    waited_for_land_months: int
    dossiers: int


class Term(NamedTuple):
    """One utility term in the zone chosen and in the best other one: weight times measure.

    `keys` names what the weight is made of, in parameters.csv and sectors.csv. Where the weight is
    zero nothing can be measured: NaN.
    """

    name: str
    keys: tuple[str, ...]
    weight: float
    chosen: float
    chosen_measure: float
    other: float
    other_measure: float


@dataclass(frozen=True)
class InvestorWhy:
    """All that is known of one investor's choice in one run."""

    scenario: str
    seed: int
    replicate: int
    candidate: Candidate
    looks: tuple[Why, ...]
    chosen: ZoneLook | None  # at the last look; None: the outside option
    other: ZoneLook | None  # the one that refused it, or else the best other one
    terms: tuple[Term, ...]
    flips: tuple[Flip, ...]

    @property
    def last(self) -> Why:
        """The look that is explained."""
        return self.looks[-1]


def explain_investor(
    world: World, scenario: Scenario, text: str, *, seed: int, replicate: int, levers: Sequence[str]
) -> InvestorWhy:
    """Return why an investor did what it did, and what would have turned it.

    Parameters
    ----------
    world : World
        The province.
    scenario : Scenario
        The policy.
    text : str
        Its row or name; see `find_investor`.
    seed, replicate : int
        Which luck.
    levers : sequence of str
        Levers to search for the smallest change that turns it.

    Raises
    ------
    StudyError
        If there is no such investor or lever.
    AuditError
        If a run breaks a law of the model.
    """
    probes = searched(levers)
    opening, policy = opening_of(world), policy_table(scenario, world)
    luck = luck_of(opening.start, seed=seed, replicate=replicate)
    state, _ = run_once(opening, policy, luck)
    row, identity = find_investor(text, world, state, len(opening.start.tenants))
    looks = _looks(opening, policy, row, seed=seed, replicate=replicate)
    chosen, other = _two(looks[-1])
    return InvestorWhy(
        scenario=scenario.name,
        seed=seed,
        replicate=replicate,
        candidate=_candidate(world, state, row, identity),
        looks=looks,
        chosen=chosen,
        other=other,
        terms=terms_of(opening, int(state.investors[row]["sector"]), chosen, other),
        flips=flips(opening, scenario, identity, luck, probes),
    )


def _looks(
    opening: Opening, policy: Policy, row: int, *, seed: int, replicate: int
) -> tuple[Why, ...]:
    luck = luck_of(opening.start, seed=seed, replicate=replicate)
    room = new_state(opening.start, luck)
    months = replay(opening.world, opening.start, policy, luck, room, months=opening.start.months)
    return tuple(
        why_of(opening.world, looked, looked.rows.index(row))
        for looked in months
        if row in looked.rows
    )


def _candidate(world: World, state: State, row: int, identity: Identity) -> Candidate:
    investor = state.investors[row]
    home, zone = int(investor["home_district"]), int(investor["zone"])
    return Candidate(
        id=investor_id(world, identity),
        row=row,
        sector=world.sector_ids[investor["sector"]],
        origin=codes.ORIGINS[investor["origin"]],
        land_ha=float(investor["land_ha"]),
        capital_bn_vnd_ha=float(investor["capital_bn_vnd_ha"]),
        arrived=world.calendar.name(math.floor(investor["arrival_time"])),
        clusters_only=bool(investor["clusters_only"]),
        home_district="" if home < 0 else world.district_names[home],
        stage=codes.STAGES[investor["stage"]],
        stage_since=world.calendar.name(int(investor["stage_month"])),
        zone="" if zone < 0 else world.zone_ids[zone],
        reason=codes.REASONS[investor["reason"]],
        waited_for_land_months=int(investor["wait_months"]),
        dossiers=int(investor["dossiers"]),
    )


def _two(why: Why) -> tuple[ZoneLook | None, ZoneLook | None]:
    """Return the zone chosen at a look, and the one to compare it with."""
    by_name = {zone.zone: zone for zone in why.zones}
    if why.did == "gone" and why.first_choice is not None:  # refused there
        return None, by_name[why.first_choice]
    chosen = None if why.did == "gone" else by_name[why.best_feasible or str(why.first_choice)]
    others = [zone for zone in why.zones if zone is not chosen]
    able = [zone for zone in others if zone.feasible]
    if chosen is None or not able:  # whoever leaves for good compares all that it knows
        able = [zone for zone in others if zone.considered]
    return chosen, max(able or others, key=lambda zone: zone.total, default=None)


def terms_of(
    opening: Opening, sector: int, chosen: ZoneLook | None, other: ZoneLook | None
) -> tuple[Term, ...]:
    """Return the terms of two zones, each as a weight times what the investor measures.

    Parameters
    ----------
    opening : Opening
        Its parameters and sectors hold the weights.
    sector : int
        Row of the investor's sector.
    chosen, other : ZoneLook or None
        The zones; of None every term is NaN.
    """
    found = []
    weights = weights_of(opening, sector)
    for name in TERMS:
        keys, weight = weights[name]
        here, there = (math.nan if look is None else look.terms[name] for look in (chosen, other))
        measured = [value / weight if weight else math.nan for value in (here, there)]
        found.append(Term(name, keys, weight, here, measured[0], there, measured[1]))
    return tuple(found)


def weights_of(opening: Opening, sector: int) -> Mapping[str, tuple[tuple[str, ...], float]]:
    """Return the weight of every utility term for a sector, and what it is made of.

    Notes
    -----
    With the weights of docs/MODEL.md a term is weight times measure: readiness (quality), log of
    price over the neighbours' (price), log wage (wage), log of one more than the tenants alike
    (own_sector, same_origin), log of 1 + km (expressway, port), 0 or 1 (private_operator, home),
    reputation above its reference (reputation), 1 in parks and -1 in clusters (kind), expected
    months of procedure (time), inspection above the start year's (enforcement), and draws of luck.
    """
    p = {key: float(opening.start.fixed.parameters[0][key]) for key in columns_of(Parameters)}
    row = opening.start.fixed.sectors[sector]
    s = {key: float(row[key]) for key in columns_of(Sector)}
    low = s["low_skill_share"]
    wage = low * p["beta_wage_low_skill"] + (1.0 - low) * p["beta_wage_skilled"]
    plain = {
        "luck": "zone_scale",
        "taste": "province_taste_sigma",
        "quality": "beta_quality",
        "own_sector": "beta_own_sector",
        "same_origin": "beta_same_origin",
        "private_operator": "beta_private_operator",
        "reputation": "beta_reputation",
        "home": "home_utility",
    }
    minus = {"price": "beta_price", "expressway": "beta_expressway", "time": "beta_time"}
    made: dict[str, tuple[tuple[str, ...], float]] = {
        **{term: ((key,), p[key]) for term, key in plain.items()},
        **{term: ((key,), -p[key]) for term, key in minus.items()},
        "wage": (("beta_wage_low_skill", "beta_wage_skilled", "low_skill_share"), -wage),
        "port": (("beta_port", "export_share"), -p["beta_port"] * s["export_share"]),
        "kind": (("park_affinity",), s["park_affinity"]),
        "enforcement": (("beta_enforcement", "pollution"), -p["beta_enforcement"] * s["pollution"]),
    }
    return made


def seen_part(zone: ZoneLook) -> float:
    """Return the part of a zone's value that is no luck."""
    return float(np.sum([value for name, value in zone.terms.items() if name not in RANDOM]))
