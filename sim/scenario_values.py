"""Turn one well-formed lever value into what it sets, checking names and months of the province.

Not for the shape of a value: sim/scenario.py. Not for tables by month: sim/policy.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.calendar import Calendar
from sim.errors import Problem
from sim.scenario_levers import EVERYWHERE, LEVERS, NEVER, START, Lever, did_you_mean
from sim.schema import codes

if TYPE_CHECKING:
    from sim.world import World

Settings = tuple[tuple[str, float], ...]
_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


class LeverStep(NamedTuple):
    """From one month on, a lever has this value, until its next step.

    `value` pairs a column of the province's levers, a zone or a sector with a number. What it does
    not name is as in the start year, so an empty value switches the lever off.
    """

    lever: str
    from_month: int
    value: Settings


def shown(value: object) -> str:
    """Return a value as a reader of TOML would write it, shortened.

    Examples
    --------
    >>> shown(True), shown("x"), shown([1, 2.5]), shown({"en": "x"})
    ('true', "'x'", '[1, 2.5]', "{ en = 'x' }")
    """
    match value:
        case bool():
            text = str(value).lower()
        case str():
            text = repr(value)
        case list() | tuple():
            text = f"[{', '.join(shown(item) for item in value)}]"
        case dict():
            text = f"{{ {', '.join(f'{key} = {shown(item)}' for key, item in value.items())} }}"
        case _:
            text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def month_fix(value: object) -> str:
    """Return the month that was probably meant, as a question, or nothing.

    Examples
    --------
    >>> month_fix("3/2027"), month_fix("2027-3"), month_fix("spring")
    ("Did you mean '2027-03'?", "Did you mean '2027-03'?", '')
    """
    year_first = re.match(r"^(\d{4})\D(\d{1,2})(\D|$)", str(value))
    month_first = re.match(r"^(\d{1,2})\D(\d{4})$", str(value))
    if year_first:
        year, month = year_first.group(1), int(year_first.group(2))
    elif month_first:
        year, month = month_first.group(2), int(month_first.group(1))
    else:
        return ""
    return f"Did you mean '{year}-{month:02d}'?" if 1 <= month <= 12 else ""


def number_fix(lever: Lever, value: object) -> str:
    """Return the number that was probably meant, as a question, or nothing."""
    match value:
        case str():
            found = re.match(r"^\s*(-?\d+(?:[.,]\d+)?)\s*(%?)", value)
            if found is None:
                return ""
            number = float(found.group(1).replace(",", ".")) / (100 if found.group(2) else 1)
        case bool():
            return ""
        case int() | float() if (lever.hi if lever.unit == "share" else 10) < value <= 1e6:
            number = value / 100  # probably in per cent
        case _:
            return ""
    known = lever.unit in ("1", "share") or isinstance(value, str)
    return f"Did you mean {number:g}?" if known and lever.lo <= number <= lever.hi else ""


def month_index(text: str, where: str, calendar: Calendar, problems: list[Problem]) -> int:
    """Return the index of a month inside the horizon, or note a problem and return 0.

    Parameters
    ----------
    text : str
        What the file says.
    where : str
        Its key path, for messages.
    calendar : Calendar
        The horizon.
    problems : list of Problem
        Grows by what is wrong.
    """
    expected = f"a month from {calendar.name(0)} to {calendar.name(calendar.months - 1)}"
    if not _MONTH.match(text):
        fix = month_fix(text) or "Write months like '2027-03'."
        problems.append(Problem(where, shown(text), expected, fix))
        return 0
    index = calendar.month_index(text)
    if not 0 <= index < calendar.months:
        problems.append(Problem(where, shown(text), expected, ""))
        return 0
    return index


def settings(
    lever: Lever, value: Any, where: str, world: World, problems: list[Problem]
) -> Settings:
    """Return what a value sets: columns, zones or sectors, each with its number.

    Parameters
    ----------
    lever : Lever
        Which lever.
    value : object
        A value of the shape that the lever asks for, or "start".
    where : str
        Key path of the value, for messages.
    world : World
        Gives the names of zones and sectors and the horizon.
    problems : list of Problem
        Grows by every unknown or repeated name and every impossible month in the value.
    """
    if value == START:
        return ()
    match lever.kind:
        case "number" | "switch":
            return ((lever.columns[0], float(value)),)
        case "rule":
            known = _known_names([value], where, lever.expected, codes.ALLOCATIONS, problems)
            return tuple((lever.columns[0], float(codes.ALLOCATIONS.index(name))) for name in known)
        case "parts" | "holiday":
            given = value if isinstance(value, Mapping) else dict.fromkeys(lever.parts, value)
            columns = dict(zip(lever.parts, lever.columns, strict=True))
            return tuple((columns[part], float(number)) for part, number in given.items())
        case "classes":
            expected = f"one of {', '.join(map(repr, lever.parts))}"
            known = _known_names(value, where, expected, lever.parts, problems)
            return tuple((lever.columns[lever.parts.index(name)], 1.0) for name in known)
        case "zone_months":
            return _zone_months(value, where, world, problems)
        case "names":
            names = world.sector_ids if lever.named == "sector" else world.zone_ids
            expected = f"a {lever.named} of the province"
            known = _known_names(value, where, expected, names, problems)
            ranked = lever.columns[0] == "priority_rank"
            return tuple((name, float(i + 1 if ranked else 1)) for i, name in enumerate(known))


def _known_names(
    names: Sequence[str], where: str, expected: str, known: Sequence[str], problems: list[Problem]
) -> list[str]:
    found: list[str] = []
    for i, name in enumerate(names):
        place = f"{where}[{i}]" if len(names) > 1 else where
        if name in found:
            problems.append(Problem(place, f"{shown(name)} a second time", "", ""))
        elif name in known:
            found.append(name)
        else:
            fix = did_you_mean(name, known) or _listing(known)
            problems.append(Problem(place, shown(name), expected, fix))
    return found


def _listing(known: Sequence[str]) -> str:
    more = ", ..." if len(known) > 12 else ""
    return f"Known: {', '.join(known[:12])}{more}."


def _zone_months(
    value: Mapping[str, str], where: str, world: World, problems: list[Problem]
) -> Settings:
    months: dict[str, float] = {}
    found: list[Problem] = []
    for name, text in value.items():
        place = f"{where}.{name}"
        if name not in (*world.zone_ids, EVERYWHERE):
            fix = did_you_mean(name, world.zone_ids) or _listing(world.zone_ids)
            problems.append(Problem(place, "no zone of the province", "", fix))
        never = text == NEVER
        months[name] = codes.NEVER if never else month_index(text, place, world.calendar, found)
    problems.extend(bad._replace(expected=f"{bad.expected}, or '{NEVER}'") for bad in found)
    rest = months.get(EVERYWHERE)
    by_zone = ((zone, months.get(zone, rest)) for zone in world.zone_ids)
    return tuple((zone, month) for zone, month in by_zone if month is not None)


def read_levers(
    levers: object, misfits: Iterable[tuple[str | int, ...]], world: World
) -> tuple[dict[str, tuple[LeverStep, ...]], list[Problem]]:
    """Return the steps of each lever whose shape is right, and what they ask for in vain."""
    misshapen = {path[1] for path in misfits if path[0] == "levers" and len(path) > 1}
    problems: list[Problem] = []
    steps = {
        name: _lever_steps(LEVERS[name], raw, world, problems)
        for name, raw in (levers.items() if isinstance(levers, dict) else ())
        if name in LEVERS and name not in misshapen
    }
    return steps, problems


def _lever_steps(
    lever: Lever, raw: Any, world: World, problems: list[Problem]
) -> tuple[LeverStep, ...]:
    where = f"levers.{lever.name}"
    if not is_dated(raw):
        return (LeverStep(lever.name, 0, settings(lever, raw, where, world, problems)),)
    steps: dict[int, LeverStep] = {}
    seen: set[str] = set()
    for i, step in enumerate(raw):
        place = f"{where}[{i}]"
        month = month_index(step["from"], f"{place}.from", world.calendar, problems)
        if step.get("unit", lever.unit) != lever.unit:
            problems.append(_unit_problem(lever, f"{place}.unit", step["unit"]))
        if step["from"] in seen:
            problems.append(
                Problem(f"{place}.from", f"{shown(step['from'])} a second time", "", "")
            )
        value = settings(lever, step["value"], f"{place}.value", world, problems)
        seen.add(step["from"])
        steps[month] = LeverStep(lever.name, month, value)
    return tuple(steps[month] for month in sorted(steps))


def is_dated(value: object) -> bool:
    """Tell whether a value is a list of dated steps, sound or not."""
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _unit_problem(lever: Lever, where: str, found: str) -> Problem:
    """Return the problem that a unit is not the declared one."""
    if lever.has_unit:
        return Problem(where, shown(found), f"the unit '{lever.unit}'", "")
    return Problem(where, shown(found), "no unit, as this lever has none", "")
