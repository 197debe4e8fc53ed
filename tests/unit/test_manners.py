"""Verbs behave alike: examples, languages, JSON, quiet; colours on terminals only; 80 columns."""

import argparse
import io
import re

import pytest

from experiments import cli
from experiments.commands.colour import painted, painted_complaint
from experiments.commands.parser import new_parser

ESCAPES = re.compile(r"\x1b\[\d+m")
SCRIPTS = {"schema", "completion"}  # print what programs read
WIDTH = 80


def leaves(parser=None, path=()):
    """Return every verb, or action of a verb, with its parser."""
    parser = new_parser() if parser is None else parser
    subs = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not subs:
        return [(path, parser)]
    return [
        leaf
        for sub in subs
        for name, child in sub.choices.items()
        for leaf in leaves(child, (*path, name))
    ]


LEAVES = [pytest.param(path, parser, id=" ".join(path)) for path, parser in leaves()]
every_verb = pytest.mark.parametrize(("path", "parser"), LEAVES)


def options(parser):
    return {name for action in parser._actions for name in action.option_strings}


@every_verb
def test_help_has_examples_of_the_verb_and_fits_the_terminal(path, parser, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    text = parser.format_help()
    assert f"zonesim {path[0]}" in text.split("examples:")[1]
    assert [line for line in text.splitlines() if len(line) > WIDTH] == []


@every_verb
def test_every_answer_can_be_had_in_vietnamese_and_as_json(path, parser):
    if path[0] not in SCRIPTS:
        assert {"--lang", "--json"} <= options(parser)


def test_every_verb_that_only_says_that_it_is_done_can_be_quiet():
    parsers = {path[0]: parser for path, parser in leaves()}
    assert set(cli._SAY_DONE) <= set(parsers)
    for verb in (*cli._SAY_DONE, "run", "compare", "sweep", "explain", "levers"):
        assert "--quiet" in options(parsers[verb]), verb


def test_every_verb_has_a_module_with_its_function():
    verbs = {path[0] for path, _ in leaves()}
    assert verbs == set(cli._MODULES)


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        return True


def shown(monkeypatch, words, *, stream, **environment):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", stream)
    assert cli.main(words) == 0
    return stream.getvalue()


DIFF = ["diff", "baseline", "plan", "--province", "tiny"]


def test_a_terminal_shows_colours_and_the_same_text(monkeypatch):
    on_screen = shown(monkeypatch, DIFF, stream=Screen(), TERM="xterm")
    in_a_pipe = shown(monkeypatch, DIFF, stream=io.StringIO(), TERM="xterm")
    assert ESCAPES.search(on_screen)
    assert ESCAPES.sub("", on_screen) == in_a_pipe


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_stay_away_where_they_are_not_wanted(monkeypatch, environment):
    text = shown(monkeypatch, DIFF, stream=Screen(), **environment)
    assert not ESCAPES.search(text)


@pytest.mark.parametrize("words", [[*DIFF, "--json"], ["schema"], ["completion", "bash"]])
def test_what_programs_read_has_no_colours_even_on_a_terminal(monkeypatch, words):
    assert not ESCAPES.search(shown(monkeypatch, words, stream=Screen(), TERM="xterm"))


def test_headings_of_two_lines_are_painted_whole():
    text = "first\nsecond\n------\nbody\n"
    assert painted(text).startswith("\x1b[1mfirst\x1b[0m\n\x1b[1msecond\x1b[0m\n")


def test_a_rule_without_a_heading_is_left_alone():
    assert painted("\n---\nx\n") == "\n---\nx\n"


def test_the_title_of_a_complaint_is_painted():
    text = "hint\nplan.toml has 2 problems:\n  a\n  b"
    assert ESCAPES.sub("", painted_complaint(text)) == text
    assert painted_complaint(text).startswith("hint\n\x1b[31mplan.toml has 2 problems:\x1b[0m\n")


LISTS = [
    "zones",
    "params",
    "scenarios",
    "levers",
    "studies",
    "diff baseline plan_175",
    "plot --list",
    "check plan_175",
]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("words", LISTS)
def test_lists_fit_eighty_columns(capsys, words, language):
    assert cli.main([*words.split(), "--lang", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    # addresses cannot be broken; all else can
    long = [line for line in lines if len(line) > WIDTH and "://" not in line]
    assert lines
    assert long == []


def test_quiet_says_nothing_when_all_is_well(capsys):
    assert cli.main(["check", "plan", "--province", "tiny", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_quiet_still_says_what_is_wrong(capsys):
    assert cli.main(["check", "plam", "--province", "tiny", "--quiet"]) == 2
    assert "plan" in capsys.readouterr().err


def test_json_is_printed_even_when_quiet(capsys):
    assert cli.main(["check", "plan", "--province", "tiny", "--quiet", "--json"]) == 0
    assert capsys.readouterr().out.startswith("{")
