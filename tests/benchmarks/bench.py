"""Measure the engine, side by side with the classic Mesa program, as ratios in one run.

`make bench` writes results/bench.json; docs/PERFORMANCE.md explains the figures. `--small` takes a
hundredth of the study, to see that everything runs. Nothing here is asserted: machines are noisy.
"""

import argparse
import functools
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mesa
import numba
import numpy as np

from sim.batch import Case, run_many
from sim.compiled import fingerprint
from sim.initial import start_of
from sim.luck import draw_luck, new_luck
from sim.model import ZoneModel
from sim.policy import policy_table
from sim.room import new_record, new_state
from sim.run import YEARLY, begin, run_months
from sim.scenario import list_scenarios, load_scenario
from sim.state import Policy
from sim.world import World, load_world, parameter_vector, world_path
from tests.docking.classic_mesa import ClassicModel

OUT = Path("results/bench.json")
SEED = 1
COLD = "from experiments import run; run('baseline', replicates=2)"


@functools.cache
def province() -> World:
    """Return Ninh Bình, loaded once a process."""
    return load_world(world_path("ninh_binh"))


@functools.cache
def policy(name: str) -> Policy:
    """Return a scenario's levers, built once a process."""
    return policy_table(load_scenario(name, world_path("ninh_binh").parent, province()), province())


def event_hash(events) -> str:
    """Return the digest of an event log: rows of month, investor, zone, event, detail."""
    rows = np.array([tuple(event) for event in events], dtype=np.int64)
    return hashlib.blake2b(rows.tobytes(), digest_size=16).hexdigest()


class Studied(ClassicModel):
    """The classic program as Mesa's batch_run wants it: built from names, with a collector."""

    def __init__(self, scenario: str, replicate: int):
        super().__init__(province(), policy(scenario), seed=SEED, replicate=replicate)
        self.event_hash = ""
        self.datacollector = mesa.DataCollector(
            model_reporters={"events": lambda model: model.event_hash}
        )

    def step(self) -> None:
        """Run a month and collect; at the end sum the events up and stop."""
        super().step()
        if self.month + 1 == province().calendar.months:
            self.event_hash = event_hash(self.events)
            self.running = False
        self.datacollector.collect(self)


def mesa_study(names: list[str], replicates: int) -> tuple[float, dict[tuple[str, int], str]]:
    """Return the seconds and the event hashes of a study under Mesa's batch_run, two processes."""
    began = time.perf_counter()
    rows = mesa.batch_run(
        Studied,
        parameters={"scenario": names, "replicate": list(range(replicates))},
        number_processes=2,
        max_steps=province().calendar.months,
        display_progress=False,
    )
    seconds = time.perf_counter() - began
    return seconds, {(row["scenario"], row["replicate"]): row["events"] for row in rows}


def engine_study(names: list[str], replicates: int, threads: int = 2) -> float:
    """Return the seconds of a study through the batch door."""
    cases = [Case(name, policy(name)) for name in names]
    began = time.perf_counter()
    run_many(province(), cases, replicates=range(replicates), seed=SEED, threads=threads)
    return time.perf_counter() - began


def room():
    """Return month 0 and the arrays of one run of Ninh Bình."""
    start = start_of(province(), parameter_vector(province()))
    segments = start.fixed.segments
    luck = new_luck(segments=segments, zones=len(start.zones), months=start.months)
    return start, draw_luck(luck, segments=segments, seed=SEED, replicate=0)


def engine_hashes(names: list[str], replicates: int) -> dict[tuple[str, int], str]:
    """Return the event hashes of a study through the engine."""
    start, luck = room()
    state, record = new_state(start, luck), new_record(start, events=100_000)
    found = {}
    for replicate in range(replicates):
        luck = draw_luck(luck, segments=start.fixed.segments, seed=SEED, replicate=replicate)
        for name in names:
            begin(start, luck, state, record)
            run_months(start.fixed, policy(name), luck, state, record, 0, start.months, YEARLY)
            found[name, replicate] = event_hash(record.events[: record.event_count[0]].tolist())
    return found


def cpu_seconds(work, times: int) -> list[float]:
    """Return the processor time of a piece of work, several times."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return found


@numba.njit(error_model="numpy")
def floor_loop(looks, common, gumbel, known, taste, own):
    """Only weigh zones and take the best, for as many candidate-zone pairs as a run has."""
    chosen = 0
    for i in range(looks):
        row = i % gumbel.shape[0]
        best = 2.5
        for z in range(common.shape[1]):
            if known[row, z] < 0.7:
                value = 0.6 * gumbel[row, z] + taste[row] + common[i % common.shape[0], z] + own[z]
                if value > best:
                    best = value
                    chosen = chosen + z
    return chosen


def single_runs(times: int) -> dict[str, object]:
    """Return what one run costs: engine, floor, Mesa door, classic program; and the pairs."""
    start, luck = room()
    state, base = new_state(start, luck), policy("baseline")
    record = new_record(start, kept_months=province().calendar.december_indices)  # as in batches

    def engine():
        begin(start, luck, state, record)
        run_months(start.fixed, base, luck, state, record, 0, start.months, YEARLY)

    def door():
        ZoneModel(province(), base, seed=SEED).run()

    engine()
    looks = int(record.province[-1].candidates + record.province[-1].land_wait_months / 3.0)
    draws = np.random.default_rng(0).normal(size=(5, 1000, len(start.zones)))
    arguments = (looks, draws[0], draws[1], draws[2], draws[3, :, 0], draws[4, 0])
    floor_loop(*arguments)
    door()
    return {
        "pairs": looks * len(start.zones),
        "engine_s": cpu_seconds(engine, times),
        "floor_s": cpu_seconds(lambda: floor_loop(*arguments), times),
        "mesa_door_s": cpu_seconds(door, max(3, times // 4)),
        "classic_s": cpu_seconds(
            lambda: ClassicModel(province(), base, seed=SEED, replicate=0).run(), 3
        ),
    }


def seconds_of(code: str, **environment: str) -> float:
    """Return how long a fresh Python takes for a piece of code."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, check=True)
    return time.perf_counter() - began


def cold_start() -> float:
    """Return how long the first command takes where nothing is compiled yet."""
    with tempfile.TemporaryDirectory() as empty:
        return seconds_of(COLD, ZONESIM_CACHE_DIR=empty)


def interpreted_runs() -> tuple[float, float]:
    """Return seconds of three runs of the tiny province, compiled and interpreted."""
    code = (
        "import time\n"
        "from sim.batch import Case, run_many\nfrom sim.policy import policy_table\n"
        "from sim.scenario import load_scenario\nfrom sim.world import load_world, world_path\n"
        "w = load_world(world_path('tiny'))\n"
        "s = load_scenario('baseline', world_path('tiny').parent, w)\n"
        "c = [Case('b', policy_table(s, w))]\n"
        "run_many(w, c, replicates=range(1), seed=1, threads=1)\n"
        "t = time.process_time()\n"
        "run_many(w, c, replicates=range(3), seed=1, threads=1)\n"
        "print(time.process_time() - t)\n"
    )
    found = []
    for flag in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "ZONESIM_INTERPRETED": flag},
            check=True,
            capture_output=True,
            text=True,
        )
        found.append(float(done.stdout))
    return found[0], found[1]


def main() -> None:
    """Measure everything, print the ratios and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a hundredth of the study")
    small = parser.parse_args().small
    names = [n for n in list_scenarios(world_path("ninh_binh").parent) if "without" not in n]
    names = names[:2] if small else names[:20]
    replicates, many, times = (2, 2, 5) if small else (20, 200, 40)
    engine_study(names[:1], 1)
    mesa_s, twin_hashes = mesa_study(names, replicates)
    engine_s = engine_study(names, replicates)
    single_s, _ = mesa_study(["baseline"], many)
    engine_single_s = engine_study(["baseline"], many)
    one = single_runs(times)
    compiled_s, interpreted_s = interpreted_runs()
    found = {
        "throughput_vs_mesa_batch_run": mesa_s / engine_s,
        "throughput_vs_mesa_batch_run_one_scenario": single_s / engine_single_s,
        "event_logs_alike": twin_hashes == engine_hashes(names, replicates),
        "runs": {"study": len(names) * replicates, "one_scenario": many},
        "seconds": {
            "mesa_study": mesa_s,
            "engine_study": engine_s,
            "mesa_one_scenario": single_s,
            "engine_one_scenario": engine_single_s,
        },
        "floor_ratio": min(one["engine_s"]) / min(one["floor_s"]),
        "mesa_door_vs_classic": min(one["classic_s"]) / min(one["mesa_door_s"]),
        "engine_vs_classic_one_run": min(one["classic_s"]) / min(one["engine_s"]),
        "one_run": one,
        "compiled_vs_interpreted_tiny": interpreted_s / compiled_s,
        "two_threads_vs_one": engine_study(names, replicates, 1) / engine_study(names, replicates),
        "warm_start_s": seconds_of(COLD),
        "cold_start_s": cold_start(),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0,
        "versions": {
            "python": platform.python_version(),
            "mesa": mesa.__version__,
            "numba": numba.__version__,
            "numpy": np.__version__,
            "model": fingerprint(),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        },
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    lines = [f"{key:44} {value:.4g}" for key, value in found.items() if isinstance(value, float)]
    sys.stdout.write("\n".join([*lines, f"event logs alike: {found['event_logs_alike']}"]) + "\n")


if __name__ == "__main__":
    main()
