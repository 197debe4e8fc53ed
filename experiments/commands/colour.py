"""Paint headings and complaints for a terminal; text for files and pipes stays plain.

Not for deciding whether to paint: experiments/cli.py looks at terminal and environment.
"""

from __future__ import annotations

import re
from typing import Final

_HEADING: Final = re.compile(r"^((?:\S.*\n){1,3})(-{3,})$", re.MULTILINE)
_PROBLEM: Final = re.compile(r"^.*\bhas \d+ problems?:$", re.MULTILINE)
_BOLD, _DIM, _RED, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"


def painted(text: str) -> str:
    r"""Return an answer with its underlined headings in bold.

    Examples
    --------
    >>> painted("Land\n----\n1 ha\n")
    '\x1b[1mLand\x1b[0m\n\x1b[2m----\x1b[0m\n1 ha\n'
    """
    return _HEADING.sub(lambda found: _bold(found[1]) + f"{_DIM}{found[2]}{_PLAIN}", text)


def _bold(lines: str) -> str:
    return "".join(f"{_BOLD}{line}{_PLAIN}\n" for line in lines.splitlines())


def painted_complaint(message: str) -> str:
    r"""Return a complaint with its title in red, or its first line where it has none.

    Examples
    --------
    >>> painted_complaint("No such zone.\nThere is one.")
    '\x1b[31mNo such zone.\x1b[0m\nThere is one.'
    """
    if _PROBLEM.search(message):
        return _PROBLEM.sub(lambda found: f"{_RED}{found[0]}{_PLAIN}", message)
    first, mark, rest = message.partition("\n")
    return f"{_RED}{first}{_PLAIN}{mark}{rest}"
