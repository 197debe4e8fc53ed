"""A difference is split into parts that add up to it, exactly."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments import compare
from experiments.explain.difference import GRAIN, _occupancy_parts, explain_difference
from experiments.explain.difference_tables import in_step, tables_of
from experiments.explain.fates import FATES, Fates, moves, side_by_side
from experiments.explain.runs import Replication
from experiments.province import load_province, load_scenarios

HOW = Replication(replicates=6, seed=3)
LEASED, NO_LAND, ABSENT = (FATES.index(key) for key in ("leased", "no_land", "absent"))


@cache
def why(a, b):
    province = load_province("tiny")
    scenarios = [load_scenarios([name], province)[0] for name in (a, b)]
    return explain_difference(province.world, scenarios, HOW)


@cache
def tables(a, b):
    world = load_province("tiny").world
    return tables_of(why(a, b), world.zone_ids, world.calendar)


def fates(rows):
    """Return fates from rows of key, fate and land."""
    key, fate, land = (np.array(column) for column in zip(*rows, strict=True))
    nowhere = np.full(len(key), -1)
    return Fates(key, fate, nowhere, nowhere, land, key < 0)


def test_land_moves_from_fate_to_fate():
    # By hand: 1 grows by 2, 2 had found no land, 3 leaves for want of land, 4 comes only in B.
    a = fates([(1, LEASED, 10), (2, NO_LAND, 7), (3, LEASED, 5)])
    b = fates([(1, LEASED, 12), (2, LEASED, 7), (3, NO_LAND, 5), (4, LEASED, 3)])
    found = moves(side_by_side(a, b))
    assert {FATES[f]: n for f, n in enumerate(found.gained) if n} == {"no_land": 7, "absent": 3}
    assert {FATES[f]: n for f, n in enumerate(found.lost) if n} == {"no_land": 5}
    assert found.grown == 2
    assert found.total == (12 + 7 + 3) - (10 + 5)


def test_every_split_adds_up_to_the_total_in_whole_grains():
    found = why("baseline", "plan")
    total = found.leased.total
    assert total.any()
    assert (found.leased.months.sum(1) == total).all()
    assert [moved.total for moved in found.moves] == total.tolist()
    assert (found.revenue.months.sum(1) == found.revenue.total).all()


def test_the_last_month_takes_in_no_more_than_rounding():
    # Months come from the record, zones from tenants: a law of the model makes them equal.
    found = why("baseline", "plan")
    world = load_province("tiny").world
    shorter = explain_difference(
        world,
        load_scenarios(["baseline", "plan"], load_province("tiny")),
        HOW,
        year=world.calendar.years[0],
    )
    months = shorter.leased.months.shape[1]
    gap = found.leased.months[:, :months].sum(1) - shorter.leased.total
    assert np.abs(gap).max() * GRAIN < 1e-6


def test_totals_are_those_of_a_comparison():
    answer = compare(["baseline", "plan"], province="tiny", replicates=6, seed=3)
    rows = answer.differences[answer.differences["year"] == answer.setting.years[-1]]
    known = rows.set_index("outcome")
    found = tables("baseline", "plan")
    for key, interval in (("leased_ha", found.leased), ("revenue_cum_bn_vnd", found.revenue)):
        assert interval.mean == pytest.approx(known.loc[key, "difference"], abs=1e-6)
        assert interval.lo == pytest.approx(known.loc[key, "lo"], abs=1e-6)
    assert found.occupancy.mean == pytest.approx(known.loc["occupancy", "difference"], abs=1e-9)


def test_tables_add_up():
    found = tables("baseline", "plan")
    parts = (
        sum(row.net.mean for row in found.reasons),
        sum(row.gained_ha - row.lost_ha for row in found.reasons),
        sum(row.leased.mean for row in found.zones),
        sum(row.leased.mean for row in found.years),
        sum(row.leased.mean for row in found.months),
    )
    assert parts == pytest.approx([found.leased.mean] * len(parts), abs=1e-9)
    assert sum(row.occupancy for row in found.zones) == pytest.approx(found.occupancy.mean)
    assert found.by_leasing + found.by_opening == pytest.approx(found.occupancy.mean)


def test_a_scenario_does_not_differ_from_its_twin():
    found = why("plan", "plan")
    assert not found.leased.zones.any()
    assert not any(m.gained.any() or m.lost.any() or m.grown for m in found.moves)
    assert tables("plan", "plan").half_month == ""


def test_occupancy_splits_into_leasing_and_opening():
    # By hand: 30 of 60 to 45 of 90 ha, two zones. Occupancy stays; leasing gives
    # 15 x (1/60 + 1/90) / 2, opening takes the same.
    leased = [np.array([[20, 10]]), np.array([[30, 15]])]
    serviced = [np.array([[40, 20]]), np.array([[60, 30]])]
    parts = _occupancy_parts(leased, serviced)
    by_leasing = 15 * (1 / 60 + 1 / 90) / 2
    assert parts[..., 0].sum() == pytest.approx(by_leasing)
    assert parts[..., 1].sum() == pytest.approx(-by_leasing)
    assert parts[0, 0, 0] == pytest.approx(by_leasing * 2 / 3)


def test_occupancy_is_undefined_without_serviced_land():
    parts = _occupancy_parts([np.array([[0]]), np.array([[5]])], [np.array([[0]]), np.array([[9]])])
    assert np.isnan(parts).all()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.integers(0, 3))
def test_rounded_parts_add_up_to_the_rounded_total(values, digits):
    total = sum(values)
    shown = in_step(values, total, digits)
    unit = 10.0**-digits
    assert round(sum(shown) / unit) == round(total / unit)
    assert all(abs(a - b) <= unit * 1.001 for a, b in zip(shown, values, strict=True))
