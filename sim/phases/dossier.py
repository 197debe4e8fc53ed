"""A dossier from application to withdrawal: what it weighs and what it reserves."""

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel
from sim.phases.log import log_event
from sim.phases.stages import enlist
from sim.rules import licensing as rules
from sim.schema import codes


@kernel
def announced_for(p, sector, land_ha, statutory_days):
    """Return the announced months of a project's procedure at a multiple of statutory days."""
    days = rules.statutory_days_of(
        land_ha,
        sector.pollution,
        p.registration_days,
        p.approval_days,
        p.environment_days,
        p.approval_land_ha,
        p.pollution_threshold,
    )
    return rules.announced_months(days, statutory_days, p.overrun)


@kernel
def apply_at(fixed, policy, luck, state, record, i, z, month):
    """File a dossier at a zone: weigh it by this month's levers and reserve its land."""
    p = fixed.parameters[0]
    investor = state.investors[i]
    sector = fixed.sectors[investor.sector]
    zone = state.zones[z]
    investor.zone = z
    investor.stage = codes.APPLIED
    investor.stage_month = month
    investor.applied_time = max(investor.arrival_time, month * 1.0)
    investor.dossiers = investor.dossiers + 1
    investor.work_done_time = -1.0
    row = draws.draws_of(luck, fixed.segments, investor)
    weigh_dossier(p, policy.levers[month], sector, luck.draws[row], investor)
    # Whoever applies again has left before; each departure has luck of its own.
    investor.leave_threshold = investor.leave_threshold + draws.event_luck(
        luck,
        shocks.LEAVE,
        investor.leaves,
        investor.shock_segment,
        investor.shock_zone,
        investor.number,
    )
    zone.reserved_ha = zone.reserved_ha + investor.land_ha
    zone.committed_m3_day = zone.committed_m3_day + sector.wastewater_m3_ha_day * investor.land_ha
    state.province[0].applied = enlist(state.applied, state.province[0].applied, i)
    log_event(record, month, i, z, codes.EVENT_APPLIED, investor.dossiers)


@kernel
def weigh_dossier(p, levers, sector, draw, investor):
    """Set the work, the returned rounds and the times of a dossier by this month's levers."""
    hours = rules.dossier_work(
        p.dossier_hours,
        p.dossier_hours_sigma,
        draw.hours_normal,
        p.dossier_hours_land,
        investor.land_ha,
        rules.environment_factor(
            sector.pollution,
            p.pollution_threshold,
            p.environment_hours_factor,
            levers.appraisal_depth,
        ),
    )
    probability = rules.return_probability(p.rework_probability, levers.rework)
    investor.rounds = rules.rounds_returned(draw.rework_uniform, probability)
    investor.hours = rules.work_with_rounds(hours, investor.rounds, p.rework_hours_share)
    announced = announced_for(p, sector, investor.land_ha, levers.statutory_days)
    investor.required_months = announced + investor.rounds * p.rework_months
    investor.promised_months = announced_for(p, sector, investor.land_ha, 1.0)


@kernel
def withdraw(fixed, state, i):
    """Give back the land and the wastewater that a dossier reserved."""
    investor = state.investors[i]
    zone = state.zones[investor.zone]
    rate = fixed.sectors[investor.sector].wastewater_m3_ha_day
    zone.reserved_ha = max(0.0, zone.reserved_ha - investor.land_ha)
    zone.committed_m3_day = max(0.0, zone.committed_m3_day - rate * investor.land_ha)
