"""Every example in a docstring is true; those of the rules are run by test_rule_docs.py."""

import doctest
import importlib
import re

import pytest

from tests.architecture.sources import CODE, ROOT, RULES, module_name

PROMPT = re.compile(r"^ *>>> ", re.MULTILINE)


def prompts(path: str) -> int:
    return len(PROMPT.findall((ROOT / path).read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in CODE if path not in RULES and prompts(path)])
def test_examples_are_true_and_all_of_them_run(path):
    result = doctest.testmod(importlib.import_module(module_name(path)))
    assert not result.failed, "see the captured output"
    assert result.attempted == prompts(path)
