"""What tenants pay and what the public gives up."""

from sim.compiled import rule


@rule
def holiday_factor(age_years, free_years, half_years):
    """Return the share of profit tax due at an age under a tax holiday."""
    if age_years < free_years:
        return 0.0
    if age_years < free_years + half_years:
        return 0.5
    return 1.0


@rule
def full_payment(budget_bn_vnd_ha_year, land_ha, ramp_share, cluster_factor):
    """Return a tenant's payment of a month without a tax holiday [bn VND]."""
    return budget_bn_vnd_ha_year * land_ha * ramp_share * cluster_factor / 12.0


@rule
def tax_given_up(payment_bn_vnd, profit_tax_share, tax_due_share):
    """Return the profit tax that a holiday gives up in a month [bn VND]."""
    return payment_bn_vnd * profit_tax_share * (1.0 - tax_due_share)


@rule
def land_rent(land_price_bn_vnd_ha, land_table_share, land_rent_share, land_ha):
    """Return a tenant's land rent of a month, on the province's table price [bn VND]."""
    return land_price_bn_vnd_ha * land_table_share * land_rent_share * land_ha / 12.0
