"""Sitting tenants add up to what is known of their zones, and the known ones are among them."""

import math

import numpy as np
import pytest

from sim import shocks
from sim.schema import codes
from sim.tenants import mean_land_ha, tenant_numbers
from sim.world import load_world, world_path

PROVINCES = ("ninh_binh", "tiny")


@pytest.fixture(scope="module")
def ninh_binh():
    return load_world(world_path("ninh_binh"))


@pytest.fixture(scope="module")
def tiny():
    return load_world(world_path("tiny"))


def tenants_of(world, zone_id):
    return world.tenants[world.tenants.zone == world.zone_ids.index(zone_id)]


def named(world, name):
    return world.tenants[world.tenant_names.index(name)]


@pytest.mark.parametrize("name", PROVINCES)
def test_tenants_add_up_to_the_leased_land_and_the_number_of_each_zone(name):
    world = load_world(world_path(name))
    for zone_id, zone in zip(world.zone_ids, world.zones, strict=True):
        tenants = tenants_of(world, zone_id)
        assert len(tenants) == zone.tenants
        assert math.fsum(tenants.land_ha) == pytest.approx(zone.leased_ha, abs=1e-9)
        assert list(tenants.number) == list(range(len(tenants)))
        assert np.all(tenants.shock_zone == zone.key)
        assert np.all(tenants.land_ha > 0)


@pytest.mark.parametrize("name", PROVINCES)
def test_tenants_operate_and_belong_to_no_segment(name):
    tenants = load_world(world_path(name)).tenants
    assert np.all(tenants.stage == codes.OPERATING)
    assert np.all(tenants.sitting == 1)
    assert np.all(tenants.segment == codes.NOBODY)
    assert np.all(tenants.slot == codes.NOBODY)
    assert np.all(tenants.home_district == codes.NOBODY)
    assert np.all(tenants.shock_segment == shocks.identity_key("sitting"))


def test_tenants_stay_the_same_when_loaded_again(tiny):
    again = load_world(world_path("tiny")).tenants
    assert again.tobytes() == tiny.tenants.tobytes()


def test_numbers_follow_the_largest_remainder():
    # Weights 0.5/1, 0.3/2, 0.2/4: 0.7 in all; quotas of 10: 7.143, 2.143, 0.714.
    assert tenant_numbers(10, [0.5, 0.3, 0.2], [1.0, 2.0, 4.0]) == [7, 2, 1]


def test_a_tie_of_remainders_goes_to_the_lowest_sector():
    assert tenant_numbers(3, [0.5, 0.5], [1.0, 1.0]) == [2, 1]


def test_no_tenants_make_no_numbers():
    assert tenant_numbers(0, [0.5, 0.5], [1.0, 1.0]) == [0, 0]


def test_the_mean_plot_is_that_of_the_log_normal(tiny):
    machines = tiny.sectors[0]  # median 3 ha, sigma 0.6
    assert mean_land_ha(machines) == pytest.approx(3.0 * math.exp(0.18))


def test_plots_of_made_up_tenants_keep_the_proportions_of_their_draws(tiny):
    tenants = tenants_of(tiny, "old-cluster")
    key = int(tiny.zones[tiny.zone_ids.index("old-cluster")].key)
    drawn = []
    for tenant in tenants:
        sector = tiny.sectors[tenant.sector]
        luck = shocks.normal(0, shocks.TENANT_LAND, 0, int(sector.key), key, int(tenant.number))
        drawn.append(sector.land_median_ha * math.exp(sector.land_sigma * luck))
    ratios = tenants.land_ha / np.array(drawn)
    assert ratios == pytest.approx([8.0 / sum(drawn)] * len(drawn), rel=1e-12)


def test_tenants_are_of_sectors_their_zone_may_take(tiny):
    assert tiny.sector_ids.index("machines") not in tenants_of(tiny, "old-cluster").sector


def test_the_foreign_among_a_zones_tenants_of_a_sector_are_the_rounded_share(ninh_binh):
    for zone_id in ("khanh-phu", "khanh-nhac"):  # no known tenant changes these sectors
        tenants = tenants_of(ninh_binh, zone_id)
        for row in {int(s) for s in tenants.sector} - {ninh_binh.sector_ids.index("other")}:
            origins = tenants.origin[tenants.sector == row]
            share = ninh_binh.sectors[row].foreign_share
            foreign = math.floor(share * len(origins) + 0.5)
            expected = [codes.FOREIGN] * foreign + [codes.DOMESTIC] * (len(origins) - foreign)
            assert list(origins) == expected


def test_the_anchor_plant_is_one_of_the_tenants_of_its_zone(ninh_binh):
    anchors = ninh_binh.tenants[ninh_binh.tenants.anchor == 1]
    assert len(anchors) == 1
    assert ninh_binh.zone_ids[anchors[0].zone] == "gian-khau"
    assert ninh_binh.sector_ids[anchors[0].sector] == "auto-assembly"
    assert anchors[0].land_ha == 93.0  # Z38
    assert anchors[0].workers_ha * anchors[0].land_ha == pytest.approx(3400.0)  # Z39
    assert len(tenants_of(ninh_binh, "gian-khau")) == 33


def test_tenants_known_by_name_sit_in_their_zone_with_what_is_known_of_them(ninh_binh, tiny):
    plant = named(ninh_binh, "Ninh Bình urea plant (Vinachem)")
    assert ninh_binh.zone_ids[plant.zone] == "khanh-phu"
    assert plant.land_ha == 53.0
    assert plant.capital_bn_vnd_ha == pytest.approx(12_000 / 53)
    cameras = named(ninh_binh, "MCNEX Vina")
    assert ninh_binh.sector_ids[cameras.sector] == "electronics"
    assert cameras.origin == codes.FOREIGN
    assert named(tiny, "Riverside Mill").land_ha == 4.0


def test_a_known_tenant_without_a_place_of_its_sector_takes_that_of_another(ninh_binh):
    # Three tenants, none of them of building materials by the largest remainder.
    glass = named(ninh_binh, "INDEVCO - CFG Ninh Bình glass")
    assert ninh_binh.zone_ids[glass.zone] == "khanh-cu"
    assert ninh_binh.sector_ids[glass.sector] == "building-materials"
    assert len(tenants_of(ninh_binh, "khanh-cu")) == 3


def test_tenants_without_a_name_are_called_by_zone_and_number(tiny):
    assert tiny.tenant_names[0] == "north-park/0"
    assert len(set(tiny.tenant_names)) == len(tiny.tenants)
