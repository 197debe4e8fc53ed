"""Run policies under the same luck, one run at a time, and look into every run while it is there.

For what batches do not keep: single investors. Not for outcomes: sim/batch.py and
experiments/measures.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from experiments.runs import MOST, Progress, beyond
from sim.batch import Case, run_each
from sim.errors import Problem, StudyError
from sim.initial import Start, start_of
from sim.room import new_record, new_state
from sim.run import begin, run_lawfully
from sim.state import Luck, Policy, Record, State
from sim.world import World, parameter_vector

Found = TypeVar("Found")


class Opening(NamedTuple):
    """A province at month 0, for runs one by one."""

    world: World
    start: Start


class Replication(NamedTuple):
    """Which luck, how often, and who hears of it; results do not depend on the last two."""

    replicates: int
    seed: int
    first_replicate: int = 0
    threads: int | None = None
    progress: Progress | None = None


def opening_of(world: World) -> Opening:
    """Return a province ready for single runs, at its own parameter values."""
    return Opening(world, start_of(world, parameter_vector(world)))


def checked(how: Replication, *, first: str = "--first-replicate", fewest: int = 2) -> Replication:
    """Return how to run, after making sure that every number is in range.

    Parameters
    ----------
    how : Replication
        What was asked for.
    first : str
        The option that numbers the first replicate, for messages.
    fewest : int
        Replicates that the question takes.

    Raises
    ------
    StudyError
        With all numbers that are not.
    """
    least = {"replicates": fewest, "seed": 0, "first_replicate": 0, "threads": 1}
    options = {"first_replicate": first}
    problems = [
        Problem(options.get(name, f"--{name}"), str(value), f"{lowest} to {MOST}", "")
        for name, lowest in least.items()
        for value in [getattr(how, name)]
        if value is not None and not lowest <= value <= MOST
    ]
    problems = problems or beyond(how.first_replicate, how.replicates)
    if problems:
        raise StudyError.of("The question", problems)
    return how


def run_once(
    opening: Opening, policy: Policy, luck: Luck, *, events: int = 0
) -> tuple[State, Record]:
    """Return the tables at the end of one run, and what it wrote down.

    Parameters
    ----------
    opening : Opening
        The province.
    policy : Policy
        The levers.
    luck : Luck
        Of the replicate.
    events : int
        Rows of the event log.

    Raises
    ------
    AuditError
        If a month breaks a law of the model.
    """
    start = opening.start
    state, record = new_state(start, luck), new_record(start, events=events)
    begin(start, luck, state, record)
    run_lawfully(opening.world, start, policy, luck, state, record, name="policy")
    return state, record


def look_into(
    world: World,
    policies: Sequence[Policy],
    look: Callable[[State, Record], Found],
    how: Replication,
    *,
    months: int,
) -> list[list[Found]]:
    """Return what a look into every run finds, by replicate and policy.

    Parameters
    ----------
    world : World
        The province.
    policies : sequence of Policy
        All run under the luck of each replicate.
    look : callable
        Takes the tables of a run after its months, and its record; it copies what is to stay.
    how : Replication
        Replicates, seed, threads.
    months : int
        How many to run.
    """
    found: dict[tuple[int, int], Found] = {}

    def keep(case: int, replicate: int, state: State, record: Record) -> None:
        found[replicate, case] = look(state, record)

    run_each(
        world,
        [Case("policy", policy) for policy in policies],
        keep,
        replicates=range(how.first_replicate, how.first_replicate + how.replicates),
        seed=how.seed,
        threads=how.threads,
        progress=how.progress,
        months=months,
    )
    return [[found[r, c] for c in range(len(policies))] for r in range(how.replicates)]
