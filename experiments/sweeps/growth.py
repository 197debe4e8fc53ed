"""Let a study grow in its folder: old points keep their numbers, new ones come after them.

What may grow: replicates, points of a grid, of Sobol', Saltelli and Morris designs and of a file,
scenarios, and factors whose old runs were at a default that the new study has too.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from experiments.study import Study
from experiments.sweeps.manifest import Manifest, Points
from sim.errors import Problem, StoreError


def check_growth(folder: Path, old: Study, new: Study) -> None:
    """Make sure that a study asks for what a result holds, or for more.

    Raises
    ------
    StoreError
        With everything it would take away or change.
    """
    problems = [
        Problem(name, str(getattr(new, name)), f"as in the folder, {getattr(old, name)}", "")
        for name in ("province", "seed", "outcomes", "years", "keep")
        if getattr(old, name) != getattr(new, name)
    ]
    if new.replicates < old.replicates:
        expected = f"at least the {old.replicates} in the folder"
        problems.append(Problem("replicates", str(new.replicates), expected, ""))
    if old.design.kind != new.design.kind:
        expected = f"as in the folder, {old.design.kind}"
        problems.append(Problem("design.kind", new.design.kind, expected, ""))
    gone = [name for name in old.names if name not in new.names]
    problems += [
        Problem("scenarios", f"without {name!r}, which the folder holds", "", "") for name in gone
    ]
    if problems:
        title = f"{folder}: the study does not fit what it holds; name another folder. It"
        raise StoreError.of(title, problems)


def grown(folder: Path, old: Manifest, had: Points, study: Study, wanted: Points) -> Points:
    """Return the points of a study with the numbers that a result gave them already.

    Parameters
    ----------
    folder : Path
        Of the result.
    old : Manifest
        What it held.
    had : Points
        Its points.
    study : Study
        What is asked now.
    wanted : Points
        Its points in the order of the design.

    Raises
    ------
    StoreError
        If a point of the result is none of the study.
    """
    columns = [study.names.index(name) for name in old.study.names]
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, ids in enumerate(had.ids):
        waiting[ids].append(number)
    order, new = np.full(len(had.ids), -1), []
    for row, ids in enumerate(wanted.ids):
        places = waiting[tuple(ids[column] for column in columns)]
        if places:
            order[places.pop(0)] = row
        else:
            new.append(row)
    lost = int((order < 0).sum())
    if lost:
        raise StoreError(_not_grown(folder, study, lost, len(had.ids)))
    rows = [*order.tolist(), *new]
    return Points(wanted.values[rows], tuple(wanted.ids[row] for row in rows))


def _not_grown(folder: Path, study: Study, lost: int, had: int) -> str:
    text = f"{folder}: {lost} of its {had} points are not in the study; a study may only grow."
    if study.design.kind == "lhs":
        return (
            f"{text} A Latin hypercube cannot: its points depend on their number. Name another "
            "folder, or use sobol."
        )
    return (
        f"{text} Either a range, a value or a scenario changed, or a new factor lacks the default "
        "that the old points have. Name another folder."
    )
