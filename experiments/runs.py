"""Run scenarios and answer: the one way from names to an `Answer`, for Python and command line.

Not for printing or writing: experiments/cli.py and experiments/store.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from experiments.answer import Answer, answer_of
from experiments.one_run import zone_months
from experiments.outline import Outline, read_outline
from experiments.precision import (
    AT_MOST,
    Comparison,
    Precision,
    Target,
    targets_of,
    until_precise,
)
from experiments.province import Province, load_province, load_scenarios, shorten
from experiments.sample import FATES, Sample, fate_counts, join, sample_of
from experiments.statistics import paired_difference
from sim.batch import Case, Look, run_many
from sim.errors import Problem, ScenarioError, StudyError
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.state import Record, State

Progress = Callable[[int, int], None]  # runs done, runs in all
_CHUNK_ROWS: Final = 1_500_000  # zone and month rows of results held at a time


class Plan(NamedTuple):
    """How to run: everything an answer depends on besides the scenarios, and the threads.

    With `precision`, such as ("jobs@2030=500",), replicates are added until the paired differences
    are known that well, `at_most` so many; `replicates` is not used then.
    """

    province: str | Path = "ninh_binh"
    replicates: int = 200
    seed: int = 1
    first_replicate: int = 0
    until: str | None = None
    threads: int | None = None  # by default one a core; results do not depend on it
    precision: tuple[str, ...] = ()
    at_most: int = AT_MOST


class Prepared(NamedTuple):
    """Scenarios that were read without problems, ready to run."""

    province: Province
    reported: Province  # with a shorter horizon if the plan says so
    scenarios: list[Scenario]
    cases: list[Case]
    plan: Plan
    outline: Outline | None  # None where the province has none
    targets: tuple[Target, ...] = ()


def prepare(names: Sequence[str | Path], plan: Plan) -> Prepared:
    """Read province and scenarios, so that every mistake shows before anything runs.

    Parameters
    ----------
    names : sequence of str or Path
        Names of scenarios of the province, or paths of files; the first is the base.
    plan : Plan
        How to run.

    Raises
    ------
    WorldError
        If the province or the horizon cannot be had.
    ScenarioError
        If a scenario cannot be read, or a number of the plan is out of range.
    StudyError
        If a target of precision cannot be read, or there is no difference for it.
    """
    _check(plan)
    province = load_province(plan.province)
    scenarios = load_scenarios(list(names), province)
    outline = read_outline(province.data, province.world.name_vi)
    reported = province._replace(world=shorten(province.world, plan.until))
    cases = [Case(s.name, policy_table(s, province.world)) for s in scenarios]
    targets = targets_of(plan.precision, reported.world.calendar.years)
    if targets and len(scenarios) < 2:
        raise StudyError(
            "--precision: found one scenario; expected two or more, since it is the precision of "
            "differences. Use 'zonesim compare'."
        )
    return Prepared(province, reported, scenarios, cases, plan, outline, targets)


def _check(plan: Plan) -> None:
    limits = {
        "replicates": (plan.replicates, 1),
        "seed": (plan.seed, 0),
        "first_replicate": (plan.first_replicate, 0),
        "threads": (1 if plan.threads is None else plan.threads, 1),
        "at_most": (plan.at_most, 2),
    }
    problems = [
        Problem(name, str(value), f"a whole number from {least} to {MOST}", "")
        for name, (value, least) in limits.items()
        if not least <= value <= MOST
    ]
    asked = plan.at_most if plan.precision else plan.replicates
    problems = problems or beyond(plan.first_replicate, asked)
    if problems:
        raise ScenarioError.of("The run", problems)


MOST: Final = 2**31 - 1  # of every number of a plan, and of the numbers of replicates


def beyond(first: int, replicates: int) -> list[Problem]:
    """Return the problem that the last of some replicates has too large a number, if it has."""
    last = first + replicates - 1
    fix = "Name a lower first replicate, or fewer replicates."
    found = Problem("first_replicate + replicates - 1", str(last), f"at most {MOST}", fix)
    return [found] if last > MOST else []


def answer(prepared: Prepared, progress: Progress | None = None) -> Answer:
    """Run prepared scenarios and return what they say.

    Parameters
    ----------
    prepared : Prepared
        See `prepare`.
    progress : callable, optional
        Called with the runs done and the runs in all.

    Raises
    ------
    AuditError
        If a run breaks a law of the model.
    """
    sample, precision = (
        _until_precise(prepared, progress)
        if prepared.targets
        else (_runs(prepared, 0, prepared.plan.replicates, progress), None)
    )
    _, reported, scenarios, _, plan, outline, _ = prepared
    found = answer_of(sample, reported, scenarios, outline, seed=plan.seed)
    return replace(found, precision=precision)


def one_run(prepared: Prepared) -> pd.DataFrame:
    """Return the zones month by month in the first replicate; see experiments/one_run.py."""
    return zone_months(
        prepared.province.world,
        prepared.cases,
        months=prepared.reported.world.calendar.months,
        seed=prepared.plan.seed,
        replicate=prepared.plan.first_replicate,
    )


def _until_precise(prepared: Prepared, progress: Progress | None) -> tuple[Sample, Precision]:
    """Return runs added look by look until they are precise enough, and what the looks saw."""
    years = prepared.reported.world.calendar.years
    places = {case.name: place for place, case in enumerate(prepared.cases)}
    samples: list[Sample] = []

    def differences(pairs: int) -> list[np.ndarray]:
        done = sum(len(sample.replicates) for sample in samples)
        samples[:] = [join([*samples, _runs(prepared, done, pairs, progress)])]
        return [
            paired_difference(*samples[0].outcomes[target.outcome][[0, places[name]], :, year])
            for name, target, _ in comparisons
            for year in [years.index(target.year)]
        ]

    comparisons = [
        Comparison(case.name, target) for case in prepared.cases[1:] for target in prepared.targets
    ]
    found = until_precise(prepared.targets, comparisons, prepared.plan.at_most, differences)
    return samples[0], found


def _runs(prepared: Prepared, first: int, last: int, progress: Progress | None) -> Sample:
    """Return the replicates from the first up to the last of a plan, made in chunks."""
    plan, cases, world = prepared.plan, len(prepared.cases), prepared.reported.world
    samples: list[Sample] = []
    chunk = _chunk(prepared)
    for start in range(first, last, chunk):
        numbers = range(start, min(last, start + chunk))
        fates = np.zeros((cases, len(numbers), len(world.sector_ids), len(FATES)))
        batch = run_many(
            prepared.province.world,
            prepared.cases,
            replicates=[plan.first_replicate + number for number in numbers],
            seed=plan.seed,
            threads=plan.threads,
            progress=shifted(progress, cases * start, cases * last),
            months=world.calendar.months,
            look=_fates_into(fates),
        )
        samples.append(sample_of(batch, fates, world))
    return join(samples)


def _fates_into(fates: np.ndarray) -> Look:
    """Return a look that writes down what became of candidates, shape (C, R, S, len(FATES))."""

    def look(case: int, replicate: int, state: State, _record: Record) -> None:
        rows = state.investors[: int(state.province[0].investors)]
        fates[case, replicate] = fate_counts(rows, fates.shape[2])

    return look


def _chunk(prepared: Prepared) -> int:
    """Return how many replicates to hold at once."""
    world = prepared.province.world
    rows = len(world.calendar.years) * len(world.zones) + 4 * world.calendar.months
    return max(1, _CHUNK_ROWS // (rows * len(prepared.cases)))


def shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return a progress call that counts the runs of earlier chunks too."""
    if progress is None:
        return None

    def heard(done: int, _of_chunk: int) -> None:
        progress(before + done, total)

    return heard
