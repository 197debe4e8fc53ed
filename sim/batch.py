"""Door 2: many runs at once, all cases of a replicate under the same luck, on all cores.

Not for watching agents: that is the Mesa model of sim/model.py. Both run the same schedule.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim import luck as draws
from sim.calendar import Calendar
from sim.compiled import mark_cache_warm
from sim.initial import Start, start_of
from sim.policy import months_alike
from sim.room import Room, new_room
from sim.run import begin, run_lawfully
from sim.schema import DistrictRecord, KindRecord, ProvinceRecord, ZoneRecord, as_bytes, new_table
from sim.state import Luck, Policy, Record, State
from sim.world import World, parameter_vector

Look = Callable[[int, int, State, Record], None]  # place of the case, of the replicate; its run


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


_KEPT = ("province", "kinds", "zones", "districts")  # of Record in Batch


class Family(NamedTuple):
    """Cases that begin alike, and how long their levers do not differ."""

    start: Start
    members: list[int]  # places of the cases
    months: int  # run once for all of them


@dataclass(frozen=True)
class Workplace:
    """Arrays of earlier calls, to be written over by later ones.

    For many calls that differ in cases and replicates only, whose results are read before the next.
    They would else spend a tenth of their time on fresh memory.
    """

    rooms: list[Room] = field(default_factory=list)  # not in use at the moment
    batches: dict[tuple[int, int], Batch] = field(default_factory=dict)  # by cases and replicates


def run_many(
    world: World,
    cases: Sequence[Case],
    *,
    replicates: Iterable[int],
    seed: int,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    months: int | None = None,
    look: Look | None = None,
    families: Sequence[Family] | None = None,
    events: int = 0,
    workplace: Workplace | None = None,
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
    months : int, optional
        Run and keep only the first months, with the luck of the whole horizon.
    look : callable, optional
        Sees every run at its end; see `run_each`.
    families : sequence of Family, optional
        Of the cases, from `families_of`, where the same cases are run again and again.
    events : int
        Rows of the event log that a look sees.
    workplace : Workplace, optional
        Of earlier calls, whose results are written over.

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
    calendar = world.calendar if months is None else world.calendar._replace(months=months)
    place, shape = workplace or Workplace(), (len(cases), len(numbers))
    if shape not in place.batches:
        place.batches[shape] = _new_batch(world, calendar, shape)
    names = tuple(case.name for case in cases)
    batch = place.batches[shape]._replace(cases=names, replicates=numbers, seed=seed)
    kept = {name: as_bytes(getattr(batch, name), axes=2) for name in _KEPT}

    def keep(c: int, position: int, state: State, record: Record) -> None:
        for name, tables in kept.items():
            rows = as_bytes(getattr(record, name), axes=0)
            tables[c, position] = rows[: tables.shape[-1]]
        if look is not None:
            look(c, position, state, record)

    run_each(
        world,
        cases,
        keep,
        replicates=numbers,
        seed=seed,
        threads=threads,
        progress=progress,
        months=calendar.months,
        kept_months=calendar.december_indices,
        families=families,
        events=events,
        rooms=place.rooms,
    )
    return batch


def run_each(
    world: World,
    cases: Sequence[Case],
    look: Look,
    *,
    replicates: Iterable[int],
    seed: int,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    months: int | None = None,
    kept_months: Sequence[int] | None = None,
    families: Sequence[Family] | None = None,
    events: int = 0,
    rooms: list[Room] | None = None,
) -> None:
    """Run every case under the luck of every replicate, and let a look see each run at its end.

    Parameters
    ----------
    world, cases, replicates, seed, threads, progress, months, families, events
        As in `run_many`.
    look : callable
        Takes the places of case and replicate, and the tables and the record of the run. It is
        called from the thread that made the run, which uses them again: copy what is to stay.
    kept_months : sequence of int, optional
        Months whose zone and district rows are recorded, ascending; by default all.
    rooms : list of Room, optional
        Left by earlier calls that recorded the same months and events; they are used again.

    Raises
    ------
    AuditError
        If a run breaks a law of the model; it names run, month, zone and law.
    """
    numbers = tuple(replicates)
    free = [] if rooms is None else rooms
    last = world.calendar.months if months is None else months
    groups = families_of(world, cases) if families is None else families
    segments = groups[0].start.fixed.segments
    stop = threading.Event()

    def work(position: int) -> int:
        if stop.is_set():
            return 0
        room = _take(free) or new_room(groups[0].start, kept_months=kept_months, events=events)
        luck = draws.draw_luck(room.luck, segments=segments, seed=seed, replicate=numbers[position])
        for family in groups:
            for c, state in _runs(world, cases, family, luck, room, last):
                look(c, position, state, room.record)
        free.append(room)
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


def families_of(world: World, cases: Sequence[Case]) -> list[Family]:
    """Return the cases by their month 0, made once for equal parameters.

    Parameters
    ----------
    world : World
        The province.
    cases : sequence of Case
        What is to be run.
    """
    usual = parameter_vector(world)
    vectors = [usual if case.parameters is None else case.parameters for case in cases]
    members: dict[bytes, list[int]] = {}
    for c, vector in enumerate(vectors):
        members.setdefault(vector.tobytes(), []).append(c)
    return [
        Family(start_of(world, vectors[c[0]]), c, months_alike([cases[k].policy for k in c]))
        for c in members.values()
    ]


def _runs(
    world: World, cases: Sequence[Case], family: Family, luck: Luck, room: Room, last: int
) -> Iterator[tuple[int, State]]:
    """Yield each case's place and its tables at the end of its run; the next one takes them."""
    start, record = family.start, room.record
    common, own, copy = room.states_for(start)

    def run(case: Case, state: State, first: int, last: int) -> None:
        fixed = (world, start, case.policy, luck, state, record)
        run_lawfully(*fixed, name=case.name, first=first, last=last)

    begin(start, luck, common, record)
    alike = min(family.months, last)
    run(cases[family.members[0]], common, 0, alike)
    events = int(record.event_count[0])
    for c in family.members:
        copy()
        record.event_count[0] = events
        run(cases[c], own, alike, last)
        yield c, own


def _take(rooms: list[Room]) -> Room | None:
    """Return a room that no other thread is in, if there is one."""
    try:
        return rooms.pop()
    except IndexError:
        return None


def _new_batch(world: World, calendar: Calendar, shape: tuple[int, int]) -> Batch:
    """Return tables for the results of so many cases and replicates, yet without their names."""
    months, years = calendar.months, calendar.years
    return Batch(
        cases=(),
        replicates=(),
        seed=0,
        years=years,
        province=new_table(ProvinceRecord, *shape, months),
        kinds=new_table(KindRecord, *shape, months, 2),
        zones=new_table(ZoneRecord, *shape, len(years), len(world.zones)),
        districts=new_table(DistrictRecord, *shape, len(years), len(world.districts)),
    )
