"""Run chunks in other processes, on this machine or many, by Dask's `distributed`.

Workers only compute: each prepares the study once, makes chunks, and sends the bytes of their files
back. The process that sweeps is the only one that writes, so that a result is kept as safely as
without a cluster. A worker of another model, other data or another program is refused.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

from distributed import (
    Client,
    Future,
    KilledWorker,
    LocalCluster,
    Worker,
    WorkerPlugin,
    get_worker,
    wait,
)
from distributed.utils import silence_logging_cmgr

from experiments.provenance import program_fingerprint
from experiments.sweeps.cases import Bench, bench_of
from experiments.sweeps.chunk import Work, run_chunk
from experiments.sweeps.manifest import Manifest, changed_since, province_of
from experiments.sweeps.memory import give_back_large_arrays
from experiments.sweeps.parts import PartFile, part_files
from sim.errors import StoreError, ZonesimError

_PATIENCE: Final = "10s"  # for a scheduler to answer
_AHEAD: Final = 2  # chunks sent a core, so that none waits for the next; more would be held in vain
_LOOK: Final = "5s"  # at most between two looks at whether there are workers
_LOOKS: Final = 12  # without any, after which those of our own are given up
_KEPT: Final = "Finished chunks are kept, and the same command continues."
Found = TypeVar("Found")


class Made(NamedTuple):
    """A chunk that a worker made."""

    runs: int
    files: tuple[PartFile, ...]


# --- in the process that sweeps -------------------------------------------------------------------


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """Yield a client of a scheduler, or of so many worker processes of its own.

    Parameters
    ----------
    scheduler : str, optional
        Address, such as "tcp://10.0.0.5:8786".
    workers : int, optional
        Processes on this machine, one core each, which end with the client.

    Raises
    ------
    StoreError
        If no scheduler answers.
    """
    if scheduler is None:
        with (
            silence_logging_cmgr(logging.CRITICAL),
            LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # any port, for the little that is left of it
                scheduler_kwargs={"dashboard": False},
                plugins=[_Quiet()],
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            cluster.adapt(minimum=workers, maximum=workers)  # replaces what could not start again
            yield client
        return
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except OSError as error:
        raise StoreError(
            f"{scheduler}: no scheduler answers there ({error}). Start one with 'dask scheduler', "
            "and workers with 'dask worker ADDRESS'."
        ) from None
    with silence_logging_cmgr(logging.CRITICAL), client:
        yield client


def cores(client: Client, waiting: Callable[[], None] | None = None) -> int:
    """Return how many chunks the workers make at once; wait until there is a worker.

    Parameters
    ----------
    client : Client
        Of the cluster.
    waiting : callable, optional
        Called if there is none yet.
    """
    if not client.nthreads():
        if waiting is not None:
            waiting()
        client.wait_for_workers(1)
    return _cores_now(client)


def _cores_now(client: Client) -> int:
    found: dict[str, int] = client.nthreads()  # by worker
    return max(1, sum(found.values()))


def made_by(
    client: Client, manifest: Manifest, works: Iterable[Work]
) -> Generator[Made, None, None]:
    """Yield chunks as workers make them, in any order.

    Only a few are sent ahead, so that neither scheduler nor workers hold many. A chunk whose worker
    dies is made by another.

    Parameters
    ----------
    client : Client
        Of the cluster.
    manifest : Manifest
        Of the result.
    works : iterable of Work
        Which runs.

    Raises
    ------
    StoreError
        If a worker is not fit for this result, a chunk killed several workers, or the scheduler
        is gone.
    """
    name = f"zonesim-{client.id}"  # of this sweep, as others may use the scheduler too
    with _told():
        _check_installed(client)
        client.register_plugin(_Prepared(manifest, program_fingerprint()), name=name)
        waiting = iter(works)

        def sent(ahead: set[Future[Made]]) -> set[Future[Made]]:
            most = max(0, _AHEAD * _cores_now(client) - len(ahead))
            more = (client.submit(_make, name, work, pure=False) for work in islice(waiting, most))
            return ahead.union(more)

        try:
            ahead = sent(set())
            while ahead:
                done = _next_done(client, ahead)
                ahead = sent(ahead - done)
                for future in done:
                    yield _unless_alone(client, future.result)
        finally:
            if client.status == "running":
                client.unregister_worker_plugin(name)


def _check_installed(client: Client) -> None:
    """Make sure that scheduler and workers can import this module; a worker that comes later must.

    The scheduler reads what it passes on.
    """
    found = client.run(import_module, __name__, on_error="return")
    answers = {f"Worker {address}": answer for address, answer in found.items()}
    try:
        client.run_on_scheduler(import_module, __name__)
    except ImportError as error:
        answers["The scheduler"] = error
    for where, answer in answers.items():
        if isinstance(answer, ImportError):
            raise StoreError(
                f"{where} has no zonesim like this one ({answer}). Install the same there."
            )


def _next_done(client: Client, ahead: set[Future[Made]]) -> set[Future[Made]]:
    """Return those that are done, at least one."""

    def attempt(timeout: str | None) -> set[Future[Made]]:
        with client.as_current():
            return set(wait(ahead, timeout=timeout, return_when="FIRST_COMPLETED").done)

    return _unless_alone(client, attempt)


def _unless_alone(client: Client, attempt: Callable[[str | None], Found]) -> Found:
    """Return what comes within a timeout; give up if workers of our own do not come back."""
    if client.cluster is None:
        return attempt(None)  # whoever runs the cluster starts workers
    alone = 0
    while alone < _LOOKS:
        try:
            return attempt(_LOOK)
        except TimeoutError:
            alone = 0 if client.nthreads() else alone + 1
    raise StoreError(f"The worker processes ended, and new ones do not start. {_KEPT}")


@contextmanager
def _told() -> Iterator[None]:
    """Say in our words what can go wrong between machines."""
    try:
        yield
    except KilledWorker as error:
        raise StoreError(
            f"A chunk was lost with its worker {error.allowed_failures + 1} times, the last time "
            f"with {error.last_worker.address}; workers may lack memory: try a smaller --chunk. "
            f"{_KEPT}"
        ) from None
    except (CancelledError, OSError):
        raise StoreError(f"The scheduler is gone, or the way to it. {_KEPT}") from None


# --- on workers -----------------------------------------------------------------------------------


class _Quiet(WorkerPlugin):
    """Lets a worker of our own end with us, not by itself when a terminal says Ctrl-C to all."""

    def setup(self, worker: Worker) -> None:
        """Ignore Ctrl-C."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)


class _Prepared(WorkerPlugin):
    """A study as a worker holds it: checked and prepared when its first chunk comes."""

    def __init__(self, manifest: Manifest, program: str) -> None:
        self._manifest = manifest
        self._program = program

    def setup(self, worker: Worker) -> None:
        """Begin with nothing prepared."""
        give_back_large_arrays()
        self._worker = worker.address
        self._lock = threading.Lock()
        self._bench: Bench | None = None

    def bench(self) -> Bench:
        """Return what all runs of the study share.

        Raises
        ------
        StoreError
            If this worker would make other runs than the result holds.
        """
        with self._lock:
            if self._bench is None:
                self._bench = self._checked()
            return self._bench

    def _checked(self) -> Bench:
        try:
            province = province_of(self._manifest)
        except ZonesimError as error:
            raise StoreError(f"Worker {self._worker}: {error} {_KEPT}") from None
        changed = changed_since(self._manifest, province)
        program = program_fingerprint()
        if changed is None and program != self._program:
            changed = ("program", self._program, program)
        if changed is not None:
            what, wanted, found = changed
            raise StoreError(
                f"Worker {self._worker} has another {what} ({what} fingerprint {found}, expected "
                f"{wanted}); its runs are refused. Install the same zonesim on it. {_KEPT}"
            )
        return bench_of(self._manifest.study, province)


def _make(name: str, work: Work) -> Made:
    """Make a chunk on a worker."""
    prepared: Any = get_worker().plugins[name]
    return Made(work.runs, part_files(run_chunk(prepared.bench(), work), work.first))
