"""Check a study against its province: names, ranges, months, and whether the design fits.

Not for the shape of the file: experiments/sweeps/study_shape.py. Every check notes problems and
goes on, so that all of them are reported at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from experiments.outcomes import BY_KEY, HEADLINES, report_years
from experiments.province import Province
from experiments.study import Correlation, Design, Factor, Study
from experiments.sweeps.factor_checks import FactorReader
from experiments.sweeps.factors import correlation_matrix
from experiments.sweeps.point_files import points_of
from experiments.sweeps.study_shape import MOST, DesignShape, StudyShape
from sim.data_files import near_miss
from sim.errors import Problem, ScenarioError
from sim.scenario import Scenario, load_scenario
from sim.scenario_levers import did_you_mean
from sim.scenario_values import shown

KEEP: Final = ("zones", "events")
# What each kind of design has to say besides its kind, and what it may say.
_NEEDS: Final = {
    "grid": (),
    "one-at-a-time": (),
    "lhs": ("points",),
    "sobol": ("points",),
    "saltelli": ("points",),
    "morris": ("trajectories",),
    "csv": ("path",),
}
_MAY: Final = {"saltelli": ("second_order",), "morris": ("levels",)}
_MORRIS_LEVELS: Final = 4  # Morris (1991)
_SAMPLED: Final = ("lhs", "sobol", "saltelli", "morris")


def checked_study(
    path: Path, shape: StudyShape, faulty: frozenset[str], province: Province
) -> tuple[Study | None, list[Problem]]:
    """Return the study of a file, and everything that is wrong with it.

    Parameters
    ----------
    path : Path
        The file; its stem is the id of the study.
    shape : StudyShape
        What has the right shape in it.
    faulty : frozenset of str
        Top-level keys that have not, and are not to be judged.
    province : Province
        Where the study takes place.

    Returns
    -------
    Study, or None where problems leave none
    list of Problem
    """
    problems: list[Problem] = []
    scenarios = () if "scenarios" in faulty else _scenarios(path, shape, province, problems)
    names = [scenario.name for scenario in scenarios]
    kind = "" if "design" in faulty else shape.design.kind
    reader = FactorReader(kind, names, scenarios, province.world, problems)
    factors = reader.read_all(shape.factors, everything=shape.behaviours == "all")
    correlations = _correlations(shape, factors, problems)
    if kind in _SAMPLED and not (factors or problems or "factors" in faulty):
        text = f"none, so the design '{kind}' has no points"
        problems.append(Problem("factors", text, "", "Add a table [factors.NAME]."))
    design = None if "design" in faulty else _design(path, shape.design, factors, problems)
    outcomes, years = _outcomes(shape, problems), _years(shape, province, problems)
    _check_names("keep", shape.keep, KEEP, problems)
    if problems or design is None or not scenarios:
        return None, problems
    study = Study(
        id=path.stem,
        label_en=shape.label.en,
        label_vi=shape.label.vi,
        question_en=" ".join(shape.question.en.split()),
        question_vi=" ".join(shape.question.vi.split()),
        province=province.world.id,
        scenarios=scenarios,
        factors=factors,
        correlations=correlations,
        design=design,
        replicates=shape.replicates,
        seed=shape.seed,
        outcomes=outcomes,
        years=years,
        keep=tuple(name for name in KEEP if name in shape.keep),
    )
    return study, problems


def _scenarios(
    path: Path, shape: StudyShape, province: Province, problems: list[Problem]
) -> tuple[Scenario, ...]:
    """Return the scenarios; paths are taken from the folder of the study."""
    found: list[Scenario] = []
    for place, name in enumerate(shape.scenarios):
        where = f"scenarios[{place}]"
        try:
            named = path.parent / name if name.endswith(".toml") else name
            scenario = load_scenario(named, province.scenarios, province.world)
        except ScenarioError as error:
            unknown = len(error.problems) == 1 and error.problems[0].found.startswith("no scenario")
            problems += [
                fault._replace(where=where if unknown else f"{where} ({name}) {fault.where}")
                for fault in error.problems
            ]
            continue
        if scenario.name in [other.name for other in found]:
            problems.append(Problem(where, f"{scenario.name!r} a second time", "", ""))
        found.append(scenario)
    return tuple(found)


def _check_names(
    where: str, names: Iterable[str], known: Sequence[str], problems: list[Problem]
) -> None:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name not in known:
            fix = did_you_mean(name, known) or near_miss(name, known)
            problems.append(Problem(f"{where}[{place}]", shown(name), "a known name", fix))
        elif name in seen:
            problems.append(Problem(f"{where}[{place}]", f"{name!r} a second time", "", ""))
        seen.add(name)


def _outcomes(shape: StudyShape, problems: list[Problem]) -> tuple[str, ...]:
    if shape.outcomes is None:
        return tuple(outcome.key for outcome in HEADLINES)
    _check_names("outcomes", shape.outcomes, list(BY_KEY), problems)
    return shape.outcomes


def _years(shape: StudyShape, province: Province, problems: list[Problem]) -> tuple[int, ...]:
    years = province.world.calendar.years
    if shape.years is None:
        return report_years(years)
    expected = f"a year from {years[0]} to {years[-1]}" if years else "no year: none is complete"
    problems += [
        Problem(f"years[{place}]", str(year), expected, "")
        for place, year in enumerate(shape.years)
        if year not in years
    ]
    return tuple(sorted(set(shape.years)))


def _correlations(
    shape: StudyShape, factors: Sequence[Factor], problems: list[Problem]
) -> tuple[Correlation, ...]:
    numeric = [factor.name for factor in factors if not factor.values and factor.kind != "boolean"]
    found: list[Correlation] = []
    for place, said in enumerate(shape.correlations):
        where = f"correlations[{place}].between"
        unknown = [name for name in said.between if name not in numeric]
        problems += [
            Problem(where, shown(name), "a factor with a range", did_you_mean(name, numeric))
            for name in unknown
        ]
        if said.between[0] == said.between[1]:
            problems.append(Problem(where, "the same factor twice", "", ""))
        elif any({*said.between} == {*other[:2]} for other in found):
            problems.append(Problem(where, "the same pair a second time", "", ""))
        elif not unknown:
            found.append(Correlation(*said.between, said.rank))
    if shape.correlations and shape.design.kind not in ("lhs", "sobol"):
        fix = "Use lhs or sobol, or leave them out."
        problems.append(
            Problem("correlations", f"none possible in a {shape.design.kind} design", "", fix)
        )
    if found and correlation_matrix(factors, found) is None:
        fix = "Bring them nearer to 0."
        text = "these correlations contradict each other"
        problems.append(Problem("correlations", text, "", fix))
    return tuple(found)


# --- the design -----------------------------------------------------------------------------------


def _design(
    path: Path, shape: DesignShape, factors: Sequence[Factor], problems: list[Problem]
) -> Design | None:
    """Return the design, or None after noting what is wrong with it."""
    kind, before = shape.kind, len(problems)
    needed, allowed = _NEEDS[kind], (*_NEEDS[kind], *_MAY.get(kind, ()))
    for key in ("points", "trajectories", "levels", "second_order", "path"):
        given = getattr(shape, key) is not None
        if given and key not in allowed:
            text = f"not part of a {kind} design"
            problems.append(Problem(f"design.{key}", text, "", "Leave it out."))
        if key in needed and not given:
            problems.append(Problem(f"design.{key}", "missing", "", f"Add {key}."))
    _check_numbers(shape, problems)
    rows = points_of(path.parent, shape.path, factors, problems) if shape.path else ()
    if kind == "grid":
        _check_size(factors, problems)
    if len(problems) > before:
        return None
    return Design(
        kind=kind,
        points=shape.points or shape.trajectories or 0,
        levels=(shape.levels or _MORRIS_LEVELS) if kind == "morris" else 0,
        second_order=bool(shape.second_order),
        rows=rows,
    )


def _check_numbers(shape: DesignShape, problems: list[Problem]) -> None:
    points = shape.points
    if shape.kind in ("sobol", "saltelli") and points and points & (points - 1):
        lower = 1 << (points.bit_length() - 1)
        fix = f"Use {lower} or {2 * lower}."
        problems.append(Problem("design.points", str(points), "a power of two", fix))
    if shape.kind == "morris" and shape.levels and shape.levels % 2:
        text = str(shape.levels)
        problems.append(Problem("design.levels", text, "an even number", "Usual is 4."))


def _check_size(factors: Sequence[Factor], problems: list[Problem]) -> None:
    size = math.prod(len(factor.values) or 1 for factor in factors)
    if size > MOST:
        fix = "Give fewer values, or sample them with lhs or sobol."
        problems.append(Problem("factors", f"a grid of {size:,} points", "", fix))
