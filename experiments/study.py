"""A study as a value: question, scenarios, factors, design; to JSON for the manifest and back.

Not for reading and checking study files (experiments/sweeps/study_files.py) or making points
(experiments/sweeps/points.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from experiments.texts import Language, distinct_labels, label_in
from sim.scenario import Scenario
from sim.scenario_levers import LEVERS, Lever
from sim.scenario_values import LeverStep, shown

Kind = Literal["real", "integer", "boolean", "categorical"]
DesignKind = Literal["grid", "one-at-a-time", "lhs", "sobol", "saltelli", "morris", "csv"]
KINDS: Final = ("real", "integer", "boolean", "categorical")
DESIGNS: Final = ("grid", "one-at-a-time", "lhs", "sobol", "saltelli", "morris", "csv")
AS_IN_SCENARIO: Final = "scenario"  # the value that leaves a lever as each scenario sets it
Value = bool | int | float | str | tuple[str, ...] | Mapping[str, Any]


class Prior(NamedTuple):
    """A distribution by name, such as Normal(1.6, 0.5); truncated to the range of its factor."""

    name: str
    numbers: tuple[float, ...]


class Factor(NamedTuple):
    """One thing that a study varies: a behaviour of the model, or a lever from a month on.

    `low` and `high` bound a factor that has no `values`. The default of a behaviour is the
    province's value, that of a lever NaN: as in the scenario.
    """

    name: str  # a key of parameters.csv, a lever, or a part of one such as "promotion.foreign"
    lever: bool
    kind: Kind
    unit: str
    low: float
    high: float
    values: tuple[Value, ...]
    prior: Prior
    default: float
    from_month: int  # levers only
    scenario: str  # the only one it moves; empty: all

    @property
    def labels(self) -> tuple[str, ...]:
        """What the values of a categorical factor are called in tables."""
        return tuple(label_of(value) for value in self.values)

    @property
    def numbers(self) -> tuple[float, ...]:
        """The values as numbers: categories by place, NaN for "as in the scenario"."""
        if self.kind == "categorical":
            return tuple(
                math.nan if value == AS_IN_SCENARIO else float(place)
                for place, value in enumerate(self.values)
            )
        return tuple(
            math.nan if isinstance(value, str) else float(value)  # type: ignore[arg-type]
            for value in self.values
        )


class Correlation(NamedTuple):
    """Spearman's rank correlation of two factors."""

    first: str
    second: str
    rank: float


class Design(NamedTuple):
    """How the points are chosen; a number that a kind does not use is 0."""

    kind: DesignKind
    points: int = 0  # lhs, sobol: rows; saltelli: base samples; morris: trajectories
    levels: int = 0  # morris
    second_order: bool = False  # saltelli
    rows: tuple[tuple[float, ...], ...] = ()  # csv: the points themselves


class Study(NamedTuple):
    """A study that was checked and can be run; nothing in it refers to another file."""

    id: str
    label_en: str
    label_vi: str
    question_en: str
    question_vi: str
    province: str
    scenarios: tuple[Scenario, ...]  # the first is the base
    factors: tuple[Factor, ...]
    correlations: tuple[Correlation, ...]
    design: Design
    replicates: int
    seed: int
    outcomes: tuple[str, ...]
    years: tuple[int, ...]  # whose outcomes are columns of the table of runs
    keep: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return tuple(scenario.name for scenario in self.scenarios)

    def label(self, language: Language) -> str:
        """Return what the study is called."""
        return label_in(language, self)

    def question(self, language: Language) -> str:
        """Return what the study asks."""
        return self.question_vi if language == "vi" else self.question_en

    def scenario_labels(self, language: Language) -> dict[str, str]:
        """Return what scenarios are called, by name, the base first; no two alike."""
        labels = [label_in(language, scenario) for scenario in self.scenarios]
        return distinct_labels(self.names, labels)


def label_of(value: object) -> str:
    """Return what a value is called in a table.

    Examples
    --------
    >>> label_of("even"), label_of(("a", "b")), label_of(()), label_of({"free_years": 4})
    ('even', 'a, b', 'none', '{ free_years = 4 }')
    """
    if isinstance(value, tuple | list):
        return ", ".join(value) or "none"
    return value if isinstance(value, str) else shown(value)


def lever_part(name: str) -> tuple[Lever | None, str]:
    """Return the lever that a factor names, and the part of it; None where it names none.

    Examples
    --------
    >>> lever, part = lever_part("promotion.foreign")
    >>> lever.name, part
    ('promotion', 'foreign')
    """
    head, _, part = name.partition(".")
    lever = LEVERS.get(head)
    known = lever is not None and (not part or part in lever.parts)
    return (lever if known else None), part


def columns_set(name: str) -> tuple[str, ...]:
    """Return the columns of the policy tables that a lever, or one part of it, sets."""
    lever, part = lever_part(name)
    if lever is None:
        return ()
    return (lever.columns[lever.parts.index(part)],) if part else lever.columns


# --- to JSON and back -----------------------------------------------------------------------------


def study_content(study: Study) -> dict[str, Any]:
    """Return a study as JSON values, from which `study_from` makes the same study."""
    content: dict[str, Any] = _plain(study)
    return content


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # JSON has no NaN
    return value


def study_from(content: Mapping[str, Any]) -> Study:
    """Return the study that `study_content` described; KeyError or TypeError if it is misshapen."""
    return Study(
        **{
            **content,
            "scenarios": tuple(_scenario(item) for item in content["scenarios"]),
            "factors": tuple(_factor(item) for item in content["factors"]),
            "correlations": tuple(Correlation(**item) for item in content["correlations"]),
            "design": Design(**{**content["design"], "rows": _rows(content["design"]["rows"])}),
            "outcomes": tuple(content["outcomes"]),
            "years": tuple(content["years"]),
            "keep": tuple(content["keep"]),
        }
    )


def _rows(rows: Iterable[Iterable[float | str]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(number) for number in row) for row in rows)


def _scenario(content: Mapping[str, Any]) -> Scenario:
    steps = tuple(
        LeverStep(
            step["lever"],
            step["from_month"],
            tuple((place, float(number)) for place, number in step["value"]),
        )
        for step in content["steps"]
    )
    return Scenario(**{**content, "steps": steps})


def _factor(content: Mapping[str, Any]) -> Factor:
    prior = content["prior"]
    values = (tuple(v) if isinstance(v, list) else v for v in content["values"])
    numbers = {key: float(content[key]) for key in ("low", "high", "default")}
    numbers_of_prior = tuple(float(number) for number in prior["numbers"])
    return Factor(
        **{
            **content,
            **numbers,
            "values": tuple(values),
            "prior": Prior(prior["name"], numbers_of_prior),
        }
    )
