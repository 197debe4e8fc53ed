"""The first-choice book: what holds back the zones that investors want most."""

from sim.compiled import kernel
from sim.schema import codes

# Columns of the first-choice book, in the order of ZoneRecord: land steps, then these.
BOOK_RULES = 7
BOOK_WASTEWATER = 8
BOOK_PROCEDURES = 9


@kernel
def land_step(state, z, month_may_start, month):
    """Return what holds back the land of a zone."""
    zone = state.zones[z]
    last = zone.first_tranche + zone.tranches
    unfinished = False
    for k in range(zone.first_tranche, last):
        tranche = state.tranches[k]
        unfinished = unfinished or tranche.stage != codes.SERVICED
        if tranche.stage == codes.IN_PROGRESS and month >= month_may_start:
            if tranche.blocks_cleared < tranche.blocks:
                return codes.STEP_CLEARANCE
            if tranche.works_done_bn_vnd < tranche.works_cost_bn_vnd * (1.0 - codes.ROUNDING):
                return codes.STEP_WORKS
            return codes.STEP_PLANT
    if not unfinished:
        return codes.STEP_FULL
    if month < month_may_start:
        return codes.STEP_PLANNING
    if zone.operator == codes.NO_OPERATOR:
        return codes.STEP_NO_OPERATOR
    if zone.parent >= 0 and state.zones[zone.parent].capacity_m3_day <= 0.0:
        return codes.STEP_PLANT
    return codes.STEP_EXPANSION


@kernel
def book_investor(book, step, investor, month):
    """Book an investor's wait or loss to its first-choice zone, in ha-years."""
    z = investor.first_choice
    if investor.stage == codes.WAITING:
        book[z, step] = book[z, step] + investor.land_ha / 12.0
    elif investor.stage == codes.APPLIED:
        waited = month + 1.0 - investor.applied_time
        if waited > investor.promised_months:
            book[z, BOOK_PROCEDURES] = book[z, BOOK_PROCEDURES] + investor.land_ha / 12.0
    elif investor.stage == codes.GONE and investor.gone_month == month:
        column = loss_column(step, investor.reason)
        if column >= 0:
            book[z, column] = book[z, column] + investor.land_ha


@kernel
def loss_column(step, reason):
    """Return the column of the first-choice book for a loss, -1 where it has none."""
    if reason == codes.NO_LAND:
        return step
    if reason == codes.REFUSED_SECTOR or reason == codes.CAPITAL_FLOOR:
        return BOOK_RULES
    if reason == codes.WASTEWATER:
        return BOOK_WASTEWATER
    if reason == codes.PROCEDURES or reason == codes.APPRAISAL:
        return BOOK_PROCEDURES
    return -1
