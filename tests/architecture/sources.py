"""Read the project's own source files for the architecture tests."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def find(*patterns: str) -> list[str]:
    """Return the paths, relative to the root, that match one of the patterns."""
    found = {path.relative_to(ROOT).as_posix() for p in patterns for path in ROOT.glob(p)}
    return sorted(found)


def parse(path: str) -> ast.Module:
    """Return the syntax tree of one source file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=path)


def module_name(path: str) -> str:
    """Return the name by which a source file is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def rules_of(path: str) -> dict[str, Callable]:
    """Return the plain Python functions behind the rules that a file defines, by name."""
    module = importlib.import_module(module_name(path))
    plain = {name: getattr(value, "py_func", value) for name, value in vars(module).items()}
    return {
        name: function
        for name, function in plain.items()
        if inspect.isfunction(function) and function.__module__ == module.__name__
    }


def functions(tree: ast.AST) -> Iterator[FunctionNode]:
    """Yield every function and method in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, FunctionNode))


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes, and '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := dotted(node.value)):
        return f"{base}.{node.attr}"
    return ""


def decorators(function: FunctionNode) -> set[str]:
    """Return the names of a function's decorators, without their arguments."""
    calls = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return {dotted(node).rpartition(".")[2] for node in calls}


def imported_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name of everything a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def kernels(path: str) -> list[ast.AST]:
    """Return the parts of a file that are compiled.

    Rules, phases and the schedule are compiled whole. Elsewhere it is the functions decorated with
    something that comes from sim.compiled.
    """
    tree = parse(path)
    if path in RULES + PHASES:
        return [tree]
    compilers = {
        name.rpartition(".")[2]
        for _, name in imported_names(tree)
        if name.startswith("sim.compiled.")
    }
    return [function for function in functions(tree) if decorators(function) & compilers]


CODE = find("sim/**/*.py", "experiments/**/*.py")
RULES = [path for path in find("sim/rules/*.py") if not path.endswith("__init__.py")]
PHASES = [
    path for path in find("sim/phases/*.py", "sim/step*.py") if not path.endswith("__init__.py")
]
KERNELS = RULES + PHASES + find("sim/shocks*.py", "sim/audit*.py", "sim/record*.py")
