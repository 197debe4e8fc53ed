"""Do long work with a progress bar, stoppable at any moment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from experiments.progress import Bar
from experiments.texts import Texts
from sim.compiled import is_cache_warm

_HEARD_EVERY: Final = 0.2  # seconds
Found = TypeVar("Found")


def watched(
    work: Callable[[Bar | None], Found], texts: Texts, *, quiet: bool, elsewhere: bool = False
) -> Found:
    """Do work that runs the model, with a progress bar unless it should be quiet.

    Work that is done elsewhere, in other processes, ends them itself when it is stopped.
    """
    run = (lambda job: job()) if elsewhere else _stoppable
    if quiet:
        return run(lambda: work(None))
    bar = Bar(sys.stderr, texts)
    if not is_cache_warm():
        bar.announce_compilation()
    try:
        return run(lambda: work(bar))
    except KeyboardInterrupt:
        bar.close()
        raise


def _stoppable(work: Callable[[], Found]) -> Found:
    """Do work in another thread, so that Ctrl-C is heard at once, also while compiling."""
    pool = ThreadPoolExecutor(max_workers=1)
    future = pool.submit(work)
    pool.shutdown(wait=False)
    while True:
        try:
            return future.result(timeout=_HEARD_EVERY)
        except TimeoutError:
            if future.done():
                raise
