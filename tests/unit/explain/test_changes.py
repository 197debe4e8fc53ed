"""A lever is changed in every month, within its bounds, in the words of a scenario file."""

import tomllib
from functools import cache

import numpy as np
import pytest

from experiments.explain.changes import (
    Probe,
    changed_policy,
    chosen_probes,
    read_probes,
    settings_of,
)
from experiments.toml_lines import as_toml
from sim.errors import StudyError
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.scenario_levers import LEVERS
from sim.world import load_world, world_path


@cache
def case(name):
    world = load_world(world_path("tiny"))
    scenario = load_scenario(name, world_path("tiny").parent, world)
    return world, scenario, policy_table(scenario, world)


def settings(name, lever, step, times=1.0):
    world, _, policy = case(name)
    return settings_of(Probe(lever, step=step), policy, world, times=times)


def test_a_step_is_added_to_every_month_of_a_dated_lever():
    # scenarios/tiny: 30 at the start (levers.csv), 60 from 2021-04 (plan.toml)
    expected = [{"from": "2021-01", "value": 80.0}, {"from": "2021-04", "value": 110.0}]
    assert settings("plan", "infrastructure_funding", 50) == {"infrastructure_funding": expected}


def test_each_part_of_a_lever_is_changed():
    # plan.toml: domestic 1.1, foreign 1.25 from 2021-04
    later = {"domestic": 1.35, "foreign": 1.5}
    found = settings("plan", "promotion", 0.25)["promotion"]
    assert found == [{"from": "2021-01", "value": 1.25}, {"from": "2021-04", "value": later}]


def test_a_change_stops_at_the_bound():
    most = LEVERS["cofinance_share"].hi
    found = settings("plan", "cofinance_share", 0.1, times=100.0)
    assert found == {"cofinance_share": [{"from": "2021-01", "value": most}]}


def test_nothing_is_set_where_the_lever_is_at_its_bound():
    assert settings("baseline", "reinvestment_share", -0.1) == {}


@pytest.mark.parametrize("name", ["baseline", "plan"])
def test_what_is_written_as_toml_sets_the_same_levers(name):
    world, scenario, policy = case(name)
    for probe in read_probes():
        wanted = settings_of(probe, policy, world, zone="new-park")
        read = tomllib.loads(as_toml(wanted))
        here, there = (changed_policy(scenario, each, world) for each in (wanted, read))
        assert all(a.tobytes() == b.tobytes() for a, b in zip(here, there, strict=True))


def test_a_step_leaves_all_other_levers_alone():
    world, scenario, policy = case("plan")
    changed = changed_policy(scenario, settings("plan", "rework", -0.3), world)
    others = [name for name in policy.levers.dtype.names if name != "rework"]
    assert all(np.array_equal(policy.levers[name], changed.levers[name]) for name in others)
    assert np.allclose(policy.levers["rework"] - changed.levers["rework"], 0.3)


def test_every_lever_that_a_province_can_set_has_a_trial():
    # `priority_sectors` acts only through other levers, anchor plants touch no other zone
    without = set(LEVERS) - {probe.lever for probe in read_probes()}
    assert without == {"priority_sectors", "anchor_output"}


def test_unknown_levers_are_named_all_at_once():
    with pytest.raises(StudyError) as caught:
        chosen_probes(["rewrok", "one_stop", "xyz"], numbers_only=True)
    assert "3 problems" in str(caught.value)
    assert "xyz: no such lever. See 'zonesim levers'." in str(caught.value)
    assert "'rework'" in str(caught.value)
    assert "one_stop: has no step to add" in str(caught.value)
