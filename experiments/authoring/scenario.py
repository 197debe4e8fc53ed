"""Write an analyst's own scenario: every lever commented out, with range, unit and start value.

A line set free says what holds already in the scenario extended, so that it changes nothing until
its value is changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np

from experiments.grid import wrapped
from experiments.lever_words import lever_effect, lever_expected, lever_label
from experiments.texts import LANGUAGES, load_texts
from experiments.toml_lines import as_toml
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.scenario_levers import LEVERS, NEVER, START, Lever
from sim.schema import NEUTRAL_LEVERS, codes
from sim.state import Policy
from sim.world import World

_WIDTH = 98


def scenario_text(name: str, base: Scenario, world: World, *, schema: str = "") -> str:
    """Return a scenario file that extends another and changes nothing yet.

    Parameters
    ----------
    name : str
        Its name.
    base : Scenario
        What it extends.
    world : World
        The province.
    schema : str
        Path of the JSON Schema from the file, for editors; empty writes none.

    Returns
    -------
    str
        TOML, with comments in both languages.
    """
    policy = policy_table(base, world)
    head = [f"#:schema {schema}"] if schema else []
    for language in LANGUAGES:
        say = load_texts(language).sections["new"]
        head += [_comment(say[key].format(name=name, base=base.name)) for key in ("made", "how")]
    labels = {"en": f"{name}, after {base.label_en}", "vi": f"{name}, theo {base.label_vi}"}
    told: dict[str, str] = {lang: load_texts(lang).get("new", "description") for lang in LANGUAGES}
    parts = [
        *head,
        f"extends = {json.dumps(base.name)}",
        "",
        *_table("label", labels),
        "",
        *_table("description", told),
        "",
        "[levers]",
    ]
    for lever in LEVERS.values():
        parts += ["", *_lever(lever, policy, world)]
    return "\n".join(parts) + "\n"


def _comment(text: str) -> str:
    return wrapped(text, first="# ", indent="# ", width=_WIDTH)


def _table(name: str, texts: Mapping[str, str]) -> list[str]:
    lines = [f"{key} = {json.dumps(text, ensure_ascii=False)}" for key, text in texts.items()]
    return [f"[{name}]", *lines]


def _lever(lever: Lever, policy: Policy, world: World) -> list[str]:
    """Return the comments of a lever and its line, commented out too."""
    lines = []
    for language in LANGUAGES:
        texts = load_texts(language)
        value = lever_expected(lever, texts)
        begin = _start(lever, world)
        start = texts.get("new", "start").format(value=begin) if begin else ""
        sentence = lever_effect(lever, texts)
        told = f"{lever_label(lever, texts)}: {sentence} {value[:1].upper()}{value[1:]}{start}."
        lines.append(_comment(told))
    if lever.kind == "names" and lever.named == "sector":
        lines.append(_comment(f"ids: {', '.join(world.sector_ids)}"))
    setting = as_toml({lever.name: setting_now(lever, policy, world)})
    return [*lines, *(f"# {line}" for line in setting.splitlines())]


def _start(lever: Lever, world: World) -> str:
    """Return what a lever with a single number is in the start year, as a file writes it."""
    known = {**NEUTRAL_LEVERS, **world.lever_start}
    if lever.kind not in ("number", "switch", "rule", "parts"):
        return ""
    value = _of_columns(lever, [known[column] for column in lever.columns])
    return str(value).lower() if isinstance(value, bool | str) else f"{value:g}"


def setting_now(lever: Lever, policy: Policy, world: World) -> object:
    """Return what a lever is in a policy, dated, as a scenario file would say it.

    Parameters
    ----------
    lever : Lever
        Which.
    policy : Policy
        The levers by month.
    world : World
        The province.

    Returns
    -------
    str or list of dict
        "start" where it is as in the start year all along and no value of a file says so.
    """
    values = _by_month(lever, policy)
    changed = (values[1:] != values[:-1]).reshape(len(values) - 1, -1).any(1)
    months = [0, *(np.flatnonzero(changed) + 1).tolist()]
    steps = [_step(lever, values[month], month, world) for month in months]
    return START if [step["value"] for step in steps] == [START] else steps


def _by_month(lever: Lever, policy: Policy) -> np.ndarray:
    """Return the columns of a lever, shape (months, columns or zones or sectors)."""
    for table in (policy.zone_levers, policy.sector_levers):
        if lever.columns[0] in (table.dtype.names or ()):
            return np.asarray(table[lever.columns[0]])
    return np.stack([policy.levers[column] for column in lever.columns], axis=-1)


def _step(lever: Lever, values: np.ndarray, month: int, world: World) -> dict[str, object]:
    step: dict[str, object] = {
        "from": world.calendar.name(month),
        "value": _value(lever, values, world),
    }
    return {**step, "unit": lever.unit} if lever.kind == "number" and lever.unit != "1" else step


def _value(lever: Lever, values: np.ndarray, world: World) -> object:
    """Return a value of a lever in one month as a scenario file writes it."""
    ids = world.sector_ids if lever.named == "sector" else world.zone_ids
    match lever.kind:
        case "zone_months":
            moved = np.flatnonzero(values != world.works_may_start)
            return {ids[z]: _month(int(values[z]), world) for z in moved} or START
        case "names" if lever.columns[0] == "priority_rank":
            ranked = np.flatnonzero(values > 0)
            return [ids[place] for place in sorted(ranked, key=lambda place: values[place])]
        case "names":
            return [ids[place] for place in np.flatnonzero(values)]
        case "classes":
            return [part for part, there in zip(lever.parts, values, strict=True) if there]
        case "holiday" if (values < 0).any():
            return START
        case _:
            return _of_columns(lever, values.tolist())


def _month(month: int, world: World) -> str:
    return NEVER if month == codes.NEVER else world.calendar.name(month)


def _of_columns(lever: Lever, numbers: Sequence[float]) -> object:
    """Return numbers of a lever's columns as a file writes them."""
    match lever.kind:
        case "switch":
            return bool(numbers[0])
        case "rule":
            return codes.ALLOCATIONS[int(numbers[0])]
        case "holiday":
            return dict(zip(lever.parts, numbers, strict=True))
        case "parts" if len(set(numbers)) > 1:
            return dict(zip(lever.parts, numbers, strict=True))
        case _:
            return float(numbers[0])
