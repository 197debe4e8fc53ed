"""Check the factors of a study file: names, kinds, ranges, values, priors, months.

Not for the rest of the file: experiments/sweeps/study_checks.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from experiments.study import AS_IN_SCENARIO, Factor, Kind, Prior, Value, columns_set, lever_part
from experiments.sweeps.factors import PRIOR_FORMS, parse_prior
from experiments.sweeps.study_shape import FactorShape
from sim.errors import Problem, ScenarioError
from sim.scenario import Scenario, with_levers
from sim.scenario_levers import LEVERS, Lever, did_you_mean
from sim.scenario_values import month_index, shown
from sim.world import ParameterInfo, World

_NUMERIC: Final = ("number", "parts", "holiday")  # kinds of levers that take plain numbers
_UNIFORM: Final = Prior("Uniform", ())
_SPAN: Final = ("grid", "one-at-a-time")  # designs that go through values


class _Limits(NamedTuple):
    """What a province allows a factor to be."""

    kind: Kind
    unit: str
    low: float
    high: float
    default: float
    prior: Prior


class FactorReader:
    """Turns the factor tables of one study file into factors, noting every problem."""

    def __init__(
        self,
        design: str,
        names: Sequence[str],
        scenarios: Sequence[Scenario],
        world: World,
        problems: list[Problem],
    ) -> None:
        self._design = design
        self._names = names
        self._scenarios = scenarios
        self._world = world
        self._problems = problems
        self._behaviours = {info.key: info for info in world.parameters}

    def read_all(
        self, shapes: Mapping[str, FactorShape], *, everything: bool
    ) -> tuple[Factor, ...]:
        """Return the factors named, and every other behaviour that is not fixed if asked for."""
        found = [self._read(name, shape) for name, shape in shapes.items()]
        factors = [factor for factor in found if factor is not None]
        if everything:
            named = {factor.name for factor in factors}
            free = (info for info in self._world.parameters if info.low < info.high)
            factors += [_own(info) for info in free if info.key not in named]
        self._check_twice(factors)
        return tuple(factors)

    def _note(self, where: str, found: str, expected: str = "", fix: str = "") -> None:
        self._problems.append(Problem(f"factors.{where}", found, expected, fix))

    def _check_twice(self, factors: Iterable[Factor]) -> None:
        setters: dict[str, str] = {}
        for factor in factors:
            for column in columns_set(factor.name) if factor.lever else ():
                if column in setters:
                    text = f"sets the same lever as {setters[column]!r}"
                    self._note(factor.name, text, "", "Leave one of them out.")
                setters.setdefault(column, factor.name)

    def _read(self, name: str, shape: FactorShape) -> Factor | None:
        lever, _ = lever_part(name)
        info = self._behaviours.get(name)
        if lever is None and info is None:
            known = [*self._behaviours, *LEVERS]
            known += [f"{lv.name}.{part}" for lv in LEVERS.values() for part in lv.parts if part]
            fix = did_you_mean(name, known) or "See 'zonesim params' and 'zonesim levers'."
            self._note(name, "no behaviour and no lever", "", fix)
            return None
        before = len(self._problems)
        limits = self._lever_limits(name, lever) if lever else self._limits(name, info)
        kind = self._kind(name, shape, limits)
        low, high = self._range(name, shape, limits, kind)
        values = self._values(name, shape, lever, kind, (low, high))
        factor = Factor(
            name=name,
            lever=lever is not None,
            kind=kind,
            unit=limits.unit,
            low=low,
            high=high,
            values=values,
            prior=self._prior(name, shape, limits),
            default=limits.default,
            from_month=self._month(name, shape, lever is not None),
            scenario=self._scenario(name, shape, lever is not None),
        )
        return factor if len(self._problems) == before else None

    def _lever_limits(self, name: str, lever: Lever) -> _Limits:
        plain = lever.kind in _NUMERIC and (lever.kind != "holiday" or "." in name)
        kind: Kind = "real" if plain else "categorical"
        if lever.kind == "switch" or (lever.kind == "classes" and "." in name):
            return _Limits("boolean", "0/1", 0.0, 1.0, math.nan, _UNIFORM)
        low, high = (lever.lo, lever.hi) if plain else (math.nan, math.nan)
        return _Limits(kind, lever.unit if plain else "", low, high, math.nan, _UNIFORM)

    def _limits(self, name: str, info: ParameterInfo | None) -> _Limits:
        assert info is not None
        if info.low == info.high:
            text = f"fixed at {info.value:g} in parameters.csv"
            self._note(name, text, "", "Leave it out, or give it a range there.")
        prior = parse_prior(info.prior, info.value) or _UNIFORM
        return _Limits("real", info.unit, info.low, info.high, info.value, prior)

    def _kind(self, name: str, shape: FactorShape, limits: _Limits) -> Kind:
        if shape.kind is None:
            return limits.kind
        fits = {"real": ("real", "integer"), "boolean": ("boolean",)}.get(
            limits.kind, ("categorical",)
        )
        if shape.kind not in fits:
            self._note(f"{name}.kind", shown(shape.kind), " or ".join(map(repr, fits)))
            return limits.kind
        return shape.kind

    def _range(
        self, name: str, shape: FactorShape, limits: _Limits, kind: Kind
    ) -> tuple[float, float]:
        low, high = limits.low, limits.high
        if shape.range is None:
            return low, high
        if kind not in ("real", "integer"):
            self._note(f"{name}.range", f"no range for a {kind} factor", "", "Use values.")
            return low, high
        first, last = shape.range
        expected = f"two rising numbers within {low:g} to {high:g} [{limits.unit}]"
        if not low <= first < last <= high:
            self._note(f"{name}.range", shown(list(shape.range)), expected)
        elif kind == "integer" and (first != math.floor(first) or last != math.floor(last)):
            self._note(f"{name}.range", shown(list(shape.range)), "two whole numbers")
        return first, last

    def _values(
        self,
        name: str,
        shape: FactorShape,
        lever: Lever | None,
        kind: Kind,
        span: tuple[float, float],
    ) -> tuple[Value, ...]:
        if shape.values is not None:
            self._check_values(name, shape, lever, kind, span)
            return tuple(tuple(v) if isinstance(v, list) else v for v in shape.values)
        if kind == "boolean":
            return (False, True) if self._design in _SPAN else ()
        if kind == "categorical":
            self._note(f"{name}.values", "missing", "", "List the values to try.")
            return ()
        if lever is not None and shape.range is None:
            fix = f"The lever allows {lever.lo:g} to {lever.hi:g} [{lever.unit}]."
            self._note(name, "no range and no values", "", fix)
        elif self._design == "grid" and shape.levels is None:
            fix = "List them, or give levels: so many steps over the range."
            self._note(f"{name}.values", "missing", "", fix)
        elif self._design in _SPAN:
            steps = np.linspace(*span, shape.levels or 2)
            return tuple((np.rint(steps) if kind == "integer" else steps).tolist())
        elif shape.levels is not None:
            text = f"not used by a {self._design} design"
            self._note(f"{name}.levels", text, "", "Leave it out.")
        return ()

    def _check_values(
        self,
        name: str,
        shape: FactorShape,
        lever: Lever | None,
        kind: Kind,
        span: tuple[float, float],
    ) -> None:
        given = shape.values or ()
        for other in ("range", "levels", "prior"):
            if getattr(shape, other) is not None:
                text = "given beside values"
                self._note(f"{name}.{other}", text, "", "Give one of them.")
        for place, value in enumerate(given):
            where = f"{name}.values[{place}]"
            if value in given[:place]:
                self._note(where, f"{shown(value)} a second time")
            elif value == AS_IN_SCENARIO and lever is not None:
                continue
            elif kind == "categorical":
                self._check_lever_value(where, lever, value)
            else:
                self._check_number(where, value, kind, span)

    def _check_number(self, where: str, value: Any, kind: Kind, span: tuple[float, float]) -> None:
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        if kind == "boolean":
            if not isinstance(value, bool):
                self._note(where, shown(value), "true or false")
        elif not plain or not span[0] <= value <= span[1]:
            self._note(where, shown(value), f"a number from {span[0]:g} to {span[1]:g}")
        elif kind == "integer" and value != math.floor(value):
            self._note(where, shown(value), "a whole number")

    def _check_lever_value(self, where: str, lever: Lever | None, value: Any) -> None:
        if lever is None or not self._scenarios:
            return
        try:
            with_levers(self._scenarios[0], {lever.name: value}, self._world)
        except ScenarioError as error:
            for fault in error.problems:
                self._note(where, fault.found, fault.expected, fault.fix)

    def _prior(self, name: str, shape: FactorShape, limits: _Limits) -> Prior:
        if shape.prior is None:
            return _UNIFORM if shape.range else limits.prior
        prior = parse_prior(shape.prior, limits.default)
        if prior is None:
            self._note(f"{name}.prior", shown(shape.prior), PRIOR_FORMS)
            return _UNIFORM
        low, high = shape.range or (limits.low, limits.high)
        if prior.name == "Triangular" and not low <= prior.numbers[0] <= high:
            self._note(f"{name}.prior", shown(shape.prior), f"a mode from {low:g} to {high:g}")
        return prior

    def _month(self, name: str, shape: FactorShape, is_lever: bool) -> int:
        if shape.month is None:
            return 0
        if not is_lever:
            text = "a behaviour holds for the whole run"
            self._note(f"{name}.from", text, "", "Leave it out.")
            return 0
        where = f"factors.{name}.from"
        return month_index(shape.month, where, self._world.calendar, self._problems)

    def _scenario(self, name: str, shape: FactorShape, is_lever: bool) -> str:
        if shape.scenario is None:
            return ""
        if not is_lever:
            text = "a behaviour holds in all scenarios"
            self._note(f"{name}.scenario", text, "", "Leave it out.")
        elif self._names and shape.scenario not in self._names:
            expected = "a scenario of the study"
            self._note(
                f"{name}.scenario",
                shown(shape.scenario),
                expected,
                did_you_mean(shape.scenario, self._names),
            )
        return shape.scenario


def _own(info: ParameterInfo) -> Factor:
    """Return a behaviour over its own range and prior."""
    prior = parse_prior(info.prior, info.value) or _UNIFORM
    return Factor(
        info.key, False, "real", info.unit, info.low, info.high, (), prior, info.value, 0, ""
    )
