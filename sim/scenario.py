"""The shape of a scenario file, `extends`, dated levers, and errors a policy maker can act on.

Not for tables by month: sim/policy.py. Not for the data of a province: sim/world.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError
from pydantic import create_model as new_shape

from sim import scenario_family as family
from sim.errors import Problem, ScenarioError
from sim.scenario_levers import LEVERS, START, Lever
from sim.scenario_problems import KeyPath, misfit
from sim.scenario_reference import EFFECTS
from sim.scenario_text import read_toml
from sim.scenario_values import LeverStep, is_dated, read_levers
from sim.schema import codes

if TYPE_CHECKING:
    from sim.world import World

Text = Annotated[str, Field(strict=True, pattern=r"\S")]  # not blank
Line = Annotated[str, Field(strict=True, pattern=r"^ *[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
Names = tuple[Text, ...]


class Scenario(NamedTuple):
    """A policy, ready to run: nothing in it refers to another scenario.

    `steps` are sorted by month, and within a month in the order of `LEVERS`.
    """

    name: str
    label_en: str
    label_vi: str
    description_en: str
    description_vi: str
    steps: tuple[LeverStep, ...]


# --- the shape of a file --------------------------------------------------------------------------


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Lines(_Shape):
    en: Line
    vi: Line


class _Texts(_Shape):
    en: Text
    vi: Text


class _Shift(_Shape):
    months: Annotated[int, Field(strict=True, ge=1, le=1200)]


class _Step(_Shape):
    month: Annotated[str, Field(alias="from", strict=True)]
    unit: Text | None = None


_FORMS = ("<start>", "<dated>", "<list>", "<table>", "<plain>", "<value>")


def _form(value: object) -> str:
    """Tell the forms of a value apart, so that a misfit is reported for the form that was meant."""
    if value == START:
        return "<start>"
    if isinstance(value, list):
        return "<dated>" if is_dated(value) else "<list>"
    return "<table>" if isinstance(value, dict) else "<plain>"


def _one_of(forms: Mapping[str, Any], *, otherwise: str) -> Any:
    """Return the union of shapes for the answers of `_form`; other answers count as `otherwise`."""

    def form(value: object) -> str:
        return found if (found := _form(value)) in forms else otherwise

    union: Any = None
    for name, shape in forms.items():
        tagged = Annotated[shape, Tag(name)]  # type: ignore[valid-type]
        union = tagged if union is None else union | tagged
    return Annotated[union, Discriminator(form)]


def _plain_shape(lever: Lever) -> Any:
    number = Annotated[float, Field(strict=True, ge=lever.lo, le=lever.hi, allow_inf_nan=False)]
    match lever.kind:
        case "number":
            return number
        case "switch":
            return Annotated[bool, Field(strict=True)]
        case "rule":
            return Annotated[Text, Field(json_schema_extra={"enum": list(codes.ALLOCATIONS)})]
        case "classes":
            one = Annotated[Text, Field(json_schema_extra={"enum": list(lever.parts)})]
            return tuple[one, ...]
        case "names":
            return Names
        case "zone_months":
            return dict[str, Text]
        case "holiday":
            numbers: dict[str, Any] = dict.fromkeys(lever.parts, number)
            return new_shape(f"{lever.name}_parts", __base__=_Shape, **numbers)
        case "parts":
            optional: dict[str, Any] = dict.fromkeys(lever.parts, (number | None, None))
            table = new_shape(f"{lever.name}_parts", __base__=_Shape, **optional)
            return _one_of({"<plain>": number, "<table>": table}, otherwise="<plain>")


def _lever_shape(lever: Lever) -> Any:
    plain, start = _plain_shape(lever), Literal["start"]
    value = _one_of({"<value>": plain, "<start>": start}, otherwise="<value>")
    step = new_shape(f"{lever.name}_step", __base__=_Step, value=value)
    dated = Annotated[tuple[step, ...], Field(json_schema_extra={"minItems": 1})]  # type: ignore[valid-type]
    forms = {"<value>": plain, "<start>": start, "<dated>": dated}
    return _one_of(forms, otherwise="<value>")


_LEVER_FIELDS: dict[str, Any] = {
    name: (_lever_shape(lever), Field(default=START, description=EFFECTS[name]))
    for name, lever in LEVERS.items()
}
_Levers = new_shape("Levers", __base__=_Shape, **_LEVER_FIELDS)


_Extends: Any = _one_of({"<plain>": Text, "<list>": Names}, otherwise="<plain>")


class _File(_Shape):
    extends: _Extends = ()
    label: _Lines
    description: _Texts | None = None
    levers: _Levers | None = None  # type: ignore[valid-type]
    shift: _Shift | None = None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, by which editors complete and check."""
    schema = _File.model_json_schema(by_alias=True)
    schema["title"] = "Scenario"
    schema["description"] = "A scenario file of zonesim; see scenarios/README.md."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def json_schema_text() -> str:
    """Return what scenarios/scenario.schema.json contains."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


# --- one file -------------------------------------------------------------------------------------


def _read(path: Path, world: World) -> family.SourceFile:
    content = read_toml(path)
    if isinstance(content, Problem):
        return family.SourceFile(path, ("", ""), ("", ""), (), 0, {}, (content,))
    misfits = _misfits(content)
    levers, faults = read_levers(content.get("levers", {}), misfits, world)
    sound = {} if misfits else content
    return family.SourceFile(
        path=path,
        label=_in_both_languages(sound.get("label", {})),
        description=_in_both_languages(sound.get("description", {})),
        extends=_names(content.get("extends")),
        shift_months=sound.get("shift", {}).get("months", 0),
        levers=levers,
        problems=(*misfits.values(), *faults),
    )


def _in_both_languages(texts: Mapping[str, str]) -> tuple[str, str]:
    return (" ".join(texts.get("en", "").split()), " ".join(texts.get("vi", "").split()))


def _names(extends: object) -> tuple[str, ...]:
    listed = extends if isinstance(extends, list) else [extends]
    return tuple(name for name in listed if isinstance(name, str))


def _misfits(content: Mapping[str, Any]) -> dict[KeyPath, Problem]:
    """Return what does not fit the shape, by the place in the file."""
    found: dict[KeyPath, Problem] = {}
    try:
        _File.model_validate(content)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False):
            path = tuple(key for key in fault["loc"] if key not in _FORMS) or fault["loc"]
            found[path] = misfit(fault["type"], path, fault["input"])
    return found


# --- many files -----------------------------------------------------------------------------------


def list_scenarios(folder: Path) -> tuple[str, ...]:
    """Return the names of the scenarios in a folder, in alphabetical order.

    Raises
    ------
    ScenarioError
        If there is no such folder.
    """
    if not folder.is_dir():
        raise _as_error(family.unknown_scenario("", folder))
    return family.scenario_names(folder)


def check_scenarios(paths: Iterable[Path], world: World) -> list[Problem]:
    """Return everything wrong with some scenario files and the files they extend.

    Parameters
    ----------
    paths : iterable of Path
        The files; each may extend others of its own folder.
    world : World
        The province, for the names of zones and sectors and the horizon.

    Returns
    -------
    list of Problem
        Each with its file in front of its place; empty if all is well.
    """
    listed = list(paths)
    missing = [
        family.unknown_scenario(path.stem, path.parent) for path in listed if not path.is_file()
    ]
    present = [path for path in listed if path.is_file()]
    files = family.gather(present, None, lambda path: _read(path, world))
    return [*missing, *family.placed_problems(files.values())]


def load_scenario(name_or_path: str | Path, folder: Path, world: World) -> Scenario:
    """Return a scenario with everything it inherits.

    Parameters
    ----------
    name_or_path : str or Path
        A name such as "plan_175", or the path of a file, which ends in .toml.
    folder : Path
        The scenarios of the province; what the file extends is looked up beside it, then here.
    world : World
        The province, for the names of zones and sectors and the horizon.

    Raises
    ------
    ScenarioError
        With all problems of the file and of the files it extends.
    """
    is_path = isinstance(name_or_path, Path) or name_or_path.endswith(family.SUFFIX)
    path = Path(name_or_path) if is_path else folder / f"{name_or_path}{family.SUFFIX}"
    if not path.is_file():
        raise _as_error(family.unknown_scenario(path.stem, path.parent))
    files = family.gather([path], folder, lambda source: _read(source, world))
    if any(file.problems for file in files.values()):
        raise family.error_of(files.values())
    steps = family.resolve(path, files)
    return Scenario(path.stem, *files[path].label, *files[path].description, steps)


def with_levers(scenario: Scenario, levers: Mapping[str, object], world: World) -> Scenario:
    """Return a scenario with some levers replaced, written as in the [levers] of a file.

    Parameters
    ----------
    scenario : Scenario
        What the other levers are taken from.
    levers : mapping of str to object
        Lever to a plain value or a list of dated steps.
    world : World
        The province.

    Raises
    ------
    ScenarioError
        With everything wrong with the levers.
    """
    misfits = _misfits({"label": {"en": "-", "vi": "-"}, "levers": dict(levers)})
    steps, faults = read_levers(dict(levers), misfits, world)
    if misfits or faults:
        raise ScenarioError.of(f"{scenario.name} with other levers", [*misfits.values(), *faults])
    kept = tuple(step for step in scenario.steps if step.lever not in steps)
    return scenario._replace(steps=family.in_order([kept, *steps.values()]))


def _as_error(problem: Problem) -> ScenarioError:
    return ScenarioError(problem.text(), (problem,))
