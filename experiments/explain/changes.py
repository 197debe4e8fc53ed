"""Change one lever of a scenario by a step, and say it as a scenario file would.

Which steps: steps.toml beside this file. Whatever is run went through the words of a scenario file,
so that a reader can paste and repeat it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from sim.calendar import Calendar
from sim.data_files import near_miss
from sim.errors import Problem, StudyError
from sim.policy import policy_table
from sim.scenario import Scenario, with_levers
from sim.scenario_levers import LEVERS, Lever
from sim.state import Policy
from sim.world import World

FILE: Final = Path(__file__).with_name("steps.toml")
Settings = dict[str, Any]  # lever to what a scenario file says of it
_DIGITS: Final = 10
_LIST: Final = "See 'zonesim levers'."


class Probe(NamedTuple):
    """A change of one lever: a step to add, or levers to set."""

    lever: str
    step: float | None = None
    set: Mapping[str, Any] | None = None


def read_probes() -> tuple[Probe, ...]:
    """Return the probes of steps.toml in their order."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Probe(**table) for table in content["probe"])


def chosen_probes(levers: Sequence[str], *, numbers_only: bool = False) -> tuple[Probe, ...]:
    """Return the probes of some levers, by default of all.

    Parameters
    ----------
    levers : sequence of str
        Names; none means all.
    numbers_only : bool
        Only those with a step to add.

    Raises
    ------
    StudyError
        If a lever has no such probe; it names all of them.
    """
    known = [probe for probe in read_probes() if probe.step is not None or not numbers_only]
    names = [probe.lever for probe in known]
    problems = [
        Problem(f"--lever {lever}", _unknown(lever), "", near_miss(lever, names) or _LIST)
        for lever in levers
        if lever not in names
    ]
    if problems:
        raise StudyError.of("The question", problems)
    return tuple(probe for probe in known if not levers or probe.lever in levers)


def _unknown(lever: str) -> str:
    return "has no step to add" if lever in LEVERS else "no such lever"


def settings_of(
    probe: Probe, policy: Policy, world: World, *, zone: str = "", times: float = 1.0
) -> Settings:
    """Return what a probe sets, as a scenario file would say it; nothing where it changes nothing.

    Parameters
    ----------
    probe : Probe
        What to change.
    policy : Policy
        The levers as they are.
    world : World
        The province.
    zone : str
        The zone that "{zone}" stands for.
    times : float
        How many steps; only for a probe with a step.
    """
    if probe.step is None:
        text = json.dumps(probe.set).replace("{zone}", zone)
        found: Settings = json.loads(text.replace("{start}", world.calendar.name(0)))
        return found
    lever = LEVERS[probe.lever]
    before = np.stack([policy.levers[column] for column in lever.columns])
    after = np.round(np.clip(before + times * probe.step, lever.lo, lever.hi), _DIGITS)
    if np.array_equal(before, after):
        return {}
    return {lever.name: _dated(lever, after, world.calendar)}


def _dated(lever: Lever, values: np.ndarray, calendar: Calendar) -> list[dict[str, Any]]:
    """Return the steps of a lever whose columns have values of shape (columns, months)."""
    changed = (values[:, 1:] != values[:, :-1]).any(0)
    starts = [0, *(np.flatnonzero(changed) + 1).tolist()]
    return [
        {"from": calendar.name(month), "value": _value(lever, values[:, month].tolist())}
        for month in starts
    ]


def _value(lever: Lever, numbers: Sequence[float]) -> float | dict[str, float]:
    if len(set(numbers)) == 1:
        return numbers[0]
    return dict(zip(lever.parts, numbers, strict=True))


def changed_policy(scenario: Scenario, settings: Settings, world: World) -> Policy:
    """Return the levers of a scenario with some of them set anew."""
    return policy_table(with_levers(scenario, settings, world), world)
