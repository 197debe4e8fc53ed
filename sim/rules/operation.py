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
def closing_hazard(
    exit_hazard,
    log_wage,
    low_skill_share,
    exit_wage_elasticity,
    exit_overload,
    overflowing,
    exit_age,
    age_over_reference_years,
):
    """Return the hazard a month that a tenant closes, without fines.

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
    exit_overload : float
        More closures where wastewater overflows [log units], usually 0-0.5.
    overflowing : bool
        Whether the zone's load exceeds its capacity.
    exit_age : float
        Fall of closures with age [1/year], usually 0-0.05.
    age_over_reference_years : float
        Age less the reference age [years], negative for young tenants.

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: all of it; parks stayed full from 2012 to 2022, so lower than C073.

    Examples
    --------
    >>> closing_hazard(0.012, 0.0, 0.6, 1.5, 0.2, False, 0.02, 0.0)
    0.001
    """
    strain = exit_overload if overflowing else 0.0
    wages = exit_wage_elasticity * low_skill_share * log_wage
    return exit_hazard / 12.0 * math.exp(wages + strain - exit_age * age_over_reference_years)


@rule
def with_fine(hazard, fined, exit_fined_factor):
    """Return the closing hazard of a tenant, raised while its zone is fined.

    Parameters
    ----------
    hazard : float
        Closing hazard without fines [1/month], from 0.
    fined : bool
        Whether the zone is caught and fined this month.
    exit_fined_factor : float
        Closures while fined over closures without [1], usually 1.25-3.

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: closures double while fined; no estimate found.

    Examples
    --------
    >>> with_fine(0.001, True, 2.0)
    0.002
    """
    return hazard * exit_fined_factor if fined else hazard
