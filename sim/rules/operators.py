"""When an operator comes, what it asks for land and when it starts the next tranche."""

import math

from sim.compiled import rule
from sim.schema.codes import M2_PER_HA, VND_PER_BN


@rule
def bn_vnd_per_ha(price_usd_m2_term, exchange_rate):
    """Return a land price in bn VND per ha."""
    return price_usd_m2_term * exchange_rate * M2_PER_HA / VND_PER_BN


@rule
def developer_margin(
    income_bn_vnd,
    cost_bn_vnd,
    public_bn_vnd,
    developer_hurdle,
    connection_penalty,
    connected,
    margin_lo,
    margin_hi,
):
    """Return a developer's margin over its hurdle, relative to cost and held within bounds."""
    margin = (income_bn_vnd - cost_bn_vnd + public_bn_vnd) / cost_bn_vnd
    margin = margin - developer_hurdle - connection_penalty * (1.0 - connected)
    return max(margin_lo, min(margin_hi, margin))


@rule
def entry_hazard(
    operator_entry_hazard, operator_promotion, occupancy, entry_occupancy_reference, margin
):
    """Return the hazard a month that a developer takes a zone."""
    fullness = min(1.0, occupancy / entry_occupancy_reference)
    return operator_entry_hazard / 12.0 * operator_promotion * fullness * math.exp(margin)


@rule
def occupancy_or(serviced_ha, leased_ha, value_if_unserviced):
    """Return leased over serviced land, or a given value where nothing is serviced."""
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
    """Return a private operator's next price: with the market and its own fullness, above cost."""
    growth = price_growth + price_response * (occupancy - price_occupancy_reference)
    return max(cost_usd_m2, price_usd_m2_term * math.exp(growth / 12.0))


@rule
def free_land_wanted(free_land_floor_ha, free_land_years, leased_year_ha):
    """Return the free land below which a zone starts another tranche [ha]."""
    return max(free_land_floor_ha, free_land_years * leased_year_ha)


@rule
def sale_years(payback_base_years, tranche_leasable_ha, leased_two_years_ha, least_pace_ha_year):
    """Return the mean time until the land of a tranche sells [years]."""
    pace = max(leased_two_years_ha / 2.0, least_pace_ha_year)
    return payback_base_years + tranche_leasable_ha / (2.0 * pace)


@rule
def tranche_pays(
    income_bn_vnd,
    cost_bn_vnd,
    public_bn_vnd,
    developer_discount_rate,
    sale_time_years,
    payback_cost_years,
):
    """Return whether the discounted income of a tranche covers the developer's own cost."""
    rate = math.log(1.0 + developer_discount_rate)
    income = income_bn_vnd * math.exp(-rate * sale_time_years)
    return income >= (cost_bn_vnd - public_bn_vnd) * math.exp(-rate * payback_cost_years)
