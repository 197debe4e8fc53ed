"""What binds a zone: each line of the definition, on zones made by hand."""

import numpy as np
import pytest

from experiments.constraint import BOOK_COLUMNS, CONSTRAINTS, ZoneYear, binding_constraint
from sim.schema import ZoneRecord, codes, columns_of

NOTHING = dict.fromkeys(BOOK_COLUMNS, 0.0)


def binding(book=None, *, leasable=100.0, serviced=80.0, vacant=0.0, on_offer=True):
    booked = np.array([{**NOTHING, **(book or {})}[column] for column in BOOK_COLUMNS])
    zone = ZoneYear(*(np.array(value) for value in (leasable, serviced, vacant, on_offer)))
    return CONSTRAINTS[int(binding_constraint(booked, zone))]


def test_the_book_is_that_of_the_record():
    recorded = [name for name in columns_of(ZoneRecord) if name.startswith("book_")]
    assert list(BOOK_COLUMNS) == recorded


def test_constraints_are_the_land_steps_and_the_rest():
    steps = [f"land_{step}" for step in codes.LAND_STEPS]
    assert list(CONSTRAINTS) == [*steps, "rules", "wastewater", "procedures", "demand", "none"]


@pytest.mark.parametrize(("column", "name"), list(zip(BOOK_COLUMNS, CONSTRAINTS, strict=False)))
def test_each_column_of_the_book_has_its_constraint(column, name):
    assert binding({column: 5.0}) == name


def test_land_is_added_up_over_its_steps_and_named_by_the_largest():
    book = {"book_clearance_ha": 2.0, "book_works_ha": 2.5, "book_rules_ha": 4.0}
    assert binding(book) == "land_works"


def test_the_largest_group_binds():
    assert binding({"book_clearance_ha": 3.0, "book_procedures_ha": 3.5}) == "procedures"


def test_ties_go_to_the_group_named_first():
    assert binding({"book_rules_ha": 3.0, "book_wastewater_ha": 3.0}) == "rules"


def test_two_per_cent_of_leasable_land_must_be_exceeded():
    assert binding({"book_rules_ha": 2.0}) == "none"
    assert binding({"book_rules_ha": 2.1}) == "rules"


def test_one_hectare_must_be_exceeded_in_a_small_zone():
    assert binding({"book_rules_ha": 1.0}, leasable=10.0) == "none"
    assert binding({"book_rules_ha": 1.1}, leasable=10.0) == "rules"


def test_demand_binds_where_more_than_a_twentieth_lies_vacant():
    assert binding(vacant=4.0) == "none"
    assert binding(vacant=4.1) == "demand"


def test_the_book_goes_before_vacant_land():
    assert binding({"book_wastewater_ha": 9.0}, vacant=40.0) == "wastewater"


def test_a_zone_without_serviced_land_lacks_demand_only_when_on_offer():
    assert binding(serviced=0.0, on_offer=True) == "demand"
    assert binding(serviced=0.0, on_offer=False) == "none"
    assert binding({"book_planning_ha": 0.5}, serviced=0.0, on_offer=True) == "none"


def test_many_zones_at_once_are_the_same_as_one_by_one():
    rng = np.random.default_rng(1)
    booked = rng.exponential(1.0, (6, 10))
    zone = ZoneYear(*(rng.uniform(1.0, 60.0, 6) for _ in range(3)), np.ones(6, bool))
    together = binding_constraint(booked, zone)
    alone = [binding_constraint(booked[i], ZoneYear(*(x[i] for x in zone))) for i in range(6)]
    assert together.tolist() == [int(value) for value in alone]
