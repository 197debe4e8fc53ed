"""Write one row of the optional event log."""

from sim.compiled import kernel


@kernel
def log_event(record, month, investor, zone, event, detail):
    """Append an event if there is room; count it in any case."""
    count = record.event_count[0]
    if count < record.events.shape[0]:
        row = record.events[count]
        row.month = month
        row.investor = investor
        row.zone = zone
        row.event = event
        row.detail = detail
    record.event_count[0] = count + 1
