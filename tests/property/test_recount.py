"""Land, tenants and candidates add up from the investors themselves, recounted every month.

Laws of docs/MODEL.md, section 5, that the record alone cannot show. The audit of the engine checks
them too (tests/property/test_laws.py); this recount shares nothing with it.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.schema import codes
from tests.property import worlds

TOLERANCE_HA = 1e-6


def sum_by_zone(rows, zones):
    """Return the land of investors by zone."""
    return np.bincount(rows.zone, weights=rows.land_ha, minlength=zones)


def recount(done):
    """Compare the accounts of zones and of the province with the rows of investors."""
    state, count = done.state, len(done.state.zones)
    rows = state.investors[: state.province[0].investors]
    sits = (rows.stage >= codes.HAND_OVER) & (rows.stage <= codes.OPERATING)
    tenants = rows[sits]
    left = rows[(rows.stage == codes.GONE) & (rows.idle_until >= 0)]
    for column, holders in (
        ("leased_ha", tenants),
        ("operating_ha", rows[rows.stage == codes.OPERATING]),
        ("reserved_ha", rows[rows.stage == codes.APPLIED]),
        ("idle_ha", left),
    ):
        gap_ha = state.zones[column] - sum_by_zone(holders, count)
        assert np.all(np.abs(gap_ha) <= TOLERANCE_HA), column
    assert np.all(left.reason == codes.CLOSED)
    for table, place in ((state.sector_tenants, "sector"), (state.origin_tenants, "origin")):
        counted = np.zeros_like(table)
        np.add.at(counted, (tenants.zone, tenants[place]), 1)
        assert np.array_equal(table, counted), place
    assert np.array_equal(state.zones.tenants, np.bincount(tenants.zone, minlength=count))
    recount_candidates(done, rows[len(done.start.tenants) :])


def recount_candidates(done, candidates):
    """Compare the candidates that appeared with their stages and reasons."""
    gone = candidates[candidates.stage == codes.GONE]
    assert done.state.province[0].candidates == len(candidates)
    assert np.all(gone.reason != codes.NO_REASON)
    assert np.all(candidates.reason[candidates.stage != codes.GONE] == codes.NO_REASON)
    counted = np.bincount(gone.reason, minlength=len(codes.REASONS))
    assert np.array_equal(done.state.gone, counted)


def recount_every_month(data):
    """Draw a province, a policy and a point, and recount at the end of every month."""
    world = data.draw(worlds.provinces())
    policy = data.draw(worlds.policies(world))
    parameters = data.draw(worlds.parameter_vectors(world))
    done = worlds.begun(world, parameters=parameters, seed=data.draw(st.integers(0, 2**31)))
    for month in range(world.calendar.months):
        assert worlds.run_on(done, policy, month, month + 1) == (-1, -1, -1)
        recount(done)


@given(st.data())
@worlds.examples(100)
def test_the_accounts_are_the_sums_of_the_investors(data):
    recount_every_month(data)


@pytest.mark.long
@given(st.data())
@worlds.examples(2000)
def test_the_accounts_are_the_sums_of_the_investors_in_thousands_of_runs(data):
    recount_every_month(data)


def test_a_recount_sees_a_tenth_of_a_hectare():
    done = worlds.run(worlds.shipped("tiny"))
    recount(done)
    for column in ("leased_ha", "operating_ha", "reserved_ha", "idle_ha"):
        done.state.zones[0][column] += 0.1
        with pytest.raises(AssertionError, match=column):
            recount(done)
        done.state.zones[0][column] -= 0.1
