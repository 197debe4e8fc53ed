"""Phase 15: write the month down and follow on only those who still matter."""

from sim.compiled import kernel, phase
from sim.schema import codes

# Columns of the first-choice book, in the order of ZoneRecord.
BOOK_RULES = 7
BOOK_WASTEWATER = 8
BOOK_PROCEDURES = 9


@phase
def recording(fixed, policy, state, record, month):
    """Book waits and losses to first-choice zones and write the records of the month.

    Order: investors by index, then zones, districts, province.
    Reads: everything.
    Writes: zone land_step, state.book, state.active, the month's rows of the record.
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
        book_investor(state, investor, month)
        count_investor(fixed, state, record, investor, month)
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
    return codes.STEP_EXPANSION


@kernel
def book_investor(state, investor, month):
    """Book an investor's wait or loss to its first-choice zone, in ha-years."""
    z = investor.first_choice
    if z < 0:
        return
    book = state.book
    if investor.stage == codes.WAITING:
        step = state.zones[z].land_step
        book[z, step] = book[z, step] + investor.land_ha / 12.0
    elif investor.stage == codes.APPLIED:
        waited = month + 1.0 - investor.applied_time
        if waited > investor.promised_months:
            book[z, BOOK_PROCEDURES] = book[z, BOOK_PROCEDURES] + investor.land_ha / 12.0
    elif investor.stage == codes.GONE and investor.gone_month == month:
        column = loss_column(state, investor)
        if column >= 0:
            book[z, column] = book[z, column] + investor.land_ha


@kernel
def loss_column(state, investor):
    """Return the column of the first-choice book for a loss, -1 where it has none."""
    reason = investor.reason
    if reason == codes.NO_LAND:
        return state.zones[investor.first_choice].land_step
    if reason == codes.REFUSED_SECTOR or reason == codes.CAPITAL_FLOOR:
        return BOOK_RULES
    if reason == codes.WASTEWATER:
        return BOOK_WASTEWATER
    if reason == codes.PROCEDURES or reason == codes.APPRAISAL:
        return BOOK_PROCEDURES
    return -1


@kernel
def count_investor(fixed, state, record, investor, month):
    """Add one investor to the month's counters."""
    row = record.province[month]
    stage = investor.stage
    if stage == codes.LOOKING:
        row.looking = row.looking + 1
    elif stage == codes.WAITING:
        row.waiting = row.waiting + 1
        zone_row = record.zones[month, investor.first_choice]
        zone_row.waiting = zone_row.waiting + 1
    elif stage == codes.APPLIED:
        row.in_procedure = row.in_procedure + 1
    elif stage == codes.STALLED:
        row.stalled = row.stalled + 1
    elif stage == codes.OPERATING and investor.sitting == 0:
        row.operating = row.operating + 1
    elif stage == codes.HAND_OVER or stage == codes.PERMITS or stage == codes.BUILDING:
        row.building = row.building + 1
    if stage >= codes.HAND_OVER and stage <= codes.OPERATING:
        zone_row = record.zones[month, investor.zone]
        capital = investor.land_ha * investor.capital_bn_vnd_ha
        zone_row.capital_bn_vnd = zone_row.capital_bn_vnd + capital
        if fixed.sectors[investor.sector].high_tech == 1:
            zone_row.high_tech_ha = zone_row.high_tech_ha + investor.land_ha


@kernel
def write_zone(state, record, z, month):
    """Write one zone's row of the month."""
    zone = state.zones[z]
    row = record.zones[month, z]
    row.operator = zone.operator
    row.connected = zone.connected
    row.cleared_gross_ha = zone.cleared_gross_ha
    row.serviced_ha = zone.serviced_ha
    row.reserved_ha = zone.reserved_ha
    row.leased_ha = zone.leased_ha
    row.idle_ha = zone.idle_ha
    row.operating_ha = zone.operating_ha
    row.leased_cum_ha = zone.leased_cum_ha
    row.tenants = zone.tenants
    row.jobs = zone.jobs
    row.price_usd_m2_term = zone.price_usd_m2_term
    row.capacity_m3_day = zone.capacity_m3_day
    row.load_m3_day = zone.load_m3_day
    row.reputation = zone.good / (zone.good + zone.bad)
    row.unfinished_bn_vnd = unfinished_money(state, z)
    row.revenue_bn_vnd = zone.revenue_bn_vnd
    row.tax_forgone_bn_vnd = zone.tax_forgone_bn_vnd
    row.lease_income_bn_vnd = zone.lease_income_bn_vnd
    row.public_bn_vnd = (
        zone.public_clearance_bn_vnd
        + zone.public_connection_bn_vnd
        + zone.public_works_bn_vnd
        + zone.public_plant_bn_vnd
        + zone.public_cofinance_bn_vnd
        + zone.public_support_bn_vnd
    )
    row.private_bn_vnd = zone.private_bn_vnd
    row.wanted_ha = state.wanted[z]
    write_book(state, row, z)
    district = record.districts[month, zone.district]
    district.leased_ha = district.leased_ha + zone.leased_ha
    district.capital_bn_vnd = district.capital_bn_vnd + row.capital_bn_vnd


@kernel
def write_book(state, row, z):
    """Copy a zone's first-choice book into its row."""
    row.book_planning_ha = state.book[z, 0]
    row.book_no_operator_ha = state.book[z, 1]
    row.book_clearance_ha = state.book[z, 2]
    row.book_works_ha = state.book[z, 3]
    row.book_plant_ha = state.book[z, 4]
    row.book_expansion_ha = state.book[z, 5]
    row.book_full_ha = state.book[z, 6]
    row.book_rules_ha = state.book[z, BOOK_RULES]
    row.book_wastewater_ha = state.book[z, BOOK_WASTEWATER]
    row.book_procedures_ha = state.book[z, BOOK_PROCEDURES]


@kernel
def unfinished_money(state, z):
    """Return the money sunk in a zone's tranches in progress [bn VND]."""
    zone = state.zones[z]
    total = 0.0
    for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
        tranche = state.tranches[k]
        if tranche.stage == codes.IN_PROGRESS:
            cleared = tranche.blocks_cleared / tranche.blocks
            paid = tranche.compensation_bn_vnd * cleared - tranche.owed_bn_vnd
            total = total + paid + tranche.works_spent_bn_vnd + tranche.plant_spent_bn_vnd
    return total


@kernel
def write_kind(state, record, kind, month):
    """Write the sums over all parks or all clusters."""
    row = record.kinds[month, kind]
    clear_kind(row)
    for z in range(state.zones.shape[0]):
        zone = record.zones[month, z]
        if state.zones[z].kind != kind:
            continue
        row.serviced_ha = row.serviced_ha + zone.serviced_ha
        row.reserved_ha = row.reserved_ha + zone.reserved_ha
        row.leased_ha = row.leased_ha + zone.leased_ha
        row.idle_ha = row.idle_ha + zone.idle_ha
        row.operating_ha = row.operating_ha + zone.operating_ha
        row.leased_cum_ha = row.leased_cum_ha + zone.leased_cum_ha
        row.tenants = row.tenants + zone.tenants
        row.jobs = row.jobs + zone.jobs
        row.capital_bn_vnd = row.capital_bn_vnd + zone.capital_bn_vnd
        row.high_tech_ha = row.high_tech_ha + zone.high_tech_ha
        row.load_m3_day = row.load_m3_day + zone.load_m3_day
        row.treated_m3_day = row.treated_m3_day + min(zone.load_m3_day, zone.capacity_m3_day)
        row.unfinished_bn_vnd = row.unfinished_bn_vnd + zone.unfinished_bn_vnd
        row.revenue_bn_vnd = row.revenue_bn_vnd + zone.revenue_bn_vnd
        row.tax_forgone_bn_vnd = row.tax_forgone_bn_vnd + zone.tax_forgone_bn_vnd
        row.lease_income_bn_vnd = row.lease_income_bn_vnd + zone.lease_income_bn_vnd
        row.public_bn_vnd = row.public_bn_vnd + zone.public_bn_vnd
        row.private_bn_vnd = row.private_bn_vnd + zone.private_bn_vnd


@kernel
def clear_kind(row):
    """Blank a row of sums."""
    row.serviced_ha = 0.0
    row.reserved_ha = 0.0
    row.leased_ha = 0.0
    row.idle_ha = 0.0
    row.operating_ha = 0.0
    row.leased_cum_ha = 0.0
    row.tenants = 0
    row.jobs = 0.0
    row.capital_bn_vnd = 0.0
    row.high_tech_ha = 0.0
    row.load_m3_day = 0.0
    row.treated_m3_day = 0.0
    row.unfinished_bn_vnd = 0.0
    row.revenue_bn_vnd = 0.0
    row.tax_forgone_bn_vnd = 0.0
    row.lease_income_bn_vnd = 0.0
    row.public_bn_vnd = 0.0
    row.private_bn_vnd = 0.0


@kernel
def write_district(state, record, d, month):
    """Write one district's row of the month; land and capital are added by its zones."""
    row = record.districts[month, d]
    row.jobs = state.districts[d].jobs
    row.wage = state.districts[d].wage


@kernel
def write_province(state, record, month):
    """Write the province's row of the month."""
    province = state.province[0]
    row = record.province[month]
    row.candidates = province.candidates
    row.gone_neighbours = state.gone[codes.NEIGHBOURS]
    row.gone_no_land = state.gone[codes.NO_LAND]
    row.gone_refused_sector = state.gone[codes.REFUSED_SECTOR]
    row.gone_capital_floor = state.gone[codes.CAPITAL_FLOOR]
    row.gone_wastewater = state.gone[codes.WASTEWATER]
    row.gone_procedures = state.gone[codes.PROCEDURES]
    row.gone_appraisal = state.gone[codes.APPRAISAL]
    row.gone_abandoned = state.gone[codes.ABANDONED]
    row.gone_revoked = state.gone[codes.REVOKED]
    row.gone_closed = state.gone[codes.CLOSED]
    row.sitting_closed = state.sitting_gone[codes.CLOSED]
    row.approvals = province.approvals
    row.approvals_parks = province.approvals_parks
    row.waited_months = province.waited_months_sum
    row.land_wait_months = province.land_wait_months_sum
    row.queue_parks = state.offices[codes.PARK].queue
    row.queue_clusters = state.offices[codes.CLUSTER].queue
    row.lived_parks_months = state.offices[codes.PARK].lived_months
    row.lived_clusters_months = state.offices[codes.CLUSTER].lived_months
    row.funding_bn_vnd = province.purse_in_bn_vnd
    row.carried_bn_vnd = province.carried_bn_vnd + province.carried_wastewater_bn_vnd
    row.unspent_bn_vnd = province.unspent_bn_vnd
    row.anchor_revenue_bn_vnd = province.anchor_revenue_bn_vnd
    row.anchor_duties_bn_vnd = province.anchor_duties_bn_vnd
    row.demand_cycle = province.cycle
    write_money(state, row)


@kernel
def write_money(state, row):
    """Write the province's sums over zones and accounts."""
    row.asked_bn_vnd = 0.0
    row.given_bn_vnd = 0.0
    row.clearance_bn_vnd = 0.0
    row.connection_bn_vnd = 0.0
    row.works_bn_vnd = 0.0
    row.plant_bn_vnd = 0.0
    row.cofinance_bn_vnd = 0.0
    row.support_bn_vnd = 0.0
    row.land_rent_bn_vnd = 0.0
    row.incidents = 0
    row.inspections = 0
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        row.asked_bn_vnd = row.asked_bn_vnd + zone.ask_bn_vnd
        row.given_bn_vnd = row.given_bn_vnd + zone.given_bn_vnd
        row.clearance_bn_vnd = row.clearance_bn_vnd + zone.public_clearance_bn_vnd
        row.connection_bn_vnd = row.connection_bn_vnd + zone.public_connection_bn_vnd
        row.works_bn_vnd = row.works_bn_vnd + zone.public_works_bn_vnd
        row.plant_bn_vnd = row.plant_bn_vnd + zone.public_plant_bn_vnd
        row.cofinance_bn_vnd = row.cofinance_bn_vnd + zone.public_cofinance_bn_vnd
        row.support_bn_vnd = row.support_bn_vnd + zone.public_support_bn_vnd
        row.land_rent_bn_vnd = row.land_rent_bn_vnd + zone.land_rent_bn_vnd
        row.incidents = row.incidents + zone.incidents
        row.inspections = row.inspections + zone.inspections
    held = 0.0
    for k in range(state.tranches.shape[0]):
        held = held + state.tranches[k].held_public_bn_vnd
    row.held_bn_vnd = held
