"""Study files: where they are, and how one becomes a sound study.

Not for what a sound study is (experiments/study.py), for the shape of the file
(experiments/sweeps/study_shape.py) or for its numbers against the province
(experiments/sweeps/study_checks.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from experiments.province import Province, load_province
from experiments.study import Study
from experiments.sweeps.study_checks import checked_study
from experiments.sweeps.study_shape import misfits_of, without
from sim.data_files import near_miss
from sim.errors import Problem, StudyError
from sim.scenario_text import read_toml

STUDIES: Final = Path(__file__).parents[1] / "studies"
SUFFIX: Final = ".toml"


class Changes(NamedTuple):
    """What a command line may set otherwise than the file; None leaves what the file says."""

    replicates: int | None = None
    points: int | None = None
    seed: int | None = None


class LoadedStudy(NamedTuple):
    """A sound study and the province it is about."""

    study: Study
    province: Province


def list_studies() -> tuple[Path, ...]:
    """Return the study files that come with the program, by name."""
    return tuple(sorted(STUDIES.glob(f"*{SUFFIX}")))


def study_path(name_or_path: str | Path) -> Path:
    """Return the file of a study: one of ours by name, or a path, which ends in .toml.

    Raises
    ------
    StudyError
        If there is no such file.
    """
    is_path = isinstance(name_or_path, Path) or name_or_path.endswith(SUFFIX)
    path = Path(name_or_path) if is_path else STUDIES / f"{name_or_path}{SUFFIX}"
    if not path.is_file():
        names = [found.stem for found in list_studies()]
        fix = near_miss(path.stem, names)
        raise StudyError(f"No such study: {str(name_or_path)!r}. {fix}".rstrip())
    return path


def load_study(name_or_path: str | Path, changes: Changes = Changes()) -> LoadedStudy:  # noqa: B008
    """Return a study, checked against its province, before anything runs.

    Parameters
    ----------
    name_or_path : str or Path
        Name of a study that comes with the program, or the path of a file.
    changes : Changes
        Replicates, points and seed to use instead of the file's.

    Raises
    ------
    StudyError
        With all problems of the file.
    WorldError
        If its province cannot be had.
    """
    path = study_path(name_or_path)
    content = read_toml(path)
    if isinstance(content, Problem):
        raise StudyError.of(path.name, [content])
    content = _changed(content, changes)
    misfits = misfits_of(content)
    shape, faulty = without(content, misfits)
    province = load_province(shape.province)
    study, problems = checked_study(path, shape, faulty, province)
    if misfits or problems or study is None:
        raise StudyError.of(path.name, [*misfits.values(), *problems])
    return LoadedStudy(study, province)


def check_studies(paths: Iterable[Path]) -> list[Problem]:
    """Return everything wrong with some study files, each with its file in front of its place."""
    problems: list[Problem] = []
    for path in paths:
        try:
            load_study(path)
        except StudyError as error:
            placed = (
                fault._replace(where=f"{path.name}: {fault.where}") for fault in error.problems
            )
            problems += placed
    return problems


def is_study(path: Path) -> bool:
    """Return whether a TOML file looks like a study rather than a scenario."""
    content = read_toml(path) if path.is_file() else {}
    return isinstance(content, dict) and "scenarios" in content and "levers" not in content


def _changed(content: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a file's content with the numbers of the command line in it."""
    found = dict(content)
    for key in ("replicates", "seed"):
        if getattr(changes, key) is not None:
            found[key] = getattr(changes, key)
    design = found.get("design", {"kind": "grid"})
    if changes.points is not None and isinstance(design, dict):
        key = "trajectories" if design.get("kind") == "morris" else "points"
        found["design"] = {**design, key: changes.points}
    return found
