"""Phase 12: wastewater loads, inspections and incidents."""

from sim import luck as draws
from sim import shocks
from sim.compiled import kernel, phase
from sim.phases.log import log_event
from sim.rules import construction as time_rules
from sim.rules import environment as rules
from sim.schema import codes


@phase
def environment(fixed, policy, luck, state, record, month):
    """Inspect where last month's load exceeds capacity, suffer incidents, measure loads anew.

    Order: zones by index.
    Reads: levers, parameters, luck, zone operating_m3_day.
    Writes: zone load_m3_day, caught_until, inspection_ and incident_ columns, new_bad.
    """
    zones = state.zones
    for z in range(zones.shape[0]):
        if zones[z].load_m3_day > zones[z].capacity_m3_day:
            inspect(fixed, policy, luck, state, record, z, month)
            suffer(fixed, policy, luck, state, record, z, month)
        zones[z].load_m3_day = max(0.0, zones[z].operating_m3_day)


@kernel
def inspect(fixed, policy, luck, state, record, z, month):
    """Raise an overloaded zone's hazard of inspection; catch it when its luck is reached."""
    p = fixed.parameters[0]
    zone = state.zones[z]
    zone.inspection_sum = zone.inspection_sum + rules.inspection_hazard(
        p.inspection_base, policy.levers[month].inspection_intensity
    )
    if zone.inspection_sum < zone.inspection_threshold:
        return
    zone.inspections = zone.inspections + 1
    zone.inspection_threshold = zone.inspection_threshold + draws.event_luck(
        luck, shocks.INSPECTION, zone.inspections, 0, zone.key, 0
    )
    zone.caught_until = month + 1 + time_rules.whole_months(p.fine_months)
    log_event(record, month, codes.NOBODY, z, codes.EVENT_FINED, zone.inspections)


@kernel
def suffer(fixed, policy, luck, state, record, z, month):
    """Raise an overloaded zone's hazard of an incident; count it when its luck is reached."""
    p = fixed.parameters[0]
    zone = state.zones[z]
    zone.incident_sum = zone.incident_sum + rules.incident_hazard_of(
        p.incident_hazard,
        zone.load_m3_day,
        zone.capacity_m3_day,
        p.incident_ratio_cap,
        policy.levers[month].inspection_intensity,
    )
    if zone.incident_sum < zone.incident_threshold:
        return
    zone.incidents = zone.incidents + 1
    zone.incident_threshold = zone.incident_threshold + draws.event_luck(
        luck, shocks.INCIDENT, zone.incidents, 0, zone.key, 0
    )
    zone.new_bad = zone.new_bad + p.incident_bad
    log_event(record, month, codes.NOBODY, z, codes.EVENT_INCIDENT, zone.incidents)
