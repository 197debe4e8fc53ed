"""Every rule explains itself, in the same order, with an example that runs."""

import doctest
import importlib
import inspect
import re
from collections.abc import Callable

import pytest

from tests.architecture.sources import RULES, decorators, functions, parse, rules_of

SECTION = re.compile(r"^(\w+)\n-{3,}$", re.MULTILINE)
ORDER = ["Parameters", "Returns", "Source", "Notes", "Examples"]


NAMED_RULES = [
    pytest.param(rule, id=f"{path}::{name}")
    for path in RULES
    for name, rule in rules_of(path).items()
]


def sections(function: Callable) -> dict[str, str]:
    """Return the text of each section of a NumPy docstring, in order; '' is what comes first."""
    names_and_texts = SECTION.split(inspect.getdoc(function) or "")
    return dict(zip(["", *names_and_texts[1::2]], names_and_texts[0::2], strict=True))


@pytest.mark.parametrize("path", RULES)
def test_a_rule_file_holds_rules_only(path):
    assert rules_of(path), f"{path} defines no rule"
    undecorated = [f.name for f in functions(parse(path)) if "rule" not in decorators(f)]
    assert not undecorated


@pytest.mark.parametrize("rule", NAMED_RULES)
def test_a_rule_says_in_one_sentence_what_it_returns(rule):
    summary, _, rest = sections(rule)[""].partition("\n")
    assert summary.endswith(".")
    assert ". " not in summary
    assert not rest.strip() or rest.startswith("\n")


@pytest.mark.parametrize("rule", NAMED_RULES)
def test_a_rule_has_every_section_in_order_and_none_empty(rule):
    found = {name: text for name, text in sections(rule).items() if name}
    assert list(found) == [name for name in ORDER if name in found]
    assert {"Parameters", "Returns", "Source", "Examples"} <= set(found)
    assert not [name for name, text in found.items() if not text.strip()]


@pytest.mark.parametrize("rule", NAMED_RULES)
def test_a_rule_documents_exactly_its_arguments(rule):
    documented = re.findall(r"^(\S.*?) :", sections(rule)["Parameters"], re.MULTILINE)
    names = [name for entry in documented for name in entry.split(", ")]
    assert names == list(inspect.signature(rule).parameters)


@pytest.mark.parametrize("rule", NAMED_RULES)
def test_a_rule_has_neither_defaults_nor_variable_arguments(rule):
    parameters = inspect.signature(rule).parameters.values()
    assert all(p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD for p in parameters)


@pytest.mark.parametrize("rule", NAMED_RULES)
def test_a_rules_examples_are_true(rule):
    module = importlib.import_module(rule.__module__)
    examples = doctest.DocTestParser().get_doctest(
        inspect.getdoc(rule), dict(vars(module)), rule.__qualname__, module.__file__, 0
    )
    report: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(examples, out=report.append)
    assert result.attempted, "no >>> line"
    assert not result.failed, "".join(report)
