"""Phase 13: what tenants and anchor plants pay to the budget."""

from sim.compiled import phase
from sim.rules import revenue as rules


@phase
def revenue(fixed, policy, state, month):
    """Collect the payments of anchor plants and close the books of a year.

    Order: one value for the province; phase 10 has added up what other tenants pay.
    Reads: levers, parameters, anchor_cars.
    Writes: province anchor_revenue_bn_vnd, anchor_duties_bn_vnd, revenue_this_year_bn_vnd,
        revenue_last_year_bn_vnd.
    """
    p = fixed.parameters[0]
    province = state.province[0]
    paid = rules.anchor_payment(
        fixed.anchor_cars[month], policy.levers[month].anchor_output, p.anchor_tax_bn_vnd_car
    )
    province.anchor_revenue_bn_vnd = province.anchor_revenue_bn_vnd + paid
    province.anchor_duties_bn_vnd = province.anchor_duties_bn_vnd + paid * p.anchor_duty_share
    if (fixed.start_month_of_year + month) % 12 == 11:
        province.revenue_last_year_bn_vnd = province.revenue_this_year_bn_vnd
        province.revenue_this_year_bn_vnd = 0.0
