"""Run runs of a result again: the failed ones, to keep what comes of it, or one alone, to see it.

Not for finished runs: experiments/sweeps/reproduction.py.
"""

from __future__ import annotations

from pathlib import Path

from experiments.sweeps import manifest as manifests
from experiments.sweeps import parts as files
from experiments.sweeps.cases import bench_of, run_id
from experiments.sweeps.chunk import run_chunk
from experiments.sweeps.chunks import work_of
from experiments.sweeps.how import How, opened
from experiments.sweeps.lock import locked
from experiments.sweeps.sweeping import job_of, run_missing
from sim.errors import StoreError

Row = dict[str, int | float | str | None]


def replay(folder: Path, wanted: str) -> Row:
    """Run one run of a result alone, change nothing, and return what comes of it.

    Parameters
    ----------
    folder : Path
        The result.
    wanted : str
        Id of the run.

    Raises
    ------
    StoreError
        If it is no result of this model, or has no such run.
    """
    manifest = manifests.read_manifest(folder)
    province, study = manifests.province_of(manifest), manifest.study
    manifests.check_model(folder, manifest, province)
    points = manifests.read_points(folder, manifest)
    for point, ids in enumerate(points.ids):
        for scenario, case in enumerate(ids):
            for replicate in range(study.replicates):
                if run_id(case, study.seed, replicate) == wanted:
                    work = work_of(points, [(point, scenario)], [replicate])
                    row = run_chunk(bench_of(study, province), work)["runs"].to_pylist()[0]
                    undefined = (key for key, value in row.items() if value != value)
                    return {**row, **dict.fromkeys(undefined)}
    raise StoreError(f"{folder}: no run {wanted!r}. Ids are in the column run_id of its runs.")


def retry_in(folder: Path, how: How = How()) -> int:  # noqa: B008
    """Run the failed and missing runs of a result again; return how many had failed.

    Raises
    ------
    StoreError
        If it is no result, or model or data are not those of its runs.
    """
    manifest = manifests.read_manifest(folder)
    province = manifests.province_of(manifest)
    with opened(how) as ready, locked(folder):
        manifests.check_model(folder, manifest, province)
        points = manifests.read_points(folder, manifest)
        failing = [p for p in files.find_parts(folder).parts if "failures" in p.files]
        failed: int = sum(files.read_whole(part.files["failures"]).num_rows for part in failing)
        for part in failing:
            files.drop([part.files["runs"], *part.files.values()])
        run_missing(job_of(folder, bench_of(manifest.study, province), points), ready)
    return failed
