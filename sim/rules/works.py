"""What works cost, how they decay and when a tranche is finished."""

import math

from sim.compiled import rule
from sim.schema.codes import ROUNDING


@rule
def works_cost(gross_ha, unit_cost_bn_vnd_ha, level, works_overrun_sigma, normal_draw):
    """Return the cost of a tranche's works [bn VND]."""
    return gross_ha * unit_cost_bn_vnd_ha * level * math.exp(works_overrun_sigma * normal_draw)


@rule
def is_paid_up(spent_bn_vnd, cost_bn_vnd):
    """Return whether a sum covers a cost, but for rounding."""
    return spent_bn_vnd >= cost_bn_vnd * (1.0 - ROUNDING)


@rule
def works_left_after_rest(works_done_bn_vnd, works_idle_months, idle_grace_months, idle_decay):
    """Return the works in place after a month without money."""
    if works_idle_months < idle_grace_months:
        return works_done_bn_vnd
    return works_done_bn_vnd * (1.0 - idle_decay)


@rule
def builds_plant(is_park, wastewater_first):
    """Return whether an operator builds wastewater capacity with a tranche."""
    return is_park or wastewater_first == 1


@rule
def opens(all_cleared, works_finished, plant_built, wastewater_first):
    """Return whether a tranche opens."""
    return all_cleared and works_finished and (plant_built or wastewater_first == 0)
