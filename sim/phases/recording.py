"""Phase 15: write the month down and follow on only those who still matter."""

from sim.compiled import kernel, phase
from sim.phases.book import book_investor, land_step
from sim.phases.rows import (
    unfinished_money,
    write_district,
    write_kind,
    write_province,
    write_zone,
)
from sim.schema import codes


@phase
def recording(fixed, policy, state, record, month):
    """Book waits and losses to first-choice zones and write the records of the month.

    Order: investors by index, then zones, districts, province.
    Reads: everything.
    Writes: zone land_step, waiting, capital_bn_vnd, high_tech_ha, unfinished_bn_vnd; state.book,
        active and lease_history; the month's rows of the record, operating among them.
    """
    clear_counters(record.province[month])
    for z in range(state.zones.shape[0]):
        may_start = policy.zone_levers[month, z].works_may_start
        zone = state.zones[z]
        zone.land_step = land_step(state, z, may_start, month)
        zone.waiting = 0
        zone.capital_bn_vnd = 0.0
        zone.high_tech_ha = 0.0
        zone.unfinished_bn_vnd = unfinished_money(state, z)
    total = state.province[0].active
    kept = 0
    operating = 0
    for position in range(total):
        i = state.active[position]
        investor = state.investors[i]
        if investor.stage == codes.OPERATING:  # most of them, with nothing to book
            operating = operating + 1 - investor.sitting
            add_capital(state.zones[investor.zone], fixed.sectors[investor.sector], investor)
        else:
            follow(fixed, state, record.province[month], investor, month)
        if investor.stage != codes.GONE or investor.idle_until >= 0:
            state.active[kept] = i
            kept = kept + 1
    state.province[0].active = kept
    record.province[month].operating = operating
    kept_row = record.kept[month]
    if kept_row >= 0:
        for z in range(state.zones.shape[0]):
            write_zone(state, record.zones[kept_row, z], z)
        for d in range(state.districts.shape[0]):
            write_district(state, record.districts[kept_row, d], d)
    for kind in range(record.kinds.shape[1]):
        write_kind(state, record.kinds[month, kind], kind)
    write_province(state, record, month)
    for z in range(state.zones.shape[0]):
        state.lease_history[z, (month + 1) % codes.LEASE_MONTHS] = 0.0


@kernel
def clear_counters(row):
    """Blank the counters of the province that are added up over investors."""
    row.looking = 0
    row.waiting = 0
    row.in_procedure = 0
    row.building = 0
    row.stalled = 0


@kernel
def follow(fixed, state, row, investor, month):
    """Book and count an investor that does not operate."""
    if investor.first_choice >= 0:
        zone = state.zones[investor.first_choice]
        book_investor(state.book, zone.land_step, investor, month)
        if investor.stage == codes.WAITING:
            zone.waiting = zone.waiting + 1
    count_investor(row, investor)
    if investor.stage >= codes.HAND_OVER and investor.stage <= codes.OPERATING:
        add_capital(state.zones[investor.zone], fixed.sectors[investor.sector], investor)


@kernel
def count_investor(row, investor):
    """Add one investor that does not operate to the month's counters of the province."""
    stage = investor.stage
    if stage == codes.LOOKING:
        row.looking = row.looking + 1
    elif stage == codes.WAITING:
        row.waiting = row.waiting + 1
    elif stage == codes.APPLIED:
        row.in_procedure = row.in_procedure + 1
    elif stage == codes.STALLED:
        row.stalled = row.stalled + 1
    elif stage == codes.HAND_OVER or stage == codes.PERMITS or stage == codes.BUILDING:
        row.building = row.building + 1


@kernel
def add_capital(zone, sector, investor):
    """Add a project's capital and high-technology land to its zone."""
    zone.capital_bn_vnd = zone.capital_bn_vnd + investor.land_ha * investor.capital_bn_vnd_ha
    if sector.high_tech == 1:
        zone.high_tech_ha = zone.high_tech_ha + investor.land_ha
