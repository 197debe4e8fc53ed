"""The stages of investors: entering one, and lists of who is in it, in the order of rows."""

from sim.compiled import kernel


@kernel
def enter(state, i, stage, month, months):
    """Put an investor into a stage of a given length, in which nothing happens before its end."""
    investor = state.investors[i]
    investor.stage = stage
    investor.stage_month = month
    investor.stage_end = month + months
    state.call_month[i] = max(month + 1, investor.stage_end)


@kernel
def enlist(rows, count, i):
    """Put a row into an ascending list of so many rows; return how many there are now."""
    place = count
    while place > 0 and rows[place - 1] > i:
        rows[place] = rows[place - 1]
        place = place - 1
    rows[place] = i
    return count + 1


@kernel
def strike_off(rows, count, i):
    """Take a row out of a list of so many rows that has it; return how many are left."""
    place = 0
    while rows[place] != i:
        place = place + 1
    for position in range(place, count - 1):
        rows[position] = rows[position + 1]
    return count - 1
