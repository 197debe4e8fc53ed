"""How a zone's reputation forgets and learns.

Not for what counts as good or bad (the phases where it happens) nor for what reputation is worth
to an investor (sim/rules/location.py).
"""

from sim.compiled import rule
from sim.schema.codes import ROUNDING


@rule
def remembered(events, reputation_memory, new_events):
    """Return good or bad events after a month of forgetting and learning.

    Parameters
    ----------
    events : float
        Events of one sort remembered so far [events], from 0.
    reputation_memory : float
        Share still remembered a month later [0..1], usually 0.97-0.995.
    new_events : float
        Events of that sort this month [events], from 0.

    Returns
    -------
    float
        Events remembered [events], from 0.

    Source
    ------
    Assumption: half is forgotten in four years; no estimate found.

    Examples
    --------
    >>> remembered(10.0, 0.9, 1.0)
    10.0
    """
    return events * reputation_memory + new_events


@rule
def reputation_of(good, bad):
    """Return the share of good events among all that are remembered.

    Parameters
    ----------
    good, bad : float
        Good and bad events remembered [events], from 0 and not both 0.

    Returns
    -------
    float
        Reputation [0..1].

    Source
    ------
    Definition: the mean of a Beta(good, bad) belief about the next event.

    Examples
    --------
    >>> reputation_of(15.0, 5.0)
    0.75
    """
    return good / (good + bad)


@rule
def kept_promise(waited_months, promised_months, promise_slack_months):
    """Return whether an approval came within the promise and its slack.

    Parameters
    ----------
    waited_months : float
        Time from application to approval [months], from 0.
    promised_months : float
        Time promised in the start year [months], from 0.
    promise_slack_months : float
        Delay that is forgiven [months], from 0.

    Returns
    -------
    bool
        Whether it did; at the last moment it did.

    Source
    ------
    Assumption: a month late is forgiven.

    Examples
    --------
    >>> kept_promise(4.5, 3.0, 1.0)
    False
    """
    return waited_months <= (promised_months + promise_slack_months) * (1.0 + ROUNDING)
