"""How long the way from licence to operation takes.

Not for the licence itself (sim/rules/licensing.py) nor for projects that stall
(sim/phases/construction.py).
"""

import math

from sim.compiled import rule


@rule
def months_of_days(duration_days):
    """Return whole months of a duration in days, at least one.

    Parameters
    ----------
    duration_days : float
        Duration [days], from 0.

    Returns
    -------
    int
        Months of 30 days, rounded up [months], from 1.

    Source
    ------
    Assumption: a stage entered in a month is not left in it, so the least is one month.

    Examples
    --------
    >>> months_of_days(95.0)
    4
    """
    return max(1, int(math.ceil(duration_days / 30.0)))


@rule
def whole_months(duration_months):
    """Return a duration rounded up to whole months, at least one.

    Parameters
    ----------
    duration_months : float
        Duration [months], from 0.

    Returns
    -------
    int
        Whole months, from 1.

    Source
    ------
    Assumption: a stage entered in a month is not left in it, so the least is one month.

    Examples
    --------
    >>> whole_months(13.2)
    14
    """
    return max(1, int(math.ceil(duration_months)))


@rule
def permit_days_of(permit_days, statutory_days, overrun, one_stop, one_stop_factor):
    """Return the days that building permits take.

    Parameters
    ----------
    permit_days : float
        Statutory days of design appraisal, fire safety and permit in sequence [days], 60-105.
    statutory_days : float
        Lever: multiple of the statutory days, 1 as in the start year [0..3].
    overrun : float
        Actual over statutory time [1], usually 1-3.
    one_stop : int
        Lever: 1 where the steps run in parallel, else 0.
    one_stop_factor : float
        Share of the time left when they do [0..1], usually 0.3-0.8.

    Returns
    -------
    float
        Duration [days], from 0.

    Source
    ------
    permit_days: P53, P54. Assumption: half the time in parallel (steps listed in P53).

    Examples
    --------
    >>> permit_days_of(95.0, 1.0, 2.0, 1, 0.5)
    95.0
    """
    days = permit_days * statutory_days * overrun
    if one_stop == 1:
        return days * one_stop_factor
    return days
