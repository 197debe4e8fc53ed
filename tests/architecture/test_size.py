"""Files and functions stay short enough to be read in one sitting."""

import ast

import pytest

from tests.architecture.sources import CODE, ROOT, RULES, FunctionNode, functions, parse

FILE_LINES = 300
FUNCTION_LINES = 40
RULE_LINES = 15
# A path, or path::function, and why it is one idea that reads better whole.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def file_lines(path: str) -> int:
    """Count a file's lines; in a rule file, which must explain itself, without docstrings."""
    count = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    if path not in RULES:
        return count
    docstrings = [f.body[0] for f in functions(parse(path)) if ast.get_docstring(f) is not None]
    return count - sum(text.end_lineno - text.lineno + 1 for text in docstrings)


def code_lines(function: FunctionNode, source: list[str]) -> int:
    """Count the lines of a body; docstring, comments and blank lines are free."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    lines = source[body[0].lineno - 1 : function.end_lineno]
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("#"))


def function_lines(path: str) -> dict[str, int]:
    source = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return {f"{path}::{f.name}": code_lines(f, source) for f in functions(parse(path))}


@pytest.mark.parametrize("path", [path for path in CODE if path not in LONG_FILES])
def test_a_file_is_short(path):
    assert file_lines(path) <= FILE_LINES, "split it by idea, or give a reason in LONG_FILES"


@pytest.mark.parametrize("path", CODE)
def test_a_function_is_short(path):
    limit = RULE_LINES if path in RULES else FUNCTION_LINES
    long = {name: n for name, n in function_lines(path).items() if n > limit}
    unexplained = {name: n for name, n in long.items() if name not in LONG_FUNCTIONS}
    assert not unexplained, f"more than {limit} lines of code"


def test_every_exception_is_still_needed():
    long_files = {path for path in CODE if file_lines(path) > FILE_LINES}
    lengths = {name: n for path in CODE for name, n in function_lines(path).items()}
    long_functions = {name for name, n in lengths.items() if n > RULE_LINES}
    assert set(LONG_FILES) <= long_files
    assert set(LONG_FUNCTIONS) <= long_functions
