"""The tables of an answer, as DataFrames: long, one row a scenario, outcome and year.

Column names carry no unit where the column `unit` says it. Quantiles and means are over
replicates; `n` counts those in which the outcome is defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.measures import Outcomes
from experiments.outcomes import NEITHER, OUTCOMES, report_years
from experiments.statistics import Paired, holm, known_mean, mean_interval, paired

QUANTILES: Final = {"q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95}
ALPHA: Final = 0.05


def quantiles(values: np.ndarray) -> np.ndarray:
    """Return the `QUANTILES` over the first axis, NaN left out; NaN where nothing is left."""
    points = list(QUANTILES.values())
    if np.isfinite(values).all():
        return np.asarray(np.quantile(values, points, axis=0))
    flat = values.reshape(len(values), -1)
    columns = [column[np.isfinite(column)] for column in flat.T]
    found = [np.quantile(c, points) if len(c) else np.full(len(points), np.nan) for c in columns]
    return np.array(found).T.reshape(len(points), *values.shape[1:])


def levels(outcomes: Outcomes, names: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Return each outcome of each scenario in each year.

    Returns
    -------
    DataFrame
        scenario, outcome, unit, year, n, mean with its 95 % interval (mean_lo, mean_hi), and the
        quantiles q05, q25, median, q75, q95.
    """
    rows = []
    for c, name in enumerate(names):
        for outcome in OUTCOMES:
            values = outcomes[outcome.key][c]
            points = quantiles(values)
            for y, year in enumerate(years):
                found = mean_interval(values[:, y])
                mean = (found.n, found.mean, found.lo, found.hi)
                rows.append((name, outcome.key, outcome.unit, year, *mean, *points[:, y]))
    columns = ["scenario", "outcome", "unit", "year", "n", "mean", "mean_lo", "mean_hi"]
    return pd.DataFrame(rows, columns=[*columns, *QUANTILES])


_DIFFERENCES: Final = [
    "base",
    "scenario",
    "outcome",
    "unit",
    "year",
    "good",
    "headline",
    "n",
    "base_mean",
    "scenario_mean",
    "difference",
    "lo",
    "hi",
    "method",
    "sd",
    "p_better",
    "p_better_lo",
    "p_better_hi",
    "p_value",
    "pairing_gain",
    "replicates_needed",
]


def differences(outcomes: Outcomes, names: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Return the paired difference of each scenario to the first, in the years to report.

    Returns
    -------
    DataFrame
        base, scenario, outcome, unit, year, good direction, headline, n, the two means, the mean
        difference with its 95 % interval and the method that found it, its sd, the share of
        replicates that do better with Wilson's interval (NaN where neither direction is better),
        p-value, pairing gain, replicates needed; p_holm over all headline outcomes, scenarios and
        years; verdict: better, worse, higher, lower, unclear, few (too few replicates differ to
        tell), same or undefined.
    """
    rows = []
    places = [years.index(year) for year in report_years(tuple(years))]
    for c in range(1, len(names)):
        for outcome in OUTCOMES:
            values = outcomes[outcome.key]
            for y in places:
                found = paired(values[0, :, y], values[c, :, y], good=outcome.good)
                first = (names[0], names[c], outcome.key, outcome.unit, years[y], outcome.good)
                means = [known_mean(values[case, :, y]) for case in (0, c)]
                rows.append((*first, outcome.headline, found.interval.n, *means, *_row(found)))
    table = pd.DataFrame(rows, columns=_DIFFERENCES)
    family = table["headline"].to_numpy(dtype=bool)
    guarded = np.full(len(table), np.nan)
    guarded[family] = holm(table["p_value"].to_numpy(dtype=float)[family].tolist())
    table["p_holm"] = guarded
    table["verdict"] = [verdict_of(row) for row in table.to_dict("records")]
    return table


def _row(found: Paired) -> tuple[object, ...]:
    interval = found.interval
    return (interval.mean, interval.lo, interval.hi, interval.method, interval.sd, *found[1:])


def verdict_of(row: dict[str, object]) -> str:
    """Return what can be said of one difference; headline outcomes must also pass Holm's test."""
    n, difference, lo, hi = (float(str(row[key])) for key in ("n", "difference", "lo", "hi"))
    p_holm, p_value = float(str(row["p_holm"])), float(str(row["p_value"]))
    if n == 0:
        return "undefined"
    if n > 1 and lo == hi == difference == 0.0:
        return "same"
    few = row["method"] == "few"  # then p_value is that of the sign test
    clear = few or lo > 0.0 or hi < 0.0
    if not clear or not (p_holm if row["headline"] else p_value) <= ALPHA:
        return "few" if few else "unclear"
    good = int(str(row["good"]))
    if good == NEITHER:
        return "higher" if difference > 0.0 else "lower"
    return "better" if difference * good > 0.0 else "worse"
