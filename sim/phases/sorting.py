"""Sort rows by a key, stably and without allocating."""

from sim.compiled import kernel

SHORT = 8  # rows


@kernel
def sort_by_key(order, keys, scratch):
    """Sort the rows in `order` by ascending key, keeping the order of equals.

    A merge sort of stretches that are short enough to be sorted by insertion.

    Parameters
    ----------
    order : ndarray, shape (n,)
        Rows, rearranged in place.
    keys : ndarray, shape (n,)
        Key of each row.
    scratch : ndarray, shape (n,)
        Room for the merge.
    """
    count = order.shape[0]
    for start in range(0, count, SHORT):
        sort_by_insertion(order, keys, start, min(start + SHORT, count))
    width = SHORT
    while width < count:
        for start in range(0, count, 2 * width):
            merge(
                order,
                keys,
                scratch,
                start,
                min(start + width, count),
                min(start + 2 * width, count),
            )
        for position in range(count):
            order[position] = scratch[position]
        width = 2 * width


@kernel
def sort_by_insertion(order, keys, start, end):
    """Sort a stretch of `order`, keeping the order of equals."""
    for position in range(start + 1, end):
        row = order[position]
        place = position
        while place > start and keys[order[place - 1]] > keys[row]:
            order[place] = order[place - 1]
            place = place - 1
        order[place] = row


@kernel
def merge(order, keys, scratch, start, middle, end):
    """Merge two sorted neighbours of `order` into `scratch`."""
    left = start
    right = middle
    for position in range(start, end):
        from_left = right >= end
        if left < middle and right < end:
            from_left = keys[order[left]] <= keys[order[right]]
        if from_left:
            scratch[position] = order[left]
            left = left + 1
        else:
            scratch[position] = order[right]
            right = right + 1
