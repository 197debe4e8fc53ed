"""The events of runs, month by month: who arrived, chose, was licensed, left.

Runs are repeated with a log, since runs in bulk keep none. Not for runs without events:
sim/batch.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from sim.batch import Case
from sim.initial import start_of
from sim.replay import luck_of
from sim.room import new_record, new_state
from sim.run import YEARLY, begin, run_months
from sim.world import World, parameter_vector

_ROOM: Final = 4096  # rows of the first log; one that is too short is made anew


class RunEvents(NamedTuple):
    """The events of one run, in their order."""

    case: int  # place among the cases
    replicate: int  # place among the replicates
    events: np.ndarray  # Event, shape (E,)


def events_of(
    world: World, cases: Sequence[Case], replicates: Sequence[int], seed: int
) -> Iterator[RunEvents]:
    """Yield the events of every case under every replicate.

    Parameters
    ----------
    world : World
        The province.
    cases : sequence of Case
        What to run.
    replicates : sequence of int
        Numbers of the replicates.
    seed : int
        Of the study.
    """
    for c, case in enumerate(cases):
        parameters = parameter_vector(world) if case.parameters is None else case.parameters
        start = start_of(world, parameters)
        for r, replicate in enumerate(replicates):
            luck = luck_of(start, seed=seed, replicate=replicate)
            state, rows = new_state(start, luck), _ROOM
            while True:
                record = new_record(start, events=rows)
                begin(start, luck, state, record)
                run_months(start.fixed, case.policy, luck, state, record, 0, start.months, YEARLY)
                count = int(record.event_count[0])
                if count <= rows:
                    break
                rows = count
            yield RunEvents(c, r, record.events[:count])
