"""What can be typed after ``zonesim new`` and ``zonesim init-province``."""

from __future__ import annotations

from typing import Final

from experiments.commands.arguments import Verbs, add_common, add_quiet

_NEW_EXAMPLES: Final = """examples:
  zonesim new my_plan --extends plan_175
  zonesim new my_plan --province data/thai_binh --out data/thai_binh"""
_PROVINCE_EXAMPLES: Final = """examples:
  zonesim init-province thai_binh --out data/thai_binh
  zonesim check data/thai_binh
  zonesim run baseline --province data/thai_binh"""

_COMPLETION_EXAMPLES: Final = """examples:
  source <(zonesim completion bash)       here; in ~/.bashrc it stays
  source <(zonesim completion zsh)        after compinit; in ~/.zshrc it stays
  zonesim completion fish > ~/.config/fish/completions/zonesim.fish"""


def add_authoring(verbs: Verbs) -> None:
    """Add the verbs `new` and `init-province`."""
    text = "Write a scenario of your own, with range, unit and start value of every lever."
    new = verbs.add("new", text, epilog=_NEW_EXAMPLES)
    new.add_argument("name", metavar="NAME", help="small letters, digits, '-' and '_'")
    text = "scenario to build on: a name or a path (baseline)"
    new.add_argument("--extends", default="baseline", metavar="SCENARIO", help=text)
    text = "new file, or a folder for NAME.toml; by default NAME.toml here"
    new.add_argument("--out", metavar="FILE", help=text)
    add_quiet(new)
    add_common(new)
    text = "Write the data files of a new province: an example that runs, columns explained."
    province = verbs.add("init-province", text, epilog=_PROVINCE_EXAMPLES)
    province.add_argument("name", metavar="NAME", help="small letters, digits, '-' and '_'")
    text = "new or empty folder; by default NAME here"
    province.add_argument("--out", metavar="DIR", help=text)
    add_quiet(province)
    add_common(province, with_province=False)


def add_completion(verbs: Verbs) -> None:
    """Add the verb `completion`."""
    text = "Print a script by which a shell completes verbs, options and names."
    shell = verbs.add("completion", text, epilog=_COMPLETION_EXAMPLES)
    shell.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="which")
