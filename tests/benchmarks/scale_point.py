"""Measure one run of a generated province; prints JSON. tests/benchmarks/scale.py calls it.

Each size has a process of its own, so that the peak of memory is its own.
"""

import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from experiments.store import write_texts
from experiments.world_generator import generate_world
from experiments.world_growth import Size, load_pattern, usual_districts
from sim.initial import start_of
from sim.luck import draw_luck, new_luck
from sim.policy import policy_table
from sim.room import new_record, new_state
from sim.run import YEARLY, begin, run_months
from sim.scenario import load_scenario
from sim.world import load_world, parameter_vector

SEED = 1


def province(zones: int, candidates: int, folder: Path):
    """Return month 0 of a generated world, its baseline, its Decembers and the time to load."""
    pattern = load_pattern()
    districts = usual_districts(pattern, zones)
    size = Size(zones, candidates, districts, years=10, seed=SEED, parks=9, clusters=26)
    write_texts(folder, generate_world(size, pattern))
    began = time.process_time()
    world = load_world(folder / "world")
    start = start_of(world, parameter_vector(world))
    policy = policy_table(load_scenario("baseline", folder, world), world)
    spent_s = time.process_time() - began
    return start, policy, world.calendar.december_indices, spent_s


def count_looks(start, policy, luck, state, record) -> int:
    """Run month by month and return how often an investor looked at the zones."""
    begin(start, luck, state, record)
    looks = 0
    for month in range(start.months):
        law, _, _ = run_months(start.fixed, policy, luck, state, record, month, month + 1, YEARLY)
        if law >= 0 or state.province[0].overflow:
            raise SystemExit(f"month {month}: law {law} is broken, or the pool ran out")
        looks += int(state.province[0].looking)
    return looks


def measure(zones: int, candidates: int, repeats: int) -> dict[str, object]:
    """Return what a province of a size costs: the median of some runs, loading and memory."""
    with tempfile.TemporaryDirectory() as folder:
        start, policy, decembers, load_s = province(zones, candidates, Path(folder))
    segments = start.fixed.segments
    luck = new_luck(segments=segments, zones=zones, months=start.months)
    state, record = new_state(start, luck), new_record(start, kept_months=decembers)

    def timed(run: Callable[[], object]) -> tuple[float, object]:
        began = time.process_time()
        draw_luck(luck, segments=segments, seed=SEED, replicate=0)
        found = run()
        return time.process_time() - began, found

    def whole() -> None:
        begin(start, luck, state, record)
        run_months(start.fixed, policy, luck, state, record, 0, start.months, YEARLY)

    luck = draw_luck(luck, segments=segments, seed=SEED, replicate=0)
    begin(start, luck, state, record)
    run_months(start.fixed, policy, luck, state, record, 0, 1, YEARLY)  # reads the compiled code
    counted_s, looks = timed(lambda: count_looks(start, policy, luck, state, record))
    runs_s = [timed(whole)[0] for _ in range(repeats)]
    last = record.province[-1]
    return {
        "zones": zones,
        "candidates_asked": candidates,
        "candidates": int(last.candidates),
        "licences": int(last.approvals),
        "looks": looks,
        "first_run_s": counted_s,
        "run_s": statistics.median(runs_s),
        "runs_s": runs_s,
        "load_s": load_s,
        "pool_rows": int(luck.offset[-1]),
        "cached_rows": len(luck.draws) - 1,
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*(int(word) for word in sys.argv[1:4]))) + "\n")
