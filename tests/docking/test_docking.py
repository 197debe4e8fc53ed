"""The engine does what docs/MODEL.md says, as a second author read it: event for event.

The classic program and its readable comparison: `python -m tests.docking.compare`. Rules one by one
are tested in tests/cases, laws in tests/property.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.world import world_path
from tests.docking.compare import differences
from tests.docking.scenarios import numbered, pressed
from tests.property.worlds import parameter_vectors, policies, provinces, shipped


def assert_alike(world, policy, parameters=None, *, seed=1, replicate=0):
    found = differences(world, policy, parameters, seed=seed, replicate=replicate)
    assert not found, "\n".join(found)


def assert_alike_under(province, number):
    """Compare under a numbered scenario; the number is all one needs to run it again."""
    world = shipped(province)
    case = numbered(world, number)
    found = differences(
        world, case.policy, case.parameters, seed=case.seed, replicate=case.replicate
    )
    assert not found, "\n".join([f"scenario number {number} of {province}", *found])


@settings(max_examples=30)
@given(data=st.data(), seed=st.integers(0, 1_000_000), replicate=st.integers(0, 1_000))
def test_the_tiny_province_agrees_under_any_policy(data, seed, replicate):
    world = shipped("tiny")
    policy = data.draw(policies(world))
    parameters = data.draw(parameter_vectors(world))
    assert_alike(world, policy, parameters, seed=seed, replicate=replicate)


@settings(max_examples=100)
@given(world=provinces(), number=st.integers(0, 1_000_000))
def test_any_province_agrees(world, number):
    case = numbered(world, number)
    assert_alike(world, *case[:2], seed=case.seed, replicate=case.replicate)


@settings(max_examples=60)
@given(world=provinces(), number=st.integers(0, 1_000_000))
def test_any_province_agrees_when_land_is_always_wanted(world, number):
    case = pressed(world, number)
    assert_alike(world, *case[:2], seed=case.seed, replicate=case.replicate)


@pytest.mark.parametrize("number", range(30))
def test_the_tiny_province_agrees_under_numbered_scenarios(number):
    assert_alike_under("tiny", number)


@pytest.mark.parametrize("scenario", ["baseline", "plan_175", "everything"])
def test_ninh_binh_agrees(scenario):
    world = shipped("ninh_binh")
    folder = world_path("ninh_binh").parent
    assert_alike(world, policy_table(load_scenario(scenario, folder, world), world))


def test_ninh_binh_agrees_when_everything_moves():
    assert_alike_under("ninh_binh", 0)


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(20))
def test_the_tiny_province_agrees_in_two_thousand_scenarios(hundred):
    for number in range(100 * hundred, 100 * hundred + 100):
        assert_alike_under("tiny", number)


@pytest.mark.long
@pytest.mark.parametrize("ten", range(20))
def test_ninh_binh_agrees_in_two_hundred_scenarios(ten):
    for number in range(10 * ten, 10 * ten + 10):
        assert_alike_under("ninh_binh", number)


@pytest.mark.long
@settings(max_examples=1000)
@given(world=provinces(longest=60), number=st.integers(0, 1_000_000))
def test_a_thousand_provinces_agree(world, number):
    case = numbered(world, number)
    assert_alike(world, *case[:2], seed=case.seed, replicate=case.replicate)
