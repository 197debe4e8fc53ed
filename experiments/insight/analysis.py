"""Analyse a study: from its runs to tables that say what matters, when it fails, and the regret.

Not for words (experiments/insight/words.py) or figures (experiments/plots/insight.py). Each table
is long: the first columns say of which outcome, year, scenario and base it speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from experiments.insight.discovery import box_tables
from experiments.insight.morris import elementary_effects, morris_convergence
from experiments.insight.questions import Question
from experiments.insight.regret import regret
from experiments.insight.resample import ends, two_way, variance_parts
from experiments.insight.responses import Subject, factor_matrix, response, subjects_of
from experiments.insight.sobol import sobol_convergence
from experiments.outcomes import BY_KEY, NEITHER
from experiments.statistics import holm, mean_interval, paired
from experiments.study import Study
from sim.errors import StudyError

FUTURES: Final = ("lhs", "sobol", "saltelli", "csv")  # designs whose points are like draws
_DEFAULT_POINT: Final = 0


class Analysis(NamedTuple):
    """What a result says."""

    study: Study
    points: int
    replicates: int
    failed: int  # runs
    questions: tuple[Question, ...]
    tables: dict[str, pd.DataFrame]


def analyse(
    study: Study, runs: pd.DataFrame, points: pd.DataFrame, questions: Sequence[Question]
) -> Analysis:
    """Return what the runs of a study say about some questions.

    Parameters
    ----------
    study : Study
        What was run.
    runs : DataFrame
        A row a run: point, scenario, replicate, status, a column OUTCOME_YEAR.
    points : DataFrame
        point, a column a factor.
    questions : sequence of Question
        Outcomes to explain, and thresholds to look at.

    Returns
    -------
    Analysis
        Tables by name, those that the design allows: `noise` always; `sobol` or `morris` with
        `convergence`; `effects` (one at a time); `means` (grid); `regret` and `futures` (several
        scenarios); `boxes` and `box_steps` (a threshold).

    Raises
    ------
    StudyError
        If no run is complete, or a threshold is asked of a design whose points are no futures.
    """
    x = factor_matrix(study, points)
    kind = study.design.kind
    levels = [q for q in questions if not q.side]
    subjects = [s for q in levels for s in subjects_of(study, q.outcome, q.year)]
    parts = {"noise": _each(subjects, lambda s: _noise(study, response(runs, s, len(x))))}
    explain = {"saltelli": _sobol, "morris": _morris, "one-at-a-time": _effects, "grid": _means}
    if kind in explain:
        values = {subject: response(runs, subject, len(x)) for subject in subjects}
        parts |= explain[kind](study, x, values)
    if len(study.names) > 1 and kind in (*FUTURES, "grid"):
        parts |= _regret(study, runs, len(x), levels)
    thresholds = [question for question in questions if question.side]
    if thresholds and kind not in FUTURES:
        raise StudyError(
            f"--threshold: this study has the design {kind!r}, whose points do not stand for "
            f"possible futures; expected one of {', '.join(FUTURES)}."
        )
    if thresholds:
        parts |= box_tables(study, runs, x, futures_of(study, len(x)), thresholds)
    failed = int((runs["status"] != "ok").sum())
    replicates = int(runs["replicate"].nunique())
    return Analysis(study, len(x), replicates, failed, tuple(questions), parts)


def futures_of(study: Study, points: int) -> np.ndarray:
    """Return the points that were drawn independently: in Saltelli's design those of A and B."""
    places = np.arange(points)
    if study.design.kind != "saltelli":
        return places
    size = _block(study)
    return np.asarray(places[(places % size == 0) | (places % size == size - 1)])


def _block(study: Study) -> int:
    """Return the points of one base sample of Saltelli's design."""
    factors = len(study.factors)
    return 2 * factors + 2 if study.design.second_order else factors + 2


def _each(subjects: Sequence[Subject], table_of: Callable[[Subject], pd.DataFrame]) -> pd.DataFrame:
    """Return the tables of all subjects as one, with columns that say whose each row is."""
    return pd.concat([_told(subject, table_of(subject)) for subject in subjects], ignore_index=True)


def _told(subject: Subject, table: pd.DataFrame) -> pd.DataFrame:
    names = pd.DataFrame([subject] * len(table), columns=list(Subject._fields), index=table.index)
    return pd.concat([names, table], axis=1)


def _noise(study: Study, values: np.ndarray) -> pd.DataFrame:
    """Return mean and spread of a response over points and luck, and the share of luck."""
    values = values[futures_of(study, len(values))]
    kept = values[np.isfinite(values).all(1)]
    row: dict[str, float] = {"points_used": len(kept), "points_left_out": len(values) - len(kept)}
    if len(kept) < 2:
        return pd.DataFrame([{**row, **dict.fromkeys(_SPREAD, np.nan)}])
    total, noise = variance_parts(kept, two_way(*kept.shape))
    share = np.divide(noise, total, out=np.full_like(total, np.nan), where=total > 0.0)
    share = np.clip(share, 0.0, 1.0)
    lo, hi = ends(share)
    sd = float(np.sqrt(max(0.0, total[0])))
    found = (float(kept.mean()), sd, float(share[0]), float(lo), float(hi))
    return pd.DataFrame([{**row, **dict(zip(_SPREAD, found, strict=True))}])


_SPREAD: Final = ("mean", "sd_run", "luck_share", "luck_lo", "luck_hi")


def _blocks(values: np.ndarray, size: int, what: str) -> np.ndarray:
    """Return a response cut into blocks that are complete, shape (N, size, R)."""
    if len(values) % size:
        raise StudyError(
            f"The points of the study: found {len(values)}; expected a multiple of {size}, {what}. "
            "Analyse a result as the sweep wrote it."
        )
    blocks = values.reshape(len(values) // size, size, -1)
    complete = np.isfinite(blocks).all((1, 2))
    if complete.sum() < 2:
        raise StudyError(
            f"The runs: found {complete.sum()} complete of {len(blocks)} blocks of {size} points; "
            "expected two or more. The others have failed runs, or an outcome without a value."
        )
    return np.asarray(blocks[complete])


def _sobol(
    study: Study, _x: np.ndarray, values: dict[Subject, np.ndarray]
) -> dict[str, pd.DataFrame]:
    names = [factor.name for factor in study.factors]
    keep = [*range(len(names) + 1), _block(study) - 1]  # without the reverse of second orders

    def steps(subject: Subject) -> pd.DataFrame:
        blocks = _blocks(values[subject], _block(study), "whole base samples")
        return sobol_convergence(blocks[:, keep], names)

    return _with_convergence("sobol", _each(list(values), steps))


def _morris(
    study: Study, x: np.ndarray, values: dict[Subject, np.ndarray]
) -> dict[str, pd.DataFrame]:
    names = [factor.name for factor in study.factors]
    size = len(names) + 1

    def steps(subject: Subject) -> pd.DataFrame:
        _blocks(values[subject], size, "whole trajectories")
        whole = np.isfinite(values[subject]).all(1).reshape(-1, size).all(1).repeat(size)
        effects = elementary_effects(x[whole], values[subject][whole], levels=study.design.levels)
        return morris_convergence(effects, names)

    return _with_convergence("morris", _each(list(values), steps))


def _with_convergence(name: str, steps: pd.DataFrame) -> dict[str, pd.DataFrame]:
    most = steps.groupby(list(Subject._fields))["base_points"].transform("max")
    last = {name: steps[steps["base_points"] == most]}
    return last if steps["base_points"].nunique() == 1 else {**last, "convergence": steps}


def _effects(
    study: Study, x: np.ndarray, values: dict[Subject, np.ndarray]
) -> dict[str, pd.DataFrame]:
    """Return what each factor alone changes against the default point."""

    def table(subject: Subject) -> pd.DataFrame:
        base, rows = values[subject][_DEFAULT_POINT], []
        for point in range(1, len(x)):
            (place,) = np.flatnonzero(x[point] != x[_DEFAULT_POINT])
            factor = study.factors[place].name
            found = paired(base, values[subject][point], good=NEITHER)
            rows.append((factor, point, float(x[point, place]), *found.interval, found.p_value))
        columns = ["factor", "point", "value", "change", "lo", "hi", "sd", "n", "method", "p_value"]
        return pd.DataFrame(rows, columns=columns)

    found = _each(list(values), table)
    return {"effects": found.assign(p_holm=holm(found["p_value"].tolist()))}


def _means(
    study: Study, x: np.ndarray, values: dict[Subject, np.ndarray]
) -> dict[str, pd.DataFrame]:
    """Return the mean over replicates at each point of a grid."""

    def table(subject: Subject) -> pd.DataFrame:
        rows = [
            (point, *x[point], *mean_interval(values[subject][point])) for point in range(len(x))
        ]
        names = [factor.name for factor in study.factors]
        return pd.DataFrame(
            rows, columns=["point", *names, "mean", "lo", "hi", "sd", "n", "method"]
        )

    return {"means": _each(list(values), table)}


def _regret(
    study: Study, runs: pd.DataFrame, points: int, questions: Sequence[Question]
) -> dict[str, pd.DataFrame]:
    """Return regret over futures, for outcomes of which more or less is better."""
    tables, futures = [], []
    for question in questions:
        good = BY_KEY[question.outcome].good
        levels = [
            response(runs, Subject(question.outcome, question.year, name), points)
            for name in study.names
        ]
        values = np.stack(levels)[:, futures_of(study, points)]
        whole = np.isfinite(values).all((0, 2))
        if good == NEITHER or whole.sum() < 2:
            continue
        found = regret(values[:, whole], study.names, good=good)
        asked = {"outcome": question.outcome, "year": question.year}
        tables.append(found.table.assign(**asked, futures=int(whole.sum())))
        names = dict(zip(study.names, found.futures, strict=True))
        futures.append(
            pd.DataFrame({"point": futures_of(study, points)[whole], **names}).assign(**asked)
        )
    if not tables:
        return {}
    return {
        "regret": pd.concat(tables, ignore_index=True),
        "futures": pd.concat(futures, ignore_index=True),
    }
