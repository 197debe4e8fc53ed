"""The verbs that run: `run`, `compare` and `levers --effect`."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import Final

from experiments.answer import Answer
from experiments.commands.arguments import UsageError, check_precision
from experiments.commands.watch import watched
from experiments.document import answer_json
from experiments.json_text import json_text
from experiments.levers_effect import lever_effects, render_effects
from experiments.precision import AT_MOST
from experiments.results import write_results
from experiments.runs import Plan, answer, one_run, prepare
from experiments.store import reserve
from experiments.summary import summary
from experiments.texts import Texts, load_texts

_REPLICATES: Final = 200


def run(arguments: argparse.Namespace) -> str:
    """Return what `zonesim run` prints."""
    return _answered([arguments.scenario], arguments, _plan(arguments))


def compare(arguments: argparse.Namespace) -> str:
    """Return what `zonesim compare` prints.

    Raises
    ------
    UsageError
        If only one scenario is named, or options contradict each other.
    """
    if len(arguments.scenarios) < 2:
        raise UsageError(
            f"zonesim compare: found one scenario, {arguments.scenarios[0]!r}; expected two or "
            "more. For one alone use 'zonesim run'."
        )
    check_precision("compare", arguments)
    at_most = AT_MOST if arguments.at_most is None else arguments.at_most
    plan = _plan(arguments)._replace(precision=tuple(arguments.precision), at_most=at_most)
    return _answered(arguments.scenarios, arguments, plan)


def _answered(names: list[str], arguments: argparse.Namespace, plan: Plan) -> str:
    texts = load_texts(arguments.lang)
    prepared = prepare(names, plan)
    out = None if arguments.out is None else Path(arguments.out)
    with nullcontext() if out is None else reserve(out) as target:
        quiet = arguments.quiet or arguments.json
        found = watched(lambda heard: answer(prepared, heard), texts, quiet=quiet)
        printed = _printed(found, texts, arguments)
        if target is not None:
            months = one_run(prepared)
            target.commit(lambda folder: write_results(found, months, folder, texts))
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
        replicates=_REPLICATES if arguments.replicates is None else arguments.replicates,
        seed=arguments.seed,
        first_replicate=arguments.first_replicate,
        until=arguments.until,
        threads=arguments.threads,
    )


def effects(arguments: argparse.Namespace) -> str:
    """Return what runs show of the levers named: what each moves, where it does not, and how.

    Raises
    ------
    StudyError
        If a lever is unknown.
    UsageError
        If a number is out of range.
    """
    for name, least in (("replicates", 2), ("seed", 0), ("threads", 1)):
        value = getattr(arguments, name)
        if value is not None and value < least:
            raise UsageError(f"zonesim levers: --{name} = {value}: expected {least} or more.")
    texts = load_texts(arguments.lang)
    found = watched(
        lambda heard: lever_effects(
            arguments.levers or None,
            replicates=arguments.replicates,
            seed=arguments.seed,
            threads=arguments.threads,
            progress=heard,
        ),
        texts,
        quiet=arguments.quiet or arguments.json,
    )
    if arguments.json:
        return json_text([dict(effect._asdict()) for effect in found])
    return render_effects(found, arguments.lang)
