"""The points of a design: one row of factor values each, the same for the same study.

Not for how shares of one are drawn: experiments/sweeps/shares.py.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np

from experiments.study import Study
from experiments.sweeps.factors import correlated, correlation_matrix, natural
from experiments.sweeps.shares import Sampling, shares


def design_points(study: Study, draw: Callable[[Sampling], np.ndarray] = shares) -> np.ndarray:
    """Return the points of a study.

    Parameters
    ----------
    study : Study
        Checked, so that the design fits the factors.
    draw : callable
        Draws sampled designs: `shares`, or `shares_apart` where memory is short.

    Returns
    -------
    ndarray, shape (points, factors)
        In the units of the factors; categories by place in `Factor.values`; NaN where a lever is
        as in the scenario.

    Raises
    ------
    StudyError
        If a package that makes the design is not installed.
    """
    factors, design = study.factors, study.design
    match design.kind:
        case "grid":
            rows = list(itertools.product(*(factor.numbers for factor in factors)))
            return np.array(rows, dtype=float).reshape(len(rows), len(factors))
        case "one-at-a-time":
            return _one_at_a_time(study)
        case "csv":
            return np.array(design.rows, dtype=float).reshape(len(design.rows), len(factors))
    drawn = draw(
        Sampling(
            design.kind,
            len(factors),
            design.points,
            design.levels,
            design.second_order,
            study.seed,
        )
    )
    matrix = correlation_matrix(factors, study.correlations) if study.correlations else None
    even = drawn if matrix is None else correlated(drawn, matrix)
    return np.stack([natural(f, even[:, place]) for place, f in enumerate(factors)], axis=1)


def _one_at_a_time(study: Study) -> np.ndarray:
    """Return the default point, and every other value of each factor with the rest at default."""
    base = [factor.default for factor in study.factors]
    rows = [base]
    for place, factor in enumerate(study.factors):
        for number in factor.numbers:
            both_as_in_scenario = math.isnan(number) and math.isnan(factor.default)
            if number != factor.default and not both_as_in_scenario:
                rows.append([*base[:place], number, *base[place + 1 :]])
    return np.array(rows, dtype=float)
