"""The events of runs, month by month: who arrived, chose, was licensed, left.

Not for what runs come to: sim/batch.py keeps that.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.batch import Case, run_each
from sim.state import Record, State
from sim.world import World

ROOM: Final = 16_384  # rows of a log; a run that needs more is made again


class RunEvents(NamedTuple):
    """The events of one run, in their order."""

    case: int  # place among the cases
    replicate: int  # place among the replicates
    events: np.ndarray  # Event, shape (E,)


def events_of(world: World, case: Case, record: Record, *, seed: int, replicate: int) -> np.ndarray:
    """Return the events that a run wrote down; where there was no room, run it again.

    Parameters
    ----------
    world : World
        The province.
    case : Case
        What was run.
    record : Record
        Of the run.
    seed : int
        Of the study.
    replicate : int
        Number of the replicate.

    Returns
    -------
    ndarray of Event, shape (E,)
        A copy.
    """
    count = int(record.event_count[0])
    if count <= len(record.events):
        return record.events[:count].copy()
    logs = []

    def look(_case: int, _replicate: int, _state: State, record: Record) -> None:
        logs.append(record.events.copy())

    run_each(world, [case], look, replicates=[replicate], seed=seed, threads=1, events=count)
    return logs[0]
