"""What the extra public money of a scenario brings, compared with the base.

Not for each scenario's own ratios: those are outcomes (experiments/measures.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.measures import Outcomes
from experiments.outcomes import report_years
from experiments.statistics import mean_interval, t_quantile


def increments(outcomes: Outcomes, names: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Return what the extra public money of each scenario brings, compared with the first.

    Returns
    -------
    DataFrame
        base, scenario, measure, unit, year, value, lo, hi: extra revenue, public cost, tax forgone
        and newly leased land since the start, and two ratios of mean differences with a Fieller
        interval, NaN where the extra cost or land is not clearly different from zero.
    """
    totals = {
        "extra_revenue_bn_vnd": ("revenue_cum_bn_vnd", "bn VND"),
        "extra_public_cost_bn_vnd": ("public_cost_cum_bn_vnd", "bn VND"),
        "extra_tax_forgone_bn_vnd": ("tax_forgone_cum_bn_vnd", "bn VND"),
        "extra_new_ha": ("leased_new_cum_ha", "ha"),
    }
    rows: list[tuple[object, ...]] = []
    for c in range(1, len(names)):
        for y in (years.index(year) for year in report_years(tuple(years))):
            extra = {
                measure: outcomes[key][c, :, y] - outcomes[key][0, :, y]
                for measure, (key, _) in totals.items()
            }
            label = (names[0], names[c])
            for measure, (_, unit) in totals.items():
                found = mean_interval(extra[measure])
                rows.append((*label, measure, unit, years[y], found.mean, found.lo, found.hi))
            for measure, unit, part, whole in _RATIOS:
                estimate = ratio_of_means(extra[part], extra[whole])
                rows.append((*label, measure, unit, years[y], *estimate))
    columns = ["base", "scenario", "measure", "unit", "year", "value", "lo", "hi"]
    return pd.DataFrame(rows, columns=columns)


_RATIOS: Final = (
    (
        "extra_revenue_per_public_dong",
        "đồng/đồng",
        "extra_revenue_bn_vnd",
        "extra_public_cost_bn_vnd",
    ),
    ("public_cost_per_extra_ha_bn_vnd", "bn VND/ha", "extra_public_cost_bn_vnd", "extra_new_ha"),
)


def ratio_of_means(part: np.ndarray, whole: np.ndarray) -> tuple[float, float, float]:
    """Return mean(part) / mean(whole) with Fieller's 95 % interval; NaN if the whole may be zero.

    Parameters
    ----------
    part, whole : ndarray, shape (R,)
        Paired values.

    Returns
    -------
    tuple of float
        The ratio, and the lowest and highest r for which mean(part - r whole) is not clearly
        different from zero.
    """
    n = len(part)
    if n < 2 or whole.std() == 0.0:
        known = n >= 2 and whole.mean() != 0.0
        found = mean_interval(part / whole.mean()) if known else None
        return (found.mean, found.lo, found.hi) if found else (math.nan,) * 3
    t = t_quantile(n - 1)
    covariance = np.cov(part, whole) / n
    a = whole.mean() ** 2 - t * t * covariance[1, 1]
    b = part.mean() * whole.mean() - t * t * covariance[0, 1]
    c = part.mean() ** 2 - t * t * covariance[0, 0]
    if a <= 0.0:  # the whole is not clearly different from zero
        return math.nan, math.nan, math.nan
    root = math.sqrt(max(0.0, b * b - a * c))
    return float(part.mean() / whole.mean()), float((b - root) / a), float((b + root) / a)
