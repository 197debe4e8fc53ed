"""From points to cases: the policy and parameters of every point and scenario, and their ids.

An id is a hash of everything a run depends on, however a study came to it; equal inputs have
equal ids, so that a study that grows finds the runs it has.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.provenance import folder_fingerprint
from experiments.province import Province
from experiments.study import AS_IN_SCENARIO, Factor, Study, columns_set, lever_part
from sim.batch import Case
from sim.compiled import fingerprint
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.scenario_values import LeverStep, settings
from sim.state import Policy
from sim.world import World, parameter_vector


class Bench(NamedTuple):
    """What all runs of a study share: prepared once, used for any of its points."""

    study: Study
    world: World
    inputs: bytes  # fingerprints of model and data
    parameters: np.recarray
    policies: tuple[Policy, ...]  # by scenario
    patches: dict[str, tuple[Policy | None, ...]]  # by categorical factor and value


def bench_of(study: Study, province: Province) -> Bench:
    """Return what all runs of a study share.

    Parameters
    ----------
    study : Study
        The study.
    province : Province
        Its province.
    """
    world = province.world
    inputs = f"{fingerprint()}|{folder_fingerprint(province.data)}".encode()
    return Bench(
        study=study,
        world=world,
        inputs=inputs,
        parameters=parameter_vector(world),
        policies=tuple(policy_table(scenario, world) for scenario in study.scenarios),
        patches={
            factor.name: tuple(
                _patch(factor, value, study.scenarios[0], world) for value in factor.values
            )
            for factor in study.factors
            if factor.lever and factor.kind == "categorical"
        },
    )


def _patch(factor: Factor, value: object, scenario: Scenario, world: World) -> Policy | None:
    """Return levers of which those of a factor have a value; None where it leaves them alone."""
    lever, _ = lever_part(factor.name)
    if value == AS_IN_SCENARIO or lever is None:
        return None
    given = list(value) if isinstance(value, tuple) else value
    step = LeverStep(lever.name, 0, settings(lever, given, factor.name, world, []))
    return policy_table(scenario._replace(steps=(step,)), world)


def case_of(bench: Bench, row: np.ndarray, scenario: int) -> Case:
    """Return what is run at a point in a scenario.

    Parameters
    ----------
    bench : Bench
        The study.
    row : ndarray, shape (factors,)
        The point.
    scenario : int
        Place in the scenarios of the study.
    """
    return Case(
        bench.study.names[scenario], policy_at(bench, row, scenario), parameters_at(bench, row)
    )


def parameters_at(bench: Bench, row: np.ndarray) -> np.recarray:
    """Return the parameters at a point."""
    table = bench.parameters.copy()
    for factor, number in zip(bench.study.factors, row.tolist(), strict=True):
        if not factor.lever:
            table[0][factor.name] = number
    return table


def policy_at(bench: Bench, row: np.ndarray, scenario: int) -> Policy:
    """Return the levers at a point in a scenario; tables that no factor moves are shared."""
    policy = bench.policies[scenario]
    name = bench.study.names[scenario]
    own = [False] * len(policy)
    for factor, number in zip(bench.study.factors, row.tolist(), strict=True):
        moves = factor.lever and factor.scenario in ("", name) and not math.isnan(number)
        if not moves:
            continue
        patch = None
        if factor.kind == "categorical":
            patch = bench.patches[factor.name][int(number)]
        for column in columns_set(factor.name):
            place = next(i for i, table in enumerate(policy) if column in (table.dtype.names or ()))
            if not own[place]:
                policy = policy._replace(**{policy._fields[place]: policy[place].copy()})
                own[place] = True
            value = number if patch is None else patch[place][column][factor.from_month :]
            policy[place][column][factor.from_month :] = value
    return policy


def case_ids(bench: Bench, values: np.ndarray) -> list[list[str]]:
    """Return the id of every point and scenario.

    Parameters
    ----------
    bench : Bench
        The study.
    values : ndarray, shape (points, factors)
        The points.

    Returns
    -------
    list of list of str
        Points by scenarios, each 16 hex digits.
    """
    known: dict[int, bytes] = {}
    shared = [table for policy in bench.policies for table in policy]
    return [
        [_case_id(bench, row, scenario, shared, known) for scenario in range(len(bench.policies))]
        for row in values
    ]


def _case_id(
    bench: Bench,
    row: np.ndarray,
    scenario: int,
    shared: Sequence[np.recarray],
    known: dict[int, bytes],
) -> str:
    digest = hashlib.blake2b(bench.inputs, digest_size=8)
    digest.update(parameters_at(bench, row).tobytes())
    for table in policy_at(bench, row, scenario):
        if any(table is other for other in shared):
            if id(table) not in known:
                known[id(table)] = _hash(table)
            digest.update(known[id(table)])
        else:
            digest.update(_hash(table))
    return digest.hexdigest()


def _hash(table: np.recarray) -> bytes:
    return hashlib.blake2b(table.tobytes(), digest_size=16).digest()


def run_id(case_id: str, seed: int, replicate: int) -> str:
    """Return the id of a run: 16 hex digits that depend on all its inputs.

    Examples
    --------
    >>> run_id("00" * 8, 1, 2) == run_id("00" * 8, 1, 2) != run_id("00" * 8, 1, 3)
    True
    """
    return hashlib.blake2b(f"{case_id}|{seed}|{replicate}".encode(), digest_size=8).hexdigest()
