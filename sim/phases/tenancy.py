"""What tenants in operation bring to their zones: sums that change only when a tenant does.

Output rises in equal steps to full production, so that the jobs and the payment of a tenant are
straight lines in time until it reaches full output, a tax holiday ends, it expands or closes.
Zones keep the sums of those lines; in other months nobody looks at the tenant.
"""

import math

from sim.compiled import kernel
from sim.phases.terms import set_known_share
from sim.rules import operation as rules
from sim.rules import revenue as revenue_rules
from sim.schema import codes


@kernel
def move_in(fixed, state, i, month):
    """Let a tenant begin: what it brings, when it closes and expands, when to look at it again."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    state.cell[i] = investor.zone * fixed.sectors.shape[0] + investor.sector
    state.closing_mark[i] = math.inf
    investor.expansion_month = codes.NEVER
    if investor.anchor == 0:
        opened_years = investor.open_month / 12.0
        state.closing_mark[i] = rules.closing_mark(
            state.closing_clock[state.cell[i]],
            investor.exit_threshold,
            rules.age_factor(p.exit_age, opened_years + p.exit_age_reference_years),
        )
        investor.expansion_month = next_expansion(p, investor, month)
    go_on(fixed, state, i, month)


@kernel
def next_expansion(p, investor, month):
    """Return the month in which a tenant next wants to expand."""
    hazard = p.expansion_hazard / 12.0
    begun = max(-1, investor.open_month)  # tenants of the start have been counted from month 0 on
    months = rules.months_until(investor.expansion_threshold, hazard, 1.0 * codes.NEVER)
    return max(month + 1, begun + int(months))


@kernel
def go_on(fixed, state, i, month):
    """Add what a tenant brings from this month on, and set when that changes."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    age = month - investor.open_month
    investor.in_ramp = 1 if rules.ramp(age, p.ramp_months) < 1.0 else 0
    investor.tax_due_share = revenue_rules.holiday_factor(
        age / 12.0, investor.licence_free_years, investor.licence_half_years
    )
    add_output(fixed, state, investor, 1.0)
    soonest = investor.expansion_month
    if investor.in_ramp == 1:
        soonest = min(soonest, investor.open_month + int(math.ceil(p.ramp_months)) - 1)
    if investor.tax_due_share < 1.0:
        holds = revenue_rules.holiday_holds_months(
            investor.tax_due_share, investor.licence_free_years, investor.licence_half_years
        )
        soonest = min(soonest, investor.open_month + int(holds))
    state.call_month[i] = max(month + 1, soonest)


@kernel
def add_output(fixed, state, investor, sign):
    """Add to a zone what a tenant in operation brings, or with sign -1 take it away."""
    p = fixed.parameters[0]
    zone = state.zones[investor.zone]
    sector = fixed.sectors[investor.sector]
    level = 1.0  # of output in month 0, on the line that holds now
    slope = 0.0
    if investor.in_ramp == 1:
        level = rules.ramp_in_month_0(investor.open_month, p.ramp_months)
        slope = 1.0 / p.ramp_months
    land_ha = sign * investor.land_ha
    jobs = land_ha * investor.workers_ha
    zone.jobs_level = zone.jobs_level + jobs * level
    zone.jobs_slope = zone.jobs_slope + jobs * slope
    zone.operating_m3_day = zone.operating_m3_day + land_ha * sector.wastewater_m3_ha_day
    if investor.anchor == 0:
        share = sector.profit_tax_share
        due = investor.tax_due_share
        budget = sector.budget_bn_vnd_ha_year
        factor = state.province[0].cluster_factor if zone.kind == codes.CLUSTER else 1.0
        paid = revenue_rules.full_payment(budget, land_ha, level, factor)
        rise = revenue_rules.full_payment(budget, land_ha, slope, factor)
        zone.payment_level_bn_vnd = zone.payment_level_bn_vnd + paid
        zone.payment_slope_bn_vnd = zone.payment_slope_bn_vnd + rise
        given_up = revenue_rules.tax_given_up(paid, share, due)
        zone.relief_level_bn_vnd = zone.relief_level_bn_vnd + given_up
        given_up = revenue_rules.tax_given_up(rise, share, due)
        zone.relief_slope_bn_vnd = zone.relief_slope_bn_vnd + given_up
        zone.rent_ha = zone.rent_ha + land_ha
    count_tenant(state.province[0], zone, investor, 1 if sign > 0.0 else -1)


@kernel
def count_tenant(province, zone, investor, number):
    """Count a tenant in operation; where none is left sums are nothing but rounding."""
    province.operating = province.operating + number * (1 - investor.sitting)
    zone.operating_tenants = zone.operating_tenants + number
    if zone.operating_tenants == 0:
        zone.jobs_level = 0.0
        zone.jobs_slope = 0.0
        zone.operating_m3_day = 0.0
        zone.payment_level_bn_vnd = 0.0
        zone.payment_slope_bn_vnd = 0.0
        zone.relief_level_bn_vnd = 0.0
        zone.relief_slope_bn_vnd = 0.0
        zone.rent_ha = 0.0


@kernel
def count_project(fixed, state, z, investor, number):
    """Count a project in its zone, by sector and by origin, or with number -1 count it out."""
    state.zones[z].tenants = state.zones[z].tenants + number
    sectors = state.sector_tenants
    sectors[z, investor.sector] = sectors[z, investor.sector] + number
    origins = state.origin_tenants
    origins[z, investor.origin] = origins[z, investor.origin] + number
    log_alike(fixed, state, z, investor.sector, investor.origin)
    set_known_share(fixed.parameters[0], state, z, investor.origin)


@kernel
def log_alike(fixed, state, z, sector, origin):
    """Set the logs of a zone's tenants of a sector and of an origin."""
    row = fixed.sectors.shape[0] + origin
    state.log_tenants[sector, z] = log_one_more(fixed.logs, state.sector_tenants[z, sector])
    state.log_tenants[row, z] = log_one_more(fixed.logs, state.origin_tenants[z, origin])


@kernel
def log_zone_tenants(fixed, state, z):
    """Set the logs of a zone's tenants of every sector and origin."""
    for sector in range(fixed.sectors.shape[0]):
        log_alike(fixed, state, z, sector, codes.DOMESTIC)
    log_alike(fixed, state, z, 0, codes.FOREIGN)


@kernel
def log_one_more(logs, count):
    """Return ln(1 + count), from the table where it reaches."""
    if count < logs.shape[0]:
        return logs[count]
    return math.log(1.0 + count)


@kernel
def invest(fixed, zone, investor, land_ha):
    """Add the capital and the high-technology land of a project's land to its zone.

    Negative land takes them away; where no tenant is left sums are nothing but rounding.
    """
    zone.capital_bn_vnd = zone.capital_bn_vnd + land_ha * investor.capital_bn_vnd_ha
    if fixed.sectors[investor.sector].high_tech == 1:
        zone.high_tech_ha = zone.high_tech_ha + land_ha
    if zone.tenants == 0:
        zone.capital_bn_vnd = 0.0
        zone.high_tech_ha = 0.0
