"""The tables of a run, gathered: what is fixed, what policy says, what luck says, what changes.

Plain containers of arrays, so that kernels and Python read them alike. They are built in
sim/initial.py, sim/scenario.py and sim/luck.py; only phases write into `State` and `Record`.
"""

from typing import NamedTuple

import numpy as np


class Fixed(NamedTuple):
    """What does not change in a run."""

    parameters: np.recarray  # Parameters, shape (1,)
    sectors: np.recarray  # Sector, shape (S,)
    segments: np.recarray  # Segment, shape (G,)
    anchor_cars: np.ndarray  # cars a month of all anchor plants, shape (T,)
    logs: np.ndarray  # ln(1 + n) for n = 0, 1, ...: a table of what the choice needs most
    start_month_of_year: int  # 0 for January
    holiday_ends_month: int  # from which park licences get no tax holiday


class Policy(NamedTuple):
    """The levers, one row a month."""

    levers: np.recarray  # Levers, shape (T,)
    zone_levers: np.recarray  # ZoneLevers, shape (T, Z)
    sector_levers: np.recarray  # SectorLevers, shape (T, S)


class Luck(NamedTuple):
    """Everything random of one replicate: identities, and a cache of the shock functions."""

    seed: int
    replicate: int
    offset: np.ndarray  # first pool row of each segment, int64, shape (G + 1,)
    arrival_time: np.ndarray  # arrival of each pool candidate [months], shape (P,)
    mark: np.ndarray  # uniform mark of each pool candidate, shape (P,)
    likely: np.ndarray  # pool rows with low marks, from offset[g] on, int64, shape (P,)
    likely_end: np.ndarray  # end of each segment's part of `likely`, int64, shape (G,)
    slot: np.ndarray  # cache row of each pool candidate or -1, int64, shape (P,)
    used: np.ndarray  # cache rows in use, int64, shape (1,)
    draws: np.recarray  # Draw, shape (M + 1,); the last row is scratch
    gumbel: np.ndarray  # luck of candidate and zone, shape (M + 1, Z)
    known: np.ndarray  # uniform of candidate and zone, shape (M + 1, Z)
    cycle_normal: np.ndarray  # normal of the demand cycle by month, shape (T,)


class State(NamedTuple):
    """What changes in a run."""

    zones: np.recarray  # Zone, shape (Z,)
    tranches: np.recarray  # Tranche, shape (K,)
    blocks: np.ndarray  # luck of each household block, shape (B,)
    investors: np.recarray  # Investor, shape (N,); rows 0 .. province.investors - 1 are in use
    offices: np.recarray  # Office, shape (2,): parks, clusters
    districts: np.recarray  # District, shape (D,)
    province: np.recarray  # Province, shape (1,)
    sector_tenants: np.ndarray  # tenants by zone and sector, int64, shape (Z, S)
    origin_tenants: np.ndarray  # tenants by zone and origin, int64, shape (Z, 2)
    lease_history: np.ndarray  # land leased by zone and month modulo 25 [ha], shape (Z, 25)
    book: np.ndarray  # first-choice book by zone and column [ha-years], shape (Z, 10)
    wanted: np.ndarray  # first choices by zone since the start [ha], shape (Z,)
    gone: np.ndarray  # candidates gone by reason, int64, shape (11,)
    sitting_gone: np.ndarray  # tenants of the start gone by reason, int64, shape (11,)
    seekers: np.ndarray  # rows of investors in search of land, ascending, int64, shape (N,)
    applied: np.ndarray  # rows of applicants, ascending, int64, shape (N,)
    projects: np.ndarray  # rows of projects between licence and operation, ascending, int64, (N,)
    settled: np.ndarray  # rows of investors that operate or left idle land, ascending, int64, (N,)
    call_month: np.ndarray  # when a project or tenant is to be looked at again, int64, shape (N,)
    closing_mark: np.ndarray  # stand of its closing clock at which a tenant closes, shape (N,)
    cell: np.ndarray  # zone times sectors plus sector: the closing clock of a tenant, int64, (N,)
    closing_clock: np.ndarray  # hazards of closing since the start, by cell, shape (Z x S,)
    looking: np.ndarray  # rows of investors that look this month, in order, int64, shape (N,)
    next_arrival: np.ndarray  # next pool row of each segment, int64, shape (G,)
    next_likely: np.ndarray  # next place in luck.likely of each segment, int64, shape (G,)
    newcomer: np.ndarray  # scratch: pool rows of the month's newcomers, int64, shape (N,)
    newcomer_segment: np.ndarray  # scratch: their segments, int64, shape (N,)
    newcomer_time: np.ndarray  # scratch: their arrival times, shape (N,)
    utility: np.ndarray  # common utility by segment and zone, this month, shape (G, Z)
    utility_month: np.ndarray  # month of each row of `utility`, int64, shape (G,)
    value: np.ndarray  # utility of each zone for the investor that looks, shape (Z,)
    known_share: np.ndarray  # chance of knowing by origin and zone, shape (2, Z)
    known_promotion: np.ndarray  # promotion by origin for which it holds, shape (2,)
    shown: np.ndarray  # kind, district, permitted sectors, overloaded by zone, int64, shape (4, Z)
    seen: np.ndarray  # what every look reads of zones, this month, shape (10, Z)
    log_tenants: (
        np.ndarray
    )  # ln(1 + tenants) of each sector, then origin, by zone, shape (S + 2, Z)
    feasible: np.ndarray  # `value` where the investor finds no obstacle, shape (Z,)
    sight: np.ndarray  # known_share of zones in view, by 2 origin + clusters_only, shape (4, Z)
    closing_hazard: np.ndarray  # of district and sector, at the wage [1/month], shape (D, S)
    closing_log_wage: np.ndarray  # log of the wage for which it holds, shape (D,)
    queue: np.ndarray  # scratch: dossiers not yet served, or tenants called, int64, shape (N,)
    keys: np.ndarray  # scratch: sort keys of zones, shape (Z,)
    order: np.ndarray  # scratch: zones in order, int64, shape (Z,)
    merged: np.ndarray  # scratch of the sort, int64, shape (N + Z,)


class Record(NamedTuple):
    """What is written down."""

    zones: np.recarray  # ZoneRecord of the kept months, shape (K, Z)
    kinds: np.recarray  # KindRecord, shape (T, 2): parks, clusters
    province: np.recarray  # ProvinceRecord, shape (T,)
    districts: np.recarray  # DistrictRecord of the kept months, shape (K, D)
    kept: np.ndarray  # row of each month in zones and districts, -1: not kept, int64, shape (T,)
    events: np.recarray  # Event, shape (E,); E = 0 keeps none
    event_count: np.ndarray  # events so far, also those that found no room, int64, shape (1,)
