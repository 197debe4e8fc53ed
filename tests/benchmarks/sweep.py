"""Measure what keeping a study costs: overhead, memory, and reading one column of a million runs.

`python -m tests.benchmarks.sweep` prints the figures; `--runs 100000 --points 500` sets size and
shape of the sweep whose memory is measured. Nothing here is asserted: machines are noisy. Overhead
is told in processor time of one thread, which others on the machine disturb least.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

from experiments.result import open_result
from experiments.sweeps import chunk, sweeping
from experiments.sweeps.chunk import Work
from experiments.sweeps.columns import numbers, texts
from experiments.sweeps.how import How
from experiments.sweeps.study_files import Changes, load_study
from experiments.sweeps.sweeping import sweep_into
from sim.batch import run_many

STUDY = """
province = "{province}"
scenarios = ["baseline", "{other}"]
replicates = {replicates}
label = {{ en = "Benchmark", vi = "Đo hiệu năng" }}
question = {{ en = "How fast?", vi = "Nhanh thế nào?" }}
[factors]
beta_quality = {{ levels = {points} }}
"""
OTHER = {"tiny": "plan", "ninh_binh": "plan_175"}
POINTS = 25
MILLION = 1_000_000


def study(folder: Path, province: str, runs: int, points: int = POINTS) -> Path:
    """Write a study of so many runs: two scenarios, yearly paths of all headlines."""
    path = folder / "benchmark.toml"
    replicates = max(1, runs // (2 * points))
    text = STUDY.format(
        province=province, other=OTHER[province], replicates=replicates, points=points
    )
    path.write_text(text, encoding="utf-8")
    return path


def overhead(province: str, runs: int) -> dict[str, float]:
    """Return processor time of the engine and of everything else in a sweep on one thread."""
    engine = 0.0

    def timed(*arguments, **rest):
        nonlocal engine
        began = time.process_time()
        batch = run_many(*arguments, **rest)
        engine += time.process_time() - began
        return batch

    chunk.run_many = timed
    with tempfile.TemporaryDirectory() as folder:
        loaded = load_study(study(Path(folder), province, runs))
        sweep_into(loaded, Path(folder) / "warm", How(threads=1, chunk=50)) if runs < 1000 else None
        engine, began = 0.0, time.process_time()
        sweep_into(loaded, Path(folder) / "result", How(threads=1))
        total = time.process_time() - began
        size = sum(path.stat().st_size for path in Path(folder, "result").rglob("*"))
    chunk.run_many = run_many
    return {
        "runs": runs,
        "engine_s": round(engine, 2),
        "overhead_share": round(total / engine - 1.0, 3),
        "mb": round(size / 1e6, 1),
    }


def memory(province: str, runs: int, points: int) -> dict[str, float]:
    """Return the highest resident memory of `zonesim sweep`, and its time."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = study(Path(folder), province, runs, points), str(Path(folder) / "result")
        words = ["sweep", str(path), "--out", out, "--quiet"]
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "experiments.cli", *words])
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"zonesim {' '.join(words)} ended with {status}")
    return {"runs": runs, "peak_mib": round(used.ru_maxrss / 1024), "wall_s": round(seconds, 1)}


def made_up(bench, work: Work, *_) -> dict[str, pa.Table]:
    """Return tables of the right shape at once: noise instead of outcomes, no yearly paths."""
    noise = np.random.default_rng(work.points[0])
    keys = chunk._keys(bench, work)
    names = [f"{key}_{year}" for key in bench.study.outcomes for year in bench.study.years]
    outcomes = {name: numbers(noise.normal(1000.0, 100.0, work.runs)) for name in names}
    return {"runs": pa.table({**keys, "status": texts(["ok"] * work.runs), **outcomes})}


def one_column() -> dict[str, float]:
    """Return the seconds to open a result of a million runs and to read one column of it."""
    sweeping.run_chunk = made_up
    with tempfile.TemporaryDirectory() as folder:
        path = study(Path(folder), "ninh_binh", MILLION)
        sweep_into(load_study(path, Changes()), Path(folder) / "result")
        began = time.perf_counter()
        result = open_result(Path(folder) / "result")
        opened = time.perf_counter()
        table = result.runs(["occupancy_2030"])
        read = time.perf_counter()
        size = sum(path.stat().st_size for path in Path(folder, "result").rglob("*"))
    sweeping.run_chunk = chunk.run_chunk
    return {
        "rows": len(table),
        "mb": round(size / 1e6),
        "open_s": round(opened - began, 2),
        "read_s": round(read - opened, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000, help="of the sweep for memory")
    parser.add_argument("--province", choices=OTHER, default="ninh_binh")
    parser.add_argument("--points", type=int, default=POINTS, help="of that sweep, at most 1000")
    chosen = parser.parse_args()
    lines = {
        "cores": os.cpu_count(),
        "overhead": overhead(chosen.province, 10_000),
        "memory": memory(chosen.province, chosen.runs, chosen.points),
        "one column of a million runs": one_column(),
    }
    for name, found in lines.items():
        sys.stdout.write(f"{name}: {found}\n")


if __name__ == "__main__":
    main()
