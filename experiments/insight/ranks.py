"""Ranks that intervals allow: what overlaps is not ranked."""

from typing import Final

import numpy as np

_ROUNDING: Final = 1e-9  # of the largest; effects that are exactly nothing come out as 1e-17


def rank_ranges(lo: np.ndarray, hi: np.ndarray) -> list[tuple[int, int]]:
    """Return the best and the worst rank that each of some estimates can have; 1 is the largest.

    Parameters
    ----------
    lo, hi : ndarray, shape (D,)
        Ends of the intervals; what is NaN is certainly neither above nor below anything.

    Notes
    -----
    One estimate is above another only where its whole interval is. Two whose intervals overlap
    therefore share a rank or more.

    Examples
    --------
    >>> rank_ranges(np.array([0.5, 0.1, 0.2]), np.array([0.7, 0.3, 0.4]))
    [(1, 1), (2, 3), (2, 3)]
    """
    rounding = _ROUNDING * np.nanmax(np.abs(hi), initial=0.0)
    above = lo[:, np.newaxis] > hi[np.newaxis, :] + rounding  # [i, j]: i is above j
    best = 1 + above.sum(0)
    worst = len(lo) - above.sum(1)
    return [(int(first), int(last)) for first, last in zip(best, worst, strict=True)]
