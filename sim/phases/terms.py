"""What investors see of a zone this month, and the part of its utility that a segment shares."""

import math

from sim.compiled import kernel
from sim.rules import location as rules
from sim.rules import reputation as reputation_rules
from sim.schema import codes

COMMON_TERMS = (
    "quality",
    "price",
    "wage",
    "own_sector",
    "same_origin",
    "expressway",
    "port",
    "private_operator",
    "reputation",
    "kind",
)
# Rows of state.shown and of state.seen: what every look reads, zones side by side.
SHOWN_KIND, SHOWN_DISTRICT, SHOWN_PERMITS, SHOWN_OVERLOADED = range(4)
SEEN_QUALITY, SEEN_PRICE, SEEN_PRICE_SUPPORTED, SEEN_LOG_WAGE = range(4)
SEEN_EXPRESSWAY, SEEN_LOG_PORT, SEEN_PRIVATE, SEEN_REPUTATION = range(4, 8)
SEEN_FREE_HA, SEEN_SPARE_M3_DAY = range(8, 10)


@kernel
def show_zones(p, levers, zone_levers, state, month):
    """Set what every zone shows to those who look this month."""
    reference = rules.reference_price(p.price_ref_usd_m2_term, p.price_growth, month / 12.0)
    set_known_shares(p, levers.promotion_domestic, state, codes.DOMESTIC)
    set_known_shares(p, levers.promotion_foreign, state, codes.FOREIGN)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.on_offer = 1 if is_on_offer(zone, state.tranches) else 0
        zone.in_view = zone.on_offer
        if month >= zone_levers[z].works_may_start:
            zone.in_view = 1
        zone.overloaded = 1 if zone.load_m3_day >= zone.capacity_m3_day else 0
        set_quality(p, zone)
        price = zone.price_usd_m2_term
        zone.log_price = rules.log_price_ratio(price, 0.0, reference)
        zone.log_price_supported = zone.log_price
        if levers.land_price_support > 0.0:
            zone.log_price_supported = rules.log_price_ratio(
                price, levers.land_price_support, reference
            )
        line_up(p, state, zone, z)
        line_up_room(p, state, z)


@kernel
def set_quality(p, zone):
    """Set a zone's readiness, where its connections or spare wastewater capacity changed."""
    treated = 1 if zone.capacity_m3_day > zone.load_m3_day else 0
    if zone.connected == zone.quality_connected and treated == zone.quality_treated:
        return
    zone.quality_connected = zone.connected
    zone.quality_treated = treated
    zone.quality = rules.readiness(
        zone.connected,
        treated == 1,
        p.quality_connection_weight,
        p.quality_unconnected,
        p.quality_no_plant,
    )


@kernel
def set_known_shares(p, promotion, state, origin):
    """Set the chance of knowing each zone anew for a promotion other than the last one."""
    if promotion != state.known_promotion[origin]:
        state.known_promotion[origin] = promotion
        for z in range(state.zones.shape[0]):
            set_known_share(p, state, z, origin)


@kernel
def set_known_share(p, state, z, origin):
    """Set the chance that investors of an origin know a zone, by its tenants of that origin."""
    state.known_share[origin, z] = rules.known_share(
        p.consideration_base,
        state.known_promotion[origin],
        state.origin_tenants[z, origin],
        p.consideration_tenants,
    )


@kernel
def line_up(p, state, zone, z):
    """Copy what every look reads of a zone into arrays in which zones lie side by side."""
    state.shown[SHOWN_OVERLOADED, z] = zone.overloaded
    for origin in range(2):
        known = state.known_share[origin, z] if zone.in_view == 1 else 0.0
        state.sight[2 * origin, z] = known
        state.sight[2 * origin + 1, z] = known if zone.kind == codes.CLUSTER else 0.0
    state.seen[SEEN_QUALITY, z] = rules.quality_term(p.beta_quality, zone.quality)
    state.seen[SEEN_PRICE, z] = rules.price_term(p.beta_price, zone.log_price)
    state.seen[SEEN_PRICE_SUPPORTED, z] = rules.price_term(p.beta_price, zone.log_price_supported)
    state.seen[SEEN_LOG_WAGE, z] = state.districts[zone.district].log_wage
    state.seen[SEEN_PRIVATE, z] = rules.private_term(
        p.beta_private_operator, zone.operator == codes.PRIVATE
    )
    state.seen[SEEN_REPUTATION, z] = rules.reputation_term(
        p.beta_reputation,
        reputation_rules.reputation_of(zone.good, zone.bad),
        p.reputation_reference,
    )


@kernel
def line_up_room(p, state, z):
    """Set the land and the wastewater capacity that a zone has left; no land where none is let."""
    zone = state.zones[z]
    free = -math.inf
    if zone.on_offer == 1:
        free = rules.free_ha(
            zone.serviced_ha, p.residual_share, zone.reserved_ha, zone.leased_ha, zone.idle_ha
        )
    state.seen[SEEN_FREE_HA, z] = free
    state.seen[SEEN_SPARE_M3_DAY, z] = zone.capacity_m3_day - zone.committed_m3_day


@kernel
def line_up_fixtures(p, state):
    """Set what investors see of zones and what never changes in a run."""
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        state.shown[SHOWN_KIND, z] = zone.kind
        state.shown[SHOWN_DISTRICT, z] = zone.district
        state.shown[SHOWN_PERMITS, z] = zone.permitted_sectors
        state.seen[SEEN_LOG_PORT, z] = zone.log_km_port
        state.seen[SEEN_EXPRESSWAY, z] = rules.distance_term(
            p.beta_expressway, 1.0, zone.log_km_expressway
        )


@kernel
def is_on_offer(zone, tranches):
    """Return whether a zone has an operator and land serviced or in works."""
    if zone.operator == codes.NO_OPERATOR:
        return False
    if zone.serviced_ha > 0.0:
        return True
    for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
        if tranches[k].stage == codes.IN_PROGRESS:
            return True
    return False


@kernel
def common_term(p, sector, price_row, seen, own_sector, same_origin, kind, z, term):
    """Return one common term of a zone's utility for a segment, by its place in COMMON_TERMS.

    `price_row` is the row of `seen` with the price that the segment pays; `own_sector` and
    `same_origin` are its rows of `state.log_tenants`.
    """
    if term == 0:
        return seen[SEEN_QUALITY, z]
    if term == 1:
        return seen[price_row, z]
    if term == 2:
        return rules.wage_term(
            p.beta_wage_low_skill,
            p.beta_wage_skilled,
            sector.low_skill_share,
            seen[SEEN_LOG_WAGE, z],
        )
    if term == 3:
        return rules.cluster_term(p.beta_own_sector, own_sector[z])
    if term == 4:
        return rules.cluster_term(p.beta_same_origin, same_origin[z])
    if term == 5:
        return seen[SEEN_EXPRESSWAY, z]
    if term == 6:
        return rules.distance_term(p.beta_port, sector.export_share, seen[SEEN_LOG_PORT, z])
    if term == 7:
        return seen[SEEN_PRIVATE, z]
    if term == 8:
        return seen[SEEN_REPUTATION, z]
    return rules.kind_term(sector.park_affinity, kind == codes.PARK)
