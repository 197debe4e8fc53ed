"""Phase 7: every investor that looks takes its best zone, waits for it or leaves."""

from sim import luck as draws
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.dossier import apply_at, announced_for
from sim.phases.log import log_event
from sim.phases.terms import common_utility
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
        zone.unmet_ha = zone.unmet_ha * (1.0 - 1.0 / p.unmet_memory_months)
    if state.province[0].looking == 0:
        return
    set_known_shares(p, policy.levers[month], state)
    for position in range(state.province[0].looking):
        look(fixed, policy, luck, state, record, state.looking[position], month)


@kernel
def set_known_shares(p, levers, state):
    """Set the chance that an investor of each origin knows each zone this month."""
    for z in range(state.zones.shape[0]):
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
def set_common_utilities(fixed, policy, state, g, month):
    """Set what a segment's investors all see in each zone this month, once a month."""
    if state.utility_month[g] == month:
        return
    state.utility_month[g] = month
    for z in range(state.zones.shape[0]):
        state.utility[g, z] = common_utility(fixed, policy, state, g, z, month)


@kernel
def look(fixed, policy, luck, state, record, i, month):
    """Let one investor choose: apply, wait, or leave."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    set_common_utilities(fixed, policy, state, investor.segment, month)
    row = draws.row_of(luck, state.zones, fixed.segments, investor)
    outside = rules.outside_value(
        p.outside_utility, p.outside_drift, month / 12.0, luck.draws[row].outside_gumbel
    )
    first, best, _, _ = best_zones(fixed, policy, luck, state, i, row, outside, month)
    newcomer = investor.first_choice < 0 and investor.leaves == 0 and investor.wait_months == 0
    investor.first_choice = first
    if first < 0:
        leave(state, record, i, codes.NEIGHBOURS, month)
        return
    if newcomer:
        state.wanted[first] = state.wanted[first] + investor.land_ha
    investor.obstacle = obstacle_to(fixed, policy, state, investor, first, month)
    if best >= 0:
        apply_at(fixed, policy, luck, state, record, i, best, month)
        return
    if investor.obstacle == OBSTACLE_LAND:
        state.zones[first].unmet_ha = state.zones[first].unmet_ha + investor.land_ha
        investor.next_look = month + int(p.look_again_months)
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
def best_zones(fixed, policy, luck, state, i, row, outside, month):
    """Return the best zone ignoring rules and land and the best feasible one, with their values.

    Zones count only above the outside option; -1 where there is none.
    """
    investor = state.investors[i]
    first = codes.NOBODY
    best = codes.NOBODY
    first_value = outside
    best_value = outside
    for z in range(state.zones.shape[0]):
        if not in_view(policy, luck, state, investor, row, z, month):
            continue
        value = utility_of(fixed, policy, luck, state, investor, row, z, month)
        if value > first_value:
            first_value = value
            first = z
        if value > best_value and is_feasible(fixed, policy, state, investor, z, month):
            best_value = value
            best = z
    return first, best, first_value, best_value


@kernel
def in_view(policy, luck, state, investor, row, z, month):
    """Return whether an investor considers a zone: on offer or to come, of its kind, and known."""
    zone = state.zones[z]
    if investor.clusters_only == 1 and zone.kind == codes.PARK:
        return False
    if luck.known[row, z] >= state.known_share[z, investor.origin]:
        return False
    return month >= policy.zone_levers[month, z].works_may_start or is_on_offer(state, z)


@kernel
def is_on_offer(state, z):
    """Return whether a zone has an operator and land serviced or in works."""
    zone = state.zones[z]
    if zone.operator == codes.NO_OPERATOR:
        return False
    if zone.serviced_ha > 0.0:
        return True
    for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
        if state.tranches[k].stage == codes.IN_PROGRESS:
            return True
    return False


@kernel
def utility_of(fixed, policy, luck, state, investor, row, z, month):
    """Return the utility of a zone for an investor: luck, taste, common part, own terms."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    zone = state.zones[z]
    sector = fixed.sectors[investor.sector]
    value = rules.luck_term(p.zone_scale, luck.gumbel[row, z])
    value = value + rules.taste_term(p.province_taste_sigma, luck.draws[row].taste_normal)
    value = value + state.utility[investor.segment, z]
    value = value + rules.time_term(
        p.beta_time,
        p.lived_time_weight,
        state.offices[zone.kind].lived_months,
        announced_for(p, sector, investor.land_ha, levers.statutory_days),
    )
    value = value + rules.enforcement_term(
        p.beta_enforcement,
        sector.pollution,
        levers.inspection_intensity,
        zone.load_m3_day >= zone.capacity_m3_day,
        investor.strict,
    )
    return value + rules.home_term(p.home_utility, investor.home_district == zone.district)


@kernel
def is_feasible(fixed, policy, state, investor, z, month):
    """Return whether an investor can apply at a zone now."""
    if not is_on_offer(state, z):
        return False
    return obstacle_to(fixed, policy, state, investor, z, month) == NO_OBSTACLE


@kernel
def obstacle_to(fixed, policy, state, investor, z, month):
    """Return the first thing that keeps an investor from a zone: sector, capital, wastewater, land."""
    p = fixed.parameters[0]
    zone = state.zones[z]
    if policy.sector_levers[month, investor.sector].banned == 1:
        return OBSTACLE_SECTOR
    if (zone.permitted_sectors >> investor.sector) & 1 == 0:
        return OBSTACLE_SECTOR
    if investor.capital_bn_vnd_ha < policy.levers[month].capital_floor:
        return OBSTACLE_CAPITAL
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    if policy.levers[month].wastewater_first == 1 and rate > p.wet_m3_ha_day:
        if zone.capacity_m3_day - zone.committed_m3_day < rate * investor.land_ha:
            return OBSTACLE_WASTEWATER
    free = rules.free_ha(
        zone.serviced_ha, p.residual_share, zone.reserved_ha, zone.leased_ha, zone.idle_ha
    )
    if free < investor.land_ha:
        return OBSTACLE_LAND
    return NO_OBSTACLE
