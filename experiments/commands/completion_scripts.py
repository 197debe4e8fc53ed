"""Write completion scripts for bash, zsh and fish from what can be typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from experiments.commands.typed import Node, Option, takes_files, takes_folders

Names = Mapping[str, tuple[str, ...]]


def _words(node: Node, names: Names, what: str, option: str = "") -> str:
    """Return the words that may stand where a kind of value stands."""
    found = node.choices.get(option, ()) if what == "choices" else names.get(what, ())
    return " ".join(found)


def _position_words(node: Node, names: Names) -> str:
    """Return what may stand at the positions of a verb: all that any of them takes."""
    kinds = dict.fromkeys(node.arguments)
    closed = [word for key, found in node.choices.items() if key[:1] != "-" for word in found]
    known = [word for what in kinds for word in names.get(what, ())]
    return " ".join(dict.fromkeys([*node.children, *closed, *known]))


def _case(node: Node) -> str:
    return " ".join(node.path)


# --- bash -----------------------------------------------------------------------------------------

_BASH: Final = """\
# Completion of zonesim for bash: source <(zonesim completion bash)
_zonesim() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local verb=${COMP_WORDS[1]} action="" words="" options="" files="" folders=""
    [[ $COMP_CWORD -gt 1 ]] || verb=""
    [[ $COMP_CWORD -gt 2 ]] && action=${COMP_WORDS[2]}
    case "$verb $action" in
%(actions)s
        *) action="" ;;
    esac
    case "$verb${action:+ $action}|$before" in
%(values)s
        *)
            case "$verb${action:+ $action}" in
%(verbs)s
            esac ;;
    esac
    [[ $current == -* ]] && words=$options
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ -n $files ]] && COMPREPLY+=($(compgen -f -- "$current"))
    [[ -n $folders ]] && COMPREPLY+=($(compgen -d -- "$current"))
    [[ ${#COMPREPLY[@]} -eq 1 && -d ${COMPREPLY[0]} ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o filenames -F _zonesim zonesim
"""


def bash(nodes: Sequence[Node], names: Names) -> str:
    """Return the script for bash."""
    actions = [f'        "{_case(node)}") ;;' for node in nodes if len(node.path) == 2]
    values, verbs = [], []
    for node in nodes:
        for option in node.options:
            if option.takes == "-":
                continue
            sets = _bash_sets(_words(node, names, option.takes, option.name), option.takes)
            values.append(f'        "{_case(node)}|{option.name}") {sets} ;;')
        sets = _bash_sets(_position_words(node, names), *node.arguments)
        options = " ".join(option.name for option in node.options)
        verbs.append(f'                "{_case(node)}") {sets}; options="{options}" ;;')
    filled = {"actions": actions, "values": values, "verbs": verbs}
    return _BASH % {key: "\n".join(lines) for key, lines in filled.items()}


def _bash_sets(words: str, *kinds: str) -> str:
    files = "; files=1" if any(map(takes_files, kinds)) else ""
    folders = "; folders=1" if any(map(takes_folders, kinds)) else ""
    return f'words="{words}"{files}{folders}'


# --- zsh ------------------------------------------------------------------------------------------

_ZSH: Final = """\
#compdef zonesim
# Completion of zonesim for zsh: source <(zonesim completion zsh)
_zonesim() {
    local -a words_ options_
    local verb=${words[2]} action="" key before=${words[CURRENT-1]}
    (( CURRENT > 2 )) || verb=""
    (( CURRENT > 3 )) && action=${words[3]}
    case "$verb $action" in
%(actions)s
        *) action="" ;;
    esac
    key="$verb${action:+ $action}"
    case "$key|$before" in
%(values)s
    esac
    case "$key" in
%(verbs)s
    esac
}
compdef _zonesim zonesim
"""


def zsh(nodes: Sequence[Node], names: Names) -> str:
    """Return the script for zsh."""
    actions = [f"        '{_case(node)}') ;;" for node in nodes if len(node.path) == 2]
    values, verbs = [], []
    for node in nodes:
        for option in node.options:
            if option.takes != "-":
                sets = _zsh_adds(_words(node, names, option.takes, option.name), option.takes)
                values.append(f"        '{_case(node)}|{option.name}') {sets}; return ;;")
        listed = " ".join(f"'{option.name}:{_colon(option.help)}'" for option in node.options)
        told = [f"'{child}:{_colon(_help(nodes, (*node.path, child)))}'" for child in node.children]
        positions = _zsh_adds(_position_words(node, names), *node.arguments)
        if told:
            positions = f"words_=({' '.join(told)}); _describe verb words_"
        both = f"if [[ $PREFIX == -* ]]; then _describe option options_; else {positions}; fi"
        verbs.append(f"        '{_case(node)}') options_=({listed}); {both} ;;")
    filled = {"actions": actions, "values": values, "verbs": verbs}
    return _ZSH % {key: "\n".join(lines) for key, lines in filled.items()}


def _zsh_adds(words: str, *kinds: str) -> str:
    adds = [f"compadd -- {words}"] if words else []
    adds += ["_files"] if any(map(takes_files, kinds)) else []
    adds += ["_files -/"] if any(map(takes_folders, kinds)) else []
    return "; ".join(adds) or ":"


def _colon(text: str) -> str:
    return text.replace(":", "\\:")


def _help(nodes: Sequence[Node], path: tuple[str, ...]) -> str:
    return next(node.help for node in nodes if node.path == path)


# --- fish -----------------------------------------------------------------------------------------

_FISH: Final = """\
# Completion of zonesim for fish: zonesim completion fish | source
function __zonesim_at -a node
    # whether the words so far lead to this verb, or action of a verb
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l here "$typed[1]"
    contains -- "$typed[1..2]" %(actions)s; and set here "$typed[1..2]"
    test "$here" = "$node"
end
complete -c zonesim -f
"""


def fish(nodes: Sequence[Node], names: Names) -> str:
    """Return the script for fish."""
    actions = " ".join(f"'{_case(node)}'" for node in nodes if len(node.path) == 2)
    lines = [_FISH.rstrip() % {"actions": actions}]
    for node in nodes:
        at = f"complete -c zonesim -n \"__zonesim_at '{_case(node)}'\""
        for child in node.children:
            lines.append(f"{at} -a {child} -d '{_help(nodes, (*node.path, child))}'")
        lines += [_fish_option(node, names, at, option) for option in node.options]
        words = "" if node.children else _position_words(node, names)
        if words:
            lines.append(f"{at} -a '{words}'")
        lines += _fish_paths(at, *node.arguments)
    return "\n".join(lines) + "\n"


def _fish_option(node: Node, names: Names, at: str, option: Option) -> str:
    spelt = f"-l {option.name[2:]}" if option.name.startswith("--") else f"-s {option.name[1:]}"
    line = f"{at} {spelt} -d '{option.help}'"
    if option.takes == "-":
        return line
    if takes_files(option.takes):
        return f"{line} -r -F"
    if takes_folders(option.takes):
        return f"{line} -x -a '{_FISH_FOLDERS}'"
    words = _words(node, names, option.takes, option.name)
    return f"{line} -x -a '{words}'" if words else f"{line} -x"


_FISH_FOLDERS: Final = "(__fish_complete_directories (commandline -ct))"


def _fish_paths(at: str, *kinds: str) -> list[str]:
    if any(map(takes_files, kinds)):
        return [f"{at} -F"]
    return [f"{at} -a '{_FISH_FOLDERS}'"] if any(map(takes_folders, kinds)) else []


SCRIPTS: Final[Mapping[str, Callable[[Sequence[Node], Names], str]]] = {
    "bash": bash,
    "zsh": zsh,
    "fish": fish,
}
