"""What investors add to their zones and to the province in a month, in one pass over them.

After phase 10 no investor changes any more. What phases 11 to 13 and 15 say of each is therefore
added up here, together: going through all of them again in each phase took twice as long.
"""

from sim.compiled import kernel
from sim.phases.book import book_investor, land_step
from sim.rules import operation as operation_rules
from sim.rules import operators as operator_rules
from sim.rules import revenue as rules
from sim.schema import codes


@kernel
def tally(fixed, zone_levers, state, row, month):
    """Add up jobs, wastewater, payments, capital, stages and the first-choice book.

    `row` is the province's row of the month. Those who no longer matter are followed no further.
    """
    start_sums(fixed, zone_levers, state, row, month)
    tally_settled(fixed, state, row, month)
    tally_pending(fixed, state, row, month)


@kernel
def start_sums(fixed, zone_levers, state, row, month):
    """Blank what is added up, and set what the sums need of each zone."""
    p = fixed.parameters[0]
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.land_step = land_step(state, z, zone_levers[z].works_may_start, month)
        zone.rent_bn_vnd_ha_month = rules.land_rent(
            operator_rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate),
            p.land_table_share,
            p.land_rent_share,
            1.0,
        )
        zone.jobs = 0.0
        zone.new_load_m3_day = 0.0
        zone.waiting = 0
        zone.capital_bn_vnd = 0.0
        zone.high_tech_ha = 0.0
    row.looking = 0
    row.waiting = 0
    row.in_procedure = 0
    row.building = 0
    row.stalled = 0


@kernel
def tally_settled(fixed, state, row, month):
    """Add operating tenants to their zones, and forget those whose land has been returned."""
    p = fixed.parameters[0]
    province = state.province[0]
    ramp_months = p.ramp_months
    cluster_factor = province.cluster_factor
    paid = province.revenue_this_year_bn_vnd
    kept = 0
    operating = 0
    for position in range(province.settled):
        i = state.settled[position]
        investor = state.investors[i]
        if investor.stage == codes.OPERATING:
            zone = state.zones[investor.zone]
            sector = fixed.sectors[investor.sector]
            age = month - investor.open_month
            output = operation_rules.ramp(age, ramp_months)
            zone.jobs = zone.jobs + investor.land_ha * investor.workers_ha * output
            load = investor.land_ha * sector.wastewater_m3_ha_day
            zone.new_load_m3_day = zone.new_load_m3_day + load
            if investor.anchor == 0:
                factor = cluster_factor if zone.kind == codes.CLUSTER else 1.0
                paid = paid + collect(p, zone, sector, investor, age, output, factor)
            add_capital(zone, sector, investor)
            operating = operating + 1 - investor.sitting
        elif investor.idle_until < 0:
            continue
        state.settled[kept] = i
        kept = kept + 1
    province.settled = kept
    province.revenue_this_year_bn_vnd = paid
    row.operating = operating


@kernel
def collect(p, zone, sector, investor, age, output, factor):
    """Add one tenant's payment of the month to its zone, and return it [bn VND]."""
    payment = rules.full_payment(sector.budget_bn_vnd_ha_year, investor.land_ha, output, factor)
    due = rules.holiday_factor(age / 12.0, investor.licence_free_years, investor.licence_half_years)
    forgone = rules.tax_given_up(payment, sector.profit_tax_share, due)
    rent = zone.rent_bn_vnd_ha_month * investor.land_ha
    paid = payment - forgone + rent
    zone.revenue_bn_vnd = zone.revenue_bn_vnd + paid
    zone.land_rent_bn_vnd = zone.land_rent_bn_vnd + rent
    zone.tax_forgone_bn_vnd = zone.tax_forgone_bn_vnd + forgone
    return paid


@kernel
def tally_pending(fixed, state, row, month):
    """Book and count those on their way to operation, and forget those who are gone or arrived."""
    kept = 0
    for position in range(state.province[0].pending):
        i = state.pending[position]
        investor = state.investors[i]
        if investor.stage == codes.OPERATING:
            continue
        if investor.first_choice >= 0:
            zone = state.zones[investor.first_choice]
            book_investor(state.book, zone.land_step, investor, month)
            if investor.stage == codes.WAITING:
                zone.waiting = zone.waiting + 1
        if investor.stage == codes.GONE:
            continue
        if investor.stage >= codes.HAND_OVER:
            add_capital(state.zones[investor.zone], fixed.sectors[investor.sector], investor)
        count_stage(row, investor.stage)
        state.pending[kept] = i
        kept = kept + 1
    state.province[0].pending = kept


@kernel
def count_stage(row, stage):
    """Add one investor on its way to the month's counters of the province."""
    if stage == codes.LOOKING:
        row.looking = row.looking + 1
    elif stage == codes.WAITING:
        row.waiting = row.waiting + 1
    elif stage == codes.APPLIED:
        row.in_procedure = row.in_procedure + 1
    elif stage == codes.STALLED:
        row.stalled = row.stalled + 1
    else:
        row.building = row.building + 1


@kernel
def add_capital(zone, sector, investor):
    """Add a project's capital and high-technology land to its zone."""
    zone.capital_bn_vnd = zone.capital_bn_vnd + investor.land_ha * investor.capital_bn_vnd_ha
    if sector.high_tech == 1:
        zone.high_tech_ha = zone.high_tech_ha + investor.land_ha
