"""When a scenario misses a threshold: boxes of futures as tables, by scenario and question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.insight.prim import Axis, Box, discover
from experiments.insight.questions import Question
from experiments.insight.responses import Subject, response
from experiments.study import Study

_BOX = ["outcome", "year", "side", "threshold", "scenario", "futures", "cases", "box"]


def box_tables(
    study: Study,
    runs: pd.DataFrame,
    x: np.ndarray,
    futures: np.ndarray,
    questions: Sequence[Question],
) -> dict[str, pd.DataFrame]:
    """Return the boxes of every scenario and question, and the steps that led to them.

    Parameters
    ----------
    study : Study
        What was run.
    runs : DataFrame
        See `experiments.insight.responses.response`.
    x : ndarray, shape (P, D)
        The points as numbers.
    futures : ndarray of int
        Which points to use.
    questions : sequence of Question
        With thresholds. A future is a case where the mean over replicates is on that side.

    Returns
    -------
    dict of str to DataFrame
        `boxes`: question, scenario, futures and cases in all, box from 1 on, its coverage, density
        and mass, then a row a restriction: factor, lo, hi, allowed, quasi_p; box 0 and no factor
        where no box was found. `box_steps`: coverage, density, mass and number of restrictions on
        the way; a last row a box, `chosen`, is the box itself, after pasting and lifting.
    """
    axes = [Axis(factor.name, ordered=factor.kind != "categorical") for factor in study.factors]
    rows: list[tuple[object, ...]] = []
    steps: list[tuple[object, ...]] = []
    for question in questions:
        for scenario in study.names:
            subject = Subject(question.outcome, question.year, scenario)
            values = response(runs, subject, len(x))[futures]
            whole = np.isfinite(values).all(1)
            means = values[whole].mean(1)
            below = question.side == "<"
            cases = means < question.threshold if below else means > question.threshold
            found = discover(x[futures][whole], cases, axes)
            told = (*question, scenario, len(cases), int(cases.sum()))
            rows += _rows(told, found)
            for number, box in enumerate(found, 1):
                steps += [(*told, number, *step, False) for step in box.steps]
                steps.append((*told, number, *box.chosen, True))
    limits = ["coverage", "density", "mass", "restricted", "factor", "lo", "hi", "allowed"]
    return {
        "boxes": pd.DataFrame(rows, columns=[*_BOX, *limits, "quasi_p"]),
        "box_steps": pd.DataFrame(steps, columns=[*_BOX, *limits[:4], "chosen"]),
    }


def _rows(told: tuple[object, ...], boxes: Sequence[Box]) -> list[tuple[object, ...]]:
    if not boxes:
        nothing = (np.nan, np.nan, np.nan, 0, "", np.nan, np.nan, "", np.nan)
        return [(*told, 0, *nothing)]
    return [
        (*told, number, *box.chosen, name, at.lo, at.hi, " ".join(map(str, at.allowed)), at.quasi_p)
        for number, box in enumerate(boxes, 1)
        for name, at in box.limits.items()
    ]
