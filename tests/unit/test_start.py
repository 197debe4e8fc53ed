"""Month 0: what a province and its parameters become before the first month runs.

Values of the invented province are worked out by hand from scenarios/tiny/world and MODEL.md 2.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import luck as draws
from sim.audit import audit_month
from sim.initial import start_of
from sim.initial_land import tranche_count
from sim.room import new_record, new_state
from sim.run import begin
from sim.schema import codes
from sim.world import parameter_vector
from tests.property import worlds

PROVINCES = ("tiny", "ninh_binh")
NORTH, OLD, NEW = range(3)  # zones of the invented province


def start(name, **parameters):
    world = worlds.shipped(name)
    return start_of(world, parameter_vector(world, parameters))


def begun(month_0, *, replicate=0):
    """Return the state of a run before its first month, with the luck of a replicate."""
    segments = month_0.fixed.segments
    luck = draws.new_luck(segments=segments, zones=len(month_0.zones), months=month_0.months)
    luck = draws.draw_luck(luck, segments=segments, seed=1, replicate=replicate)
    state, record = new_state(month_0, luck), new_record(month_0)
    begin(month_0, luck, state, record)
    return state


# --- the invented province, by hand ---------------------------------------------------------------


def test_the_unserviced_land_of_the_invented_province_makes_a_tranche_a_zone():
    tranches = start("tiny").land.tranches
    # North Park: 45 of 90 leasable serviced, so 60 of 120 gross; half of it is left, one tranche of
    # 60 gross ha with 6 blocks, all cleared, compensation 60 x 3.2. Old Cluster: all serviced.
    # New Park: 80 gross is nearer to one tranche of 60 than to two.
    assert tranches.zone.tolist() == [NORTH, NORTH, OLD, NEW]
    assert tranches.order.tolist() == [0, 1, 0, 0]
    stages = [codes.SERVICED, codes.IN_PROGRESS, codes.SERVICED, codes.PLANNED]
    assert tranches.stage.tolist() == stages
    assert tranches.gross_ha.tolist() == [60.0, 60.0, 20.0, 80.0]
    assert tranches.leasable_ha.tolist() == [45.0, 45.0, 16.0, 60.0]
    assert tranches.blocks.tolist() == [6, 6, 2, 8]
    assert tranches.blocks_cleared.tolist() == [6, 6, 2, 0]
    assert tranches.first_block.tolist() == [0, 6, 12, 14]
    assert tranches.compensation_bn_vnd.tolist() == [0.0, 192.0, 0.0, 0.0]
    assert tranches.plant_built.tolist() == [1, 0, 1, 0]


def test_the_land_account_of_the_invented_province_starts_as_its_files_say():
    zones = start("tiny").zones
    assert zones.cleared_gross_ha.tolist() == [120.0, 20.0, 0.0]
    assert zones.serviced_gross_ha.tolist() == [60.0, 20.0, 0.0]
    assert zones.serviced_ha.tolist() == [45.0, 16.0, 0.0]
    assert zones.leased_ha == pytest.approx([30.0, 8.0, 0.0], abs=1e-12)
    assert zones.operating_ha.tolist() == zones.leased_ha.tolist()
    assert zones.tenants.tolist() == [5, 3, 0]
    assert (zones.reserved_ha.tolist(), zones.idle_ha.tolist()) == ([0.0] * 3, [0.0] * 3)
    assert zones.operator.tolist() == [codes.PRIVATE, codes.STATE, codes.NO_OPERATOR]
    assert zones.connected.tolist() == [1.0, 0.6, 0.0]
    assert zones.price_usd_m2_term.tolist() == [80.0, 50.0, 70.0]
    assert zones.first_tranche.tolist() == [0, 2, 3]
    assert zones.tranches.tolist() == [2, 1, 1]


def test_the_offices_of_the_invented_province_are_sized_for_their_dossiers():
    # Hours of a dossier: 60 exp(0.5^2 / 2) (1 + land)^0.15, x 1.5 where pollution is above 0.35;
    # returned rounds add half of the work 0.3 / 0.7 times.
    mean_hours = 60.0 * math.exp(0.125) * (
        0.4 * 4.0**0.15 + 0.3 * 1.5 * 3.0**0.15 + 0.2 * 3.5**0.15 + 0.1 * 1.5 * 1.5**0.15
    )  # fmt: skip
    with_rounds = mean_hours * (1.0 + 0.5 * 0.3 / 0.7)
    offices = start("tiny").offices
    expected = [8 * with_rounds / 12 / 0.4, 16 * with_rounds / 12 / 0.6]
    assert offices.capacity_hours_month == pytest.approx(expected, rel=1e-12)
    # Announced: 15 days, 65 for food and pottery (0.4 of all), x 1.8 / 30 months.
    assert offices.lived_months == pytest.approx([0.6 * 0.9 + 0.4 * 3.9] * 2, rel=1e-12)
    assert offices.clock.tolist() == [0.0, 0.0]


def test_the_invented_province_starts_with_its_people_and_the_usual_wastewater():
    month_0 = start("tiny")
    assert month_0.districts.supply == pytest.approx([16_800.0, 11_200.0])  # 0.28 of the people
    assert month_0.districts.wage.tolist() == [1.0, 1.0]
    province = month_0.province[0]
    # 0.4 x 5 + 0.3 x 20 + 0.2 x 10 + 0.1 x 4
    assert province.mean_wastewater_m3_ha_day == pytest.approx(10.4, rel=1e-12)
    assert province.cluster_factor == 1.0  # what its clusters paid is not known
    assert (province.investors, province.settled, province.candidates) == (8, 8, 0)
    assert (province.seekers, province.applied, province.projects) == (0, 0, 0)


def test_works_begun_before_the_start_are_in_place_at_their_share_of_the_cost():
    tranche = begun(start("tiny")).tranches[1]
    cost = 60.0 * 6.7 * math.exp(0.15 * tranche.overrun_normal)
    assert tranche.works_cost_bn_vnd == pytest.approx(cost, rel=1e-12)
    assert tranche.works_done_bn_vnd == pytest.approx(0.3 * cost, rel=1e-12)
    assert tranche.works_spent_bn_vnd == tranche.works_done_bn_vnd
    assert tranche.plant_m3_day == pytest.approx(45.0 * 10.4, rel=1e-12)
    assert tranche.plant_cost_bn_vnd == pytest.approx(45.0 * 10.4 * 0.02, rel=1e-12)


def test_only_blocks_that_are_not_cleared_have_luck():
    state = begun(start("tiny"))
    assert np.all(state.blocks[:14] == 0.0)
    assert np.all(state.blocks[14:] > 0.0)
    assert len(state.blocks) == 22


# --- both provinces -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROVINCES)
def test_land_and_tenants_at_the_start_are_those_of_the_files(name):
    world, month_0 = worlds.shipped(name), start(name)
    for column in ("gross_ha", "leasable_ha", "serviced_ha", "tenants", "capacity_m3_day"):
        assert month_0.zones[column].tolist() == world.zones[column].tolist(), column
    assert month_0.zones.leased_ha == pytest.approx(world.zones.leased_ha, abs=1e-9)
    assert month_0.sector_tenants.sum(axis=1).tolist() == world.zones.tenants.tolist()
    assert month_0.origin_tenants.sum(axis=1).tolist() == world.zones.tenants.tolist()


@pytest.mark.parametrize("name", PROVINCES)
def test_a_developer_that_comes_later_is_not_there_yet(name):
    zones = start(name).zones
    later = zones.operator_from > 0
    assert np.all(zones.operator[later] == codes.NO_OPERATOR)
    assert np.all((zones.operator_month == codes.NOBODY) == (zones.operator == codes.NO_OPERATOR))
    assert np.any(later) == (name == "ninh_binh")


@pytest.mark.parametrize("name", PROVINCES)
def test_sitting_tenants_are_old_enough_for_full_output_and_past_their_holiday(name):
    highest_ramp_months = next(
        info.high for info in worlds.shipped(name).parameters if info.key == "ramp_months"
    )
    month_0 = start(name)
    p, tenants = month_0.fixed.parameters[0], month_0.tenants
    assert np.all(tenants.stage == codes.OPERATING)
    assert np.all(-tenants.open_month >= highest_ramp_months)
    holiday_months = 12.0 * (p.holiday_free_years + p.holiday_half_years)
    assert np.all(-tenants.open_month >= holiday_months)
    assert np.all(tenants.licence_month < tenants.open_month)


@pytest.mark.parametrize("name", PROVINCES)
def test_sitting_tenants_work_and_discharge_fully_in_the_first_month(name):
    world = worlds.with_parameters(
        worlds.shipped(name), exit_hazard=0.0, expansion_hazard=0.0, candidates_per_year=0.0
    )
    done = worlds.run(world, months=1)
    tenants, zones = done.start.tenants, done.start.zones
    rates = world.sectors.wastewater_m3_ha_day[tenants.sector]
    jobs, load = np.zeros(len(zones)), np.zeros(len(zones))
    np.add.at(jobs, tenants.zone, tenants.land_ha * tenants.workers_ha)
    np.add.at(load, tenants.zone, tenants.land_ha * rates)
    assert done.record.zones.jobs[0] == pytest.approx(jobs, rel=1e-12)
    assert done.record.zones.load_m3_day[0] == pytest.approx(load, rel=1e-12)
    assert zones.jobs == pytest.approx(jobs, rel=1e-12)
    assert zones.committed_m3_day == pytest.approx(load, rel=1e-12)


@pytest.mark.parametrize("name", PROVINCES)
def test_last_years_revenue_is_what_the_same_tenants_pay_in_a_year_without_change(name):
    # No growth of prices and costs, nobody comes, goes or expands: the first year repeats the last.
    world = worlds.with_parameters(
        worlds.shipped(name),
        exit_hazard=0.0,
        expansion_hazard=0.0,
        candidates_per_year=0.0,
        cost_growth=0.0,
        price_growth=0.0,
        price_response=0.0,
    )
    policy = worlds.with_lever(worlds.unchanged(world), "infrastructure_funding", 0.0)
    done = worlds.run(world, policy, months=12)
    paid_bn_vnd = done.record.zones.revenue_bn_vnd[11].sum()
    assert done.start.province[0].revenue_last_year_bn_vnd == pytest.approx(paid_bn_vnd, rel=1e-9)
    assert paid_bn_vnd > 0.0


def test_the_clusters_of_ninh_binh_pay_what_they_paid():
    # 250 bn VND in 2021 (Z32); MODEL.md 3.13 expects a factor between 1.3 and 1.9.
    world = worlds.shipped("ninh_binh")
    month_0 = start("ninh_binh")
    tenants = month_0.tenants
    in_clusters = month_0.zones.kind[tenants.zone] == codes.CLUSTER
    payment = world.sectors.budget_bn_vnd_ha_year[tenants.sector] * tenants.land_ha
    factor = month_0.province[0].cluster_factor
    assert 1.3 <= factor <= 1.9
    assert factor * payment[in_clusters].sum() == pytest.approx(250.0, rel=1e-9)


@pytest.mark.parametrize("replicate", range(3))
@pytest.mark.parametrize("name", PROVINCES)
def test_the_start_obeys_the_laws(name, replicate):
    assert audit_month(begun(start(name), replicate=replicate), True) == (-1, -1)


# --- any province ---------------------------------------------------------------------------------


@given(st.data())
@worlds.examples(100)
def test_tranches_and_blocks_make_up_their_zone(data):
    world = data.draw(worlds.provinces())
    parameters = data.draw(worlds.parameter_vectors(world))
    p, month_0 = parameters[0], start_of(world, parameters)
    zones, tranches = month_0.zones, month_0.land.tranches
    for z, zone in enumerate(zones):
        rows = tranches[tranches.zone == z]
        left_gross_ha = zone.gross_ha * (1.0 - zone.serviced_ha / zone.leasable_ha)
        smallest = left_gross_ha < p.tranche_min_ha
        whole_ha = zone.serviced_gross_ha if smallest else zone.gross_ha
        assert rows.gross_ha.sum() == pytest.approx(whole_ha, abs=1e-9)
        whole_ha = zone.serviced_ha if smallest else zone.leasable_ha
        assert rows.leasable_ha.sum() == pytest.approx(whole_ha, abs=1e-9)
        assert rows.order.tolist() == list(range(len(rows)))
        assert (zone.first_tranche, zone.tranches) in ((0, 0), (rows_first(tranches, z), len(rows)))
        cleared = rows.gross_ha * rows.blocks_cleared / rows.blocks
        assert zone.cleared_gross_ha == pytest.approx(cleared.sum(), abs=1e-9)
    assert np.all(tranches.blocks >= 1)
    ends = tranches.first_block + tranches.blocks
    assert tranches.first_block.tolist() == [0, *ends.tolist()][: len(tranches)]
    blocks = month_0.land.cleared
    assert len(blocks) == tranches.blocks.sum()
    cleared = [blocks[t.first_block : t.first_block + t.blocks].sum() for t in tranches]
    assert cleared == tranches.blocks_cleared.tolist()
    assert audit_month(begun(month_0), True) == (-1, -1)


def rows_first(tranches, z):
    return int(np.flatnonzero(tranches.zone == z)[0]) if np.any(tranches.zone == z) else 0


@pytest.mark.parametrize(
    ("gross_ha", "tranches"),
    # of about 60 ha; none under 1 ha; 90 is as near to one as to two, and becomes two
    [(0.0, 0), (0.99, 0), (1.0, 1), (89.9, 1), (90.0, 2), (149.9, 2), (150.0, 3), (386.0, 6)],
)
def test_unserviced_land_is_split_into_the_nearest_number_of_usual_tranches(gross_ha, tranches):
    assert tranche_count(gross_ha, 60.0, 1.0) == tranches
