"""From the table of runs to arrays: an outcome, or what a policy changes in it, run by run.

Not for reading results: whoever has such a table can ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.statistics import paired_difference
from experiments.study import Study


class Subject(NamedTuple):
    """What is explained: an outcome under a scenario, or its paired difference to the base."""

    outcome: str
    year: int
    scenario: str
    against: str = ""  # the base, where a difference is meant

    @property
    def column(self) -> str:
        """Return the column of the table of runs."""
        return f"{self.outcome}_{self.year}"


def subjects_of(study: Study, outcome: str, year: int) -> list[Subject]:
    """Return what is to be explained of an outcome: its level everywhere, then the differences."""
    base, *others = study.names
    levels = [Subject(outcome, year, name) for name in study.names]
    return levels + [Subject(outcome, year, name, base) for name in others]


def by_subject(table: pd.DataFrame) -> Iterator[tuple[Subject, pd.DataFrame]]:
    """Yield the subjects of a table of an analysis with their rows, in its order."""
    for key, rows in table.fillna({"against": ""}).groupby(list(Subject._fields), sort=False):
        yield Subject(*key), rows


def response(runs: pd.DataFrame, subject: Subject, points: int) -> np.ndarray:
    """Return a subject by point and replicate.

    Parameters
    ----------
    runs : DataFrame
        point, scenario, replicate and a column OUTCOME_YEAR.
    subject : Subject
        What to take.
    points : int
        How many there are, numbered from 0.

    Returns
    -------
    ndarray, shape (P, R)
        NaN where a run failed or has no such outcome. Differences are between runs at the same
        point and replicate, which met the same luck.
    """
    own = _grid(runs, subject, subject.scenario, points)
    if not subject.against:
        return own
    return paired_difference(_grid(runs, subject, subject.against, points), own)


def _grid(runs: pd.DataFrame, subject: Subject, scenario: str, points: int) -> np.ndarray:
    replicates = np.sort(runs["replicate"].unique())
    rows = runs[runs["scenario"] == scenario]
    values = np.full((points, len(replicates)), np.nan)
    places = np.searchsorted(replicates, rows["replicate"].to_numpy())
    values[rows["point"].to_numpy(), places] = rows[subject.column].to_numpy(dtype=float)
    return values


def factor_matrix(study: Study, points: pd.DataFrame) -> np.ndarray:
    """Return the points as numbers, shape (P, D): categories by place, -1 for "as in the scenario".

    Parameters
    ----------
    study : Study
        Its factors.
    points : DataFrame
        A column a factor, in natural units or with the labels of categories.
    """
    ordered = points.sort_values("point")
    columns = []
    for factor in study.factors:
        column = ordered[factor.name]
        if factor.kind == "categorical" and not pd.api.types.is_numeric_dtype(column):
            column = column.map({label: place for place, label in enumerate(factor.labels)})
        columns.append(np.nan_to_num(column.to_numpy(dtype=float), nan=-1.0))
    return np.stack(columns, axis=1)
