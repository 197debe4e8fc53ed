"""Explanations add up to what the engine compared, and the best of them is what the engine did."""

import math
from functools import cache

import pytest

from sim.model import ZoneModel
from sim.phases import choice
from sim.phases.terms import COMMON_TERMS
from sim.policy import policy_table
from sim.replay import OBSTACLES, TERMS
from sim.scenario import load_scenario
from sim.schema import codes
from sim.why import explain_all
from sim.world import load_world, world_path

RUNS = [
    ("tiny", "baseline"),
    ("tiny", "plan"),
    ("ninh_binh", "baseline"),
    ("ninh_binh", "plan_175"),
]
REFUSALS = {"sector": "refused_sector", "capital": "capital_floor", "wastewater": "wastewater"}
DECIDED_BY_LOOK = {
    codes.NEIGHBOURS,
    codes.REFUSED_SECTOR,
    codes.CAPITAL_FLOOR,
    codes.WASTEWATER,
}
every_run = pytest.mark.parametrize(("name", "scenario"), RUNS)


@cache
def case(name, scenario):
    world = load_world(world_path(name))
    folder = world_path(name).parent
    return world, policy_table(load_scenario(scenario, folder, world), world)


@cache
def looks(name, scenario):
    return tuple(explain_all(*case(name, scenario), seed=1, replicate=3))


def sum_of(terms):
    """Add terms up as docs/MODEL.md writes the utility: the common ones first among themselves."""
    common = 0.0
    for term in COMMON_TERMS:
        common = common + terms[term]
    total = terms["luck"] + terms["taste"] + common + terms["time"]
    return total + terms["enforcement"] + terms["home"]


def best(zones, outside):
    """Return the best of some zones above the outside option, the first among equals."""
    chosen, value = None, outside
    for zone in zones:
        if zone.value > value:
            chosen, value = zone, zone.value
    return chosen


def expected_deed(why):
    """Return what an investor does with its first choice and its best feasible zone."""
    first = best([z for z in why.zones if z.considered], why.outside)
    feasible = best([z for z in why.zones if z.feasible], why.outside)
    if first is None:
        return None, None, "gone", "neighbours"
    if feasible is not None:
        return first.zone, feasible.zone, "applied", "none"
    if first.obstacle == "land":
        return first.zone, None, "waits", "none"
    return first.zone, None, "gone", REFUSALS[first.obstacle]


@every_run
def test_terms_add_up_to_what_the_choice_compared_to_the_bit(name, scenario):
    for why in looks(name, scenario):
        for zone in why.zones:
            assert tuple(zone.terms) == TERMS
            assert sum_of(zone.terms) == zone.total
            assert zone.value == (zone.total if zone.considered else -math.inf)


@every_run
def test_the_best_zone_is_what_the_investor_did(name, scenario):
    for why in looks(name, scenario):
        found = (why.first_choice, why.best_feasible, why.did, why.reason)
        assert found == expected_deed(why)


@every_run
def test_what_explanations_say_was_done_is_in_the_event_log(name, scenario):
    world, policy = case(name, scenario)
    model = ZoneModel(world, policy, seed=1, replicate=3, collect=False, events=50_000)
    model.run()
    assert model.record.event_count[0] == len(model.events)
    logged = set()
    for event in model.events.tolist():
        month, investor, zone, what, detail = event
        if what == codes.EVENT_APPLIED:
            logged.add((month, investor, "applied", zone))
        if what == codes.EVENT_GONE and detail in DECIDED_BY_LOOK:
            logged.add((month, investor, "gone", detail))
        if what == codes.EVENT_WAITS:
            logged.add((month, investor, "waits", zone))
    said = set()
    already_waiting = set()
    for why in looks(name, scenario):
        if why.did == "applied":
            said.add((why.month, why.investor, "applied", world.zone_ids.index(why.best_feasible)))
        if why.did == "gone":
            said.add((why.month, why.investor, "gone", codes.REASONS.index(why.reason)))
        if why.did == "waits" and why.investor not in already_waiting:
            said.add((why.month, why.investor, "waits", world.zone_ids.index(why.first_choice)))
        already_waiting.discard(why.investor)
        if why.did == "waits":
            already_waiting.add(why.investor)
    assert said == logged


@every_run
def test_nobody_does_less_than_its_best(name, scenario):
    assert all(why.margin >= 0.0 for why in looks(name, scenario))


def test_runs_hold_every_kind_of_look():
    # Otherwise the tests above would say little.
    whys = [why for run in RUNS for why in looks(*run)]
    assert {why.did for why in whys} == {"applied", "waits", "gone"}
    assert {"neighbours", "refused_sector", "none"} <= {why.reason for why in whys}
    found = {zone.ruled_out for why in whys for zone in why.zones}
    assert found >= {"none", "not_known", "not_in_view", "sector", "wastewater", "land"}
    assert any(zone.terms["enforcement"] for why in whys for zone in why.zones)
    assert any(zone.terms["home"] for why in whys for zone in why.zones)


def test_obstacles_have_the_names_of_the_engines_codes():
    assert OBSTACLES[choice.NO_OBSTACLE] == "none"
    for constant, code in vars(choice).items():
        if constant.startswith("OBSTACLE_"):
            assert OBSTACLES[code] == constant.removeprefix("OBSTACLE_").lower()


def test_explanations_can_stop_early():
    world, policy = case("tiny", "baseline")
    some = tuple(explain_all(world, policy, seed=1, replicate=3, months=7))
    whole = looks("tiny", "baseline")
    assert some == tuple(why for why in whole if why.month < 7)
