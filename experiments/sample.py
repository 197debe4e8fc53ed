"""What is kept of many runs for an answer: outcomes, zones, districts, months; parts can be joined.

Runs are made in chunks, so that thousands of replicates fit in memory; each chunk is boiled down
to a `Sample` and the samples are joined.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from experiments.constraint import BOOK_COLUMNS, ZoneYear, binding_constraint
from experiments.measures import (
    LAND,
    Outcomes,
    land_account,
    measure,
    parameter,
    ratio,
    vacant_ha,
    yearly,
)
from experiments.outcomes import SCOPES, report_years
from sim.batch import Batch
from sim.schema import codes
from sim.world import World

ZONE_COLUMNS: Final = (
    *LAND,
    "jobs",
    "tenants",
    "waiting",
    "connected",
    "price_usd_m2_term",
    "capacity_m3_day",
    "load_m3_day",
    "unfinished_bn_vnd",
    "public_bn_vnd",
    "revenue_bn_vnd",
)
FATES: Final = ("came", "holds_land", "undecided", *(f"gone_{r}" for r in codes.REASONS[1:]))
_UNDECIDED: Final = (codes.LOOKING, codes.WAITING, codes.APPLIED)
GRAIN_HA: Final = 2.0**-32  # 0.002 mm2; an int64 holds sums up to 2e9 ha
DISTRICT_COLUMNS: Final = ("leased_ha", "jobs", "capital_bn_vnd", "wage")


class Sample(NamedTuple):
    """Results of runs by case (C) and replicate (R), ready for tables.

    Further axes: year (Y), year to report (P), month (T), zone (Z), district (D), sector (S).
    Sums over replicates are whole multiples of `GRAIN_HA`: exact, so that they do not depend on
    the parts in which runs were made.
    """

    replicates: tuple[int, ...]
    outcomes: Outcomes  # shape (C, R, Y)
    months: dict[str, np.ndarray]  # occupancy, serviced and leased land, shape (C, R, T)
    zones: dict[str, np.ndarray]  # shape (C, R, P, Z)
    districts: dict[str, np.ndarray]  # shape (C, R, P, D)
    constraints: np.ndarray  # int8, shape (C, R, Y, Z)
    booked_sum: np.ndarray  # int64, grains of ha-years, shape (C, Y, Z, 10)
    land_sum: np.ndarray  # int64, grains: serviced, vacant, on offer, leased; shape (C, Y, Z, 4)
    fates: np.ndarray  # candidates that met each of FATES, shape (C, R, S, len(FATES))


def sample_of(batch: Batch, fates: np.ndarray, world: World) -> Sample:
    """Return what an answer needs of a batch, and of its runs the fates of candidates."""
    places = [batch.years.index(year) for year in report_years(batch.years)]
    booked = np.diff(booked_ha(batch.zones), axis=2, prepend=0.0)
    zone = zone_year(batch.zones, world)
    parts = (zone.serviced_ha, zone.vacant_ha, zone.on_offer * 1.0, batch.zones.leased_ha)
    land = np.stack(parts, axis=-1)
    districts = batch.districts[:, :, places]
    return Sample(
        replicates=batch.replicates,
        outcomes=measure(batch, world),
        months=_months(batch, world),
        zones=_zones(batch, zone, places),
        districts={column: districts[column] for column in DISTRICT_COLUMNS},
        constraints=binding_constraint(booked, zone).astype(np.int8),
        booked_sum=grains(booked).sum(1),
        land_sum=grains(land).sum(1),
        fates=fates,
    )


def fate_counts(investors: np.ndarray, sectors: int) -> np.ndarray:
    """Return how many candidates of each sector met each fate, shape (sectors, len(FATES)).

    Parameters
    ----------
    investors : ndarray
        Rows of the investor table in use; tenants of the start are left out.
    sectors : int
        How many there are.
    """
    rows = investors[investors["sitting"] == 0]
    stages = np.zeros((sectors, len(codes.STAGES)))
    reasons = np.zeros((sectors, len(codes.REASONS)))
    np.add.at(stages, (rows["sector"], rows["stage"]), 1.0)
    gone = rows[rows["stage"] == codes.GONE]
    np.add.at(reasons, (gone["sector"], gone["reason"]), 1.0)
    undecided = stages[:, _UNDECIDED].sum(1)
    came = stages.sum(1)
    holds = came - undecided - stages[:, codes.GONE]
    return np.column_stack([came, holds, undecided, reasons[:, 1:]])


def grains(values: np.ndarray) -> np.ndarray:
    """Return land [ha] or money [bn VND] in whole grains, int64."""
    return np.rint(values / GRAIN_HA).astype(np.int64)


def join(samples: Sequence[Sample]) -> Sample:
    """Return the samples of several batches of the same cases as one."""
    first = samples[0]

    def side_by_side(tables: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
        return {key: np.concatenate([table[key] for table in tables], 1) for key in tables[0]}

    return Sample(
        replicates=tuple(number for sample in samples for number in sample.replicates),
        outcomes=side_by_side([sample.outcomes for sample in samples]),
        months=side_by_side([sample.months for sample in samples]),
        zones=side_by_side([sample.zones for sample in samples]),
        districts=side_by_side([sample.districts for sample in samples]),
        constraints=np.concatenate([sample.constraints for sample in samples], 1),
        booked_sum=sum((sample.booked_sum for sample in samples[1:]), first.booked_sum),
        land_sum=sum((sample.land_sum for sample in samples[1:]), first.land_sum),
        fates=np.concatenate([sample.fates for sample in samples], 1),
    )


def booked_ha(rows: np.recarray) -> np.ndarray:
    """Return the first-choice books of zone records since the start [ha-years], shape (..., 10)."""
    return np.stack([rows[column] for column in BOOK_COLUMNS], axis=-1)


def zone_year(rows: np.recarray, world: World) -> ZoneYear:
    """Return the land of zone records of shape (..., Z), as `binding_constraint` needs it."""
    taken = rows.reserved_ha + rows.leased_ha + rows.idle_ha
    begun = (rows.cleared_gross_ha > 0.0) | (rows.unfinished_bn_vnd > 0.0)
    return ZoneYear(
        leasable_ha=np.broadcast_to(world.zones.leasable_ha, rows.shape),
        serviced_ha=rows.serviced_ha,
        vacant_ha=vacant_ha(rows.serviced_ha, taken, parameter(world, "residual_share")),
        on_offer=(rows.operator != codes.NO_OPERATOR) & begun,
    )


def _months(batch: Batch, world: World) -> dict[str, np.ndarray]:
    account = land_account(batch.kinds, parameter(world, "residual_share"))
    return {
        f"{column}{scope}": account[f"{column}{scope}"]
        for column in ("occupancy", "serviced_ha", "leased_ha")
        for scope in SCOPES
    }


def _zones(batch: Batch, zone: ZoneYear, places: list[int]) -> dict[str, np.ndarray]:
    rows = batch.zones[:, :, places].view(np.recarray)
    table = {column: rows[column] * 1.0 for column in ZONE_COLUMNS}
    revenue = np.moveaxis(batch.zones.revenue_bn_vnd, 2, -1)
    table["revenue_bn_vnd"] = np.moveaxis(yearly(revenue), -1, 2)[:, :, places]
    table["vacant_ha"] = zone.vacant_ha[:, :, places]
    table["occupancy"] = ratio(rows.leased_ha, rows.serviced_ha)
    return table
