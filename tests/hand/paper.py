"""Paper and pocket calculator: rows of numbers, each with its working, written as Markdown.

Knows nothing of the model. A working is arithmetic that a pocket calculator can repeat; `calculate`
is that calculator, and tests/hand/test_hand.py repeats every working with it.
"""

import ast
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from types import CodeType

DIGITS = 12  # significant digits on paper
FUNCTIONS: dict[str, Callable] = {
    "exp": math.exp,
    "ln": math.log,
    "sqrt": math.sqrt,
    "floor": math.floor,
    "ceil": math.ceil,
    "min": min,
    "max": max,
}
ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.Call,
    ast.Name,
    ast.Constant,
    ast.operator,
    ast.unaryop,
    ast.boolop,
    ast.cmpop,
    ast.expr_context,
)
WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
LINES = ("who", "what", "working", "value")
DRAWS = ("draw", "of what", "purpose", "segment", "zone", "n", "word", "value")
_compiled: dict[str, CodeType] = {}


def calculate(working: str) -> float | bool:
    """Return what a working comes to: + - * / ^, comparisons, exp ln sqrt floor ceil min max."""
    tree = ast.parse(working.replace("^", "**"), mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED):
            raise ValueError(f"{working!r}: {ast.unparse(node)!r} is not arithmetic")
    return eval(compile(tree, "working", "eval"), {"__builtins__": {}}, FUNCTIONS)


def written(value: object) -> str:
    """Return a value as it stands on paper."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value + 0.0:.{DIGITS}g}"  # no minus before a zero
    return str(value)


def read(text: str) -> object:
    """Return the value that stands on paper: yes or no, a whole number, a number, or words."""
    if text in ("yes", "no"):
        return text == "yes"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


class Paper:
    """Headings and tables, in the order in which they were written."""

    def __init__(self, *, silent: bool = False) -> None:
        self.silent = silent  # keeps nothing: for those who only want the values
        self.sections: list[tuple[str, dict[tuple[str, ...], list[tuple[str, ...]]]]] = []

    def head(self, level: int, text: str) -> None:
        """Start a heading."""
        if not self.silent:
            self.sections.append((f"{'#' * level} {text}", {}))

    def row(self, columns: tuple[str, ...], cells: Iterable[object]) -> None:
        """Write a row; rows with the same columns below a heading make one table."""
        if not self.silent:
            rows = self.sections[-1][1].setdefault(columns, [])
            rows.append(tuple(written(cell) for cell in cells))

    def line(self, who: str, what: str, formula: str, **numbers: float):
        """Calculate a formula of named numbers, write it with the numbers, return the value."""
        if formula not in _compiled:
            _compiled[formula] = compile(formula.replace("^", "**"), formula, "eval")
        value = eval(_compiled[formula], {"__builtins__": {}}, FUNCTIONS | numbers)
        if not self.silent:
            self.row(LINES, (who, what, _filled(formula, numbers), value))
        return value

    def total(self, who: str, what: str, numbers: Iterable[float], start: float = 0.0) -> float:
        """Add numbers one after the other, write the sum and return it."""
        parts = list(numbers)
        value = start
        for part in parts:
            value += part
        if parts and not self.silent:
            shown = ([start] if start else []) + parts
            self.row(LINES, (who, what, " + ".join(_operand(part) for part in shown), value))
        return value

    def note(self, who: str, what: str, value: object) -> None:
        """Write what follows from the lines above without arithmetic."""
        self.row(LINES, (who, what, "", value))

    def markdown(self) -> str:
        """Return everything as Markdown; below a heading draws come first and lines last."""
        parts = []
        for heading, by_columns in self.sections:
            parts.append(heading)
            if heading.startswith("###") and not by_columns:
                parts.append("Nothing.")
            for columns in sorted(by_columns, key=lambda c: (c != DRAWS, c == LINES)):
                rows = [columns, ("---",) * len(columns), *by_columns[columns]]
                parts.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
        return "\n\n".join(parts) + "\n"


def tables(path: Path) -> list[tuple[str, str, list[dict[str, str]]]]:
    """Return the tables of a written file: chapter (##), section (###) and rows by column."""
    found: list[tuple[str, str, list[dict[str, str]]]] = []
    chapter = section = ""
    columns: list[str] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("## "):
            chapter, section, columns = text.removeprefix("## "), "", []
        elif text.startswith("### "):
            section, columns = text.removeprefix("### "), []
        elif not text.startswith("|"):
            columns = []
        elif not columns:
            columns = _cells(text)
            found.append((chapter, section, []))
        elif not text.startswith("| --- |"):
            found[-1][2].append(dict(zip(columns, _cells(text), strict=True)))
    return found


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


def _operand(value: float) -> str:
    text = written(value)
    return f"({text})" if text.startswith("-") else text


def _filled(formula: str, numbers: dict[str, float]) -> str:
    """Return the formula with numbers in place of their names."""
    names = WORD.sub(
        lambda name: _operand(numbers[name[0]]) if name[0] in numbers else name[0], formula
    )
    return names.replace("**", "^")
