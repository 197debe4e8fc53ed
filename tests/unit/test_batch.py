"""Runs in bulk: a look sees each run, and fewer months are the first of all of them."""

import numpy as np
import pytest

from sim.batch import Case, Workplace, run_each, run_many
from sim.initial import start_of
from sim.policy import months_alike, policy_table
from sim.replay import luck_of
from sim.room import copier, new_record, new_state
from sim.run import MONTHLY, begin, run_months
from sim.scenario import load_scenario
from sim.schema import as_bytes
from sim.world import SCENARIOS, load_world, parameter_vector, world_path

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


@pytest.mark.parametrize("threads", [1, 2])
def test_a_workplace_changes_no_byte_and_is_used_again(cases, threads):
    place, other = Workplace(), parameter_vector(WORLD)
    other["beta_quality"] = 2.0
    moved = [case._replace(name=f"{case.name}, moved", parameters=other) for case in cases]
    rooms = []
    for of_call, replicates in ((cases, (4, 1)), (moved, (9, 2)), (cases, (4, 1)), (cases, (7,))):
        asked = dict(replicates=replicates, seed=SEED, threads=threads)
        fresh = run_many(WORLD, of_call, **asked)
        again = run_many(WORLD, of_call, **asked, workplace=place)
        assert again.cases == tuple(case.name for case in of_call)
        assert again.replicates == replicates
        for name in ("province", "kinds", "zones", "districts"):
            assert getattr(again, name).tobytes() == getattr(fresh, name).tobytes()
        rooms.append({id(room) for room in place.rooms})
    assert sorted(place.batches) == [(2, 1), (2, 2)]
    assert 1 <= len(rooms[-1]) <= threads
    assert rooms[0] <= rooms[1] <= rooms[2] <= rooms[3]


def test_what_a_look_raises_is_heard(cases):
    def look(*_run):
        raise LookupError("seen enough")

    with pytest.raises(LookupError, match="seen enough"):
        run_many(WORLD, cases, replicates=REPLICATES, seed=SEED, look=look)


def dated(month, **levers):
    """Return a policy that is the baseline's until it sets levers from a month on."""
    policy = policy_table(load_scenario("baseline", SCENARIOS / "tiny", WORLD), WORLD)
    for name, value in levers.items():
        policy.levers[name][month:] = value
    return policy


def test_policies_are_alike_until_the_first_lever_moves():
    same, later, sooner = dated(0), dated(15, licensing_staff=2.0), dated(9, statutory_days=0.5)
    last = dated(WORLD.calendar.months - 1, rework=0.5)
    assert months_alike([same]) == months_alike([same, dated(0)]) == WORLD.calendar.months
    assert months_alike([same, later]) == 15
    assert months_alike([later, sooner, same]) == 9
    assert months_alike([same, last]) == WORLD.calendar.months - 1
    assert months_alike([same, dated(0, licensing_staff=2.0)]) == 0


def test_months_run_once_for_all_cases_change_no_byte_of_any():
    cases = [
        Case("same", dated(0)),
        Case("later", dated(15, licensing_staff=2.0, infrastructure_funding=90.0)),
        Case("sooner", dated(10, statutory_days=0.5, clearance_effort=2.0)),
        Case("other province", dated(20), parameter_vector(WORLD, {"zone_scale": 0.8})),
    ]
    common = {"replicates": REPLICATES, "seed": SEED, "threads": 1}
    together = run_many(WORLD, cases, **common)
    for c, case in enumerate(cases):
        alone = run_many(WORLD, [case], **common)
        for table in ("province", "kinds", "zones", "districts"):
            ours, theirs = getattr(together, table)[c], getattr(alone, table)[0]
            assert ours.tobytes() == theirs.tobytes(), (case.name, table)


def test_a_copy_of_a_state_runs_on_as_the_state_does():
    policy = dated(14, licensing_staff=2.0)
    start = start_of(WORLD, parameter_vector(WORLD))
    luck = luck_of(start, seed=SEED, replicate=4)
    state, other = new_state(start, luck), new_state(start, luck)
    records = [new_record(start), new_record(start)]
    begin(start, luck, state, records[0])
    run_months(start.fixed, policy, luck, state, records[0], 0, 12, MONTHLY)
    copier(state, other)()
    months = (12, WORLD.calendar.months, MONTHLY)
    for tables, record in zip((state, other), records, strict=True):
        assert run_months(start.fixed, policy, luck, tables, record, *months)[0] == -1
    ours, theirs = (record.province[12:].tobytes() for record in records)
    assert ours == theirs
    assert records[0].zones[12:].tobytes() == records[1].zones[12:].tobytes()


def test_no_replicates_give_tables_without_runs(cases):
    batch = run_many(WORLD, cases, replicates=[], seed=SEED)
    assert batch.province.shape == (2, 0, WORLD.calendar.months)


def test_tables_without_rows_are_bytes_too():
    assert as_bytes(np.zeros(0)).shape == (0, 8)
    assert as_bytes(np.zeros((2, 0, 3)), axes=2).shape == (2, 0, 24)
    assert as_bytes(np.zeros((2, 3)), axes=1).shape == (2, 24)
