"""Phase 5: developers and the state take zones, start tranches and set prices."""

from sim.compiled import kernel, phase
from sim.phases.log import log_event
from sim.rules import funding as money_rules
from sim.rules import operators as rules
from sim.rules import works as work_rules
from sim.schema import codes


@phase
def operators(fixed, policy, state, record, month):
    """Let operators come, start the tranches that are due and set land prices.

    Order: zones by index; for each zone entry, the state's step, tranches by index, price.
    Reads: levers, zone levers, parameters, the land account, lease_history.
    Writes: zone operator, operator_month, entry_sum, price_usd_m2_term; tranche stage,
        start_month, compensation_bn_vnd, works_cost_bn_vnd, plant_cost_bn_vnd, plant_m3_day.
    """
    p = fixed.parameters[0]
    levers = policy.levers[month]
    park_occupancy = occupancy_of_kind(state.zones, codes.PARK)
    cluster_occupancy = occupancy_of_kind(state.zones, codes.CLUSTER)
    bound = state_works_remaining(levers, state)
    level = money_rules.cost_level(p.cost_growth, month / 12.0)
    for z in range(state.zones.shape[0]):
        zone_levers = policy.zone_levers[month, z]
        occupancy = money_rules.by_kind(state.zones[z].kind, park_occupancy, cluster_occupancy)
        take_zone(p, levers, zone_levers, state, record, z, occupancy, month)
        bound = start_tranches(p, levers, zone_levers, state, record, z, bound, month)
        if month > 0:
            set_price(p, state.zones[z], level)


@kernel
def occupancy_of_kind(zones, kind):
    """Return leased over serviced land of all zones of a kind, 0 where none is serviced."""
    serviced = 0.0
    leased = 0.0
    for z in range(zones.shape[0]):
        if zones[z].kind == kind:
            serviced = serviced + zones[z].serviced_ha
            leased = leased + zones[z].leased_ha
    return rules.occupancy_or(serviced, leased, 0.0)


@kernel
def state_works_remaining(levers, state):
    """Return what the tranches that the state has in progress still cost."""
    remaining = 0.0
    for k in range(state.tranches.shape[0]):
        tranche = state.tranches[k]
        zone = state.zones[tranche.zone]
        if tranche.stage == codes.IN_PROGRESS and zone.operator == codes.STATE:
            remaining = remaining + tranche_remaining(levers, zone, tranche)
    return remaining


@kernel
def tranche_remaining(levers, zone, tranche):
    """Return what a tranche in progress still costs: compensation, works and plant."""
    uncleared = tranche.compensation_bn_vnd * (1.0 - tranche.blocks_cleared / tranche.blocks)
    held = tranche.held_public_bn_vnd + tranche.held_private_bn_vnd
    unpaid = max(0.0, uncleared + tranche.owed_bn_vnd - held)
    works = max(0.0, tranche.works_cost_bn_vnd - tranche.works_done_bn_vnd)
    plant = 0.0
    builds = work_rules.builds_plant(zone.kind == codes.PARK, levers.wastewater_first)
    if builds and tranche.plant_built == 0:
        plant = max(0.0, tranche.plant_cost_bn_vnd - tranche.plant_spent_bn_vnd)
    return unpaid + works + plant


@kernel
def take_zone(p, levers, zone_levers, state, record, z, occupancy, month):
    """Let a developer or the state take a zone that has no operator or is offered."""
    zone = state.zones[z]
    offered = zone_levers.offered == 1 and zone.operator == codes.STATE and zone.leased_ha <= 0.0
    if zone.operator != codes.NO_OPERATOR and not offered:
        return
    if month < zone_levers.works_may_start:
        return
    if zone.operator_from >= 0:
        if month >= zone.operator_from:
            install(zone, record, z, codes.PRIVATE, month)
        return
    zone.entry_sum = zone.entry_sum + rules.entry_hazard(
        p.operator_entry_hazard,
        levers.operator_promotion,
        occupancy,
        p.entry_occupancy_reference,
        zone_margin(p, levers, state, z, month),
    )
    if zone.entry_sum >= zone.entry_threshold:
        install(zone, record, z, codes.PRIVATE, month)
        return
    waited = month - zone_levers.works_may_start
    if zone.operator == codes.NO_OPERATOR and waited >= levers.state_steps_in:
        install(zone, record, z, codes.STATE, month)


@kernel
def install(zone, record, z, operator, month):
    """Give a zone its operator."""
    zone.operator = operator
    zone.operator_month = month
    event = codes.EVENT_OPERATOR_STATE
    if operator == codes.PRIVATE:
        event = codes.EVENT_OPERATOR_PRIVATE
    log_event(record, month, codes.NOBODY, z, event, 0)


@kernel
def unit_costs(p, levers, kind, leasable_ha, gross_ha, mean_rate, month):
    """Return compensation, works and plant of an area at this month's costs [bn VND]."""
    level = money_rules.cost_level(p.cost_growth, month / 12.0)
    compensation = (
        gross_ha
        * level
        * money_rules.by_kind(
            kind, p.clearance_cost_park_bn_vnd_ha, p.clearance_cost_cluster_bn_vnd_ha
        )
    )
    works = (
        gross_ha
        * level
        * money_rules.by_kind(kind, p.works_cost_park_bn_vnd_ha, p.works_cost_cluster_bn_vnd_ha)
    )
    plant = 0.0
    if work_rules.builds_plant(kind == codes.PARK, levers.wastewater_first):
        plant = leasable_ha * mean_rate * p.plant_cost_bn_vnd_m3_day * level
    return compensation, works, plant


@kernel
def zone_margin(p, levers, state, z, month):
    """Return a developer's margin on all land of a zone not yet serviced."""
    zone = state.zones[z]
    gross = zone.gross_ha - zone.serviced_gross_ha
    leasable = zone.leasable_ha - zone.serviced_ha
    if gross <= 0.0:
        return p.margin_lo
    mean_rate = state.province[0].mean_wastewater_m3_ha_day
    compensation, works, plant = unit_costs(p, levers, zone.kind, leasable, gross, mean_rate, month)
    price = rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate)
    return rules.developer_margin(
        p.operator_price_share * price * leasable,
        compensation + works + plant,
        levers.clearance_advance * compensation + levers.cofinance_share * works,
        p.developer_hurdle,
        p.connection_penalty,
        zone.connected,
        p.margin_lo,
        p.margin_hi,
    )


@kernel
def start_tranches(p, levers, zone_levers, state, record, z, bound, month):
    """Start a zone's next tranche when it is due; return the state's works in progress."""
    zone = state.zones[z]
    if zone.operator == codes.NO_OPERATOR or month < zone_levers.works_may_start:
        return bound
    running = 0
    for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
        tranche = state.tranches[k]
        if tranche.stage == codes.IN_PROGRESS:
            running = running + 1
        if tranche.stage != codes.PLANNED:
            continue
        first = tranche.order == 0 and zone.serviced_ha <= 0.0
        if not may_start(p, levers, state, z, tranche, running, first, bound, month):
            return bound
        start_tranche(p, levers, state, zone, tranche, month)
        log_event(record, month, codes.NOBODY, z, codes.EVENT_TRANCHE_STARTED, tranche.order)
        if zone.operator == codes.STATE:
            bound = bound + tranche_remaining(levers, zone, tranche)
        return bound
    return bound


@kernel
def may_start(p, levers, state, z, tranche, running, first, bound, month):
    """Return whether a planned tranche may start: parent, need, fullness and means."""
    zone = state.zones[z]
    if zone.parent >= 0:
        parent = state.zones[zone.parent]
        full = rules.occupancy_or(parent.serviced_ha, parent.leased_ha, 0.0)
        if full < levers.expansion_rule or parent.capacity_m3_day <= 0.0:
            return False
    if first:
        return True
    if running > 0 and zone.operator == codes.PRIVATE:
        return False
    free = zone.serviced_ha - zone.reserved_ha - zone.leased_ha - zone.idle_ha
    last_year = leased_in(state, z, 12, month)
    if free >= rules.free_land_wanted(p.free_land_floor_ha, p.free_land_years, last_year):
        return False
    if rules.occupancy_or(zone.serviced_ha, zone.leased_ha, 1.0) < levers.expansion_rule:
        return False
    if zone.operator == codes.STATE:
        return bound < p.state_gate_years * levers.infrastructure_funding
    return pays(p, levers, state, z, tranche, month)


@kernel
def leased_in(state, z, months, month):
    """Return the land leased in a zone in the last months before this one [ha]."""
    total = 0.0
    for back in range(1, months + 1):
        total = total + state.lease_history[z, (month - back) % codes.LEASE_MONTHS]
    return total


@kernel
def pays(p, levers, state, z, tranche, month):
    """Return whether the next tranche pays for a private operator."""
    zone = state.zones[z]
    mean_rate = state.province[0].mean_wastewater_m3_ha_day
    compensation, works, plant = unit_costs(
        p, levers, zone.kind, tranche.leasable_ha, tranche.gross_ha, mean_rate, month
    )
    price = rules.bn_vnd_per_ha(zone.price_usd_m2_term, p.exchange_rate)
    return rules.tranche_pays(
        price * tranche.leasable_ha,
        compensation + works + plant,
        levers.clearance_advance * compensation + levers.cofinance_share * works,
        p.developer_discount_rate,
        rules.sale_years(
            p.payback_base_years,
            tranche.leasable_ha,
            leased_in(state, z, 24, month),
            money_rules.by_kind(zone.kind, p.lease_pace_park_ha_year, p.lease_pace_cluster_ha_year),
        ),
        p.payback_cost_years,
    )


@kernel
def start_tranche(p, levers, state, zone, tranche, month):
    """Set the costs of a tranche at this month's prices and put it in progress."""
    tranche.stage = codes.IN_PROGRESS
    tranche.start_month = month
    level = money_rules.cost_level(p.cost_growth, month / 12.0)
    unit = money_rules.by_kind(
        zone.kind, p.clearance_cost_park_bn_vnd_ha, p.clearance_cost_cluster_bn_vnd_ha
    )
    tranche.compensation_bn_vnd = tranche.gross_ha * unit * level
    tranche.works_cost_bn_vnd = work_rules.works_cost(
        tranche.gross_ha,
        money_rules.by_kind(zone.kind, p.works_cost_park_bn_vnd_ha, p.works_cost_cluster_bn_vnd_ha),
        level,
        p.works_overrun_sigma,
        tranche.overrun_normal,
    )
    mean_rate = state.province[0].mean_wastewater_m3_ha_day
    tranche.plant_m3_day = tranche.leasable_ha * mean_rate
    tranche.plant_cost_bn_vnd = tranche.plant_m3_day * p.plant_cost_bn_vnd_m3_day * level


@kernel
def set_price(p, zone, level):
    """Set this month's land price: by the market where private, by cost elsewhere."""
    if zone.operator != codes.PRIVATE:
        zone.price_usd_m2_term = zone.start_price_usd_m2_term * level
        return
    unit = money_rules.by_kind(
        zone.kind,
        p.clearance_cost_park_bn_vnd_ha + p.works_cost_park_bn_vnd_ha,
        p.clearance_cost_cluster_bn_vnd_ha + p.works_cost_cluster_bn_vnd_ha,
    )
    cost_per_ha = unit * level * zone.gross_ha / zone.leasable_ha
    zone.price_usd_m2_term = rules.next_private_price(
        zone.price_usd_m2_term,
        rules.occupancy_or(zone.serviced_ha, zone.leased_ha, p.price_occupancy_reference),
        p.price_growth,
        p.price_response,
        p.price_occupancy_reference,
        cost_per_ha / rules.bn_vnd_per_ha(1.0, p.exchange_rate),
    )
