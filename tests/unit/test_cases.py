"""Worked cases that an expert can read (tests/cases/*.toml) hold for the rules.

The plain Python function behind a rule is called, so that a case checks the formula and not the
compiler (tests/unit/test_compiled.py does that).
"""

import inspect
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, RULES, rules_of

# Expected values are written with 13 digits and a rule rounds a handful of times, each time by
# 1e-16 of its value; a change of formula moves a case by far more. The absolute part is for
# differences that are zero on paper.
RELATIVE = 1e-9
ABSOLUTE = 1e-15
FEWEST_CASES = 3
KEYS = {"rule", "says", "given", "expect", "source"}


def agrees(found: object, expected: float | bool) -> bool:
    """Return whether a rule gave what was worked out on paper."""
    close = pytest.approx(expected, rel=RELATIVE, abs=ABSOLUTE)
    return isinstance(found, bool) == isinstance(expected, bool) and found == close


RULES_OF = {Path(path).stem: rules_of(path) for path in RULES}
CASES_OF = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    for path in sorted((ROOT / "tests" / "cases").glob("*.toml"))
}
CASES = [
    pytest.param(topic, case, id=f"{topic}-{case['rule']}-{case['says']}")
    for topic, cases in CASES_OF.items()
    for case in cases
]


def test_every_rule_file_has_a_file_of_cases():
    assert sorted(CASES_OF) == sorted(RULES_OF)


@pytest.mark.parametrize("topic", RULES_OF)
def test_every_rule_has_enough_cases(topic):
    written = Counter(case["rule"] for case in CASES_OF.get(topic, []))
    assert not {name: written[name] for name in RULES_OF[topic] if written[name] < FEWEST_CASES}


@pytest.mark.parametrize("topic", CASES_OF)
def test_every_case_says_something_of_its_own(topic):
    said = Counter((case["rule"], case["says"]) for case in CASES_OF[topic])
    assert not [case for case, times in said.items() if times > 1]


@pytest.mark.parametrize(("topic", "case"), CASES)
def test_a_case_is_complete(topic, case):
    assert set(case) == KEYS
    assert case["says"].strip()
    assert case["source"].strip()
    arguments = inspect.signature(RULES_OF[topic][case["rule"]]).parameters
    assert list(case["given"]) == list(arguments), "given names the arguments, in their order"


@pytest.mark.parametrize(("topic", "case"), CASES)
def test_a_rule_gives_what_was_worked_out_on_paper(topic, case):
    found = RULES_OF[topic][case["rule"]](**case["given"])
    assert agrees(found, case["expect"]), f"{found!r}, not {case['expect']!r}: {case['source']}"
