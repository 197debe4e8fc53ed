"""The verbs that run: `run` and `compare`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from experiments.answer import Answer
from experiments.commands.parser import UsageError
from experiments.document import answer_json
from experiments.progress import Bar
from experiments.results import write_results
from experiments.runs import Plan, Prepared, answer, prepare
from experiments.store import reserve
from experiments.summary import summary
from experiments.texts import Texts, load_texts
from sim.compiled import is_cache_warm

_HEARD_EVERY: Final = 0.2  # seconds


def run(arguments: argparse.Namespace) -> str:
    """Return what `zonesim run` prints."""
    return _answered([arguments.scenario], arguments)


def compare(arguments: argparse.Namespace) -> str:
    """Return what `zonesim compare` prints.

    Raises
    ------
    UsageError
        If only one scenario is named.
    """
    if len(arguments.scenarios) < 2:
        raise UsageError(
            f"zonesim compare: found one scenario, {arguments.scenarios[0]!r}; expected two or "
            "more. For one alone use 'zonesim run'."
        )
    return _answered(arguments.scenarios, arguments)


def _answered(names: list[str], arguments: argparse.Namespace) -> str:
    texts = load_texts(arguments.lang)
    prepared = prepare(names, _plan(arguments))
    out = None if arguments.out is None else Path(arguments.out)
    with nullcontext() if out is None else reserve(out) as target:
        found = _run(prepared, texts, quiet=arguments.quiet or arguments.json)
        printed = _printed(found, texts, arguments)
        if target is not None:
            target.commit(lambda folder: write_results(found, folder, texts))
    return printed


def _printed(found: Answer, texts: Texts, arguments: argparse.Namespace) -> str:
    if arguments.json:
        return answer_json(found, texts)
    if arguments.out is None:
        return summary(found, texts)
    if arguments.quiet:
        return ""
    written = texts.get("progress", "written").format(folder=arguments.out)
    return f"{summary(found, texts)}\n{written}\n"


def _plan(arguments: argparse.Namespace) -> Plan:
    return Plan(
        province=arguments.province,
        replicates=arguments.replicates,
        seed=arguments.seed,
        first_replicate=arguments.first_replicate,
        until=arguments.until,
        threads=arguments.threads,
    )


def _run(prepared: Prepared, texts: Texts, *, quiet: bool) -> Answer:
    if quiet:
        return _stoppable(lambda: answer(prepared))
    bar = Bar(sys.stderr, texts)
    if not is_cache_warm():
        bar.announce_compilation()
    try:
        return _stoppable(lambda: answer(prepared, bar))
    except KeyboardInterrupt:
        bar.close()
        raise


def _stoppable(work: Callable[[], Answer]) -> Answer:
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
