"""The verb `completion`: a script by which a shell completes verbs, options and names.

The names of scenarios, zones, levers and studies are those that ship.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from experiments.commands.completion_scripts import SCRIPTS
from experiments.commands.parser import new_parser
from experiments.commands.typed import nodes_of


def completion(arguments: argparse.Namespace) -> str:
    """Return the script for a shell."""
    nodes = tuple(nodes_of(new_parser()))
    return SCRIPTS[arguments.shell](nodes, names())


def names() -> Mapping[str, tuple[str, ...]]:
    """Return the names that ship, by what they are names of."""
    from experiments.plots import FILM, KINDS
    from experiments.province import load_province
    from experiments.sweeps.study_files import list_studies
    from sim.scenario import list_scenarios
    from sim.scenario_levers import LEVERS

    province = load_province("ninh_binh")
    return {
        "scenarios": list_scenarios(province.scenarios),
        "zones": province.world.zone_ids,
        "levers": tuple(LEVERS),
        "studies": tuple(path.stem for path in list_studies()),
        "kinds": (*KINDS, FILM),
    }
