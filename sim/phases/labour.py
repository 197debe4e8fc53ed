"""Phase 11: jobs, wages and commuters of each district."""

import math

from sim.compiled import phase
from sim.rules import labour as rules


@phase
def labour(fixed, state, month):
    """Count jobs and move wages and labour supply.

    Order: zones, then districts by index.
    Reads: zone jobs, which phase 10 added up over tenants; parameters.
    Writes: district jobs, wage, log_wage, supply.
    """
    p = fixed.parameters[0]
    zones = state.zones
    districts = state.districts
    for d in range(districts.shape[0]):
        districts[d].jobs = 0.0
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
