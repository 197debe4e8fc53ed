"""How fast household blocks clear."""

from sim.compiled import rule


@rule
def paid_share(given_bn_vnd, operator_paid_bn_vnd, due_bn_vnd):
    """Return the share of the due compensation that was paid in, 1 where nothing is due."""
    if due_bn_vnd <= 0.0:
        return 1.0
    return min(1.0, (given_bn_vnd + operator_paid_bn_vnd) / due_bn_vnd)


@rule
def clearance_hazard(clearance_effort, clearance_months, clearance_share):
    """Return the hazard a month of a household block."""
    return clearance_effort / clearance_months * clearance_share
