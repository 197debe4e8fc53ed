"""Hazards add up to their exact distributions (docs/MODEL.md, section 3, and 9.3 to 9.12).

Each test holds a run to the distribution computed beside it from the hazards of MODEL.md, and asks
that hazards a tenth higher would have shown. Seeds are fixed.
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.compiled import is_compiled
from sim.schema import codes
from tests.property import worlds
from tests.property.first_passage import (
    LEVEL,
    POWER,
    assert_follows,
    first_months,
    months_of_first,
    numbers_of_repeats,
    p_value,
)
from tests.property.worlds import Site

pytestmark = pytest.mark.skipif(not is_compiled(), reason="minutes when interpreted")

# --- hazards of tenants and zones -----------------------------------------------------------------

HAZARD_MONTHS = 24


def full_park(tenants, **parameters):
    """Return a park of sitting tenants, larger than its plant, where nothing else happens."""
    leased_ha = 3.0 * tenants
    site = Site("full", gross_ha=2.0 * leased_ha, leasable_ha=leased_ha, serviced_ha=leased_ha,
                leased_ha=leased_ha, tenants=tenants)  # fmt: skip
    still = {
        "candidates_per_year": 0.0,
        "exit_hazard": 0.0,
        "expansion_hazard": 0.0,
        "inspection_base": 0.0,
        "wage_response": 0.0,
    }
    return worlds.with_parameters(
        worlds.province([site], months=HAZARD_MONTHS), **{**still, **parameters}
    )


def test_tenants_close_as_their_hazards_add_up():
    world = full_park(5000, exit_hazard=0.6, exit_overload=0.3, exit_age=0.05)
    tenants = worlds.run(world).state.investors[:5000]
    counts = first_months(tenants.gone_month, HAZARD_MONTHS)
    # Open for 96 months at the start; ages count against 8 years; the park overflows.
    hazards = [
        0.6 / 12.0 * math.exp(0.3 - 0.05 * (month + 96.0) / 12.0 + 0.05 * 8.0)
        for month in range(HAZARD_MONTHS)
    ]
    assert_follows(counts, months_of_first, hazards)


def test_tenants_meet_chances_to_expand_at_most_one_a_month():
    world = full_park(5000, expansion_hazard=6.0)
    chances = worlds.run(world).state.investors[:5000].expansions
    counts = np.bincount(chances, minlength=HAZARD_MONTHS + 1)
    assert_follows(counts, numbers_of_repeats, np.full(HAZARD_MONTHS, 0.5))


def overflowing_zones(**parameters):
    sites = [
        Site(f"zone-{n}", gross_ha=20.0, leasable_ha=10.0, serviced_ha=10.0, leased_ha=10.0,
             tenants=1)
        for n in range(3000)
    ]  # fmt: skip
    return worlds.with_parameters(
        worlds.province(sites, months=HAZARD_MONTHS),
        candidates_per_year=0.0,
        expansion_hazard=0.0,
        exit_hazard=0.0,
        **parameters,
    )


def test_inspections_and_incidents_repeat_as_their_hazards_add_up():
    world = overflowing_zones(inspection_base=0.15, incident_hazard=2.4, incident_ratio_cap=3.0)
    policy = worlds.with_lever(worlds.unchanged(world), "inspection_intensity", 4.0, from_month=8)
    zones = worlds.run(world, policy).state.zones
    intensity = np.where(np.arange(HAZARD_MONTHS) < 8, 1.0, 4.0)
    fined = np.bincount(zones.inspections, minlength=HAZARD_MONTHS + 1)
    assert_follows(fined, numbers_of_repeats, 0.15 * intensity)
    # No plant: load over max(1, 0) is far above the cap.
    suffered = np.bincount(zones.incidents, minlength=HAZARD_MONTHS + 1)
    assert_follows(suffered, numbers_of_repeats, 2.4 / 12.0 * 3.0 / np.sqrt(intensity))


def test_developers_enter_as_their_hazards_add_up():
    # Parks are half let, against a reference of 0.75; the margin is pinned at 0.4.
    let = Site("let", gross_ha=20.0, leasable_ha=10.0, serviced_ha=10.0, leased_ha=5.0, tenants=1)
    empty = Site("empty", operator=codes.NO_OPERATOR, gross_ha=20.0, leasable_ha=10.0,
                 serviced_ha=0.0)  # fmt: skip
    world = worlds.with_parameters(
        worlds.province([let, *(empty._replace(id=f"zone-{n}") for n in range(9000))], months=24),
        candidates_per_year=0.0,
        expansion_hazard=0.0,
        exit_hazard=0.0,
        clearance_months=1e9,
        operator_entry_hazard=0.6,
        entry_occupancy_reference=0.75,
        margin_lo=0.4,
        margin_hi=0.4,
    )
    policy = worlds.with_lever(worlds.unchanged(world), "operator_promotion", 2.0, from_month=10)
    policy.levers.state_steps_in = 4800.0
    events = worlds.run(world, policy, events=20_000).events
    entered = events.month[events.event == codes.EVENT_OPERATOR_PRIVATE]
    counts = np.append(np.bincount(entered, minlength=24), 9000 - len(entered))
    promotion = np.where(np.arange(24) < 10, 1.0, 2.0)
    hazards = 0.6 / 12.0 * promotion * (0.5 / 0.75) * math.exp(0.4)
    assert_follows(counts, months_of_first, hazards)


def test_blocks_clear_as_their_hazards_add_up():
    # One tranche of 5,000 blocks; its developer pays half of what is due in time, the public none.
    site = Site("begun", operator=codes.PRIVATE, gross_ha=1e5, leasable_ha=8e4, serviced_ha=4e4,
                cleared_share=1e-4)  # fmt: skip
    world = worlds.with_parameters(
        worlds.province([site], months=24),
        candidates_per_year=0.0,
        tranche_gross_park_ha=1e6,
        operator_on_time_share=0.5,
        clearance_months=18.0,
    )
    policy = worlds.with_lever(worlds.unchanged(world), "clearance_effort", 3.0, from_month=9)
    policy.levers.clearance_advance = 0.0
    done = worlds.run(world, policy, events=100)
    tranche = done.state.tranches[1]
    assert tranche.blocks == 5000
    cleared = done.events[done.events.event == codes.EVENT_BLOCK_CLEARED]
    counts = np.bincount(cleared.month, weights=cleared.detail, minlength=24)
    luck = 5000 - round(1e-4 * 5000)  # the others are cleared at the start
    counts = np.append(counts, luck - counts.sum())
    effort = np.where(np.arange(24) < 9, 1.0, 3.0)
    assert_follows(counts, months_of_first, effort / 18.0 * 0.5)


# --- hazards of candidates ------------------------------------------------------------------------


def test_those_who_wait_for_land_lose_patience_as_their_hazards_add_up():
    full = Site("full", gross_ha=20.0, leasable_ha=10.0, serviced_ha=10.0, leased_ha=10.0,
                tenants=1)  # fmt: skip
    world = worlds.steady(worlds.province([full], months=30), 400.0)
    world = worlds.with_parameters(
        world,
        outside_utility=-1000.0,
        consideration_base=0.999999,
        exit_hazard=0.0,
        patience_months=7.0,
    )
    rows = worlds.run(world).candidates
    came = rows[rows.arrival_time < 20.0]
    assert len(came) > 7500 and np.all(came.first_choice == 0)
    gone = came.stage == codes.GONE
    assert np.all(came.reason[gone] == codes.NO_LAND)
    after = np.where(gone, came.gone_month - came.arrival_time.astype(int), -1)
    # The first month that counts is the one after the wait began; ten of them for everyone.
    counts = first_months(np.where(after <= 10, after - 1, -1), 10)
    assert_follows(counts, months_of_first, np.full(10, 1.0 / 7.0))


def licensed_at_once(**parameters):
    """Return a park where everybody applies and the office is done at once."""
    world = worlds.steady(
        worlds.province([Site("park", gross_ha=1e5, leasable_ha=9e4, serviced_ha=9e4)], months=36),
        400.0,
    )
    world = worlds.with_sectors(world, pollution=0.0, land_median_ha=0.1, land_sigma=0.1)
    usual = {
        "outside_utility": -1000.0,
        "consideration_base": 0.999999,
        "rework_probability": 0.0,
        "dossiers_year_parks": 1e6,
        "hand_over_days": 0.0,
    }
    return worlds.with_parameters(world, **{**usual, **parameters})


def test_stalled_projects_are_abandoned_as_their_hazards_add_up():
    world = licensed_at_once(late_probability=1.0, late_release_hazard=1.8)
    policy = worlds.with_lever(worlds.unchanged(world), "statutory_days", 0.0)
    events = worlds.run(world, policy, events=100_000).events
    stalled = events[(events.event == codes.EVENT_STALLED) & (events.month < 20)]
    gone = events[(events.event == codes.EVENT_GONE) & (events.detail == codes.ABANDONED)]
    month_gone = dict(zip(gone.investor.tolist(), gone.month.tolist(), strict=True))
    after = [month_gone.get(e.investor, 10**6) - e.month for e in stalled]
    assert len(after) > 7000 and min(after) >= 1
    counts = first_months([k - 1 if k <= 15 else -1 for k in after], 15)
    assert_follows(counts, months_of_first, np.full(15, 1.8 / 12.0))


def test_applicants_leave_the_procedure_as_their_own_hazards_add_up():
    # An office that decides nobody. Hazards differ by the day of filing, so each month of leaving
    # is turned into a number that is uniform if it follows its own distribution.
    world = licensed_at_once(dossiers_year_parks=1e-6, leave_for_good_share=1.0,
                             patience_months=6.0, promise_floor_months=0.5)  # fmt: skip
    rows = worlds.run(world).candidates
    rows = rows[(rows.arrival_time < 16.0) & (rows.applied_time > 0.0)]
    assert len(rows) > 6000
    where = np.random.default_rng(6).uniform(size=len(rows))
    for factor, follows in ((1.0, True), (1.1, False)):
        placed = [leaving_placed(row, u, factor) for row, u in zip(rows, where, strict=True)]
        fits = stats.kstest(placed, "uniform").pvalue
        assert fits > LEVEL if follows else fits < POWER


def leaving_placed(row, within, factor):
    """Return where in its own distribution an applicant's month of leaving lies.

    15 days at an overrun of 1.8 are 0.9 months promised; every month after the one of filing adds
    (waited - promised) / promised / patience once it is positive.
    """
    filed, promised = int(row.applied_time), 15.0 * 1.8 / 30.0
    waits = np.arange(filed + 1, 36) + 1.0 - row.applied_time
    hazards = factor * np.maximum(0.0, waits - promised) / promised / 6.0
    chances = months_of_first(hazards)
    k = row.gone_month - filed - 1 if row.stage == codes.GONE else len(hazards)
    assert k >= 0
    return chances[:k].sum() + within * chances[k]


@pytest.mark.parametrize("hazard", [0.1, 0.5, 2.0])
def test_the_distribution_of_repeats_is_that_of_a_simulated_pile(hazard):
    # The chain above against a program that draws exponentials one by one.
    chance = np.random.default_rng(7)
    found = np.zeros(13, int)
    for _ in range(4000):
        threshold, total, events = chance.exponential(), 0.0, 0
        for _ in range(12):
            total += hazard
            if total >= threshold:
                events += 1
                threshold += chance.exponential()
        found[events] += 1
    assert p_value(found, numbers_of_repeats(np.full(12, hazard))) > LEVEL
