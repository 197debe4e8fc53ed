"""Small parts of the phases that no rule and no law shows by itself."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.phases.sorting import sort_by_key
from sim.phases.stages import enlist, strike_off
from sim.rules.operation import age_factor, closing_mark, ramp, ramp_in_month_0


@given(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.5, 7.0]), max_size=40))
def test_rows_are_sorted_by_key_and_equals_keep_their_order(keys):
    order = np.arange(len(keys), dtype=np.int64)
    sort_by_key(order, np.array(keys, dtype=float), np.zeros(len(keys), np.int64))
    assert order.tolist() == sorted(range(len(keys)), key=lambda row: keys[row])


@given(st.lists(st.integers(0, 99), unique=True, min_size=1, max_size=30), st.data())
def test_lists_of_investors_stay_in_order(rows, data):
    listed = np.zeros(len(rows), np.int64)
    for count, row in enumerate(rows):
        assert enlist(listed, count, row) == count + 1
    assert listed.tolist() == sorted(rows)
    leaves = data.draw(st.sampled_from(rows))
    assert strike_off(listed, len(rows), leaves) == len(rows) - 1
    assert listed[:-1].tolist() == sorted(set(rows) - {leaves})


@given(st.floats(0.0, 1.0), st.floats(-20.0, 20.0), st.floats(-20.0, 20.0))
def test_ages_multiply_the_hazard_of_closing_so_that_one_clock_serves_all(exit_age, one, other):
    product = age_factor(exit_age, one) * age_factor(exit_age, other)
    assert age_factor(exit_age, one + other) == pytest.approx(product, rel=1e-12)


@given(
    st.floats(0.0, 0.2),
    st.integers(-120, 100),
    st.lists(st.floats(1e-4, 0.2), min_size=130, max_size=130),
    st.floats(0.05, 3.0),
)
def test_a_tenant_closes_on_the_clock_when_its_own_hazards_say_so(exit_age, opens, hazards, luck):
    reference, clock, mark, own = 8.0, 0.0, None, 0.0
    if opens < 0:
        mark = closing_mark(0.0, luck, age_factor(exit_age, opens / 12.0 + reference))
    for month, hazard in enumerate(hazards):
        clock += hazard * age_factor(exit_age, month / 12.0)
        if month > opens:
            own += hazard * math.exp(-exit_age * ((month - opens) / 12.0 - reference))
            if abs(own - luck) < 1e-9:
                return  # too near to tell
            assert (clock >= mark) == (own >= luck)
        elif month == opens:
            mark = closing_mark(clock, luck, age_factor(exit_age, opens / 12.0 + reference))


@given(st.integers(-60, 100), st.floats(1.0, 60.0), st.integers(0, 200))
def test_output_lies_on_the_line_until_it_is_full(opens, ramp_months, age):
    line = ramp_in_month_0(opens, ramp_months) + (opens + age) / ramp_months
    assert min(1.0, line) == pytest.approx(ramp(age, ramp_months), abs=1e-12)
