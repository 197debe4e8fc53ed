"""How much public money there is in a month and what each place may ask for.

Not for who is served first (sim/phases/funding.py) nor for what works cost (sim/rules/works.py).
"""

import math

from sim.compiled import rule
from sim.schema.codes import PARK, ROUNDING


@rule
def by_kind(kind, park_value, cluster_value):
    """Return the value that belongs to a zone's kind.

    Parameters
    ----------
    kind : int
        0 a park, 1 a cluster.
    park_value, cluster_value : float
        The two values, of one unit.

    Returns
    -------
    float
        One of the two.

    Source
    ------
    Definition: parks (KCN) and clusters (CCN) are two legal kinds with costs of their own.

    Examples
    --------
    >>> by_kind(1, 6.7, 5.9)
    5.9
    """
    return park_value if kind == PARK else cluster_value


@rule
def cost_level(cost_growth, years):
    """Return the real level of costs, 1 at the start.

    Parameters
    ----------
    cost_growth : float
        Continuous real growth of costs [1/year], usually 0-0.04.
    years : float
        Years since the start [years], from 0.

    Returns
    -------
    float
        Level [1], above 0.

    Source
    ------
    Assumption: steady real growth; P25, P26, P27 show much faster nominal growth in clusters.

    Examples
    --------
    >>> round(cost_level(0.02, 5.0), 6)
    1.105171
    """
    return math.exp(cost_growth * years)


@rule
def money_of_month(
    infrastructure_funding, reinvestment_share, province_share, revenue_last_year_bn_vnd
):
    """Return the infrastructure money of a month.

    Parameters
    ----------
    infrastructure_funding : float
        Lever: funding [bn VND/year], from 0, usually 30-400.
    reinvestment_share : float
        Lever: share of the province's part that is reinvested [0..1].
    province_share : float
        Province's part of zone revenue [0..1], usually 0.3-0.8.
    revenue_last_year_bn_vnd : float
        Revenue of zones last year, without anchor plants [bn VND], from 0.

    Returns
    -------
    float
        Money [bn VND/month], from 0.

    Source
    ------
    Assumption: funding and province_share; no published figures found.

    Examples
    --------
    >>> money_of_month(96.0, 0.1, 0.5, 480.0)
    10.0
    """
    reinvested = reinvestment_share * province_share * revenue_last_year_bn_vnd
    return (infrastructure_funding + reinvested) / 12.0


@rule
def compensation_due(
    uncleared_bn_vnd, account_bn_vnd, owed_bn_vnd, clearance_effort, clearance_months
):
    """Return the compensation a tranche should pay in this month.

    Parameters
    ----------
    uncleared_bn_vnd : float
        Compensation of blocks not yet cleared [bn VND], from 0.
    account_bn_vnd : float
        Money already in the tranche's account [bn VND], from 0.
    owed_bn_vnd : float
        Owed to households that have left [bn VND], from 0; asked for first.
    clearance_effort : float
        Lever: clearance effort, 1 as in the start year [0..5].
    clearance_months : float
        Mean time of a block [months], usually 6-36.

    Returns
    -------
    float
        Due [bn VND/month], from 0.

    Source
    ------
    Assumption: money is due at the pace at which blocks clear on average.

    Examples
    --------
    >>> compensation_due(120.0, 20.0, 3.0, 1.5, 12.0)
    18.0
    """
    pace = uncleared_bn_vnd * clearance_effort / clearance_months
    lacking = uncleared_bn_vnd - account_bn_vnd
    if lacking <= uncleared_bn_vnd * ROUNDING:
        return owed_bn_vnd
    return owed_bn_vnd + min(pace, lacking)


@rule
def work_possible(cost_bn_vnd, done_bn_vnd, cleared_share, months_at_fastest):
    """Return what can be built in a month on the land cleared so far.

    Parameters
    ----------
    cost_bn_vnd : float
        Cost of the works or the plant [bn VND], from 0.
    done_bn_vnd : float
        Built so far [bn VND], from 0.
    cleared_share : float
        Share of the tranche's blocks that are cleared [0..1].
    months_at_fastest : float
        Time if money and land never lack [months], from 1.

    Returns
    -------
    float
        Possible spending [bn VND/month], from 0.

    Source
    ------
    works_months: P25, P33, P37. Assumption: plant_months, somewhat more than a year.

    Examples
    --------
    >>> work_possible(240.0, 115.0, 0.5, 24.0)
    5.0
    """
    left = cost_bn_vnd * cleared_share - done_bn_vnd
    if left <= cost_bn_vnd * ROUNDING:
        return 0.0
    return min(cost_bn_vnd / months_at_fastest, left)


@rule
def connection_possible(connected, cost_bn_vnd, connection_months):
    """Return what can be spent on connections in a month.

    Parameters
    ----------
    connected : float
        Connections in place [0..1].
    cost_bn_vnd : float
        Cost of all connections of the zone [bn VND], from 0.
    connection_months : float
        Time at the fastest [months], usually 18-36.

    Returns
    -------
    float
        Possible spending [bn VND/month], from 0.

    Source
    ------
    Assumption: as works at the fastest; no published times found.

    Examples
    --------
    >>> connection_possible(0.8, 240.0, 24.0)
    10.0
    """
    left = 1.0 - connected
    if left <= ROUNDING:
        return 0.0
    return min(cost_bn_vnd / connection_months, cost_bn_vnd * left)


@rule
def side_gift(asked_bn_vnd, own_share_bn_vnd, other_asked_bn_vnd, other_share_bn_vnd):
    """Return what parks or clusters get: their share, and what the other side cannot take.

    Parameters
    ----------
    asked_bn_vnd, own_share_bn_vnd : float
        What this side asks and what is set apart for it [bn VND/month], from 0.
    other_asked_bn_vnd, other_share_bn_vnd : float
        The same of the other side [bn VND/month], from 0.

    Returns
    -------
    float
        Money for this side [bn VND/month], at most what it asks.

    Source
    ------
    Assumption: park_share is a priority, not a wall; money does not lie idle while one side asks.

    Examples
    --------
    >>> side_gift(10.0, 5.0, 3.0, 5.0)
    7.0
    """
    spill = max(0.0, other_share_bn_vnd - other_asked_bn_vnd)
    return min(asked_bn_vnd, own_share_bn_vnd + spill)
