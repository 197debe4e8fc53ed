"""How long the way from licence to operation takes."""

import math

from sim.compiled import rule


@rule
def months_of_days(days):
    """Return whole months of a duration in days, at least one."""
    return max(1, int(math.ceil(days / 30.0)))


@rule
def whole_months(months):
    """Return a duration rounded up to whole months, at least one."""
    return max(1, int(math.ceil(months)))


@rule
def permit_days_of(permit_days, statutory_days, overrun, one_stop, one_stop_factor):
    """Return the days that building permits take."""
    days = permit_days * statutory_days * overrun
    if one_stop == 1:
        return days * one_stop_factor
    return days
