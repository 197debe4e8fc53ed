"""When a zone with too much wastewater is caught or has an incident.

Not for what enforcement does to the choice of a zone (sim/rules/location.py) or to closures
(sim/rules/operation.py).
"""

import math

from sim.compiled import rule


@rule
def inspection_hazard(inspection_base, inspection_intensity):
    """Return the hazard a month that an inspection fines an overloaded zone.

    Parameters
    ----------
    inspection_base : float
        Hazard in the start year [1/month], usually 0.01-0.2.
    inspection_intensity : float
        Lever: inspection, 1 as in the start year [0.1..10].

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: an overloaded zone is inspected every twenty months; no count found.

    Examples
    --------
    >>> inspection_hazard(0.05, 2.0)
    0.1
    """
    return inspection_base * inspection_intensity


@rule
def incident_hazard_of(
    incident_hazard, load_m3_day, capacity_m3_day, incident_ratio_cap, inspection_intensity
):
    """Return the hazard a month of an incident in an overloaded zone.

    Parameters
    ----------
    incident_hazard : float
        Incidents a year at load equal to capacity [1/year], usually 0-0.1.
    load_m3_day : float
        Wastewater of operating tenants [m3/day], from 0.
    capacity_m3_day : float
        Capacity of the plant [m3/day], from 0; below 1 it counts as 1.
    incident_ratio_cap : float
        Load over capacity beyond which it makes no difference [1], usually 3.
    inspection_intensity : float
        Lever: inspection, 1 as in the start year [0.1..10].

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: all of it; no counts of incidents found. Inspection deters with diminishing effect.

    Examples
    --------
    >>> round(incident_hazard_of(0.03, 2000.0, 1000.0, 3.0, 4.0), 6)
    0.0025
    """
    ratio = min(incident_ratio_cap, load_m3_day / max(1.0, capacity_m3_day))
    return incident_hazard / 12.0 * ratio / math.sqrt(inspection_intensity)
