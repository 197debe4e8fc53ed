"""The experiment harness of zonesim for Python: runs, comparisons, studies and their results.

It imports the simulation; the simulation never imports it. What is slow to import is imported when
first used, so that ``zonesim --help`` is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.sweeps.extras import need

if TYPE_CHECKING:
    from experiments.answer import Answer
    from experiments.insight.analysis import Analysis
    from experiments.result import Result
    from experiments.sweeps.reproduction import Reproduction
    from experiments.texts import Language

__all__ = ["analyse", "compare", "export", "open_result", "reproduce", "retry", "run", "sweep"]


def compare(
    scenarios: Sequence[str | Path],
    *,
    province: str | Path = "ninh_binh",
    replicates: int = 200,
    seed: int = 1,
    first_replicate: int = 0,
    until: str | None = None,
    threads: int | None = None,
    precision: Sequence[str] = (),
    at_most: int = 2000,
    progress: Callable[[int, int], None] | None = None,
) -> Answer:
    """Run scenarios under the same luck and return what tells them apart.

    Parameters
    ----------
    scenarios : sequence of str or Path
        Names or TOML files; the first is the base.
    province : str or Path
        Name, or folder with ``world/`` and scenarios.
    replicates, seed, first_replicate : int
        Which luck: replicates numbered from `first_replicate` on.
    until : str, optional
        Last month, such as "2027-12".
    threads : int, optional
        By default one a core; the answer does not depend on it.
    precision : sequence of str
        Such as "revenue_year_bn_vnd@2030=50": add replicates until the 95 % interval of every
        difference to the base reaches at most that far from its mean, instead of `replicates`.
    at_most : int
        With `precision`, never more replicates than this.
    progress : callable, optional
        Called with the runs done and the runs in all.

    Returns
    -------
    Answer
        DataFrames `levels`, `differences`, `increments`, `zones`, `constraints`, `districts`, ...

    Raises
    ------
    WorldError
        If the province or the horizon cannot be had.
    ScenarioError
        If a scenario cannot be read, or a number is out of range.
    StudyError
        If a precision cannot be read.
    AuditError
        If a run breaks a law of the model.
    """
    from experiments.runs import Plan, answer, prepare

    asked = tuple(precision), at_most
    plan = Plan(province, replicates, seed, first_replicate, until, threads, *asked)
    return answer(prepare(scenarios, plan), progress)


def run(
    scenario: str | Path,
    *,
    province: str | Path = "ninh_binh",
    replicates: int = 200,
    seed: int = 1,
    first_replicate: int = 0,
    until: str | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answer:
    """Run one scenario and return its outcomes with bands; parameters as in `compare`."""
    from experiments.runs import Plan, answer, prepare

    plan = Plan(province, replicates, seed, first_replicate, until, threads)
    return answer(prepare([scenario], plan), progress)


def sweep(
    study: str | Path,
    out: str | Path,
    *,
    replicates: int | None = None,
    points: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    chunk: int | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    precision: Sequence[str] = (),
    at_most: int = 2000,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Run a study into a folder and return its tables; the same call continues, a larger one grows.

    Parameters
    ----------
    study : str or Path
        Name of a study that comes with zonesim, or a TOML file.
    out : str or Path
        Folder: new, empty, or with an earlier result of the same study or a smaller one.
    replicates, points, seed : int, optional
        Instead of what the study says; points are base samples or trajectories in some designs.
    threads : int, optional
        By default one a core; tables do not depend on it.
    chunk : int, optional
        Runs kept together; by default as memory asks for. Tables do not depend on it.
    workers : int, optional
        Run in so many processes of this machine; a script needs ``if __name__ == "__main__"``.
    scheduler : str, optional
        Run on a Dask cluster: address of its scheduler.
    precision, at_most : sequence of str, int
        Add replicates until differences are this precise at every point, as in `compare`.
    progress : callable, optional
        Called with the runs done and the runs in all, from any thread, one call at a time.

    Returns
    -------
    Result
        Failed runs, if any, are in its `failures()`; what looks saw, in its `precision`.

    Raises
    ------
    StudyError
        With everything wrong with the study.
    StoreError
        If the folder holds something else, another model's runs, or cannot be written.
    """
    need("pyarrow")
    from experiments.result import open_result as opened
    from experiments.store import machine
    from experiments.sweeps.how import How
    from experiments.sweeps.study_files import Changes, load_study
    from experiments.sweeps.sweeping import sweep_into
    from experiments.sweeps.until import study_targets, sweep_until

    loaded, folder = load_study(study, Changes(replicates, points, seed)), Path(out)
    how = How(threads, chunk, progress, machine=machine("experiments.sweep"))
    how = how._replace(workers=workers, scheduler=scheduler)
    if not precision:
        sweep_into(loaded, folder, how)
        return opened(folder)
    targets = study_targets(loaded.study, precision, at_most)
    found = sweep_until(loaded, folder, targets, at_most, how)
    return opened(folder)._replace(precision=found)


def open_result(folder: str | Path) -> Result:
    """Return the tables of a finished sweep.

    Raises
    ------
    StoreError
        If it is no result, not finished, or a part is torn or edited.
    """
    need("pyarrow")
    from experiments.result import open_result as opened

    return opened(folder)


def retry(folder: str | Path, *, threads: int | None = None) -> Result:
    """Run the failed and missing runs of a result again; StoreError as in `sweep`."""
    need("pyarrow")
    from experiments.result import open_result as opened
    from experiments.sweeps.again import retry_in
    from experiments.sweeps.how import How

    retry_in(Path(folder), How(threads))
    return opened(folder)


def reproduce(
    folder: str | Path, *, threads: int | None = None, chunk: int | None = None
) -> Reproduction:
    """Make all runs of a result again from its manifest, compare to the byte, and say what differs.

    Raises
    ------
    StoreError
        If it is no finished result, or model or data are not those of its runs.
    """
    need("pyarrow")
    from experiments.sweeps.how import How
    from experiments.sweeps.reproduction import reproduce_in

    return reproduce_in(Path(folder), How(threads, chunk))


def analyse(
    result: str | Path | Result,
    *,
    outcomes: Sequence[str] = (),
    thresholds: Sequence[str] = (),
) -> Analysis:
    """Return what a result says: what matters, when a threshold is missed, regret.

    Parameters
    ----------
    result : str, Path or Result
        A result, or the folder that `sweep` wrote.
    outcomes : sequence of str
        What to explain, such as "occupancy@2030"; by default occupancy and revenue at the end.
    thresholds : sequence of str
        Such as "occupancy@2030<80%": in which futures that happens.

    Returns
    -------
    Analysis
        DataFrames in `tables`, by name.

    Raises
    ------
    StoreError
        If it is no result, not finished, or a part is torn or edited.
    StudyError
        If pyarrow is missing, or a question cannot be read or answered.
    """
    need("pyarrow")
    from experiments.insight.analysis import analyse as analyse_study
    from experiments.insight.questions import columns_of, questions_of
    from experiments.result import open_result as opened

    found = opened(result) if isinstance(result, str | Path) else result
    questions = questions_of(found.study, outcomes, thresholds)
    runs = found.runs(["status", *columns_of(questions)])
    return analyse_study(found.study, runs, found.points(), questions)


def export(
    result: Result, out: str | Path, *, table: str = "runs", lang: Language = "en"
) -> tuple[Path, ...]:
    """Write a table of a result as CSV or Excel, sorted by run, with units and sources.

    Parameters
    ----------
    result : Result
        A finished sweep.
    out : str or Path
        Ends in .csv or .xlsx.
    table : str
        runs, years, points, zones, events or failures.
    lang : {"en", "vi"}
        Language of what explains the columns.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    StoreError
        If there is no such table, it is too long for Excel, or the file cannot be written.
    """
    from experiments.sweeps.export import export_table
    from experiments.texts import load_texts

    return export_table(result, Path(out), table, load_texts(lang))
