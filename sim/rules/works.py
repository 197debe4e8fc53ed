"""What works cost, how they decay and when a tranche is finished.

Not for the pace of works (sim/rules/funding.py) nor for when a tranche starts
(sim/rules/operators.py).
"""

import math

from sim.compiled import rule
from sim.schema.codes import ROUNDING


@rule
def works_cost(gross_ha, unit_cost_bn_vnd_ha, cost_level, works_overrun_sigma, normal_draw):
    """Return the cost of a tranche's works.

    Parameters
    ----------
    gross_ha : float
        Gross area of the tranche [ha], above 0.
    unit_cost_bn_vnd_ha : float
        Works at the prices of the start [bn VND/gross ha], usually 4-9.5.
    cost_level : float
        Real level of costs, 1 at the start [1], above 0.
    works_overrun_sigma : float
        Spread of works costs [log units], usually 0.05-0.3.
    normal_draw : float
        Standard normal luck of the tranche [1].

    Returns
    -------
    float
        Cost [bn VND], above 0.

    Source
    ------
    Unit costs: P25-P37 and P08, less clearance (P29). Assumption: the spread, none published.

    Examples
    --------
    >>> works_cost(60.0, 6.5, 1.0, 0.15, 0.0)
    390.0
    """
    return gross_ha * unit_cost_bn_vnd_ha * cost_level * math.exp(works_overrun_sigma * normal_draw)


@rule
def is_paid_up(spent_bn_vnd, cost_bn_vnd):
    """Return whether a sum covers a cost, but for rounding.

    Parameters
    ----------
    spent_bn_vnd : float
        Spent so far, a sum over months [bn VND], from 0.
    cost_bn_vnd : float
        Cost [bn VND], from 0.

    Returns
    -------
    bool
        Whether it does; an error of 1e-12 of the cost is forgiven.

    Source
    ------
    Definition; sums of months miss their total by a few units of the last digit.

    Examples
    --------
    >>> is_paid_up(0.1 + 0.7, 0.8)
    True
    """
    return spent_bn_vnd >= cost_bn_vnd * (1.0 - ROUNDING)


@rule
def works_left_after_rest(works_done_bn_vnd, idle_months, idle_grace_months, idle_decay):
    """Return the works in place after a month in which they waited for money.

    Parameters
    ----------
    works_done_bn_vnd : float
        Works in place before [bn VND], from 0.
    idle_months : int
        Months without money, this one included [months], from 1.
    idle_grace_months : float
        Month of rest from which works decay [months], usually 3-12.
    idle_decay : float
        Share lost in such a month [1/month], usually 0-0.01.

    Returns
    -------
    float
        Works in place [bn VND], from 0.

    Source
    ------
    Assumption: half a year's rest does no harm, later about 4 % a year is lost.

    Examples
    --------
    >>> works_left_after_rest(200.0, 6, 6.0, 0.005)
    199.0
    """
    if idle_months < idle_grace_months:
        return works_done_bn_vnd
    return works_done_bn_vnd * (1.0 - idle_decay)


@rule
def builds_plant(is_park, wastewater_first):
    """Return whether an operator builds wastewater capacity with a tranche.

    Parameters
    ----------
    is_park : bool
        Whether the zone is a park.
    wastewater_first : int
        Lever: 1 where no land opens without a wastewater plant, else 0.

    Returns
    -------
    bool
        Whether it does.

    Source
    ------
    Assumption: parks build plants and clusters do not, as found in 2021 (zones.csv).

    Examples
    --------
    >>> builds_plant(False, 0)
    False
    """
    return is_park or wastewater_first == 1


@rule
def opens(all_cleared, works_finished, plant_built, wastewater_first):
    """Return whether a tranche opens.

    Parameters
    ----------
    all_cleared : bool
        Whether all its household blocks are cleared.
    works_finished : bool
        Whether its works are complete.
    plant_built : bool
        Whether its wastewater plant is complete.
    wastewater_first : int
        Lever: 1 where no land opens without a wastewater plant, else 0.

    Returns
    -------
    bool
        Whether it does.

    Source
    ------
    Definition: land counts only when its tranche is finished; the plant is required by the lever.

    Examples
    --------
    >>> opens(True, True, False, 1)
    False
    """
    return all_cleared and works_finished and (plant_built or wastewater_first == 0)
