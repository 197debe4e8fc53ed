"""What the investors and tenants of a month add to zones and to the province.

After phase 10 no investor changes any more: what phases 11 to 13 and 15 say of them is added up
here. Of tenants zones keep sums (sim/phases/tenancy.py); those in search and in procedure are
gone through one by one.
"""

from sim.compiled import kernel
from sim.phases.book import book_wait
from sim.rules import operators as operator_rules
from sim.rules import revenue as rules
from sim.schema import codes


@kernel
def tally(fixed, state, row, month):
    """Add up jobs, payments and stages, and book waits to first choices.

    `row` is the province's row of the month.
    """
    row.operating = state.province[0].operating
    add_up_zones(fixed, state, month)
    tally_seekers(state, row, month)
    tally_applied(state, row, month)


@kernel
def add_up_zones(fixed, state, month):
    """Set the jobs of every zone and add the month's payments of its tenants.

    Sums of nobody may be rounding below zero.
    """
    p = fixed.parameters[0]
    collected = 0.0
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.waiting = 0
        zone.jobs = max(0.0, zone.jobs_level + month * zone.jobs_slope)
        full = max(0.0, zone.payment_level_bn_vnd + month * zone.payment_slope_bn_vnd)
        forgone = max(0.0, zone.relief_level_bn_vnd + month * zone.relief_slope_bn_vnd)
        rent = rules.land_rent(
            operator_rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate),
            p.land_table_share,
            p.land_rent_share,
            max(0.0, zone.rent_ha),
        )
        paid = max(0.0, full - forgone) + rent
        zone.revenue_bn_vnd = zone.revenue_bn_vnd + paid
        zone.land_rent_bn_vnd = zone.land_rent_bn_vnd + rent
        zone.tax_forgone_bn_vnd = zone.tax_forgone_bn_vnd + forgone
        collected = collected + paid
    province = state.province[0]
    province.revenue_this_year_bn_vnd = province.revenue_this_year_bn_vnd + collected


@kernel
def tally_seekers(state, row, month):
    """Book and count those in search of land, and forget those who are so no more."""
    province = state.province[0]
    row.looking = 0
    row.waiting = 0
    kept = 0
    for position in range(province.seekers):
        i = state.seekers[position]
        investor = state.investors[i]
        if investor.stage == codes.WAITING:
            row.waiting = row.waiting + 1
            zone = state.zones[investor.first_choice]
            zone.waiting = zone.waiting + 1
            book_wait(state, investor, zone.land_step)
        elif investor.stage == codes.LOOKING:
            row.looking = row.looking + 1
        else:
            continue
        state.seekers[kept] = i
        kept = kept + 1
    province.seekers = kept


@kernel
def tally_applied(state, row, month):
    """Book and count those in procedure, and forget those who are so no more."""
    province = state.province[0]
    kept = 0
    for position in range(province.applied):
        i = state.applied[position]
        investor = state.investors[i]
        if investor.stage == codes.APPLIED:
            if month + 1.0 - investor.applied_time > investor.promised_months:
                book_wait(state, investor, codes.BOOK_PROCEDURES)
            state.applied[kept] = i
            kept = kept + 1
    province.applied = kept
    row.in_procedure = kept
