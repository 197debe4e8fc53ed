"""Measure what size costs, from 35 to 10,000 zones and from 1,000 to 1,000,000 candidates.

`make bench-scale` writes results/scale.json and scale.png and scale.svg beside it;
docs/PERFORMANCE.md explains the figures. `--small` takes the smallest sizes only, to see that
everything runs. Nothing here is asserted: machines are noisy.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np

from experiments.plots.style import COLOURS, new_figure, panel_title, plain, title
from experiments.texts import load_texts
from sim.compiled import fingerprint

OUT = Path("results")
NATIONAL = (1_500, 100_000)
BY_ZONES = tuple((zones, 10_000) for zones in (35, 150, 600, 1_500, 10_000))
FEW_ZONES = tuple((35, candidates) for candidates in (1_000, 10_000, 100_000, 1_000_000))
MANY_ZONES = tuple((1_500, candidates) for candidates in (1_000, 10_000, 100_000))
SMALL = 1_000_000  # pairs
MEDIUM = 10_000_000


class Curve(NamedTuple):
    """Points along which one size grows and the other stays."""

    axis: str
    label: str
    sizes: tuple[tuple[int, int], ...]


CURVES = (
    Curve("zones", "10,000 candidates", BY_ZONES),
    Curve("candidates", "35 zones", FEW_ZONES),
    Curve("candidates", "1,500 zones", MANY_ZONES),
)


def repeats(zones: int, candidates: int) -> int:
    """Return how often a size is run: large ones hardly vary and take long."""
    pairs = zones * candidates
    return 7 if pairs <= SMALL else 3 if pairs <= MEDIUM else 1


def measured(zones: int, candidates: int) -> dict[str, float]:
    """Return what a size costs, measured in a process of its own, with costs per pair."""
    words = [str(number) for number in (zones, candidates, repeats(zones, candidates))]
    command = [sys.executable, "-m", "tests.benchmarks.scale_point", *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    found["ns_per_pair_weighed"] = 1e9 * found["run_s"] / (found["looks"] * zones)
    found["ns_per_candidate_zone"] = 1e9 * found["run_s"] / (found["candidates"] * zones)
    return found


def figure(points: dict[tuple[int, int], dict[str, float]]):
    """Return the plot of cost a pair against both sizes."""
    texts = load_texts("en")
    drawn = new_figure(4.2)
    title(drawn, "Processor time a pair: one investor weighing one zone")
    panels = dict(zip(("zones", "candidates"), drawn.subplots(1, 2, sharey=True), strict=True))
    for place, curve in enumerate(CURVES):
        axes = panels[curve.axis]
        sizes = [size for size in curve.sizes if size in points]
        x = [size[0] if curve.axis == "zones" else size[1] for size in sizes]
        y = [points[size]["ns_per_pair_weighed"] for size in sizes]
        axes.plot(x, y, marker="o", color=COLOURS[place], label=curve.label)
    for axis, axes in panels.items():
        plain(axes, texts)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, _: texts.number(value, 0))
        axes.set_ylim(bottom=0)
        axes.set_xlabel(f"{axis} (logarithmic)", fontsize=9)
        axes.legend(frameon=False, fontsize=8.5)
    panels["zones"].set_ylabel("nanoseconds a pair", fontsize=9)
    panel_title(panels["zones"], "More zones")
    panel_title(panels["candidates"], "More candidates")
    return drawn


def lines(points: dict[tuple[int, int], dict[str, float]]) -> list[str]:
    """Return a table of the sizes: times, cost a pair against the median of all, memory."""
    typical = float(np.median([point["ns_per_pair_weighed"] for point in points.values()]))
    found = [" zones  candidates    looks    run [s]  ns/pair  ratio  memory [MiB]  load [s]"]
    for point in points.values():
        cost = point["ns_per_pair_weighed"]
        found.append(
            f"{point['zones']:6,} {point['candidates']:11,} {point['looks']:8,}"
            f" {point['run_s']:10.3f} {cost:8.1f} {cost / typical:6.2f}"
            f" {point['peak_memory_mib']:13.0f} {point['load_s']:9.2f}"
        )
    return found


def main() -> None:
    """Measure all sizes, print a table and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="the smallest sizes only")
    small = parser.parse_args().small
    sizes = list(dict.fromkeys(size for curve in CURVES for size in curve.sizes))
    if small:
        sizes = [size for size in sizes if size[0] * size[1] <= 2 * SMALL]
    points = {size: measured(*size) for size in sizes}
    content = {
        "points": list(points.values()),
        "national": points.get(NATIONAL),
        "versions": {
            "python": platform.python_version(),
            "numba": numba.__version__,
            "numpy": np.__version__,
            "model": fingerprint(),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        },
    }
    OUT.mkdir(exist_ok=True)
    (OUT / "scale.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    drawn = figure(points)
    drawn.savefig(OUT / "scale.png", metadata={"Software": None})
    drawn.savefig(OUT / "scale.svg", metadata={"Date": None})
    sys.stdout.write("\n".join(lines(points)) + "\n")


if __name__ == "__main__":
    main()
