"""Do long work with a progress bar, stoppable at any moment."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from experiments.progress import Bar
from experiments.texts import Texts
from sim.compiled import is_cache_warm, mark_cache_warm

_HEARD_EVERY: Final = 0.2  # seconds
Found = TypeVar("Found")


def watched(
    work: Callable[[Bar | None], Found],
    texts: Texts,
    *,
    quiet: bool,
    elsewhere: bool = False,
    compiles: str = "",
) -> Found:
    """Do work that runs the model, with a progress bar unless it should be quiet.

    Work that is done elsewhere, in other processes, ends them itself when it is stopped. Work that
    compiles more than runs do names it, and what was compiled is remembered under that name.
    """
    run = (lambda job: job()) if elsewhere else _stoppable
    bar = None if quiet else Bar(sys.stderr, texts)
    if bar and (news := _compiling(compiles)):
        bar.say(texts.get("progress", news))
    try:
        found = run(lambda: work(bar))
    except KeyboardInterrupt:
        if bar:
            bar.close()
        raise
    if compiles:
        mark_cache_warm(compiles)
    return found


def _compiling(more: str) -> str:
    """Return the key of what to say about compiling, nothing where all is compiled."""
    if more and is_cache_warm(more):
        return ""
    if not is_cache_warm():
        return "compiling"
    return "compiling_more" if more else ""


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
