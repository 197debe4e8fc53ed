"""Phase 10: tenants close or expand, and land left behind returns."""

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.construction import vacate
from sim.phases.licensing import lease
from sim.phases.log import log_event
from sim.phases.tally import tally
from sim.rules import construction as time_rules
from sim.rules import location as location_rules
from sim.rules import operation as rules
from sim.schema import codes


@phase
def operation(fixed, policy, luck, state, record, month):
    """Return idle land, close tenants whose time has come, let others expand; then add them up.

    Order: investors by index; for each the return of its land, closing, expansion. Then the tally.
    Reads: levers, parameters, luck, wages, load and capacity.
    Writes: zone land account, committed_m3_day, tenants, trouble_factor; investor stage, land_ha,
        exit_sum, expansion_ columns, idle_until; state.closing_hazard; what the tally adds up.
    """
    set_closing_hazards(fixed, state, month)
    for position in range(state.province[0].settled):
        i = state.settled[position]
        investor = state.investors[i]
        if investor.stage == codes.GONE:
            if month >= investor.idle_until:
                return_land(state, record, i, month)
        elif investor.anchor == 0 and month > investor.open_month:
            if closes(fixed, state, investor, month):
                close(fixed, state, record, i, month)
            elif wants_to_expand(fixed, investor):
                expand(fixed, policy, luck, state, record, i, month)
    tally(fixed, policy.zone_levers[month], state, record.province[month], month)


@kernel
def set_closing_hazards(fixed, state, month):
    """Set the month's closing hazard of every sector in a district and what zones add to it."""
    p = fixed.parameters[0]
    for d in range(state.closing_hazard.shape[0]):
        log_wage = state.districts[d].log_wage
        for s in range(state.closing_hazard.shape[1]):
            state.closing_hazard[d, s] = rules.closing_hazard(
                p.exit_hazard, log_wage, fixed.sectors[s].low_skill_share, p.exit_wage_elasticity
            )
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.trouble_factor = rules.trouble_factor(
            zone.load_m3_day > zone.capacity_m3_day,
            p.exit_overload,
            month < zone.caught_until,
            p.exit_fined_factor,
        )


@kernel
def return_land(state, record, i, month):
    """Give land that a closed tenant left back to its zone."""
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    zone.idle_ha = max(0.0, zone.idle_ha - investor.land_ha)
    investor.idle_until = codes.NOBODY
    log_event(record, month, i, investor.zone, codes.EVENT_LAND_RETURNED, 0)


@kernel
def closes(fixed, state, investor, month):
    """Raise a tenant's closing hazard and return whether its luck is reached."""
    zone = state.zones[investor.zone]
    hazard = state.closing_hazard[zone.district, investor.sector]
    age_factor = fixed.age_factors[month - investor.open_month]
    investor.exit_sum = investor.exit_sum + hazard * zone.trouble_factor * age_factor
    return investor.exit_sum >= investor.exit_threshold


@kernel
def close(fixed, state, record, i, month):
    """Close a tenant; its land stays idle for a while."""
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    vacate(fixed, state, i)
    zone.operating_ha = max(0.0, zone.operating_ha - investor.land_ha)
    zone.idle_ha = zone.idle_ha + investor.land_ha
    zone.new_bad = zone.new_bad + 1.0
    investor.idle_until = month + time_rules.whole_months(fixed.parameters[0].reuse_months)
    leave(state, record, i, codes.CLOSED, month)


@kernel
def wants_to_expand(fixed, investor):
    """Raise a tenant's hazard of expanding and return whether its luck is reached."""
    hazard = fixed.parameters[0].expansion_hazard / 12.0
    investor.expansion_sum = investor.expansion_sum + hazard
    return investor.expansion_sum >= investor.expansion_threshold


@kernel
def expand(fixed, policy, luck, state, record, i, month):
    """Let a tenant expand if it may, and draw the luck of its next expansion."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    investor.expansions = investor.expansions + 1
    investor.expansion_threshold = investor.expansion_threshold + draws.event_luck(
        luck,
        shocks.EXPANSION,
        investor.expansions,
        investor.shock_segment,
        investor.shock_zone,
        investor.number,
    )
    more_ha = p.expansion_share * investor.land_ha
    if not may_expand(fixed, policy, state, i, more_ha, month):
        return
    zone = state.zones[investor.zone]
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    lease(p, state, investor.zone, more_ha, month)
    zone.operating_ha = zone.operating_ha + more_ha
    zone.committed_m3_day = zone.committed_m3_day + rate * more_ha
    investor.land_ha = investor.land_ha + more_ha
    log_event(record, month, i, investor.zone, codes.EVENT_EXPANDED, investor.expansions)


@kernel
def may_expand(fixed, policy, state, i, more_ha, month):
    """Return whether sector, capital, wastewater and land allow an expansion next door."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    levers = policy.levers[month]
    if policy.sector_levers[month, investor.sector].banned == 1:
        return False
    if investor.capital_bn_vnd_ha < levers.capital_floor:
        return False
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    if levers.wastewater_first == 1 and rate > p.wet_m3_ha_day:
        if zone.capacity_m3_day - zone.committed_m3_day < rate * more_ha:
            return False
    free = location_rules.free_ha(
        zone.serviced_ha, p.residual_share, zone.reserved_ha, zone.leased_ha, zone.idle_ha
    )
    return free >= more_ha
