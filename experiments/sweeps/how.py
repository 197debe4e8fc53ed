"""How to run a study: on threads or on a cluster, in chunks, with progress. No table shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from experiments.sweeps.extras import need
from experiments.sweeps.memory import give_back_large_arrays
from sim.errors import Problem, StudyError

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS: Final = re.compile(r"(tcp|tls)://[^/\s]+:\d+")


class Estimate(NamedTuple):
    """What is left to do, from a few runs of it."""

    runs: int
    there: int
    points: int
    scenarios: int
    replicates: int
    seconds: float
    bytes: float


class How(NamedTuple):
    """How to run; tables depend on none of it."""

    threads: int | None = None  # of this process; by default one a core
    chunk: int | None = None  # runs kept together; by default as memory and evenness ask for
    progress: Callable[[int, int], None] | None = None  # runs done, runs in all
    announce: Callable[[Estimate], None] | None = None
    clock: Callable[[], float] | None = None  # needed to announce
    machine: dict[str, Any] = {}
    workers: int | None = None  # processes on this machine, instead of threads
    scheduler: str | None = None  # address of a cluster to run on, instead of threads
    waiting: Callable[[], None] | None = None  # called if the cluster has no worker yet
    client: Client | None = None  # of the cluster, once it is open


@contextmanager
def opened(how: How) -> Iterator[How]:
    """Yield a checked way to run, its cluster open until the end; one that is open stays so.

    Raises
    ------
    StudyError
        If it cannot be meant, or `distributed` is missing.
    StoreError
        If no scheduler answers.
    """
    check_how(how)
    give_back_large_arrays()
    if how.client is not None or (how.workers is None and how.scheduler is None):
        yield how
        return
    from experiments.sweeps import cluster

    with cluster.connected(how.scheduler, how.workers) as client:
        yield how._replace(client=client)


def check_how(how: How) -> None:
    """Make sure that all numbers are whole and from 1, and that one way is asked for and there.

    Raises
    ------
    StudyError
        If it cannot be meant, or `distributed` is missing.
    """
    problems = [
        Problem(name, str(value), "a whole number from 1", "")
        for name in ("threads", "chunk", "workers")
        for value in [getattr(how, name)]
        if value is not None and value < 1
    ]
    ways = [name for name in ("threads", "workers", "scheduler") if getattr(how, name) is not None]
    if how.scheduler is not None and not _ADDRESS.fullmatch(how.scheduler):
        expected = "an address as 'dask scheduler' prints it, such as tcp://10.0.0.5:8786"
        problems.append(Problem("scheduler", repr(how.scheduler), expected, ""))
    if len(ways) > 1:
        problems.append(Problem(" and ".join(ways), "both given", "", "Name one of them."))
    if problems:
        raise StudyError.of("The sweep", problems)
    if how.workers is not None or how.scheduler is not None:
        need("distributed")
