"""What can be typed: every verb, option and argument, read off the parser itself.

So nothing that a shell is told (experiments/commands/completion_scripts.py) can go out of date.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

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
