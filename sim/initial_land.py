"""Month 0 of the land account: tranches and household blocks of every zone."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.rules.funding import by_kind
from sim.schema import Parameters, Tranche, Zone, codes, new_table
from sim.world import World


class LandStart(NamedTuple):
    """Tranches and blocks of month 0, before luck."""

    tranches: np.recarray  # Tranche, shape (K,)
    works_share: np.ndarray  # share of the works in place, shape (K,)
    cleared: np.ndarray  # 1 where a household block is cleared already, int64, shape (B,)
    serviced_gross_ha: np.ndarray  # shape (Z,)
    cleared_gross_ha: np.ndarray  # shape (Z,)


def tranche_count(gross_ha: float, size_gross_ha: float, smallest_ha: float) -> int:
    """Return into how many equal tranches an unserviced area is split.

    Parameters
    ----------
    gross_ha : float
        Unserviced gross area [ha].
    size_gross_ha : float
        Usual size of a tranche [gross ha].
    smallest_ha : float
        Area below which there is no tranche [gross ha].

    Returns
    -------
    int
        The nearest whole number of usual tranches, at least one; none under the smallest area.
    """
    if gross_ha < smallest_ha:
        return 0
    return max(1, math.floor(gross_ha / size_gross_ha + 0.5))


def land_start(world: World, parameters: np.recarray) -> LandStart:
    """Return the tranches and blocks of a world in month 0.

    Parameters
    ----------
    world : World
        A province.
    parameters : numpy.recarray
        One row of Parameters.

    Returns
    -------
    LandStart
        Finished tranches for serviced land, then the planned ones of each zone in order.
    """
    p = Parameters(*parameters[0].item())
    serviced_gross_ha = np.asarray(
        world.zones.gross_ha * (world.zones.serviced_ha / world.zones.leasable_ha)
    )
    rows = [
        row
        for z, serviced_ha in enumerate(serviced_gross_ha.tolist())
        for row in _rows_of_zone(z, serviced_ha, world, p)
    ]
    tranches = new_table(Tranche, len(rows))
    for name in _Row._fields:
        tranches[name] = [getattr(row, name) for row in rows]
    stage, blocks = tranches.stage, tranches.blocks
    tranches.first_block = np.cumsum(blocks) - blocks
    tranches.start_month = np.where(stage == codes.PLANNED, codes.NEVER, 0)
    tranches.open_month = np.where(stage == codes.SERVICED, 0, codes.NEVER)
    tranches.plant_built = stage == codes.SERVICED
    block = np.arange(blocks.sum()) - np.repeat(tranches.first_block, blocks)
    begun = stage == codes.IN_PROGRESS
    cleared_gross_ha = serviced_gross_ha.copy()
    cleared_gross_ha[tranches.zone[begun]] += (
        tranches.gross_ha[begun] / blocks[begun] * tranches.blocks_cleared[begun]
    )
    return LandStart(
        tranches=tranches,
        works_share=np.where(begun, world.works_spent_share_start[tranches.zone], 0.0),
        cleared=(block < np.repeat(tranches.blocks_cleared, blocks)).astype(np.int64),
        serviced_gross_ha=serviced_gross_ha,
        cleared_gross_ha=cleared_gross_ha,
    )


class _Row(NamedTuple):
    """What is known of a tranche of month 0 from its zone alone; columns of `Tranche`."""

    zone: int
    order: int
    gross_ha: float
    leasable_ha: float
    stage: int
    blocks: int
    blocks_cleared: int
    compensation_bn_vnd: float


def _rows_of_zone(z: int, serviced_gross_ha: float, world: World, p: Parameters) -> list[_Row]:
    """Return the tranches of a zone: serviced land first, then equal parts of the rest.

    Of a zone with serviced land the first of these may be begun (at most one a zone).
    """
    rows = []
    zone = Zone(*world.zones[z].item())
    if zone.serviced_ha > 0.0:
        blocks = _blocks(serviced_gross_ha, p)
        land = serviced_gross_ha, zone.serviced_ha
        rows.append(_Row(z, 0, *land, codes.SERVICED, blocks, blocks, 0.0))
    gross_ha = zone.gross_ha - serviced_gross_ha
    size_ha = by_kind(zone.kind, p.tranche_gross_park_ha, p.tranche_gross_cluster_ha)
    unit = by_kind(zone.kind, p.clearance_cost_park_bn_vnd_ha, p.clearance_cost_cluster_bn_vnd_ha)
    count = tranche_count(gross_ha, size_ha, p.tranche_min_ha)
    share = float(world.cleared_share_start[z])
    first = len(rows)
    for n in range(count):
        land = gross_ha / count, (zone.leasable_ha - zone.serviced_ha) / count
        blocks = _blocks(land[0], p)
        stage, cleared, compensation = codes.PLANNED, 0, 0.0
        if n == 0 and zone.serviced_ha > 0.0 and share > 0.0:
            stage, cleared = codes.IN_PROGRESS, math.floor(share * blocks + 0.5)
            compensation = land[0] * unit
        rows.append(_Row(z, first + n, *land, stage, blocks, cleared, compensation))
    return rows


def _blocks(gross_ha: float, p: Parameters) -> int:
    """Return how many household blocks an area holds."""
    return max(1, math.floor(gross_ha / p.block_gross_ha + 0.5))
