"""The first-choice book: what holds back the zones that investors want most."""

from sim.compiled import kernel
from sim.schema import codes


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
def set_land_steps(zone_levers, state, month):
    """Set what holds back the land of each zone from phase 6 of a month to its end."""
    for z in range(state.zones.shape[0]):
        state.zones[z].land_step = land_step(state, z, zone_levers[z].works_may_start, month)


@kernel
def book_wait(state, investor, column):
    """Book a month's wait of an investor to its first-choice zone, in ha-years."""
    z = investor.first_choice
    state.book[z, column] = state.book[z, column] + investor.land_ha / 12.0


@kernel
def book_loss(state, investor):
    """Book an investor that leaves to its first-choice zone, in ha, if something there lost it."""
    z = investor.first_choice
    if z < 0:
        return
    column = loss_column(state.zones[z].land_step, investor.reason)
    if column >= 0:
        state.book[z, column] = state.book[z, column] + investor.land_ha


@kernel
def loss_column(step, reason):
    """Return the column of the first-choice book for a loss, -1 where it has none."""
    if reason == codes.NO_LAND:
        return step
    if reason == codes.REFUSED_SECTOR or reason == codes.CAPITAL_FLOOR:
        return codes.BOOK_RULES
    if reason == codes.WASTEWATER:
        return codes.BOOK_WASTEWATER
    if reason == codes.PROCEDURES or reason == codes.APPRAISAL:
        return codes.BOOK_PROCEDURES
    return -1
