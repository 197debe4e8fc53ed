"""How many investors look at the region, month by month.

Not for where they go (sim/rules/location.py) nor for when each one comes (sim/luck.py).
"""

import math

from sim.compiled import rule


@rule
def held_within(cycle, demand_cycle_bound):
    """Return the demand cycle held between minus and plus its bound.

    Parameters
    ----------
    cycle : float
        Demand cycle before it is held [log units].
    demand_cycle_bound : float
        Bound [log units], from 0.

    Returns
    -------
    float
        Demand cycle [log units].

    Source
    ------
    Assumption: three standard deviations; the highest rate of arrivals must have a bound.

    Examples
    --------
    >>> held_within(-0.5, 0.35)
    -0.35
    """
    return max(-demand_cycle_bound, min(demand_cycle_bound, cycle))


@rule
def first_cycle(demand_cycle_persistence, demand_cycle_sigma, normal_draw):
    """Return the first value of the demand cycle, drawn from its stationary distribution.

    Parameters
    ----------
    demand_cycle_persistence : float
        Share of the cycle kept a month later [0..0.999], usually 0.8-0.97.
    demand_cycle_sigma : float
        Standard deviation of the monthly shock [log units], usually 0.02-0.12.
    normal_draw : float
        Standard normal luck [1].

    Returns
    -------
    float
        Demand cycle of month 0 [log units].

    Source
    ------
    Definition of a stationary first-order process. Assumption: a cycle of one to two years.

    Examples
    --------
    >>> round(first_cycle(0.8, 0.06, 1.0), 6)
    0.1
    """
    spread = 1.0 - demand_cycle_persistence * demand_cycle_persistence
    return demand_cycle_sigma / math.sqrt(spread) * normal_draw


@rule
def next_cycle(cycle, demand_cycle_persistence, demand_cycle_sigma, normal_draw):
    """Return the next value of the demand cycle.

    Parameters
    ----------
    cycle : float
        Demand cycle of this month [log units].
    demand_cycle_persistence : float
        Share of it kept a month later [0..0.999], usually 0.8-0.97.
    demand_cycle_sigma : float
        Standard deviation of the monthly shock [log units], usually 0.02-0.12.
    normal_draw : float
        Standard normal luck [1].

    Returns
    -------
    float
        Demand cycle of next month, not yet held within its bound [log units].

    Source
    ------
    Assumption: a first-order process with a spread of about 11 % at the usual values.

    Examples
    --------
    >>> round(next_cycle(0.2, 0.9, 0.05, -1.0), 6)
    0.13
    """
    return demand_cycle_persistence * cycle + demand_cycle_sigma * normal_draw


@rule
def start_index(year_number, demand_index_first_year, demand_index_second_year):
    """Return the demand index of a year of the simulation, 1 from the third on.

    Parameters
    ----------
    year_number : int
        Calendar year of the run, 0 the first.
    demand_index_first_year, demand_index_second_year : float
        Demand relative to a normal year [1], usually 0.6-1.

    Returns
    -------
    float
        Index [1], from 0.

    Source
    ------
    P84 (new foreign projects fell by 35 % in 2020). Assumption: they recover within two years.

    Examples
    --------
    >>> start_index(1, 0.8, 0.9)
    0.9
    """
    if year_number == 0:
        return demand_index_first_year
    if year_number == 1:
        return demand_index_second_year
    return 1.0


@rule
def discounted_share(from_age_years, to_age_years, tax_horizon_years, discount_rate):
    """Return the discounted share of a project's life that lies between two ages.

    Parameters
    ----------
    from_age_years, to_age_years : float
        The two ages [years], from 0; what lies beyond the horizon does not count.
    tax_horizon_years : float
        Length of the life that counts [years], usually 10-20.
    discount_rate : float
        Continuous rate of discount [1/year], usually 0.06-0.1; 0 or less: none.

    Returns
    -------
    float
        Share [0..1].

    Source
    ------
    Definition: exp(-rate t) between the ages over the whole horizon. Assumption: horizon (P64).

    Examples
    --------
    >>> discounted_share(2.0, 6.0, 10.0, 0.0)
    0.4
    """
    start = min(from_age_years, tax_horizon_years)
    end = min(to_age_years, tax_horizon_years)
    if discount_rate <= 0.0:
        return (end - start) / tax_horizon_years
    whole = 1.0 - math.exp(-discount_rate * tax_horizon_years)
    return (math.exp(-discount_rate * start) - math.exp(-discount_rate * end)) / whole


@rule
def effective_tax_rate(cit_rate, free_years, half_years, tax_horizon_years, discount_rate):
    """Return the profit tax rate over a project's life under a tax holiday.

    Parameters
    ----------
    cit_rate : float
        Profit tax outside the holiday [0..1].
    free_years, half_years : float
        Years without tax, and years at half the rate after them [years], from 0.
    tax_horizon_years : float
        Length of the life that counts [years], usually 10-20.
    discount_rate : float
        Continuous rate of discount [1/year], usually 0.06-0.1.

    Returns
    -------
    float
        Effective rate [0..1], at most cit_rate.

    Source
    ------
    cit_rate: P67; holidays: P63, P64, P65. Assumption: even profits over the horizon.

    Examples
    --------
    >>> round(effective_tax_rate(0.2, 2.0, 4.0, 10.0, 0.0), 6)
    0.12
    """
    half_end = free_years + half_years
    half = discounted_share(free_years, half_end, tax_horizon_years, discount_rate)
    full = discounted_share(half_end, tax_horizon_years, tax_horizon_years, discount_rate)
    return cit_rate * (0.5 * half + full)


@rule
def tax_response(effective_rate, effective_rate_start, tax_semi_elasticity, tax_additionality):
    """Return log arrivals gained by a cut of the effective tax rate since the start.

    Parameters
    ----------
    effective_rate, effective_rate_start : float
        Effective profit tax rate now and in the start year [0..1].
    tax_semi_elasticity : float
        Log arrivals per unit of the rate [1], usually 1-3.3.
    tax_additionality : float
        Share of incentives that change a decision [0..1], usually 0.02-0.3.

    Returns
    -------
    float
        Change of arrivals [log units], negative when the rate rose.

    Source
    ------
    tax_semi_elasticity: C041, C042; tax_additionality: C043, C044.

    Examples
    --------
    >>> round(tax_response(0.12, 0.16, 2.5, 0.2), 6)
    0.02
    """
    return tax_semi_elasticity * tax_additionality * (effective_rate_start - effective_rate)


@rule
def promotion_effect(promotion, promotion_elasticity):
    """Return the factor by which promotion raises arrivals; none without any promotion.

    Parameters
    ----------
    promotion : float
        Lever: promotion to this origin, 1 as in the start year [0..3].
    promotion_elasticity : float
        Elasticity of arrivals to it [0..1], usually 0.1-0.6.

    Returns
    -------
    float
        Factor [1], from 0: promotion to the power of its elasticity.

    Source
    ------
    C046 (sign). Assumption: size.

    Examples
    --------
    >>> promotion_effect(1.0, 0.3)
    1.0
    """
    if promotion <= 0.0:
        return 0.0 if promotion_elasticity > 0.0 else 1.0
    return math.exp(promotion_elasticity * math.log(promotion))


@rule
def trend_factor_of(demand_growth, years, cycle, log_tax_gain):
    """Return the factor of growth, cycle and tax on arrivals.

    Parameters
    ----------
    demand_growth : float
        Growth of demand [1/year], usually -0.02 to 0.1.
    years : float
        Years since the start, from 0.
    cycle : float
        Demand cycle [log units].
    log_tax_gain : float
        Effect of the tax holiday since the start [log units].

    Returns
    -------
    float
        Factor [1], above 0.

    Source
    ------
    Assumption: demand_growth; northern absorption and prices grew 4-7 % a year (C078-C081).

    Examples
    --------
    >>> trend_factor_of(0.04, 0.0, 0.0, 0.0)
    1.0
    """
    return math.exp(demand_growth * years + cycle + log_tax_gain)


@rule
def arrival_rate(candidates_per_year, share, demand_index, promotion_factor, trend_factor):
    """Return a segment's arrivals a month.

    Parameters
    ----------
    candidates_per_year : float
        Investors that look at the region in a normal year [1/year], usually 30-200.
    share : float
        Share of the segment (sector and origin) in them [0..1].
    demand_index : float
        Demand relative to a normal year [1], from 0.
    promotion_factor : float
        Effect of promotion [1], from 0.
    trend_factor : float
        Growth, cycle and tax effect together [1], above 0.

    Returns
    -------
    float
        Rate [investors/month], from 0.

    Source
    ------
    Assumption: candidates_per_year is calibrated; licences were 24-46 a year (P70).

    Examples
    --------
    >>> arrival_rate(120.0, 0.5, 0.8, 1.0, 1.0)
    4.0
    """
    return candidates_per_year / 12.0 * share * demand_index * promotion_factor * trend_factor
