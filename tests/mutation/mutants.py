"""Small faults put into a function's syntax tree, one at a time.

Knows nothing of rules or of cases; tests/mutation/run.py applies it to every rule.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import NamedTuple

Path = tuple[tuple[str, int | None], ...]  # fields and positions that lead to a node
Change = Callable[[ast.AST], ast.AST]

OPPOSITE = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
TWINS = {"min": "max", "max": "min", "math.ceil": "math.floor", "math.floor": "math.ceil"}
NUDGES = (lambda value: value + 1, lambda value: value - 1, lambda value: value * 1.001)


class Mutant(NamedTuple):
    """A function with one fault: its syntax tree, and the line in which the fault shows."""

    tree: ast.FunctionDef
    line: str


def mutants_of(function: ast.FunctionDef) -> list[Mutant]:
    """Return all mutants of a function whose text differs from it and from each other."""
    right = ast.unparse(function)
    found: dict[str, Mutant] = {}
    for path, node in _nodes(function):
        for change in _changes(node, [a.arg for a in function.args.args]):
            tree = _changed(function, path, change)
            text = ast.unparse(tree)
            if text != right:
                found.setdefault(text, Mutant(tree, _line_that_differs(right, text)))
    return list(found.values())


def _nodes(function: ast.FunctionDef) -> Iterator[tuple[Path, ast.AST]]:
    """Yield every node of a body with the path to it."""

    def below(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
        yield path, node
        for field, value in ast.iter_fields(node):
            several = value if isinstance(value, list) else [value]
            for i, child in enumerate(several):
                if isinstance(child, ast.AST):
                    step = (field, i if isinstance(value, list) else None)
                    yield from below(child, (*path, step))

    for i, statement in enumerate(function.body):
        yield from below(statement, (("body", i),))


def _changed(function: ast.FunctionDef, path: Path, change: Change) -> ast.FunctionDef:
    """Return a copy of a function in which one node is changed."""
    whole = copy.deepcopy(function)
    parent: ast.AST = whole
    for field, i in path[:-1]:
        value = getattr(parent, field)
        parent = value if i is None else value[i]
    field, i = path[-1]
    if i is None:
        setattr(parent, field, change(getattr(parent, field)))
    else:
        getattr(parent, field)[i] = change(getattr(parent, field)[i])
    return ast.fix_missing_locations(whole)


def _line_that_differs(right: str, wrong: str) -> str:
    """Return the first line of a text that differs; a statement's head is one line of it."""
    pairs = zip(right.splitlines(), wrong.splitlines(), strict=True)
    return next(line.strip() for old, line in pairs if old != line)


def _changes(node: ast.AST, arguments: list[str]) -> Iterator[Change]:
    """Yield what can go wrong at a node."""
    match node:
        case ast.BinOp():
            yield from (_keep("left"), _keep("right"))
            if type(node.op) in OPPOSITE:
                yield _set("op", OPPOSITE[type(node.op)]())
        case ast.UnaryOp():
            yield _keep("operand")
        case ast.Compare():
            yield from (_set("ops", [other()]) for other in COMPARISONS)
        case ast.BoolOp():
            yield _set("op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
            yield from (_without("values", i) for i in range(len(node.values)))
        case ast.Call():
            name = ast.unparse(node.func)
            if name in TWINS:
                yield _set("func", ast.parse(TWINS[name], mode="eval").body)
            yield from (_keep("args", i) for i in range(len(node.args)))
        case ast.If() | ast.IfExp():
            yield lambda n: _set("test", ast.UnaryOp(ast.Not(), n.test))(n)
            yield from (_set("test", ast.Constant(value)) for value in (True, False))
        case ast.Constant() if type(node.value) in (int, float):
            nudged = (nudge(node.value) for nudge in NUDGES)
            yield from (_replace(ast.Constant(value)) for value in nudged if value != node.value)
        case ast.Name(ctx=ast.Load()) if node.id in arguments:
            yield from (_replace(ast.Name(name, ast.Load())) for name in arguments)
            yield from (_replace(ast.Constant(value)) for value in (0.0, 1.0))
            yield lambda n: ast.UnaryOp(ast.USub(), n)


def _replace(other: ast.AST) -> Change:
    return lambda node: other


def _set(field: str, value: object) -> Change:
    def change(node: ast.AST) -> ast.AST:
        setattr(node, field, value)
        return node

    return change


def _keep(field: str, i: int | None = None) -> Change:
    """Put a part of a node in its place."""
    return lambda node: getattr(node, field) if i is None else getattr(node, field)[i]


def _without(field: str, i: int) -> Change:
    """Leave out one of several values."""

    def change(node: ast.AST) -> ast.AST:
        values = getattr(node, field)
        del values[i]
        return values[0] if len(values) == 1 else node

    return change
