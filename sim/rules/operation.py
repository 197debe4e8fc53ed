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
def ramp_in_month_0(open_month, ramp_months):
    """Return where the line on which a growing tenant's output lies meets month 0.

    Output rises by 1 / ramp_months a month from there: in the month of opening it is that much.

    Parameters
    ----------
    open_month : int
        Month in which it opened, 0 the first of the run [month], also before it.
    ramp_months : float
        Time to full production [months], usually 24-48.

    Returns
    -------
    float
        Output [1], below 0 for those that open later.

    Source
    ------
    Definition: `ramp` as a line in time.

    Examples
    --------
    >>> ramp_in_month_0(10, 36.0)
    -0.25
    """
    return (1.0 - open_month) / ramp_months


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


@rule
def closing_mark(closing_clock, exit_threshold, opening_factor):
    """Return where the closing clock of a sector in a zone stands when a tenant closes.

    The clock adds up the hazards of a tenant that opens in month 0 and is at its reference age
    then. Those of another are the same times a factor, which ages do not change, since `age_factor`
    of a sum of ages is the product of the factors.

    Parameters
    ----------
    closing_clock : float
        The clock when the tenant opens [1], from 0.
    exit_threshold : float
        Sum of its own hazards at which it closes [1], from 0.
    opening_factor : float
        `age_factor` of the month it opened and the reference age [1], above 0.

    Returns
    -------
    float
        Stand of the clock [1], from 0.

    Source
    ------
    Definition.

    Examples
    --------
    >>> closing_mark(0.5, 2.0, 0.75)
    2.0
    """
    return closing_clock + exit_threshold * opening_factor


@rule
def months_until(luck_sum, hazard, longest_months):
    """Return the months after which the sum of an even hazard reaches an entity's luck.

    Parameters
    ----------
    luck_sum : float
        Sum of hazards at which the event happens [1], from 0.
    hazard : float
        Hazard a month [1/month], from 0.
    longest_months : float
        Returned for an event that is further away [months].

    Returns
    -------
    float
        Whole months, at least 1.

    Source
    ------
    Definition.

    Examples
    --------
    >>> months_until(0.5, 0.2, 1200.0)
    3.0
    """
    if luck_sum >= longest_months * hazard:
        return longest_months
    return max(1.0, math.ceil(luck_sum / hazard))
