"""Phase 13: what tenants and anchor plants pay to the budget."""

from sim.compiled import kernel, phase
from sim.rules import operation as operation_rules
from sim.rules import operators as operator_rules
from sim.rules import revenue as rules
from sim.schema import codes


@phase
def revenue(fixed, policy, state, month):
    """Collect the month's payments by zone, and those of anchor plants apart.

    Order: investors by index.
    Reads: levers, parameters, investors, zone prices, anchor_cars.
    Writes: zone revenue_bn_vnd, land_rent_bn_vnd, tax_forgone_bn_vnd; province
        anchor_revenue_bn_vnd, anchor_duties_bn_vnd, revenue_this_year_bn_vnd,
        revenue_last_year_bn_vnd.
    """
    p = fixed.parameters[0]
    province = state.province[0]
    for position in range(state.province[0].active):
        investor = state.investors[state.active[position]]
        if investor.stage == codes.OPERATING and investor.anchor == 0:
            collect(fixed, p, state, investor, month)
    paid = rules.anchor_payment(
        fixed.anchor_cars[month], policy.levers[month].anchor_output, p.anchor_tax_bn_vnd_car
    )
    province.anchor_revenue_bn_vnd = province.anchor_revenue_bn_vnd + paid
    province.anchor_duties_bn_vnd = province.anchor_duties_bn_vnd + paid * p.anchor_duty_share
    if (fixed.start_month_of_year + month) % 12 == 11:
        province.revenue_last_year_bn_vnd = province.revenue_this_year_bn_vnd
        province.revenue_this_year_bn_vnd = 0.0


@kernel
def collect(fixed, p, state, investor, month):
    """Add one tenant's payment of the month to its zone."""
    province = state.province[0]
    zone = state.zones[investor.zone]
    sector = fixed.sectors[investor.sector]
    age = month - investor.open_month
    factor = 1.0
    if zone.kind == codes.CLUSTER:
        factor = province.cluster_factor
    payment = rules.full_payment(
        sector.budget_bn_vnd_ha_year,
        investor.land_ha,
        operation_rules.ramp(age, p.ramp_months),
        factor,
    )
    due = rules.holiday_factor(age / 12.0, investor.licence_free_years, investor.licence_half_years)
    forgone = rules.tax_given_up(payment, sector.profit_tax_share, due)
    rent = rules.land_rent(
        operator_rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate),
        p.land_table_share,
        p.land_rent_share,
        investor.land_ha,
    )
    paid = payment - forgone + rent
    zone.revenue_bn_vnd = zone.revenue_bn_vnd + paid
    zone.land_rent_bn_vnd = zone.land_rent_bn_vnd + rent
    zone.tax_forgone_bn_vnd = zone.tax_forgone_bn_vnd + forgone
    province.revenue_this_year_bn_vnd = province.revenue_this_year_bn_vnd + paid
