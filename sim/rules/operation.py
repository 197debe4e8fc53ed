"""How a tenant grows, expands and closes.

Not for what it pays (sim/rules/revenue.py) nor for how often it expands, which is a plain rate
(sim/phases/operation.py).
"""

import math

from sim.compiled import rule


@rule
def ramp(age_months, ramp_months):
    """Return a tenant's output relative to full production.

    Parameters
    ----------
    age_months : float
        Months since the month it opened [months], 0 in that month.
    ramp_months : float
        Time to full production [months], usually 24-48.

    Returns
    -------
    float
        Output [0..1].

    Source
    ------
    Assumption: three years to full production, in equal steps.

    Examples
    --------
    >>> ramp(8.0, 36.0)
    0.25
    """
    return max(0.0, min(1.0, (age_months + 1.0) / ramp_months))


@rule
def closing_hazard(exit_hazard, log_wage, low_skill_share, exit_wage_elasticity):
    """Return the hazard a month that a tenant closes at the reference age, in a zone at peace.

    Parameters
    ----------
    exit_hazard : float
        Closures a year at the wage of the start and the reference age [1/year], usually 0.005-0.04.
    log_wage : float
        Log of the district's wage, 0 at the start [1].
    low_skill_share : float
        Low-skill share of the sector's workers [0..1].
    exit_wage_elasticity : float
        Elasticity of closures to the wage for low-skill work [1], usually 0.5-2.5.

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: all of it; parks stayed full from 2012 to 2022, so lower than C073.

    Examples
    --------
    >>> closing_hazard(0.012, 0.0, 0.6, 1.5)
    0.001
    """
    return exit_hazard / 12.0 * math.exp(exit_wage_elasticity * low_skill_share * log_wage)


@rule
def trouble_factor(overflowing, exit_overload, fined, exit_fined_factor):
    """Return the closures in a zone over those in a zone without overload and fines.

    Parameters
    ----------
    overflowing : bool
        Whether the zone's wastewater load exceeds its capacity.
    exit_overload : float
        More closures where wastewater overflows [log units], usually 0-0.5.
    fined : bool
        Whether the zone is caught and fined this month.
    exit_fined_factor : float
        Closures while fined over closures without [1], usually 1.25-3.

    Returns
    -------
    float
        Factor of the closing hazard [1], above 0.

    Source
    ------
    Assumption: closures double while fined; no estimate found, nor one for overload.

    Examples
    --------
    >>> trouble_factor(False, 0.2, True, 2.0)
    2.0
    """
    factor = math.exp(exit_overload) if overflowing else 1.0
    return factor * exit_fined_factor if fined else factor


@rule
def age_factor(exit_age, age_over_reference_years):
    """Return a tenant's closing hazard over that at the reference age.

    Parameters
    ----------
    exit_age : float
        Fall of closures with age [1/year], usually 0-0.05.
    age_over_reference_years : float
        Age less the reference age [years], negative for young tenants.

    Returns
    -------
    float
        Factor of the closing hazard [1], above 0.

    Source
    ------
    Assumption: exit_age; young firms close more often.

    Examples
    --------
    >>> round(age_factor(0.1, 5.0), 6)
    0.606531
    """
    return math.exp(-exit_age * age_over_reference_years)
