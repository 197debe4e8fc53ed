"""What the extra public money of a scenario brings, compared with the base.

Not for each scenario's own ratios: those are outcomes (experiments/measures.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from experiments.measures import Outcomes
from experiments.outcomes import report_years
from experiments.statistics import mean_interval, ratio_of_means


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
