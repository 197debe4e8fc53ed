"""Build the tables of a province from the rows of its files, which have been checked.

Not for reading or checking (sim/world_files.py, sim/world_checks.py).
"""

from __future__ import annotations

import math

import numpy as np

from sim.calendar import Calendar
from sim.data_files import Row
from sim.schema import District, Sector, Segment, Zone, codes, columns_of, new_table
from sim.shocks import identity_key
from sim.tenants import KnownTenant, SittingZone, sitting_tenants
from sim.world_checks import is_placed, permitted_mix
from sim.world_files import WorldFiles

CRAFT_PROGRAMME = "craft-village-programme"


def zone_table(files: WorldFiles, calendar: Calendar) -> np.recarray:
    """Return the zones with what is fixed and what the start fixes; runs fill in the rest.

    Parameters
    ----------
    files : WorldFiles
        Without problems.
    calendar : Calendar
        Names the months.

    Returns
    -------
    recarray of Zone, shape (n_zones,)
        In the order of zones.csv. A zone whose developer comes later has no operator yet.
    """
    ids = [row.name for row in files.zones]
    districts = [row.name for row in files.districts]
    sector_ids = [row.name for row in files.sectors]
    table = new_table(Zone, len(ids))
    for zone, row in zip(table, files.zones, strict=True):
        zone.key = identity_key(row.name)
        zone.kind = codes.KINDS.index(row.text("kind"))
        zone.district = districts.index(row.text("district"))
        parent = row.text("parent")
        zone.parent = ids.index(parent) if parent else codes.NOBODY
        zone.permitted_sectors = _sector_bits(row, sector_ids)
        zone.operator_from = codes.NOBODY
        zone.operator = codes.OPERATORS.index(row.text("operator"))
        if row.text("operator_from"):
            zone.operator_from = max(0, calendar.month_index(row.text("operator_from")))
            if zone.operator_from > 0:
                zone.operator = codes.NO_OPERATOR
        for column in ("gross_ha", "leasable_ha", "km_expressway", "km_port"):
            zone[column] = row.number(column)
        for column in ("connected", "serviced_ha", "leased_ha", "capacity_m3_day"):
            zone[column] = row.number(f"{column}_start")
        zone.start_price_usd_m2_term = row.number("price_usd_m2_term")
        zone.price_usd_m2_term = row.number("price_usd_m2_term")
        zone.tenants = row.count("tenants_start")
    return table


def _sector_bits(row: Row, sector_ids: list[str]) -> int:
    """Return the sectors a zone may take as bits; an empty cell permits all."""
    permitted = set(row.words("permitted_sectors") or sector_ids)
    return sum(1 << bit for bit, name in enumerate(sector_ids) if name in permitted)


def sector_table(rows: list[Row]) -> np.recarray:
    """Return the sectors, in the order of sectors.csv.

    Parameters
    ----------
    rows : list of Row
        Of sectors.csv, without problems.

    Returns
    -------
    recarray of Sector, shape (n_sectors,)
        All columns filled in.
    """
    table = new_table(Sector, len(rows))
    for sector, row in zip(table, rows, strict=True):
        sector.key = identity_key(row.name)
        sector.high_tech = int(row.text("high_tech") == "yes")
        for column in columns_of(Sector):
            if column not in ("key", "high_tech"):
                sector[column] = row.number(column)
    return table


def sector_mix(rows: list[Row]) -> np.ndarray:
    """Return the shares of land leased at the start by kind of zone and sector, shape (2, S)."""
    return np.array([[row.number(f"mix_{kind}") for row in rows] for kind in codes.KINDS])


def segment_table(rows: list[Row], sectors: np.recarray) -> np.recarray:
    """Return the segments of candidates: sector by origin, and last the craft-village programme.

    Parameters
    ----------
    rows : list of Row
        Of sectors.csv.
    sectors : recarray of Sector, shape (n_sectors,)
        The table made of them.

    Returns
    -------
    recarray of Segment, shape (n_segments,)
        Segments without candidates are left out; highest_rate is 0.
    """
    parts: list[tuple[str, int, int, int, float]] = []
    for i, row in enumerate(rows):
        share, foreign = float(sectors[i].arrival_share), float(sectors[i].foreign_share)
        for origin, part in ((codes.DOMESTIC, 1.0 - foreign), (codes.FOREIGN, foreign)):
            if share * part > 0.0:
                name = f"{row.name}/{codes.ORIGINS[origin]}"
                parts.append((name, i, origin, 0, share * part))
    for i, row in enumerate(rows):
        if row.text("craft") == "yes":
            parts.append((CRAFT_PROGRAMME, i, codes.DOMESTIC, 1, 0.0))
    table = new_table(Segment, len(parts))
    for segment, (name, sector, origin, programme, share) in zip(table, parts, strict=True):
        segment.key = identity_key(name)
        segment.sector = sector
        segment.origin = origin
        segment.programme = programme
        segment.share = share
    return table


def tenant_table(
    files: WorldFiles, zones: np.recarray, sectors: np.recarray, capital_sigma: float
) -> tuple[np.recarray, tuple[str, ...]]:
    """Return the sitting tenants of all zones, and their names.

    Parameters
    ----------
    files : WorldFiles
        Without problems.
    zones : recarray of Zone, shape (n_zones,)
        Made of them.
    sectors : recarray of Sector, shape (n_sectors,)
        Made of them.
    capital_sigma : float
        Spread of capital per ha [log units].

    Returns
    -------
    recarray of Investor, shape (n_tenants,)
        By zone, then by number.
    tuple of str
        Their names.
    """
    sector_ids = [row.name for row in files.sectors]
    sitting = [
        SittingZone(
            id=row.name,
            row=i,
            key=int(zones[i].key),
            tenants=int(zones[i].tenants),
            leased_ha=float(zones[i].leased_ha),
            mix=tuple(permitted_mix(row, files.sectors)),
            known=tuple(_known_tenants(row.name, files, sector_ids)),
        )
        for i, row in enumerate(files.zones)
        if zones[i].tenants > 0
    ]
    return sitting_tenants(sitting, sectors, sector_ids, capital_sigma)


def _known_tenants(zone_id: str, files: WorldFiles, sector_ids: list[str]) -> list[KnownTenant]:
    """Return the anchor plants of a zone, then its tenants known by name."""
    anchors = [
        KnownTenant(
            name=plant.name,
            sector=sector_ids.index(plant.sector),
            origin=codes.ORIGINS.index(plant.origin),
            land_ha=plant.land_ha,
            capital_bn_vnd=plant.capital_bn_vnd,
            jobs=plant.jobs,
            anchor=1,
        )
        for plant in files.settings.anchors
        if plant.zone == zone_id
    ]
    named = [
        KnownTenant(
            name=row.name,
            sector=sector_ids.index(row.text("sector_id")),
            origin=codes.ORIGINS.index(row.text("origin")),
            land_ha=row.number("land_ha"),
            capital_bn_vnd=row.number("capital_bn_vnd"),
            jobs=math.nan,
            anchor=0,
        )
        for row in files.known_tenants
        if is_placed(row, zone_id)
    ]
    return anchors + named


def district_table(rows: list[Row]) -> np.recarray:
    """Return the districts with their people, in the order of districts.csv."""
    table = new_table(District, len(rows))
    for district, row in zip(table, rows, strict=True):
        district.population = row.number("population")
    return table


def monthly_cars(files: WorldFiles, calendar: Calendar) -> np.ndarray:
    """Return the cars that all anchor plants make in each month, zeros without anchor plants."""
    by_year = {row.count("year"): row.number("cars") for row in files.anchor_plants}
    years = [calendar.year(month) for month in range(calendar.months)]
    return np.array([by_year.get(year, 0.0) / 12.0 for year in years])
