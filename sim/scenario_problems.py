"""Say in plain words what does not fit the shape of a scenario file.

Not for finding it: sim/scenario.py does, and hands over where it is and which kind of misfit.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sim.errors import Problem
from sim.scenario_levers import LEVERS, Lever, did_you_mean
from sim.scenario_values import month_fix, number_fix, shown

STEP_KEYS: Final = ("from", "value", "unit")
FILE_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("extends", "label", "description", "levers", "shift"),
    "label": ("en", "vi"),
    "description": ("en", "vi"),
    "shift": ("months",),
    "levers": tuple(LEVERS),
}
_FILE_EXPECTED: Final[Mapping[str, str]] = {
    "extends": "the name of a scenario, or a list of names",
    "label": "a table with 'en' and 'vi'",
    "description": "a table with 'en' and 'vi'",
    "shift": "a table with 'months'",
    "months": "a whole number of months from 1 to 1200",
    "levers": "a table of levers",
}
_STEP_FORM: Final = '[{ from = "2022-01", value = ... }]'

KeyPath = tuple[str | int, ...]


def key_path(path: KeyPath) -> str:
    """Return a path of keys and positions as text.

    Examples
    --------
    >>> key_path(("levers", "rework", 0, "value"))
    'levers.rework[0].value'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).lstrip(".")


def misfit(misfit_type: str, path: KeyPath, found: Any) -> Problem:
    """Return one misfit as a problem.

    Parameters
    ----------
    misfit_type : str
        "missing", "extra_forbidden" or any other kind.
    path : tuple of str and int
        Keys and positions from the top of the file.
    found : object
        The value there.
    """
    lever = LEVERS.get(str(path[1])) if path[0] == "levers" and len(path) > 1 else None
    known = _siblings(path, lever)
    if misfit_type == "extra_forbidden":
        fix = did_you_mean(str(path[-1]), known) or _listing(known)
        return Problem(key_path(path), "unknown key", "", fix)
    if misfit_type == "missing":
        return Problem(key_path(path), "missing", "", _how_to_add(path))
    if lever is not None:
        return _lever_misfit(lever, path, found)
    words = [_FILE_EXPECTED[str(key)] for key in path if key in _FILE_EXPECTED]
    expected = words[-1]
    if path[-1] in ("en", "vi"):
        lines = ", on one line" if path[0] == "label" else ""
        expected = f"text in quotes, not blank{lines}"
    return Problem(key_path(path), shown(found), expected, "")


def _siblings(path: KeyPath, lever: Lever | None) -> Sequence[str]:
    if lever is None:
        return FILE_KEYS.get(key_path(path[:-1]), ())
    return STEP_KEYS if isinstance(path[-2], int) else lever.parts


def _listing(known: Sequence[str]) -> str:
    many = len(known) > len(STEP_KEYS) + 2
    return "See the table in scenarios/README.md." if many else f"Known here: {', '.join(known)}."


def _how_to_add(path: KeyPath) -> str:
    if path[0] in ("label", "description"):
        language = {"en": "English", "vi": "Vietnamese"}.get(str(path[-1]), "both languages")
        return f"Every {path[0]} is in English and Vietnamese; add it in {language}."
    example = {"from": ' = "2022-01"', "months": " = 24"}.get(str(path[-1]), "")
    return f"Add {path[-1]}{example}."


def _lever_misfit(lever: Lever, path: KeyPath, found: Any) -> Problem:
    where, rest = key_path(path), path[2:]
    is_list = lever.kind in ("names", "classes")  # a position alone is then one of its items
    dated = bool(rest) and isinstance(rest[0], int) and not (is_list and len(rest) == 1)
    if dated and len(rest) == 1:
        return Problem(where, shown(found), f"a step such as {_STEP_FORM[1:-1]}", "")
    if dated and rest[1:] == ("from",):
        fix = month_fix(found)
        return Problem(where, shown(found), "a month in quotes such as '2027-03'", fix)
    if dated and rest[1:] == ("unit",):
        return Problem(where, shown(found), "text in quotes, not blank", "")
    inside = rest[2:] if dated else rest
    if not inside:
        bare_step = isinstance(found, Mapping) and ("from" in found or "value" in found)
        fix = f"Put dated steps in a list: {_STEP_FORM}." if bare_step else number_fix(lever, found)
        return Problem(where, shown(found), lever.expected, fix)
    if lever.kind == "zone_months":
        return Problem(
            where, shown(found), "a month such as '2027-03' or 'never'", month_fix(found)
        )
    if lever.kind in ("parts", "holiday"):
        expected = f"a number between {lever.lo:g} and {lever.hi:g}"
        return Problem(where, shown(found), expected, number_fix(lever, found))
    return Problem(where, shown(found), "text in quotes, not blank", "")
