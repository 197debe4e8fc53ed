"""What a study file may say, and everything in one that does not fit, at once.

Not for numbers against the province (experiments/sweeps/study_checks.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.study import DESIGNS, KINDS, DesignKind, Kind
from experiments.sweeps.factors import PRIOR_FORMS
from sim.data_files import near_miss
from sim.errors import Problem
from sim.scenario import Text
from sim.scenario_levers import did_you_mean
from sim.scenario_problems import key_path
from sim.scenario_values import shown

MOST: Final = 10_000_000  # points, trajectories or replicates of a study
Count = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Texts(_Shape):
    en: Text
    vi: Text


class FactorShape(_Shape):
    """What a file may say about a factor."""

    kind: Kind | None = None
    range: tuple[Number, Number] | None = None
    values: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    levels: Annotated[int, Field(strict=True, ge=2, le=1000)] | None = None
    prior: Text | None = None
    month: Annotated[Text | None, Field(alias="from")] = None
    scenario: Text | None = None


class CorrelationShape(_Shape):
    """Spearman's correlation of two factors."""

    between: tuple[Text, Text]
    rank: Annotated[float, Field(strict=True, gt=-1.0, lt=1.0)]


class DesignShape(_Shape):
    """How the points are chosen."""

    kind: DesignKind
    points: Count | None = None
    trajectories: Count | None = None
    levels: Annotated[int, Field(strict=True, ge=2, le=1000)] | None = None
    second_order: Annotated[bool, Field(strict=True)] | None = None
    path: Text | None = None


class StudyShape(_Shape):
    """What a study file may say."""

    label: _Texts
    question: _Texts
    province: Text = "ninh_binh"
    scenarios: Annotated[tuple[Text, ...], Field(min_length=1)]
    behaviours: Annotated[str, Field(pattern="^all$")] | None = None
    factors: dict[str, FactorShape] = {}
    correlations: tuple[CorrelationShape, ...] = ()
    design: DesignShape = DesignShape(kind="grid")
    replicates: Count
    seed: Annotated[int, Field(strict=True, ge=0, lt=2**31)] = 1
    outcomes: tuple[Text, ...] | None = None
    years: tuple[Annotated[int, Field(strict=True)], ...] | None = None
    keep: tuple[Text, ...] = ()


_COUNT: Final = f"a whole number from 1 to {MOST}"
_WORDS: Final = {
    "label": "a table with 'en' and 'vi'",
    "question": "a table with 'en' and 'vi'",
    "en": "text in quotes, not blank",
    "vi": "text in quotes, not blank",
    "province": "the name of a province in quotes",
    "scenarios": "a list of at least one scenario, the base first",
    "behaviours": "'all'",
    "factors": "tables [factors.NAME]",
    "range": "two numbers such as [0.5, 2.0]",
    "values": "a list of at least one value",
    "prior": PRIOR_FORMS + ", in quotes",
    "from": "a month in quotes such as '2022-01'",
    "scenario": "the name of a scenario of the study",
    "correlations": 'tables such as { between = ["a", "b"], rank = 0.5 }',
    "between": "two names of factors",
    "rank": "a number between -1 and 1",
    "design": "a table with 'kind'",
    "points": _COUNT,
    "trajectories": _COUNT,
    "levels": "a whole number from 2 to 1000",
    "second_order": "true or false",
    "path": "the name of a CSV file in quotes",
    "replicates": _COUNT,
    "seed": "a whole number from 0 to 2147483647",
    "outcomes": "a list of outcomes",
    "years": "a list of years",
    "keep": "a list of 'zones' and 'events'",
}
_CHOICES: Final = {("factors", "kind"): KINDS, ("design", "kind"): DESIGNS}


def json_schema_text() -> str:
    """Return the JSON Schema of a study file, by which editors complete and check."""
    schema = StudyShape.model_json_schema(by_alias=True)
    schema["title"] = "Study"
    schema["description"] = "A study file of zonesim; see docs/STUDIES.md."
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def misfits_of(content: Mapping[str, Any]) -> dict[tuple[str | int, ...], Problem]:
    """Return what does not fit the shape, by the place in the file."""
    found: dict[tuple[str | int, ...], Problem] = {}
    try:
        StudyShape.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False):
            path, kind = fault["loc"], fault["type"]
            if path[:1] == ("factors",) and len(path) > 3:
                path, kind = path[:3], "item"  # an item of a pair is reported as the pair
            found[path] = _misfit(kind, path, fault["input"], content)
    return found


def _misfit(kind: str, path: Sequence[str | int], found: Any, content: Any) -> Problem:
    where = key_path(tuple(path))
    last = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
    if kind == "extra_forbidden":
        fix = near_miss(last, _known_keys(tuple(path)))
        return Problem(where, "unknown key", "", fix)
    if kind == "missing":
        return Problem(where, "missing", "", f"Add {last}: {_WORDS.get(last, 'see the manual')}.")
    choices = _CHOICES.get((str(path[0]), last))
    for key in path:
        content = content[key]  # the whole value where only an item of it is at fault
    if choices:
        expected = f"one of {', '.join(choices)}"
        return Problem(where, shown(found), expected, did_you_mean(str(found), choices))
    return Problem(where, shown(content), _WORDS.get(last, "a table"), "")


def _known_keys(path: tuple[str | int, ...]) -> list[str]:
    shapes: dict[str, type[_Shape]] = {
        "factors": FactorShape,
        "correlations": CorrelationShape,
        "design": DesignShape,
        "label": _Texts,
        "question": _Texts,
    }
    shape = StudyShape if len(path) == 1 else shapes.get(str(path[0]), StudyShape)
    return [field.alias or name for name, field in shape.model_fields.items()]


def without(
    content: Mapping[str, Any], misfits: Iterable[Sequence[str | int]]
) -> tuple[StudyShape, frozenset[str]]:
    """Return what is left of a file without the parts that do not fit, and the names of those."""
    rest = {"label": _DUMMY, "question": _DUMMY, "scenarios": ["-"], "replicates": 1, **content}
    faulty = set()
    for path in misfits:
        faulty.add(str(path[0]))
        table = rest.get("factors")
        if path[0] == "factors" and len(path) > 1 and isinstance(table, dict):
            rest["factors"] = {name: said for name, said in table.items() if name != path[1]}
            continue
        if path[0] in StudyShape.model_fields and StudyShape.model_fields[path[0]].is_required():
            rest[str(path[0])] = {"scenarios": ["-"], "replicates": 1}.get(str(path[0]), _DUMMY)
        else:
            rest.pop(str(path[0]), None)
    return StudyShape.model_validate(rest), frozenset(faulty)


_DUMMY: Final = {"en": "-", "vi": "-"}
