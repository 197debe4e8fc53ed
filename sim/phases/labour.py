"""Phase 11: jobs, wages and commuters of each district."""

import math

from sim.compiled import phase
from sim.rules import labour as rules
from sim.rules import operation as operation_rules
from sim.schema import codes


@phase
def labour(fixed, state, month):
    """Count jobs and move wages and labour supply.

    Order: investors by index, then districts by index.
    Reads: investors, parameters.
    Writes: zone jobs; district jobs, wage, log_wage, supply.
    """
    p = fixed.parameters[0]
    zones = state.zones
    districts = state.districts
    for z in range(zones.shape[0]):
        zones[z].jobs = 0.0
    for d in range(districts.shape[0]):
        districts[d].jobs = 0.0
    for position in range(state.province[0].active):
        investor = state.investors[state.active[position]]
        if investor.stage == codes.OPERATING:
            output = operation_rules.ramp(month - investor.open_month, p.ramp_months)
            zone = zones[investor.zone]
            zone.jobs = zone.jobs + investor.land_ha * investor.workers_ha * output
    for z in range(zones.shape[0]):
        district = districts[zones[z].district]
        district.jobs = district.jobs + zones[z].jobs
    for d in range(districts.shape[0]):
        district = districts[d]
        tight = rules.tightness(p.outside_jobs_share, district.jobs, district.supply)
        base = district.population * p.labour_participation
        district.wage = rules.next_wage(
            district.wage, p.wage_response, tight, p.tightness_reference
        )
        district.log_wage = math.log(district.wage)
        district.supply = rules.next_supply(
            district.supply, base, district.wage, p.commuter_elasticity, p.commuter_months
        )
