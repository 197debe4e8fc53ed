"""Run scenarios and answer: the one way from names to an `Answer`, for Python and command line.

Not for printing or writing: experiments/cli.py and experiments/store.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from experiments.answer import Answer, answer_of
from experiments.province import Province, cut_short, load_province, load_scenarios, shorten
from experiments.sample import Sample, join, sample_of
from sim.batch import Case, run_many
from sim.errors import Problem, ScenarioError
from sim.policy import policy_table
from sim.scenario import Scenario

Progress = Callable[[int, int], None]  # runs done, runs in all
_CHUNK_ROWS: Final = 1_500_000  # zone and month rows of results held at a time


class Plan(NamedTuple):
    """How to run: everything an answer depends on besides the scenarios, and the threads."""

    province: str | Path = "ninh_binh"
    replicates: int = 200
    seed: int = 1
    first_replicate: int = 0
    until: str | None = None
    threads: int | None = None  # by default one a core; results do not depend on it


class Prepared(NamedTuple):
    """Scenarios that were read without problems, ready to run."""

    province: Province
    reported: Province  # with a shorter horizon if the plan says so
    scenarios: list[Scenario]
    cases: list[Case]
    plan: Plan


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
    """
    _check(plan)
    province = load_province(plan.province)
    scenarios = load_scenarios(list(names), province)
    reported = province._replace(world=shorten(province.world, plan.until))
    cases = [Case(s.name, policy_table(s, province.world)) for s in scenarios]
    return Prepared(province, reported, scenarios, cases, plan)


def _check(plan: Plan) -> None:
    limits = {
        "replicates": (plan.replicates, 1),
        "seed": (plan.seed, 0),
        "first_replicate": (plan.first_replicate, 0),
        "threads": (1 if plan.threads is None else plan.threads, 1),
    }
    problems = [
        Problem(name, str(value), f"a whole number from {least} to {_MOST}", "")
        for name, (value, least) in limits.items()
        if not least <= value <= _MOST
    ]
    if problems:
        raise ScenarioError.of("The run", problems)


_MOST: Final = 2**31 - 1


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
    plan = prepared.plan
    last = plan.first_replicate + plan.replicates
    total = len(prepared.cases) * plan.replicates
    chunk = _chunk(prepared)
    samples: list[Sample] = []
    for first in range(plan.first_replicate, last, chunk):
        before = len(prepared.cases) * (first - plan.first_replicate)
        batch = run_many(
            prepared.province.world,
            prepared.cases,
            replicates=range(first, min(last, first + chunk)),
            seed=plan.seed,
            threads=plan.threads,
            progress=_shifted(progress, before, total),
        )
        world = prepared.reported.world
        samples.append(sample_of(cut_short(batch, world), world))
    return answer_of(join(samples), prepared.reported, prepared.scenarios, seed=plan.seed)


def _chunk(prepared: Prepared) -> int:
    """Return how many replicates to hold at once."""
    world = prepared.province.world
    rows = len(world.calendar.years) * len(world.zones) + 4 * world.calendar.months
    return max(1, _CHUNK_ROWS // (rows * len(prepared.cases)))


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """Return a progress call that counts the runs of earlier chunks too."""
    if progress is None:
        return None

    def shifted(done: int, _of_chunk: int) -> None:
        progress(before + done, total)

    return shifted
