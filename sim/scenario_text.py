"""Read the text of a scenario file as TOML, and explain what keeps it from being TOML.

Not for what the keys mean: sim/scenario.py.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from sim.data_files import beyond_python, decoded
from sim.errors import Problem

_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_HINTS: Final = (
    (re.compile(r"=\s*-?\d+,\d"), "Write decimals with a point, such as 0.7."),
    (re.compile(r"=\s*(True|False)\b"), "Write true and false in small letters."),
    (re.compile(r"=\s*\d{4}-\d{2}\b(?!-)"), 'Put months in quotes, such as "2027-03".'),
    (re.compile(r"=\s*[^\W\d]"), "Put words in quotes."),
    (re.compile(r"[“”‘’]"), 'Use straight quotes: ".'),
)


def read_toml(path: Path) -> dict[str, Any] | Problem:
    """Return the content of a TOML file, or what is wrong with it.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict or Problem
        The raw tables; keys and values are not checked.
    """
    try:
        text = decoded(path).replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(
            f"line {line}", "not UTF-8 text", "", "Save the file with the encoding UTF-8."
        )
    except OSError as error:
        return Problem("file", f"cannot be read ({error.strerror})", "", "")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(text, str(error))
    except (ValueError, RecursionError) as error:
        return beyond_python("file", error)
    if not content:
        return Problem("file", "empty", "", 'Begin with [label], en = "..." and vi = "...".')
    return content


def _syntax_problem(text: str, message: str) -> Problem:
    found = _PLACE.search(message)
    if found is None:
        return Problem("end of file", f"not TOML ({message})", "", "Is a quote or bracket open?")
    number = int(found.group(1))
    line = text.split("\n")[number - 1].strip()
    reason = message[: found.start()]
    fix = next((hint for pattern, hint in _HINTS if pattern.search(line)), "")
    return Problem(f"line {number}", f"not TOML: {line[:80]} ({reason})", "", fix)
