"""Phase 8: the offices work on their clock, decide and lose impatient applicants."""

from sim import luck as draws
from sim.compiled import kernel, phase
from sim.phases.arrivals import leave
from sim.phases.demand import holiday_in_force
from sim.phases.dossier import withdraw
from sim.phases.log import log_event
from sim.phases.stages import enlist, enter
from sim.phases.tenancy import count_project, invest
from sim.rules import construction as time_rules
from sim.rules import licensing as rules
from sim.rules import operators as operator_rules
from sim.rules import reputation as reputation_rules
from sim.schema import codes


@phase
def licensing(fixed, policy, luck, state, record, month):
    """Serve dossiers, approve those that are through and let the impatient leave.

    Order: parks' office, then clusters'; service by class, arrival and index; decisions by index.
    Reads: levers, parameters, dossiers, luck.
    Writes: investor stage, work_done_time, waited_months, licence_ columns, leave_sum; zone
        land account, committed_m3_day, new_good, new_bad, lease_income_bn_vnd,
        public_support_bn_vnd; office clock, lived_months, queue; tenants by sector and origin.
    """
    for kind in range(2):
        serve(fixed, policy, state, kind, month)
        decide_all(fixed, policy, luck, state, record, kind, month)


@kernel
def serve(fixed, policy, state, kind, month):
    """Work on the dossiers of an office until its clock passes the month's end."""
    levers = policy.levers[month]
    office = state.offices[kind]
    waiting = 0
    for position in range(state.province[0].applied):
        i = state.applied[position]
        investor = state.investors[i]
        if investor.stage != codes.APPLIED or investor.work_done_time >= 0.0:
            continue
        if state.zones[investor.zone].kind == kind:
            state.queue[waiting] = i
            waiting = waiting + 1
    capacity = office.capacity_hours_month * levers.licensing_staff
    while waiting > 0:
        start = next_start(state, office.clock, waiting)
        if start >= month + 1.0:
            break
        place = next_dossier(fixed, policy, state, waiting, start, month)
        investor = state.investors[state.queue[place]]
        investor.work_done_time = start + investor.hours / capacity
        office.clock = investor.work_done_time
        waiting = waiting - 1
        for position in range(place, waiting):
            state.queue[position] = state.queue[position + 1]


@kernel
def next_start(state, clock, waiting):
    """Return when the office can begin its next dossier: its clock, or the next arrival."""
    earliest = state.investors[state.queue[0]].applied_time
    for position in range(1, waiting):
        earliest = min(earliest, state.investors[state.queue[position]].applied_time)
    return max(clock, earliest)


@kernel
def next_dossier(fixed, policy, state, waiting, start, month):
    """Return the queue place served at a time: fast track first, then arrival, then index."""
    chosen = -1
    chosen_class = 0
    chosen_time = 0.0
    for position in range(waiting):
        investor = state.investors[state.queue[position]]
        if investor.applied_time > start:
            continue
        fast = is_fast(fixed, policy, investor, month)
        better = chosen < 0 or fast > chosen_class
        if fast == chosen_class and investor.applied_time < chosen_time:
            better = True
        if better:
            chosen = position
            chosen_class = fast
            chosen_time = investor.applied_time
    return chosen


@kernel
def is_fast(fixed, policy, investor, month):
    """Return 1 where a dossier is in a class of the fast track, else 0."""
    levers = policy.levers[month]
    if levers.fast_track_large == 1 and investor.land_ha >= fixed.parameters[0].large_project_ha:
        return 1
    if levers.fast_track_foreign == 1 and investor.origin == codes.FOREIGN:
        return 1
    if levers.fast_track_priority == 1:
        return policy.sector_levers[month, investor.sector].priority
    return 0


@kernel
def decide_all(fixed, policy, luck, state, record, kind, month):
    """Approve, refuse or lose the dossiers of an office, and move its lived time."""
    p = fixed.parameters[0]
    office = state.offices[kind]
    approved = 0
    waited = 0.0
    queue = 0
    for position in range(state.province[0].applied):
        i = state.applied[position]
        investor = state.investors[i]
        if investor.stage != codes.APPLIED or state.zones[investor.zone].kind != kind:
            continue
        if is_through(fixed, state, i, month):
            if is_refused(fixed, policy, luck, state, i, month):
                withdraw(fixed, state, i)
                leave(state, record, i, codes.APPRAISAL, month)
            else:
                approve(fixed, policy, state, record, i, month)
                approved = approved + 1
                waited = waited + investor.waited_months
        elif gives_up(p, state, i, month):
            give_up(fixed, luck, state, record, i, month)
        else:
            queue = queue + 1
    office.queue = queue
    if approved > 0:
        office.lived_months = rules.next_lived_months(
            office.lived_months, waited / approved, p.lived_half_life_months
        )


@kernel
def is_through(fixed, state, i, month):
    """Return whether a dossier's work and statutory time are over and no fine holds it up."""
    investor = state.investors[i]
    if month <= investor.stage_month:
        return False
    if investor.work_done_time < 0.0 or investor.work_done_time > month + 1.0:
        return False
    if investor.applied_time + investor.required_months > month + 1.0:
        return False
    wet = fixed.sectors[investor.sector].wastewater_m3_ha_day > fixed.parameters[0].wet_m3_ha_day
    return not (wet and month < state.zones[investor.zone].caught_until)


@kernel
def is_refused(fixed, policy, luck, state, i, month):
    """Return whether a deeper environmental appraisal refuses a polluting dossier."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    if fixed.sectors[investor.sector].pollution <= p.pollution_threshold:
        return False
    share = rules.appraisal_refusal(p.appraisal_refusal_share, policy.levers[month].appraisal_depth)
    row = draws.draws_of(luck, fixed.segments, investor)
    return luck.draws[row].appraisal_uniform < share


@kernel
def approve(fixed, policy, state, record, i, month):
    """License a project: its land is leased, its zone gains a tenant, the public its part."""
    p = fixed.parameters[0]
    levers = policy.levers[month]
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    done = max(investor.work_done_time, investor.applied_time + investor.required_months)
    investor.waited_months = max(done, month * 1.0) - investor.applied_time
    enter(state, i, codes.HAND_OVER, month, time_rules.months_of_days(p.hand_over_days))
    state.province[0].projects = enlist(state.projects, state.province[0].projects, i)
    investor.licence_month = month
    free_years, half_years = holiday_in_force(fixed, levers, zone.kind, month)
    investor.licence_free_years = free_years
    investor.licence_half_years = half_years
    zone.reserved_ha = max(0.0, zone.reserved_ha - investor.land_ha)
    lease(p, state, investor.zone, investor.land_ha, month)
    count_project(fixed, state, investor.zone, investor, 1)
    invest(fixed, zone, investor, investor.land_ha)
    if policy.sector_levers[month, investor.sector].priority == 1:
        price = operator_rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate)
        support = levers.land_price_support * price * investor.land_ha
        zone.public_support_bn_vnd = zone.public_support_bn_vnd + support
    if reputation_rules.kept_promise(
        investor.waited_months, investor.promised_months, p.promise_slack_months
    ):
        zone.new_good = zone.new_good + 1.0
    else:
        zone.new_bad = zone.new_bad + 1.0
    province = state.province[0]
    province.approvals = province.approvals + 1
    if zone.kind == codes.PARK:
        province.approvals_parks = province.approvals_parks + 1
    province.waited_months_sum = province.waited_months_sum + investor.waited_months
    log_event(record, month, i, investor.zone, codes.EVENT_LICENSED, 0)


@kernel
def lease(p, state, z, land_ha, month):
    """Lease land in a zone; state zones take its price once."""
    zone = state.zones[z]
    zone.leased_ha = zone.leased_ha + land_ha
    zone.leased_cum_ha = zone.leased_cum_ha + land_ha
    slot = month % codes.LEASE_MONTHS
    state.lease_history[z, slot] = state.lease_history[z, slot] + land_ha
    if zone.operator == codes.STATE:
        price = operator_rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate)
        zone.lease_income_bn_vnd = zone.lease_income_bn_vnd + price * land_ha


@kernel
def gives_up(p, state, i, month):
    """Raise an applicant's hazard of leaving and return whether it leaves."""
    investor = state.investors[i]
    if month <= investor.stage_month:
        return False
    waited = month + 1.0 - investor.applied_time
    investor.leave_sum = investor.leave_sum + rules.leaving_hazard(
        waited, investor.promised_months, p.promise_floor_months, p.patience_months
    )
    return investor.leave_sum >= investor.leave_threshold


@kernel
def give_up(fixed, luck, state, record, i, month):
    """Let an applicant withdraw, for good or to look again later."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    withdraw(fixed, state, i)
    investor.leaves = investor.leaves + 1
    zone = state.zones[investor.zone]
    zone.new_bad = zone.new_bad + 1.0
    log_event(record, month, i, investor.zone, codes.EVENT_LEFT_PROCEDURE, investor.leaves)
    row = draws.draws_of(luck, fixed.segments, investor)
    if luck.draws[row].leave_for_good_uniform < p.leave_for_good_share:
        leave(state, record, i, codes.PROCEDURES, month)
        return
    investor.zone = codes.NOBODY
    investor.stage = codes.LOOKING
    investor.stage_month = month
    state.province[0].seekers = enlist(state.seekers, state.province[0].seekers, i)
    investor.next_look = month + time_rules.whole_months(p.look_again_months)
