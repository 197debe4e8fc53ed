"""Phase 7: every investor that looks takes its best zone, waits for it or leaves."""

import math

from sim import luck as draws
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.dossier import announced_for, apply_at
from sim.phases.log import log_event
from sim.phases.terms import (
    SEEN_FREE_HA,
    SEEN_PRICE,
    SEEN_PRICE_SUPPORTED,
    SEEN_SPARE_M3_DAY,
    SHOWN_DISTRICT,
    SHOWN_KIND,
    SHOWN_OVERLOADED,
    SHOWN_PERMITS,
    common_term,
    line_up_room,
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
    own_sector = state.log_tenants[segment.sector]
    same_origin = state.log_tenants[fixed.sectors.shape[0] + segment.origin]
    for z in range(state.value.shape[0]):
        kind = state.shown[SHOWN_KIND, z]
        total = 0.0
        for term in range(10):
            total = total + common_term(
                p, sector, price_row, state.seen, own_sector, same_origin, kind, z, term
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
    first = highest(state.value, outside)
    best = codes.NOBODY
    if first >= 0 and banned == 0 and investor.capital_bn_vnd_ha >= levers.capital_floor:
        sift_zones(p, levers, rate, state, investor)
        best = highest(state.feasible, outside)
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
        line_up_room(p, state, best)
    elif investor.obstacle == OBSTACLE_LAND:
        wait(p, state, record, i, month)
    else:
        leave(state, record, i, reason_of(investor.obstacle), month)


@kernel
def wait(p, state, record, i, month):
    """Let an investor wait for land at its first choice and look again later."""
    investor = state.investors[i]
    investor.next_look = month + time_rules.whole_months(p.look_again_months)
    if investor.stage != codes.WAITING:
        investor.stage = codes.WAITING
        investor.stage_month = month
        log_event(record, month, i, investor.first_choice, codes.EVENT_WAITS, 0)


@kernel
def reason_of(obstacle):
    """Return the reason of an investor that leaves for an obstacle other than land."""
    if obstacle == OBSTACLE_SECTOR:
        return codes.REFUSED_SECTOR
    if obstacle == OBSTACLE_CAPITAL:
        return codes.CAPITAL_FLOOR
    return codes.WASTEWATER


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
def sift_zones(p, levers, rate_m3_ha_day, state, investor):
    """Set the utility of every zone where an investor finds no obstacle, else minus infinity.

    Only for investors whose sector is not banned and whose capital reaches the floor.
    """
    needed_m3_day = -math.inf
    if levers.wastewater_first == 1 and rate_m3_ha_day > p.wet_m3_ha_day:
        needed_m3_day = rate_m3_ha_day * investor.land_ha
    land_ha = investor.land_ha
    sector = investor.sector
    for z in range(state.value.shape[0]):  # no branch and no record inside: several zones at once
        free = state.seen[SEEN_FREE_HA, z] >= land_ha
        spare = state.seen[SEEN_SPARE_M3_DAY, z] >= needed_m3_day
        permitted = (state.shown[SHOWN_PERMITS, z] >> sector) & 1 == 1
        state.feasible[z] = state.value[z] if free & spare & permitted else -math.inf


@kernel
def highest(values, bar):
    """Return the place of the highest value above a bar, the lowest among equals, -1 for none."""
    place = codes.NOBODY
    top = bar
    for z in range(values.shape[0]):
        if values[z] > top:
            top = values[z]
            place = z
    return place


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
