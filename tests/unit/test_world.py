"""The province of Ninh Bình and the invented one load, and hold what their sources say."""

import csv
import dataclasses
import re
import shutil

import numpy as np
import pytest

from sim.errors import ScenarioError, WorldError
from sim.schema import Parameters, Sector, Zone, codes, columns_of
from sim.shocks import identity_key
from sim.world import (
    describe_parameters,
    describe_zones,
    load_world,
    parameter_vector,
    world_path,
)

PROVINCES = ("ninh_binh", "tiny")


@pytest.fixture(scope="module")
def ninh_binh():
    return load_world(world_path("ninh_binh"))


@pytest.fixture(scope="module")
def tiny():
    return load_world(world_path("tiny"))


def total(zones, column):
    return pytest.approx(float(np.sum(zones[column])), abs=1e-9)


def test_the_five_open_parks_hold_what_the_board_reports(ninh_binh):
    # 695.8 ha leasable of 886.1 planned, 673.2 leased, 114 tenants: data README, source Z01.
    parks = ninh_binh.zones[ninh_binh.zones.kind == codes.PARK]
    open_parks = parks[parks.serviced_ha > 0]
    assert (len(parks), len(open_parks)) == (9, 5)
    assert total(open_parks, "gross_ha") == 886.1
    assert total(open_parks, "leasable_ha") == 695.8
    assert total(open_parks, "serviced_ha") == 695.8
    assert total(parks, "leased_ha") == 673.2
    assert total(parks, "tenants") == 114


def test_the_clusters_hold_what_the_province_reports(ninh_binh):
    # 26 clusters, 268.9 ha serviced, 208.8 leased: data README.
    clusters = ninh_binh.zones[ninh_binh.zones.kind == codes.CLUSTER]
    assert len(clusters) == 26
    assert total(clusters, "serviced_ha") == 268.9
    assert total(clusters, "leased_ha") == 208.8


@pytest.mark.parametrize("name", PROVINCES)
def test_every_value_cites_a_listed_source_or_says_what_it_is(name):
    # Independent of the loader: every cell of a column named source or *_source.
    folder = world_path(name)
    listed = {row["id"] for row in read(folder / "sources.csv")}
    for path in sorted(folder.glob("*.csv")):
        for row in read(path) if path.name != "sources.csv" else []:
            for column, text in row.items():
                if not column.endswith("source") or not text:
                    continue
                assert set(re.findall(r"\b[A-Z]\d{2,3}\b", text)) <= listed, (path.name, text)
                assert re.match(r"[AD]: \w", text) or re.match(r"\w+", text)[0] in listed, text


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", PROVINCES)
def test_every_number_of_a_zone_can_be_listed_with_its_source(name):
    world = load_world(world_path(name))
    rows = describe_zones(world)
    assert {row.zone for row in rows} == set(world.zone_ids)
    assert all(row.value and row.source for row in rows)
    listed = {row.column for row in rows}
    numeric = {"gross_ha", "leasable_ha", "serviced_ha_start", "leased_ha_start", "tenants_start"}
    assert numeric | {"operator", "works_may_start", "connected_start"} <= listed
    assert world.zone_sources[rows[0].zone, rows[0].column] == rows[0].source


@pytest.mark.parametrize("name", PROVINCES)
def test_values_of_zones_and_sectors_lie_within_the_bounds_of_the_schema(name):
    world = load_world(world_path(name))
    for table, schema in ((world.zones, Zone), (world.sectors, Sector)):
        for column, declared in columns_of(schema).items():
            assert np.all(table[column] >= declared.lo), column
            assert np.all(table[column] <= declared.hi), column


def test_a_zone_holds_what_its_row_says(ninh_binh):
    row = ninh_binh.zone_ids.index("gian-khau")
    zone = ninh_binh.zones[row]
    assert zone.key == identity_key("gian-khau")
    assert ninh_binh.district_names[zone.district] == "Gia Viễn"
    assert (zone.gross_ha, zone.leasable_ha, zone.leased_ha) == (257.6, 205.7, 205.7)
    assert (zone.operator, zone.connected, zone.capacity_m3_day) == (codes.STATE, 1.0, 3000.0)
    assert (zone.km_expressway, zone.km_port) == (15.6, 129.2)
    assert zone.price_usd_m2_term == zone.start_price_usd_m2_term == 75.0
    assert ninh_binh.works_may_start[row] == (2003 - 2021) * 12
    assert zone.permitted_sectors == 2 ** len(ninh_binh.sector_ids) - 1


def test_a_zone_whose_developer_comes_later_has_no_operator_yet(ninh_binh):
    for zone_id, month in (("khanh-hai-1", 6), ("khanh-loi", 13)):  # 2021-07, 2022-02
        zone = ninh_binh.zones[ninh_binh.zone_ids.index(zone_id)]
        assert (zone.operator, zone.operator_from) == (codes.NO_OPERATOR, month)
    others = ninh_binh.zones.operator_from == codes.NOBODY
    assert np.sum(~others) == 2


def test_extensions_know_their_parents(ninh_binh):
    parents = {
        zone_id: ninh_binh.zone_ids[zone.parent]
        for zone_id, zone in zip(ninh_binh.zone_ids, ninh_binh.zones, strict=True)
        if zone.parent != codes.NOBODY
    }
    assert parents == {"dong-huong-ext": "dong-huong", "khanh-thuong-ext": "khanh-thuong"}


def test_permitted_sectors_become_the_bits_of_their_rows(tiny):
    # machines, food, clothing, pottery: the cluster may not take machines.
    assert list(tiny.zones.permitted_sectors) == [0b1111, 0b1110, 0b1111]


def test_segments_share_out_all_candidates(ninh_binh, tiny):
    for world in (ninh_binh, tiny):
        assert float(np.sum(world.segments.share)) == pytest.approx(1.0, abs=1e-9)
        assert np.all(world.segments.share[world.segments.programme == 0] > 0)
        assert len(set(world.segments.key)) == len(world.segments)
    food = tiny.segments[tiny.segments.sector == 1]
    assert list(food.share) == pytest.approx([0.3 * 0.8, 0.3 * 0.2])
    assert list(food.key) == [identity_key("food/domestic"), identity_key("food/foreign")]


def test_the_craft_programme_is_the_last_segment(ninh_binh, tiny):
    for world, sector in ((ninh_binh, "handicraft"), (tiny, "pottery")):
        last = world.segments[-1]
        assert world.sector_ids[last.sector] == sector
        assert last.key == identity_key("craft-village-programme")
        assert (last.programme, last.origin, last.share) == (1, codes.DOMESTIC, 0.0)
        assert np.sum(world.segments.programme) == 1


def test_anchor_plants_follow_their_path(ninh_binh, tiny):
    # 68,000 cars in 2021, 75,000 in 2022, then 5 % more each year: 110,809 in 2030.
    yearly = ninh_binh.anchor_cars.reshape(10, 12).sum(axis=1)
    assert list(yearly[:2]) == pytest.approx([68_000, 75_000])
    assert yearly[-1] == pytest.approx(75_000 * 1.05**8, abs=1)
    assert len(tiny.anchor_cars) == 24
    assert not tiny.anchor_cars.any()


@pytest.mark.parametrize("name", PROVINCES)
def test_parameters_come_in_the_order_of_the_schema_within_their_range(name):
    world = load_world(world_path(name))
    assert [info.key for info in world.parameters] == list(columns_of(Parameters))
    assert all(info.low <= info.value <= info.high for info in world.parameters)
    vector = parameter_vector(world)
    assert vector.shape == (1,)
    assert all(vector[0][info.key] == info.value for info in world.parameters)


def test_changed_parameters_replace_the_values_of_the_province(ninh_binh):
    vector = parameter_vector(ninh_binh, {"beta_price": 1.5})
    assert vector[0].beta_price == 1.5
    assert vector[0].beta_time == parameter_vector(ninh_binh)[0].beta_time


def test_changed_parameters_are_checked_all_at_once(ninh_binh):
    changes = {"beta_prise": 1.0, "beta_price": 9.0, "beta_time": float("nan")}
    with pytest.raises(ScenarioError) as caught:
        parameter_vector(ninh_binh, changes)
    text = str(caught.value)
    assert "3 problems" in text
    assert "beta_prise: unknown parameter. Did you mean 'beta_price'?" in text
    assert "beta_price = 9: expected 0.3 to 2" in text
    assert "beta_time = nan" in text


def test_unsourced_parameters_are_the_assumptions(ninh_binh):
    unsourced = describe_parameters(ninh_binh, unsourced=True)
    assert 0 < len(unsourced) < len(describe_parameters(ninh_binh))
    assert all(info.source.startswith("A: ") for info in unsourced)
    assert "cit_rate" not in {info.key for info in unsourced}


def test_levers_start_at_the_values_of_the_province(ninh_binh):
    assert ninh_binh.lever_start == {
        "infrastructure_funding": 100.0,
        "park_share": 0.5,
        "allocation": codes.NEAREST_TO_FINISH,
        "clearance_advance": 0.3,
        "cofinance_share": 0.05,
        "state_steps_in": 60.0,
        "reinvestment_share": 0.0,
        "expansion_rule": 0.6,
    }


def test_a_world_cannot_be_written_to(tiny):
    for field in dataclasses.fields(tiny):
        value = getattr(tiny, field.name)
        if isinstance(value, np.ndarray):
            assert not value.flags.writeable, field.name


def test_an_unknown_province_is_named_with_the_known_ones():
    with pytest.raises(WorldError, match=r"No such province: 'ninh_bin'. Did you mean 'ninh_binh'"):
        world_path("ninh_bin")


def test_reordering_the_rows_of_zones_only_permutes_them(tmp_path, ninh_binh):
    folder = tmp_path / "world"
    shutil.copytree(world_path("ninh_binh"), folder)
    header, *rows = (folder / "zones.csv").read_text("utf-8").splitlines()
    (folder / "zones.csv").write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    reordered = load_world(folder)
    assert reordered.zone_ids == ninh_binh.zone_ids[::-1]
    by_identity = {
        (int(t.shock_zone), int(t.number)): (t.sector, t.origin, t.land_ha, t.capital_bn_vnd_ha)
        for t in ninh_binh.tenants
    }
    for tenant in reordered.tenants:
        twin = by_identity[int(tenant.shock_zone), int(tenant.number)]
        assert twin == (tenant.sector, tenant.origin, tenant.land_ha, tenant.capital_bn_vnd_ha)
        assert reordered.zones[tenant.zone].key == tenant.shock_zone
    columns = [name for name in columns_of(Zone) if name != "parent"]
    for column in columns:
        assert list(reordered.zones[column]) == list(ninh_binh.zones[column][::-1])
