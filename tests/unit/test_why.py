"""Explanations add up to what the engine compared, and the best of them is what the engine did."""

import math
from functools import cache

import pytest

from sim.initial import start_of
from sim.model import ZoneModel
from sim.phases import choice
from sim.phases.terms import COMMON_TERMS
from sim.policy import policy_table
from sim.replay import RULED_OUT, TERMS, luck_of, replay
from sim.run import new_state
from sim.scenario import load_scenario
from sim.schema import codes
from sim.why import explain_all
from sim.world import load_world, parameter_vector, world_path

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
    if first.ruled_out == "land":
        return first.zone, None, "waits", "none"
    # On the way to an operator or to land a zone may also be barred by rules: then those decide.
    return first.zone, None, "gone", REFUSALS.get(first.ruled_out)


@every_run
def test_terms_add_up_to_the_value_to_the_bit(name, scenario):
    for why in looks(name, scenario):
        for zone in why.zones:
            assert tuple(zone.terms) == TERMS
            assert sum_of(zone.terms) == zone.value


@every_run
def test_values_and_obstacles_are_the_engines(name, scenario):
    """Values are those that the choice left in state.value after each look."""
    world, policy = case(name, scenario)
    start = start_of(world, parameter_vector(world))
    luck = luck_of(start, seed=1, replicate=3)
    explained = iter(looks(name, scenario))
    last = None
    for looked in replay(world, start, policy, luck, new_state(start, luck), months=start.months):
        whys = [next(explained) for _ in looked.rows]
        assert [(why.month, why.investor) for why in whys] == [
            (looked.month, row) for row in looked.rows
        ]
        if whys:  # the last look of the month is still in the tables
            last = [z.value if z.considered else -math.inf for z in whys[-1].zones]
            assert last == looked.trial.value.tolist()
    assert last is not None
    assert next(explained, None) is None


@every_run
def test_the_best_zone_is_what_the_investor_did(name, scenario):
    for why in looks(name, scenario):
        found = (why.first_choice, why.best_feasible, why.did, why.reason)
        first, feasible, did, reason = expected_deed(why)
        if why.first_choice is not None and first_is_off_offer(why):
            # Not on offer hides which obstacle binds: land, or a rule that comes before it.
            assert found[:2] == (first, feasible)
            assert (did == "applied") == (why.did == "applied")
        else:
            assert found == (first, feasible, did, reason)


def first_is_off_offer(why):
    return any(z.zone == why.first_choice and z.ruled_out == "not_on_offer" for z in why.zones)


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
    assert found >= {"nothing", "not_known", "not_in_view", "sector", "wastewater", "land"}
    assert any(zone.terms["enforcement"] for why in whys for zone in why.zones)
    assert any(zone.terms["home"] for why in whys for zone in why.zones)


def test_obstacles_have_the_names_of_the_engines_codes():
    first = RULED_OUT.index("not_on_offer")
    for constant, code in vars(choice).items():
        if constant.startswith("OBSTACLE_"):
            assert RULED_OUT[first + code] == constant.removeprefix("OBSTACLE_").lower()


def test_explanations_can_stop_early():
    world, policy = case("tiny", "baseline")
    some = tuple(explain_all(world, policy, seed=1, replicate=3, months=7))
    whole = looks("tiny", "baseline")
    assert some == tuple(why for why in whole if why.month < 7)
