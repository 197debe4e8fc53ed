"""Run policies under the same luck, one run at a time, and look into every run while it is there.

For what batches do not keep: single investors. Not for outcomes: sim/batch.py and
experiments/measures.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple, TypeVar

from sim.errors import Problem, StudyError
from sim.initial import Start, start_of
from sim.replay import luck_of
from sim.run import begin, new_record, new_state, run_lawfully
from sim.state import Luck, Policy, Record, State
from sim.world import World, parameter_vector

Found = TypeVar("Found")
Progress = Callable[[int, int], None]  # done, in all
_MOST = 2**31 - 1


class Bench(NamedTuple):
    """A province at month 0, for runs one by one."""

    world: World
    start: Start


class How(NamedTuple):
    """Which luck, how often, and who hears of it; results do not depend on the last two."""

    replicates: int
    seed: int
    first_replicate: int = 0
    threads: int | None = None
    progress: Progress | None = None


def bench_of(world: World) -> Bench:
    """Return a province ready for single runs, at its own parameter values."""
    return Bench(world, start_of(world, parameter_vector(world)))


def checked(how: How, *, first: str = "--first-replicate") -> How:
    """Return how to run, after making sure that every number is in range.

    Parameters
    ----------
    how : How
        What was asked for.
    first : str
        The option that numbers the first replicate, for messages.

    Raises
    ------
    StudyError
        With all numbers that are not.
    """
    least = {"replicates": 2, "seed": 0, "first_replicate": 0, "threads": 1}
    options = {"first_replicate": first}
    problems = [
        Problem(options.get(name, f"--{name}"), str(value), f"{lowest} to {_MOST}", "")
        for name, lowest in least.items()
        for value in [getattr(how, name)]
        if value is not None and not lowest <= value <= _MOST
    ]
    if problems:
        raise StudyError.of("The question", problems)
    return how


def run_once(
    bench: Bench, policy: Policy, luck: Luck, *, months: int | None = None, events: int = 0
) -> tuple[State, Record]:
    """Return the tables after the first months of one run, and what it wrote down.

    Parameters
    ----------
    bench : Bench
        The province.
    policy : Policy
        The levers.
    luck : Luck
        Of the replicate.
    months : int, optional
        How many; by default the whole horizon.
    events : int
        Rows of the event log.

    Raises
    ------
    AuditError
        If a month breaks a law of the model.
    """
    start = bench.start
    state, record = new_state(start, luck), new_record(start, events=events)
    begin(start, luck, state, record)
    run_lawfully(bench.world, start, policy, luck, state, record, name="policy", last=months)
    return state, record


def look_into(
    bench: Bench,
    policies: Sequence[Policy],
    look: Callable[[State, Record], Found],
    how: How,
    *,
    months: int,
) -> list[list[Found]]:
    """Return what a look into every run finds, by replicate and policy.

    Parameters
    ----------
    bench : Bench
        The province.
    policies : sequence of Policy
        All run under the luck of each replicate.
    look : callable
        Takes the tables of a run after its months, and its record.
    how : How
        Replicates, seed, threads.
    months : int
        How many to run.
    """

    def replicate(number: int) -> list[Found]:
        luck = luck_of(bench.start, seed=how.seed, replicate=number)
        return [look(*run_once(bench, policy, luck, months=months)) for policy in policies]

    numbers = range(how.first_replicate, how.first_replicate + how.replicates)
    total = len(numbers) * len(policies)
    with ThreadPoolExecutor(max_workers=how.threads or os.cpu_count() or 1) as pool:
        futures = [pool.submit(replicate, number) for number in numbers]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                future.result()
                if how.progress is not None:
                    how.progress(done * len(policies), total)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [future.result() for future in futures]
