"""Phase 4: works and plants are built and finished tranches open."""

import math

from sim.compiled import kernel, phase
from sim.phases.log import log_event
from sim.rules import works as rules
from sim.schema import codes


@phase
def works(fixed, policy, state, record, month):
    """Build on cleared land, finish plants and open tranches.

    Order: missing plants by zone, then tranches by index.
    Reads: levers, parameters, tranche plan_ and given_ columns.
    Writes: tranche works_, plant_, idle_months, stage, open_month; zone serviced_ha,
        serviced_gross_ha, capacity_m3_day, public_ and private_ money, new_good, new_bad.
    """
    p = fixed.parameters[0]
    levers = policy.levers[month]
    finish_missing_plants(p, state, record, month)
    for k in range(state.tranches.shape[0]):
        tranche = state.tranches[k]
        if tranche.stage == codes.PLANNED:
            continue
        zone = state.zones[tranche.zone]
        build_works(p, tranche, zone)
        build_plant(p, tranche, zone, record, month)
        if tranche.stage == codes.IN_PROGRESS:
            open_if_finished(p, levers, tranche, zone, record, month)


@kernel
def finish_missing_plants(p, state, record, month):
    """Add the capacity of plants for serviced land that are paid up."""
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        paid = rules.is_paid_up(zone.plant_spent_bn_vnd, zone.plant_cost_bn_vnd)
        if zone.plant_spent_bn_vnd > 0.0 and paid:
            zone.capacity_m3_day = zone.capacity_m3_day + zone.plant_target_m3_day
            zone.plant_spent_bn_vnd = 0.0
            zone.plant_cost_bn_vnd = 0.0
            zone.new_good = zone.new_good + p.plant_good
            log_event(record, month, codes.NOBODY, z, codes.EVENT_PLANT_BUILT, 0)


@kernel
def build_works(p, tranche, zone):
    """Spend the month's works money, or let resting works decay."""
    if tranche.stage != codes.IN_PROGRESS:
        return
    if zone.operator == codes.STATE:
        public = tranche.given_works_bn_vnd
        private = 0.0
    else:
        public = tranche.given_cofinance_bn_vnd
        private = tranche.plan_works_bn_vnd - public
    built = public + private
    zone.private_bn_vnd = zone.private_bn_vnd + private
    if zone.operator == codes.STATE:
        zone.public_works_bn_vnd = zone.public_works_bn_vnd + public
    else:
        zone.public_cofinance_bn_vnd = zone.public_cofinance_bn_vnd + public
    if built > 0.0:
        tranche.works_done_bn_vnd = tranche.works_done_bn_vnd + built
        tranche.works_spent_bn_vnd = tranche.works_spent_bn_vnd + built
        tranche.idle_months = 0
        return
    if tranche.works_done_bn_vnd > 0.0 and tranche.plan_works_bn_vnd > 0.0:
        tranche.idle_months = tranche.idle_months + 1
        tranche.works_done_bn_vnd = rules.works_left_after_rest(
            tranche.works_done_bn_vnd,
            tranche.idle_months,
            p.idle_grace_months,
            p.idle_decay,
        )
        if tranche.idle_months % int(math.ceil(p.works_idle_months)) == 0:
            zone.new_bad = zone.new_bad + 1.0


@kernel
def build_plant(p, tranche, zone, record, month):
    """Spend the month's plant money; a finished plant adds its capacity."""
    if tranche.plant_built == 1:
        return
    if zone.operator == codes.STATE:
        built = tranche.given_plant_bn_vnd
        zone.public_plant_bn_vnd = zone.public_plant_bn_vnd + built
    else:
        built = tranche.plan_plant_bn_vnd
        zone.private_bn_vnd = zone.private_bn_vnd + built
    if built <= 0.0:
        return
    tranche.plant_spent_bn_vnd = tranche.plant_spent_bn_vnd + built
    if rules.is_paid_up(tranche.plant_spent_bn_vnd, tranche.plant_cost_bn_vnd):
        tranche.plant_built = 1
        zone.capacity_m3_day = zone.capacity_m3_day + tranche.plant_m3_day
        zone.new_good = zone.new_good + p.plant_good
        log_event(record, month, codes.NOBODY, tranche.zone, codes.EVENT_PLANT_BUILT, 1)


@kernel
def open_if_finished(p, levers, tranche, zone, record, month):
    """Turn a finished tranche into serviced land; note one that is late."""
    if rules.opens(
        tranche.blocks_cleared == tranche.blocks,
        rules.is_paid_up(tranche.works_done_bn_vnd, tranche.works_cost_bn_vnd),
        tranche.plant_built == 1,
        levers.wastewater_first,
    ):
        tranche.stage = codes.SERVICED
        tranche.open_month = month
        zone.serviced_ha = zone.serviced_ha + tranche.leasable_ha
        zone.serviced_gross_ha = zone.serviced_gross_ha + tranche.gross_ha
        zone.new_good = zone.new_good + 1.0
        log_event(
            record, month, codes.NOBODY, tranche.zone, codes.EVENT_TRANCHE_SERVICED, tranche.order
        )
        return
    late = month - tranche.start_month - int(math.ceil(p.land_late_months))
    if late >= 0 and late % 12 == 0:
        zone.new_bad = zone.new_bad + 1.0
