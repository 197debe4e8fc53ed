"""Invented provinces have the size asked for, hang together and are the same for the same seed."""

import math

import pytest

from experiments.store import write_texts
from experiments.world_generator import generate_world
from experiments.world_growth import SOURCE, Size, appearing, load_pattern, usual_districts
from sim.data_files import read_table
from sim.initial import start_of
from sim.luck import draw_luck, new_luck
from sim.policy import policy_table
from sim.room import new_record, new_state
from sim.run import MONTHLY, begin, run_months
from sim.scenario import load_scenario
from sim.schema import codes
from sim.world import load_world, parameter_vector
from sim.world_columns import ZONES

PATTERN = load_pattern()
SMALL = Size(zones=70, candidates=400, districts=16, years=2, seed=7, parks=9, clusters=26)


def written(folder, size):
    write_texts(folder, generate_world(size, PATTERN))
    return load_world(folder / "world")


def values(world, column):
    return [float(v.value) for v in world.zone_values if v.column == column]


def cells(size, folder):
    path = folder / "zones.csv"
    path.write_text(generate_world(size, PATTERN)["world/zones.csv"], encoding="utf-8")
    return [dict(row.cells) for row in read_table(path, ZONES, [])]


def expected_in_first_year(per_year):
    """0.8 of the usual demand in 2021, growing 4 % a year: see demand in docs/MODEL.md, 9.1."""
    return sum(per_year / 12 * 0.8 * math.exp(0.04 * month / 12) for month in range(12))


@pytest.mark.parametrize(
    "size",
    [
        SMALL,
        SMALL._replace(zones=1, districts=1, candidates=1),
        SMALL._replace(parks=1, clusters=0),
        SMALL._replace(parks=0, clusters=1),
        SMALL._replace(zones=1000, districts=3, candidates=5),
    ],
)
def test_a_province_passes_the_checks_of_every_province(tmp_path, size):
    world = written(tmp_path, size)
    assert len(world.zones) == size.zones
    assert len(world.districts) == size.districts
    assert world.calendar.months == 12 * size.years
    assert load_scenario("baseline", tmp_path, world).steps == ()


def test_the_mix_of_kinds_is_the_one_asked_for(tmp_path):
    world = written(tmp_path, SMALL)
    is_park = world.zones.kind == codes.PARK
    assert sum(is_park) == 18  # 70 zones, 9 parks to 26 clusters
    assert all(sum(is_park[i : i + 35]) == 9 for i in range(36))


def test_the_same_size_and_seed_give_the_same_files():
    assert generate_world(SMALL, PATTERN) == generate_world(SMALL, PATTERN)


def test_another_seed_gives_other_zones(tmp_path):
    other = cells(SMALL._replace(seed=8), tmp_path)
    pairs = zip(cells(SMALL, tmp_path), other, strict=True)
    same = [a["gross_ha"] == b["gross_ha"] for a, b in pairs]
    assert sum(same) < 3


def test_a_larger_province_begins_with_the_zones_of_a_smaller_one(tmp_path):
    small, large = cells(SMALL, tmp_path), cells(SMALL._replace(zones=200), tmp_path)
    assert large[:70] == small


def test_every_value_of_a_zone_says_that_it_was_generated(tmp_path):
    world = written(tmp_path, SMALL)
    assert {value.source for value in world.zone_values} == {SOURCE}
    assert world.sources[SOURCE].title.startswith("Generated")


def test_values_spread_as_in_the_pattern(tmp_path):
    world = written(tmp_path, SMALL._replace(zones=1760, districts=400))
    for column in ("gross_ha", "price_usd_m2_term", "km_port", "tenants_start"):
        found, shipped = values(world, column), values(PATTERN.world, column)
        mean, whole = sum(shipped) / 35, sum(found) / 1760
        deviation = math.sqrt(sum((v - mean) ** 2 for v in shipped) / 35)
        # five standard errors of a mean of 1760; a factor exp(0.15 normal) has the mean 1.0113
        assert abs(whole - mean) < 5 * deviation / math.sqrt(1760) + 0.0114 * mean, column


def test_there_are_as_many_people_a_zone_as_in_the_pattern(tmp_path):
    people = written(tmp_path, SMALL._replace(zones=1760, districts=400)).districts.population
    per_zone = sum(people) / 1760
    shipped = PATTERN.world.districts.population
    assert per_zone == pytest.approx(sum(shipped) / 35, rel=0.08)  # 400 draws, each off by 33 %


def test_an_extension_has_a_parent_of_its_own_kind_and_district_with_tenants(tmp_path):
    rows = {row["id"]: row for row in cells(SMALL._replace(zones=1000), tmp_path)}
    pairs = [(row, rows[row["parent"]]) for row in rows.values() if row["parent"]]
    assert len(pairs) > 20  # 2 of the pattern's 26 clusters are extensions
    for extension, parent in pairs:
        assert parent["kind"] == extension["kind"]
        assert parent["district"] == extension["district"]
        assert float(parent["leased_ha_start"]) > 0


def test_the_candidates_of_a_year_follow_from_those_asked_for(tmp_path):
    world = written(tmp_path, SMALL._replace(years=1))
    info = next(info for info in world.parameters if info.key == "candidates_per_year")
    assert expected_in_first_year(info.value) == pytest.approx(400, rel=1e-6)
    assert info.low == info.value == info.high


def test_expected_candidates_grow_with_their_number_a_year():
    one, two = appearing(PATTERN.world, 10.0), appearing(PATTERN.world, 20.0)
    assert two == pytest.approx(2 * one, rel=1e-12)


def test_as_many_candidates_appear_as_were_asked_for(tmp_path):
    world = written(tmp_path, SMALL._replace(zones=5, districts=1, candidates=3000))
    start = start_of(world, parameter_vector(world))
    policy = policy_table(load_scenario("baseline", tmp_path, world), world)
    segments = start.fixed.segments
    luck = new_luck(segments=segments, zones=5, months=24)
    state, record = new_state(start, luck), new_record(start)
    appeared = []
    for replicate in range(10):
        luck = draw_luck(luck, segments=segments, seed=3, replicate=replicate)
        begin(start, luck, state, record)
        run_months(start.fixed, policy, luck, state, record, 0, 1, MONTHLY)
        appeared.append(record.province[0].candidates)
    # January: 0.8 / 12 of a year's candidates times the cycle, whose spread is 0.05
    per_year = start.fixed.parameters[0].candidates_per_year
    assert sum(appeared) / 10 == pytest.approx(0.8 / 12 * per_year, rel=0.15)


def test_funding_and_offices_grow_with_the_province(tmp_path):
    world = written(tmp_path, SMALL)
    assert world.lever_start["infrastructure_funding"] == 200  # twice the zones of the pattern
    found = {info.key: info.value for info in world.parameters}
    shipped = {info.key: info.value for info in PATTERN.world.parameters}
    busier = found["candidates_per_year"] / shipped["candidates_per_year"]
    assert found["dossiers_year_parks"] == pytest.approx(8 * busier, rel=1e-6)
    assert found["cluster_budget_bn_vnd"] == 500


def test_funding_stops_at_the_most_that_the_lever_takes(tmp_path):
    size = SMALL._replace(zones=1760, districts=400)
    assert written(tmp_path, size).lever_start["infrastructure_funding"] == 5000


def test_districts_are_as_large_as_in_the_pattern_by_default():
    assert usual_districts(PATTERN, 35) == 8
    assert usual_districts(PATTERN, 350) == 80
    assert usual_districts(PATTERN, 1) == 1
