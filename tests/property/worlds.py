"""Provinces, parameters and policies for property tests, made by hand or drawn by hypothesis.

A province is made of `Site`s, with the sectors, districts and parameters of a shipped one; whatever
a strategy draws keeps the laws that the loader of a world checks. Not for files: tests/unit.
"""

import dataclasses
import functools
import os
from typing import NamedTuple

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim import luck as draws
from sim.calendar import Calendar
from sim.initial import Start, start_of
from sim.policy import policy_table
from sim.room import new_record, new_state
from sim.run import MONTHLY, begin, run_months
from sim.scenario import Scenario
from sim.schema import (
    Levers,
    Parameters,
    SectorLevers,
    Zone,
    ZoneLevers,
    codes,
    columns_of,
    new_table,
)
from sim.shocks import identity_key
from sim.state import Luck, Policy, Record, State
from sim.tenants import KnownTenant, SittingZone, sitting_tenants
from sim.world import World, load_world, parameter_vector, world_path

UNCHANGED = Scenario("unchanged", "-", "-", "", "", ())
ANY_SECTOR = -1
DEMAND_LEVERS = (
    "promotion_domestic",
    "promotion_foreign",
    "demand_index_domestic",
    "demand_index_foreign",
    "craft_village_programme",
    "tax_free_years",
    "tax_half_years",
)


@functools.cache
def shipped(name: str) -> World:
    """Return a province of this repository."""
    return load_world(world_path(name))


# --- a province made of sites ---------------------------------------------------------------------


class Site(NamedTuple):
    """One zone as zones.csv states it; by default a large, empty, finished park of the state."""

    id: str
    kind: int = codes.PARK
    district: int = 0
    parent: int = codes.NOBODY
    gross_ha: float = 1000.0
    leasable_ha: float = 800.0
    serviced_ha: float = 800.0
    leased_ha: float = 0.0
    tenants: int = 0
    anchor_ha: float = 0.0  # of its tenants, one that is reported apart
    operator: int = codes.STATE
    operator_from: int = codes.NOBODY
    works_may_start: int = 0
    connected: float = 1.0
    price_usd_m2_term: float = 80.0
    capacity_m3_day: float = 0.0
    km_expressway: float = 10.0
    km_port: float = 50.0
    cleared_share: float = 0.0
    works_share: float = 0.0
    permitted_sectors: int = ANY_SECTOR


def province(sites, *, base=None, months=None, start_month=1) -> World:
    """Return a province of these sites with everything else as in a shipped one."""
    base = shipped("tiny") if base is None else base
    months = base.calendar.months if months is None else months
    everything = (1 << len(base.sector_ids)) - 1
    zones = new_table(Zone, len(sites))
    sitting = []
    for z, (zone, site) in enumerate(zip(zones, sites, strict=True)):
        zone.key = identity_key(site.id)
        for column in ("kind", "district", "parent", "gross_ha", "leasable_ha", "serviced_ha"):
            zone[column] = getattr(site, column)
        for column in ("leased_ha", "tenants", "connected", "price_usd_m2_term"):
            zone[column] = getattr(site, column)
        for column in ("capacity_m3_day", "km_expressway", "km_port", "operator_from"):
            zone[column] = getattr(site, column)
        zone.start_price_usd_m2_term = site.price_usd_m2_term
        zone.operator = codes.NO_OPERATOR if site.operator_from > 0 else site.operator
        permitted = everything if site.permitted_sectors < 0 else site.permitted_sectors
        zone.permitted_sectors = permitted
        if site.tenants > 0:
            sitting.append(_sitting(base, site, z, permitted))
    sigma = value_of(base, "capital_sigma")
    tenants, names = sitting_tenants(sitting, base.sectors, base.sector_ids, sigma)
    cars = np.full(months, float(base.anchor_cars[0]))
    return dataclasses.replace(
        base,
        calendar=Calendar(base.calendar.start_year, start_month, months),
        zone_ids=tuple(site.id for site in sites),
        zone_names_en=tuple(site.id for site in sites),
        zone_names_vi=tuple(site.id for site in sites),
        zones=zones,
        works_may_start=np.array([site.works_may_start for site in sites], dtype=np.int64),
        cleared_share_start=np.array([site.cleared_share for site in sites]),
        works_spent_share_start=np.array([site.works_share for site in sites]),
        tenants=tenants,
        tenant_names=names,
        anchor_cars=_frozen(cars),
        zone_values=(),
        zone_sources={},
    )


def _frozen(array):
    """Return an array read-only, as the loader does: kernels are compiled for either kind anew."""
    array.setflags(write=False)
    return array


def _sitting(base: World, site: Site, z: int, permitted: int) -> SittingZone:
    mix = tuple(
        float(share) if permitted >> sector & 1 else 0.0
        for sector, share in enumerate(base.sector_mix[site.kind])
    )
    nan = float("nan")
    anchor = KnownTenant("Giant", 0, codes.FOREIGN, site.anchor_ha, nan, 500.0, 1)
    known = (anchor,) if site.anchor_ha > 0.0 else ()
    return SittingZone(site.id, z, identity_key(site.id), site.tenants, site.leased_ha, mix, known)


def value_of(world: World, key: str) -> float:
    """Return the value of a parameter of a province."""
    return next(info.value for info in world.parameters if info.key == key)


def with_parameters(world: World, **values: float) -> World:
    """Return a province with some parameters pinned: their range is nothing but the value."""
    infos = []
    for info in world.parameters:
        if info.key in values:
            pinned = float(values[info.key])
            info = info._replace(value=pinned, low=pinned, high=pinned)
        infos.append(info)
    assert set(values) <= {info.key for info in infos}
    return dataclasses.replace(world, parameters=tuple(infos))


def with_sectors(world: World, **columns) -> World:
    """Return a province whose sectors have other values, one for all or one each."""
    sectors = world.sectors.copy().view(np.recarray)
    for column, value in columns.items():
        sectors[column] = value
    return dataclasses.replace(world, sectors=_frozen(sectors))


def only_sector(world: World, sector: int) -> World:
    """Return a province whose candidates are all of one sector, and domestic or foreign as ever."""
    kept = world.segments[(world.segments.sector == sector) & (world.segments.programme == 0)]
    segments = kept.copy().view(np.recarray)
    segments.share = segments.share / sum(segments.share.tolist())
    return dataclasses.replace(world, segments=segments)


def only_origin(world: World, origin: int) -> World:
    """Return a province whose candidates are all domestic or all foreign."""
    segments = world.segments[world.segments.origin == origin].copy().view(np.recarray)
    segments.share = segments.share / sum(segments.share.tolist())
    return dataclasses.replace(world, segments=segments)


def steady(world: World, per_month: float) -> World:
    """Return a province where candidates come at one rate for ever, whatever the levers."""
    return with_parameters(
        world,
        candidates_per_year=12.0 * per_month,
        demand_growth=0.0,
        demand_cycle_sigma=0.0,
        demand_cycle_bound=0.0,
        demand_index_first_year=1.0,
        demand_index_second_year=1.0,
        promotion_elasticity=0.0,
        tax_semi_elasticity=0.0,
    )


# --- a policy -------------------------------------------------------------------------------------


def unchanged(world: World) -> Policy:
    """Return the policy in which every lever is as in the start year."""
    return policy_table(UNCHANGED, world)


def with_lever(policy: Policy, column: str, value, *, from_month=0, place=None) -> Policy:
    """Return a policy with a lever at another value from a month on, everywhere or in a place."""
    policy = Policy(*(table.copy().view(np.recarray) for table in policy))
    for table in policy:
        if column in table.dtype.names:
            rows = table[column][from_month:]
            rows[...] = value if place is None else rows
            if place is not None:
                rows[:, place] = value
    return policy


# --- a run ----------------------------------------------------------------------------------------


class Run(NamedTuple):
    """One run with everything it wrote; `broken` is law, zone and month, or -1s."""

    start: Start
    luck: Luck
    state: State
    record: Record
    broken: tuple[int, int, int]

    @property
    def candidates(self) -> np.recarray:
        """The rows of all candidates that appeared."""
        return self.state.investors[len(self.start.tenants) : self.state.province[0].investors]

    @property
    def events(self) -> np.recarray:
        """The event log."""
        assert self.record.event_count[0] <= len(self.record.events)
        return self.record.events[: self.record.event_count[0]]


def run(
    world,
    policy=None,
    *,
    parameters=None,
    seed=1,
    replicate=0,
    months=None,
    events=0,
    cached=None,
    prepare=None,
) -> Run:
    """Run a province once; the record has all months, also where only some are run.

    `prepare` may change month 0 before the run begins.
    """
    done = begun(
        world,
        parameters=parameters,
        seed=seed,
        replicate=replicate,
        events=events,
        cached=cached,
        prepare=prepare,
    )
    policy = unchanged(world) if policy is None else policy
    months = done.start.months if months is None else months
    return done._replace(broken=run_on(done, policy, 0, months))


def begun(
    world, *, parameters=None, seed=1, replicate=0, events=0, cached=None, prepare=None
) -> Run:
    """Return a run that stands before its first month, like `run` otherwise."""
    start = start_of(world, parameter_vector(world) if parameters is None else parameters)
    if prepare is not None:
        prepare(start)
    segments = start.fixed.segments
    luck = draws.new_luck(
        segments=segments, zones=len(start.zones), months=start.months, cached_candidates=cached
    )
    luck = draws.draw_luck(luck, segments=segments, seed=seed, replicate=replicate)
    state, record = new_state(start, luck), new_record(start, events=events)
    begin(start, luck, state, record)
    return Run(start, luck, state, record, (-1, -1, -1))


def run_on(done: Run, policy: Policy, first: int, last: int) -> tuple[int, int, int]:
    """Run months first to last - 1 and return the law broken, the zone and the month, or -1s."""
    return run_months(
        done.start.fixed, policy, done.luck, done.state, done.record, first, last, MONTHLY
    )


def record_bytes(record: Record) -> tuple[bytes, ...]:
    """Return what a run wrote down, for comparison to the bit."""
    return tuple(table.tobytes() for table in record)


# --- strategies -----------------------------------------------------------------------------------


def examples(count: int) -> settings:
    """Return settings for so many examples, times ZONESIM_EXAMPLES (`make test-long`).

    To draw a province is slow on a busy machine, which is no fault of a test.
    """
    many = count * int(os.environ.get("ZONESIM_EXAMPLES", "1"))
    return settings(max_examples=many, suppress_health_check=[HealthCheck.too_slow])


def between(low: float, high: float):
    """Draw a number of a range, often one of its ends."""
    inside = st.floats(low, high, allow_subnormal=False)
    return st.one_of(st.sampled_from((low, high)), inside)


@st.composite
def sites(draw, base, *, most=6, months):
    """Draw the zones of a province, within the laws of sim/world_checks.py."""
    count = draw(st.integers(1, most))
    return tuple(draw(_site(base, f"zone-{n}", n, count, months)) for n in range(count))


@st.composite
def _site(draw, base, name, n, count, months):
    kind = draw(st.sampled_from((codes.PARK, codes.CLUSTER)))
    gross_ha = draw(between(2.0, 400.0))
    leasable_ha = gross_ha * draw(between(0.4, 1.0))
    serviced_ha = leasable_ha * draw(st.one_of(st.just(0.0), between(0.05, 1.0)))
    leased_ha, tenants, anchor_ha = 0.0, 0, 0.0
    if serviced_ha > 0.0 and draw(st.booleans()):
        leased_ha = serviced_ha * draw(between(0.05, 1.0))
        tenants = draw(st.integers(1, 9))
        if tenants > 1 and draw(st.booleans()):
            anchor_ha = 0.5 * leased_ha
    bits = draw(st.one_of(st.just(ANY_SECTOR), st.integers(1, (1 << len(base.sector_ids)) - 1)))
    if not any(bits >> s & 1 and share > 0.0 for s, share in enumerate(base.sector_mix[kind])):
        bits = ANY_SECTOR
    operator = draw(st.sampled_from((codes.NO_OPERATOR, codes.STATE, codes.PRIVATE)))
    operator_from = codes.NOBODY
    if operator == codes.PRIVATE:
        operator_from = draw(st.one_of(st.just(codes.NOBODY), st.integers(0, months)))
    parent = codes.NOBODY
    if count > 1 and draw(st.integers(0, 4)) == 4:
        parent = draw(st.integers(0, count - 1).filter(lambda z: z != n))
    cleared_share = draw(between(0.0, 1.0))
    return Site(
        id=name,
        kind=kind,
        district=draw(st.integers(0, len(base.district_names) - 1)),
        parent=parent,
        gross_ha=gross_ha,
        leasable_ha=leasable_ha,
        serviced_ha=serviced_ha,
        leased_ha=leased_ha,
        tenants=tenants,
        anchor_ha=anchor_ha,
        operator=operator,
        operator_from=operator_from,
        works_may_start=draw(st.integers(-24, months)),
        connected=draw(between(0.0, 1.0)),
        price_usd_m2_term=draw(between(20.0, 200.0)),
        capacity_m3_day=draw(between(0.0, 10_000.0)),
        km_expressway=draw(between(0.0, 50.0)),
        km_port=draw(between(0.0, 150.0)),
        cleared_share=cleared_share,
        works_share=cleared_share * draw(between(0.0, 1.0)),
        permitted_sectors=bits,
    )


@st.composite
def provinces(draw, *, most=6, longest=36):
    """Draw a small province with the sectors, districts and parameters of a shipped one."""
    base = shipped(draw(st.sampled_from(("tiny", "ninh_binh"))))
    months = draw(st.integers(1, longest))
    chosen = draw(sites(base, most=most, months=months))
    return province(chosen, base=base, months=months, start_month=draw(st.integers(1, 12)))


@st.composite
def parameter_vectors(draw, world, *, fixed=()):
    """Draw a value of every parameter from its range; those named in `fixed` keep theirs.

    One byte each: a quarter keep the province's value, a quarter are at an end of the range.
    """
    table = new_table(Parameters, 1)
    count = len(world.parameters)
    drawn = draw(st.binary(min_size=count, max_size=count))
    for info, byte in zip(world.parameters, drawn, strict=True):
        value = info.low + (info.high - info.low) * (byte - 128) / 127.0
        if byte < 64 or info.key in fixed:
            value = info.value
        elif byte < 128:
            value = info.low if byte < 96 else info.high
        table[0][info.key] = min(info.high, max(info.low, value))
    return table


def lever_values(column: str, months: int, places: int):
    """Draw a value of a lever within the bounds of the schema."""
    tables = (Levers, ZoneLevers, SectorLevers)
    declared = next(columns_of(t)[column] for t in tables if column in columns_of(t))
    if column == "works_may_start":
        return st.one_of(st.just(codes.NEVER), st.integers(-24, months))
    if column == "priority_rank":
        return st.integers(0, places)
    if column == "state_steps_in" or column == "revocation_months":
        return st.one_of(st.just(0.0), st.floats(0.0, months), st.just(declared.hi))
    if any(hint is int and column in t.__annotations__ for t, hint in _hints(column)):
        return st.integers(int(declared.lo), int(declared.hi))
    return between(declared.lo, declared.hi)


def _hints(column: str):
    tables = (Levers, ZoneLevers, SectorLevers)
    return [(t, t.__annotations__[column].__origin__) for t in tables if column in columns_of(t)]


@st.composite
def policies(draw, world, *, fixed=()):
    """Draw every lever, at the start or at dated steps; those named in `fixed` stay as they are."""
    policy = unchanged(world)
    months = world.calendar.months
    for table in policy:
        for column in table.dtype.names:
            if column in fixed or draw(st.booleans()):
                continue
            values = table[column]
            places = values[0].size
            for month in sorted(draw(st.lists(st.integers(0, months - 1), max_size=2))):
                for place in range(places) if values.ndim > 1 else [...]:
                    drawn = draw(lever_values(column, months, places))
                    values[month:, place] = drawn
    return policy
