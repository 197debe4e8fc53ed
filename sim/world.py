"""Load a province: from its data files to the tables and names that every run starts from.

Adding a value means a column in sim/world_columns.py and a line here. Not for what a run changes
(tranches, offices, labour markets): those tables are built for each run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import numpy as np

from sim.calendar import Calendar
from sim.data_files import Row, near_miss
from sim.errors import Problem, ScenarioError, WorldError
from sim.schema import Parameters, codes, columns_of, new_table
from sim.world_checks import check_files
from sim.world_columns import ZONES
from sim.world_files import SETTINGS_FILE, WorldFiles, calendar_of, read_world_files
from sim.world_tables import (
    district_table,
    monthly_cars,
    sector_mix,
    sector_table,
    segment_table,
    tenant_table,
    zone_table,
)

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
_Array = TypeVar("_Array", bound=np.ndarray)
_NO_CHANGES: Mapping[str, float] = MappingProxyType({})


class ParameterInfo(NamedTuple):
    """Value, range, prior and source of one parameter."""

    key: str
    value: float
    low: float
    high: float
    unit: str
    prior: str
    source: str


class SourceInfo(NamedTuple):
    """One entry of sources.csv."""

    id: str
    title: str
    publisher: str
    date: str
    url: str


class ZoneValue(NamedTuple):
    """One value of zones.csv as written there, with its unit and source."""

    zone: str
    column: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True, eq=False, repr=False)
class World:
    """A province at the start: immutable, shared by all runs; its arrays are read-only."""

    id: str
    name_en: str
    name_vi: str
    calendar: Calendar
    zone_ids: tuple[str, ...]
    zone_names_en: tuple[str, ...]
    zone_names_vi: tuple[str, ...]
    sector_ids: tuple[str, ...]
    sector_names_en: tuple[str, ...]
    sector_names_vi: tuple[str, ...]
    district_names: tuple[str, ...]
    zones: np.recarray  # Zone, shape (Z,): fixed columns and start values
    works_may_start: np.ndarray  # month index, may be negative, int64, shape (Z,)
    cleared_share_start: np.ndarray  # of the next tranche, shape (Z,)
    works_spent_share_start: np.ndarray  # of the next tranche, shape (Z,)
    sectors: np.recarray  # Sector, shape (S,)
    sector_plan: tuple[str, ...]  # priority, neutral or banned
    sector_mix: np.ndarray  # shares of land leased at the start, shape (2 kinds, S)
    segments: np.recarray  # Segment, shape (G,); highest_rate is left to the run
    districts: np.recarray  # District, shape (D,); population only
    tenants: np.recarray  # Investor, shape (N,): sitting tenants by zone and number
    tenant_names: tuple[str, ...]
    anchor_cars: np.ndarray  # of all anchor plants, a month, shape (T,)
    parameters: tuple[ParameterInfo, ...]  # in the order of the schema
    lever_start: Mapping[str, float]  # levers that have no neutral value
    sources: Mapping[str, SourceInfo]
    zone_values: tuple[ZoneValue, ...]  # every value of zones.csv that has a source
    zone_sources: Mapping[tuple[str, str], str]  # zone id and column to source


def world_path(name: str) -> Path:
    """Return the data folder of a province of this repository.

    Parameters
    ----------
    name : str
        Its folder in scenarios/, such as ``tiny``.

    Returns
    -------
    Path
        The folder of its data files.

    Raises
    ------
    WorldError
        If there is no such province.
    """
    folder = SCENARIOS / name / "world"
    if not (folder / SETTINGS_FILE).is_file():
        provinces = sorted(path.parts[-3] for path in SCENARIOS.glob(f"*/world/{SETTINGS_FILE}"))
        raise WorldError(f"No such province: {name!r}. {near_miss(name, provinces)}".rstrip())
    return folder


def load_world(folder: Path) -> World:
    """Return the province that the files of a folder describe.

    Parameters
    ----------
    folder : Path
        The folder with world.toml, zones.csv and the other tables.

    Returns
    -------
    World
        Its tables, names and sources.

    Raises
    ------
    WorldError
        If files are missing, malformed or contradict each other; it names all problems.
    """
    problems: list[Problem] = []
    files = read_world_files(folder, problems)
    check_files(files, problems)
    if problems:
        raise WorldError.of(str(folder), problems)
    return _build(files)


def _build(files: WorldFiles) -> World:
    """Return the world of files without problems."""
    settings, calendar = files.settings, calendar_of(files.settings)
    zones, sectors = zone_table(files, calendar), sector_table(files.sectors)
    parameters = _parameters(files.parameters)
    sigma = next(info.value for info in parameters if info.key == "capital_sigma")
    tenants, tenant_names = tenant_table(files, zones, sectors, sigma)
    segments = segment_table(files.sectors, sectors)
    months = [calendar.month_index(row.text("works_may_start")) for row in files.zones]
    values = _zone_values(files.zones)
    return World(
        id=settings.id,
        name_en=settings.name_en,
        name_vi=settings.name_vi,
        calendar=calendar,
        zone_ids=_texts(files.zones, "id"),
        zone_names_en=_texts(files.zones, "name_en"),
        zone_names_vi=_texts(files.zones, "name_vi"),
        sector_ids=_texts(files.sectors, "id"),
        sector_names_en=_texts(files.sectors, "name_en"),
        sector_names_vi=_texts(files.sectors, "name_vi"),
        district_names=_texts(files.districts, "district"),
        zones=_frozen(zones),
        works_may_start=_frozen(np.array(months, dtype=np.int64)),
        cleared_share_start=_numbers(files.zones, "cleared_share_start"),
        works_spent_share_start=_numbers(files.zones, "works_spent_share_start"),
        sectors=_frozen(sectors),
        sector_plan=_texts(files.sectors, "plan"),
        sector_mix=_frozen(sector_mix(files.sectors)),
        segments=_frozen(segments),
        districts=_frozen(district_table(files.districts)),
        tenants=_frozen(tenants),
        tenant_names=tenant_names,
        anchor_cars=_frozen(monthly_cars(files, calendar)),
        parameters=parameters,
        lever_start={row.name: _lever(row) for row in files.levers},
        sources={row.name: _source(row) for row in files.sources},
        zone_values=values,
        zone_sources={(value.zone, value.column): value.source for value in values},
    )


def _frozen(array: _Array) -> _Array:
    array.setflags(write=False)
    return array


def _texts(rows: list[Row], column: str) -> tuple[str, ...]:
    return tuple(row.text(column) for row in rows)


def _numbers(rows: list[Row], column: str) -> np.ndarray:
    return _frozen(np.array([row.number(column) for row in rows], dtype=np.float64))


def _parameters(rows: list[Row]) -> tuple[ParameterInfo, ...]:
    """Return the parameters in the order of the schema, whatever the order of the file."""
    by_key = {row.name: row for row in rows}
    return tuple(_parameter(by_key[key]) for key in columns_of(Parameters))


def _parameter(row: Row) -> ParameterInfo:
    value, low, high = (row.number(column) for column in ("value", "low", "high"))
    unit, prior, source = (row.text(column) for column in ("unit", "prior", "source"))
    return ParameterInfo(row.name, value, low, high, unit, prior, source)


def _lever(row: Row) -> float:
    if row.name == "allocation":
        return float(codes.ALLOCATIONS.index(row.text("value")))
    return row.number("value")


def _source(row: Row) -> SourceInfo:
    return SourceInfo(*(row.text(column) for column in SourceInfo._fields))


def _zone_values(rows: list[Row]) -> tuple[ZoneValue, ...]:
    """Return every value of zones.csv that has a source, by zone, then by column."""
    return tuple(
        ZoneValue(row.name, field.name, row.text(field.name), field.unit, row.text(field.source))
        for row in rows
        for field in ZONES
        if field.source and row.text(field.name)
    )


def parameter_vector(world: World, changes: Mapping[str, float] = _NO_CHANGES) -> np.recarray:
    """Return the parameters of a run: the province's values, some of them changed.

    Parameters
    ----------
    world : World
        The province.
    changes : mapping of str to float
        New values by key, each within the range that parameters.csv gives.

    Returns
    -------
    recarray of Parameters, shape (1,)
        A table of its own, free to be written to.

    Raises
    ------
    ScenarioError
        If a key is unknown or a value not within its range; it names all problems.
    """
    infos = {info.key: info for info in world.parameters}
    problems = []
    for key, value in changes.items():
        if key not in infos:
            problems.append(Problem(key, "unknown parameter", "", near_miss(key, infos)))
        elif not infos[key].low <= value <= infos[key].high:
            info = infos[key]
            expected = f"{info.low:g} to {info.high:g} [{info.unit}]"
            problems.append(Problem(key, f"{value:g}", expected, ""))
    if problems:
        raise ScenarioError.of("The choice of parameters", problems)
    table = new_table(Parameters, 1)
    for key, info in infos.items():
        table[0][key] = changes.get(key, info.value)
    return table


def describe_zones(world: World) -> list[ZoneValue]:
    """Return every value of the province's zones with its unit and source, for printing."""
    return list(world.zone_values)


def describe_parameters(world: World, *, unsourced: bool = False) -> list[ParameterInfo]:
    """Return the parameters, for printing.

    Parameters
    ----------
    world : World
        The province.
    unsourced : bool
        Only those whose value is an assumption.

    Returns
    -------
    list of ParameterInfo
        In the order of the schema.
    """
    return [info for info in world.parameters if not unsourced or info.source.startswith("A: ")]
