"""What became of everyone in a run: who holds land, who waits, who is gone and why.

Land is counted in whole grains (experiments/sample.py), so that parts add up to totals exactly.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from experiments.sample import grains
from sim.schema import codes
from sim.state import State

LEASED: Final = "leased"
ABSENT: Final = "absent"
FATES: Final = (LEASED, *codes.REASONS[1:], "waiting", "applied", "looking", ABSENT)
_WAITING, _APPLIED, _LOOKING = (FATES.index(key) for key in ("waiting", "applied", "looking"))
_NUMBERS: Final = 2**40  # more than a segment has; segments and numbers share one key


class Fates(NamedTuple):
    """Everyone of a run, sorted by `key`; arrays of shape (N,)."""

    key: np.ndarray  # the same investor has the same key in every run of a replicate, int64
    fate: np.ndarray  # place in FATES
    zone: np.ndarray  # where it holds land or applied, -1: nowhere
    first_choice: np.ndarray  # at its last look, -1: none
    land: np.ndarray  # it wants or holds [grains], int64
    sitting: np.ndarray  # bool

    @property
    def leased(self) -> np.ndarray:
        """Land it has leased [grains], shape (N,)."""
        return np.where(self.fate == FATES.index(LEASED), self.land, 0)


def fates_of(state: State) -> Fates:
    """Return what became of everyone by now."""
    rows = state.investors[: int(state.province[0].investors)]
    sitting = rows["sitting"] == 1
    own = rows["segment"] * _NUMBERS + rows["number"]
    key = np.where(sitting, -1 - np.arange(len(rows)), own)
    stage = rows["stage"]
    fate = np.zeros(len(rows), np.int64)  # leased
    fate[stage == codes.GONE] = rows["reason"][stage == codes.GONE]  # REASONS[k] is FATES[k]
    for code, place in (
        (codes.WAITING, _WAITING),
        (codes.APPLIED, _APPLIED),
        (codes.LOOKING, _LOOKING),
    ):
        fate[stage == code] = place
    land = grains(rows["land_ha"])
    order = np.argsort(key, kind="mergesort")
    columns = (key, fate, rows["zone"], rows["first_choice"], land, sitting)
    return Fates(*(column[order] for column in columns))


class Both(NamedTuple):
    """Everyone who came in one of two runs, side by side; arrays of shape (N,)."""

    fate_a: np.ndarray  # place in FATES; absent where it did not come
    fate_b: np.ndarray
    leased_a: np.ndarray  # grains
    leased_b: np.ndarray


def side_by_side(a: Fates, b: Fates) -> Both:
    """Return two runs of a replicate, investor by investor."""
    keys = np.union1d(a.key, b.key)
    absent = FATES.index(ABSENT)
    fates = [_filled(keys, run.key, run.fate, absent) for run in (a, b)]
    land = [_filled(keys, run.key, run.leased, 0) for run in (a, b)]
    return Both(*fates, *land)


def _filled(keys: np.ndarray, known: np.ndarray, values: np.ndarray, otherwise: int) -> np.ndarray:
    result = np.full(len(keys), otherwise, np.int64)
    result[np.searchsorted(keys, known)] = values
    return result


class Moves(NamedTuple):
    """Where a difference of leased land comes from [grains]; the three parts add up to it."""

    gained: np.ndarray  # leased in B only, by fate in A, shape (len(FATES),)
    lost: np.ndarray  # leased in A only, by fate in B, not negative, shape (len(FATES),)
    grown: int  # leased in both: larger in B less larger in A

    @property
    def total(self) -> int:
        """Leased land of B less that of A."""
        return int(self.gained.sum() - self.lost.sum()) + self.grown


def moves(both: Both) -> Moves:
    """Return from which fates land was gained and to which it was lost."""
    leased = FATES.index(LEASED)
    in_a, in_b = both.fate_a == leased, both.fate_b == leased
    gained, lost = (np.zeros(len(FATES), np.int64) for _ in range(2))
    np.add.at(gained, both.fate_a[in_b & ~in_a], both.leased_b[in_b & ~in_a])
    np.add.at(lost, both.fate_b[in_a & ~in_b], both.leased_a[in_a & ~in_b])
    stayed = in_a & in_b
    return Moves(gained, lost, int((both.leased_b - both.leased_a)[stayed].sum()))
