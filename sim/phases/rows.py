"""Write the rows of a month: zones, kinds of zones, districts and the province."""

from sim.compiled import kernel
from sim.schema import codes


@kernel
def write_zone(state, row, z):
    """Write one zone's row of a month."""
    zone = state.zones[z]
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
    row.waiting = zone.waiting
    row.capital_bn_vnd = zone.capital_bn_vnd
    row.high_tech_ha = zone.high_tech_ha
    row.unfinished_bn_vnd = zone.unfinished_bn_vnd
    row.revenue_bn_vnd = zone.revenue_bn_vnd
    row.tax_forgone_bn_vnd = zone.tax_forgone_bn_vnd
    row.lease_income_bn_vnd = zone.lease_income_bn_vnd
    row.public_bn_vnd = public_money(zone)
    row.private_bn_vnd = zone.private_bn_vnd
    row.wanted_ha = state.wanted[z]
    write_book(state, row, z)


@kernel
def public_money(zone):
    """Return the public money spent on a zone since the start [bn VND]."""
    return (
        zone.public_clearance_bn_vnd
        + zone.public_connection_bn_vnd
        + zone.public_works_bn_vnd
        + zone.public_plant_bn_vnd
        + zone.public_cofinance_bn_vnd
        + zone.public_support_bn_vnd
    )


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
    row.book_rules_ha = state.book[z, 7]
    row.book_wastewater_ha = state.book[z, 8]
    row.book_procedures_ha = state.book[z, 9]


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
def write_kind(state, row, kind):
    """Write the sums over all parks or all clusters."""
    clear_kind(row)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        if zone.kind != kind:
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
        row.public_bn_vnd = row.public_bn_vnd + public_money(zone)
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
def write_district(state, row, d):
    """Write one district's row of a month, with land and capital of its zones."""
    row.jobs = state.districts[d].jobs
    row.wage = state.districts[d].wage
    row.leased_ha = 0.0
    row.capital_bn_vnd = 0.0
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        if zone.district == d:
            row.leased_ha = row.leased_ha + zone.leased_ha
            row.capital_bn_vnd = row.capital_bn_vnd + zone.capital_bn_vnd


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
