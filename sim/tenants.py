"""Make up the sitting tenants of a zone from what is known: their number, land and usual sectors.

Not for candidates that arrive later (sim/phases). The same in every replicate and scenario.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim import shocks
from sim.schema import Investor, codes, new_table
from sim.sums import plain_sum

SITTING_SEED = 0  # of no study: sitting tenants are part of the world
SITTING_SEGMENT = "sitting"


class KnownTenant(NamedTuple):
    """A tenant known by name; land and capital are NaN where they are not known."""

    name: str
    sector: int
    origin: int
    land_ha: float
    capital_bn_vnd: float
    jobs: float  # NaN: by its sector
    anchor: int


class SittingZone(NamedTuple):
    """What is known of the tenants of one zone at the start."""

    id: str
    row: int
    key: int
    tenants: int
    leased_ha: float
    mix: tuple[float, ...]  # shares of leased land by sector
    known: tuple[KnownTenant, ...]  # anchors first


def tenant_numbers(tenants: int, mix: Sequence[float], mean_land_ha: Sequence[float]) -> list[int]:
    """Return the number of tenants of each sector, by the largest remainder.

    Parameters
    ----------
    tenants : int
        To be shared out.
    mix : sequence of float
        Shares of leased land by sector.
    mean_land_ha : sequence of float
        Mean plot by sector.

    Returns
    -------
    list of int
        Their sum is `tenants`; ties go to the lowest sector row.

    Examples
    --------
    >>> tenant_numbers(5, [0.5, 0.5, 0.0], [1.0, 4.0, 1.0])
    [4, 1, 0]
    """
    weights = [share / mean for share, mean in zip(mix, mean_land_ha, strict=True)]
    total = plain_sum(weights)
    quotas = [tenants * weight / total for weight in weights]
    numbers = [math.floor(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda row: numbers[row] - quotas[row])
    for row in by_remainder[: tenants - sum(numbers)]:
        numbers[row] += 1
    return numbers


def sitting_tenants(
    zones: Sequence[SittingZone],
    sectors: np.recarray,
    sector_ids: Sequence[str],
    capital_sigma: float,
) -> tuple[np.recarray, tuple[str, ...]]:
    """Return the sitting tenants of all zones, and their names.

    Parameters
    ----------
    zones : sequence of SittingZone
        Those with tenants, in the order of their rows.
    sectors : recarray of Sector, shape (n_sectors,)
        What distinguishes the sectors.
    sector_ids : sequence of str
        Their ids: tenants of one zone are numbered in the order of these.
    capital_sigma : float
        Spread of capital per ha [log units].

    Returns
    -------
    recarray of Investor, shape (n_tenants,)
        By zone, then by number. Dates of licence and opening are left to the run.
    tuple of str
        Known names, or the zone's id and the number.
    """
    table = new_table(Investor, sum(zone.tenants for zone in zones))
    names = []
    row = 0
    for zone in zones:
        slots = _slots(zone, sectors, sector_ids)
        lands_ha = _lands_ha(zone, slots, sectors)
        for number, (tenant, land_ha) in enumerate(zip(slots, lands_ha, strict=True)):
            _fill(table[row], zone, number, tenant, land_ha)
            sector = sectors[tenant.sector]
            workers_ha = tenant.jobs / land_ha
            table[row].workers_ha = sector.workers_ha if math.isnan(tenant.jobs) else workers_ha
            luck = _normal(shocks.TENANT_CAPITAL, sector, zone, number)
            typical = float(sector.capital_bn_vnd_ha) * math.exp(capital_sigma * luck)
            known = tenant.capital_bn_vnd / land_ha
            table[row].capital_bn_vnd_ha = typical if math.isnan(known) else known
            names.append(tenant.name or f"{zone.id}/{number}")
            row += 1
    return table, tuple(names)


def mean_land_ha(sector: np.record) -> float:
    """Return the mean plot of a sector, of which the schema holds the median and the spread."""
    sigma = float(sector.land_sigma)
    return float(sector.land_median_ha) * math.exp(sigma * sigma / 2.0)


def _normal(purpose: int, sector: np.record, zone: SittingZone, number: int) -> float:
    return float(shocks.normal(SITTING_SEED, purpose, 0, int(sector.key), zone.key, number))


def _slots(zone: SittingZone, sectors: np.recarray, sector_ids: Sequence[str]) -> list[KnownTenant]:
    """Return the tenants of a zone in the order of their numbers, known ones in their places."""
    anchors = [tenant for tenant in zone.known if tenant.anchor]
    means = [mean_land_ha(sector) for sector in sectors]
    numbers = tenant_numbers(zone.tenants - len(anchors), zone.mix, means)
    slots = []
    for row in sorted(range(len(sector_ids)), key=lambda row: sector_ids[row]):
        foreign = math.floor(float(sectors[row].foreign_share) * numbers[row] + 0.5)
        for place in range(numbers[row]):
            origin = codes.FOREIGN if place < foreign else codes.DOMESTIC
            slots.append(KnownTenant("", row, origin, math.nan, math.nan, math.nan, 0))
    for tenant in zone.known:
        if not tenant.anchor:
            slots[_place(tenant, slots)] = tenant
    return anchors + slots


def _place(tenant: KnownTenant, slots: list[KnownTenant]) -> int:
    """Return the unnamed place a known tenant takes: of its sector and origin if there is one.

    Failing that of its sector, failing that the last of the sector with most unnamed places.
    """
    free = [i for i, slot in enumerate(slots) if not slot.name]
    same_sector = [i for i in free if slots[i].sector == tenant.sector]
    same_origin = [i for i in same_sector if slots[i].origin == tenant.origin]
    if same_sector:
        return (same_origin or same_sector)[0]
    by_sector: dict[int, list[int]] = {}
    for i in free:
        by_sector.setdefault(slots[i].sector, []).append(i)
    return max(by_sector.values(), key=len)[-1]


def _lands_ha(zone: SittingZone, slots: list[KnownTenant], sectors: np.recarray) -> list[float]:
    """Return the plots of a zone's tenants: those known, and the others scaled to the rest."""
    drawn_ha = []
    for number, tenant in enumerate(slots):
        sector = sectors[tenant.sector]
        luck = _normal(shocks.TENANT_LAND, sector, zone, number)
        drawn_ha.append(float(sector.land_median_ha) * math.exp(float(sector.land_sigma) * luck))
    known_ha = plain_sum(tenant.land_ha for tenant in slots if not math.isnan(tenant.land_ha))
    unknown_ha = plain_sum(
        land_ha
        for tenant, land_ha in zip(slots, drawn_ha, strict=True)
        if math.isnan(tenant.land_ha)
    )
    scale = (zone.leased_ha - known_ha) / unknown_ha if unknown_ha > 0.0 else 1.0
    return [
        land_ha * scale if math.isnan(tenant.land_ha) else tenant.land_ha
        for tenant, land_ha in zip(slots, drawn_ha, strict=True)
    ]


def _fill(
    investor: np.record, zone: SittingZone, number: int, tenant: KnownTenant, land_ha: float
) -> None:
    """Write who a sitting tenant is, where it sits and how much land it has."""
    investor.segment = codes.NOBODY
    investor.number = number
    investor.shock_segment = shocks.identity_key(SITTING_SEGMENT)
    investor.shock_zone = zone.key
    investor.slot = codes.NOBODY
    investor.sector = tenant.sector
    investor.origin = tenant.origin
    investor.sitting = 1
    investor.anchor = tenant.anchor
    investor.land_ha = land_ha
    investor.home_district = codes.NOBODY
    investor.stage = codes.OPERATING
    investor.zone = zone.row
    investor.first_choice = zone.row
    investor.gone_month = codes.NOBODY
