"""Run one chunk of a study: some cases under some replicates, and the tables they give.

A pure function of its arguments, whatever process or machine it runs in. Not for choosing chunks
(experiments/sweeps/chunks.py) or keeping tables (experiments/sweeps/parts.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from experiments.measures import measure
from experiments.sweeps.cases import Bench, case_of, run_id
from experiments.sweeps.columns import chosen, numbers, texts
from experiments.sweeps.events import ROOM, RunEvents, events_of
from sim.batch import Batch, Case, Family, Workplace, families_of, run_many
from sim.errors import AuditError
from sim.schema import Event, ZoneRecord, codes, dtype_of, new_table
from sim.state import Record, State

OK: Final = "ok"
_HELD: Final = 8e6  # bytes of raw results held at a time
Tables = dict[str, pa.Table]


class Work(NamedTuple):
    """What to run: every case under every replicate."""

    points: tuple[int, ...]  # numbers of the points, ascending
    values: np.ndarray  # their factors, shape (points, factors)
    cases: tuple[tuple[int, int], ...]  # place in `points` and in the scenarios, ascending
    ids: tuple[str, ...]  # of the cases
    replicates: tuple[int, ...]  # ascending

    @property
    def runs(self) -> int:
        """How many runs it is."""
        return len(self.cases) * len(self.replicates)

    @property
    def first(self) -> tuple[int, int, int]:
        """Point, scenario and replicate of the first run."""
        point, scenario = self.cases[0]
        return self.points[point], scenario, self.replicates[0]


class _Results(NamedTuple):
    """What is kept of cases (C) and replicates (R), by year (Y) and zone (Z)."""

    status: np.ndarray  # "ok", or why the run failed; shape (C, R)
    outcomes: dict[str, np.ndarray]  # NaN where undefined or failed; shape (C, R, Y)
    zones: np.ndarray  # ZoneRecord, shape (C, R, Y, Z), without zones if the study keeps none
    events: list[RunEvents]


def run_chunk(bench: Bench, work: Work, progress: Callable[[int], None] | None = None) -> Tables:
    """Run a chunk and return its tables, sorted by point, scenario and replicate.

    Cases of equal inputs, such as a scenario that no factor moves, are run once.

    Parameters
    ----------
    bench : Bench
        The study.
    work : Work
        Which of its runs.
    progress : callable, optional
        Called with the number of runs done since the last call.

    Returns
    -------
    dict of str to Table
        `runs` and `years`; `zones` and `events` if the study keeps them; `failures` if any.
    """
    places = {case: place for place, case in reversed(list(enumerate(work.ids)))}
    firsts = sorted(places.values())
    different = work._replace(
        cases=tuple(work.cases[place] for place in firsts),
        ids=tuple(work.ids[place] for place in firsts),
    )
    results = _room(bench, different)
    wide, deep = _block(bench, work)
    place = Workplace()
    for c in range(0, len(different.cases), wide):
        cases = [
            case_of(bench, work.values[point], scenario)
            for point, scenario in different.cases[c : c + wide]
        ]
        families = families_of(bench.world, cases)
        for r in range(0, len(work.replicates), deep):
            replicates = work.replicates[r : r + deep]
            _run(bench, results, cases, families, replicates, (c, r), place)
            if progress is not None:
                progress(len(cases) * len(replicates))
    if progress is not None and different.runs < work.runs:
        progress(work.runs - different.runs)
    rows = {place: row for row, place in enumerate(firsts)}
    return _tables(bench, work, _spread(results, [rows[places[case]] for case in work.ids]))


def _spread(results: _Results, places: list[int]) -> _Results:
    """Return results of all cases from those of the different ones, by their places there."""
    if places == list(range(len(results.status))):
        return results
    return _Results(
        status=results.status[places],
        outcomes={key: values[places] for key, values in results.outcomes.items()},
        zones=results.zones[places],
        events=[
            found._replace(case=case)
            for case, place in enumerate(places)
            for found in results.events
            if found.case == place
        ],
    )


def _room(bench: Bench, work: Work) -> _Results:
    shape = (len(work.cases), len(work.replicates))
    years = len(bench.world.calendar.years)
    zones = len(bench.world.zones) if "zones" in bench.study.keep else 0
    return _Results(
        status=np.full(shape, OK, dtype=object),
        outcomes={key: np.full((*shape, years), np.nan) for key in bench.study.outcomes},
        zones=np.zeros((*shape, years, zones), dtype=dtype_of(ZoneRecord)),
        events=[],
    )


def _block(bench: Bench, work: Work) -> tuple[int, int]:
    """Return how many cases and how many replicates are run at once, as memory allows.

    Many cases before many replicates: they share the luck of a replicate, which takes longer than a
    run.
    """
    months, years = bench.world.calendar.months, len(bench.world.calendar.years)
    bytes_of_run = 8.0 * (80 * months + 35 * years * len(bench.world.zones))
    runs = max(1, int(_HELD / bytes_of_run))
    wide = min(len(work.cases), runs)
    return wide, min(len(work.replicates), runs // wide)


def _run(
    bench: Bench,
    results: _Results,
    cases: Sequence[Case],
    families: Sequence[Family] | None,
    replicates: Sequence[int],
    corner: tuple[int, int],
    place: Workplace,
) -> None:
    """Run cases and write down what they give; where a run fails, run the others one by one."""
    c, r = corner
    logs: list[RunEvents] = []

    def log(i: int, j: int, _state: State, record: Record) -> None:
        of_run = {"seed": bench.study.seed, "replicate": replicates[j]}
        events = events_of(bench.world, cases[i], record, **of_run)
        logs.append(RunEvents(c + i, r + j, events))

    keeps_events = "events" in bench.study.keep
    try:
        batch = run_many(
            bench.world,
            cases,
            replicates=replicates,
            seed=bench.study.seed,
            threads=1,
            families=families,
            look=log if keeps_events else None,
            events=ROOM if keeps_events else 0,
            workplace=place,
        )
    except AuditError as error:
        if len(cases) * len(replicates) == 1:
            results.status[corner] = " ".join(str(error).splitlines()[0].split())
            return
        for i, case in enumerate(cases):
            for j, replicate in enumerate(replicates):
                _run(bench, results, [case], None, [replicate], (c + i, r + j), place)
        return
    block = np.s_[c : c + len(cases), r : r + len(replicates)]
    measured = measure(batch, bench.world)
    verdicts = _verdicts(batch)
    for key, kept in results.outcomes.items():
        kept[block] = np.where((verdicts == OK)[..., np.newaxis], measured[key], np.nan)
    results.status[block] = verdicts
    if results.zones.shape[-1]:
        results.zones[block] = batch.zones
    results.events.extend(logs)


def _verdicts(batch: Batch) -> np.ndarray:
    """Return "ok" for every run, or what it wrote down that is not a number."""
    verdicts = np.full((len(batch.cases), len(batch.replicates)), OK, dtype=object)
    for table in (batch.province, batch.kinds, batch.zones, batch.districts):
        names = table.dtype.names or ()
        words = np.asarray(table).view(np.float64).reshape(*table.shape, len(names))
        by_run = np.isfinite(words).reshape(*verdicts.shape, -1, len(names))
        finite = np.logical_and.reduce(by_run, axis=2)
        for place, name in enumerate(names):
            if table.dtype[name].kind == "f":
                verdicts[~finite[:, :, place]] = f"{name} is not a finite number"
    return verdicts


# --- tables ---------------------------------------------------------------------------------------


def _tables(bench: Bench, work: Work, results: _Results) -> Tables:
    study, calendar = bench.study, bench.world.calendar
    keys = _keys(bench, work)
    status = results.status.ravel()
    places = [calendar.years.index(year) for year in study.years]
    wide = {
        f"{key}_{year}": numbers(values[..., place].ravel())
        for key, values in results.outcomes.items()
        for year, place in zip(study.years, places, strict=True)
    }
    years = numbers(np.tile(np.array(calendar.years, dtype=np.int32), work.runs))
    long = {key: numbers(values.ravel()) for key, values in results.outcomes.items()}
    tables = {
        "runs": pa.table({**keys, "status": texts(status), **wide}),
        "years": pa.table({**_repeated(keys, len(calendar.years)), "year": years, **long}),
    }
    if "zones" in study.keep:
        tables["zones"] = _zone_table(bench, keys, results.zones)
    if "events" in study.keep:
        tables["events"] = _event_table(bench, keys, work, results.events)
    failed = np.flatnonzero(status != OK)
    if len(failed):
        tables["failures"] = _failures(keys, status, failed)
    return tables


def _keys(bench: Bench, work: Work) -> Tables:
    """Return the columns that name every run: id, point, scenario, replicate."""
    deep = len(work.replicates)
    ids = [run_id(case, bench.study.seed, r) for case in work.ids for r in work.replicates]
    points = [work.points[point] for point, _ in work.cases]
    scenarios = [scenario for _, scenario in work.cases]
    return {
        "run_id": texts(ids),
        "point": numbers(np.repeat(np.array(points, dtype=np.int32), deep)),
        "scenario": chosen(bench.study.names, np.repeat(scenarios, deep)),
        "replicate": numbers(np.tile(np.array(work.replicates, np.int32), len(work.cases))),
    }


def _repeated(keys: Tables, times: int) -> Tables:
    return _taken(keys, np.repeat(np.arange(len(keys["point"])), times))


def _taken(keys: Tables, rows: np.ndarray) -> Tables:
    return {name: column.take(numbers(rows)) for name, column in keys.items()}


def _zone_table(bench: Bench, keys: Tables, zones: np.ndarray) -> pa.Table:
    """Return the Decembers of every zone: one row a run, year and zone."""
    calendar, ids = bench.world.calendar, bench.world.zone_ids
    runs, count = len(keys["point"]), len(calendar.years) * len(ids)
    years = np.tile(np.repeat(np.array(calendar.years, dtype=np.int32), len(ids)), runs)
    names = chosen(ids, np.tile(np.arange(len(ids)), runs * len(calendar.years)))
    columns = {name: numbers(zones[name].ravel()) for name in zones.dtype.names or ()}
    return pa.table({**_repeated(keys, count), "year": numbers(years), "zone": names, **columns})


def _event_table(bench: Bench, keys: Tables, work: Work, events: list[RunEvents]) -> pa.Table:
    """Return the events of all runs that did not fail, in the order of the runs."""
    calendar, zones = bench.world.calendar, bench.world.zone_ids
    ordered = sorted(events, key=lambda found: (found.case, found.replicate))
    rows = [found.case * len(work.replicates) + found.replicate for found in ordered]
    lengths = [len(found.events) for found in ordered]
    log = np.concatenate([found.events for found in ordered] or [new_table(Event, 0)])
    months = [calendar.name(month) for month in range(calendar.months)]
    return pa.table(
        {
            **_taken(keys, np.repeat(np.array(rows, dtype=int), lengths)),
            "month": chosen(months, log["month"]),
            "event": chosen(codes.EVENTS, log["event"]),
            "investor": numbers(log["investor"], log["investor"] < 0),
            "zone": chosen(zones, log["zone"], log["zone"] < 0),
            "detail": numbers(log["detail"]),
        }
    )


def _failures(keys: Tables, status: np.ndarray, rows: np.ndarray) -> pa.Table:
    named = _taken(keys, rows)
    replay = [f"zonesim retry . --run {name}" for name in named["run_id"].to_pylist()]
    return pa.table({**named, "reason": texts(status[rows]), "replay": texts(replay)})
