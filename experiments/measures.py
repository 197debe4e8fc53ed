"""Outcomes of many runs, from what they wrote down: arrays by case, replicate and year.

Not for what the outcomes are called or which way is better (experiments/outcomes.py). Running
totals "since the start" become flows by differences of Decembers. Anchor plants are apart: they
are in no revenue but their own, and left out of the land-saving ratios.
"""

from typing import Final, NamedTuple

import numpy as np

from sim.batch import Batch
from sim.schema import codes
from sim.world import World

Outcomes = dict[str, np.ndarray]  # each of shape (C, R, Y)
LAND: Final = ("serviced_ha", "reserved_ha", "leased_ha", "idle_ha", "operating_ha")
GONE: Final = codes.REASONS[1:]
PURPOSES: Final = ("clearance", "connection", "works", "plant", "cofinance", "support")


class Anchors(NamedTuple):
    """What the anchor plants hold, at any time."""

    land_ha: float
    capital_bn_vnd: float
    plants: int


def anchors_of(world: World) -> Anchors:
    """Return land, capital and number of the anchor plants, which neither grow nor close."""
    rows = world.tenants[world.tenants.anchor == 1]
    capital = float((rows.land_ha * rows.capital_bn_vnd_ha).sum())
    return Anchors(float(rows.land_ha.sum()), capital, len(rows))


def parameter(world: World, key: str) -> float:
    """Return the province's value of a parameter."""
    return next(info.value for info in world.parameters if info.key == key)


def measure(batch: Batch, world: World) -> Outcomes:
    """Return every outcome of every run at the end of every year.

    Parameters
    ----------
    batch : Batch
        The runs.
    world : World
        Their province.

    Returns
    -------
    dict of str to ndarray, shape (C, R, Y)
        By key of `OUTCOMES`; NaN where an outcome is not defined, such as the waiting time of a
        year without licences.
    """
    ends = list(world.calendar.december_indices)
    kinds = batch.kinds[:, :, ends].view(np.recarray)
    province = batch.province[:, :, ends].view(np.recarray)
    money = _money(kinds, province, world)
    return {
        **_land(kinds, world),
        **money,
        **_present_value(batch, world, ends),
        **_investors(province),
        **_ratios(kinds, money, anchors_of(world)),
        "balance_index": balance_index(batch.districts.leased_ha, world.districts.population),
    }


def yearly(total: np.ndarray) -> np.ndarray:
    """Return what a running total, December by December, gained in each year."""
    return np.diff(total, axis=-1, prepend=0.0)


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return part / whole, NaN where the whole is nothing."""
    result = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=result, where=np.asarray(whole > 0.0))
    return result


def vacant_ha(serviced_ha: np.ndarray, taken_ha: np.ndarray, residual_share: float) -> np.ndarray:
    """Return the land that could be let at once [ha].

    Parameters
    ----------
    serviced_ha : ndarray
        Serviced leasable land [ha].
    taken_ha : ndarray
        Reserved, leased or idle land [ha].
    residual_share : float
        Share of serviced land that is never let [0..1].
    """
    return np.asarray(np.maximum(0.0, serviced_ha * (1.0 - residual_share) - taken_ha))


def balance_index(leased_ha: np.ndarray, population: np.ndarray) -> np.ndarray:
    """Return 1 - Gini of leased land per person over people by district: 1 is an even spread.

    Parameters
    ----------
    leased_ha : ndarray, shape (..., D)
        Leased land by district [ha].
    population : ndarray, shape (D,)
        People by district.

    Returns
    -------
    ndarray, shape (...)
        1 where each district has its share of people in leased land; NaN without leased land.

    Notes
    -----
    With x the leased ha per 1,000 people and p the share of people of a district, Gini =
    sum over i and j of p_i p_j |x_i - x_j| / (2 x mean), the mean weighted by p. Weighting by
    people makes it independent of how finely the province is divided.

    Examples
    --------
    >>> float(balance_index(np.array([30.0, 10.0]), np.array([3000.0, 1000.0])))
    1.0
    >>> float(balance_index(np.array([10.0, 0.0]), np.array([1000.0, 1000.0])))
    0.5
    """
    people = population / population.sum()
    density = leased_ha / (population / 1000.0)
    gaps = np.abs(density[..., :, np.newaxis] - density[..., np.newaxis, :])
    spread = (gaps * people[:, np.newaxis] * people).sum((-2, -1))
    return np.asarray(1.0 - ratio(spread, 2.0 * (density * people).sum(-1)))


def land_account(kinds: np.recarray, residual_share: float) -> Outcomes:
    """Return the land of all zones and of each kind, for rows of any shape.

    Parameters
    ----------
    kinds : recarray of KindRecord, shape (..., 2)
        Parks and clusters.
    residual_share : float
        Share of serviced land that is never let [0..1].

    Returns
    -------
    dict of str to ndarray, shape (...)
        Occupancy and the six areas, each also with `_parks` and `_clusters`.
    """
    parks, clusters = kinds[..., :1].view(np.recarray), kinds[..., 1:].view(np.recarray)
    scopes = {"": kinds, "_parks": parks, "_clusters": clusters}
    account: Outcomes = {}
    for scope, rows in scopes.items():
        land = {column: rows[column].sum(-1) for column in LAND}
        taken = rows.reserved_ha + rows.leased_ha + rows.idle_ha
        land["vacant_ha"] = vacant_ha(rows.serviced_ha, taken, residual_share).sum(-1)
        land["occupancy"] = ratio(land["leased_ha"], land["serviced_ha"])
        account.update({f"{column}{scope}": values for column, values in land.items()})
    return account


def _land(kinds: np.recarray, world: World) -> Outcomes:
    account = land_account(kinds, parameter(world, "residual_share"))
    return {**account, "leased_new_cum_ha": kinds.leased_cum_ha.sum(-1)}


def _money(kinds: np.recarray, province: np.recarray, world: World) -> Outcomes:
    revenue = kinds.revenue_bn_vnd.sum(-1)
    cost = public_cost(province)
    by_kind = {
        f"revenue_{kind}s_year_bn_vnd": yearly(kinds.revenue_bn_vnd[..., place])
        for place, kind in enumerate(codes.KINDS)
    }
    return {
        "revenue_year_bn_vnd": yearly(revenue),
        **by_kind,
        "revenue_cum_bn_vnd": revenue,
        "net_cum_bn_vnd": revenue - cost,
        "province_part_year_bn_vnd": yearly(revenue) * parameter(world, "province_share"),
        "lease_income_cum_bn_vnd": kinds.lease_income_bn_vnd.sum(-1),
        "tax_forgone_cum_bn_vnd": kinds.tax_forgone_bn_vnd.sum(-1),
        "anchor_revenue_year_bn_vnd": yearly(province.anchor_revenue_bn_vnd),
        "anchor_duties_year_bn_vnd": yearly(province.anchor_duties_bn_vnd),
        "anchor_revenue_cum_bn_vnd": province.anchor_revenue_bn_vnd,
        "public_cost_cum_bn_vnd": cost,
        **{f"{name}_cum_bn_vnd": province[f"{name}_bn_vnd"] for name in PURPOSES},
        "held_bn_vnd": province.held_bn_vnd,
        "unspent_cum_bn_vnd": province.unspent_bn_vnd,
        "private_cum_bn_vnd": kinds.private_bn_vnd.sum(-1),
        "unfinished_bn_vnd": kinds.unfinished_bn_vnd.sum(-1),
        "revenue_per_public_dong": ratio(revenue, cost),
        "public_cost_per_new_ha_bn_vnd": ratio(cost, kinds.leased_cum_ha.sum(-1)),
    }


def public_cost(province: np.recarray) -> np.ndarray:
    """Return the public money spent since the start, for all purposes [bn VND]."""
    return np.asarray(sum(province[f"{name}_bn_vnd"] for name in PURPOSES))


def _present_value(batch: Batch, world: World, ends: list[int]) -> Outcomes:
    """Return running present values at the start of the world, months paid at their middle."""
    months = np.arange(batch.province.shape[-1]) + 0.5
    factor = (1.0 + parameter(world, "discount_rate")) ** (-months / 12.0)
    revenue, cost = (
        np.cumsum(yearly(total) * factor, axis=-1)[..., ends]
        for total in (batch.kinds.revenue_bn_vnd.sum(-1), public_cost(batch.province))
    )
    return {
        "pv_revenue_bn_vnd": revenue,
        "pv_public_cost_bn_vnd": cost,
        "pv_net_bn_vnd": revenue - cost,
    }


def _investors(province: np.recarray) -> Outcomes:
    licences = yearly(province.approvals)
    gone = {f"gone_{reason}_cum": province[f"gone_{reason}"] * 1.0 for reason in GONE}
    return {
        "candidates_cum": province.candidates * 1.0,
        "licences_year": licences,
        "waiting_months": ratio(yearly(province.waited_months), licences),
        "waiting_parks_months": province.lived_parks_months,
        "waiting_clusters_months": province.lived_clusters_months,
        "waiting_for_land": province.waiting * 1.0,
        "land_wait_year_months": yearly(province.land_wait_months),
        **gone,
        "gone_cum": np.asarray(sum(gone.values())),
        "sitting_closed_cum": province.sitting_closed * 1.0,
        "incidents_cum": province.incidents * 1.0,
        "fines_cum": province.inspections * 1.0,
    }


def _ratios(kinds: np.recarray, money: Outcomes, anchors: Anchors) -> Outcomes:
    leased = kinds.leased_ha.sum(-1)
    ordinary = leased - anchors.land_ha
    load = kinds.load_m3_day.sum(-1)
    compliance = ratio(kinds.treated_m3_day.sum(-1), load)
    return {
        "jobs": kinds.jobs.sum(-1),
        "ha_per_project": ratio(ordinary, kinds.tenants.sum(-1) - anchors.plants * 1.0),
        "revenue_per_ha_bn_vnd": ratio(money["revenue_year_bn_vnd"], ordinary),
        "capital_per_ha_bn_vnd": ratio(
            kinds.capital_bn_vnd.sum(-1) - anchors.capital_bn_vnd, ordinary
        ),
        "high_tech_share": ratio(kinds.high_tech_ha.sum(-1), leased),
        "wastewater_compliance": np.where(load > 0.0, compliance, 1.0),
    }
