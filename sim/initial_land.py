"""Month 0 of the land account: tranches and household blocks of every zone."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.rules import funding
from sim.schema import Tranche, codes, new_table
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
    p = parameters[0]
    rows: list[tuple[int, int, float, float, int]] = []  # zone, order, gross, leasable, stage
    serviced_gross = np.zeros(len(world.zones))
    for z, zone in enumerate(world.zones):
        served = zone.serviced_ha / zone.leasable_ha
        serviced_gross[z] = zone.gross_ha * served
        order = 0
        if zone.serviced_ha > 0.0:
            rows.append((z, order, serviced_gross[z], zone.serviced_ha, codes.SERVICED))
            order = 1
        gross = zone.gross_ha - serviced_gross[z]
        size = funding.by_kind(zone.kind, p.tranche_gross_park_ha, p.tranche_gross_cluster_ha)
        count = tranche_count(gross, size, p.tranche_min_ha)
        for n in range(count):
            begun = n == 0 and zone.serviced_ha > 0.0 and world.cleared_share_start[z] > 0.0
            stage = codes.IN_PROGRESS if begun else codes.PLANNED
            leasable = (zone.leasable_ha - zone.serviced_ha) / count
            rows.append((z, order + n, gross / count, leasable, stage))
    return _fill(world, p, rows, serviced_gross)


def _fill(
    world: World,
    p: np.record,
    rows: list[tuple[int, int, float, float, int]],
    serviced_gross: np.ndarray,
) -> LandStart:
    """Return the tables of the tranches listed in `rows`."""
    tranches = new_table(Tranche, len(rows))
    works_share = np.zeros(len(rows))
    cleared_gross = serviced_gross.copy()
    cleared: list[int] = []
    for k, (z, order, gross, leasable, stage) in enumerate(rows):
        tranche = tranches[k]
        kind = world.zones[z].kind
        tranche.zone, tranche.order, tranche.stage = z, order, stage
        tranche.gross_ha, tranche.leasable_ha = gross, leasable
        tranche.first_block = len(cleared)
        tranche.blocks = max(1, math.floor(gross / p.block_gross_ha + 0.5))
        tranche.start_month = codes.NEVER if stage == codes.PLANNED else 0
        tranche.open_month = 0 if stage == codes.SERVICED else codes.NEVER
        if stage == codes.SERVICED:
            tranche.blocks_cleared = tranche.blocks
            tranche.plant_built = 1
        elif stage == codes.IN_PROGRESS:
            share = world.cleared_share_start[z]
            tranche.blocks_cleared = math.floor(share * tranche.blocks + 0.5)
            works_share[k] = world.works_spent_share_start[z]
            cleared_gross[z] += gross / tranche.blocks * tranche.blocks_cleared
            unit = funding.by_kind(
                kind, p.clearance_cost_park_bn_vnd_ha, p.clearance_cost_cluster_bn_vnd_ha
            )
            tranche.compensation_bn_vnd = gross * unit
        already = int(tranche.blocks_cleared)
        cleared += [1] * already + [0] * (int(tranche.blocks) - already)
    return LandStart(
        tranches=tranches,
        works_share=works_share,
        cleared=np.array(cleared, dtype=np.int64),
        serviced_gross_ha=serviced_gross,
        cleared_gross_ha=cleared_gross,
    )
