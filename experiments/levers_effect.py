"""Show from runs, lever by lever, where it moves an outcome, where it rightly does not, and why.

Worlds and trials are data: lever_effects.toml. Scenarios of a province: experiments/answer.py.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from experiments.grid import section, wrapped
from experiments.measures import Outcomes, measure
from experiments.outcomes import BY_KEY
from experiments.statistics import Paired, direction, paired
from experiments.texts import UNDEFINED, Language, label_in, load_texts
from sim.batch import Batch, Case, run_many
from sim.data_files import near_miss
from sim.errors import Problem, StudyError
from sim.policy import policy_table
from sim.scenario import load_scenario, with_levers
from sim.scenario_values import shown
from sim.schema import Column, ZoneRecord, codes, columns_of
from sim.world import SCENARIOS, World, load_world, parameter_vector, world_path

FILE: Final = Path(__file__).with_name("lever_effects.toml")
MONTHS_TO_LAND: Final = "months_to_land"
_NEW_LAND: Final = Column("months", "Months to new land", "Số tháng đến khi có thêm đất")
_DIRECT: Final = {**columns_of(ZoneRecord), MONTHS_TO_LAND: _NEW_LAND}  # not of the harness
Settings = Mapping[str, object]


class NamedWorld(NamedTuple):
    """A small variation of a province; the comments of the file say what the keys mean."""

    en: str
    vi: str
    months: int
    province: str = "tiny"
    parameters: Mapping[str, float] = {}
    levers: Settings = {}
    zones: Mapping[str, Mapping[str, Any]] = {}
    sectors: Mapping[str, Mapping[str, float]] = {}
    anchor_cars: float = 0.0


class Trial(NamedTuple):
    """Levers `base` against `base` and `to`, on top of a world's, and the outcome to look at."""

    world: str
    to: Settings
    outcome: str  # of the harness, `months_to_land`, or `zone.column` of the zones' record
    direction: str = ""  # up or down; empty where the outcome should stay
    base: Settings = {}
    year: int = 0  # 0: the last
    replicates: int = 40
    within: float = 0.0  # how far from zero a staying outcome's interval may reach


class Entry(NamedTuple):
    """One lever, or one part of it: a trial that moves, one that does not, and the path."""

    lever: str
    moves: Trial
    still: Trial
    path_en: str
    path_vi: str


class LeverEffect(NamedTuple):
    """What the runs showed for one entry; intervals of the difference are at the 95 % level."""

    lever: str
    change: str
    world: str
    outcome: str
    unit: str
    direction: str
    mean: float
    low: float
    high: float
    moved: bool
    still_change: str
    still_world: str
    still_outcome: str
    still_unit: str
    still_mean: float
    still_low: float
    still_high: float
    stays: bool
    path_en: str
    path_vi: str


def read_effects(path: Path = FILE) -> tuple[dict[str, NamedWorld], list[Entry]]:
    """Return all test worlds by name and all entries in their order; `StudyError` if misshapen."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    worlds, entries, where = {}, [], "the file"
    try:
        for where, table in content["worlds"].items():
            worlds[where] = NamedWorld(**table)
        for table in content["effect"]:
            where = f"effect of {table.get('lever')!r}"
            trials = {key: Trial(**table[key]) for key in ("moves", "still")}
            entries.append(Entry(**{**table, **trials}))
    except (KeyError, TypeError) as error:
        raise StudyError(f"{path.name}: {where}: {error}") from None
    return worlds, entries


def build_world(named: NamedWorld) -> World:
    """Return a test world: its province with another horizon and other start values."""
    world = load_world(world_path(named.province))
    begun = ("cleared_share_start", "works_spent_share_start")
    tables = {key: getattr(world, key).copy() for key in ("zones", "sectors", "segments", *begun)}
    for zone, changes in named.zones.items():
        for column, value in changes.items():
            number = codes.OPERATORS.index(value) if column == "operator" else value
            target = tables[column] if column in begun else tables["zones"][column]
            target[world.zone_ids.index(zone)] = number
    for sector, numbers in named.sectors.items():
        for column, number in numbers.items():
            tables["sectors"][column][world.sector_ids.index(sector)] = number
    segments = tables["segments"]
    kind = tables["sectors"][segments.sector]
    domestic = segments.origin == codes.DOMESTIC
    part = np.where(domestic, 1.0 - kind.foreign_share, kind.foreign_share)
    segments.share[:] = np.where(segments.programme == 1, 0.0, kind.arrival_share * part)
    tables["anchor_cars"] = np.full(named.months, float(named.anchor_cars))
    for table in tables.values():
        table.setflags(write=False)  # as in any world: kernels are compiled for such tables
    return replace(world, calendar=world.calendar._replace(months=named.months), **tables)


def cases_of(named: NamedWorld, world: World, trials: Sequence[Trial]) -> dict[str, Case]:
    """Return the different cases that some trials of a world compare, by their levers."""
    scenario = load_scenario("baseline", SCENARIOS / named.province, world)
    parameters = parameter_vector(world, named.parameters)
    cases = {}
    for levers in (each for trial in trials for each in _levers(named, trial)):
        key = json.dumps(levers)
        policy = policy_table(with_levers(scenario, levers, world), world)
        cases[key] = Case(key, policy, parameters)
    return cases


def _levers(named: NamedWorld, trial: Trial) -> tuple[Settings, Settings]:
    base = {**named.levers, **trial.base}
    return base, {**base, **trial.to}


def lever_effects(
    levers: Sequence[str] | None = None,
    *,
    replicates: int | None = None,
    seed: int,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[LeverEffect]:
    """Run the trials of some levers, by default of all, in the order of the file.

    Parameters
    ----------
    levers : sequence of str, optional
        Their names.
    replicates : int, optional
        Of every trial; by default as many as the file says.
    seed, threads, progress
        As in `sim.batch.run_many`.

    Raises
    ------
    StudyError
        If a lever has no entry or the file is at fault; it names all problems.
    """
    worlds, listed = read_effects()
    known = dict.fromkeys(entry.lever for entry in listed)
    unknown = [name for name in levers or () if name not in known]
    if unknown:
        problems = [Problem(name, "no such lever", "", near_miss(name, known)) for name in unknown]
        raise StudyError.of("The choice of levers", problems)
    entries = [entry for entry in listed if levers is None or entry.lever in levers]
    trials = [trial for entry in entries for trial in (entry.moves, entry.still)]
    if replicates is not None:
        trials = [trial._replace(replicates=replicates) for trial in trials]
    found = iter(_intervals(worlds, trials, seed, threads, progress))
    return [_judged(entry, next(found), next(found)) for entry in entries]


def _intervals(
    worlds: Mapping[str, NamedWorld],
    trials: Sequence[Trial],
    seed: int,
    threads: int | None,
    progress: Callable[[int, int], None] | None,
) -> list[Paired]:
    """Return the difference that each trial makes; the trials of a world share their runs."""
    plans = []
    for name in dict.fromkeys(trial.world for trial in trials):
        here = [place for place, trial in enumerate(trials) if trial.world == name]
        world = build_world(worlds[name])
        cases = cases_of(worlds[name], world, [trials[place] for place in here])
        plans.append((name, world, cases, here, max(trials[i].replicates for i in here)))
    total, done = sum(len(cases) * count for _, _, cases, _, count in plans), 0
    found: dict[int, Paired] = {}
    for name, world, cases, here, count in plans:
        batch = run_many(
            world, list(cases.values()), replicates=range(count), seed=seed, threads=threads
        )
        outcomes = measure(batch, world)
        done += len(cases) * count
        if progress is not None:
            progress(done, total)
        for place in here:
            trial = trials[place]
            rows = [list(cases).index(json.dumps(each)) for each in _levers(worlds[name], trial)]
            values = _values(trial, batch, world, outcomes)[rows, : trial.replicates]
            found[place] = paired(*values, good=0)
    return [found[place] for place in range(len(trials))]


def _values(trial: Trial, batch: Batch, world: World, outcomes: Outcomes) -> np.ndarray:
    """Return the outcome of a trial for all cases and replicates of a batch, shape (C, R)."""
    if trial.outcome == MONTHS_TO_LAND:
        serviced = batch.kinds.serviced_ha.sum(-1)
        grown = serviced > serviced[..., :1] + 1e-6
        return 1.0 + np.asarray(np.where(grown.any(-1), grown.argmax(-1), serviced.shape[-1]))
    year = batch.years.index(trial.year or batch.years[-1])
    zone, _, column = trial.outcome.rpartition(".")
    if zone:
        return np.asarray(batch.zones[column][:, :, year, world.zone_ids.index(zone)] * 1.0)
    return np.asarray(outcomes[column][:, :, year])


def _judged(entry: Entry, moved: Paired, stayed: Paired) -> LeverEffect:
    """Return what the two differences of an entry say: it moves there, it stays here."""
    moves, still = moved.interval, stayed.interval
    return LeverEffect(
        entry.lever,
        *_what(entry.moves),
        entry.moves.direction,
        *moves[:3],
        direction(moved) == (1 if entry.moves.direction == "up" else -1),
        *_what(entry.still),
        *still[:3],
        still.lo <= 0.0 <= still.hi and max(-still.lo, still.hi) <= entry.still.within,
        " ".join(entry.path_en.split()),
        " ".join(entry.path_vi.split()),
    )


def _what(trial: Trial) -> tuple[str, str, str, str]:
    """Return what a trial changes, in which world, and the outcome it looks at with its unit."""
    old = {name: f"{shown(value)} -> " for name, value in trial.base.items()}
    changes = [f"{name} = {old.get(name, '')}{shown(value)}" for name, value in trial.to.items()]
    column = trial.outcome.rpartition(".")[2]
    unit = BY_KEY[column].unit if column in BY_KEY else _DIRECT[column].unit
    return ", ".join(changes), trial.world, trial.outcome, unit


def render_effects(effects: Sequence[LeverEffect], lang: Language) -> str:
    """Return the effects as text: by lever both trials and the path, then the test worlds."""
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))["texts"][lang]
    worlds = read_effects()[0]
    lines = []
    for e in effects:
        told = {
            "moves" if e.moved else "moves_not": _row(words, lang, e[1:5] + e[6:9]),
            "stays" if e.stays else "stays_not": _row(words, lang, e[10:17]),
            "path": getattr(e, f"path_{lang}"),
        }
        rows = (wrapped(told[key], first=f"  {words[key]}: ", indent="    ") for key in told)
        lines += [e.lever, *rows]
    used = dict.fromkeys(name for e in effects for name in (e.world, e.still_world))
    said = [wrapped(f"{name}: {getattr(worlds[name], lang)}", indent="    ") for name in used]
    good = sum(e.moved and e.stays for e in effects)
    parts = section(words["title"], "\n".join(lines)), section(words["worlds"], "\n".join(said))
    return "\n\n".join([*parts, words["summary"].format(good=good, all=len(effects))]) + "\n"


def _row(words: Mapping[str, str], lang: Language, trial: Sequence[Any]) -> str:
    """Return what a trial found: world, change, outcome, mean difference and its interval."""
    change, world, outcome, unit, *numbers = trial
    texts = load_texts(lang)
    zone, _, column = outcome.rpartition(".")
    ours = column in BY_KEY and not zone
    label = texts.outcome(column, alone=True) if ours else label_in(lang, _DIRECT[column])
    label += f" ({zone})" if zone else ""
    found = words["same"]
    if any(numbers):
        digits = BY_KEY[column].digits if column in BY_KEY else 1
        mean, low, high = (texts.quantity(each, unit, digits, sign=True) for each in numbers)
        ends = f"[{low}; {high}]" if low != UNDEFINED else f"({texts.why_no_interval('few')})"
        found = f"{mean} {texts.unit(unit, difference=True)} {ends}"
    return f"{world}, {change}. {label}: {found}."
