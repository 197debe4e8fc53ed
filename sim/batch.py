"""Door 2: many runs at once, all cases of a replicate under the same luck, on all cores.

Not for watching agents: that is the Mesa model of sim/model.py. Both run the same schedule.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

import numpy as np

from sim import luck as draws
from sim.compiled import mark_cache_warm
from sim.initial import Start, start_of
from sim.run import begin, new_record, new_state, run_lawfully
from sim.schema import DistrictRecord, KindRecord, ProvinceRecord, ZoneRecord, copy_rows, new_table
from sim.state import Luck, Policy, Record, State
from sim.world import World, parameter_vector


class Case(NamedTuple):
    """One thing to run: a policy and a parameter vector, under a name."""

    name: str
    policy: Policy
    parameters: np.recarray | None = None  # one row of Parameters; None takes the world's values


class Batch(NamedTuple):
    """What many runs wrote down.

    Axes: case (C), replicate (R), month (T) or year (Y, its December), zone (Z), kind (2: parks,
    clusters), district (D). Columns are those of the tables of sim.schema.
    """

    cases: tuple[str, ...]
    replicates: tuple[int, ...]
    seed: int
    years: tuple[int, ...]
    province: np.recarray  # ProvinceRecord, shape (C, R, T)
    kinds: np.recarray  # KindRecord, shape (C, R, T, 2)
    zones: np.recarray  # ZoneRecord, shape (C, R, Y, Z)
    districts: np.recarray  # DistrictRecord, shape (C, R, Y, D)


class _Room(NamedTuple):
    """The arrays that one thread works in; cases that split land alike share a state."""

    luck: Luck
    states: dict[tuple[int, int], State]  # by number of tranches and of household blocks
    record: Record

    def state_for(self, start: Start) -> State:
        """Return the tables that fit a case's month 0."""
        size = (len(start.land.tranches), len(start.land.cleared))
        if size not in self.states:
            self.states[size] = new_state(start, self.luck)
        return self.states[size]


def run_many(
    world: World,
    cases: Sequence[Case],
    *,
    replicates: Iterable[int],
    seed: int,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Batch:
    """Run every case under the luck of every replicate.

    Parameters
    ----------
    world : World
        The province.
    cases : sequence of Case
        What to compare; all meet the same candidates with the same luck.
    replicates : iterable of int
        Numbers of the replicates, none negative.
    seed : int
        Seed of the study, not negative.
    threads : int, optional
        Threads to use; by default one a core. Results do not depend on it.
    progress : callable, optional
        Called with the runs done and the runs in all, from the calling thread.

    Returns
    -------
    Batch
        Results by case and replicate, in the order given.

    Raises
    ------
    AuditError
        If a run breaks a law of the model; it names run, month, zone and law.
    """
    numbers = tuple(replicates)
    starts = _starts(world, cases)
    batch = _new_batch(world, cases, numbers, seed)
    rooms = threading.local()
    stop = threading.Event()

    def work(position: int) -> int:
        if stop.is_set():
            return 0
        if not hasattr(rooms, "room"):
            rooms.room = _new_room(starts[0], world.calendar.december_indices)
        _run_replicate(world, cases, starts, rooms.room, batch, position)
        return len(cases)

    total = len(cases) * len(numbers)
    done = 0
    with ThreadPoolExecutor(max_workers=threads or os.cpu_count() or 1) as pool:
        futures = [pool.submit(work, position) for position in range(len(numbers))]
        try:
            for future in as_completed(futures):
                done += future.result()
                if progress is not None:
                    progress(done, total)
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    mark_cache_warm()
    return batch


def _starts(world: World, cases: Sequence[Case]) -> list[Start]:
    """Return month 0 of every case, made once for equal parameters."""
    usual = parameter_vector(world)
    vectors = [usual if case.parameters is None else case.parameters for case in cases]
    made = {vector.tobytes(): vector for vector in vectors}
    starts = {key: start_of(world, vector) for key, vector in made.items()}
    return [starts[vector.tobytes()] for vector in vectors]


def _new_batch(
    world: World, cases: Sequence[Case], replicates: tuple[int, ...], seed: int
) -> Batch:
    """Return room for the results of all runs."""
    months = world.calendar.months
    years = world.calendar.years
    shape = (len(cases), len(replicates))
    return Batch(
        cases=tuple(case.name for case in cases),
        replicates=replicates,
        seed=seed,
        years=years,
        province=new_table(ProvinceRecord, *shape, months),
        kinds=new_table(KindRecord, *shape, months, 2),
        zones=new_table(ZoneRecord, *shape, len(years), len(world.zones)),
        districts=new_table(DistrictRecord, *shape, len(years), len(world.districts)),
    )


def _new_room(start: Start, decembers: Sequence[int]) -> _Room:
    """Return the arrays for one thread."""
    luck = draws.new_luck(
        segments=start.fixed.segments, zones=len(start.zones), months=start.months
    )
    return _Room(luck, {}, new_record(start, kept_months=decembers))


def _run_replicate(
    world: World,
    cases: Sequence[Case],
    starts: Sequence[Start],
    room: _Room,
    batch: Batch,
    position: int,
) -> None:
    """Run all cases under the luck of one replicate and copy what they wrote down."""
    replicate = batch.replicates[position]
    segments = starts[0].fixed.segments
    luck = draws.draw_luck(room.luck, segments=segments, seed=batch.seed, replicate=replicate)
    for c, (case, start) in enumerate(zip(cases, starts, strict=True)):
        state = room.state_for(start)
        begin(start, luck, state, room.record)
        run_lawfully(world, start, case.policy, luck, state, room.record, name=case.name)
        copy_rows(batch.province[c, position], room.record.province)
        copy_rows(batch.kinds[c, position], room.record.kinds)
        copy_rows(batch.zones[c, position], room.record.zones)
        copy_rows(batch.districts[c, position], room.record.districts)
