"""The experiment harness of zonesim: `run` and `compare` for Python, the rest for the command line.

It imports the simulation; the simulation never imports it. What is slow to import is imported when
first used, so that ``zonesim --help`` is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from experiments.answer import Answer

__all__ = ["compare", "run"]


def compare(
    scenarios: Sequence[str | Path],
    *,
    province: str | Path = "ninh_binh",
    replicates: int = 200,
    seed: int = 1,
    first_replicate: int = 0,
    until: str | None = None,
    threads: int | None = None,
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
    AuditError
        If a run breaks a law of the model.
    """
    from experiments.runs import Plan, answer, prepare

    plan = Plan(province, replicates, seed, first_replicate, until, threads)
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
