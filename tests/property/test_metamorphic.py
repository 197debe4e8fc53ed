"""How results must change when one input changes, and what must not change them at all.

Laws of docs/MODEL.md, section 5. Each compares two runs under the same luck, so none needs to know
what the right result is.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.batch import Case, run_many
from sim.policy import policy_table
from sim.rules.location import known_share
from sim.scenario import with_levers
from sim.scenario_levers import LEVERS
from sim.schema import NEUTRAL_LEVERS, codes
from tests.property import worlds
from tests.property.worlds import DEMAND_LEVERS, UNCHANGED, Site

SEEDS = st.integers(0, 2**31)

# --- money ----------------------------------------------------------------------------------------


@st.composite
def begun_provinces(draw):
    """Draw state zones whose one unfinished tranche is in works, all blocks clear.

    Nothing else moves: no candidates, no expansion, no cost growth, no decay of resting works.
    """
    sites = []
    for n in range(draw(st.integers(1, 6))):
        gross_ha = draw(st.floats(30.0, 60.0))
        leasable_ha = gross_ha * draw(st.floats(0.5, 1.0))
        site = Site(
            f"zone-{n}",
            kind=draw(st.sampled_from((codes.PARK, codes.CLUSTER))),
            gross_ha=gross_ha,
            leasable_ha=leasable_ha,
            serviced_ha=leasable_ha * draw(st.floats(0.45, 1.0)),
            works_may_start=draw(st.integers(-6, 12)),
            connected=draw(worlds.between(0.0, 1.0)),
            cleared_share=1.0,
            works_share=draw(worlds.between(0.0, 1.0)),
        )
        sites.append(site)
    world = worlds.province(sites, months=40, start_month=draw(st.integers(1, 12)))
    return worlds.with_parameters(
        world, candidates_per_year=0.0, expansion_hazard=0.0, cost_growth=0.0, idle_decay=0.0
    )


@st.composite
def funding_policies(draw, world, *, allocation):
    """Draw who is served first, and a path of yearly funding."""
    policy = worlds.unchanged(world)
    policy.levers.allocation = allocation
    policy.levers.park_share = draw(worlds.between(0.0, 1.0))
    policy.levers.wastewater_first = draw(st.integers(0, 1))
    ranks = draw(st.permutations(range(len(world.zones) + 1)))
    policy.zone_levers.priority_rank[:] = ranks[:-1]
    for month in (0, *sorted(draw(st.lists(st.integers(1, 39), max_size=3)))):
        policy.levers.infrastructure_funding[month:] = draw(worlds.between(0.0, 200.0))
    return policy


def with_more_money(data, policy):
    """Return a policy with a higher path of funding: in all months, in some, or both."""
    more = policy.levers.infrastructure_funding * data.draw(worlds.between(1.0, 3.0))
    first, last = sorted(data.draw(st.integers(0, len(more))) for _ in range(2))
    more[first:last] += data.draw(st.floats(0.0, 200.0))
    richer = worlds.with_lever(policy, "infrastructure_funding", 0.0)
    richer.levers.infrastructure_funding = more
    return richer


@given(st.data())
@worlds.examples(100)
def test_more_money_under_a_priority_list_never_lowers_any_zones_cumulative_spending(data):
    world = data.draw(begun_provinces())
    poor = data.draw(funding_policies(world, allocation=codes.PRIORITY_LIST))
    rich = with_more_money(data, poor)
    seed = data.draw(SEEDS)
    less = worlds.run(world, poor, seed=seed).record
    more = worlds.run(world, rich, seed=seed).record
    assert np.all(more.zones.public_bn_vnd >= less.zones.public_bn_vnd - 1e-9)
    assert np.all(more.zones.serviced_ha >= less.zones.serviced_ha)
    assert np.all(more.zones.connected >= less.zones.connected - 1e-12)


@pytest.mark.parametrize(
    ("allocation", "lowers"), [(codes.PRIORITY_LIST, False), (codes.NEAREST_TO_FINISH, True)]
)
def test_it_takes_a_list_as_nearest_to_finish_can_turn_from_one_zone_to_another(allocation, lowers):
    # Connections of 0.8 bn VND/ha, 24 months: large has 33.6 bn to go at up to 2 a month, small 32
    # at up to 1.33. Four rich months bring both forward and large ahead; afterwards there is 1 a
    # month, which goes to large after them, to small without them.
    finished = Site("large", kind=codes.CLUSTER, gross_ha=60.0, leasable_ha=50.0, serviced_ha=50.0)
    sites = (
        finished._replace(connected=0.3),
        finished._replace(
            id="small", gross_ha=40.0, connected=0.0, leasable_ha=40.0, serviced_ha=40.0
        ),
    )
    world = worlds.with_parameters(
        worlds.province(sites, months=20), candidates_per_year=0.0, cost_growth=0.0
    )
    poor = worlds.with_lever(worlds.unchanged(world), "allocation", allocation)
    poor.levers.infrastructure_funding[:4] = 0.0
    poor.levers.infrastructure_funding[4:] = 12.0
    poor.zone_levers.priority_rank[:] = (1, 2)
    rich = worlds.with_lever(poor, "infrastructure_funding", 12.0)
    rich.levers.infrastructure_funding[:4] = 48.0
    less, more = (worlds.run(world, each).record.zones.public_bn_vnd[-1] for each in (poor, rich))
    assert np.any(more < less - 1.0) == lowers
    assert more.sum() > less.sum()


@given(st.data())
@worlds.examples(60)
def test_more_money_never_lowers_the_total_given_whatever_the_rule(data):
    world = data.draw(begun_provinces())
    allocation = data.draw(st.integers(codes.EVEN, codes.PRIORITY_LIST))
    poor = data.draw(funding_policies(world, allocation=allocation))
    rich = with_more_money(data, poor)
    seed = data.draw(SEEDS)
    less = worlds.run(world, poor, seed=seed).record.zones.public_bn_vnd.sum(axis=1)
    more = worlds.run(world, rich, seed=seed).record.zones.public_bn_vnd.sum(axis=1)
    assert np.all(more >= less - 1e-9)


@given(st.data())
@worlds.examples(100)
def test_more_money_in_a_month_never_lowers_what_a_zone_gets_in_it(data):
    # Any allocation rule, any province: the first month, in which everything else is the same.
    world = data.draw(worlds.provinces())
    parameters = data.draw(worlds.parameter_vectors(world))
    poor = data.draw(worlds.policies(world))
    rich = with_more_money(data, poor)
    given_bn_vnd = [
        worlds.run(world, policy, parameters=parameters, months=1).state.zones.given_bn_vnd
        for policy in (poor, rich)
    ]
    assert np.all(given_bn_vnd[1] >= given_bn_vnd[0] - 1e-12)


@given(st.data())
@worlds.examples(100)
def test_money_never_lies_idle_while_anyone_asks(data):
    # Given = the smaller of what is asked and what is there, whatever the split and the rule.
    world = data.draw(worlds.provinces())
    parameters = data.draw(worlds.parameter_vectors(world))
    policy = data.draw(worlds.policies(world, fixed=("wastewater_funding",)))
    done = worlds.run(world, policy, parameters=parameters, seed=data.draw(SEEDS))
    row = done.record.province
    carried = np.concatenate([[0.0], row.carried_bn_vnd[:-1]])
    available = carried + np.diff(row.funding_bn_vnd, prepend=0.0)
    expected = np.minimum(row.asked_bn_vnd, available)
    assert np.allclose(row.given_bn_vnd, expected, rtol=1e-9, atol=1e-9)


# --- choice ---------------------------------------------------------------------------------------


@st.composite
def open_provinces(draw):
    """Draw up to six finished zones with room for everyone, on the first month of a short run."""
    sites = []
    for n in range(draw(st.integers(2, 6))):
        leased_ha, tenants = draw(st.sampled_from(((0.0, 0), (50.0, 3), (400.0, 9))))
        sites.append(
            Site(
                f"zone-{n}",
                kind=draw(st.sampled_from((codes.PARK, codes.CLUSTER))),
                district=draw(st.integers(0, 1)),
                gross_ha=1e6,
                leasable_ha=8e5,
                serviced_ha=8e5,
                leased_ha=leased_ha,
                tenants=tenants,
                operator=draw(st.sampled_from((codes.STATE, codes.PRIVATE))),
                connected=draw(worlds.between(0.0, 1.0)),
                price_usd_m2_term=draw(worlds.between(60.0, 200.0)),
                capacity_m3_day=draw(st.sampled_from((0.0, 3000.0, 1e7))),
                km_expressway=draw(worlds.between(0.0, 50.0)),
                km_port=draw(worlds.between(0.0, 150.0)),
            )
        )
    return worlds.steady(worlds.province(sites, months=1), 200.0)


BETTER = ("connected", "price", "reputation")


def improvement(data, z, what):
    """Return what makes a zone of month 0 better in one respect."""

    def prepare(start):
        zone = start.zones[z]
        if what == "connected":
            zone.connected += (1.0 - zone.connected) * share
        elif what == "price":
            zone.price_usd_m2_term *= 1.0 - 0.5 * share
            zone.start_price_usd_m2_term = zone.price_usd_m2_term
        else:
            zone.good += 50.0 * share

    share = data.draw(worlds.between(0.0, 1.0))
    return prepare


@pytest.mark.parametrize("what", BETTER)
@given(data=st.data())
@worlds.examples(40)
def test_a_better_zone_never_loses_an_investor_to_another_zone(what, data):
    # Without funding, or the connections of other zones would profit from what it asks no more;
    # without wastewater first, or those it wins could take the capacity of those it had. Demand as
    # usual, 200 a month, so that somebody comes.
    world = data.draw(open_provinces())
    parameters = data.draw(worlds.parameter_vectors(world))
    usual = ("wastewater_first", "wastewater_funding", *DEMAND_LEVERS)
    policy = data.draw(worlds.policies(world, fixed=usual))
    policy.levers.infrastructure_funding = 0.0
    policy.levers.reinvestment_share = 0.0
    z = data.draw(st.integers(0, len(world.zones) - 1))
    seed = data.draw(SEEDS)
    prepare = improvement(data, z, what)
    before = worlds.run(world, policy, parameters=parameters, seed=seed).candidates
    after = worlds.run(world, policy, parameters=parameters, seed=seed, prepare=prepare).candidates
    assert len(before) == len(after) > 0
    for column in ("first_choice", "zone"):
        had = before[column] == z
        assert np.all(after[column][had] == z), column
        elsewhere = after[column] != z
        assert np.array_equal(after[column][elsewhere], before[column][elsewhere]), column


@given(
    base=st.floats(0.0, 0.999),
    tenants=st.integers(0, 100),
    word_of_mouth=st.floats(0.0, 2.0),
    promotion=st.floats(0.0, 3.0),
    more=st.floats(0.0, 3.0),
)
def test_more_promotion_never_makes_a_zone_less_known(
    base, tenants, word_of_mouth, promotion, more
):
    known = known_share(base, promotion, tenants, word_of_mouth)
    assert 0.0 <= known <= 1.0
    assert known_share(base, promotion + more, tenants, word_of_mouth) >= known
    assert known_share(base, promotion, tenants + 1, word_of_mouth) >= known
    assert known_share(base, 0.0, tenants, word_of_mouth) == 0.0
    assert np.isclose(known_share(base, 1.0, 0, word_of_mouth), base, rtol=1e-12, atol=1e-15)


@given(st.data())
@worlds.examples(40)
def test_with_more_promotion_nobody_turns_to_the_neighbours_who_did_not_before(data):
    # Arrivals do not answer promotion here; it only makes zones known, so that choices widen.
    world = data.draw(open_provinces())
    policy = data.draw(worlds.policies(world, fixed=("infrastructure_funding",)))
    more = worlds.with_lever(policy, "promotion_domestic", 3.0)
    more.levers.promotion_foreign = 3.0
    seed = data.draw(SEEDS)
    before, after = (worlds.run(world, each, seed=seed).candidates for each in (policy, more))
    assert np.array_equal(before.number, after.number)
    assert np.all(after.first_choice[before.first_choice >= 0] >= 0)
    assert np.all(before.first_choice[after.first_choice < 0] < 0)


# --- order of rows --------------------------------------------------------------------------------


def reordered(world_sites, order):
    """Return sites in another order, extensions still beside their parents."""
    places = {old: new for new, old in enumerate(order)}
    return tuple(
        world_sites[old]._replace(
            parent=places[world_sites[old].parent] if world_sites[old].parent >= 0 else -1
        )
        for old in order
    )


def larger(site, factor):
    """Return a site whose land, but for what is leased, is larger by a factor."""
    columns = ("gross_ha", "leasable_ha", "serviced_ha")
    return site._replace(**{column: factor * getattr(site, column) for column in columns})


@given(st.data())
@worlds.examples(100)
def test_reordering_the_rows_of_zones_permutes_the_results(data):
    # Where the model goes by row there must be no tie: areas differ, serviced land too (it sets the
    # cost of missing plants); zones without unmet demand tie under `by-demand`, and the state's
    # gate (state_gate_years) goes by row, so it is wide open.
    base = worlds.shipped(data.draw(st.sampled_from(("tiny", "ninh_binh"))))
    drawn = data.draw(worlds.sites(base, months=30))
    sites = tuple(larger(site, 1.0 + 0.01 * n) for n, site in enumerate(drawn))
    order = data.draw(st.permutations(range(len(sites))))
    worlds_by_order = [
        worlds.with_parameters(worlds.province(each, base=base, months=30), state_gate_years=1e9)
        for each in (sites, reordered(sites, order))
    ]
    parameters = data.draw(worlds.parameter_vectors(worlds_by_order[0]))
    policy = data.draw(worlds.policies(worlds_by_order[0]))
    by_demand = policy.levers.allocation == codes.BY_DEMAND
    policy.levers.allocation[by_demand] = codes.EVEN
    permuted = policy._replace(zone_levers=policy.zone_levers[:, list(order)].copy())
    seed = data.draw(SEEDS)
    right, other = (
        worlds.run(world, each, parameters=parameters, seed=seed).record
        for world, each in zip(worlds_by_order, (policy, permuted), strict=True)
    )
    for name in right.zones.dtype.names:
        same = np.allclose(right.zones[name][:, list(order)], other.zones[name], 1e-9, 1e-9)
        assert same, name
    for table in ("kinds", "province", "districts"):
        for name in getattr(right, table).dtype.names:
            columns = getattr(right, table)[name], getattr(other, table)[name]
            assert np.allclose(*columns, rtol=1e-9, atol=1e-9), (table, name)


# --- levers ---------------------------------------------------------------------------------------

# What each lever means by "as in the start year", as a scenario file would say it, and a value that
# must make itself felt somewhere in Ninh Bình.
SPELLINGS = {
    "allocation": ("nearest-to-finish", "even"),
    "zone_priorities": ([], ["tam-diep-2"]),
    "offer_state_zones": ([], ["tam-diep-2", "kim-son", "nho-quan-a"]),
    "works_may_start": ({"new-park": "2021-07"}, {"gian-khau-2": "2021-02"}),
    "one_stop": (False, True),
    "fast_track": ([], ["large", "foreign"]),
    "promotion": ({"domestic": 1, "foreign": 1}, 1.5),
    "banned_sectors": ([], ["garment"]),
    "priority_sectors": ([], ["electronics"]),
    "capital_floor": (0, 60),
    "wastewater_first": (False, True),
    "wastewater_funding": (0, 30),
    "craft_village_programme": (0, 10),
    "revocation_months": (0, 12),
    "land_price_support": (0, 0.5),
    "tax_holiday": ({"free_years": 2, "half_years": 4}, {"free_years": 4, "half_years": 9}),
    "demand_index": ({"domestic": 1, "foreign": 1}, 1.5),
    "infrastructure_funding": (30, 300),
    "park_share": (0.5, 0.0),
    "clearance_advance": (0.3, 1.0),
    "cofinance_share": (0.05, 0.5),
    "state_steps_in": (60, 6),
    "reinvestment_share": (0, 0.5),
    "expansion_rule": (0.6, 0.95),
}
# Felt only together with another lever.
TOGETHER = {
    "zone_priorities": {"allocation": "priority-list"},
    "offer_state_zones": {"state_steps_in": 0},
    "fast_track": {"licensing_staff": 0.5},
    "priority_sectors": {"land_price_support": 0.3},
    "land_price_support": {"priority_sectors": ["electronics"]},
}


def spellings(lever):
    """Return the default of a lever and another value, as written in a scenario file."""
    return SPELLINGS.get(lever) or (NEUTRAL_LEVERS[lever], 2.0 * NEUTRAL_LEVERS[lever])


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_set_at_its_default_changes_nothing_to_the_bit(lever):
    world = worlds.shipped("tiny")
    dated = [{"from": "2021-05", "value": spellings(lever)[0]}]
    scenario = with_levers(UNCHANGED, {lever: dated}, world)
    assert scenario.steps
    policy = policy_table(scenario, world)
    for replicate in range(3):
        usual = worlds.run(world, replicate=replicate, events=2000)
        explicit = worlds.run(world, policy, replicate=replicate, events=2000)
        assert worlds.record_bytes(explicit.record) == worlds.record_bytes(usual.record)


@given(st.data())
@worlds.examples(100)
def test_levers_set_at_their_defaults_change_nothing_to_the_bit_in_any_province(data):
    world = worlds.province(data.draw(worlds.sites(worlds.shipped("tiny"), months=24)), months=24)
    levers = {}
    for lever in data.draw(st.lists(st.sampled_from(sorted(LEVERS)), unique=True, min_size=1)):
        month = world.calendar.name(data.draw(st.integers(0, 23)))
        levers[lever] = [{"from": month, "value": spellings(lever)[0]}]
    if "works_may_start" in levers:
        later = [z for z, month in enumerate(world.works_may_start) if 0 <= month < 24]
        levers["works_may_start"] = {
            world.zone_ids[z]: world.calendar.name(world.works_may_start[z]) for z in later
        }
    policy = policy_table(with_levers(UNCHANGED, levers, world), world)
    seed = data.draw(SEEDS)
    usual, explicit = (worlds.run(world, each, seed=seed) for each in (None, policy))
    assert worlds.record_bytes(explicit.record) == worlds.record_bytes(usual.record)


@pytest.mark.parametrize("lever", LEVERS)
def test_a_lever_set_at_another_value_changes_something(lever):
    # Otherwise the test above would say nothing: a lever that no rule reads is always at rest.
    world = worlds.shipped("ninh_binh")
    beside = TOGETHER.get(lever, {})
    usual, changed = (
        policy_table(with_levers(UNCHANGED, levers, world), world)
        for levers in (beside, {**beside, lever: spellings(lever)[1]})
    )
    cases = [Case("usual", usual), Case("changed", changed)]
    province = run_many(world, cases, replicates=range(3), seed=4).province
    assert province[0].tobytes() != province[1].tobytes()
