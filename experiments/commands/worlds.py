"""The verb `world`: invent a province of any size."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path
from typing import Final

from experiments.commands.arguments import UsageError
from experiments.commands.parser import MOST_CANDIDATES, MOST_ZONES
from experiments.json_text import Json, json_text
from experiments.province import hiding, names_of
from experiments.store import reserve, write_texts
from experiments.texts import load_texts
from experiments.world_generator import generate_world
from experiments.world_growth import Size, load_pattern, usual_districts
from sim.errors import Problem

_MOST_YEARS: Final = 100
_MOST_SEED: Final = 2**63 - 1


def world(arguments: argparse.Namespace) -> str:
    """Write an invented province into a folder and say what it has.

    Raises
    ------
    UsageError
        If a number is out of range, or the folder would hide a province that comes with the
        program; it names all of them.
    StoreError
        If the folder cannot be written or holds files of others.
    """
    parks, clusters = _checked(arguments)
    pattern = load_pattern()
    size = Size(
        zones=arguments.zones,
        candidates=arguments.candidates,
        districts=arguments.districts or usual_districts(pattern, arguments.zones),
        years=arguments.years,
        seed=arguments.seed,
        parks=parks,
        clusters=clusters,
    )
    with reserve(Path(arguments.out)) as target:
        files = generate_world(size, pattern)
        target.commit(lambda folder: write_texts(folder, files))
    if arguments.json:
        names: list[Json] = [*sorted(files)]
        return json_text({"folder": arguments.out, "files": names})
    texts = load_texts(arguments.lang)
    counts = {key: texts.number(getattr(size, key), 0) for key in ("zones", "candidates", "years")}
    said = texts.get("world", "generated").format(
        **counts, districts=texts.number(size.districts, 0), folder=arguments.out
    )
    return f"{said}\n  zonesim run baseline --province {shlex.quote(arguments.out)}\n"


def _checked(arguments: argparse.Namespace) -> tuple[int, int]:
    """Return parks and clusters of the mix, after complaining about everything that is wrong."""
    problems = hiding(*names_of(Path(arguments.out)), where="--out")
    for name, least, most in (
        ("zones", 1, MOST_ZONES),
        ("candidates", 1, MOST_CANDIDATES),
        ("districts", 1, _most_districts(arguments.zones)),
        ("years", 1, _MOST_YEARS),
        ("seed", 0, _MOST_SEED),
    ):
        value = getattr(arguments, name)
        if value is not None and not least <= value <= most:
            fix = "Name no more districts than zones." if name == "districts" else ""
            problems.append(Problem(f"--{name}", str(value), f"{least} to {most}", fix))
    words = arguments.kind_mix.split(":")
    mix = [int(word) for word in words if word.isascii() and word.isdigit()]
    if len(words) != 2 or len(mix) != 2 or sum(mix) == 0:
        expected = "parks to clusters, such as 9:26"
        problems.append(Problem("--kind-mix", repr(arguments.kind_mix), expected, ""))
    if problems:
        raise UsageError.of("zonesim world generate", problems)
    return mix[0], mix[1]


def _most_districts(zones: int) -> int:
    """Return the most districts that can be asked for: as many as zones, if those make sense."""
    return zones if 1 <= zones <= MOST_ZONES else MOST_ZONES
