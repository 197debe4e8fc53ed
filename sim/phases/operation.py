"""Phase 10: tenants close or expand, and land left behind returns."""

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.construction import vacate
from sim.phases.licensing import lease
from sim.phases.log import log_event
from sim.rules import construction as time_rules
from sim.rules import location as location_rules
from sim.rules import operation as rules
from sim.schema import codes


@phase
def operation(fixed, policy, luck, state, record, month):
    """Return idle land, close tenants whose time has come and let others expand.

    Order: investors by index; for each the return of its land, closing, expansion.
    Reads: levers, parameters, luck, wages, load and capacity.
    Writes: zone land account, committed_m3_day, tenants; investor stage, land_ha, exit_sum,
        expansion_ columns, idle_until.
    """
    for position in range(state.province[0].active):
        i = state.active[position]
        investor = state.investors[i]
        if investor.stage == codes.GONE and investor.idle_until >= 0:
            if month >= investor.idle_until:
                zone = state.zones[investor.zone]
                zone.idle_ha = max(0.0, zone.idle_ha - investor.land_ha)
                investor.idle_until = codes.NOBODY
                log_event(record, month, i, investor.zone, codes.EVENT_LAND_RETURNED, 0)
        elif investor.stage == codes.OPERATING and investor.anchor == 0:
            if month > investor.open_month and not closes(fixed, state, record, i, month):
                expand(fixed, policy, luck, state, record, i, month)


@kernel
def closes(fixed, state, record, i, month):
    """Raise a tenant's closing hazard; close it when its luck is reached."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    age_years = (month - investor.open_month) / 12.0
    hazard = rules.closing_hazard(
        p.exit_hazard,
        state.districts[zone.district].wage,
        fixed.sectors[investor.sector].low_skill_share,
        p.exit_wage_elasticity,
        p.exit_overload,
        zone.load_m3_day > zone.capacity_m3_day,
        p.exit_age,
        age_years - p.exit_age_reference_years,
    )
    fined = month < zone.caught_until
    investor.exit_sum = investor.exit_sum + rules.with_fine(hazard, fined, p.exit_fined_factor)
    if investor.exit_sum < investor.exit_threshold:
        return False
    vacate(fixed, state, i)
    zone.operating_ha = max(0.0, zone.operating_ha - investor.land_ha)
    zone.idle_ha = zone.idle_ha + investor.land_ha
    zone.new_bad = zone.new_bad + 1.0
    investor.idle_until = month + time_rules.whole_months(p.reuse_months)
    leave(state, record, i, codes.CLOSED, month)
    return True


@kernel
def expand(fixed, policy, luck, state, record, i, month):
    """Raise a tenant's expansion hazard; when its luck is reached it expands if it may."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    investor.expansion_sum = investor.expansion_sum + p.expansion_hazard / 12.0
    if investor.expansion_sum < investor.expansion_threshold:
        return
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
