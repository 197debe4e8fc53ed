"""The laws that every run obeys, checked at the end of every month (docs/MODEL.md, section 5).

Kernels here return a code; `describe` turns it into the text of an AuditError. Nothing is repaired.
"""

from __future__ import annotations

import math

from sim.compiled import kernel
from sim.schema import codes
from sim.world import World

LAWS = (
    "serviced land in gross ha <= cleared land <= gross area",
    "reserved + leased + idle land <= serviced land",
    "leased land = the sum of tenants' land",
    "operating land <= leased land",
    "reserved land = the sum of applicants' land",
    "idle land = the sum of what closed tenants left",
    "public money received = spent + held + carried + unspent",
    "candidates that appeared = those in each stage + gone by reason",
    "nothing is negative or infinite",
    "the pool and the investor table hold all candidates",
    "tenants by sector and by origin add up to the tenants",
)
SERVICED_CLEARED, WITHIN_SERVICED, LEASED_SUM, OPERATING_LEASED, RESERVED_SUM, IDLE_SUM = range(6)
MONEY, CANDIDATES, FINITE, TABLE_FULL, TENANT_COUNTS = range(6, 11)


def describe(world: World, *, law: int, zone: int, month: int, run: tuple[str, int, int]) -> str:
    """Return the text of a broken law.

    Parameters
    ----------
    world : World
        The province.
    law : int
        Place in `LAWS`.
    zone : int
        Row of the zone, -1 where the law concerns the province.
    month : int
        Month index.
    run : tuple of str, int and int
        Scenario, seed and replicate.

    Returns
    -------
    str
        Where, what and how to replay it.
    """
    name, seed, replicate = run
    place = f"zone {world.zone_ids[zone]!r}" if zone >= 0 else "the province"
    return (
        f"Run of {name!r}, seed {seed}, replicate {replicate}, {world.calendar.name(month)}, "
        f"{place}: broken law: {LAWS[law]}.\n"
        "This is a fault in the model, not in your scenario. "
        f"Replay: zonesim run {name} --seed {seed} --first-replicate {replicate} --replicates 1"
    )


HECTARES = 1e-6  # error forgiven in sums of land [ha]
MONEY_ERROR = 1e-6  # error forgiven in sums of money [bn VND]


@kernel
def audit_month(state, with_sums):
    """Return the first law that is broken and the zone where, or -1 and -1.

    Sums over investors are taken afresh, apart from the running sums of the phases, if asked for.
    """
    if state.province[0].overflow != 0:
        return TABLE_FULL, -1
    law, zone = audit_land(state)
    if law >= 0:
        return law, zone
    if with_sums:
        law, zone = audit_tenants(state)
        if law >= 0:
            return law, zone
    if not districts_are_sound(state):
        return FINITE, -1
    if not money_adds_up(state):
        return MONEY, -1
    return -1, -1


@kernel
def audit_land(state):
    """Check each zone's land account and that its columns are finite and not negative."""
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        if not zone_is_sound(zone):
            return FINITE, z
        cleared = zone.cleared_gross_ha
        if zone.serviced_gross_ha > cleared + HECTARES or cleared > zone.gross_ha + HECTARES:
            return SERVICED_CLEARED, z
        if zone.reserved_ha + zone.leased_ha + zone.idle_ha > zone.serviced_ha + HECTARES:
            return WITHIN_SERVICED, z
        if zone.operating_ha > zone.leased_ha + HECTARES:
            return OPERATING_LEASED, z
    return -1, -1


@kernel
def sound(a, b, c=0.0, d=0.0, e=0.0, f=0.0, g=0.0, h=0.0):
    """Return whether all of up to eight values are finite and not negative.

    Two tests for all: a sum is finite only if every value is, as nothing here is near the largest
    number; testing each apart took a fifteenth of a run.
    """
    lowest = min(min(a, b, c, d), min(e, f, g, h))
    return lowest >= 0.0 and math.isfinite((a + b + c + d) + (e + f + g + h))


@kernel
def zone_is_sound(zone):
    """Return whether a zone's columns are finite and not negative."""
    return (
        sound(
            zone.cleared_gross_ha,
            zone.serviced_gross_ha,
            zone.serviced_ha,
            zone.reserved_ha,
            zone.leased_ha,
            zone.idle_ha,
            zone.operating_ha,
            zone.unmet_ha,
        )
        and sound(
            zone.price_usd_m2_term,
            zone.revenue_bn_vnd,
            zone.private_bn_vnd,
            zone.given_bn_vnd,
            zone.public_clearance_bn_vnd,
            zone.public_connection_bn_vnd,
            zone.public_works_bn_vnd,
            zone.public_plant_bn_vnd,
        )
        and sound(
            zone.public_cofinance_bn_vnd,
            zone.public_support_bn_vnd,
            zone.tax_forgone_bn_vnd,
            zone.land_rent_bn_vnd,
            zone.lease_income_bn_vnd,
            zone.capacity_m3_day,
            zone.load_m3_day,
            zone.committed_m3_day,
        )
        and sound(zone.jobs, zone.entry_sum, zone.good, zone.bad, zone.connected)
        and zone.connected <= 1.0
    )


@kernel
def districts_are_sound(state):
    """Return whether districts' and offices' columns are finite and not negative."""
    for d in range(state.districts.shape[0]):
        district = state.districts[d]
        if not sound(district.jobs, district.wage, district.supply):
            return False
    for kind in range(state.offices.shape[0]):
        office = state.offices[kind]
        if not sound(office.clock, office.lived_months):
            return False
    return True


@kernel
def audit_tenants(state):
    """Compare land, tenants and candidates with the sums over investors."""
    alive = add_up_investors(state)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        if abs(zone.audit_leased_ha - zone.leased_ha) > HECTARES:
            return LEASED_SUM, z
        if abs(zone.audit_reserved_ha - zone.reserved_ha) > HECTARES:
            return RESERVED_SUM, z
        if abs(zone.audit_idle_ha - zone.idle_ha) > HECTARES:
            return IDLE_SUM, z
        if zone.audit_tenants != zone.tenants or not tenants_add_up(state, z):
            return TENANT_COUNTS, z
    if not candidates_add_up(state, alive):
        return CANDIDATES, -1
    return -1, -1


@kernel
def add_up_investors(state):
    """Add up land and tenants of each zone afresh; return the candidates that are not gone."""
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.audit_leased_ha = 0.0
        zone.audit_reserved_ha = 0.0
        zone.audit_idle_ha = 0.0
        zone.audit_tenants = 0
    province = state.province[0]
    alive = province.seekers + province.applied + province.projects
    for position in range(province.applied):
        investor = state.investors[state.applied[position]]
        zone = state.zones[investor.zone]
        zone.audit_reserved_ha = zone.audit_reserved_ha + investor.land_ha
    for position in range(province.projects):
        add_tenant(state, state.investors[state.projects[position]])
    for position in range(province.settled):
        investor = state.investors[state.settled[position]]
        if investor.stage == codes.OPERATING:
            alive = alive + 1 - investor.sitting
            add_tenant(state, investor)
        else:
            zone = state.zones[investor.zone]
            zone.audit_idle_ha = zone.audit_idle_ha + investor.land_ha
    return alive


@kernel
def add_tenant(state, investor):
    """Add a project or tenant to the sums of its zone."""
    zone = state.zones[investor.zone]
    zone.audit_leased_ha = zone.audit_leased_ha + investor.land_ha
    zone.audit_tenants = zone.audit_tenants + 1


@kernel
def tenants_add_up(state, z):
    """Return whether tenants by sector and by origin add up to a zone's tenants."""
    by_sector = 0
    for sector in range(state.sector_tenants.shape[1]):
        if state.sector_tenants[z, sector] < 0:
            return False
        by_sector = by_sector + state.sector_tenants[z, sector]
    by_origin = state.origin_tenants[z, 0] + state.origin_tenants[z, 1]
    return by_sector == state.zones[z].tenants and by_origin == state.zones[z].tenants


@kernel
def candidates_add_up(state, alive):
    """Return whether all candidates that appeared are alive or gone with a reason."""
    gone = 0
    for reason in range(1, state.gone.shape[0]):
        gone = gone + state.gone[reason]
    return alive + gone == state.province[0].candidates and state.gone[codes.NO_REASON] == 0


@kernel
def money_adds_up(state):
    """Return whether public money received is spent, held, carried or unspent."""
    province = state.province[0]
    total = province.carried_bn_vnd + province.carried_wastewater_bn_vnd + province.unspent_bn_vnd
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        infrastructure = (  # added up apart, so that zones need not wait for each other
            zone.public_clearance_bn_vnd
            + zone.public_connection_bn_vnd
            + zone.public_works_bn_vnd
            + zone.public_plant_bn_vnd
            + zone.public_cofinance_bn_vnd
        )
        total = total + infrastructure
    for k in range(state.tranches.shape[0]):
        tranche = state.tranches[k]
        held, own = tranche.held_public_bn_vnd, tranche.held_private_bn_vnd
        if not sound(held, own, tranche.owed_bn_vnd, tranche.works_done_bn_vnd):
            return False
        total = total + held
    return abs(total - province.purse_in_bn_vnd) <= MONEY_ERROR
