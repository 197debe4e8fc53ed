"""Runs in bulk: a look sees each run, and fewer months are the first of all of them."""

import numpy as np
import pytest

from sim.batch import Case, run_each, run_many
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.world import SCENARIOS, load_world, world_path

WORLD = load_world(world_path("tiny"))
REPLICATES, SEED = (4, 1, 9), 3


@pytest.fixture(scope="module")
def cases():
    names = ("baseline", "plan")
    loaded = [load_scenario(name, SCENARIOS / "tiny", WORLD) for name in names]
    return [Case(scenario.name, policy_table(scenario, WORLD)) for scenario in loaded]


def test_fewer_months_are_the_first_of_all_of_them(cases):
    whole = run_many(WORLD, cases, replicates=REPLICATES, seed=SEED)
    part = run_many(WORLD, cases, replicates=REPLICATES, seed=SEED, months=18)
    assert part.years == whole.years[:1]
    assert part.province.tobytes() == whole.province[:, :, :18].tobytes()
    assert part.kinds.tobytes() == whole.kinds[:, :, :18].tobytes()
    assert part.zones.tobytes() == whole.zones[:, :, :1].tobytes()
    assert part.districts.tobytes() == whole.districts[:, :, :1].tobytes()


@pytest.mark.parametrize("threads", [1, 2])
def test_a_look_sees_every_run_at_its_end(cases, threads):
    seen = {}

    def look(case, replicate, state, _record):
        seen[case, replicate] = state.zones["leased_ha"].copy()

    batch = run_many(
        WORLD, cases, replicates=REPLICATES, seed=SEED, threads=threads, months=24, look=look
    )
    assert sorted(seen) == [(c, r) for c in range(2) for r in range(3)]
    for place, leased in seen.items():
        assert np.array_equal(leased, batch.zones["leased_ha"][place][-1])


def test_a_record_holds_the_months_asked_for(cases):
    rows = {}

    def look_for(key):
        def look(_case, _replicate, _state, record):
            rows[key] = record.zones["leased_ha"].copy()

        return look

    common = {"replicates": [4], "seed": SEED, "threads": 1}
    run_each(WORLD, cases[:1], look_for("all"), **common)
    run_each(WORLD, cases[:1], look_for("some"), kept_months=[2, 11], **common)
    assert len(rows["all"]) == WORLD.calendar.months
    assert np.array_equal(rows["some"], rows["all"][[2, 11]])


def test_what_a_look_raises_is_heard(cases):
    def look(*_run):
        raise LookupError("seen enough")

    with pytest.raises(LookupError, match="seen enough"):
        run_many(WORLD, cases, replicates=REPLICATES, seed=SEED, look=look)
