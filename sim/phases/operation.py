"""Phase 10: tenants close or expand, and land left behind returns."""

import math

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.construction import vacate
from sim.phases.licensing import lease
from sim.phases.log import log_event
from sim.phases.stages import strike_off
from sim.phases.tally import tally
from sim.phases.tenancy import add_output, go_on, invest, move_in, next_expansion
from sim.rules import construction as time_rules
from sim.rules import location as location_rules
from sim.rules import operation as rules
from sim.schema import codes


@phase
def operation(fixed, policy, luck, state, record, month):
    """Return idle land, close tenants whose time has come, let others expand; then add them up.

    Order: investors by index; for each the return of its land, closing, expansion. Then the tally.
    Reads: levers, parameters, luck, wages, load and capacity.
    Writes: zone land account, committed_m3_day, tenants, what tenants bring (sim/phases/tenancy.py)
        and what the tally adds up; investor stage, land_ha, expansion_ columns, idle_until;
        state.closing_clock.
    """
    run_closing_clocks(fixed, state, month)
    called = call_tenants(state, month)
    for position in range(called):
        attend(fixed, policy, luck, state, record, state.queue[position], month)
    tally(fixed, state, record.province[month], month)


@kernel
def run_closing_clocks(fixed, state, month):
    """Add the month's hazard of closing of every sector in every zone to its clock."""
    p = fixed.parameters[0]
    set_closing_hazards(fixed, state)
    sectors = fixed.sectors.shape[0]
    month_factor = rules.age_factor(p.exit_age, month / 12.0)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        if zone.operating_tenants == 0:
            continue  # nobody there goes by these clocks
        district = zone.district
        factor = rules.trouble_factor(
            zone.load_m3_day > zone.capacity_m3_day,
            p.exit_overload,
            month < zone.caught_until,
            p.exit_fined_factor,
        )
        first = z * sectors
        for s in range(sectors):
            hazard = month_factor * state.closing_hazard[district, s] * factor
            state.closing_clock[first + s] = state.closing_clock[first + s] + hazard


@kernel
def set_closing_hazards(fixed, state):
    """Set the hazards of closing of a district anew where its wage is another than the last one."""
    p = fixed.parameters[0]
    for d in range(state.closing_hazard.shape[0]):
        log_wage = state.districts[d].log_wage
        if log_wage == state.closing_log_wage[d]:
            continue
        state.closing_log_wage[d] = log_wage
        for s in range(fixed.sectors.shape[0]):
            state.closing_hazard[d, s] = rules.closing_hazard(
                p.exit_hazard, log_wage, fixed.sectors[s].low_skill_share, p.exit_wage_elasticity
            )


@kernel
def call_tenants(state, month):
    """List the settled for whom something happens this month; return how many."""
    called = 0
    for position in range(state.province[0].settled):
        i = state.settled[position]
        due = month >= state.call_month[i]
        if due or state.closing_clock[state.cell[i]] >= state.closing_mark[i]:
            state.queue[called] = i
            called = called + 1
    return called


@kernel
def attend(fixed, policy, luck, state, record, i, month):
    """Let happen to one of the settled what its time has come for."""
    investor = state.investors[i]
    if investor.stage == codes.GONE:
        return_land(state, record, i, month)
    elif investor.open_month == month:
        move_in(fixed, state, i, month)
    elif state.closing_clock[state.cell[i]] >= state.closing_mark[i]:
        close(fixed, state, record, i, month)
    else:
        add_output(fixed, state, investor, -1.0)
        if month >= investor.expansion_month:
            expand(fixed, policy, luck, state, record, i, month)
        go_on(fixed, state, i, month)


@kernel
def return_land(state, record, i, month):
    """Give land that a closed tenant left back to its zone."""
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    zone.idle_ha = max(0.0, zone.idle_ha - investor.land_ha)
    investor.idle_until = codes.NOBODY
    state.province[0].settled = strike_off(state.settled, state.province[0].settled, i)
    log_event(record, month, i, investor.zone, codes.EVENT_LAND_RETURNED, 0)


@kernel
def close(fixed, state, record, i, month):
    """Close a tenant; its land stays idle for a while."""
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    add_output(fixed, state, investor, -1.0)
    vacate(fixed, state, i)
    zone.operating_ha = max(0.0, zone.operating_ha - investor.land_ha)
    zone.idle_ha = zone.idle_ha + investor.land_ha
    zone.new_bad = zone.new_bad + 1.0
    investor.idle_until = month + time_rules.whole_months(fixed.parameters[0].reuse_months)
    state.call_month[i] = investor.idle_until
    state.closing_mark[i] = math.inf
    leave(state, record, i, codes.CLOSED, month)


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
    investor.expansion_month = next_expansion(p, investor, month)
    more_ha = p.expansion_share * investor.land_ha
    if not may_expand(fixed, policy, state, i, more_ha, month):
        return
    zone = state.zones[investor.zone]
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    lease(p, state, investor.zone, more_ha, month)
    zone.operating_ha = zone.operating_ha + more_ha
    zone.committed_m3_day = zone.committed_m3_day + rate * more_ha
    investor.land_ha = investor.land_ha + more_ha
    invest(fixed, zone, investor, more_ha)
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
