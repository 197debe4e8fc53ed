"""Files and functions stay short enough to be read in one sitting."""

import ast

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


def long_functions(path: str) -> set[str]:
    limit = RULE_LINES if path in RULES else FUNCTION_LINES
    source = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return {f"{path}::{f.name}" for f in functions(parse(path)) if code_lines(f, source) > limit}


def test_files_are_short_but_for_those_with_a_reason():
    long = {path for path in CODE if file_lines(path) > FILE_LINES}
    assert long == set(LONG_FILES), f"more than {FILE_LINES} lines: split by idea, or say why not"


def test_functions_are_short_but_for_those_with_a_reason():
    long = {name for path in CODE for name in long_functions(path)}
    assert long == set(LONG_FUNCTIONS), f"more than {FUNCTION_LINES}, in a rule {RULE_LINES}, lines"
