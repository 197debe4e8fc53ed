"""Tax holidays and present values come to what two worked tables say.

tax_holidays.csv splits a project's life into years: each has its part of the discounted profit and
its share of the tax. present_values.csv asks which income of a tranche is just worth its cost.
Workings are arithmetic for a pocket calculator (tests/hand/paper.py), from docs/MODEL.md 9.1, 9.5
and 9.13; values have 12 digits.
"""

import csv
import itertools
import math
from pathlib import Path

import pytest

from tests.hand.paper import calculate, read
from tests.unit.test_cases import RULES_OF

FOLDER = Path(__file__).parent
CIT_RATE = 0.2


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return [{key: read(text) for key, text in row.items()} for row in csv.DictReader(lines)]


def holiday_of(row):
    return row["free_years"], row["half_years"], row["discount_rate"], row["horizon_years"]


TAXES = rows_of("tax_holidays.csv")
VALUES = rows_of("present_values.csv")
HOLIDAYS = {key: list(rows) for key, rows in itertools.groupby(TAXES, holiday_of)}


def close(left, right):
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("table", "working", "value"),
    [
        (TAXES, "part", "part_share"),
        (TAXES, "tax", "tax_share"),
        (VALUES, "years", "sale_years"),
        (VALUES, "least_income", "least_income_bn_vnd"),
    ],
)
def test_every_working_comes_to_its_value(table, working, value):
    assert table
    assert all(close(calculate(row[working]), row[value]) for row in table)


@pytest.mark.parametrize("holiday", HOLIDAYS)
def test_the_parts_of_a_life_are_the_whole(holiday):
    rows = HOLIDAYS[holiday]
    assert [row["year"] for row in rows] == list(range(1, len(rows) + 1))
    assert close(sum(row["part_share"] for row in rows), 1.0)


@pytest.mark.parametrize("holiday", HOLIDAYS)
def test_the_effective_rate_is_the_sum_of_the_years_of_the_table(holiday):
    free, half, rate, horizon = holiday
    found = RULES_OF["demand"]["effective_tax_rate"](CIT_RATE, free, half, horizon, rate)
    assert close(found, sum(row["tax_share"] for row in HOLIDAYS[holiday]))


@pytest.mark.parametrize("holiday", HOLIDAYS)
def test_the_tax_due_is_that_of_the_table_in_every_month_of_every_year(holiday):
    free, half, *_ = holiday
    for row in HOLIDAYS[holiday]:
        for month in range(12):
            age_years = (12.0 * (row["year"] - 1) + month) / 12.0
            assert RULES_OF["revenue"]["holiday_factor"](age_years, free, half) == row["due"]


def test_the_table_has_holidays_that_end_early_late_and_never():
    ends = {free + half - horizon for free, half, _, horizon in HOLIDAYS}
    assert min(ends) < 0.0 < max(ends)


@pytest.mark.parametrize("row", VALUES)
def test_a_tranche_pays_from_the_income_of_the_table_on(row):
    rules = RULES_OF["operators"]
    years = rules["sale_years"](
        row["base_years"], row["leasable_ha"], row["two_years_ha"], row["least_ha_year"]
    )
    assert close(years, row["sale_years"])

    def pays(income_bn_vnd):
        money = (income_bn_vnd, row["cost_bn_vnd"], row["public_bn_vnd"])
        return rules["tranche_pays"](*money, row["rate"], years, row["cost_years"])

    assert pays(row["least_income_bn_vnd"] + 1e-6)
    assert not pays(row["least_income_bn_vnd"] - 1e-6)
