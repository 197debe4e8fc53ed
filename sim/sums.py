"""Add numbers in index order, the same on every Python: its own sum is compensated from 3.12 on."""

from collections.abc import Iterable


def plain_sum(values: Iterable[float]) -> float:
    """Return the sum of values, added from left to right in double precision.

    Parameters
    ----------
    values : iterable of float
        What to add.

    Returns
    -------
    float
        0.0 where there is nothing to add.
    """
    total = 0.0
    for value in values:
        total += float(value)
    return total
