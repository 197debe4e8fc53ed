"""Which runs of a study are missing, and how they are cut into chunks.

Chunks never show in a table: they only decide what is done, kept and lost together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from experiments.study import Study
from experiments.sweeps.cases import run_id
from experiments.sweeps.chunk import Work
from experiments.sweeps.columns import numbers_of
from experiments.sweeps.manifest import Points
from experiments.sweeps.parts import Part, read_columns
from sim.errors import StoreError

_MOST_RUNS: Final = 4000  # of a chunk, so that large studies are few files
_LEAST_RUNS: Final = 64
_CASES: Final = 40  # of a chunk, at least if there are so many: they share each replicate's luck
_BYTES: Final = 12e6  # of the tables of a chunk
_SHARES: Final = 16  # chunks a thread, at least, so that all threads end together


def runs_there(study: Study, points: Points, parts: Sequence[Part]) -> np.ndarray:
    """Return which runs some parts just found hold, shape (points, scenarios, replicates).

    Raises
    ------
    StoreError
        If a part holds runs of other inputs, or a run is there twice.

    Notes
    -----
    A part is whole (experiments/sweeps/parts.py) and was made from one study, so that the id of one
    run of each case tells whether it belongs here.
    """
    there = np.zeros((len(points.ids), len(study.scenarios), study.replicates), dtype=bool)
    names = ["run_id", "point", "scenario", "replicate"]
    for path in (part.files["runs"] for part in parts):
        table = read_columns(path, names)
        places = places_of(study, table)
        if not _belongs(study, points, table, places):
            raise StoreError(f"{path}: holds runs of other inputs. Remove it, or its folder.")
        runs = np.ravel_multi_index(places, there.shape)
        if there.ravel()[runs].any() or len(np.unique(runs)) < len(runs):
            raise StoreError(f"{path}: holds runs that another part holds too. Remove it.")
        there.reshape(-1)[runs] = True
    return there


def places_of(study: Study, table: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return point, scenario (-1: unknown) and replicate of every row."""
    scenarios = table.column("scenario").combine_chunks().dictionary_encode()
    place = {name: number for number, name in enumerate(study.names)}
    places = np.array([place.get(name, -1) for name in scenarios.dictionary.to_pylist()])
    return (
        numbers_of(table.column("point")),
        places[np.from_dlpack(scenarios.indices)],
        numbers_of(table.column("replicate")),
    )


def _belongs(study: Study, points: Points, table: pa.Table, places: tuple[np.ndarray, ...]) -> bool:
    """Return whether the first run of each case in a part has the id that the study gives it."""
    bounds = (len(points.ids), len(study.scenarios), study.replicates)
    if any(((each < 0) | (each >= most)).any() for each, most in zip(places, bounds, strict=True)):
        return False
    point, scenario, replicate = places
    changes = (np.diff(point) != 0) | (np.diff(scenario) != 0)
    firsts = np.concatenate([[0], np.flatnonzero(changes) + 1])
    ids = table.column("run_id")
    return all(
        ids[row].as_py() == run_id(points.ids[p][s], study.seed, r)
        for row, p, s, r in zip(
            firsts.tolist(),
            *(each[firsts].tolist() for each in (point, scenario, replicate)),
            strict=True,
        )
    )


def missing_work(points: Points, there: np.ndarray, size: int) -> Iterator[Work]:
    """Yield the runs that are not there, in chunks.

    Parameters
    ----------
    points : Points
        Of the study, as numbered.
    there : ndarray of bool, shape (points, scenarios, replicates)
        Runs that are there.
    size : int
        Runs a chunk, about.
    """
    groups: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    for point, scenario in np.argwhere(~there.all(axis=2)).tolist():
        groups[there[point, scenario].tobytes()].append((point, scenario))
    for pattern, cases in groups.items():
        replicates = np.flatnonzero(~np.frombuffer(pattern, dtype=bool))
        together = min(len(cases), _CASES)
        deep = min(len(replicates), max(1, size // together))
        wide = max(1, size // deep)
        for c in range(0, len(cases), wide):
            for r in range(0, len(replicates), deep):
                chosen = replicates[r : r + deep].tolist()
                yield work_of(points, cases[c : c + wide], chosen)


def work_of(points: Points, cases: Sequence[tuple[int, int]], replicates: Sequence[int]) -> Work:
    """Return the chunk of some cases, by number of point and scenario, under some replicates."""
    numbers = sorted({point for point, _ in cases})
    place = {number: row for row, number in enumerate(numbers)}
    return Work(
        points=tuple(numbers),
        values=points.values[numbers],
        cases=tuple((place[point], scenario) for point, scenario in cases),
        ids=tuple(points.ids[point][scenario] for point, scenario in cases),
        replicates=tuple(replicates),
    )


def chunk_size(runs: int, bytes_of_run: float, threads: int) -> int:
    """Return how many runs a chunk shall have: few enough for memory and for even work.

    Examples
    --------
    >>> chunk_size(100, 2e3, 2), chunk_size(6_400, 2e3, 2), chunk_size(10**6, 2e3, 2)
    (64, 200, 4000)
    """
    by_memory = int(_BYTES / bytes_of_run)
    by_work = runs // (threads * _SHARES)
    return max(1, min(_MOST_RUNS, by_memory, max(_LEAST_RUNS, by_work)))


def bytes_a_run(study: Study, years: int, zones: int) -> float:
    """Return about how large the tables of one run are in memory [bytes]."""
    outcomes = len(study.outcomes)
    wide = 100.0 + 8.0 * outcomes * len(study.years)
    long = years * (60.0 + 8.0 * outcomes)
    kept = years * zones * (60.0 + 8.0 * 35.0) if "zones" in study.keep else 0.0
    return wide + long + kept + (500e3 if "events" in study.keep else 0.0)
