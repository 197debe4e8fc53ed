"""Shells complete what the parser knows: the scripts are run by the shells themselves."""

import shutil
import subprocess

import pytest

from experiments.cli import main

ASK_BASH = """
source "$1"
read -ra COMP_WORDS <<< "$2"
[[ "$2" == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_zonesim
printf '%s\\n' "${COMPREPLY[@]}"
"""
# Stands in for zsh's completion system: prints what would be offered.
ASK_ZSH = """
compdef() { : }
compadd() { shift; print -rl -- "$@" }
_describe() { local name=$2; print -rl -- ${${(P)name}%%:*} }
_files() { : }
source "$1"
words=(${(z)2})
[[ $2 == *" " ]] && words+=("")
CURRENT=$#words
PREFIX=$words[-1]
_zonesim
"""
ASK_FISH = "source $argv[1]; complete -C $argv[2] | string replace -r '\\t.*' ''; true"
SHELLS = {
    "bash": ["bash", "-c", ASK_BASH, "ask"],
    "zsh": ["zsh", "-f", "-c", ASK_ZSH, "ask"],
    "fish": ["fish", "--no-config", "-c", ASK_FISH, "--"],
}
CASES = [
    ("zonesim comp", {"compare", "completion"}, {"run"}),
    ("zonesim compare base", {"baseline"}, set()),
    ("zonesim explain ", {"investor", "zone", "difference"}, set()),
    ("zonesim explain zone plan_175 tam", {"tam-diep-2"}, set()),
    ("zonesim explain zone plan_175 tam-diep-2 --lang ", {"en", "vi"}, {"plan_175"}),
    ("zonesim explain zone --", {"--year", "--lever", "--json"}, {"--out"}),
    ("zonesim explain investor plan_175 3 --lever re", {"rework"}, {"--json"}),
    ("zonesim world generate --", {"--zones", "--kind-mix"}, set()),
    ("zonesim completion ", {"bash", "zsh", "fish"}, set()),
    ("zonesim plot --format ", {"png", "svg", "pdf", "gif"}, {"map"}),
]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory):
    """Write the script of every shell."""
    folder = tmp_path_factory.mktemp("completion")
    for shell in SHELLS:
        with pytest.MonkeyPatch.context() as patch, open(folder / shell, "w") as file:
            patch.setattr("sys.stdout", file)
            assert main(["completion", shell]) == 0
    return folder


def installed(shell):
    missing = shutil.which(shell) is None
    reason = f"{shell} is not installed: its script is only checked for what it names"
    marks = [pytest.mark.skipif(missing, reason=reason)] if shell != "bash" else []
    return pytest.param(shell, marks=marks)


@pytest.mark.parametrize("shell", [installed(shell) for shell in SHELLS])
@pytest.mark.parametrize(("typed", "offered", "not_offered"), CASES)
def test_a_shell_offers_what_can_follow(scripts, tmp_path, shell, typed, offered, not_offered):
    asked = [*SHELLS[shell], str(scripts / shell), typed]
    done = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path, check=True)
    # zsh's own compadd filters by what was typed; the stand-in does not
    found = set(done.stdout.split("\n"))
    assert offered <= found, done.stderr
    if shell != "zsh":
        assert not not_offered & found


@pytest.mark.parametrize("shell", list(SHELLS))
def test_every_verb_and_option_is_in_every_script(scripts, shell):
    from experiments.commands.parser import new_parser
    from experiments.commands.typed import nodes_of

    text = (scripts / shell).read_text(encoding="utf-8")
    for node in nodes_of(new_parser()):
        assert all(child in text for child in node.children)
        for option in node.options:
            spelt = option.name.lstrip("-")
            assert option.name in text or f"-l {spelt} " in text or f"-s {spelt} " in text


def test_an_unknown_shell_is_answered_with_those_there_are(capsys):
    assert main(["completion", "tcsh"]) == 2
    assert "bash, zsh, fish" in capsys.readouterr().err
