"""The part of a zone's utility that all investors of a segment share, term by term."""

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
def common_term(fixed, policy, state, g, z, month, term):
    """Return one common term of a zone's utility for a segment, by its place in COMMON_TERMS."""
    p = fixed.parameters[0]
    zone = state.zones[z]
    segment = fixed.segments[g]
    sector = fixed.sectors[segment.sector]
    if term == 0:
        quality = rules.readiness(
            zone.connected,
            zone.capacity_m3_day > zone.load_m3_day,
            p.quality_connection_weight,
            p.quality_unconnected,
            p.quality_no_plant,
        )
        return rules.quality_term(p.beta_quality, quality)
    if term == 1:
        support = 0.0
        if policy.sector_levers[month, segment.sector].priority == 1:
            support = policy.levers[month].land_price_support
        reference = rules.reference_price(p.price_ref_usd_m2_term, p.price_growth, month / 12.0)
        return rules.price_term(p.beta_price, zone.price_usd_m2_term, support, reference)
    if term == 2:
        return rules.wage_term(
            p.beta_wage_low_skill,
            p.beta_wage_skilled,
            sector.low_skill_share,
            state.districts[zone.district].wage,
        )
    if term == 3:
        return rules.cluster_term(p.beta_own_sector, state.sector_tenants[z, segment.sector])
    if term == 4:
        return rules.cluster_term(p.beta_same_origin, state.origin_tenants[z, segment.origin])
    if term == 5:
        return rules.distance_term(p.beta_expressway, 1.0, zone.km_expressway)
    if term == 6:
        return rules.distance_term(p.beta_port, sector.export_share, zone.km_port)
    if term == 7:
        return rules.private_term(p.beta_private_operator, zone.operator == codes.PRIVATE)
    if term == 8:
        reputation = reputation_rules.reputation_of(zone.good, zone.bad)
        return rules.reputation_term(p.beta_reputation, reputation, p.reputation_reference)
    return rules.kind_term(sector.park_affinity, zone.kind == codes.PARK)


@kernel
def common_utility(fixed, policy, state, g, z, month):
    """Return the sum of the common terms, in their order."""
    total = 0.0
    for term in range(10):
        total = total + common_term(fixed, policy, state, g, z, month, term)
    return total
