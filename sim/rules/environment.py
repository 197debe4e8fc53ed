"""When a zone with too much wastewater is caught or has an incident."""

import math

from sim.compiled import rule


@rule
def inspection_hazard(inspection_base, inspection_intensity):
    """Return the hazard a month that an inspection fines an overloaded zone."""
    return inspection_base * inspection_intensity


@rule
def incident_hazard_of(
    incident_hazard, load_m3_day, capacity_m3_day, incident_ratio_cap, inspection_intensity
):
    """Return the hazard a month of an incident in an overloaded zone."""
    ratio = min(incident_ratio_cap, load_m3_day / max(1.0, capacity_m3_day))
    return incident_hazard / 12.0 * ratio / math.sqrt(inspection_intensity)
