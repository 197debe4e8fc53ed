"""Find a province and its scenarios by name or folder, and shorten its horizon.

Not for what is in the files: sim/world.py and sim/scenario.py.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import NamedTuple

from sim.errors import Problem, ScenarioError, WorldError
from sim.scenario import Scenario, load_scenario
from sim.world import SCENARIOS, World, load_world, world_path

_SETTINGS = "world.toml"


class Province(NamedTuple):
    """A province and the folder that holds its scenarios."""

    world: World
    data: Path
    scenarios: Path


def load_province(name_or_folder: str | Path) -> Province:
    """Return a province.

    Parameters
    ----------
    name_or_folder : str or Path
        Its folder in scenarios/, such as ``tiny``; or a folder of one's own that holds scenarios
        and ``world/``.

    Raises
    ------
    WorldError
        If there is none, or its files have problems.
    """
    data = data_folder(name_or_folder)
    return Province(load_world(data), data, data.parent)


def shipped_provinces() -> tuple[str, ...]:
    """Return the names of the provinces that come with the program."""
    return tuple(sorted(path.parts[-3] for path in SCENARIOS.glob(f"*/world/{_SETTINGS}")))


def hiding(*names: str, where: str) -> list[Problem]:
    """Return the problem of a new province whose folder would hide a shipped one; or none.

    Parameters
    ----------
    *names : str
        What the folder or the province shall be called; see `names_of`.
    where : str
        The argument that says so.
    """
    fix = "A folder of that name would hide it: name yours 'my_province', for example."
    expected = "a name that no province of zonesim has"
    shipped = [name for name in dict.fromkeys(names) if name in shipped_provinces()]
    return [Problem(where, repr(name), expected, fix) for name in shipped]


def names_of(folder: Path) -> tuple[str, str]:
    """Return what a folder is called: by the path to it and, where that is a link, in truth."""
    return Path(os.path.abspath(folder)).name, Path(os.path.realpath(folder)).name


def data_folder(name_or_folder: str | Path) -> Path:
    """Return the folder with the data files of a province; see `load_province`.

    Raises
    ------
    WorldError
        If there is none.
    """
    if name_or_folder == "":
        known = ", ".join(shipped_provinces())
        expected = f"{known}, or the folder of a province of one's own"
        raise WorldError(Problem("province", "'' (empty)", expected, "").text())
    folder = Path(name_or_folder)
    if isinstance(name_or_folder, str) and len(folder.parts) == 1 and not folder.is_dir():
        return world_path(name_or_folder)
    if (folder / "world" / _SETTINGS).is_file():
        return folder / "world"
    if (folder / _SETTINGS).is_file():
        return folder
    if isinstance(name_or_folder, str) and len(folder.parts) == 1:
        return world_path(name_or_folder)
    raise WorldError(f"{name_or_folder} is not a province: it holds no world/{_SETTINGS}.")


def load_scenarios(names: list[str | Path], province: Province) -> list[Scenario]:
    """Return scenarios by name or path.

    Raises
    ------
    ScenarioError
        If one is empty, unknown or faulty, or if two have the same name.
    """
    for name in names:
        if odd := _no_scenario(name, province.scenarios):
            expected = "the name of a scenario or the path of a TOML file"
            problem = Problem("scenario", odd, expected, "See 'zonesim scenarios'.")
            raise ScenarioError(problem.text(), (problem,))
    loaded = [load_scenario(name, province.scenarios, province.world) for name in names]
    found = [scenario.name for scenario in loaded]
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        problem = Problem(
            "scenarios", f"{twice[0]!r} named twice", "", "Name each once, or rename its file."
        )
        raise ScenarioError(problem.text(), (problem,))
    return loaded


def _no_scenario(name: str | Path, scenarios: Path) -> str:
    """Return what a name stands for if that can be no scenario, else nothing."""
    path = Path(name)
    if name == "":
        return "'' (empty)"
    if (scenarios / f"{name}.toml").is_file():
        return ""
    if path.is_dir():
        return f"{str(name)!r} (a folder)"
    return f"{str(name)!r} (a file)" if path.is_file() and path.suffix != ".toml" else ""


def shorten(world: World, until: str | None) -> World:
    """Return the same province with an earlier last month, to report on.

    Runs must be made with the whole horizon, on which their luck depends.

    Parameters
    ----------
    world : World
        The province.
    until : str, optional
        Last month, such as ``2027-12``; None changes nothing.

    Raises
    ------
    WorldError
        If it is not a month of the simulation, or no December is left to report.
    """
    calendar = world.calendar
    if until is None or not calendar.december_indices:
        return world
    first, last = (calendar.name(t) for t in (calendar.december_indices[0], calendar.months - 1))
    try:
        months = calendar.month_index(until) + 1
    except ValueError:
        months = 0
    if not calendar.december_indices[0] < months <= calendar.months:
        problem = Problem("--until", repr(until), f"a month from {first} to {last}", "")
        raise WorldError(problem.text(), (problem,))
    return dataclasses.replace(world, calendar=calendar._replace(months=months))
