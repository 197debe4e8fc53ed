"""What tenants pay and what the public gives up.

Not for the payments of anchor plants (sim/phases/revenue.py) nor for how a tax holiday draws
investors (sim/rules/demand.py).
"""

import math

from sim.compiled import rule


@rule
def holiday_factor(age_years, free_years, half_years):
    """Return the share of profit tax due at an age under a tax holiday.

    Parameters
    ----------
    age_years : float
        Age of the tenant since it opened [years], from 0.
    free_years, half_years : float
        Years without tax, and years at half the rate after them [years], from 0.

    Returns
    -------
    float
        Share [0, 0.5 or 1].

    Source
    ------
    P63, P64, P65.

    Examples
    --------
    >>> holiday_factor(2.0, 2.0, 4.0)
    0.5
    """
    if age_years < free_years:
        return 0.0
    if age_years < free_years + half_years:
        return 0.5
    return 1.0


@rule
def holiday_holds_months(tax_due_share, free_years, half_years):
    """Return the age until which the share of profit tax due stays as it is.

    Parameters
    ----------
    tax_due_share : float
        Share of profit tax due now [0, 0.5 or 1].
    free_years, half_years : float
        Years without tax, and years at half the rate after them [years], from 0.

    Returns
    -------
    float
        Age [months], infinite once all is due.

    Source
    ------
    Definition: `holiday_factor`.

    Examples
    --------
    >>> holiday_holds_months(0.5, 2.0, 4.0)
    72.0
    """
    if tax_due_share <= 0.0:
        return 12.0 * free_years
    if tax_due_share < 1.0:
        return 12.0 * (free_years + half_years)
    return math.inf


@rule
def full_payment(budget_bn_vnd_ha_year, land_ha, ramp_share, cluster_factor):
    """Return a tenant's payment of a month without a tax holiday.

    Parameters
    ----------
    budget_bn_vnd_ha_year : float
        Payment of the sector to the budget at full output [bn VND/ha/year], from 0.
    land_ha : float
        Land of the tenant [ha], from 0.
    ramp_share : float
        Output relative to full production [0..1].
    cluster_factor : float
        Payment factor of clusters, 1 in parks [1], from 0.

    Returns
    -------
    float
        Payment [bn VND/month], from 0.

    Source
    ------
    Assumption: payments per ha in sectors.csv; the factor makes clusters pay as in Z32.

    Examples
    --------
    >>> full_payment(1.2, 10.0, 0.5, 1.0)
    0.5
    """
    return budget_bn_vnd_ha_year * land_ha * ramp_share * cluster_factor / 12.0


@rule
def tax_given_up(payment_bn_vnd, profit_tax_share, tax_due_share):
    """Return the profit tax that a holiday gives up in a month.

    Parameters
    ----------
    payment_bn_vnd : float
        Payment of the month without a holiday [bn VND/month], from 0.
    profit_tax_share : float
        Profit tax in that payment [0..1].
    tax_due_share : float
        Share of profit tax due under the holiday [0, 0.5 or 1].

    Returns
    -------
    float
        Tax given up [bn VND/month], from 0.

    Source
    ------
    Definition. Assumption: profit_tax_share in sectors.csv.

    Examples
    --------
    >>> tax_given_up(2.0, 0.25, 0.5)
    0.25
    """
    return payment_bn_vnd * profit_tax_share * (1.0 - tax_due_share)


@rule
def anchor_payment(cars_month, anchor_output, anchor_tax_bn_vnd_car):
    """Return what anchor plants pay in a month [bn VND].

    Parameters
    ----------
    cars_month : float
        Cars of the month on the world's path [cars/month], from 0.
    anchor_output : float
        Output relative to that path [1], from 0.
    anchor_tax_bn_vnd_car : float
        Tax paid per car [bn VND].

    Returns
    -------
    float
        Payment [bn VND], from 0.

    Source
    ------
    D: 7,600 bn VND on 55,000 cars in 2018 (P76) is 0.138 bn VND a car.

    Examples
    --------
    >>> anchor_payment(1000.0, 1.0, 0.138)
    138.0
    """
    return cars_month * anchor_output * anchor_tax_bn_vnd_car


@rule
def land_rent(land_price_bn_vnd_ha, land_table_share, land_rent_share, land_ha):
    """Return a tenant's land rent of a month, on the province's table price.

    Parameters
    ----------
    land_price_bn_vnd_ha : float
        Market price of the zone's land [bn VND/ha], above 0.
    land_table_share : float
        Table price over market price [0..1], usually 0.15-0.6.
    land_rent_share : float
        Rent a year over table price [1/year], usually 0.0075-0.02.
    land_ha : float
        Land of the tenant [ha], from 0.

    Returns
    -------
    float
        Rent [bn VND/month], from 0.

    Source
    ------
    land_rent_share: P47. Assumption: land_table_share, as the table lags the market.

    Examples
    --------
    >>> round(land_rent(20.0, 0.3, 0.015, 10.0), 6)
    0.075
    """
    return land_price_bn_vnd_ha * land_table_share * land_rent_share * land_ha / 12.0
