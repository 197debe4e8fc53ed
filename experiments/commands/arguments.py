"""A parser of arguments that raises what argparse would print, with a suggestion.

Imported for ``zonesim --help``, so it imports nothing slow. Which arguments there are:
experiments/commands/parser.py.
"""

from __future__ import annotations

import argparse
import difflib
import re
import textwrap
from collections.abc import Sequence
from typing import Final, NoReturn

from sim.errors import ZonesimError

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_SHOWN: Final = 20  # letters of what was typed


class UsageError(ZonesimError):
    """The command line asks for something that does not exist."""


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of printing, and suggests what was meant."""

    def __init__(self, *, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=textwrap.fill(description, 80),
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def parse_known_args(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse, and complain here about what is left over: this parser knows its options."""
        parsed, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return parsed, left

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would have printed, with a suggestion."""
        raise UsageError(f"{self.prog}: {self._said(message)}")

    def _said(self, message: str) -> str:
        unknown = re.match(r"unrecognized arguments: (\S+)", message)
        if unknown:
            word = unknown.group(1).partition("=")[0]
            if not word.startswith("-"):
                places = [str(a.metavar or a.dest) for a in self._actions if not a.option_strings]
                expected = " ".join(places) or "options only"
                return f"{word!r} is one argument too many; expected {expected}. {self._see()}"
            options = [name for action in self._actions for name in action.option_strings]
            return f"unknown option {word!r}. {_near(word, options) or self._see()}"
        choice = re.match(r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if choice:
            what, word, names = choice.groups()
            known = [name.strip(" '") for name in names.split(",")]
            expected = ", ".join(known)
            found = f"{what} = {word!r}: expected one of {expected}."
            return f"{found} {_near(word, known)}".rstrip()
        return f"{message[:1].upper()}{message[1:]}. {self._see()}"

    def _see(self) -> str:
        return f"See '{self.prog} --help'."


def _near(word: str, names: Sequence[str]) -> str:
    found = difflib.get_close_matches(word, names, n=1)
    return f"Did you mean '{found[0]}'?" if found else ""


class Verbs:
    """Adds verbs to a parser."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._adder = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)

    def add(self, name: str, summary: str, *, epilog: str = "") -> Parser:
        """Return the parser of a new verb."""
        return self._adder.add_parser(name, help=summary, description=summary, epilog=epilog)


def whole(text: str) -> int:
    """Return a whole number that was typed."""
    if _WHOLE.fullmatch(text) is None:
        found = repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")
        raise argparse.ArgumentTypeError(f"{found} is not a whole number such as 200")
    return int(text)


def add_precision(parser: Parser, text: str) -> None:
    """Add the options by which replicates are added until differences are precise enough."""
    add = parser.add_argument
    add("--precision", action="append", default=[], metavar="OUTCOME@YEAR=X", help=text)
    text = "with --precision: never more replicates than this (2000)"
    add("--at-most", type=whole, metavar="N", help=text)


def check_precision(verb: str, arguments: argparse.Namespace) -> None:
    """Make sure that replicates are asked for in one way.

    Raises
    ------
    UsageError
        If options contradict each other.
    """
    if arguments.precision and arguments.replicates is not None:
        raise UsageError(
            f"zonesim {verb}: found --replicates and --precision; expected one of them. Precision "
            "decides how many replicates; --at-most N sets a limit."
        )
    if arguments.at_most is not None and not arguments.precision:
        raise UsageError(
            f"zonesim {verb}: --at-most is the limit of --precision, which is missing. For a fixed "
            "number use --replicates."
        )


def add_quiet(parser: Parser, what: str = "no word when all is well") -> None:
    """Add --quiet, with what it leaves out."""
    parser.add_argument("--quiet", action="store_true", help=what)


def add_common(parser: Parser, *, with_province: bool = True) -> None:
    """Add the options of every verb."""
    add = parser.add_argument
    if with_province:
        text = "name, or a folder with world/ and scenarios (ninh_binh)"
        add("--province", default="ninh_binh", metavar="NAME|FOLDER", help=text)
    add("--lang", choices=("en", "vi"), default="en", help="language of the answer (en)")
    add("--json", action="store_true", help="print JSON and nothing else")
