"""Follow `extends` from file to file: who extends whom, circles, and which steps hold in the end.

Not for reading one file: sim/scenario.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sim.errors import Problem, ScenarioError, render
from sim.scenario_levers import LEVERS, did_you_mean
from sim.scenario_values import LeverStep

SUFFIX = ".toml"


class SourceFile(NamedTuple):
    """One scenario file as read: what it says itself, and what is wrong with it.

    `label` and `description` are (English, Vietnamese); where the file is faulty they are empty.
    """

    path: Path
    label: tuple[str, str]
    description: tuple[str, str]
    extends: tuple[str, ...]
    shift_months: int
    levers: Mapping[str, tuple[LeverStep, ...]]
    problems: tuple[Problem, ...]
    parents: tuple[Path, ...] = ()


def scenario_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the scenarios in a folder, in alphabetical order."""
    return tuple(sorted(p.stem for p in folder.glob(f"*{SUFFIX}") if p.is_file()))


def unknown_scenario(name: str, folder: Path) -> Problem:
    """Return the problem that a folder has no scenario of a name."""
    if not folder.is_dir():
        siblings = [p.name for p in folder.parent.glob("*") if p.is_dir()]
        return Problem(str(folder), "no such folder", "", did_you_mean(folder.name, siblings))
    names = scenario_names(folder)
    fix = did_you_mean(name, names) or f"There are: {', '.join(names) or 'none'}."
    return Problem(str(folder), f"no scenario {name!r}", "", fix)


def gather(
    paths: Iterable[Path], folder: Path | None, read: Callable[[Path], SourceFile]
) -> dict[Path, SourceFile]:
    """Return the files and all files they extend, directly or not.

    Parameters
    ----------
    paths : iterable of Path
        The files to begin with.
    folder : Path, optional
        Where to look for the scenarios they extend, after their own folder.
    read : callable
        Reads one file.
    """
    files: dict[Path, SourceFile] = {}
    waiting = list(paths)
    while waiting:
        path = waiting.pop(0)
        if path not in files:
            files[path] = _linked(read(path), folder)
            waiting.extend(files[path].parents)
    return _with_circles(files)


def _linked(file: SourceFile, folder: Path | None) -> SourceFile:
    parents, problems = [], list(file.problems)
    if file.shift_months and not file.extends:
        problems.append(Problem("shift", "nothing to delay", "", "Name a scenario in extends."))
    home = file.path.parent
    for name in file.extends:
        candidates = [place / f"{name}{SUFFIX}" for place in (home, folder) if place is not None]
        found = next((path for path in candidates if path.is_file()), None)
        if found is None:
            near = unknown_scenario(name, home if folder is None else folder).fix
            problems.append(Problem("extends", f"{name!r}", "a scenario of the same folder", near))
        else:
            parents.append(found)
    return file._replace(parents=tuple(parents), problems=tuple(problems))


def _with_circles(files: Mapping[Path, SourceFile]) -> dict[Path, SourceFile]:
    marked = dict(files)
    seen: set[frozenset[Path]] = set()
    for path, file in files.items():
        circle = _way_back(path, files)
        if circle and frozenset(circle) not in seen:
            seen.add(frozenset(circle))
            names = " extends ".join(step.stem for step in circle)
            problem = Problem("extends", f"a circle: {names}", "", "Remove one of these links.")
            marked[path] = file._replace(problems=(*file.problems, problem))
    return marked


def _way_back(start: Path, files: Mapping[Path, SourceFile]) -> list[Path]:
    """Return a shortest way from a file over its parents back to itself, or nothing."""
    ways = [[start]]
    reached: set[Path] = set()
    while ways:
        way = ways.pop(0)
        for parent in files[way[-1]].parents:
            if parent == start:
                return [*way, parent]
            if parent not in reached:
                reached.add(parent)
                ways.append([*way, parent])
    return []


def resolve(path: Path, files: Mapping[Path, SourceFile]) -> tuple[LeverStep, ...]:
    """Return the steps that hold in a file after all it extends, in order.

    Parameters
    ----------
    path : Path
        The file.
    files : mapping of Path to SourceFile
        It and all it extends, free of circles.

    Notes
    -----
    Lever by lever the file overrules what it extends, and a later one overrules an earlier.
    """
    return in_order(_steps_by_lever(path, files).values())


def _steps_by_lever(
    path: Path, files: Mapping[Path, SourceFile]
) -> dict[str, tuple[LeverStep, ...]]:
    file = files[path]
    steps: dict[str, tuple[LeverStep, ...]] = {}
    for parent in file.parents:
        steps.update(_steps_by_lever(parent, files))
    for lever, inherited in steps.items():
        steps[lever] = tuple(
            step._replace(from_month=step.from_month + file.shift_months) for step in inherited
        )
    return {**steps, **file.levers}


def placed_problems(files: Iterable[SourceFile]) -> Iterator[Problem]:
    """Yield all problems, each with its file in front of its place."""
    for file in files:
        for problem in file.problems:
            yield problem._replace(where=f"{file.path}: {problem.where}")


def error_of(files: Iterable[SourceFile]) -> ScenarioError:
    """Return an error that lists the problems file by file."""
    faulty = [file for file in files if file.problems]
    message = "\n".join(render(str(file.path), file.problems) for file in faulty)
    return ScenarioError(message, tuple(placed_problems(faulty)))


def in_order(steps: Iterable[Iterable[LeverStep]]) -> tuple[LeverStep, ...]:
    """Return the steps of many levers by month, and within a month in the order of `LEVERS`."""
    order = list(LEVERS)
    flat = (step for listed in steps for step in listed)
    return tuple(sorted(flat, key=lambda step: (step.from_month, order.index(step.lever))))
