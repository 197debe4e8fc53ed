"""Phase 6: who looks for a zone this month, the waiting first, then newcomers by arrival time."""

from sim import luck as draws
from sim.compiled import kernel, phase
from sim.phases.book import book_loss, set_land_steps
from sim.phases.demand import promotion_effects, segment_rate, tax_gain
from sim.phases.log import log_event
from sim.phases.sorting import sort_by_key
from sim.rules import demand as demand_rules
from sim.rules import location as rules
from sim.schema import codes


@phase
def arrivals(fixed, policy, luck, state, record, month):
    """List who looks for a zone this month; those whose patience is over leave.

    Order: the waiting and those who look again by index, then newcomers by arrival time, ties to
        the lowest segment.
    Reads: levers, parameters, tranches, luck.
    Writes: state.looking, state.seekers, investor rows of newcomers, wait_ and gone columns,
        zone land_step, state.book, province counters.
    """
    state.province[0].looking = 0
    set_land_steps(policy.zone_levers[month], state, month)
    recall_waiting(fixed, state, record, month)
    welcome_newcomers(fixed, policy, luck, state, record, month)


@kernel
def recall_waiting(fixed, state, record, month):
    """Let the waiting lose patience or look again, and others look again when due."""
    p = fixed.parameters[0]
    province = state.province[0]
    for position in range(province.seekers):
        i = state.seekers[position]
        investor = state.investors[i]
        if investor.stage == codes.WAITING:
            investor.wait_months = investor.wait_months + 1
            province.land_wait_months_sum = province.land_wait_months_sum + 1.0
            investor.wait_sum = investor.wait_sum + 1.0 / p.patience_months
            if investor.wait_sum >= investor.wait_threshold:
                leave(state, record, i, codes.NO_LAND, month)
                continue
        if month >= investor.next_look:
            state.looking[province.looking] = i
            province.looking = province.looking + 1


@kernel
def leave(state, record, i, reason, month):
    """Let an investor leave for good, with a reason."""
    investor = state.investors[i]
    investor.stage = codes.GONE
    investor.stage_month = month
    investor.gone_month = month
    investor.reason = reason
    book_loss(state, investor)
    if investor.sitting == 1:
        state.sitting_gone[reason] = state.sitting_gone[reason] + 1
    else:
        state.gone[reason] = state.gone[reason] + 1
    zone = investor.zone
    if zone < 0:
        zone = investor.first_choice
    log_event(record, month, i, zone, codes.EVENT_GONE, reason)


@kernel
def welcome_newcomers(fixed, policy, luck, state, record, month):
    """Add the month's newcomers to the investor table in order of arrival."""
    province = state.province[0]
    levers = policy.levers[month]
    p = fixed.parameters[0]
    first = province.investors
    gain = tax_gain(fixed, levers, month)
    trend = demand_rules.trend_factor_of(p.demand_growth, month / 12.0, province.cycle, gain)
    index = demand_rules.start_index(
        (fixed.start_month_of_year + month) // 12,
        p.demand_index_first_year,
        p.demand_index_second_year,
    )
    effects = promotion_effects(p, levers)
    found = 0
    for g in range(fixed.segments.shape[0]):
        rate = segment_rate(p, levers, fixed.segments[g], index, effects, trend)
        found = list_newcomers(fixed.segments[g], luck, state, g, rate, found, month)
    by_arrival = state.queue[:found]
    for place in range(found):
        by_arrival[place] = place
    sort_by_key(by_arrival, state.newcomer_time, state.merged)
    for place in range(found):
        add_newcomer(luck, state, by_arrival[place])
    for i in range(first, province.investors):
        investor = state.investors[i]
        segment = fixed.segments[investor.segment]
        investor.slot = draws.find_slot(
            luck, state.zones, segment, investor.segment, investor.number
        )
        row = draws.draws_of(luck, fixed.segments, investor)
        sector = fixed.sectors[segment.sector]
        introduce(p, segment, sector, luck.draws[row], state.districts, investor, month)
        state.seekers[province.seekers] = i
        province.seekers = province.seekers + 1
        state.looking[province.looking] = i
        province.looking = province.looking + 1
        log_event(record, month, i, codes.NOBODY, codes.EVENT_APPEARED, 0)


@kernel
def list_newcomers(segment, luck, state, g, rate, found, month):
    """List a segment's candidates who arrive this month and whose mark is low; return the count."""
    last = luck.offset[g + 1] - 1
    if last < luck.offset[g]:
        return found
    if luck.arrival_time[last] < month + 1.0:
        state.province[0].overflow = 1  # the pool ran out before the month did
    is_rare = rate <= draws.RARE * segment.highest_rate
    place = state.next_likely[g] if is_rare else state.next_arrival[g]
    end = luck.likely_end[g] if is_rare else last + 1
    while place < end:
        pool = luck.likely[place] if is_rare else place
        time = luck.arrival_time[pool]
        if time >= month + 1.0:
            break
        place = place + 1
        if time >= month and luck.mark[pool] * segment.highest_rate < rate:
            state.newcomer[found] = pool
            state.newcomer_segment[found] = g
            state.newcomer_time[found] = time
            found = found + 1
    if is_rare:
        state.next_likely[g] = place
    else:
        state.next_arrival[g] = place
    return found


@kernel
def add_newcomer(luck, state, place):
    """Add the newcomer at a place of the month's list to the investor table."""
    province = state.province[0]
    if province.investors >= state.investors.shape[0]:
        province.overflow = 1
        return
    pool = state.newcomer[place]
    row = state.investors[province.investors]
    row.segment = state.newcomer_segment[place]
    row.number = pool - luck.offset[row.segment]
    row.arrival_time = luck.arrival_time[pool]
    province.investors = province.investors + 1
    province.candidates = province.candidates + 1


@kernel
def introduce(p, segment, sector, draw, districts, investor, month):
    """Fill the row of a newcomer from its luck; segment, number and arrival time are set."""
    investor.shock_segment = segment.key
    investor.shock_zone = 0
    investor.sector = segment.sector
    investor.origin = segment.origin
    investor.clusters_only = segment.programme
    investor.sitting = 0
    investor.anchor = 0
    land = rules.log_normal(sector.land_median_ha, sector.land_sigma, draw.land_normal)
    investor.land_ha = max(p.land_min_ha, min(p.land_max_ha, land))
    investor.capital_bn_vnd_ha = rules.log_normal(
        sector.capital_bn_vnd_ha, p.capital_sigma, draw.capital_normal
    )
    investor.workers_ha = sector.workers_ha
    investor.home_district = codes.NOBODY
    if segment.origin == codes.DOMESTIC:
        investor.home_district = district_of(districts, draw.home_uniform)
    investor.strict = 0
    if segment.origin == codes.FOREIGN and draw.strict_uniform < p.strict_standard_share:
        investor.strict = 1
    investor.stage = codes.LOOKING
    investor.stage_month = month
    investor.stage_end = codes.NEVER
    investor.zone = codes.NOBODY
    investor.first_choice = codes.NOBODY
    investor.obstacle = codes.NO_REASON
    investor.next_look = month
    clear_history(investor)
    investor.wait_threshold = draw.wait_exponential


@kernel
def clear_history(investor):
    """Blank the columns that later stages fill: the row may hold an earlier run's values."""
    investor.reason = codes.NO_REASON
    investor.gone_month = codes.NOBODY
    investor.wait_sum = 0.0
    investor.wait_months = 0
    investor.applied_time = 0.0
    investor.dossiers = 0
    investor.hours = 0.0
    investor.rounds = 0
    investor.required_months = 0.0
    investor.promised_months = 0.0
    investor.work_done_time = -1.0
    investor.leave_sum = 0.0
    investor.leave_threshold = 0.0
    investor.leaves = 0
    investor.waited_months = 0.0
    investor.licence_month = codes.NOBODY
    investor.licence_free_years = 0.0
    investor.licence_half_years = 0.0
    investor.open_month = codes.NOBODY
    investor.release_sum = 0.0
    investor.expansion_threshold = 0.0
    investor.expansions = 0
    investor.exit_threshold = 0.0
    investor.idle_until = codes.NOBODY


@kernel
def district_of(districts, uniform_draw):
    """Return the district in which a uniform draw falls, by population."""
    whole = 0.0
    for d in range(districts.shape[0]):
        whole = whole + districts[d].population
    below = 0.0
    for d in range(districts.shape[0]):
        below = below + districts[d].population
        if uniform_draw * whole < below:
            return d
    return districts.shape[0] - 1
