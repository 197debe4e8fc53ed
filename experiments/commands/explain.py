"""The verb `explain`: why an investor, a zone or a difference is as it is."""

from __future__ import annotations

import argparse

from experiments.commands.watch import watched
from experiments.explain.difference import explain_difference
from experiments.explain.difference_tables import tables_of
from experiments.explain.investor import InvestorWhy, explain_investor
from experiments.explain.runs import Replication, checked
from experiments.explain.words_difference import difference_text
from experiments.explain.words_investor import investor_text
from experiments.explain.words_zone import zone_text
from experiments.explain.zone import ZoneWhy, explain_zone
from experiments.json_text import Json, json_text, json_value
from experiments.province import load_province, load_scenarios
from experiments.runs import Progress
from experiments.texts import Texts, load_texts
from sim.scenario import Scenario
from sim.world import World


def explain(arguments: argparse.Namespace) -> str:
    """Return what `zonesim explain` prints.

    Raises
    ------
    StudyError
        If there is no such investor, zone, year or lever.
    """
    return {"investor": _investor, "zone": _zone, "difference": _difference}[arguments.what](
        arguments
    )


def _loaded(arguments: argparse.Namespace, *names: str) -> tuple[Texts, World, list[Scenario]]:
    """Return language, province and scenarios of a question."""
    province = load_province(arguments.province)
    return load_texts(arguments.lang), province.world, load_scenarios([*names], province)


def _investor(arguments: argparse.Namespace) -> str:
    texts, world, (scenario,) = _loaded(arguments, arguments.scenario)
    how = checked(
        Replication(1, arguments.seed, arguments.replicate), first="--replicate", fewest=1
    )
    found = watched(
        lambda _: explain_investor(
            world,
            scenario,
            arguments.investor,
            seed=how.seed,
            replicate=how.first_replicate,
            levers=arguments.lever,
        ),
        texts,
        quiet=arguments.quiet or arguments.json,
        compiles="choices",
    )
    if arguments.json:
        return json_text(_investor_json(found))
    return investor_text(found, world, texts)


def _investor_json(why: InvestorWhy) -> Json:
    """Return an explanation with every look, zone by zone."""
    looks: list[Json] = [
        {
            **_fields(look),
            "zones": [
                {**_fields(zone), "ruled_out": zone.ruled_out, "total": json_value(zone.total)}
                for zone in look.zones
            ],
        }
        for look in why.looks
    ]
    return {**_fields(why), "looks": looks}


def _fields(value: object) -> dict[str, Json]:
    found = json_value(value)
    return found if isinstance(found, dict) else {}


def _how(arguments: argparse.Namespace, progress: Progress | None) -> Replication:
    seed, first = arguments.seed, arguments.first_replicate
    return checked(Replication(arguments.replicates, seed, first, arguments.threads, progress))


def _zone(arguments: argparse.Namespace) -> str:
    texts, world, (scenario,) = _loaded(arguments, arguments.scenario)
    found = watched(
        lambda heard: explain_zone(
            world,
            scenario,
            arguments.zone,
            _how(arguments, heard),
            year=arguments.year,
            levers=arguments.lever,
        ),
        texts,
        quiet=arguments.quiet or arguments.json,
    )
    if arguments.json:
        return json_text(_zone_json(found))
    return zone_text(found, world, texts)


def _zone_json(why: ZoneWhy) -> Json:
    shown = {key: value for key, value in vars(why).items() if key != "how"}
    return {**_fields(shown), "how": _asked(why.how)}


def _asked(how: Replication) -> Json:
    return {key: getattr(how, key) for key in ("replicates", "seed", "first_replicate")}


def _difference(arguments: argparse.Namespace) -> str:
    texts, world, scenarios = _loaded(arguments, arguments.base, arguments.scenario)
    found = watched(
        lambda heard: explain_difference(
            world, scenarios, _how(arguments, heard), year=arguments.year
        ),
        texts,
        quiet=arguments.quiet or arguments.json,
    )
    tables = tables_of(found, world.zone_ids, world.calendar)
    if arguments.json:
        asked = _fields({key: getattr(found, key) for key in ("a", "b", "year")})
        return json_text({**asked, "how": _asked(found.how), **_fields(tables)})
    return difference_text(found, tables, texts)
