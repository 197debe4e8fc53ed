"""Add replicates to a study until its paired differences are precise enough at every point.

A look is a sweep that grows the result; which looks there are and when to stop is said in
experiments/precision.py. Looks depend on the first replicates alone, not on what else is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from experiments.precision import (
    AT_MOST,
    Comparison,
    Precision,
    Target,
    schedule,
    targets_of,
    until_precise,
)
from experiments.result import Result, open_result
from experiments.statistics import paired_difference
from experiments.study import Study
from experiments.sweeps.chunks import places_of
from experiments.sweeps.columns import numbers_of
from experiments.sweeps.how import How, opened
from experiments.sweeps.manifest import MANIFEST, read_manifest
from experiments.sweeps.parts import read_whole
from experiments.sweeps.study_files import LoadedStudy
from experiments.sweeps.study_shape import MOST
from experiments.sweeps.sweeping import sweep_into
from sim.errors import Problem, StudyError


def study_targets(study: Study, written: Sequence[str], at_most: int) -> tuple[Target, ...]:
    """Return the targets that a user wrote for the differences of a study.

    Raises
    ------
    StudyError
        If one cannot be read or is not kept, there is no difference, or the limit is none.
    """
    if len(study.scenarios) < 2:
        raise StudyError(
            f"--precision: found one scenario in {study.id}; expected two or more, since it is "
            "the precision of differences to the first."
        )
    if not 2 <= at_most <= MOST:
        problem = Problem("at_most", str(at_most), f"a whole number from 2 to {MOST}", "")
        raise StudyError.of("The sweep", [problem])
    return targets_of(written, study.years, study.outcomes)


def sweep_until(
    loaded: LoadedStudy,
    folder: Path,
    targets: Sequence[Target],
    at_most: int = AT_MOST,
    how: How = How(),  # noqa: B008
) -> Precision:
    """Run a study with as many replicates as the precision of its differences asks for.

    Parameters
    ----------
    loaded : LoadedStudy
        Study and province; its number of replicates is not used.
    folder : Path
        New, empty, or with an earlier result, whose replicates stay and are looked at first.
    targets : sequence of Target
        How precisely the difference of every scenario to the first shall be known, at every point.
    at_most : int
        Never more replicates than this.
    how : How
        Threads or a cluster, chunks, progress.

    Returns
    -------
    Precision
        What the looks saw.

    Raises
    ------
    StoreError
        As `sweep_into`.
    """
    with opened(how) as ready:
        result = _grown(loaded, folder, schedule(at_most)[0], ready)
        comparisons = [
            Comparison(name, target, point)
            for point in range(result.points_count)
            for name in loaded.study.names[1:]
            for target in targets
        ]

        def differences(pairs: int) -> list[np.ndarray]:
            return _differences(_grown(loaded, folder, pairs, ready), targets, pairs)

        return until_precise(targets, comparisons, at_most, differences)


def _grown(loaded: LoadedStudy, folder: Path, replicates: int, how: How) -> Result:
    """Return a result with at least so many replicates."""
    there = 0
    if (folder / MANIFEST).is_file():
        there = read_manifest(folder).study.replicates
    study = loaded.study._replace(replicates=max(replicates, there))
    sweep_into(LoadedStudy(study, loaded.province), folder, how)
    return open_result(folder)


def _differences(result: Result, targets: Sequence[Target], pairs: int) -> list[np.ndarray]:
    """Return the first paired differences by point, scenario and target, each of shape (pairs,)."""
    columns = [f"{target.outcome}_{target.year}" for target in targets]
    shape = (len(targets), result.points_count, len(result.study.scenarios), pairs)
    values = np.full(shape, np.nan)
    for part in result.parts:
        table = read_whole(
            part.files["runs"], ["point", "scenario", "replicate", *dict.fromkeys(columns)]
        )
        places = places_of(result.study, table)
        first = places[2] < pairs
        for target, column in enumerate(columns):
            numbers = numbers_of(table.column(column))
            values[target][tuple(each[first] for each in places)] = numbers[first]
    return [
        paired_difference(values[target, point, 0], values[target, point, scenario])
        for point in range(result.points_count)
        for scenario in range(1, len(result.study.scenarios))
        for target in range(len(targets))
    ]
