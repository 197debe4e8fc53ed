"""The verbs of studies: studies, sweep, retry, reproduce, export."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from experiments.commands.arguments import UsageError, check_precision
from experiments.commands.watch import watched
from experiments.grid import listing
from experiments.json_text import Json, json_text
from experiments.precision import AT_MOST, Precision, precision_rows
from experiments.progress import Bar, clock
from experiments.result import Result, open_result
from experiments.store import machine
from experiments.sweeps.again import replay, retry_in
from experiments.sweeps.how import Estimate, How, check_how
from experiments.sweeps.reproduction import reproduce_in
from experiments.sweeps.study_files import Changes, list_studies, load_study
from experiments.sweeps.sweeping import sweep_into
from experiments.sweeps.until import study_targets, sweep_until
from experiments.texts import Texts, load_texts
from sim.errors import AuditError

_SHOWN = 5  # failing runs named
_RUNS = "runs"  # the table that `export` writes unless told otherwise
_COUNTS = ("runs", "points", "scenarios", "replicates")


def studies(arguments: argparse.Namespace) -> str:
    """Return the studies that come with the program."""
    found = [load_study(path).study for path in list_studies()]
    if arguments.json:
        return json_text(
            [
                {
                    "name": study.id,
                    "province": study.province,
                    "label_en": study.label_en,
                    "label_vi": study.label_vi,
                    "question_en": study.question_en,
                    "question_vi": study.question_vi,
                }
                for study in found
            ]
        )
    texts = load_texts(arguments.lang)
    rows = [(study.id, study.label(texts.language)) for study in found]
    head = (texts.get("head", "name"), texts.get("head", "label"))
    return listing([head, *rows]) + "\n"


def sweep(arguments: argparse.Namespace) -> str:
    """Run what is missing of a study, and return what there is then.

    Raises
    ------
    AuditError
        If runs failed; the others are there.
    UsageError
        If options contradict each other.
    """
    check_precision("sweep", arguments)
    texts = load_texts(arguments.lang)
    changes = Changes(arguments.replicates, arguments.points, arguments.seed)
    loaded = load_study(arguments.study, changes)
    folder = Path(arguments.out)
    command = f"zonesim sweep {shlex.quote(arguments.study)} --out {shlex.quote(arguments.out)}"
    at_most = AT_MOST if arguments.at_most is None else arguments.at_most
    asked = arguments.precision
    targets = study_targets(loaded.study, asked, at_most) if asked else ()
    how = _how(arguments, command)

    def work(bar: Bar | None) -> Precision | None:
        heard = _heard(how, bar, texts)
        if targets:
            return sweep_until(loaded, folder, targets, at_most, heard)
        sweep_into(loaded, folder, heard)
        return None

    quiet = arguments.quiet or arguments.json
    found = watched(work, texts, quiet=quiet, elsewhere=_elsewhere(arguments))
    return _told(folder, arguments, texts, found)


def _elsewhere(arguments: argparse.Namespace) -> bool:
    return arguments.workers is not None or arguments.scheduler is not None


def retry(arguments: argparse.Namespace) -> str:
    """Run failed and missing runs again, or one run alone to see what it does.

    Raises
    ------
    AuditError
        If runs failed again.
    """
    texts, folder = load_texts(arguments.lang), Path(arguments.result)
    quiet = arguments.quiet or arguments.json
    if arguments.run is not None:
        row = watched(lambda _: replay(folder, arguments.run), texts, quiet=quiet)
        if arguments.json:
            return json_text(dict(row))
        return "".join(f"{column}: {value}\n" for column, value in row.items())
    command = f"zonesim retry {shlex.quote(arguments.result)}"
    how = _how(arguments, command)
    watched(
        lambda bar: retry_in(folder, _heard(how, bar, texts)),
        texts,
        quiet=quiet,
        elsewhere=_elsewhere(arguments),
    )
    return _told(folder, arguments, texts)


def _how(arguments: argparse.Namespace, command: str) -> How:
    """Return how to run, checked before anything is said or done."""
    how = How(
        threads=arguments.threads,
        chunk=arguments.chunk,
        machine=machine(command),
        workers=arguments.workers,
        scheduler=arguments.scheduler,
    )
    check_how(how)
    return how


def _heard(how: How, bar: Bar | None, texts: Texts) -> How:
    """Return the same way to run, which tells a progress bar how far it is."""
    if bar is None:
        return how
    return how._replace(
        progress=bar,
        announce=lambda estimate: bar.say(_estimated(estimate, texts)),
        clock=clock,
        waiting=lambda: bar.say(texts.get("study", "waiting")),
    )


def _estimated(estimate: Estimate, texts: Texts) -> str:
    """Return what is to be done, how long it will take and how large it will be."""
    sizes = {name: texts.counted(name, getattr(estimate, name)) for name in _COUNTS}
    plan = texts.get("study", "plan").format(**sizes)
    megabytes = texts.number(estimate.bytes / 1e6, 1)
    left = texts.get("study", "estimate").format(
        runs=sizes["runs"], time=texts.duration(estimate.seconds), megabytes=megabytes
    )
    there = texts.counted("runs_there", estimate.there) if estimate.there else ""
    return " ".join(part for part in (plan, there, left) if part)


def _told(
    folder: Path, arguments: argparse.Namespace, texts: Texts, precision: Precision | None = None
) -> str:
    """Return what a result holds now; runs that failed are an error that names some of them."""
    result = open_result(folder)
    failures = result.table("failures").to_pylist()
    if failures:
        lines = [
            f"  {row['scenario']}, point {row['point']}, replicate {row['replicate']}: "
            f"{row['reason']}\n    zonesim retry {folder} --run {row['run_id']}"
            for row in failures[:_SHOWN]
        ]
        count = f"{len(failures):,} of {result.runs_count:,} runs failed"
        text = f"{folder}: {count}; the others are kept. The first, each with its replay:"
        raise AuditError("\n".join([text, *lines]))
    if arguments.json:
        return json_text({**_content(result), "precision": precision_rows(precision)})
    if arguments.quiet:
        return ""
    sizes = {name: texts.counted(name, size) for name, size in _sizes(result).items()}
    everything = texts.counted("all_runs", result.runs_count)
    done = texts.get("study", "done").format(folder=folder, all_runs=everything, **sizes)
    if precision is None:
        return f"{done}\n"
    from experiments.summary import precision_text  # slow to import, and large

    return f"{precision_text(precision, texts)}\n\n{done}\n"


def _sizes(result: Result) -> dict[str, int]:
    study = result.study
    return {
        "runs": result.runs_count,
        "points": result.points_count,
        "scenarios": len(study.scenarios),
        "replicates": study.replicates,
    }


def _content(result: Result) -> dict[str, Json]:
    manifest = result.manifest
    return {
        "study": result.study.id,
        **_sizes(result),
        "seed": result.study.seed,
        "model": manifest.model,
        "data": manifest.data,
    }


def reproduce(arguments: argparse.Namespace) -> str:
    """Make all runs of a result again and return that they are the same to the byte.

    Raises
    ------
    AuditError
        If a cell differs.
    """
    texts, folder = load_texts(arguments.lang), Path(arguments.result)
    how = How(arguments.threads, arguments.chunk)
    check_how(how)
    found = watched(
        lambda bar: reproduce_in(folder, how._replace(progress=bar)),
        texts,
        quiet=arguments.quiet or arguments.json,
    )
    if found.differences:
        raise AuditError("\n  ".join([f"{folder}: not reproduced. First:", *found.differences]))
    if arguments.json:
        return json_text({"runs": found.runs, "cells": found.cells, "differences": []})
    numbers = {name: texts.counted(name, getattr(found, name)) for name in ("runs", "cells")}
    return texts.get("study", "reproduced").format(**numbers) + "\n"


def export(arguments: argparse.Namespace) -> str:
    """Write a table of a result as CSV or workbook.

    Raises
    ------
    UsageError
        If there is no such table.
    """
    from experiments.sweeps.export import TABLES_OUT, export_table

    name = arguments.table or _RUNS
    if name not in TABLES_OUT:
        known = ", ".join(TABLES_OUT)
        raise UsageError(f"zonesim export: --table {name}: expected one of {known}.")
    texts = load_texts(arguments.lang)
    result = open_result(arguments.result)
    written = export_table(result, Path(arguments.out), name, texts)
    if arguments.json:
        return json_text({"files": [str(path) for path in written]})
    return texts.get("study", "written").format(files=", ".join(map(str, written))) + "\n"
