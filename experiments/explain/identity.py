"""Name investors so that the same one is found again under another policy.

Rows of the investor table depend on who else came; segment and number in it do not, because luck
belongs to identities (docs/MODEL.md).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.data_files import near_miss
from sim.errors import StudyError
from sim.schema import codes
from sim.state import State
from sim.world import World

_PROGRAMME: Final = "-programme"  # workshops that the craft-village programme leads into clusters


class Identity(NamedTuple):
    """A segment and a number in it."""

    segment: int
    number: int


def segment_names(world: World) -> tuple[str, ...]:
    """Return a name for every segment, such as ``electronics-foreign``."""
    names = []
    for row in world.segments:
        name = f"{world.sector_ids[row.sector]}-{codes.ORIGINS[row.origin]}"
        names.append(name + _PROGRAMME if row.programme else name)
    return tuple(names)


def investor_id(world: World, identity: Identity) -> str:
    """Return the name of an investor, such as ``electronics-foreign/12``."""
    return f"{segment_names(world)[identity.segment]}/{identity.number}"


def row_of(state: State, identity: Identity) -> int:
    """Return the row of an investor in a run, -1 where it did not come."""
    used = state.investors[: int(state.province[0].investors)]
    same = (used["segment"] == identity.segment) & (used["number"] == identity.number)
    rows = np.flatnonzero(same & (used["sitting"] == 0))
    return int(rows[0]) if len(rows) else -1


def find_investor(text: str, world: World, state: State, sitting: int) -> tuple[int, Identity]:
    """Return row and identity of the investor that a text means.

    Parameters
    ----------
    text : str
        A row of the run, or a name such as ``electronics-foreign/12``.
    world : World
        The province.
    state : State
        The tables at the end of the run.
    sitting : int
        Tenants of the start, who fill the first rows.

    Raises
    ------
    StudyError
        If there is none, or it was a tenant at the start and never looked.
    """
    used = int(state.province[0].investors)
    if text.isascii() and text.isdigit():
        row = int(text)
        if row >= used:
            raise StudyError(
                f"No investor {row} in this run: expected {sitting} to {used - 1}. Rows below "
                f"{sitting} are tenants of the start, who looked at no zone."
            )
        if row < sitting:
            raise StudyError(
                f"Investor {row}, {world.tenant_names[row]!r}, was a tenant at the start and "
                f"looked at no zone. Ask about {sitting} to {used - 1}."
            )
        return row, Identity(*(int(state.investors[row][key]) for key in Identity._fields))
    name, slash, number = text.rpartition("/")
    names = segment_names(world)
    meant = [g for g, known in enumerate(names) if name in (known, known.removesuffix(_PROGRAMME))]
    if not slash or not meant or not (number.isascii() and number.isdigit()):
        fix = near_miss(name or text, names)
        raise StudyError(
            f"No investor {text!r}: expected a row such as {sitting}, or a segment and a number "
            f"such as '{names[0]}/0'. {fix}".rstrip()
        )
    for identity in (Identity(segment, int(number)) for segment in meant):
        row = row_of(state, identity)
        if row >= 0:
            return row, identity
    raise StudyError(_absent(text, meant, state))


def _absent(text: str, segments: list[int], state: State) -> str:
    used = state.investors[: int(state.province[0].investors)]
    own = np.isin(used["segment"], segments) & (used["sitting"] == 0)
    there = sorted(used["number"][own].tolist())
    shown = ", ".join(map(str, there[:12])) + (", ..." if len(there) > 12 else "")
    came = f"Numbers that came: {shown}." if there else "Nobody of this segment came."
    return f"Investor {text!r} did not come in this run. {came}"
