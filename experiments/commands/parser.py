"""What can be typed: verbs, options, examples, and messages for what was mistyped.

Imported for ``zonesim --help``, so it imports nothing slow. What the verbs do is in the other
modules of this folder.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Sequence
from typing import Final, NoReturn

from sim.errors import ZonesimError


class UsageError(ZonesimError):
    """The command line asks for something that does not exist."""


_RUN_EXAMPLES: Final = """examples:
  zonesim run baseline
  zonesim run plan_175 --replicates 500 --out results/plan
  zonesim run my_plan.toml --lang vi
  zonesim run plan_175 --json > plan.json"""
_COMPARE_EXAMPLES: Final = """examples:
  zonesim compare baseline plan_175
  zonesim compare baseline plan_175 everything --replicates 500 --out results/plans
  zonesim compare baseline my_plan.toml --lang vi
  zonesim compare baseline plan --province tiny --replicates 50"""
_TOP: Final = """examples:
  zonesim scenarios                      which policies there are
  zonesim compare baseline plan_175      what the plan changes, and how sure that is
  zonesim run plan_175 --out results/plan
  zonesim check my_plan.toml             everything wrong with a scenario file

'zonesim VERB --help' explains a verb."""


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of printing, and suggests what was meant."""

    def __init__(self, *, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
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
            kind = "option" if word.startswith("-") else "argument"
            options = [name for action in self._actions for name in action.option_strings]
            near = _near(word, options) if kind == "option" else ""
            return f"unknown {kind} {word!r}. {near or self._see()}"
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


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def new_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="zonesim",
        description="Simulate what policies do to the industrial parks and clusters of a province.",
        epilog=_TOP,
    )
    parser.add_argument("--version", action="store_true", help="version and model fingerprint")
    verbs = _Verbs(parser)
    _add_runs(verbs)
    _add_listings(verbs)
    return parser


class _Verbs:
    """Adds verbs to a parser."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._adder = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=Parser)

    def add(self, name: str, summary: str, *, epilog: str = "") -> Parser:
        """Return the parser of a new verb."""
        return self._adder.add_parser(name, help=summary, description=summary, epilog=epilog)


def _add_runs(verbs: _Verbs) -> None:
    run = verbs.add(
        "run", "Run one scenario and show its outcomes with bands.", epilog=_RUN_EXAMPLES
    )
    run.add_argument("scenario", metavar="SCENARIO", help="a name, or the path of a TOML file")
    _add_run_options(run)
    text = "Run scenarios under the same luck and show what tells them apart."
    compare = verbs.add("compare", text, epilog=_COMPARE_EXAMPLES)
    compare.add_argument(
        "scenarios",
        nargs="+",
        metavar="SCENARIO",
        help="names or paths of TOML files, two or more; the first is the base",
    )
    _add_run_options(compare)


def _add_run_options(parser: Parser) -> None:
    """Add the options of every verb that runs."""
    add = parser.add_argument
    add("--replicates", type=_whole, default=200, metavar="N", help="runs a scenario (200)")
    add("--seed", type=_whole, default=1, metavar="S", help="which luck (1)")
    add("--first-replicate", type=_whole, default=0, metavar="K", help="number of the first (0)")
    add("--until", metavar="YYYY-MM", help="last month; by default the whole horizon")
    add("--threads", type=_whole, metavar="N", help="by default one a core; results do not change")
    add("--out", metavar="DIR", help="write summary, tables, figures and JSON into this folder")
    add("--quiet", action="store_true", help="no progress and, with --out, no summary")
    _add_common(parser)


def _add_common(parser: Parser, *, with_province: bool = True) -> None:
    add = parser.add_argument
    if with_province:
        text = "name, or a folder with world/ and scenarios (ninh_binh)"
        add("--province", default="ninh_binh", metavar="NAME|FOLDER", help=text)
    add("--lang", choices=("en", "vi"), default="en", help="language of the answer (en)")
    add("--json", action="store_true", help="print JSON and nothing else")


def _add_listings(verbs: _Verbs) -> None:
    zones = verbs.add(
        "zones",
        "List every value of the zones with its unit and source.",
        epilog="examples:\n  zonesim zones\n  zonesim zones gian-khau tam-diep-2",
    )
    zones.add_argument("zones", nargs="*", metavar="ZONE", help="ids of zones; by default all")
    _add_common(zones)
    params = verbs.add(
        "params",
        "List the parameters with unit, range, prior and source.",
        epilog="examples:\n  zonesim params\n  zonesim params --unsourced",
    )
    params.add_argument("--unsourced", action="store_true", help="only those that are assumptions")
    _add_common(params)
    check = verbs.add(
        "check",
        "Name everything wrong with scenario files.",
        epilog="examples:\n  zonesim check my_plan.toml\n  zonesim check plan_175 everything",
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="paths, or names of scenarios")
    _add_common(check)
    diff = verbs.add(
        "diff",
        "Show which levers two scenarios set differently, and when.",
        epilog="examples:\n  zonesim diff baseline plan_175",
    )
    diff.add_argument("scenarios", nargs=2, metavar="SCENARIO", help="names or paths")
    _add_common(diff)
    _add_common(verbs.add("scenarios", "List the scenarios of a province."))
    _add_levers(verbs)
    verbs.add("schema", "Print the JSON Schema of scenario files, for editors.")


def _add_levers(verbs: _Verbs) -> None:
    levers = verbs.add(
        "levers",
        "List the levers: what they do, values, units; with --effect, what runs show of them.",
        epilog="examples:\n  zonesim levers\n  zonesim levers rework --effect --lang vi",
    )
    levers.add_argument("levers", nargs="*", metavar="LEVER", help="names; by default all")
    text = "from runs of small test worlds: what each lever moves, where it rightly does not, how"
    levers.add_argument("--effect", action="store_true", help=text)
    levers.add_argument("--replicates", type=_whole, metavar="N", help="runs a trial (its own)")
    levers.add_argument("--seed", type=_whole, default=1, metavar="S", help="which luck (1)")
    levers.add_argument("--threads", type=_whole, metavar="N", help="by default one a core")
    levers.add_argument("--quiet", action="store_true", help="no progress")
    _add_common(levers)
