"""Phase 9: from licence to operation, or to a stalled project."""

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.log import log_event
from sim.phases.stages import enlist, enter
from sim.phases.tenancy import count_project, invest
from sim.rules import construction as rules
from sim.rules import location as location_rules
from sim.schema import codes


@phase
def construction(fixed, policy, luck, state, record, month):
    """Move licensed projects through hand-over, permits and building; late ones stall.

    Order: investors by index; a stage entered in a month is not left in it.
    Reads: levers, parameters, luck.
    Writes: investor stage, stage_month, stage_end, open_month, release_sum, exit_threshold,
        expansion_threshold; state.projects, state.settled, state.call_month; zone leased_ha,
        tenants, operating_ha, committed_m3_day, capital_bn_vnd, high_tech_ha, new_bad; record
        building, stalled.
    """
    province = state.province[0]
    stalled = 0
    kept = 0
    for position in range(province.projects):
        i = state.projects[position]
        if month >= state.call_month[i]:
            investor = state.investors[i]
            if investor.stage == codes.STALLED:
                stall(fixed, policy, luck, state, record, i, month)
            else:
                advance(fixed, policy, luck, state, record, i, month)
            if investor.stage > codes.STALLED:
                continue
            if investor.stage == codes.STALLED:
                stalled = stalled + 1
        state.projects[kept] = i
        kept = kept + 1
    province.projects = kept
    record.province[month].stalled = stalled
    record.province[month].building = kept - stalled


@kernel
def advance(fixed, policy, luck, state, record, i, month):
    """Take a project whose stage is over to the next one."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    investor = state.investors[i]
    row = draws.draws_of(luck, fixed.segments, investor)
    draw = luck.draws[row]
    if investor.stage == codes.HAND_OVER:
        if draw.late_uniform < p.late_probability:
            enter(state, i, codes.STALLED, month, codes.NEVER)
            state.call_month[i] = month + 1
            log_event(record, month, i, investor.zone, codes.EVENT_STALLED, 0)
            return
        days = rules.permit_days_of(
            p.permit_days, levers.statutory_days, p.overrun, levers.one_stop, p.one_stop_factor
        )
        enter(state, i, codes.PERMITS, month, rules.months_of_days(days))
        log_event(record, month, i, investor.zone, codes.EVENT_PERMITS, 0)
    elif investor.stage == codes.PERMITS:
        months = location_rules.log_normal(
            p.building_months, p.building_sigma, draw.building_normal
        )
        enter(state, i, codes.BUILDING, month, rules.whole_months(months))
        log_event(record, month, i, investor.zone, codes.EVENT_BUILDING, 0)
    else:
        open_tenant(luck, state, record, i, month)


@kernel
def open_tenant(luck, state, record, i, month):
    """Start a tenant's operation and draw the luck of its later life."""
    investor = state.investors[i]
    enter(state, i, codes.OPERATING, month, codes.NEVER)
    state.call_month[i] = month  # to move in
    state.province[0].settled = enlist(state.settled, state.province[0].settled, i)
    investor.open_month = month
    draw_tenant_luck(luck, investor)
    zone = state.zones[investor.zone]
    zone.operating_ha = zone.operating_ha + investor.land_ha
    state.province[0].new_projects = state.province[0].new_projects + 1
    log_event(record, month, i, investor.zone, codes.EVENT_OPENED, 0)


@kernel
def draw_tenant_luck(luck, investor):
    """Draw when a tenant closes and when it first expands, in sums of hazard."""
    segment = investor.shock_segment
    zone = investor.shock_zone
    investor.exit_threshold = draws.event_luck(luck, shocks.EXIT, 0, segment, zone, investor.number)
    investor.expansion_threshold = draws.event_luck(
        luck, shocks.EXPANSION, 0, segment, zone, investor.number
    )


@kernel
def stall(fixed, policy, luck, state, record, i, month):
    """Let a stalled project give up, or take its land back when its time is over."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    state.call_month[i] = month + 1
    investor.release_sum = investor.release_sum + p.late_release_hazard / 12.0
    row = draws.draws_of(luck, fixed.segments, investor)
    limit = policy.levers[month].revocation_months
    if investor.release_sum >= luck.draws[row].release_exponential:
        zone = state.zones[investor.zone]
        zone.new_bad = zone.new_bad + 1.0
        vacate(fixed, state, i)
        leave(state, record, i, codes.ABANDONED, month)
    elif limit > 0.0 and month - investor.stage_month >= limit:
        vacate(fixed, state, i)
        leave(state, record, i, codes.REVOKED, month)


@kernel
def vacate(fixed, state, i):
    """Give back the land of a project or tenant and take it off its zone's tenants."""
    investor = state.investors[i]
    z = investor.zone
    zone = state.zones[z]
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    zone.leased_ha = max(0.0, zone.leased_ha - investor.land_ha)
    zone.committed_m3_day = max(0.0, zone.committed_m3_day - rate * investor.land_ha)
    count_project(fixed, state, z, investor, -1)
    invest(fixed, zone, investor, -investor.land_ha)
