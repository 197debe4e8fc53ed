"""What is mistyped is answered with where, what, and what was probably meant."""

import pytest

from experiments.cli import main
from experiments.commands.arguments import UsageError
from experiments.commands.parser import new_parser


def message(*words):
    with pytest.raises(UsageError) as caught:
        new_parser().parse_args(words)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "found", "meant"),
    [
        (["compair", "a", "b"], "compair", "Did you mean 'compare'?"),
        (["run", "a", "--replicate", "3"], "--replicate", "Did you mean '--replicates'?"),
        (["run", "a", "--sed=3"], "--sed", "Did you mean '--seed'?"),
        (["run", "a", "--lang", "vn"], "vn", "expected one of en, vi"),
        (["run", "a", "b"], "'b' is one argument too many", "expected SCENARIO. See"),
        (["scenarios", "a"], "'a' is one argument too many", "expected options only. See"),
        (["run"], "scenario", "--help"),
        (["run", "a", "--seed", "one"], "'one' is not a whole number", "--help"),
        (["run", "a", "--seed", "9" * 5000], f"'{'9' * 20}...' is not", "such as 200"),
        (["run", "a", "--seed", "1_0"], "'1_0' is not a whole number", "such as 200"),
        (["run", "a", "--replicates"], "--replicates", "--help"),
    ],
)
def test_a_mistake_is_named_with_what_was_meant(words, found, meant):
    text = message(*words)
    assert found.lower() in text.lower()
    assert meant in text


def test_without_a_verb_the_help_is_shown(capsys):
    assert main([]) == 0
    assert "usage: zonesim" in capsys.readouterr().out
