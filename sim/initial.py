"""Month 0: a world and its parameters become the tables of a run.

`Start` holds what every run of a world and a parameter vector shares; sim/run.py copies it.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.initial_land import LandStart, land_start
from sim.phases.dossier import announced_for
from sim.rules import licensing, operators, revenue
from sim.schema import Levers, Office, Province, codes, columns_of, new_table
from sim.state import Fixed
from sim.sums import plain_sum
from sim.world import World

_LOGS = 1024  # length of the table of logarithms; larger numbers are computed


class Start(NamedTuple):
    """Month 0 of a world under a parameter vector: what all runs share."""

    fixed: Fixed
    zones: np.recarray
    land: LandStart
    tenants: np.recarray
    offices: np.recarray
    districts: np.recarray
    province: np.recarray
    sector_tenants: np.ndarray
    origin_tenants: np.ndarray
    months: int


def start_of(world: World, parameters: np.recarray) -> Start:
    """Return month 0 of a world under a parameter vector.

    Parameters
    ----------
    world : World
        A province.
    parameters : numpy.recarray
        One row of Parameters.

    Returns
    -------
    Start
        Tables to copy from; they are not to be written to.
    """
    p = parameters[0]
    tenants = _sitting_tenants(world, p)
    segments = world.segments.copy().view(np.recarray)
    segments.highest_rate = _highest_rates(world)
    fixed = Fixed(
        parameters=parameters,
        sectors=world.sectors,
        segments=segments,
        anchor_cars=world.anchor_cars,
        logs=np.array([math.log(1.0 + n) for n in range(_LOGS)]),
        start_month_of_year=world.calendar.start_month - 1,
        holiday_ends_month=math.ceil(
            (p.holiday_ends_year - world.calendar.start_year) * 12.0
            - (world.calendar.start_month - 1)
            - 1e-6
        ),
    )
    land = land_start(world, parameters)
    zones = _zones(world, tenants, p)
    _place_tranches(zones, land)
    zones.serviced_gross_ha = land.serviced_gross_ha
    zones.cleared_gross_ha = land.cleared_gross_ha
    sector_tenants = np.zeros((len(zones), len(world.sectors)), np.int64)
    origin_tenants = np.zeros((len(zones), 2), np.int64)
    np.add.at(sector_tenants, (tenants.zone, tenants.sector), 1)
    np.add.at(origin_tenants, (tenants.zone, tenants.origin), 1)
    return Start(
        fixed=fixed,
        zones=zones,
        land=land,
        tenants=tenants,
        offices=_offices(world, p),
        districts=_districts(world, p),
        province=_province(world, tenants, zones, p),
        sector_tenants=sector_tenants,
        origin_tenants=origin_tenants,
        months=world.calendar.months,
    )


def _place_tranches(zones: np.recarray, land: LandStart) -> None:
    """Tell every zone which tranches are its own."""
    owner = land.tranches.zone
    zones.tranches = np.bincount(owner, minlength=len(zones))
    first = np.searchsorted(owner, np.arange(len(zones)))
    zones.first_tranche = np.where(zones.tranches > 0, first, 0)


def _sitting_tenants(world: World, p: np.record) -> np.recarray:
    """Return the tenants of month 0, licensed and opened before it."""
    tenants = world.tenants.copy().view(np.recarray)
    tenants.stage = codes.OPERATING
    tenants.stage_month = -int(p.sitting_open_months)
    tenants.stage_end = codes.NEVER
    tenants.first_choice = tenants.zone
    tenants.licence_month = -int(p.sitting_licence_months)
    tenants.open_month = -int(p.sitting_open_months)
    tenants.licence_free_years = p.holiday_free_years
    tenants.licence_half_years = p.holiday_half_years
    tenants.arrival_time = -p.sitting_licence_months
    tenants.work_done_time = -1.0
    tenants.gone_month = codes.NOBODY
    tenants.idle_until = codes.NOBODY
    tenants.next_look = codes.NEVER
    return tenants


def _highest_rates(world: World) -> np.ndarray:
    """Return each segment's arrivals a month at the upper bounds of all that raises them."""
    high = {info.key: info.high for info in world.parameters}
    lever = columns_of(Levers)
    index = max(high["demand_index_first_year"], high["demand_index_second_year"], 1.0)
    promotion = lever["promotion_domestic"].hi ** high["promotion_elasticity"]
    tax = high["tax_semi_elasticity"] * high["tax_additionality"] * high["cit_rate"]
    years = world.calendar.months / 12.0
    trend = math.exp(max(0.0, high["demand_growth"]) * years + high["demand_cycle_bound"] + tax)
    top = high["candidates_per_year"] / 12.0 * index * lever["demand_index_foreign"].hi
    rates = top * promotion * trend * world.segments.share
    programme = lever["craft_village_programme"].hi / 12.0
    return np.where(world.segments.programme == 1, programme, rates)


def _zones(world: World, tenants: np.recarray, p: np.record) -> np.recarray:
    """Return the zones of month 0 but for their tranches."""
    zones = world.zones.copy().view(np.recarray)
    later = zones.operator_from > 0
    zones.operator[later] = codes.NO_OPERATOR
    zones.operator_month = np.where(zones.operator == codes.NO_OPERATOR, codes.NOBODY, 0)
    zones.price_usd_m2_term = zones.start_price_usd_m2_term
    zones.quality_connected = -1.0  # readiness is to be set before anyone looks
    zones.log_km_expressway = [math.log(1.0 + km) for km in zones.km_expressway.tolist()]
    zones.log_km_port = [math.log(1.0 + km) for km in zones.km_port.tolist()]
    zones.good = p.reputation_start_good
    zones.bad = p.reputation_start_bad
    rate = world.sectors.wastewater_m3_ha_day[tenants.sector]
    load_m3_day = tenants.land_ha * rate
    zones.tenants = np.bincount(tenants.zone, minlength=len(zones))
    for name, amount in (
        ("leased_ha", tenants.land_ha),
        ("operating_ha", tenants.land_ha),
        ("load_m3_day", load_m3_day),
        ("committed_m3_day", load_m3_day),
        ("jobs", tenants.land_ha * tenants.workers_ha),
        ("capital_bn_vnd", tenants.land_ha * tenants.capital_bn_vnd_ha),
        ("high_tech_ha", tenants.land_ha * world.sectors.high_tech[tenants.sector]),
    ):
        zones[name] = np.bincount(tenants.zone, amount, minlength=len(zones))
    return zones


def _weights(world: World) -> np.ndarray:
    """Return the sectors' shares of all candidates, adding up to 1."""
    share = world.sectors.arrival_share
    weights: np.ndarray = share / plain_sum(share)
    return weights


def _offices(world: World, p: np.record) -> np.recarray:
    """Return the licensing offices, sized for the start year's mix of candidates."""
    hours = 0.0
    lived = 0.0
    for weight, sector in zip(_weights(world), world.sectors, strict=True):
        work = licensing.dossier_work(
            p.dossier_hours,
            p.dossier_hours_sigma,
            0.5 * p.dossier_hours_sigma,  # makes it the mean of the log-normal
            p.dossier_hours_land,
            sector.land_median_ha,
            licensing.environment_factor(
                sector.pollution, p.pollution_threshold, p.environment_hours_factor, 1.0
            ),
        )
        hours += weight * work
        lived += weight * announced_for(p, sector, sector.land_median_ha, 1.0)
    offices = new_table(Office, 2)
    sizes = (
        (p.dossiers_year_parks, p.office_load_parks),
        (p.dossiers_year_clusters, p.office_load_clusters),
    )
    for kind, (dossiers, load) in enumerate(sizes):
        offices[kind].capacity_hours_month = licensing.office_capacity(
            dossiers, hours, p.rework_hours_share, p.rework_probability, load
        )
        offices[kind].lived_months = lived
    return offices


def _districts(world: World, p: np.record) -> np.recarray:
    """Return the districts of month 0."""
    districts = world.districts.copy().view(np.recarray)
    districts.supply = districts.population * p.labour_participation
    districts.wage = 1.0
    districts.log_wage = 0.0
    return districts


def _province(world: World, tenants: np.recarray, zones: np.recarray, p: np.record) -> np.recarray:
    """Return the province's row of month 0."""
    province = new_table(Province, 1)
    row = province[0]
    row.investors = len(tenants)
    row.settled = len(tenants)
    weights = _weights(world)
    row.mean_wastewater_m3_ha_day = plain_sum(weights * world.sectors.wastewater_m3_ha_day)
    payers = tenants.anchor == 0
    yearly = world.sectors.budget_bn_vnd_ha_year[tenants.sector] * tenants.land_ha * payers
    in_cluster = zones.kind[tenants.zone] == codes.CLUSTER
    paid_by_clusters = plain_sum(yearly[in_cluster])
    row.cluster_factor = 1.0
    if p.cluster_budget_bn_vnd > 0.0 and paid_by_clusters > 0.0:
        row.cluster_factor = p.cluster_budget_bn_vnd / paid_by_clusters
    price = operators.bn_vnd_per_ha(1.0, p.exchange_rate) * zones.price_usd_m2_term[tenants.zone]
    rent = 12.0 * revenue.land_rent(1.0, p.land_table_share, p.land_rent_share, 1.0)
    rents = plain_sum(price * tenants.land_ha * payers) * rent
    row.revenue_last_year_bn_vnd = (
        plain_sum(yearly[~in_cluster]) + paid_by_clusters * row.cluster_factor + rents
    )
    return province
