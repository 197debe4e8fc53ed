"""How many investors look at the region, month by month."""

import math

from sim.compiled import rule


@rule
def held_within(value, bound):
    """Return a value held between minus and plus a bound."""
    return max(-bound, min(bound, value))


@rule
def first_cycle(demand_cycle_persistence, demand_cycle_sigma, normal_draw):
    """Return the first value of the demand cycle, drawn from its stationary distribution."""
    spread = 1.0 - demand_cycle_persistence * demand_cycle_persistence
    return demand_cycle_sigma / math.sqrt(spread) * normal_draw


@rule
def next_cycle(cycle, demand_cycle_persistence, demand_cycle_sigma, normal_draw):
    """Return the next value of the demand cycle."""
    return demand_cycle_persistence * cycle + demand_cycle_sigma * normal_draw


@rule
def start_index(year_number, demand_index_first_year, demand_index_second_year):
    """Return the demand index of a year of the simulation, 1 from the third on."""
    if year_number == 0:
        return demand_index_first_year
    if year_number == 1:
        return demand_index_second_year
    return 1.0


@rule
def discounted_share(from_years, to_years, tax_horizon_years, discount_rate):
    """Return the discounted share of a project's life that lies between two ages."""
    start = min(from_years, tax_horizon_years)
    end = min(to_years, tax_horizon_years)
    if discount_rate <= 0.0:
        return (end - start) / tax_horizon_years
    whole = 1.0 - math.exp(-discount_rate * tax_horizon_years)
    return (math.exp(-discount_rate * start) - math.exp(-discount_rate * end)) / whole


@rule
def effective_tax_rate(cit_rate, free_years, half_years, tax_horizon_years, discount_rate):
    """Return the profit tax rate over a project's life under a tax holiday."""
    half_end = free_years + half_years
    half = discounted_share(free_years, half_end, tax_horizon_years, discount_rate)
    full = discounted_share(half_end, tax_horizon_years, tax_horizon_years, discount_rate)
    return cit_rate * (0.5 * half + full)


@rule
def tax_response(effective_rate, effective_rate_start, tax_semi_elasticity, tax_additionality):
    """Return log arrivals gained by a cut of the effective tax rate since the start."""
    return tax_semi_elasticity * tax_additionality * (effective_rate_start - effective_rate)


@rule
def promotion_effect(promotion, promotion_elasticity):
    """Return the factor by which promotion raises arrivals; none without any promotion."""
    if promotion <= 0.0:
        return 0.0 if promotion_elasticity > 0.0 else 1.0
    return math.exp(promotion_elasticity * math.log(promotion))


@rule
def arrival_rate(candidates_per_year, share, demand_index, promotion_factor, log_trend):
    """Return a segment's arrivals a month."""
    return candidates_per_year / 12.0 * share * demand_index * promotion_factor * math.exp(log_trend)
