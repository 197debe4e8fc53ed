"""Phase 2: the month's public money, who asks for it and who gets it."""

from sim.compiled import kernel, phase
from sim.phases.asking import ask_for_money
from sim.phases.sorting import sort_by_key
from sim.rules import funding as rules
from sim.schema import codes


@phase
def funding(fixed, policy, state, month):
    """Share the month's money among the places where land is stuck.

    Order: asks by zone, tranches by index; gifts by the allocation rule, ties to the lowest zone.
    Reads: levers, zone levers, parameters, tranches.
    Writes: tranche due_, plan_, ask_ and given_ columns; zone ask_, given_, remaining_;
        zone connected, public_connection_bn_vnd, plant_spent_bn_vnd; province purse_in_bn_vnd,
        carried_bn_vnd, carried_wastewater_bn_vnd, unspent_bn_vnd.
    """
    levers = policy.levers[month]
    zone_levers = policy.zone_levers[month]
    ask_for_money(fixed, levers, zone_levers, state, month)
    province = state.province[0]
    p = fixed.parameters[0]
    money = rules.money_of_month(
        levers.infrastructure_funding,
        levers.reinvestment_share,
        p.province_share,
        province.revenue_last_year_bn_vnd,
    )
    available = province.carried_bn_vnd + money
    share_money(levers, zone_levers, state, available)
    given = 0.0
    for z in range(state.zones.shape[0]):
        given = given + state.zones[z].given_bn_vnd
    province.carried_bn_vnd = max(0.0, available - given)
    hand_out(fixed, state, month)
    plants = levers.wastewater_funding / 12.0
    build_missing_plants(fixed, state, province.carried_wastewater_bn_vnd + plants, month)
    province.purse_in_bn_vnd = province.purse_in_bn_vnd + money + plants
    if (fixed.start_month_of_year + month) % 12 == 11:
        left = province.carried_bn_vnd + province.carried_wastewater_bn_vnd
        province.unspent_bn_vnd = province.unspent_bn_vnd + left
        province.carried_bn_vnd = 0.0
        province.carried_wastewater_bn_vnd = 0.0


@kernel
def share_money(levers, zone_levers, state, available):
    """Split the money between parks and clusters and, on each side, among zones."""
    zones = state.zones
    asked_parks = 0.0
    asked_clusters = 0.0
    for z in range(zones.shape[0]):
        if zones[z].kind == codes.PARK:
            asked_parks = asked_parks + zones[z].ask_bn_vnd
        else:
            asked_clusters = asked_clusters + zones[z].ask_bn_vnd
    for_parks = available * levers.park_share
    for_clusters = available - for_parks
    parks = rules.side_gift(asked_parks, for_parks, asked_clusters, for_clusters)
    clusters = rules.side_gift(asked_clusters, for_clusters, asked_parks, for_parks)
    if levers.allocation == codes.EVEN:
        share_evenly(zones, codes.PARK, parks, asked_parks)
        share_evenly(zones, codes.CLUSTER, clusters, asked_clusters)
        return
    asking = set_giving_order(levers, zone_levers, state)
    for position in range(asking):
        zone = zones[state.order[position]]
        if zone.kind == codes.PARK:
            zone.given_bn_vnd = min(zone.ask_bn_vnd, parks)
            parks = parks - zone.given_bn_vnd
        else:
            zone.given_bn_vnd = min(zone.ask_bn_vnd, clusters)
            clusters = clusters - zone.given_bn_vnd


@kernel
def share_evenly(zones, kind, money, asked):
    """Give every zone of a kind the same share of what it asks."""
    share = 1.0
    if asked > money:
        share = money / asked
    for z in range(zones.shape[0]):
        if zones[z].kind == kind:
            zones[z].given_bn_vnd = zones[z].ask_bn_vnd * share


@kernel
def set_giving_order(levers, zone_levers, state):
    """List the zones that ask in state.order as the allocation rule serves them; count them."""
    zones = state.zones
    keys = state.keys
    asking = 0
    for z in range(zones.shape[0]):
        if zones[z].ask_bn_vnd <= 0.0:
            continue
        keys[z] = zones[z].remaining_bn_vnd
        if levers.allocation == codes.BY_DEMAND:
            keys[z] = -zones[z].unmet_ha / max(1e-9, zones[z].remaining_bn_vnd)
        state.order[asking] = z
        asking = asking + 1
    order = state.order[:asking]
    sort_by_key(order, keys, state.merged)
    if levers.allocation == codes.PRIORITY_LIST:
        for position in range(asking):
            z = order[position]
            rank = zone_levers[z].priority_rank
            keys[z] = rank if rank > 0 else zones.shape[0] + 1
        sort_by_key(order, keys, state.merged)
    return asking


@kernel
def hand_out(fixed, state, month):
    """Spread a zone's money: clearance, connections, works, plants, co-finance."""
    p = fixed.parameters[0]
    level = rules.cost_level(p.cost_growth, month / 12.0)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        left = zone.given_bn_vnd
        if left <= 0.0:
            continue
        left = give_clearance(state.tranches, zone, left)
        left = give_connection(p, zone, level, left)
        left = give_works(state.tranches, zone, left)
        # Rounding can leave a remainder of some 1e-15; it is returned to the purse.
        zone.given_bn_vnd = zone.given_bn_vnd - left
        state.province[0].carried_bn_vnd = state.province[0].carried_bn_vnd + left


@kernel
def give_clearance(tranches, zone, left):
    """Give a zone's tranches money for compensation; return what is left."""
    for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
        tranche = tranches[k]
        tranche.given_clearance_bn_vnd = min(left, tranche.ask_clearance_bn_vnd)
        left = left - tranche.given_clearance_bn_vnd
    return left


@kernel
def give_connection(p, zone, level, left):
    """Spend on a zone's connections; return what is left."""
    given = min(left, zone.ask_connection_bn_vnd)
    zone.public_connection_bn_vnd = zone.public_connection_bn_vnd + given
    cost = p.connection_cost_bn_vnd_ha * zone.gross_ha * level
    if cost > 0.0:
        zone.connected = min(1.0, zone.connected + given / cost)
    return left - given


@kernel
def give_works(tranches, zone, left):
    """Give a zone's tranches money for works, then plants, then co-finance; return what is left."""
    first = zone.first_tranche
    last = first + zone.tranches
    for k in range(first, last):
        tranche = tranches[k]
        tranche.given_works_bn_vnd = min(left, tranche.ask_works_bn_vnd)
        left = left - tranche.given_works_bn_vnd
    for k in range(first, last):
        tranche = tranches[k]
        tranche.given_plant_bn_vnd = min(left, tranche.ask_plant_bn_vnd)
        left = left - tranche.given_plant_bn_vnd
    for k in range(first, last):
        tranche = tranches[k]
        tranche.given_cofinance_bn_vnd = min(left, tranche.ask_cofinance_bn_vnd)
        left = left - tranche.given_cofinance_bn_vnd
    return left


@kernel
def build_missing_plants(fixed, state, money, month):
    """Spend the wastewater purse where serviced land has no plant, cheapest to finish first."""
    if money <= 0.0:
        return
    p = fixed.parameters[0]
    zones = state.zones
    keys = state.keys
    lacking = 0
    level = rules.cost_level(p.cost_growth, month / 12.0)
    mean_rate = state.province[0].mean_wastewater_m3_ha_day
    for z in range(zones.shape[0]):
        zone = zones[z]
        wanted = zone.serviced_ha > 0.0 and zone.capacity_m3_day <= 0.0
        if zone.plant_spent_bn_vnd > 0.0:
            keys[z] = zone.plant_cost_bn_vnd - zone.plant_spent_bn_vnd
        elif wanted:
            zone.plant_target_m3_day = zone.serviced_ha * mean_rate
            zone.plant_cost_bn_vnd = zone.plant_target_m3_day * p.plant_cost_bn_vnd_m3_day * level
            keys[z] = zone.plant_cost_bn_vnd
        else:
            continue
        state.order[lacking] = z
        lacking = lacking + 1
    order = state.order[:lacking]
    sort_by_key(order, keys, state.merged)
    left = money
    for position in range(lacking):
        if left <= 0.0:
            break
        zone = zones[order[position]]
        paid = min(
            left,
            rules.work_possible(
                zone.plant_cost_bn_vnd, zone.plant_spent_bn_vnd, 1.0, p.plant_months
            ),
        )
        left = left - paid
        zone.plant_spent_bn_vnd = zone.plant_spent_bn_vnd + paid
        zone.public_plant_bn_vnd = zone.public_plant_bn_vnd + paid
    state.province[0].carried_wastewater_bn_vnd = left
