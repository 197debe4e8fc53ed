"""The fates of candidates by sector, counted in bulk, are those that the agents of Mesa tell."""

from collections import Counter

import pytest

from experiments.fates import fates
from experiments.runs import Plan, answer, prepare
from experiments.sample import FATES
from sim.model import InvestorAgent, ZoneModel

NAMES = ["baseline", "plan"]
FIRST, SEED, UNDECIDED = 2, 7, ("looking", "waiting", "applied")


@pytest.fixture(scope="module")
def prepared():
    return prepare(NAMES, Plan("tiny", 3, SEED, FIRST, until="2022-06", threads=2))


@pytest.fixture(scope="module")
def sample(prepared):
    return answer(prepared).sample


def told(world, policy, replicate, months):
    """Return how many agents of each sector met each fate by the end of a month."""
    counted = Counter()
    model = ZoneModel(world, policy, seed=SEED, replicate=replicate, collect=False)
    for _ in range(months):
        model.step()
    for agent in model.agents_by_type[InvestorAgent]:
        if agent.sitting:
            continue
        stage = agent.stage_name
        fate = "undecided" if stage in UNDECIDED else "holds_land"
        fate = f"gone_{agent.reason_name}" if stage == "gone" else fate
        counted[agent.sector_id, "came"] += 1
        counted[agent.sector_id, fate] += 1
    return counted


def test_fates_in_bulk_are_those_of_the_agents(prepared, sample):
    world = prepared.province.world
    months = prepared.reported.world.calendar.months
    assert months < world.calendar.months
    for c, case in enumerate(prepared.cases):
        for r in range(3):
            expected = told(world, case.policy, FIRST + r, months)
            for s, sector in enumerate(world.sector_ids):
                found = dict(zip(FATES, sample.fates[c, r, s], strict=True))
                assert found == {fate: expected[sector, fate] for fate in FATES}


def test_every_candidate_has_one_fate(sample):
    came, *others = (sample.fates[..., place] for place in range(len(FATES)))
    assert came.sum() > 0
    assert (sum(others) == came).all()


def test_the_table_counts_every_replicate(prepared, sample):
    table = fates(sample, NAMES, prepared.province.world)
    assert set(table["n"]) == {3}
    plan = table[table["scenario"] == "plan"]["holds_land"].to_numpy()
    base = table[table["scenario"] == "baseline"]["holds_land"].to_numpy()
    difference = table[table["scenario"] == "plan"]["holds_land_difference"].to_numpy()
    assert difference == pytest.approx(plan - base)
