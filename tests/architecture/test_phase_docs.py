"""Every phase says in which order it works, what it reads and what it writes."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import PHASES, FunctionNode, decorators, functions, parse

FIELDS = ("Order", "Reads", "Writes")
NAMED_PHASES = [
    pytest.param(f, id=f"{path}::{f.name}")
    for path in PHASES
    for f in functions(parse(path))
    if "phase" in decorators(f)
]


def writes_said(phase: FunctionNode) -> str:
    return (ast.get_docstring(phase) or "").partition("Writes:")[2]


def columns_written(phase: FunctionNode) -> Iterator[str]:
    """Yield the column in `zones[z].leased_ha = ...` and `zones.leased_ha[z] += ...`."""
    for node in ast.walk(phase):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        for target in targets:
            while isinstance(target, ast.Subscript):
                target = target.value
            if isinstance(target, ast.Attribute):
                yield target.attr


@pytest.mark.parametrize("phase", NAMED_PHASES)
def test_a_phase_states_order_reads_and_writes(phase):
    said = re.findall(r"^(Order|Reads|Writes): *\S", ast.get_docstring(phase) or "", re.MULTILINE)
    assert said == list(FIELDS)


@pytest.mark.parametrize("phase", NAMED_PHASES)
def test_a_phase_writes_only_the_columns_it_names(phase):
    named = set(re.findall(r"\w+", writes_said(phase)))
    assert set(columns_written(phase)) <= named
