"""The same seed is the same luck: policy, zones and company change what luck meets, never luck.

Comparisons are to the bit. Not for the generator itself: tests/unit/test_shocks.py.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.batch import Case, run_many
from sim.schema import codes
from sim.world import parameter_vector
from tests.property import worlds
from tests.property.worlds import DEMAND_LEVERS, Site

SEEDS = st.integers(0, 2**31)
WHO = ("segment", "number", "arrival_time", "capital_bn_vnd_ha", "home_district", "strict")


def same_people(before, after):
    """Compare who appeared, and their land unless it has grown since."""
    assert len(before) == len(after)
    for column in WHO:
        assert before[column].tobytes() == after[column].tobytes(), column
    as_born = (before.expansions == 0) & (after.expansions == 0)
    assert before.land_ha[as_born].tobytes() == after.land_ha[as_born].tobytes()
    opened = (before.open_month >= 0) & (after.open_month >= 0)
    assert np.array_equal(before.exit_threshold[opened], after.exit_threshold[opened])


@given(st.data())
@worlds.examples(60)
def test_policy_that_leaves_demand_alone_meets_the_same_candidates(data):
    world = data.draw(worlds.provinces())
    parameters = data.draw(worlds.parameter_vectors(world))
    seed = data.draw(SEEDS)
    runs = [
        worlds.run(
            world,
            data.draw(worlds.policies(world, fixed=DEMAND_LEVERS)),
            parameters=parameters,
            seed=seed,
        )
        for _ in range(2)
    ]
    same_people(*(done.candidates for done in runs))


@given(st.data())
@worlds.examples(60)
def test_more_demand_adds_candidates_and_loses_none(data):
    world = data.draw(worlds.provinces())
    less = data.draw(worlds.parameter_vectors(world, fixed=("candidates_per_year",)))
    more = less.copy().view(np.recarray)
    low, high = next(i[2:4] for i in world.parameters if i.key == "candidates_per_year")
    less.candidates_per_year = low
    more.candidates_per_year = data.draw(worlds.between(low, high))
    quiet = data.draw(worlds.policies(world))
    loud = worlds.with_lever(quiet, "anchor_output", 1.0)
    for column in DEMAND_LEVERS[:5]:
        bound = 60.0 if column == "craft_village_programme" else 2.5
        loud.levers[column] = np.maximum(loud.levers[column], data.draw(st.floats(0.0, bound)))
    seed = data.draw(SEEDS)
    few = worlds.run(world, quiet, parameters=less, seed=seed).candidates
    many = worlds.run(world, loud, parameters=more, seed=seed).candidates
    by_name = {(row.segment, row.number): row for row in many}
    for row in few:
        again = by_name[row.segment, row.number]
        assert row.arrival_time == again.arrival_time
        assert row.capital_bn_vnd_ha == again.capital_bn_vnd_ha


# --- zones ----------------------------------------------------------------------------------------

HERE = (
    Site("a", leased_ha=50.0, tenants=6, cleared_share=0.3, serviced_ha=400.0, works_share=0.1),
    Site("b", kind=codes.CLUSTER, district=1, operator=codes.NO_OPERATOR, serviced_ha=0.0),
    Site("c", kind=codes.CLUSTER, district=1, leased_ha=20.0, tenants=4, operator=codes.PRIVATE),
)
ELSEWHERE = {
    "dearer": (HERE[0], HERE[1]._replace(price_usd_m2_term=150.0), HERE[2]),
    "larger": (HERE[0], HERE[1]._replace(gross_ha=1900.0, leasable_ha=1500.0), HERE[2]),
    "begun": (HERE[0], HERE[1]._replace(operator=codes.STATE, serviced_ha=500.0), HERE[2]),
    "gone": (HERE[0], HERE[2]),
    "joined by another": (Site("new", leased_ha=10.0, tenants=3), *HERE),
    "another": (HERE[0], Site("new", leased_ha=10.0, tenants=3), HERE[2]),
}


@pytest.mark.parametrize("how", ELSEWHERE)
def test_no_other_draw_moves_when_a_zone_is(how):
    usual, changed = (
        worlds.run(worlds.province(sites, months=12)) for sites in (HERE, ELSEWHERE[how])
    )
    same_people(usual.candidates, changed.candidates)
    before, after = usual.candidates.slot, changed.candidates.slot
    assert np.all(before >= 0) and np.all(after >= 0)
    assert usual.luck.draws[before].tobytes() == changed.luck.draws[after].tobytes()
    assert usual.luck.cycle_normal.tobytes() == changed.luck.cycle_normal.tobytes()
    for name in ("a", "c"):
        z, y = ([site.id for site in sites].index(name) for sites in (HERE, ELSEWHERE[how]))
        assert np.array_equal(usual.luck.gumbel[before, z], changed.luck.gumbel[after, y])
        assert np.array_equal(usual.luck.known[before, z], changed.luck.known[after, y])
        same_luck_of_a_zone(usual, changed, z, y)


def same_luck_of_a_zone(usual, changed, z, y):
    """Compare the luck that belongs to a zone, its tranches, its blocks and its first tenants."""
    assert usual.state.zones[z].entry_threshold == changed.state.zones[y].entry_threshold
    tranches = [
        done.state.tranches[done.state.tranches.zone == row]
        for done, row in ((usual, z), (changed, y))
    ]
    assert tranches[0].overrun_normal.tobytes() == tranches[1].overrun_normal.tobytes()
    blocks = [
        done.state.blocks[rows.first_block[0] : rows.first_block[-1] + rows.blocks[-1]]
        for done, rows in zip((usual, changed), tranches, strict=True)
    ]
    assert len(blocks[0]) > 0
    assert blocks[0].tobytes() == blocks[1].tobytes()
    tenants = [
        done.state.investors[: len(done.start.tenants)][done.start.tenants.zone == row]
        for done, row in ((usual, z), (changed, y))
    ]
    assert len(tenants[0]) > 0
    assert tenants[0].exit_threshold.tobytes() == tenants[1].exit_threshold.tobytes()
    assert tenants[0].capital_bn_vnd_ha.tobytes() == tenants[1].capital_bn_vnd_ha.tobytes()


@given(st.data())
@worlds.examples(40)
def test_an_added_zone_that_nobody_can_see_changes_nothing_elsewhere(data):
    # No operator, no works, no money asked: it is only a row, and comes first or last.
    base = worlds.shipped("tiny")
    sites = data.draw(worlds.sites(base, months=24, most=4))
    hidden = Site("hidden", operator=codes.NO_OPERATOR, serviced_ha=0.0, works_may_start=500)
    parted = [site._replace(parent=site.parent + 1 if site.parent >= 0 else -1) for site in sites]
    first = data.draw(st.booleans())
    several = (hidden, *parted) if first else (*sites, hidden)
    seed = data.draw(SEEDS)
    usual = worlds.run(worlds.province(sites, months=24), seed=seed).record
    wider = worlds.run(worlds.province(several, months=24), seed=seed).record
    kept = wider.zones[:, 1:] if first else wider.zones[:, :-1]
    assert usual.zones.tobytes() == kept.tobytes()
    assert usual.province.tobytes() == wider.province.tobytes()


# --- cache, threads, company ----------------------------------------------------------------------


@given(st.data())
@worlds.examples(40)
def test_draws_that_find_no_room_in_the_cache_are_the_same(data):
    world = data.draw(worlds.provinces())
    policy = data.draw(worlds.policies(world))
    parameters = data.draw(worlds.parameter_vectors(world))
    seed = data.draw(SEEDS)
    rooms = (None, 1, 0)
    records = [
        worlds.run(
            world, policy, parameters=parameters, seed=seed, cached=cached, events=20_000
        ).record
        for cached in rooms
    ]
    assert worlds.record_bytes(records[0]) == worlds.record_bytes(records[1])
    assert worlds.record_bytes(records[0]) == worlds.record_bytes(records[2])


def results(batch, case, position):
    """Return everything a batch holds of one run, as bytes."""
    tables = (batch.province, batch.kinds, batch.zones, batch.districts)
    return tuple(table[case, position].tobytes() for table in tables)


@st.composite
def several_cases(draw, world):
    """Draw cases that differ in policy and in parameters, also in the number of their tranches."""
    vectors = worlds.parameter_vectors(world)
    return [Case(f"case-{n}", draw(worlds.policies(world)), draw(vectors)) for n in range(3)]


@given(st.data())
@worlds.examples(30)
def test_a_case_does_not_feel_the_cases_run_beside_it_nor_their_order(data):
    world = data.draw(worlds.provinces())
    cases = data.draw(several_cases(world))
    seed = data.draw(SEEDS)
    together = run_many(world, cases, replicates=range(2), seed=seed, threads=1)
    order = data.draw(st.permutations(range(3)))
    shuffled = run_many(world, [cases[c] for c in order], replicates=range(2), seed=seed, threads=1)
    for place, c in enumerate(order):
        alone = run_many(world, [cases[c]], replicates=range(2), seed=seed, threads=1)
        for position in range(2):
            expected = results(alone, 0, position)
            assert results(together, c, position) == expected
            assert results(shuffled, place, position) == expected


@pytest.mark.parametrize("sizes_ha", [(80.0, 40.0), (40.0, 80.0)])
def test_a_case_does_not_feel_that_another_has_more_or_fewer_tranches(sizes_ha):
    world = worlds.shipped("ninh_binh")
    cases = [
        Case(
            f"{size_ha:g} ha",
            worlds.unchanged(world),
            parameter_vector(world, {"tranche_gross_park_ha": size_ha}),
        )
        for size_ha in sizes_ha
    ]
    together = run_many(world, cases, replicates=[0], seed=1, threads=1)
    for c, case in enumerate(cases):
        alone = run_many(world, [case], replicates=[0], seed=1, threads=1)
        assert results(together, c, 0) == results(alone, 0, 0)


def test_threads_and_the_order_of_replicates_do_not_change_a_run():
    world = worlds.shipped("tiny")
    case = Case("usual", worlds.unchanged(world))
    numbers = tuple(range(12))
    one, three, backwards = (
        run_many(world, [case], replicates=replicates, seed=9, threads=threads)
        for replicates, threads in ((numbers, 1), (numbers, 3), (numbers[::-1], 2))
    )
    for position in numbers:
        assert results(one, 0, position) == results(three, 0, position)
        assert results(one, 0, position) == results(backwards, 0, 11 - position)
    assert len({results(one, 0, position) for position in numbers}) == len(numbers)


def test_a_replicate_run_again_in_the_same_room_is_the_same():
    world = worlds.shipped("tiny")
    case = Case("usual", worlds.unchanged(world))
    batch = run_many(world, [case], replicates=(5, 6, 5), seed=9, threads=1)
    assert results(batch, 0, 0) == results(batch, 0, 2) != results(batch, 0, 1)
