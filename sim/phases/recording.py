"""Phase 15: write the month down and follow on only those who still matter."""

from sim.compiled import kernel, phase
from sim.phases.book import book_investor, land_step
from sim.phases.rows import write_district, write_kind, write_province, write_zone
from sim.schema import codes


@phase
def recording(fixed, policy, state, record, month):
    """Book waits and losses to first-choice zones and write the records of the month.

    Order: investors by index, then zones, districts, province.
    Reads: everything.
    Writes: zone land_step; state.book, active and lease_history; the month's rows of the
        record, waiting among them.
    """
    clear_month(state, record, month)
    for z in range(state.zones.shape[0]):
        may_start = policy.zone_levers[month, z].works_may_start
        state.zones[z].land_step = land_step(state, z, may_start, month)
    total = state.province[0].active
    kept = 0
    for position in range(total):
        i = state.active[position]
        investor = state.investors[i]
        if investor.first_choice >= 0:
            step = state.zones[investor.first_choice].land_step
            book_investor(state.book, step, investor, month)
        count_investor(record.province[month], investor)
        if investor.stage == codes.WAITING:
            row = record.zones[month, investor.first_choice]
            row.waiting = row.waiting + 1
        elif investor.stage >= codes.HAND_OVER and investor.stage <= codes.OPERATING:
            sector = fixed.sectors[investor.sector]
            add_capital(record.zones[month, investor.zone], sector, investor)
        if investor.stage != codes.GONE or investor.idle_until >= 0:
            state.active[kept] = i
            kept = kept + 1
    state.province[0].active = kept
    for z in range(state.zones.shape[0]):
        write_zone(state, record, z, month)
    for kind in range(record.kinds.shape[1]):
        write_kind(state, record, kind, month)
    for d in range(state.districts.shape[0]):
        write_district(state, record, d, month)
    write_province(state, record, month)
    for z in range(state.zones.shape[0]):
        state.lease_history[z, (month + 1) % codes.LEASE_MONTHS] = 0.0


@kernel
def clear_month(state, record, month):
    """Blank the counters of the month's rows that are added up over investors."""
    for z in range(state.zones.shape[0]):
        row = record.zones[month, z]
        row.waiting = 0
        row.capital_bn_vnd = 0.0
        row.high_tech_ha = 0.0
    for d in range(state.districts.shape[0]):
        record.districts[month, d].capital_bn_vnd = 0.0
        record.districts[month, d].leased_ha = 0.0
    row = record.province[month]
    row.looking = 0
    row.waiting = 0
    row.in_procedure = 0
    row.building = 0
    row.stalled = 0
    row.operating = 0


@kernel
def count_investor(row, investor):
    """Add one investor to the month's counters of the province."""
    stage = investor.stage
    if stage == codes.LOOKING:
        row.looking = row.looking + 1
    elif stage == codes.WAITING:
        row.waiting = row.waiting + 1
    elif stage == codes.APPLIED:
        row.in_procedure = row.in_procedure + 1
    elif stage == codes.STALLED:
        row.stalled = row.stalled + 1
    elif stage == codes.OPERATING and investor.sitting == 0:
        row.operating = row.operating + 1
    elif stage == codes.HAND_OVER or stage == codes.PERMITS or stage == codes.BUILDING:
        row.building = row.building + 1


@kernel
def add_capital(row, sector, investor):
    """Add a project's capital and high-technology land to its zone's row."""
    row.capital_bn_vnd = row.capital_bn_vnd + investor.land_ha * investor.capital_bn_vnd_ha
    if sector.high_tech == 1:
        row.high_tech_ha = row.high_tech_ha + investor.land_ha
