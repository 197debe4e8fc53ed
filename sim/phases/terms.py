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


@kernel
def show_zones(p, levers, zone_levers, state, month):
    """Set what every zone shows to those who look this month."""
    reference = rules.reference_price(p.price_ref_usd_m2_term, p.price_growth, month / 12.0)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.on_offer = 1 if is_on_offer(zone, state.tranches) else 0
        zone.in_view = zone.on_offer
        if month >= zone_levers[z].works_may_start:
            zone.in_view = 1
        zone.overloaded = 1 if zone.load_m3_day >= zone.capacity_m3_day else 0
        zone.quality = rules.readiness(
            zone.connected,
            zone.capacity_m3_day > zone.load_m3_day,
            p.quality_connection_weight,
            p.quality_unconnected,
            p.quality_no_plant,
        )
        price = zone.price_usd_m2_term
        zone.log_price = rules.log_price_ratio(price, 0.0, reference)
        zone.log_price_supported = rules.log_price_ratio(
            price, levers.land_price_support, reference
        )
        zone.log_wage = math.log(state.districts[zone.district].wage)
        for origin in range(2):
            promotion = levers.promotion_domestic
            if origin == codes.FOREIGN:
                promotion = levers.promotion_foreign
            state.known_share[z, origin] = rules.known_share(
                p.consideration_base,
                promotion,
                state.origin_tenants[z, origin],
                p.consideration_tenants,
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
def common_term(p, sector, has_priority, zone, log_own_sector, log_same_origin, term):
    """Return one common term of a zone's utility for a segment, by its place in COMMON_TERMS."""
    if term == 0:
        return rules.quality_term(p.beta_quality, zone.quality)
    if term == 1:
        log_price = zone.log_price_supported if has_priority == 1 else zone.log_price
        return rules.price_term(p.beta_price, log_price)
    if term == 2:
        return rules.wage_term(
            p.beta_wage_low_skill, p.beta_wage_skilled, sector.low_skill_share, zone.log_wage
        )
    if term == 3:
        return rules.cluster_term(p.beta_own_sector, log_own_sector)
    if term == 4:
        return rules.cluster_term(p.beta_same_origin, log_same_origin)
    if term == 5:
        return rules.distance_term(p.beta_expressway, 1.0, zone.log_km_expressway)
    if term == 6:
        return rules.distance_term(p.beta_port, sector.export_share, zone.log_km_port)
    if term == 7:
        return rules.private_term(p.beta_private_operator, zone.operator == codes.PRIVATE)
    if term == 8:
        reputation = reputation_rules.reputation_of(zone.good, zone.bad)
        return rules.reputation_term(p.beta_reputation, reputation, p.reputation_reference)
    return rules.kind_term(sector.park_affinity, zone.kind == codes.PARK)


@kernel
def common_utility(p, sector, has_priority, zone, log_own_sector, log_same_origin):
    """Return the sum of the common terms, in their order."""
    total = 0.0
    for term in range(10):
        total = total + common_term(
            p, sector, has_priority, zone, log_own_sector, log_same_origin, term
        )
    return total


@kernel
def log_one_more(logs, count):
    """Return ln(1 + count), from a table where the table reaches."""
    if count < logs.shape[0]:
        return logs[count]
    return math.log(1.0 + count)
