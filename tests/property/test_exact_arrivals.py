"""Thinned arrivals are a Poisson process of the rate of each segment (MODEL.md, 6.4, 9.1, 9.6).

Held to the exact distribution; a rate a tenth too high would have shown. The seed is fixed.
"""

import math

import numpy as np
import pytest
from scipy import stats

from sim.schema import codes
from tests.property import worlds
from tests.property.first_passage import LEVEL, POWER
from tests.property.worlds import Site

ARRIVAL_MONTHS = 30


@pytest.fixture(scope="module")
def arrived():
    """Run 4,800 candidates a year through every lever of demand; nothing random but arrivals."""
    site = Site("full", gross_ha=10.0, leasable_ha=8.0, serviced_ha=8.0)
    world = worlds.with_parameters(
        worlds.province([site], months=ARRIVAL_MONTHS, start_month=7),
        candidates_per_year=4800.0,
        demand_growth=0.1,
        demand_cycle_sigma=0.0,
        demand_index_first_year=0.6,
        demand_index_second_year=0.8,
        promotion_elasticity=0.5,
    )
    policy = worlds.with_lever(worlds.unchanged(world), "promotion_domestic", 2.0, from_month=9)
    policy = worlds.with_lever(policy, "demand_index_foreign", 0.4, from_month=14)
    policy = worlds.with_lever(policy, "craft_village_programme", 60.0, from_month=20)
    return world, worlds.run(world, policy).candidates


def arrival_rates(segment):
    """Return a segment's candidates a month, from MODEL.md 9.1; the run starts in July."""
    rates = []
    for month in range(ARRIVAL_MONTHS):
        index = 0.6 if month < 6 else 0.8 if month < 18 else 1.0
        rate = 4800.0 / 12.0 * segment.share * index * math.exp(0.1 * month / 12.0)
        if segment.origin == codes.DOMESTIC and month >= 9:
            rate *= math.sqrt(2.0)
        if segment.origin == codes.FOREIGN and month >= 14:
            rate *= 0.4
        if segment.programme:
            rate = 5.0 if month >= 20 else 0.0
        rates.append(rate)
    return np.array(rates)


def candidates_before(rates, times):
    """Return the candidates expected before each time: straight lines within months."""
    whole = np.concatenate([[0.0], np.cumsum(rates)])
    return np.interp(times, np.arange(len(whole)), whole)


def test_thinned_arrivals_are_a_poisson_process_of_the_rate_of_each_segment(arrived):
    world, candidates = arrived
    gaps = []
    for g, segment in enumerate(world.segments):
        rates = arrival_rates(segment)
        times = candidates.arrival_time[candidates.segment == g]
        # Given their number, the candidates expected before each arrival are uniform.
        reached = candidates_before(rates, times)
        assert stats.kstest(reached / rates.sum(), "uniform").pvalue > LEVEL, g
        assert LEVEL < stats.poisson.cdf(len(times), rates.sum()) < 1.0 - LEVEL, g
        gaps.append(np.diff(reached, prepend=0.0))
    # Time measured in candidates expected, the gaps are exponential with mean 1.
    pooled = np.concatenate(gaps)
    assert len(pooled) > 8000
    assert stats.kstest(pooled, "expon").pvalue > LEVEL
    assert stats.kstest(1.1 * pooled, "expon").pvalue < POWER


def test_the_candidates_of_a_month_vary_as_poisson_numbers_do(arrived):
    world, candidates = arrived
    total = 0.0
    for g, segment in enumerate(world.segments):
        rates = arrival_rates(segment)
        times = candidates.arrival_time[candidates.segment == g]
        counts = np.bincount(times.astype(int), minlength=ARRIVAL_MONTHS)
        come = rates > 0.0
        assert not np.any(counts[~come])
        total += np.sum((counts[come] - rates[come]) ** 2 / rates[come])
    # Each square has mean 1 and variance 2 + 1 / rate, and there are some hundred of them.
    squares = [rate for s in world.segments for rate in arrival_rates(s) if rate > 0.0]
    spread = math.sqrt(sum(2.0 + 1.0 / rate for rate in squares))
    assert len(squares) > 200
    assert abs(total - len(squares)) < 3.3 * spread
