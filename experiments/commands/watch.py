"""Do long work with a progress bar, stoppable at any moment."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from experiments.progress import Bar
from experiments.texts import Texts
from sim.compiled import cache_directory, is_cache_warm

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
    folder = cache_directory()
    mark = folder / compiles if folder and compiles else None
    bar = None if quiet else Bar(sys.stderr, texts)
    if bar and (news := _compiling(mark)):
        bar.say(texts.get("progress", news))
    try:
        found = run(lambda: work(bar))
    except KeyboardInterrupt:
        if bar:
            bar.close()
        raise
    if mark:
        with contextlib.suppress(OSError):
            mark.touch()
    return found


def _compiling(mark: Path | None) -> str:
    """Return the key of what to say about compiling, nothing where all is compiled."""
    if mark and mark.exists():
        return ""
    if not is_cache_warm():
        return "compiling"
    return "compiling_more" if mark else ""


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
