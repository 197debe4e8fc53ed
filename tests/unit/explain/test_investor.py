"""An investor's terms are weights times what it saw, and what turned it does so when run afresh."""

import math
import tomllib
from functools import cache

import numpy as np
import pytest

from experiments.explain.changes import Probe
from experiments.explain.flips import _Search, ending_of
from experiments.explain.identity import Identity, find_investor, investor_id
from experiments.explain.investor import explain_investor
from experiments.explain.runs import opening_of, run_once
from experiments.province import load_province, load_scenarios
from sim.errors import StudyError
from sim.model import ZoneModel
from sim.policy import policy_table
from sim.replay import luck_of
from sim.scenario import with_levers
from sim.schema import codes
from sim.views import InvestorAgent

SEED, REPLICATE = 1, 3
LEVERS = ("infrastructure_funding", "promotion", "statutory_days")


@cache
def province():
    return load_province("tiny")


@cache
def scenario(name="plan"):
    return load_scenarios([name], province())[0]


@cache
def model(name="plan", settings=""):
    policy = with_levers(scenario(name), tomllib.loads(settings), province().world)
    found = ZoneModel(
        province().world,
        policy_table(policy, province().world),
        seed=SEED,
        replicate=REPLICATE,
        collect=False,
    )
    found.run()
    return found


def newcomers(found):
    return [agent for agent in found.agents_by_type[InvestorAgent] if not agent.sitting]


@cache
def why(text, name="plan"):
    return explain_investor(
        province().world, scenario(name), text, seed=SEED, replicate=REPLICATE, levers=LEVERS
    )


def applicant():
    """Return the last newcomer that holds land."""
    return [agent for agent in newcomers(model()) if agent.zone >= 0][-1]


def test_a_row_and_a_name_mean_the_same_investor():
    agent = applicant()
    by_row, by_name = why(str(agent.row)), why(agent.name)
    assert by_row == by_name
    assert by_row.candidate.id.replace("-programme", "") == agent.name
    assert by_row.candidate.stage == agent.stage_name
    assert by_row.candidate.zone == agent.zone_id


def test_the_last_look_is_what_the_model_explains():
    for agent in newcomers(model())[:10]:
        expected = model().why(agent)
        assert why(str(agent.row)).last == expected


def test_every_term_is_its_weight_times_what_the_investor_measures():
    found = why(str(applicant().row))
    terms = {term.name: term for term in found.terms}
    zone = province().world.zones[province().world.zone_ids.index(found.chosen.zone)]
    # closed forms of docs/MODEL.md with the data of scenarios/tiny
    assert terms["expressway"].chosen_measure == pytest.approx(math.log(1 + zone["km_expressway"]))
    assert terms["kind"].chosen_measure in (1.0, -1.0) or terms["kind"].weight == 0.0
    assert terms["home"].chosen_measure in (0.0, 1.0)
    assert 0.0 <= terms["quality"].chosen_measure <= 1.0
    for term in found.terms:
        if term.weight:
            assert term.weight * term.chosen_measure == pytest.approx(term.chosen)
    assert sum(term.chosen for term in found.terms) == pytest.approx(found.chosen.total)


def test_the_margin_is_what_parts_the_choice_from_the_best_other_thing():
    found = why(str(applicant().row))
    others = [z.value for z in found.last.zones if z.feasible and z.zone != found.chosen.zone]
    expected = found.chosen.value - max([found.last.outside, *others])
    assert found.last.margin == pytest.approx(expected)


def decided(agent):
    """Return the zone an agent of a run went to, or why it left."""
    return agent.zone_id or agent.reason_name


def test_what_turns_an_investor_turns_it_in_a_model_of_its_own():
    turned = []
    for agent in newcomers(model()):
        for flip in why(str(agent.row)).flips:
            if flip.outcome is None or flip.outcome.what not in ("zone", "gone"):
                continue
            assert flip.verified
            changed = model("plan", flip.settings)
            again = next(other for other in newcomers(changed) if other.name == agent.name)
            looked = changed.why(again)
            if flip.outcome.what == "zone" and looked.did == "applied":
                turned.append((looked.best_feasible, flip.outcome.which))
            if flip.outcome.what == "gone":
                turned.append((again.reason_name, flip.outcome.which))
        if len(turned) > 5:
            break
    assert len(turned) > 5
    assert all(seen == said for seen, said in turned)


def test_a_change_somewhat_smaller_does_not_turn_it():
    opening = opening_of(province().world)
    luck = luck_of(opening.start, seed=SEED, replicate=REPLICATE)
    policy = policy_table(scenario(), province().world)
    checked = 0
    for agent in newcomers(model())[:12]:
        identity = Identity(agent.segment, agent.number)
        before = ending_of(opening, policy, luck, identity)
        for flip in why(str(agent.row)).flips:
            if flip.outcome is None or flip.kept_at == 0.0:
                continue
            probe = Probe(flip.lever, step=flip.kept_at)
            search = _Search(opening, scenario(), identity, luck, probe)
            assert search.outcome(search.settings(1.0)) == before
            assert abs(flip.kept_at) < abs(flip.change)
            checked += 1
    assert checked


def test_identities_are_the_same_under_another_policy():
    here, there = ({a.name for a in newcomers(model(name))} for name in ("baseline", "plan"))
    assert len(here & there) > len(here) / 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("99999", "expected"),
        ("0", "tenant at the start"),
        ("fod-domestic/1", "Did you mean 'food-domestic'?"),
        ("food-domestic", "a segment and a number"),
        ("food-domestic/99999", "did not come"),
        ("food-domestic/x", "a segment and a number"),
    ],
)
def test_an_unknown_investor_is_answered_with_who_there_is(text, said):
    opening = opening_of(province().world)
    luck = luck_of(opening.start, seed=SEED, replicate=REPLICATE)
    state, _ = run_once(opening, policy_table(scenario(), province().world), luck)
    with pytest.raises(StudyError) as caught:
        find_investor(text, province().world, state, len(opening.start.tenants))
    assert said in str(caught.value)


def test_ids_name_segment_and_number():
    world = province().world
    names = [investor_id(world, Identity(g, 7)) for g in range(len(world.segments))]
    assert len(set(names)) == len(names)
    assert "machines-domestic/7" in names
    assert np.all([name.endswith("/7") for name in names])


def test_who_leaves_for_the_neighbours_is_compared_with_the_best_zone_it_knew():
    left = [agent for agent in newcomers(model()) if agent.reason_name == "neighbours"]
    found = why(str(left[0].row))
    known = [zone for zone in found.last.zones if zone.considered]
    assert found.chosen is None
    assert found.other == max(known or found.last.zones, key=lambda zone: zone.total)
    assert all(zone.value <= found.last.outside for zone in known)


def test_who_is_refused_is_compared_with_the_zone_that_refused():
    (ban,) = load_scenarios(["ban"], province())
    opening, policy = opening_of(province().world), policy_table(ban, province().world)
    for replicate in range(20):
        luck = luck_of(opening.start, seed=SEED, replicate=replicate)
        state, _ = run_once(opening, policy, luck)
        refused = np.flatnonzero(state.investors["reason"] == codes.REFUSED_SECTOR)
        if len(refused):
            break
    found = explain_investor(
        province().world,
        ban,
        str(refused[0]),
        seed=SEED,
        replicate=replicate,
        levers=["rework"],
    )
    assert found.chosen is None
    assert found.other.zone == found.last.first_choice
    assert found.other.ruled_out == "sector"
