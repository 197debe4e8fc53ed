"""The tool that puts faults into rules finds what it should; `make mutation` runs it on all rules.

The rule of these tests is a line of its own, with cases that miss one thing on purpose.
"""

import ast

import pytest

from tests.architecture.sources import RULES
from tests.mutation.mutants import mutants_of
from tests.mutation.run import (
    Tally,
    explained,
    is_killed,
    problems,
    tallies,
    tally,
    undecorated,
)

RULE = """
def fee(land_ha, rate):
    if land_ha <= 0.0:
        return 0.0
    return max(1.0, land_ha * rate)
"""
CASES = [
    {"given": {"land_ha": 0.0, "rate": 3.0}, "expect": 0.0},
    {"given": {"land_ha": 2.0, "rate": 3.0}, "expect": 6.0},
    {"given": {"land_ha": 0.2, "rate": 4.0}, "expect": 1.0},
]
KILLED = {
    "if land_ha < 0.0:",  # 0 ha would cost the least fee
    "if rate <= 0.0:",
    "return -1.0",
    "return max(1.0, land_ha / rate)",
    "return min(1.0, land_ha * rate)",
    "return land_ha * rate",
    "return max(1.001, land_ha * rate)",
}
EQUIVALENT = "if land_ha == 0.0:"  # no land is negative


def function_of(text):
    return ast.parse(text).body[0]


def by_line():
    return {mutant.line: mutant for mutant in mutants_of(function_of(RULE))}


def test_the_rule_itself_passes_its_cases():
    assert not is_killed(function_of(RULE), {}, CASES)


@pytest.mark.parametrize("line", sorted(KILLED))
def test_a_known_fault_is_killed(line):
    assert is_killed(by_line()[line].tree, {}, CASES)


def test_a_known_equivalent_survives():
    assert not is_killed(by_line()[EQUIVALENT].tree, {}, CASES)


def test_without_the_case_that_notices_a_fault_the_fault_survives():
    line = "return land_ha * rate"
    assert not is_killed(by_line()[line].tree, {}, CASES[:2])


def test_a_fault_that_stops_the_computation_is_killed():
    broken = function_of("def fee(land_ha, rate):\n    return land_ha / (rate - rate)")
    assert is_killed(broken, {}, CASES)


def test_every_mutant_differs_from_the_rule_and_from_the_others():
    texts = [ast.unparse(mutant.tree) for mutant in mutants_of(function_of(RULE))]
    assert len(set(texts)) == len(texts) > 20
    assert ast.unparse(function_of(RULE)) not in texts


def test_a_tally_counts_the_killed_and_keeps_the_survivors():
    counted = tally("toll.fee", function_of(RULE), {}, CASES)
    assert EQUIVALENT in counted.survivors
    assert counted.mutants == len(mutants_of(function_of(RULE)))
    assert counted.killed == counted.mutants - len(counted.survivors)


@pytest.mark.parametrize(
    ("found", "reasons", "said"),
    [
        ([Tally("a", 10, ("x",))], {("a", "x"): "why"}, []),
        ([Tally("a", 10, ("x",))], {}, ["a: `x` survives"]),
        ([Tally("a", 20, ("x", "x"))], {("a", "x"): "why"}, ["a: 2 survivors read `x`"]),
        ([Tally("a", 10, ())], {("a", "x"): "why"}, ["a: `x` no longer survives"]),
        ([Tally("a", 4, ()), Tally("b", 5, ())], {}, ["a: 4 mutants, expected at least 5"]),
        (
            [Tally("a", 10, ("x", "y")), Tally("b", 10, ("z", "u"))],
            {("a", "x"): "-", ("a", "y"): "-", ("b", "z"): "-", ("b", "u"): "-"},
            ["16 of 20 killed, expected at least 85%"],
        ),
    ],
)
def test_what_is_wrong_is_said(found, reasons, said):
    wrong = problems(found, reasons)
    assert len(wrong) == len(said)
    assert all(text.startswith(start) for text, start in zip(wrong, said, strict=True))


@pytest.mark.parametrize("path", RULES)
def test_rules_are_plain_functions_without_their_decorators(path):
    names, functions = undecorated(path)
    assert functions
    assert all(type(names[function.name]) is type(function_of) for function in functions)


def test_every_survivor_among_the_rules_is_explained():
    assert not problems(list(tallies()), explained())
