"""Outcomes from records made by hand: two years, two replicates, numbers one can add up."""

import numpy as np
import pytest

from experiments.measures import anchors_of, balance_index, measure, ratio, yearly
from experiments.outcomes import BY_KEY, OUTCOMES, report_years
from experiments.sample import FATES, join, sample_of
from experiments.texts import LANGUAGES, load_texts
from sim.batch import Batch
from sim.schema import DistrictRecord, KindRecord, ProvinceRecord, ZoneRecord, new_table
from sim.world import load_world, world_path

WORLD = load_world(world_path("tiny"))


def empty(cases=1, replicates=2):
    shape, years = (cases, replicates), len(WORLD.calendar.years)
    return Batch(
        cases=tuple("abc"[:cases]),
        replicates=tuple(range(replicates)),
        seed=1,
        years=WORLD.calendar.years,
        province=new_table(ProvinceRecord, *shape, WORLD.calendar.months),
        kinds=new_table(KindRecord, *shape, WORLD.calendar.months, 2),
        zones=new_table(ZoneRecord, *shape, years, len(WORLD.zones)),
        districts=new_table(DistrictRecord, *shape, years, len(WORLD.districts)),
    )


def total(batch, table, column, first, second):
    """Write a running total that grows evenly to `first` in December and `second` a year later."""
    months = np.concatenate([np.linspace(0, first, 13)[1:], np.linspace(first, second, 13)[1:]])
    rows = getattr(batch, table)
    if table == "kinds":
        rows[column][..., 0] = months
    else:
        rows[column] = months


def test_every_declared_outcome_is_computed_and_nothing_else():
    assert set(measure(empty(), WORLD)) == set(BY_KEY)
    assert len(BY_KEY) == len(OUTCOMES)


def test_every_outcome_has_a_label_and_a_unit_in_both_languages():
    for language in LANGUAGES:
        texts = load_texts(language)
        assert all(texts.outcome(outcome.key) and texts.unit(outcome.unit) for outcome in OUTCOMES)


def test_occupancy_is_leased_over_serviced_apart_and_together():
    batch = empty()
    batch.kinds.serviced_ha[..., 0], batch.kinds.serviced_ha[..., 1] = 60.0, 40.0
    batch.kinds.leased_ha[..., 0], batch.kinds.leased_ha[..., 1] = 45.0, 10.0
    found = measure(batch, WORLD)
    assert found["occupancy"][0, 0, 0] == 0.55
    assert found["occupancy_parks"][0, 0, 0] == 0.75
    assert found["occupancy_clusters"][0, 0, 0] == 0.25


def test_occupancy_of_no_serviced_land_is_undefined():
    assert np.isnan(measure(empty(), WORLD)["occupancy"]).all()


def test_vacant_land_is_what_could_be_let_at_once():
    batch = empty()
    batch.kinds.serviced_ha[..., 0] = 100.0
    batch.kinds.leased_ha[..., 0] = 50.0
    batch.kinds.reserved_ha[..., 0] = 10.0
    batch.kinds.idle_ha[..., 0] = 5.0
    # 100 x (1 - 0.015) - 65
    assert measure(batch, WORLD)["vacant_ha"][0, 0, 0] == pytest.approx(33.5)


def test_flows_are_differences_of_decembers():
    batch = empty()
    total(batch, "kinds", "revenue_bn_vnd", 100.0, 260.0)
    found = measure(batch, WORLD)
    assert found["revenue_year_bn_vnd"][0, 0] == pytest.approx([100.0, 160.0])
    assert found["revenue_cum_bn_vnd"][0, 0] == pytest.approx([100.0, 260.0])
    assert found["province_part_year_bn_vnd"][0, 0] == pytest.approx([50.0, 80.0])  # a half


def test_public_cost_is_the_sum_of_its_purposes_and_lowers_the_net():
    batch = empty()
    total(batch, "kinds", "revenue_bn_vnd", 100.0, 260.0)
    total(batch, "kinds", "leased_cum_ha", 10.0, 20.0)
    for place, purpose in enumerate(("clearance", "connection", "works", "plant"), start=1):
        total(batch, "province", f"{purpose}_bn_vnd", place, 2.0 * place)
    total(batch, "province", "cofinance_bn_vnd", 5.0, 10.0)
    total(batch, "province", "support_bn_vnd", 6.0, 12.0)
    found = measure(batch, WORLD)
    assert found["public_cost_cum_bn_vnd"][0, 0] == pytest.approx([21.0, 42.0])
    assert found["net_cum_bn_vnd"][0, 0] == pytest.approx([79.0, 218.0])
    assert found["revenue_per_public_dong"][0, 0] == pytest.approx([100 / 21, 260 / 42])
    assert found["public_cost_per_new_ha_bn_vnd"][0, 0] == pytest.approx([2.1, 2.1])


def test_present_value_discounts_the_middle_of_each_month():
    batch = empty()
    batch.kinds.revenue_bn_vnd[:, :, 5:, 0] = 10.0  # all paid in month 5
    expected = 10.0 / 1.08 ** (5.5 / 12.0)
    assert measure(batch, WORLD)["pv_revenue_bn_vnd"][0, 0] == pytest.approx([expected, expected])


def test_licensing_time_is_the_mean_of_the_years_licences():
    batch = empty()
    batch.province.approvals[:, :, 11:] = 4
    batch.province.approvals[:, :, 23:] = 4
    batch.province.waited_months[:, :, 11:] = 12.0
    found = measure(batch, WORLD)["waiting_months"][0, 0]
    assert found[0] == 3.0
    assert np.isnan(found[1])  # no licence in the second year


def test_gone_is_the_sum_over_reasons():
    batch = empty()
    batch.province.gone_no_land[:] = 3
    batch.province.gone_procedures[:] = 2
    batch.province.sitting_closed[:] = 9  # not candidates
    assert measure(batch, WORLD)["gone_cum"][0, 0, 0] == 5.0


def test_compliance_is_treated_over_load_and_full_without_load():
    batch = empty()
    batch.kinds.load_m3_day[0, 0, :, 0] = 400.0
    batch.kinds.treated_m3_day[0, 0, :, 0] = 100.0
    found = measure(batch, WORLD)["wastewater_compliance"]
    assert found[0, 0, 0] == 0.25
    assert found[0, 1, 0] == 1.0


def test_anchor_plants_are_left_out_of_ratios():
    world = load_world(world_path("ninh_binh"))
    anchors = anchors_of(world)
    assert (anchors.land_ha, anchors.plants) == (93.0, 1)  # world.toml


def test_balance_is_one_when_land_goes_with_people():
    people = np.array([10_000.0, 30_000.0, 60_000.0])
    assert balance_index(people / 250.0, people) == pytest.approx(1.0)


def test_balance_of_land_in_one_district_is_its_share_of_people():
    # closed form: Gini = 1 - p, so the index is p
    people = np.array([10_000.0, 30_000.0, 60_000.0])
    assert balance_index(np.array([0.0, 7.0, 0.0]), people) == pytest.approx(0.3)


def test_balance_does_not_depend_on_how_finely_the_province_is_divided():
    whole = balance_index(np.array([8.0, 2.0]), np.array([100.0, 300.0]))
    halves = balance_index(np.array([4.0, 4.0, 2.0]), np.array([50.0, 50.0, 300.0]))
    assert whole == pytest.approx(halves)


def test_balance_without_leased_land_is_undefined():
    assert np.isnan(balance_index(np.zeros(2), np.ones(2)))


def test_report_years_are_the_middle_seven_tenths_and_the_end():
    assert report_years(tuple(range(2021, 2031))) == (2025, 2027, 2030)
    assert report_years((2021, 2022)) == (2021, 2022)
    assert report_years((2021,)) == (2021,)
    assert report_years(()) == ()


def test_running_totals_start_from_nothing():
    assert yearly(np.array([[3.0, 5.0, 5.0]])).tolist() == [[3.0, 2.0, 0.0]]


def test_a_ratio_over_nothing_is_undefined():
    assert ratio(np.array([1.0, 1.0]), np.array([2.0, 0.0])).tolist()[0] == 0.5
    assert np.isnan(ratio(np.array([1.0]), np.array([0.0]))).all()


def test_joined_chunks_are_the_same_as_one_batch():
    rng = np.random.default_rng(1)
    batch = empty(cases=2, replicates=4)
    for table in (batch.kinds, batch.zones, batch.districts, batch.province):
        for column in table.dtype.names:
            table[column] = np.cumsum(rng.uniform(0.0, 5.0, table.shape), axis=2)
    halves = [
        batch._replace(
            replicates=batch.replicates[part],
            province=batch.province[:, part],
            kinds=batch.kinds[:, part],
            zones=batch.zones[:, part],
            districts=batch.districts[:, part],
        )
        for part in (slice(0, 2), slice(2, 4))
    ]
    fates = rng.integers(0, 9, (2, 4, len(WORLD.sector_ids), len(FATES))).astype(float)
    halved = (fates[:, :2], fates[:, 2:])
    parts = [sample_of(half, seen, WORLD) for half, seen in zip(halves, halved, strict=True)]
    whole, joined = sample_of(batch, fates, WORLD), join(parts)
    assert joined.replicates == whole.replicates
    assert all((joined.outcomes[k] == v).all() for k, v in whole.outcomes.items() if k in BY_KEY)
    assert (joined.constraints == whole.constraints).all()
    assert (joined.booked_sum == whole.booked_sum).all()
    assert (joined.land_sum == whole.land_sum).all()
    assert (joined.fates == fates).all()
