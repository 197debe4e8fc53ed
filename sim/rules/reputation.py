"""How a zone's reputation forgets and learns."""

from sim.compiled import rule


@rule
def remembered(events, reputation_memory, new_events):
    """Return good or bad events after a month of forgetting and learning."""
    return events * reputation_memory + new_events


@rule
def reputation_of(good, bad):
    """Return the share of good events among all that are remembered."""
    return good / (good + bad)


@rule
def kept_promise(waited_months, promised_months, promise_slack_months):
    """Return whether an approval came within the promise and its slack."""
    return waited_months <= promised_months + promise_slack_months
