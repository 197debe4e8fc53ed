"""The verbs `new` and `init-province`: files for an analyst to fill in."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path

from experiments.authoring.files import checked_name, new_file, new_folder
from experiments.authoring.province import province_files
from experiments.authoring.scenario import scenario_text
from experiments.commands.arguments import UsageError
from experiments.grid import wrapped
from experiments.json_text import Json, json_text
from experiments.province import hiding, load_province, load_scenarios, names_of
from experiments.texts import load_texts
from sim.world import SCENARIOS

_SCHEMA = SCENARIOS / "scenario.schema.json"


def new(arguments: argparse.Namespace) -> str:
    """Write a scenario of one's own and say what to do with it.

    Raises
    ------
    ScenarioError
        If the scenario that it extends cannot be read.
    StoreError
        If the name cannot be a file's, or the file exists or cannot be written.
    """
    name = checked_name(arguments.name, "new")
    path = Path(arguments.out or f"{name}.toml")
    if path.suffix != ".toml":
        path = path / f"{name}.toml"
    province = load_province(arguments.province)
    (base,) = load_scenarios([arguments.extends], province)
    _check_link(name, arguments.extends, base.name, path, province.scenarios)
    text = scenario_text(name, base, province.world, schema=_schema_from(path))
    new_file(path, text)
    if arguments.json:
        return json_text({"file": str(path), "extends": base.name})
    told = load_texts(arguments.lang).get("new", "written")
    said = wrapped(told.format(file=path, base=base.name))
    folder = shlex.quote(arguments.province)
    where = "" if arguments.province == "ninh_binh" else f" --province {folder}"
    typed = shlex.quote(str(path))
    verbs = (f"check {typed}", f"compare {base.name} {typed}")
    return "\n".join([said, *(f"  zonesim {verb}{where}" for verb in verbs)]) + "\n"


def _check_link(name: str, typed: str, base: str, path: Path, scenarios: Path) -> None:
    """Make sure that the new file will find what it extends: beside it, or in the province.

    Raises
    ------
    UsageError
        If it would find nothing, itself or another file of that name.
    """
    if name == base:
        raise UsageError(f"zonesim new: NAME = {name!r}: expected a name that --extends has not.")
    meant = Path(typed) if typed.endswith(".toml") else scenarios / f"{typed}.toml"
    places = [folder / f"{base}.toml" for folder in (path.parent, scenarios)]
    found = next((place for place in places if place.is_file()), None)
    if found is None or not found.samefile(meant):
        raise UsageError(
            f"zonesim new: --extends {typed}: the new file would not find it. Write the file into "
            f"the same folder: --out {meant.parent / name}.toml."
        )


def _schema_from(path: Path) -> str:
    """Return the way from a file to the JSON Schema; empty where there is none."""
    try:
        return Path(os.path.relpath(_SCHEMA, os.path.realpath(path.parent))).as_posix()
    except ValueError:  # on another drive
        return ""


def init_province(arguments: argparse.Namespace) -> str:
    """Write the data files of a new province and say what to do with them.

    Raises
    ------
    StoreError
        If the name cannot be a file's, or the folder holds anything or cannot be written.
    UsageError
        If name or folder would hide a province that comes with the program.
    """
    name = checked_name(arguments.name, "init-province")
    folder = Path(name if arguments.out is None else arguments.out)
    problems = hiding(*names_of(folder), where="NAME" if arguments.out is None else "--out")
    if arguments.out is not None:
        problems += hiding(name, where="NAME")
    if problems:
        raise UsageError.of("zonesim init-province", problems)
    files = province_files(name)
    new_folder(folder, files)
    if arguments.json:
        names: list[Json] = [*sorted(files)]
        return json_text({"folder": str(folder), "files": names})
    told = load_texts(arguments.lang).get("new", "province_written")
    said = wrapped(told.format(folder=folder))
    typed = shlex.quote(str(folder))
    return f"{said}\n  zonesim check {typed}\n  zonesim run baseline --province {typed}\n"
