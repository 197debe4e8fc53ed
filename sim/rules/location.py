"""What makes an investor prefer one zone to another, term by term."""

import math

from sim.compiled import rule


@rule
def readiness(
    connected, has_capacity, quality_connection_weight, quality_unconnected, quality_no_plant
):
    """Return the weighted geometric mean of connections and wastewater; neither makes up the other."""
    connection = quality_unconnected + (1.0 - quality_unconnected) * connected
    wastewater = 1.0 if has_capacity else quality_no_plant
    weight = quality_connection_weight
    return math.exp(weight * math.log(connection) + (1.0 - weight) * math.log(wastewater))


@rule
def known_share(consideration_base, promotion, same_origin_tenants, consideration_tenants):
    """Return the chance that an investor knows a zone."""
    effort = promotion * math.exp(consideration_tenants * math.log(1.0 + same_origin_tenants))
    return 1.0 - math.exp(effort * math.log(1.0 - consideration_base))


@rule
def quality_term(beta_quality, quality):
    """Return the utility of a zone's readiness."""
    return beta_quality * quality


@rule
def price_term(beta_price, price_usd_m2_term, support_share, price_ref_usd_m2_term):
    """Return the utility of a land price, against the neighbours' price."""
    return -beta_price * math.log(price_usd_m2_term * (1.0 - support_share) / price_ref_usd_m2_term)


@rule
def reference_price(price_ref_usd_m2_term, price_growth, years):
    """Return the neighbours' land price."""
    return price_ref_usd_m2_term * math.exp(price_growth * years)


@rule
def wage_term(beta_wage_low_skill, beta_wage_skilled, low_skill_share, wage):
    """Return the utility of a district's wage."""
    weight = low_skill_share * beta_wage_low_skill + (1.0 - low_skill_share) * beta_wage_skilled
    return -weight * math.log(wage)


@rule
def cluster_term(beta, count):
    """Return the pull of tenants already there, of one's own sector or origin."""
    return beta * math.log(1.0 + count)


@rule
def distance_term(beta, weight, km):
    """Return the utility of a distance, with the weight it has for this investor."""
    return -beta * weight * math.log(1.0 + km)


@rule
def private_term(beta_private_operator, is_private):
    """Return the pull of a private operator."""
    return beta_private_operator if is_private else 0.0


@rule
def reputation_term(beta_reputation, reputation, reputation_reference):
    """Return the utility of a zone's reputation."""
    return beta_reputation * (reputation - reputation_reference)


@rule
def kind_term(park_affinity, is_park):
    """Return a sector's leaning to parks, its negative in clusters."""
    return park_affinity if is_park else -park_affinity


@rule
def luck_term(zone_scale, gumbel_draw):
    """Return an investor's own luck with a zone."""
    return zone_scale * gumbel_draw


@rule
def taste_term(province_taste_sigma, normal_draw):
    """Return an investor's taste for the province, the same for all its zones."""
    return province_taste_sigma * normal_draw


@rule
def time_term(beta_time, lived_time_weight, lived_months, announced_months):
    """Return the utility of the expected months of procedure."""
    expected = lived_time_weight * lived_months + (1.0 - lived_time_weight) * announced_months
    return -beta_time * expected


@rule
def enforcement_term(beta_enforcement, pollution, inspection_intensity, overloaded, strict):
    """Return the utility of inspection where wastewater overflows, for firms of weak standard."""
    if strict == 1 or not overloaded:
        return 0.0
    return -beta_enforcement * pollution * (inspection_intensity - 1.0)


@rule
def home_term(home_utility, is_home):
    """Return the utility of the home district."""
    return home_utility if is_home else 0.0


@rule
def outside_value(outside_utility, outside_drift, years, gumbel_draw):
    """Return the utility of the neighbouring provinces."""
    return outside_utility + outside_drift * years + gumbel_draw


@rule
def log_normal(median, sigma, normal_draw):
    """Return a log-normal value of given median."""
    return median * math.exp(sigma * normal_draw)


@rule
def free_ha(serviced_ha, residual_share, reserved_ha, leased_ha, idle_ha):
    """Return the land a zone can still let [ha]; negative where the residual is let already."""
    return serviced_ha * (1.0 - residual_share) - reserved_ha - leased_ha - idle_ha
