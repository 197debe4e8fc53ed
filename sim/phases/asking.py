"""What every zone and tranche could use of the month's money and asks the public for."""

from sim.compiled import kernel
from sim.rules import funding as rules
from sim.rules import works as work_rules
from sim.schema import codes


@kernel
def ask_for_money(fixed, levers, zone_levers, state, month):
    """Set what every zone and tranche could use this month and asks the public for."""
    p = fixed.parameters[0]
    level = rules.cost_level(p.cost_growth, month / 12.0)
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.ask_bn_vnd = 0.0
        zone.given_bn_vnd = 0.0
        zone.remaining_bn_vnd = 0.0
        zone.ask_connection_bn_vnd = 0.0
        allowed = month >= zone_levers[z].works_may_start
        if allowed:
            cost = p.connection_cost_bn_vnd_ha * zone.gross_ha * level
            zone.ask_connection_bn_vnd = rules.connection_possible(
                zone.connected, cost, p.connection_months
            )
            zone.ask_bn_vnd = zone.ask_connection_bn_vnd
            zone.remaining_bn_vnd = max(0.0, cost * (1.0 - zone.connected))
        for k in range(zone.first_tranche, zone.first_tranche + zone.tranches):
            ask_for_tranche(p, levers, zone, state.tranches[k], allowed)


@kernel
def ask_for_tranche(p, levers, zone, tranche, allowed):
    """Set what one tranche could use this month and asks the public for."""
    clear_asks(tranche)
    if tranche.stage == codes.PLANNED or not allowed:
        return
    cleared = tranche.blocks_cleared / tranche.blocks
    uncleared = tranche.compensation_bn_vnd * (1.0 - cleared)
    held = tranche.held_public_bn_vnd + tranche.held_private_bn_vnd
    tranche.due_bn_vnd = rules.compensation_due(
        uncleared, held, tranche.owed_bn_vnd, levers.clearance_effort, p.clearance_months
    )
    works_left = 0.0
    if tranche.stage == codes.IN_PROGRESS:
        tranche.plan_works_bn_vnd = rules.work_possible(
            tranche.works_cost_bn_vnd, tranche.works_done_bn_vnd, cleared, p.works_months
        )
        works_left = max(0.0, tranche.works_cost_bn_vnd - tranche.works_done_bn_vnd)
    plant_left = plan_plant(p, levers, zone, tranche, cleared)
    unpaid = max(0.0, uncleared + tranche.owed_bn_vnd - held)
    if zone.operator == codes.STATE:
        tranche.ask_clearance_bn_vnd = tranche.due_bn_vnd
        tranche.ask_works_bn_vnd = tranche.plan_works_bn_vnd
        tranche.ask_plant_bn_vnd = tranche.plan_plant_bn_vnd
        remaining = unpaid + works_left + plant_left
    else:
        tranche.ask_clearance_bn_vnd = levers.clearance_advance * tranche.due_bn_vnd
        tranche.ask_cofinance_bn_vnd = levers.cofinance_share * tranche.plan_works_bn_vnd
        remaining = levers.clearance_advance * unpaid + levers.cofinance_share * works_left
    zone.ask_bn_vnd = (
        zone.ask_bn_vnd
        + tranche.ask_clearance_bn_vnd
        + tranche.ask_works_bn_vnd
        + tranche.ask_plant_bn_vnd
        + tranche.ask_cofinance_bn_vnd
    )
    zone.remaining_bn_vnd = zone.remaining_bn_vnd + remaining


@kernel
def plan_plant(p, levers, zone, tranche, cleared):
    """Set what could be built of a tranche's plant this month; return what it still costs."""
    builds = work_rules.builds_plant(zone.kind == codes.PARK, levers.wastewater_first)
    if tranche.plant_built == 1 or not builds:
        return 0.0
    tranche.plan_plant_bn_vnd = rules.work_possible(
        tranche.plant_cost_bn_vnd, tranche.plant_spent_bn_vnd, cleared, p.plant_months
    )
    return max(0.0, tranche.plant_cost_bn_vnd - tranche.plant_spent_bn_vnd)


@kernel
def clear_asks(tranche):
    """Blank what a tranche asked for and was given last month."""
    tranche.due_bn_vnd = 0.0
    tranche.plan_works_bn_vnd = 0.0
    tranche.plan_plant_bn_vnd = 0.0
    tranche.ask_clearance_bn_vnd = 0.0
    tranche.ask_works_bn_vnd = 0.0
    tranche.ask_plant_bn_vnd = 0.0
    tranche.ask_cofinance_bn_vnd = 0.0
    tranche.given_clearance_bn_vnd = 0.0
    tranche.given_works_bn_vnd = 0.0
    tranche.given_plant_bn_vnd = 0.0
    tranche.given_cofinance_bn_vnd = 0.0
