"""docs/VALIDATION.md names tests that exist, and a test for every law."""

import re

from sim.audit import LAWS
from tests.architecture.sources import ROOT, find, functions, parse

TEXT = (ROOT / "docs/VALIDATION.md").read_text(encoding="utf-8")
LAW_ROWS = re.compile(r"^\| ([\d, ]+) \|.*\| (.*) \|$", flags=re.MULTILINE)


def test_every_test_it_names_exists():
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    defined = {f.name for path in find("tests/**/test_*.py") for f in functions(parse(path))}
    assert len(named) > 30
    assert named <= defined


def test_every_file_it_names_exists():
    named = set(re.findall(r"\btests/[\w/]+\.\w+", TEXT))
    assert named
    assert not [path for path in named if not (ROOT / path).is_file()]


def test_every_law_has_a_test():
    rows = LAW_ROWS.findall(TEXT.partition("## Laws")[2])
    codes = [int(code) for numbers, _ in rows for code in numbers.split(",")]
    assert sorted(codes) == list(range(len(LAWS)))
    assert all("`test_" in tests for _, tests in rows)
