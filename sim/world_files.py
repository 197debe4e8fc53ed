"""Read all files of a province's folder: world.toml and the CSV tables beside it.

Not for whether they agree with each other (sim/world_checks.py), nor for making a world of them
(sim/world.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim import world_columns
from sim.calendar import Calendar
from sim.data_files import (
    A_SOURCE,
    NAME,
    NAME_FORM,
    Field,
    Row,
    near_miss,
    read_table,
    read_toml,
)
from sim.errors import Problem

SETTINGS_FILE = "world.toml"
_LONGEST_MONTHS = 1200
_KEYS = ("id", "name_en", "name_vi", "start", "months", "anchors")
_ANCHOR_KEYS = (
    "name",
    "zone",
    "sector",
    "origin",
    "land_ha",
    "jobs",
    "capital_bn_vnd",
    "source",
)


class AnchorPlant(NamedTuple):
    """A giant among the sitting tenants, reported apart, as world.toml states it."""

    name: str
    zone: str
    sector: str
    origin: str
    land_ha: float
    jobs: float
    capital_bn_vnd: float  # NaN where it is not known
    source: str


class Settings(NamedTuple):
    """What world.toml says."""

    id: str
    name_en: str
    name_vi: str
    start: str
    months: int
    anchors: tuple[AnchorPlant, ...]


def calendar_of(settings: Settings) -> Calendar:
    """Return the calendar of a province whose start is a month."""
    return Calendar(int(settings.start[:4]), int(settings.start[5:]), settings.months)


@dataclass(frozen=True)
class WorldFiles:
    """The files of one province as rows of text; see sim/world_columns.py for their columns."""

    settings: Settings
    zones: list[Row]
    sectors: list[Row]
    districts: list[Row]
    anchor_plants: list[Row]
    known_tenants: list[Row]
    parameters: list[Row]
    levers: list[Row]
    sources: list[Row]

    def tables(self) -> tuple[tuple[Sequence[Field], list[Row]], ...]:
        """Return the tables whose values name a source, each with its columns."""
        return (
            (world_columns.ZONES, self.zones),
            (world_columns.SECTORS, self.sectors),
            (world_columns.DISTRICTS, self.districts),
            (world_columns.ANCHOR_PLANTS, self.anchor_plants),
            (world_columns.KNOWN_TENANTS, self.known_tenants),
            (world_columns.PARAMETERS, self.parameters),
            (world_columns.LEVERS, self.levers),
        )


def read_world_files(folder: Path, problems: list[Problem]) -> WorldFiles:
    """Return all rows of a province's folder, after noting what is wrong with single cells.

    Parameters
    ----------
    folder : Path
        The folder with world.toml.
    problems : list of Problem
        Extended by what is wrong.

    Returns
    -------
    WorldFiles
        Whatever could be read. anchor_plants.csv is needed only where world.toml has anchors.
    """

    def table(name: str, fields: Sequence[Field]) -> list[Row]:
        return read_table(folder / name, fields, problems)

    settings = _settings(read_toml(folder / SETTINGS_FILE, problems), problems)
    has_plants = bool(settings.anchors) or (folder / "anchor_plants.csv").exists()
    return WorldFiles(
        settings=settings,
        zones=table("zones.csv", world_columns.ZONES),
        sectors=table("sectors.csv", world_columns.SECTORS),
        districts=table("districts.csv", world_columns.DISTRICTS),
        anchor_plants=table("anchor_plants.csv", world_columns.ANCHOR_PLANTS) if has_plants else [],
        known_tenants=table("known_tenants.csv", world_columns.KNOWN_TENANTS),
        parameters=table("parameters.csv", world_columns.PARAMETERS),
        levers=table("levers.csv", world_columns.LEVERS),
        sources=table("sources.csv", world_columns.SOURCES),
    )


class _Entries:
    """The entries of one TOML table, read one by one; notes what is missing, unknown or wrong."""

    def __init__(
        self,
        place: str,
        entries: Mapping[str, object],
        known: Sequence[str],
        problems: list[Problem],
    ) -> None:
        self._place = place
        self._entries = entries
        self._problems = problems
        for key in entries:
            if key not in known:
                fix = near_miss(key, [name for name in known if name not in entries])
                problems.append(Problem(self.where(key), "unknown key", "", fix))

    def where(self, key: str) -> str:
        return f"{SETTINGS_FILE}, {self._place}{key}"

    def note(self, key: str, expected: str) -> None:
        found = repr(self._entries[key]) if key in self._entries else "nothing"
        self._problems.append(Problem(self.where(key), found, expected, ""))

    def text(self, key: str, expected: str = "some text on one line") -> str:
        value = self._entries.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value
        self.note(key, expected)
        return ""

    def number(self, key: str, *, expected: str, lowest: float, highest: float) -> float:
        value = self._entries.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and isinstance(value, int | float) and lowest <= value <= highest:
            return float(value)
        self.note(key, expected)
        return math.nan


def _settings(entries: Mapping[str, object], problems: list[Problem]) -> Settings:
    """Return what world.toml says, after noting what is wrong with it."""
    if not entries:  # unreadable or empty, and noted by the reader unless it is empty
        if not problems:
            problems.append(Problem(SETTINGS_FILE, "empty file", "", ""))
        return Settings("", "", "", "", 0, ())
    table = _Entries("", entries, _KEYS, problems)
    whole = f"a whole number from 1 to {_LONGEST_MONTHS}"
    months = table.number("months", expected=whole, lowest=1, highest=_LONGEST_MONTHS)
    if months != months // 1 and math.isfinite(months):
        table.note("months", whole)
    listed = entries.get("anchors", [])
    if not isinstance(listed, list) or not all(isinstance(anchor, dict) for anchor in listed):
        table.note("anchors", "tables, each under [[anchors]]")
        listed = []
    identity = table.text("id", NAME_FORM)
    if identity and not NAME.fullmatch(identity):
        table.note("id", NAME_FORM)
    return Settings(
        id=identity,
        name_en=table.text("name_en"),
        name_vi=table.text("name_vi"),
        start=table.text("start", "a month such as 2021-01"),
        months=int(months) if math.isfinite(months) else 0,
        anchors=tuple(_anchor(f"anchors[{i}].", a, problems) for i, a in enumerate(listed)),
    )


def _anchor(place: str, entries: Mapping[str, object], problems: list[Problem]) -> AnchorPlant:
    """Return one anchor plant of world.toml, after noting what is wrong with it."""
    table = _Entries(place, entries, _ANCHOR_KEYS, problems)
    positive = math.nextafter(0.0, 1.0)
    most = 1e9
    capital_bn_vnd = math.nan
    if "capital_bn_vnd" in entries:
        capital_bn_vnd = table.number(
            "capital_bn_vnd", expected="bn VND above 0", lowest=positive, highest=most
        )
    return AnchorPlant(
        name=table.text("name"),
        zone=table.text("zone"),
        sector=table.text("sector"),
        origin=table.text("origin"),
        land_ha=table.number("land_ha", expected="ha above 0", lowest=positive, highest=most),
        jobs=table.number("jobs", expected="at least 0 persons", lowest=0, highest=most),
        capital_bn_vnd=capital_bn_vnd,
        source=table.text("source", A_SOURCE),
    )
