"""The verb `check`: everything wrong with scenarios, studies or the data of a province."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from experiments.authoring.mend import mend_folder, mendable
from experiments.commands.arguments import UsageError
from experiments.json_text import json_text
from experiments.outline import read_outline
from experiments.province import Province, data_folder, load_province
from experiments.sweeps.study_files import check_studies, is_study
from experiments.texts import Texts, load_texts
from sim.errors import Problem, ScenarioError, WorldError
from sim.scenario import list_scenarios, load_scenario

_READS: Final = (
    "Name a scenario or study file (.toml), a scenario by name, or the folder of a province."
)


def check(arguments: argparse.Namespace) -> str:
    """Return that scenarios, studies and provinces are fine.

    Raises
    ------
    UsageError
        If something is named that is neither scenario, study nor province.
    WorldError
        With everything that is wrong with the data of a province.
    ScenarioError
        With everything that is wrong with scenarios and studies.
    """
    texts = load_texts(arguments.lang)
    strange = [Problem(repr(n), found, "", _READS) for n in arguments.files if (found := _odd(n))]
    if strange:
        raise UsageError.of("zonesim check", strange)
    folders = [name for name in arguments.files if Path(name).is_dir()]
    if arguments.mend and not folders:
        raise UsageError("zonesim check: --mend mends the folder of a province; name one.")
    rewritten = [path for name in folders for path in _mended(name, mend=arguments.mend)]
    provinces = [_province(name) for name in folders]
    names = [name for name in arguments.files if name not in folders]
    studies, plain = _files(names, arguments.province)
    problems = [*plain, *check_studies(studies)]
    for province in provinces:
        read_outline(province.data, province.world.name_vi)
        problems += _problems(_own(province), province)
    if problems:
        raise ScenarioError.of("The check", problems)
    if arguments.json:
        mended = [str(path) for path in rewritten]
        return json_text({"files": list(arguments.files), "problems": [], "mended": [*mended]})
    lines = [texts.get("new", "mended").format(file=path) for path in rewritten]
    lines += [_fine(province, texts) for province in provinces]
    counts = (("data", len(names) - len(studies)), ("study", len(studies)))
    lines += [texts.get(kind, "fine").format(n=n) for kind, n in counts if n]
    return "".join(f"{line}\n" for line in lines)


def _odd(name: str) -> str:
    """Return what a name stands for if that is nothing to check, else nothing."""
    path = Path(name)
    if not name:
        return "empty"
    if path.is_file() and path.suffix not in ("", ".toml"):
        return "a file that does not end in .toml"
    if path.is_dir():
        try:
            data_folder(path)
        except WorldError:
            return "a folder that is not a province: it holds no world/world.toml"
    return ""


def _mended(folder: str, *, mend: bool) -> list[Path]:
    return mend_folder(data_folder(Path(folder))) if mend else []


def _province(folder: str) -> Province:
    """Return a province; where a spreadsheet is at fault, say with what is wrong how to mend it."""
    try:
        return load_province(Path(folder))
    except WorldError as error:
        files = ", ".join(path.name for path in mendable(data_folder(Path(folder))))
        if not files:
            raise
        hint = f"A spreadsheet saved {files} its own way: 'zonesim check {folder} --mend' mends it."
        raise WorldError(f"{error}\n{hint}", error.problems) from None


def _fine(province: Province, texts: Texts) -> str:
    vietnamese = texts.language == "vi"
    name = province.world.name_vi if vietnamese else province.world.name_en
    count = texts.number(len(_own(province)), 0)
    return texts.get("new", "province_fine").format(province=name, n=count)


def _own(province: Province) -> list[Path]:
    """Return the scenario files of a province."""
    return [
        province.scenarios / f"{name}.toml"
        for name in list_scenarios(province.scenarios)
        if name != "world"  # world.toml, where scenarios lie beside the data
    ]


def _files(names: list[str], folder: str) -> tuple[list[Path], list[Problem]]:
    """Return the studies among some files, and the problems of the scenarios among them."""
    if not names:
        return [], []
    province = load_province(folder)
    paths = [
        Path(name) if name.endswith(".toml") else province.scenarios / f"{name}.toml"
        for name in names
    ]
    studies = [path for path in paths if is_study(path)]
    return studies, _problems([path for path in paths if path not in studies], province)


def _problems(paths: Iterable[Path], province: Province) -> list[Problem]:
    """Return everything wrong with scenarios and what they extend, each problem once.

    What a file extends is looked for beside it and in the province, as when it is run.
    """
    found: list[Problem] = []
    for path in paths:
        try:
            load_scenario(path, province.scenarios, province.world)
        except ScenarioError as error:
            found += error.problems
    return list(dict.fromkeys(found))
