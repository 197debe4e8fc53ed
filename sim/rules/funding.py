"""How much public money there is in a month and what each place may ask for."""

import math

from sim.compiled import rule
from sim.schema.codes import PARK


@rule
def by_kind(kind, park_value, cluster_value):
    """Return the value that belongs to a zone's kind."""
    return park_value if kind == PARK else cluster_value


@rule
def cost_level(cost_growth, years):
    """Return the real level of costs, 1 at the start."""
    return math.exp(cost_growth * years)


@rule
def money_of_month(
    infrastructure_funding, reinvestment_share, province_share, revenue_last_year_bn_vnd
):
    """Return the infrastructure money of a month [bn VND]."""
    reinvested = reinvestment_share * province_share * revenue_last_year_bn_vnd
    return (infrastructure_funding + reinvested) / 12.0


@rule
def compensation_due(
    uncleared_bn_vnd, held_bn_vnd, owed_bn_vnd, clearance_effort, clearance_months
):
    """Return the compensation a tranche should pay in this month [bn VND]."""
    pace = uncleared_bn_vnd * clearance_effort / clearance_months
    return owed_bn_vnd + max(0.0, min(pace, uncleared_bn_vnd - held_bn_vnd))


@rule
def work_possible(cost_bn_vnd, done_bn_vnd, cleared_share, months_at_fastest):
    """Return what can be built in a month on the land cleared so far [bn VND]."""
    return max(0.0, min(cost_bn_vnd / months_at_fastest, cost_bn_vnd * cleared_share - done_bn_vnd))


@rule
def connection_possible(connected, cost_bn_vnd, connection_months):
    """Return what can be spent on connections in a month [bn VND]."""
    return max(0.0, min(cost_bn_vnd / connection_months, cost_bn_vnd * (1.0 - connected)))


@rule
def side_gift(asked_bn_vnd, share_bn_vnd, other_asked_bn_vnd, other_share_bn_vnd):
    """Return what parks or clusters get: their share, and what the other side cannot take."""
    spill = max(0.0, other_share_bn_vnd - other_asked_bn_vnd)
    return min(asked_bn_vnd, share_bn_vnd + spill)
