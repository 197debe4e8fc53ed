"""How fast household blocks clear.

Not for what compensation costs or who pays it (sim/rules/funding.py), nor for which block clears
(sim/phases/clearance.py).
"""

from sim.compiled import rule


@rule
def paid_share(given_clearance_bn_vnd, operator_paid_bn_vnd, due_bn_vnd):
    """Return the share of the due compensation that was paid in, 1 where nothing is due.

    Parameters
    ----------
    given_clearance_bn_vnd : float
        Public money given this month [bn VND], from 0.
    operator_paid_bn_vnd : float
        What the private operator paid in this month [bn VND], from 0.
    due_bn_vnd : float
        Compensation due this month [bn VND], from 0.

    Returns
    -------
    float
        Share [0..1].

    Source
    ------
    Assumption: clearance slows in proportion to the money that is missing; no estimate found.

    Examples
    --------
    >>> paid_share(3.0, 4.5, 10.0)
    0.75
    """
    if due_bn_vnd <= 0.0:
        return 1.0
    return min(1.0, (given_clearance_bn_vnd + operator_paid_bn_vnd) / due_bn_vnd)


@rule
def operator_compensation(operator_on_time_share, clearance_advance, due_bn_vnd):
    """Return what a private operator pays in time of its own part of compensation [bn VND].

    Parameters
    ----------
    operator_on_time_share : float
        Part that it pays in time [0..1].
    clearance_advance : float
        Public share of compensation in private zones [0..1].
    due_bn_vnd : float
        Compensation due this month [bn VND].

    Returns
    -------
    float
        Payment [bn VND], from 0.

    Source
    ------
    Assumption: operator_on_time_share; P46 for the advance.

    Examples
    --------
    >>> round(operator_compensation(0.7, 0.3, 10.0), 9)
    4.9
    """
    return operator_on_time_share * (1.0 - clearance_advance) * due_bn_vnd


@rule
def clearance_hazard(clearance_effort, clearance_months, clearance_share):
    """Return the hazard a month of a household block.

    Parameters
    ----------
    clearance_effort : float
        Lever: clearance effort, 1 as in the start year [0..5].
    clearance_months : float
        Mean time of a block at effort 1 with all money paid in [months], usually 6-36.
    clearance_share : float
        Share of the month's due compensation paid in [0..1].

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: clearance_months is set so that five blocks take 27 months on average, since the
    last block holds the tranche.

    Examples
    --------
    >>> round(clearance_hazard(1.25, 12.0, 0.8), 6)
    0.083333
    """
    return clearance_effort / clearance_months * clearance_share
