"""How wages and commuters answer to jobs."""

import math

from sim.compiled import rule


@rule
def tightness(outside_jobs_share, jobs, supply):
    """Return jobs in and outside zones over labour supply."""
    return outside_jobs_share + jobs / supply


@rule
def next_wage(wage, wage_response, tightness_now, tightness_reference):
    """Return next month's wage, raised when labour is tight."""
    return wage * math.exp(wage_response * max(0.0, tightness_now - tightness_reference) / 12.0)


@rule
def next_supply(supply, base_supply, wage, commuter_elasticity, commuter_months):
    """Return next month's labour supply: commuters come slowly as wages rise."""
    wanted = base_supply * math.exp(commuter_elasticity * math.log(wage))
    return supply + (wanted - supply) / commuter_months
