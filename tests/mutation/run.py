"""Ask whether the worked cases would notice a fault: `python -m tests.mutation.run`.

Every rule of sim/rules gets small faults (tests/mutation/mutants.py), one at a time, in the plain
Python that its decorator compiles; a fault is killed when a case of tests/cases no longer comes
out. Survivors must be in survivors.toml with the reason why no case can tell them from the rule.
"""

import ast
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.architecture.sources import RULES, parse
from tests.mutation.mutants import mutants_of
from tests.unit.test_cases import CASES_OF, agrees

SURVIVORS = Path(__file__).with_name("survivors.toml")
FEWEST_MUTANTS = 5
LOWEST_SHARE = 0.85
FAULTS = (ArithmeticError, NameError, TypeError, ValueError)


class Tally(NamedTuple):
    """What became of the mutants of one rule."""

    rule: str
    mutants: int
    survivors: tuple[str, ...]  # the lines in which their faults show

    @property
    def killed(self) -> int:
        """Mutants that some case noticed."""
        return self.mutants - len(self.survivors)


def tally(name: str, function: ast.FunctionDef, names: dict, cases: list[dict]) -> Tally:
    """Run the cases of a rule on all its mutants; `names` is what its module knows."""
    mutants = mutants_of(function)
    survivors = [m.line for m in mutants if not is_killed(m.tree, names, cases)]
    return Tally(name, len(mutants), tuple(survivors))


def is_killed(tree: ast.FunctionDef, names: dict, cases: list[dict]) -> bool:
    """Return whether a case does not come out, or cannot be computed at all."""
    known = dict(names)
    exec(compile(ast.Module([tree], []), "mutant", "exec"), known)
    try:
        return not all(agrees(known[tree.name](**c["given"]), c["expect"]) for c in cases)
    except FAULTS:
        return True


def undecorated(path: str) -> tuple[dict, list[ast.FunctionDef]]:
    """Return what a file of rules knows, as plain Python, and its functions without docstrings."""
    tree = parse(path)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for function in functions:
        function.decorator_list = []
        function.body = function.body[ast.get_docstring(function) is not None :]
    names: dict = {}
    exec(compile(tree, path, "exec"), names)
    return names, functions


def tallies() -> Iterator[Tally]:
    """Yield the tally of every rule, file by file."""
    for path in RULES:
        topic = Path(path).stem
        names, functions = undecorated(path)
        for function in functions:
            cases = [case for case in CASES_OF[topic] if case["rule"] == function.name]
            yield tally(f"{topic}.{function.name}", function, names, cases)


def explained() -> dict[tuple[str, str], str]:
    """Return why each listed survivor cannot be killed, by rule and line."""
    listed = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["survivor"]
    return {(entry["rule"], line): entry["why"] for entry in listed for line in entry["lines"]}


def problems(found: list[Tally], reasons: dict[tuple[str, str], str]) -> list[str]:
    """Return what is wrong: too few mutants, too few killed, or survivors that nobody explains."""
    wrong = [
        f"{rule}: {mutants} mutants, expected at least {FEWEST_MUTANTS}"
        for rule, mutants, _ in found
        if mutants < FEWEST_MUTANTS
    ]
    mutants, killed = sum(t.mutants for t in found), sum(t.killed for t in found)
    if killed < LOWEST_SHARE * mutants:
        wrong.append(f"{killed} of {mutants} killed, expected at least {LOWEST_SHARE:.0%}")
    survivors = Counter((t.rule, line) for t in found for line in t.survivors)
    for (rule, line), times in survivors.items():
        if (rule, line) not in reasons:
            wrong.append(
                f"{rule}: `{line}` survives. Add a case that kills it, or say why none can"
            )
        elif times > 1:
            wrong.append(f"{rule}: {times} survivors read `{line}`, expected one")
    gone = reasons.keys() - survivors.keys()
    return wrong + [
        f"{rule}: `{line}` no longer survives: remove it" for rule, line in sorted(gone)
    ]


def report(found: list[Tally], reasons: dict[tuple[str, str], str]) -> str:
    """Return the table of rules and the survivors with their reasons."""
    width = max(len(t.rule) for t in found)
    lines = [f"{'rule':{width}}  mutants  killed"]
    lines += [f"{t.rule:{width}}  {t.mutants:7}  {t.killed:6}" for t in found]
    mutants, killed = sum(t.mutants for t in found), sum(t.killed for t in found)
    lines.append(f"{'all':{width}}  {mutants:7}  {killed:6}  ({killed / mutants:.1%})")
    lines.append("\nSurvivors")
    for t in found:
        for line in t.survivors:
            lines.append(f"{t.rule}: {line}\n    {reasons.get((t.rule, line), 'not explained')}")
    return "\n".join(lines)


def main() -> int:
    """Write the report; return 1 if something is wrong."""
    found, reasons = list(tallies()), explained()
    wrong = problems(found, reasons)
    end = wrong or ["All survivors are explained."]
    sys.stdout.write("\n".join([report(found, reasons), "", *end, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
