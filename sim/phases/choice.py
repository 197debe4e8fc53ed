"""Phase 7: every investor that looks takes its best zone, waits for it or leaves."""

import math

from sim import luck as draws
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.dossier import announced_for, apply_at
from sim.phases.log import log_event
from sim.phases.terms import (
    SEEN_PRICE,
    SEEN_PRICE_SUPPORTED,
    SHOWN_DISTRICT,
    SHOWN_KIND,
    SHOWN_OVERLOADED,
    common_term,
    log_tenants,
    show_zones,
)
from sim.rules import construction as time_rules
from sim.rules import location as rules
from sim.schema import codes

# Obstacles to a zone, in the order in which they are tested.
NO_OBSTACLE = 0
OBSTACLE_SECTOR = 1
OBSTACLE_CAPITAL = 2
OBSTACLE_WASTEWATER = 3
OBSTACLE_LAND = 4


@phase
def choice(fixed, policy, luck, state, record, month):
    """Let everyone on the list look, one after the other.

    Order: state.looking; among equal utilities the lowest zone.
    Reads: levers, parameters, zones, tenants by sector and origin, luck.
    Writes: investor stage, first_choice, obstacle, next_look; zone reserved_ha,
        committed_m3_day, unmet_ha; state.wanted.
    """
    p = fixed.parameters[0]
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.unmet_ha = rules.unmet_left(zone.unmet_ha, p.unmet_memory_months)
    if state.province[0].looking == 0:
        return
    show_zones(p, policy.levers[month], policy.zone_levers[month], state, month)
    for position in range(state.province[0].looking):
        look(fixed, policy, luck, state, record, state.looking[position], month)


@kernel
def set_common_utilities(fixed, policy, state, g, month):
    """Set what a segment's investors all see in each zone this month, once a month."""
    state.utility_month[g] = month
    p = fixed.parameters[0]
    segment = fixed.segments[g]
    sector = fixed.sectors[segment.sector]
    price_row = price_row_of(policy.sector_levers[month, segment.sector].priority)
    log_tenants(fixed, state, segment)
    for z in range(state.value.shape[0]):
        total = 0.0
        for term in range(10):
            total = total + common_term(
                p, sector, price_row, state.seen, state.alike, state.shown[SHOWN_KIND, z], z, term
            )
        state.utility[g, z] = total


@kernel
def price_row_of(has_priority):
    """Return the row of state.seen with the price for a sector, supported if it has priority."""
    return SEEN_PRICE_SUPPORTED if has_priority == 1 else SEEN_PRICE


@kernel
def look(fixed, policy, luck, state, record, i, month):
    """Let one investor choose: apply, wait, or leave."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    if state.utility_month[investor.segment] != month:
        set_common_utilities(fixed, policy, state, investor.segment, month)
    row = draws.pairs_of(luck, state.zones, fixed.segments, investor)
    outside = rules.outside_value(
        p.outside_utility, p.outside_drift, month / 12.0, luck.draws[row].outside_gumbel
    )
    weigh_zones(fixed, policy, luck, state, i, row, month)
    levers = policy.levers[month]
    banned = policy.sector_levers[month, investor.sector].banned
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    first, best = best_zones(p, levers, banned, rate, state.zones, state.value, investor, outside)
    newcomer = investor.first_choice < 0 and investor.leaves == 0 and investor.wait_months == 0
    investor.first_choice = first
    if first < 0:
        leave(state, record, i, codes.NEIGHBOURS, month)
        return
    if newcomer:
        state.wanted[first] = state.wanted[first] + investor.land_ha
    investor.obstacle = obstacle_to(p, levers, banned, state.zones[first], rate, investor)
    if investor.obstacle == OBSTACLE_LAND:
        state.zones[first].unmet_ha = state.zones[first].unmet_ha + investor.land_ha
    if best >= 0:
        apply_at(fixed, policy, luck, state, record, i, best, month)
        return
    if investor.obstacle == OBSTACLE_LAND:
        investor.next_look = month + time_rules.whole_months(p.look_again_months)
        if investor.stage != codes.WAITING:
            investor.stage = codes.WAITING
            investor.stage_month = month
            log_event(record, month, i, first, codes.EVENT_WAITS, 0)
        return
    reason = codes.WASTEWATER
    if investor.obstacle == OBSTACLE_SECTOR:
        reason = codes.REFUSED_SECTOR
    if investor.obstacle == OBSTACLE_CAPITAL:
        reason = codes.CAPITAL_FLOOR
    leave(state, record, i, reason, month)


@kernel
def weigh_zones(fixed, policy, luck, state, i, row, month):
    """Set the utility of every zone for an investor, minus infinity where it is not considered."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    investor = state.investors[i]
    sector = fixed.sectors[investor.sector]
    zone_scale = p.zone_scale
    taste = rules.taste_term(p.province_taste_sigma, luck.draws[row].taste_normal)
    announced = announced_for(p, sector, investor.land_ha, levers.statutory_days)
    park_time = time_of(p, state.offices[codes.PARK], announced)
    cluster_time = time_of(p, state.offices[codes.CLUSTER], announced)
    inspected = rules.enforcement_term(
        p.beta_enforcement, sector.pollution, levers.inspection_intensity, investor.strict
    )
    home_utility = p.home_utility
    home_district = investor.home_district
    segment = investor.segment
    view = 2 * investor.origin + investor.clusters_only
    for z in range(state.value.shape[0]):  # no branch and no record inside: several zones at once
        value = rules.utility_sum(
            rules.luck_term(zone_scale, luck.gumbel[row, z]),
            taste,
            state.utility[segment, z],
            park_time if state.shown[SHOWN_KIND, z] == codes.PARK else cluster_time,
            inspected if state.shown[SHOWN_OVERLOADED, z] == 1 else 0.0,
            home_utility if state.shown[SHOWN_DISTRICT, z] == home_district else 0.0,
        )
        state.value[z] = value if luck.known[row, z] < state.sight[view, z] else -math.inf


@kernel
def time_of(p, office, announced):
    """Return the utility of the time that an office is expected to take."""
    return rules.time_term(p.beta_time, p.lived_time_weight, office.lived_months, announced)


@kernel
def best_zones(p, levers, banned, rate, zones, values, investor, outside):
    """Return the best zone ignoring rules and land and the best feasible one, -1 for none.

    Zones count only above the outside option; among equals the lowest wins.
    """
    first = codes.NOBODY
    best = codes.NOBODY
    first_value = outside
    best_value = outside
    for z in range(zones.shape[0]):
        value = values[z]
        if value > first_value:
            first_value = value
            first = z
        if value <= best_value:
            continue
        if obstacle_to(p, levers, banned, zones[z], rate, investor) == NO_OBSTACLE:
            best_value = value
            best = z
    return first, best


@kernel
def obstacle_to(p, levers, banned, zone, rate_m3_ha_day, investor):
    """Return what first keeps an investor from a zone: sector, capital, wastewater or land."""
    if banned == 1 or (zone.permitted_sectors >> investor.sector) & 1 == 0:
        return OBSTACLE_SECTOR
    if investor.capital_bn_vnd_ha < levers.capital_floor:
        return OBSTACLE_CAPITAL
    if levers.wastewater_first == 1 and rate_m3_ha_day > p.wet_m3_ha_day:
        left_m3_day = zone.capacity_m3_day - zone.committed_m3_day
        if left_m3_day < rate_m3_ha_day * investor.land_ha:
            return OBSTACLE_WASTEWATER
    free = rules.free_ha(
        zone.serviced_ha, p.residual_share, zone.reserved_ha, zone.leased_ha, zone.idle_ha
    )
    if zone.on_offer == 0 or free < investor.land_ha:
        return OBSTACLE_LAND
    return NO_OBSTACLE
