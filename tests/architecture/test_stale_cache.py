"""An edited rule takes effect at once, also where another compiled file calls it."""

import ast
import doctest
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, RULES, functions, parse

NEW_RESULT = 12345.0
# A caller in a file of its own: numba looks at the caller's file only when it trusts its cache.
CALLER = """
from sim.compiled import rule
from {module} import {rule_name}


@rule
def probe({parameters}):
    return {rule_name}({parameters})
"""
CALL = "from sim.probe import probe; print(float(probe{arguments}))"


def rule_with_example() -> tuple[str, ast.FunctionDef, str]:
    """Return path, syntax tree and the arguments of a plain example call of some rule."""
    for path in RULES:
        for rule in functions(parse(path)):
            for example in doctest.DocTestParser().get_examples(ast.get_docstring(rule) or ""):
                for call in ast.walk(ast.parse(example.source)):
                    is_call = isinstance(call, ast.Call) and ast.unparse(call.func) == rule.name
                    if is_call and all(isinstance(a, ast.Constant) for a in call.args):
                        return path, rule, f"({', '.join(map(ast.unparse, call.args))})"
    raise LookupError("no rule has an example that calls it with plain numbers")


def copy_with_caller(folder: Path, path: str, rule: ast.FunctionDef) -> None:
    """Copy sim/ and add a module that calls the rule."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    caller = CALLER.format(
        module=path.removesuffix(".py").replace("/", "."),
        rule_name=rule.name,
        parameters=", ".join(argument.arg for argument in rule.args.args),
    )
    (folder / "sim" / "probe.py").write_text(caller, encoding="utf-8")


def edit(file: Path, rule: ast.FunctionDef) -> None:
    """Make the rule return NEW_RESULT, whatever it is given."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    first = rule.body[1]
    lines[first.lineno - 1 : rule.end_lineno] = [f"    return {NEW_RESULT}\n"]
    file.write_text("".join(lines), encoding="utf-8")


def result(folder: Path, arguments: str) -> float:
    """Call the rule through its caller, in a new process that sees the copy only."""
    done = subprocess.run(
        [sys.executable, "-c", CALL.format(arguments=arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "ZONESIM_CACHE_DIR": str(folder / "cache")},
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    return float(done.stdout)


def test_an_edited_rule_takes_effect_at_once(tmp_path):
    path, rule, arguments = rule_with_example()
    copy_with_caller(tmp_path, path, rule)
    before = result(tmp_path, arguments)
    edit(tmp_path / path, rule)
    after = result(tmp_path, arguments)
    assert before != NEW_RESULT
    assert after == NEW_RESULT
