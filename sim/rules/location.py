"""What makes an investor prefer one zone to another, term by term.

Not for which zones an investor sees or may take (sim/phases/choice.py), nor for the order in
which the terms are added (sim/phases/terms.py).
"""

import math

from sim.compiled import rule


@rule
def readiness(
    connected, has_capacity, quality_connection_weight, quality_unconnected, quality_no_plant
):
    """Return a zone's readiness, the weighted geometric mean of connections and wastewater.

    Parameters
    ----------
    connected : float
        Connections in place [0..1].
    has_capacity : bool
        Whether the zone has free wastewater capacity.
    quality_connection_weight : float
        Weight of connections [0..1], usually 0.4-0.8.
    quality_unconnected, quality_no_plant : float
        What is left without any connection, and without capacity [0..1], usually 0.2-0.7.

    Returns
    -------
    float
        Readiness [0..1]: 1 with both; neither makes up for the other.

    Source
    ------
    Assumption: a plot that lacks either is worth less than half; roads weigh somewhat more.

    Examples
    --------
    >>> round(readiness(0.0, False, 0.6, 0.4, 0.4), 6)
    0.4
    """
    connection = quality_unconnected + (1.0 - quality_unconnected) * connected
    wastewater = 1.0 if has_capacity else quality_no_plant
    weight = quality_connection_weight
    return math.exp(weight * math.log(connection) + (1.0 - weight) * math.log(wastewater))


@rule
def known_share(consideration_base, promotion, same_origin_tenants, consideration_tenants):
    """Return the chance that an investor knows a zone.

    Parameters
    ----------
    consideration_base : float
        Chance as in the start year, without tenants of one's origin [0..1), usually 0.3-0.9.
    promotion : float
        Lever: promotion to this origin, 1 as in the start year [0..3].
    same_origin_tenants : int
        Tenants of one's origin in the zone [1], from 0.
    consideration_tenants : float
        Elasticity of the effort to 1 + those tenants [1], usually 0-0.6.

    Returns
    -------
    float
        Chance [0..1].

    Source
    ------
    Assumption: somewhat more than half; word of mouth has diminishing returns.

    Examples
    --------
    >>> round(known_share(0.6, 2.0, 0, 0.3), 6)
    0.84
    """
    effort = promotion * math.exp(consideration_tenants * math.log(1.0 + same_origin_tenants))
    return 1.0 - math.exp(effort * math.log(1.0 - consideration_base))


@rule
def quality_term(beta_quality, quality):
    """Return the utility of a zone's readiness.

    Parameters
    ----------
    beta_quality : float
        Weight of readiness [utility], usually 0.6-2.6.
    quality : float
        Readiness [0..1].

    Returns
    -------
    float
        Utility, from 0.

    Source
    ------
    C088 (infrastructure is ranked first by park tenants). Assumption: size.

    Examples
    --------
    >>> quality_term(1.6, 0.5)
    0.8
    """
    return beta_quality * quality


@rule
def log_price_ratio(price_usd_m2_term, land_price_support, price_ref_usd_m2_term):
    """Return the log of a land price after support, over the neighbours' price.

    Parameters
    ----------
    price_usd_m2_term : float
        Asking price of the zone [USD/m2/term], above 0.
    land_price_support : float
        Lever: share of the price that the public pays [0..0.9]; 0 for sectors without priority.
    price_ref_usd_m2_term : float
        Price of the neighbours this month [USD/m2/term], above 0.

    Returns
    -------
    float
        Log ratio [1], 0 at the neighbours' price.

    Source
    ------
    Definition. price_ref: Z66.

    Examples
    --------
    >>> round(log_price_ratio(75.0, 0.2, 60.0), 6)
    0.0
    """
    return math.log(price_usd_m2_term * (1.0 - land_price_support) / price_ref_usd_m2_term)


@rule
def price_term(beta_price, log_price):
    """Return the utility of a land price, against the neighbours' price.

    Parameters
    ----------
    beta_price : float
        Weight of the price [utility per ln price], usually 0.3-2.
    log_price : float
        Log of the price over the neighbours' [1].

    Returns
    -------
    float
        Utility, negative where the zone is dearer than the neighbours.

    Source
    ------
    C040 (judgement). Assumption: size; no direct estimate found.

    Examples
    --------
    >>> price_term(2.0, -0.25)
    0.5
    """
    return -beta_price * log_price


@rule
def reference_price(price_ref_usd_m2_term, price_growth, years):
    """Return the neighbours' land price.

    Parameters
    ----------
    price_ref_usd_m2_term : float
        Their price at the start [USD/m2/term], usually 75-105.
    price_growth : float
        Continuous real growth of land prices [1/year], usually 0-0.04.
    years : float
        Years since the start [years], from 0.

    Returns
    -------
    float
        Their price [USD/m2/term], above 0.

    Source
    ------
    price_ref: Z66; price_growth: C081 (nominal). Assumption: steady real growth.

    Examples
    --------
    >>> round(reference_price(90.0, 0.025, 4.0), 4)
    99.4654
    """
    return price_ref_usd_m2_term * math.exp(price_growth * years)


@rule
def wage_term(beta_wage_low_skill, beta_wage_skilled, low_skill_share, log_wage):
    """Return the utility of a district's wage.

    Parameters
    ----------
    beta_wage_low_skill, beta_wage_skilled : float
        Weight of wages for low-skill and for skilled work [utility per ln wage], usually 0.3-2.7
        and 0-1.4.
    low_skill_share : float
        Low-skill share of the sector's workers [0..1].
    log_wage : float
        Log of the wage, 0 at the start [1].

    Returns
    -------
    float
        Utility, negative where wages have risen.

    Source
    ------
    C023, C027 (sign). Assumption: size.

    Examples
    --------
    >>> wage_term(1.5, 0.5, 0.5, 0.25)
    -0.25
    """
    weight = low_skill_share * beta_wage_low_skill + (1.0 - low_skill_share) * beta_wage_skilled
    return -weight * log_wage


@rule
def cluster_term(beta_alike, log_alike):
    """Return the pull of tenants already there, of one's own sector or origin.

    Parameters
    ----------
    beta_alike : float
        Weight of such tenants: beta_own_sector or beta_same_origin [utility], usually 0-0.65.
    log_alike : float
        Log of 1 + their number [1], from 0.

    Returns
    -------
    float
        Utility, from 0.

    Source
    ------
    Signs C017, C018 (sector) and C019, C033 (origin). Assumption: size, diminishing returns.

    Examples
    --------
    >>> cluster_term(0.35, 0.0)
    0.0
    """
    return beta_alike * log_alike


@rule
def distance_term(beta_distance, distance_weight, log_km):
    """Return the utility of a distance, with the weight it has for this investor.

    Parameters
    ----------
    beta_distance : float
        Weight of the distance: beta_expressway or beta_port [utility per ln km], usually 0-0.5.
    distance_weight : float
        Its weight for the sector: 1 for the expressway, the export share for the port [0..1].
    log_km : float
        Log of 1 + km [1], from 0.

    Returns
    -------
    float
        Utility, at most 0.

    Source
    ------
    Signs C036 (expressway) and C025, C031 (port). Assumption: size.

    Examples
    --------
    >>> distance_term(0.25, 0.5, 2.0)
    -0.25
    """
    return -beta_distance * distance_weight * log_km


@rule
def private_term(beta_private_operator, is_private):
    """Return the pull of a private operator.

    Parameters
    ----------
    beta_private_operator : float
        Its weight [utility], usually 0-0.85.
    is_private : bool
        Whether the zone's operator is private.

    Returns
    -------
    float
        Utility, from 0.

    Source
    ------
    C052 (sign). Assumption: size.

    Examples
    --------
    >>> private_term(0.35, True)
    0.35
    """
    return beta_private_operator if is_private else 0.0


@rule
def reputation_term(beta_reputation, reputation, reputation_reference):
    """Return the utility of a zone's reputation.

    Parameters
    ----------
    beta_reputation : float
        Its weight [utility], usually 0-2.4.
    reputation, reputation_reference : float
        Reputation of the zone, and the one that neither draws nor repels [0..1].

    Returns
    -------
    float
        Utility, negative below the reference.

    Source
    ------
    C091 (sign). Assumption: size; the reference is the reputation of the start.

    Examples
    --------
    >>> reputation_term(1.2, 0.5, 0.75)
    -0.3
    """
    return beta_reputation * (reputation - reputation_reference)


@rule
def kind_term(park_affinity, is_park):
    """Return a sector's leaning to parks, its negative in clusters.

    Parameters
    ----------
    park_affinity : float
        Leaning of the sector [utility], negative for those that prefer clusters.
    is_park : bool
        Whether the zone is a park.

    Returns
    -------
    float
        Utility.

    Source
    ------
    Assumption: park_affinity in sectors.csv, from where such firms sit today.

    Examples
    --------
    >>> kind_term(0.7, False)
    -0.7
    """
    return park_affinity if is_park else -park_affinity


@rule
def luck_term(zone_scale, gumbel_draw):
    """Return an investor's own luck with a zone.

    Parameters
    ----------
    zone_scale : float
        Scale of the luck [utility], usually 0.3-1.
    gumbel_draw : float
        Standard Gumbel luck of the investor with the zone [1].

    Returns
    -------
    float
        Utility.

    Source
    ------
    Assumption: below 1, otherwise the mere number of zones draws investors in.

    Examples
    --------
    >>> luck_term(0.5, 3.0)
    1.5
    """
    return zone_scale * gumbel_draw


@rule
def taste_term(province_taste_sigma, normal_draw):
    """Return an investor's taste for the province, the same for all its zones.

    Parameters
    ----------
    province_taste_sigma : float
        Spread of taste [utility], usually 0.2-1.
    normal_draw : float
        Standard normal luck of the investor [1].

    Returns
    -------
    float
        Utility.

    Source
    ------
    Assumption: zones here are closer substitutes for each other than for the neighbours.

    Examples
    --------
    >>> taste_term(0.5, -1.0)
    -0.5
    """
    return province_taste_sigma * normal_draw


@rule
def time_term(beta_time, lived_time_weight, lived_months, announced_months):
    """Return the utility of the expected months of procedure.

    Parameters
    ----------
    beta_time : float
        Weight of a month [utility/month], usually 0-0.12.
    lived_time_weight : float
        Weight of experience against the announced time [0..1], usually 0.3-0.9.
    lived_months : float
        Moving mean of the time at the zone's office [months], from 0.
    announced_months : float
        Statutory time of this project with the usual overrun [months], from 0.

    Returns
    -------
    float
        Utility, at most 0.

    Source
    ------
    beta_time: C001-C007. Assumption: experience counts somewhat more than the published time.

    Examples
    --------
    >>> time_term(0.25, 0.5, 6.0, 2.0)
    -1.0
    """
    expected = lived_time_weight * lived_months + (1.0 - lived_time_weight) * announced_months
    return -beta_time * expected


@rule
def enforcement_term(beta_enforcement, pollution, inspection_intensity, strict):
    """Return the utility of inspection where wastewater overflows, for firms of weak standard.

    Parameters
    ----------
    beta_enforcement : float
        Weight of enforcement [utility], usually 0-1.6.
    pollution : float
        Pollution score of the sector [0..1].
    inspection_intensity : float
        Lever: inspection, 1 as in the start year [0.1..10].
    strict : int
        1 where the firm keeps a strict standard of its own, else 0.

    Returns
    -------
    float
        Utility in a zone whose load reaches its capacity; 0 for strict firms.

    Source
    ------
    C061, C062 (signs; firms from strict countries do not seek weak rules). Assumption: size.

    Examples
    --------
    >>> enforcement_term(0.8, 0.5, 2.0, 0)
    -0.4
    """
    if strict == 1:
        return 0.0
    return -beta_enforcement * pollution * (inspection_intensity - 1.0)


@rule
def utility_sum(luck_part, taste_part, common_part, time_part, enforcement_part, home_part):
    """Return the utility of a zone: the sum of its parts, in this order.

    Parameters
    ----------
    luck_part, taste_part : float
        Luck with the zone and taste for the province [utility].
    common_part : float
        What all investors of a segment see [utility].
    time_part, enforcement_part, home_part : float
        Procedure time, inspection and the home district [utility].

    Returns
    -------
    float
        Utility.

    Source
    ------
    Definition: a random utility, linear in its terms.

    Examples
    --------
    >>> utility_sum(0.5, -0.25, 1.0, -0.5, 0.0, 0.25)
    1.0
    """
    return luck_part + taste_part + common_part + time_part + enforcement_part + home_part


@rule
def outside_value(outside_utility, outside_drift, years, gumbel_draw):
    """Return the utility of the neighbouring provinces.

    Parameters
    ----------
    outside_utility : float
        Their utility at the start [utility], usually 0.5-4.5.
    outside_drift : float
        Its change a year [utility/year], usually -0.1-0.1.
    years : float
        Years since the start [years], from 0.
    gumbel_draw : float
        Standard Gumbel luck of the investor [1].

    Returns
    -------
    float
        Utility.

    Source
    ------
    Assumption: calibrated to licences; the neighbours neither gain nor lose.

    Examples
    --------
    >>> outside_value(2.5, 0.1, 5.0, -1.0)
    2.0
    """
    return outside_utility + outside_drift * years + gumbel_draw


@rule
def log_normal(median, sigma, normal_draw):
    """Return a log-normal value of given median.

    Parameters
    ----------
    median : float
        Median, in the unit of the value, above 0.
    sigma : float
        Spread [log units], from 0.
    normal_draw : float
        Standard normal luck [1].

    Returns
    -------
    float
        Value, above 0.

    Source
    ------
    Definition of the log-normal distribution.

    Examples
    --------
    >>> log_normal(3.5, 0.8, 0.0)
    3.5
    """
    return median * math.exp(sigma * normal_draw)


@rule
def unmet_left(unmet_ha, unmet_memory_months):
    """Return the unmet demand for land that a zone still remembers after a month [ha].

    Parameters
    ----------
    unmet_ha : float
        Land wanted here and not found, remembered so far [ha].
    unmet_memory_months : float
        Memory [months], from 1.

    Returns
    -------
    float
        Remembered land [ha], from 0.

    Source
    ------
    Assumption: a memory of about a year, for the by-demand allocation only.

    Examples
    --------
    >>> unmet_left(24.0, 12.0)
    22.0
    """
    return unmet_ha * (1.0 - 1.0 / unmet_memory_months)


@rule
def free_ha(serviced_ha, residual_share, reserved_ha, leased_ha, idle_ha):
    """Return the land a zone can still let; negative where the residual is let already.

    Parameters
    ----------
    serviced_ha : float
        Serviced leasable land [ha], from 0.
    residual_share : float
        Share of it that never finds a taker [0..1], usually 0-0.05.
    reserved_ha, leased_ha, idle_ha : float
        Land of applicants, of tenants, and left behind but not yet lettable [ha], from 0.

    Returns
    -------
    float
        Free land [ha].

    Source
    ------
    residual_share: Z01 (one park kept 5.3 of 282 ha for years).

    Examples
    --------
    >>> free_ha(100.0, 0.0, 5.0, 80.0, 3.0)
    12.0
    """
    return serviced_ha * (1.0 - residual_share) - reserved_ha - leased_ha - idle_ha
