"""Compiled and interpreted runs agree to the bit only if kernels keep to plain arithmetic."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import CODE, KERNELS, PHASES, ROOT, RULES, dotted, kernels, parse

REDUCTIONS = {"cumprod", "cumsum", "dot", "fsum", "max", "mean", "min", "prod", "std", "sum", "var"}
FAILURES = (ast.Raise, ast.Try, ast.TryStar, ast.Assert)
# Identities, halves, powers by multiplication, months a year, days a month.
PLAIN_NUMBERS = {0, 0.5, 1, 2, 12, 30}


def found(path: str, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for k in kernels(path) for node in ast.walk(k) if isinstance(node, kinds))


def lines(nodes: Iterator[ast.AST]) -> list[int]:
    return sorted({node.lineno for node in nodes})


def test_a_model_has_rules():
    assert RULES or not (ROOT / "sim" / "rules").exists(), "sim/rules holds no rule file"


@pytest.mark.parametrize("path", KERNELS)
def test_kernels_use_no_power_operator(path):
    powers = (
        node for node in found(path, ast.BinOp, ast.AugAssign) if isinstance(node.op, ast.Pow)
    )
    assert not lines(powers), f"{path}: write x * x or math.sqrt(x), not **"


@pytest.mark.parametrize("path", KERNELS)
def test_kernels_sum_in_loops_of_their_own(path):
    calls = found(path, ast.Call)
    reductions = (
        c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr in REDUCTIONS
    )
    products = (n for n in found(path, ast.BinOp) if isinstance(n.op, ast.MatMult))
    assert not lines(reductions) + lines(products), f"{path}: write the loop, its order is defined"


@pytest.mark.parametrize("path", KERNELS)
def test_kernels_sort_stably(path):
    sorts = (
        call
        for call in found(path, ast.Call)
        if dotted(call.func).endswith(("argsort", "np.sort"))
        and not any(k.arg == "kind" and k.value.value == "mergesort" for k in call.keywords)
    )
    assert not lines(sorts), f"{path}: sort with kind='mergesort'"


@pytest.mark.parametrize("path", RULES + PHASES)
def test_rules_and_phases_cannot_fail(path):
    assert not lines(found(path, *FAILURES)), f"{path}: validate before, audit after"


@pytest.mark.parametrize("path", RULES)
def test_rules_hold_no_number_an_analyst_might_doubt(path):
    doubtful = [
        f"{node.value} (line {node.lineno})"
        for node in found(path, ast.Constant)
        if type(node.value) in (int, float) and node.value not in PLAIN_NUMBERS
    ]
    assert not doubtful, f"{path}: make it a parameter in a data file, with its source"


def test_nothing_compiles_with_fast_math():
    keywords = (
        (path, node)
        for path in CODE
        for node in ast.walk(parse(path))
        if isinstance(node, ast.keyword) and node.arg == "fastmath"
    )
    fast = [path for path, keyword in keywords if ast.unparse(keyword.value) != "False"]
    assert not fast, "fast math makes results depend on the compiler"
