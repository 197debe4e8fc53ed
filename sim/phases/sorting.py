"""Sort rows by a key, stably and without allocating."""

from sim.compiled import kernel


@kernel
def sort_by_key(order, keys, scratch):
    """Sort the rows in `order` by ascending key, keeping the order of equals: a merge sort.

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
    width = 1
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
