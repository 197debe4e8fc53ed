"""Phase 3: compensation is paid in and household blocks clear."""

from sim.compiled import kernel, phase
from sim.phases.log import log_event
from sim.rules import clearance as rules
from sim.schema import codes


@phase
def clearance(fixed, policy, state, record, month):
    """Pay compensation into the accounts of tranches and clear the blocks whose time has come.

    Order: tranches by index, blocks by index.
    Reads: levers, parameters, tranche due_ and given_ columns, blocks.
    Writes: tranche held_public_bn_vnd, held_private_bn_vnd, owed_bn_vnd, clearance_sum,
        clearance_share, blocks_cleared; zone cleared_gross_ha, public_clearance_bn_vnd,
        private_bn_vnd.
    """
    p = fixed.parameters[0]
    levers = policy.levers[month]
    for k in range(state.tranches.shape[0]):
        tranche = state.tranches[k]
        if tranche.stage == codes.PLANNED:
            continue
        zone = state.zones[tranche.zone]
        own = 0.0
        if zone.operator == codes.PRIVATE:
            own = rules.operator_compensation(
                p.operator_on_time_share, levers.clearance_advance, tranche.due_bn_vnd
            )
        tranche.held_public_bn_vnd = tranche.held_public_bn_vnd + tranche.given_clearance_bn_vnd
        tranche.held_private_bn_vnd = tranche.held_private_bn_vnd + own
        zone.private_bn_vnd = zone.private_bn_vnd + own
        tranche.clearance_share = rules.paid_share(
            tranche.given_clearance_bn_vnd, own, tranche.due_bn_vnd
        )
        allowed = month >= policy.zone_levers[month, tranche.zone].works_may_start
        if allowed and tranche.blocks_cleared < tranche.blocks:
            clear_blocks(p, levers, state, record, k, month)
        pay_households(tranche, zone)


@kernel
def clear_blocks(p, levers, state, record, k, month):
    """Raise a tranche's clearance hazard and clear each block whose luck it reaches."""
    tranche = state.tranches[k]
    tranche.clearance_sum = tranche.clearance_sum + rules.clearance_hazard(
        levers.clearance_effort, p.clearance_months, tranche.clearance_share
    )
    cleared = 0
    for block in range(tranche.first_block, tranche.first_block + tranche.blocks):
        if state.blocks[block] <= tranche.clearance_sum:
            cleared = cleared + 1
    new = cleared - tranche.blocks_cleared
    if new <= 0:
        return
    tranche.blocks_cleared = cleared
    tranche.owed_bn_vnd = tranche.owed_bn_vnd + tranche.compensation_bn_vnd / tranche.blocks * new
    zone = state.zones[tranche.zone]
    zone.cleared_gross_ha = zone.cleared_gross_ha + tranche.gross_ha / tranche.blocks * new
    log_event(record, month, codes.NOBODY, tranche.zone, codes.EVENT_BLOCK_CLEARED, new)


@kernel
def pay_households(tranche, zone):
    """Pay what is owed from the account, public and private money in proportion."""
    held = tranche.held_public_bn_vnd + tranche.held_private_bn_vnd
    paid = min(tranche.owed_bn_vnd, held)
    if paid <= 0.0:
        return
    public = paid * (tranche.held_public_bn_vnd / held)
    tranche.held_public_bn_vnd = max(0.0, tranche.held_public_bn_vnd - public)
    tranche.held_private_bn_vnd = max(0.0, tranche.held_private_bn_vnd - (paid - public))
    tranche.owed_bn_vnd = max(0.0, tranche.owed_bn_vnd - paid)
    zone.public_clearance_bn_vnd = zone.public_clearance_bn_vnd + public
