"""How wages and commuters answer to jobs.

Not for what wages do to the choice of a zone (sim/rules/location.py) or to closures
(sim/rules/operation.py).
"""

import math

from sim.compiled import rule


@rule
def tightness(outside_jobs_share, jobs, supply):
    """Return jobs in and outside zones over labour supply.

    Parameters
    ----------
    outside_jobs_share : float
        Industrial jobs outside zones, over supply [0..1], usually 0.2-0.5.
    jobs : float
        Jobs in the district's zones [persons], from 0.
    supply : float
        Labour supply of the district [persons], above 0.

    Returns
    -------
    float
        Tightness [1], from 0; above 1 more jobs than people.

    Source
    ------
    Assumption: outside_jobs_share; no local count found.

    Examples
    --------
    >>> tightness(0.25, 5000.0, 10000.0)
    0.75
    """
    return outside_jobs_share + jobs / supply


@rule
def next_wage(wage, wage_response, tightness_now, tightness_reference):
    """Return next month's wage, raised when labour is tight.

    Parameters
    ----------
    wage : float
        This month's wage, 1 at the start [1], above 0.
    wage_response : float
        Growth of the wage per unit of tightness [1/year], usually 0.1-0.6.
    tightness_now : float
        Tightness of the district's labour market [1], from 0.
    tightness_reference : float
        Tightness from which wages rise [0..1].

    Returns
    -------
    float
        Next wage [1]; it never falls.

    Source
    ------
    Assumption: wage_response; no local estimate found. Wages do not fall where labour is ample.

    Examples
    --------
    >>> round(next_wage(1.0, 0.3, 1.05, 0.85), 6)
    1.005013
    """
    return wage * math.exp(wage_response * max(0.0, tightness_now - tightness_reference) / 12.0)


@rule
def next_supply(supply, base_supply, wage, commuter_elasticity, commuter_months):
    """Return next month's labour supply: commuters come slowly as wages rise.

    Parameters
    ----------
    supply : float
        This month's labour supply [persons], above 0.
    base_supply : float
        Supply at the wage of the start [persons], above 0.
    wage : float
        Wage, 1 at the start [1], above 0.
    commuter_elasticity : float
        Elasticity of supply to the wage [1], usually 0-1.
    commuter_months : float
        Time in which the gap closes [months], usually 12-48.

    Returns
    -------
    float
        Next labour supply [persons], above 0.

    Source
    ------
    Assumption: both; no local estimate found, two years for bus lines and lodging to follow.

    Examples
    --------
    >>> next_supply(10000.0, 10240.0, 1.0, 0.5, 24.0)
    10010.0
    """
    wanted = base_supply * math.exp(commuter_elasticity * math.log(wage))
    return supply + (wanted - supply) / commuter_months
