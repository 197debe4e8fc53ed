"""Study files: their shape, where they are, and everything that is wrong with one at once.

Not for what a sound study is (experiments/study.py) or for its numbers against the province
(experiments/sweeps/study_checks.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.province import Province, load_province
from experiments.study import DESIGNS, KINDS, DesignKind, Kind, Study
from experiments.sweeps import study_checks as checks
from experiments.sweeps.factors import PRIOR_FORMS
from sim.data_files import near_miss
from sim.errors import Problem, StudyError
from sim.scenario_levers import did_you_mean
from sim.scenario_problems import key_path
from sim.scenario_text import read_toml
from sim.scenario_values import shown

STUDIES: Final = Path(__file__).parents[1] / "studies"
SUFFIX: Final = ".toml"
Text = Annotated[str, Field(strict=True, min_length=1)]
Count = Annotated[int, Field(strict=True, ge=1, le=checks.MOST)]
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


_COUNT: Final = f"a whole number from 1 to {checks.MOST}"
_WORDS: Final = {
    "label": "a table with 'en' and 'vi'",
    "question": "a table with 'en' and 'vi'",
    "en": "text in quotes",
    "vi": "text in quotes",
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


class Changes(NamedTuple):
    """What a command line may set otherwise than the file; None leaves what the file says."""

    replicates: int | None = None
    points: int | None = None
    seed: int | None = None


class LoadedStudy(NamedTuple):
    """A sound study and the province it is about."""

    study: Study
    province: Province


def list_studies() -> tuple[Path, ...]:
    """Return the study files that come with the program, by name."""
    return tuple(sorted(STUDIES.glob(f"*{SUFFIX}")))


def study_path(name_or_path: str | Path) -> Path:
    """Return the file of a study: one of ours by name, or a path, which ends in .toml.

    Raises
    ------
    StudyError
        If there is no such file.
    """
    is_path = isinstance(name_or_path, Path) or name_or_path.endswith(SUFFIX)
    path = Path(name_or_path) if is_path else STUDIES / f"{name_or_path}{SUFFIX}"
    if not path.is_file():
        names = [found.stem for found in list_studies()]
        fix = near_miss(path.stem, names)
        raise StudyError(f"No such study: {str(name_or_path)!r}. {fix}".rstrip())
    return path


def load_study(name_or_path: str | Path, changes: Changes = Changes()) -> LoadedStudy:  # noqa: B008
    """Return a study, checked against its province, before anything runs.

    Parameters
    ----------
    name_or_path : str or Path
        Name of a study that comes with the program, or the path of a file.
    changes : Changes
        Replicates, points and seed to use instead of the file's.

    Raises
    ------
    StudyError
        With all problems of the file.
    WorldError
        If its province cannot be had.
    """
    path = study_path(name_or_path)
    content = read_toml(path)
    if isinstance(content, Problem):
        raise StudyError.of(path.name, [content])
    content = _changed(content, changes)
    misfits = _misfits(content)
    shape, faulty = _without(content, misfits)
    province = load_province(shape.province)
    study, problems = checks.checked(path, shape, faulty, province)
    if misfits or problems or study is None:
        raise StudyError.of(path.name, [*misfits.values(), *problems])
    return LoadedStudy(study, province)


def check_studies(paths: Iterable[Path]) -> list[Problem]:
    """Return everything wrong with some study files, each with its file in front of its place."""
    problems: list[Problem] = []
    for path in paths:
        try:
            load_study(path)
        except StudyError as error:
            placed = (
                fault._replace(where=f"{path.name}: {fault.where}") for fault in error.problems
            )
            problems += placed
    return problems


def is_study(path: Path) -> bool:
    """Return whether a TOML file looks like a study rather than a scenario."""
    content = read_toml(path) if path.is_file() else {}
    return isinstance(content, dict) and "scenarios" in content and "levers" not in content


def _changed(content: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a file's content with the numbers of the command line in it."""
    found = dict(content)
    for key in ("replicates", "seed"):
        if getattr(changes, key) is not None:
            found[key] = getattr(changes, key)
    design = found.get("design", {"kind": "grid"})
    if changes.points is not None and isinstance(design, dict):
        key = "trajectories" if design.get("kind") == "morris" else "points"
        found["design"] = {**design, key: changes.points}
    return found


# --- the shape ------------------------------------------------------------------------------------


def json_schema_text() -> str:
    """Return the JSON Schema of a study file, by which editors complete and check."""
    schema = StudyShape.model_json_schema(by_alias=True)
    schema["title"] = "Study"
    schema["description"] = "A study file of zonesim; see docs/STUDIES.md."
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _misfits(content: Mapping[str, Any]) -> dict[tuple[str | int, ...], Problem]:
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


def _without(
    content: Mapping[str, Any], misfits: Iterable[Sequence[str | int]]
) -> tuple[StudyShape, frozenset[str]]:
    """Return what is left of a file without the parts that do not fit, and the names of those."""
    rest = {"label": _DUMMY, "question": _DUMMY, "scenarios": ["-"], "replicates": 1, **content}
    faulty = set()
    for path in misfits:
        table = rest.get("factors")
        if path[0] == "factors" and len(path) > 1 and isinstance(table, dict):
            rest["factors"] = {name: said for name, said in table.items() if name != path[1]}
            continue
        faulty.add(str(path[0]))
        if path[0] in StudyShape.model_fields and StudyShape.model_fields[path[0]].is_required():
            rest[str(path[0])] = {"scenarios": ["-"], "replicates": 1}.get(str(path[0]), _DUMMY)
        else:
            rest.pop(str(path[0]), None)
    return StudyShape.model_validate(rest), frozenset(faulty)


_DUMMY: Final = {"en": "-", "vi": "-"}
