"""When an operator comes, what it asks for land and when it starts the next tranche.

Not for what works cost (sim/rules/works.py) nor for when the state steps in
(sim/phases/operators.py).
"""

import math

from sim.compiled import rule
from sim.schema.codes import M2_PER_HA, VND_PER_BN


@rule
def bn_vnd_per_ha(price_usd_m2_term, exchange_rate):
    """Return a land price in bn VND per ha.

    Parameters
    ----------
    price_usd_m2_term : float
        Land price [USD/m2 for the remaining lease term], above 0.
    exchange_rate : float
        Exchange rate [VND/USD], usually 23,000-25,500.

    Returns
    -------
    float
        Land price [bn VND/ha], above 0.

    Source
    ------
    Definition of the units. Assumption: the exchange rate of 2021 holds, as prices are real.

    Examples
    --------
    >>> round(bn_vnd_per_ha(100.0, 23500.0), 6)
    23.5
    """
    return price_usd_m2_term * exchange_rate * M2_PER_HA / VND_PER_BN


@rule
def developer_margin(
    income_bn_vnd,
    cost_bn_vnd,
    public_part_bn_vnd,
    developer_hurdle,
    connection_penalty,
    connected,
    margin_lo,
    margin_hi,
):
    """Return a developer's margin over its hurdle, relative to cost and held within bounds.

    Parameters
    ----------
    income_bn_vnd : float
        What the developer keeps of the price of all land to be built [bn VND], from 0.
    cost_bn_vnd, public_part_bn_vnd : float
        Compensation, works and plant of that land, above 0, and the public part [bn VND].
    developer_hurdle : float
        Return asked on equity [1], usually 0.14-0.18.
    connection_penalty : float
        Margin lost in a zone without any connection [1], usually 0.1-0.5.
    connected : float
        Connections in place [0..1].
    margin_lo, margin_hi : float
        Lowest and highest margin that count [1].

    Returns
    -------
    float
        Margin [1], between the two bounds.

    Source
    ------
    Assumption: all of it; no study of developers' entry found.

    Examples
    --------
    >>> round(developer_margin(130.0, 100.0, 10.0, 0.16, 0.3, 0.5, -3.0, 2.0), 6)
    0.09
    """
    margin = (income_bn_vnd - cost_bn_vnd + public_part_bn_vnd) / cost_bn_vnd
    margin = margin - developer_hurdle - connection_penalty * (1.0 - connected)
    return max(margin_lo, min(margin_hi, margin))


@rule
def entry_hazard(
    operator_entry_hazard, operator_promotion, occupancy, entry_occupancy_reference, margin
):
    """Return the hazard a month that a developer takes a zone.

    Parameters
    ----------
    operator_entry_hazard : float
        Entries a year at zero margin and full zones [1/year], usually 0.05-0.6.
    operator_promotion : float
        Lever: promotion to developers, 1 as in the start year [0..5].
    occupancy, entry_occupancy_reference : float
        Occupancy of all zones of that kind, and from which it no longer holds entry back [0..1].
    margin : float
        Developer's margin over its hurdle [1], held within bounds.

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: four years at zero margin; the reference is near the country's occupancy (C076).

    Examples
    --------
    >>> entry_hazard(0.24, 1.0, 0.9, 0.75, 0.0)
    0.02
    """
    fullness = min(1.0, occupancy / entry_occupancy_reference)
    return operator_entry_hazard / 12.0 * operator_promotion * fullness * math.exp(margin)


@rule
def occupancy_or(serviced_ha, leased_ha, value_if_unserviced):
    """Return leased over serviced land, or a given value where nothing is serviced.

    Parameters
    ----------
    serviced_ha : float
        Serviced leasable land [ha], from 0.
    leased_ha : float
        Leased land [ha], from 0.
    value_if_unserviced : float
        What to return where no land is serviced [0..1].

    Returns
    -------
    float
        Occupancy [0..1].

    Source
    ------
    Definition of occupancy.

    Examples
    --------
    >>> occupancy_or(200.0, 150.0, 0.0)
    0.75
    """
    if serviced_ha <= 0.0:
        return value_if_unserviced
    return leased_ha / serviced_ha


@rule
def next_private_price(
    price_usd_m2_term,
    occupancy,
    price_growth,
    price_response,
    price_occupancy_reference,
    cost_usd_m2,
):
    """Return a private operator's next price: with the market and its own fullness, above cost.

    Parameters
    ----------
    price_usd_m2_term : float
        This month's asking price [USD/m2 for the remaining lease term], above 0.
    occupancy : float
        Leased over serviced land of the zone [0..1].
    price_growth : float
        Real growth of land prices in the region [1/year], usually 0-0.04.
    price_response : float
        Growth of the price per unit of occupancy above the reference [1/year], usually 0.05-0.25.
    price_occupancy_reference : float
        Occupancy at which the zone goes with the market [0..1].
    cost_usd_m2 : float
        Compensation and works per m2 of leasable land [USD/m2], from 0.

    Returns
    -------
    float
        Next asking price [USD/m2/term], at least the cost.

    Source
    ------
    price_growth: C081; reference: C076. Assumption: price_response, no published elasticity found.

    Examples
    --------
    >>> round(next_private_price(100.0, 0.95, 0.02, 0.2, 0.75, 40.0), 6)
    100.501252
    """
    growth = price_growth + price_response * (occupancy - price_occupancy_reference)
    return max(cost_usd_m2, price_usd_m2_term * math.exp(growth / 12.0))


@rule
def free_land_wanted(free_land_floor_ha, free_land_years, leased_year_ha):
    """Return the free land below which a zone starts another tranche.

    Parameters
    ----------
    free_land_floor_ha : float
        Least free land [ha], usually 5-20.
    free_land_years : float
        Years of leasing kept ready [years], usually 1-3.
    leased_year_ha : float
        Land leased in the zone in the last twelve months [ha], from 0.

    Returns
    -------
    float
        Free land wanted [ha], at least the floor.

    Source
    ------
    Assumption: room for one large project, or about two years of leasing.

    Examples
    --------
    >>> free_land_wanted(10.0, 2.0, 8.0)
    16.0
    """
    return max(free_land_floor_ha, free_land_years * leased_year_ha)


@rule
def sale_years(payback_base_years, tranche_leasable_ha, leased_two_years_ha, least_pace_ha_year):
    """Return the mean time until the land of a tranche sells.

    Parameters
    ----------
    payback_base_years : float
        Years of clearance and works before land sells [years], usually 2-5.
    tranche_leasable_ha : float
        Land of the tranche [ha], above 0.
    leased_two_years_ha : float
        Land leased in the zone in the last 24 months [ha], from 0.
    least_pace_ha_year : float
        Least pace of leasing a developer hopes for [ha/year], usually 5-20, clusters 2-8.

    Returns
    -------
    float
        Time [years].

    Source
    ------
    Assumption: land sells evenly at the pace of the last two years, hence half of the selling time.

    Examples
    --------
    >>> sale_years(3.0, 60.0, 24.0, 10.0)
    5.5
    """
    pace = max(leased_two_years_ha / 2.0, least_pace_ha_year)
    return payback_base_years + tranche_leasable_ha / (2.0 * pace)


@rule
def tranche_pays(
    income_bn_vnd,
    cost_bn_vnd,
    public_part_bn_vnd,
    developer_discount_rate,
    sale_time_years,
    payback_cost_years,
):
    """Return whether the discounted income of a tranche covers the developer's own cost.

    Parameters
    ----------
    income_bn_vnd : float
        Price of all land of the tranche [bn VND], from 0.
    cost_bn_vnd, public_part_bn_vnd : float
        Compensation, works and plant of the tranche, and the public part [bn VND], from 0.
    developer_discount_rate : float
        Developer's cost of capital, a yearly rate [1/year], usually 0.08-0.12.
    sale_time_years, payback_cost_years : float
        Mean time until the land sells, and of the costs [years].

    Returns
    -------
    bool
        Whether it pays; it does when the two are equal.

    Source
    ------
    developer_discount_rate: P29, P32, P34 (equity share). Assumption: its rates and the times.

    Examples
    --------
    >>> tranche_pays(130.0, 110.0, 10.0, 0.1, 4.0, 1.5)
    True
    """
    rate = math.log(1.0 + developer_discount_rate)
    income = income_bn_vnd * math.exp(-rate * sale_time_years)
    return income >= (cost_bn_vnd - public_part_bn_vnd) * math.exp(-rate * payback_cost_years)
