"""Put a run back to month 0 and run months: used by both doors."""

from __future__ import annotations

import numpy as np

from sim import luck as draws
from sim import shocks
from sim.audit import audit_month, describe
from sim.compiled import entry, kernel
from sim.errors import AuditError
from sim.initial import Start
from sim.phases.construction import draw_tenant_luck
from sim.phases.tenancy import log_zone_tenants, move_in
from sim.phases.terms import line_up_fixtures
from sim.rules import funding as money_rules
from sim.rules import works as work_rules
from sim.schema import codes, copy_rows
from sim.state import Luck, Policy, Record, State
from sim.step import step
from sim.world import World

# How often the audit adds up investors afresh [months]. A sum that is wrong stays so.
MONTHLY, YEARLY = 1, 12


def begin(start: Start, luck: Luck, state: State, record: Record) -> None:
    """Put a run back to month 0 with the luck of a replicate.

    Parameters
    ----------
    start : Start
        Month 0.
    luck : Luck
        Of the replicate.
    state : State
        Written to.
    record : Record
        Its event log is emptied.
    """
    copy_rows(state.zones, start.zones)
    copy_rows(state.tranches, start.land.tranches)
    copy_rows(state.investors[: len(start.tenants)], start.tenants)
    copy_rows(state.offices, start.offices)
    copy_rows(state.districts, start.districts)
    copy_rows(state.province, start.province)
    state.sector_tenants[:] = start.sector_tenants
    state.origin_tenants[:] = start.origin_tenants
    for blank in (state.lease_history, state.book, state.wanted, state.gone, state.sitting_gone):
        blank.fill(0)
    state.closing_clock.fill(0.0)
    state.utility_month.fill(-1)
    state.known_promotion.fill(-1.0)  # no promotion is negative: all chances are to be set
    state.closing_log_wage.fill(np.nan)  # equal to no wage: all hazards are to be set
    state.next_arrival[:] = luck.offset[:-1]
    state.next_likely[:] = luck.offset[:-1]
    state.settled[: len(start.tenants)] = np.arange(len(start.tenants))
    record.event_count[0] = 0
    draw_start_luck(start.fixed, luck, state, start.land.cleared, start.land.works_share)


@entry
def draw_start_luck(fixed, luck, state, cleared, works_share):
    """Draw the luck of zones, tranches, blocks and sitting tenants, who begin with it.

    Also set what never changes in a run and what months only keep up to date.
    """
    line_up_fixtures(fixed.parameters[0], state)
    for z in range(state.zones.shape[0]):
        log_zone_tenants(fixed, state, z)
        zone = state.zones[z]
        zone.entry_threshold = draws.event_luck(luck, shocks.OPERATOR_ENTRY, 0, 0, zone.key, 0)
        zone.inspection_threshold = draws.event_luck(luck, shocks.INSPECTION, 0, 0, zone.key, 0)
        zone.incident_threshold = draws.event_luck(luck, shocks.INCIDENT, 0, 0, zone.key, 0)
    for k in range(state.tranches.shape[0]):
        draw_tranche_luck(fixed, luck, state, k, cleared, works_share[k])
    for i in range(state.province[0].investors):
        draw_tenant_luck(luck, state.investors[i])
        state.call_month[i] = 0
        if state.investors[i].open_month < 0:
            move_in(fixed, state, i, -1)  # at the end of the month before


@kernel
def draw_tranche_luck(fixed, luck, state, k, cleared, works_share):
    """Draw the blocks and the overrun of a tranche; set the works of one begun before month 0."""
    tranche = state.tranches[k]
    zone = state.zones[tranche.zone]
    tranche.overrun_normal = shocks.normal(
        luck.seed, shocks.OVERRUN, luck.replicate, tranche.order, zone.key, 0
    )
    for n in range(tranche.blocks):
        block = tranche.first_block + n
        state.blocks[block] = 0.0
        if cleared[block] == 0:
            state.blocks[block] = shocks.exponential(
                luck.seed, shocks.BLOCK, luck.replicate, tranche.order, zone.key, n
            )
    if tranche.stage != codes.IN_PROGRESS:
        return
    p = fixed.parameters[0]
    tranche.works_cost_bn_vnd = work_rules.works_cost(
        tranche.gross_ha,
        money_rules.by_kind(zone.kind, p.works_cost_park_bn_vnd_ha, p.works_cost_cluster_bn_vnd_ha),
        1.0,
        p.works_overrun_sigma,
        tranche.overrun_normal,
    )
    tranche.works_done_bn_vnd = works_share * tranche.works_cost_bn_vnd
    tranche.works_spent_bn_vnd = tranche.works_done_bn_vnd
    mean_rate = state.province[0].mean_wastewater_m3_ha_day
    tranche.plant_m3_day = tranche.leasable_ha * mean_rate
    tranche.plant_cost_bn_vnd = tranche.plant_m3_day * p.plant_cost_bn_vnd_m3_day


@entry
def run_months(fixed, policy, luck, state, record, first, last, sums_every):
    """Run months first to last - 1; return the law broken, the zone and the month, or -1s.

    The audit adds up investors afresh every so many months, and in the last one.
    """
    for month in range(first, last):
        step(fixed, policy, luck, state, record, month)
        with_sums = month % sums_every == sums_every - 1 or month == last - 1
        law, zone = audit_month(state, with_sums)
        if law >= 0:
            return law, zone, month
    return -1, -1, -1


def run_lawfully(
    world: World,
    start: Start,
    policy: Policy,
    luck: Luck,
    state: State,
    record: Record,
    *,
    name: str,
    first: int = 0,
    last: int | None = None,
) -> None:
    """Run months first to last - 1 and make sure that each obeys the laws.

    Parameters
    ----------
    world : World
        The province, for the text of an error.
    start : Start
        Month 0 of the run.
    policy : Policy
        The levers.
    luck : Luck
        Of the replicate.
    state, record : State, Record
        At month `first`; written to.
    name : str
        Of the policy, for the text of an error.
    first, last : int
        By default all months.

    Raises
    ------
    AuditError
        If a month breaks a law of the model; it names run, month, zone and law. To find the first
        such month, several months are then run again from month 0 on.
    """
    last = start.months if last is None else last
    tables = (start.fixed, policy, luck, state, record)
    found = run_months(*tables, first, last, YEARLY)
    if found[0] >= 0 and last > first + 1:  # again, to name the month in which it first broke
        begin(start, luck, state, record)
        again = run_months(*tables, 0, last, MONTHLY)
        found = again if again[0] >= 0 else found
    law, zone, month = found
    if law >= 0:
        run = (name, luck.seed, luck.replicate)
        raise AuditError(describe(world, law=law, zone=zone, month=month, run=run))
