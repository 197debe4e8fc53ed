"""The verb `completion`: a script by which a shell completes verbs, options and names.

Made of the parser itself, so that nothing typed here can go out of date. The names of scenarios,
zones, levers and studies are those that ship.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from experiments.commands.parser import new_parser

_FILE, _FOLDER, _NOTHING = "<file>", "<folder>", ""
# What an argument takes, by the name that the help gives it; scenarios are also files.
_BY_METAVAR: Final[Mapping[str, str]] = {
    "SCENARIO": "scenarios",
    "A": "scenarios",
    "B": "scenarios",
    "ZONE": "zones",
    "LEVER": "levers",
    "STUDY": "studies",
    "KIND": "kinds",
    "FILE": _FILE,
    "RESULT": _FOLDER,
    "DIR": _FOLDER,
    "NAME|FOLDER": _FOLDER,
}
_ALSO_FILES: Final = ("scenarios", "studies")


class Option(NamedTuple):
    """One option: its spelling, its help, and what its value is ("-" where it takes none)."""

    name: str
    help: str
    takes: str


class Node(NamedTuple):
    """One verb, or one action of a verb: what can follow it."""

    path: tuple[str, ...]
    help: str
    children: tuple[str, ...]
    options: tuple[Option, ...]
    arguments: tuple[str, ...]  # what the positions take
    choices: Mapping[str, tuple[str, ...]]  # values of options that have a closed list


def completion(arguments: argparse.Namespace) -> str:
    """Return the script for a shell."""
    from experiments.commands.completion_scripts import SCRIPTS

    nodes = tuple(nodes_of(new_parser()))
    return SCRIPTS[arguments.shell](nodes, names())


def names() -> Mapping[str, tuple[str, ...]]:
    """Return the names that ship, by what they are names of."""
    from experiments.plots import FILM, KINDS
    from experiments.province import load_province
    from experiments.sweeps.design import list_studies
    from sim.scenario import list_scenarios
    from sim.scenario_levers import LEVERS

    province = load_province("ninh_binh")
    return {
        "scenarios": list_scenarios(province.scenarios),
        "zones": province.world.zone_ids,
        "levers": tuple(LEVERS),
        "studies": tuple(path.stem for path in list_studies()),
        "kinds": (*KINDS, FILM),
    }


def nodes_of(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[Node]:
    """Yield every verb and action of a parser, the whole command line first.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        Where to begin.
    path : tuple of str
        The words that lead to it.
    """
    subs = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    children = {name: child for sub in subs for name, child in sub.choices.items()}
    plain = [action for action in parser._actions if action not in subs]
    yield Node(
        path=path,
        help=_short(parser.description),
        children=tuple(children),
        options=tuple(
            Option(name, _short(action.help), _takes(action))
            for action in plain
            for name in action.option_strings
        ),
        arguments=tuple(_takes(action) for action in plain if not action.option_strings),
        choices={
            name: tuple(map(str, action.choices))
            for action in plain
            if action.choices is not None
            for name in action.option_strings or (action.dest,)
        },
    )
    for name, child in children.items():
        yield from nodes_of(child, (*path, name))


def _short(text: str | None) -> str:
    """Return a help text as one line that quotes cannot break."""
    plain = " ".join((text or "").replace("%%", "%").split())
    return "".join(letter for letter in plain if letter not in "'\"`$\\[]")


def _takes(action: argparse.Action) -> str:
    if action.option_strings and action.nargs == 0:
        return "-"
    if action.choices is not None:
        return "choices"
    metavar = action.metavar if isinstance(action.metavar, str) else ""
    return _BY_METAVAR.get(metavar, _NOTHING)


def takes_files(what: str) -> bool:
    """Return whether files may stand where a kind of value stands."""
    return what in (_FILE, *_ALSO_FILES)


def takes_folders(what: str) -> bool:
    """Return whether folders may stand where a kind of value stands."""
    return what == _FOLDER
