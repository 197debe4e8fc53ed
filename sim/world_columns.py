"""The columns of a province's data files, with units and bounds taken from the schema.

To add a column, add it here and read it in sim/world.py. Not for reading (sim/data_files.py).
"""

from __future__ import annotations

from sim.data_files import Field
from sim.schema import Sector, Zone, codes, columns_of

YES_NO = ("no", "yes")
PLANS = ("priority", "neutral", "banned")


def _of(table: type, name: str, column: str = "", *, source: str, positive: bool = False) -> Field:
    """Return the field of a data file that holds the start value of a column of the schema."""
    declared = columns_of(table)[column or name]
    return Field(
        name,
        "number",
        unit=declared.unit,
        lo=declared.lo,
        hi=declared.hi,
        source=source,
        positive=positive,
    )


def _source(name: str = "source", *, may_be_empty: bool = False) -> Field:
    return Field(name, "source", may_be_empty=may_be_empty)


def _remark(name: str) -> Field:
    return Field(name, may_be_empty=True, may_be_missing=True)


_PROGRESS = "progress_source"
_DISTANCE = "distance_source"

ZONES = (
    Field("id", "id"),
    Field("name_vi"),
    Field("name_en"),
    Field("kind", "choice", choices=codes.KINDS),
    Field("district"),
    Field("parent", may_be_empty=True),
    Field("lat", "number", "degrees", -90, 90, source="position_source"),
    Field("lon", "number", "degrees", -180, 180, source="position_source"),
    _source("position_source"),
    _of(Zone, "gross_ha", source="gross_source", positive=True),
    _source("gross_source"),
    _of(Zone, "leasable_ha", source="leasable_source", positive=True),
    _source("leasable_source"),
    _of(Zone, "serviced_ha_start", "serviced_ha", source="serviced_source"),
    _source("serviced_source"),
    _of(Zone, "leased_ha_start", "leased_ha", source="leased_source"),
    _source("leased_source"),
    Field("tenants_start", "count", "tenants", 0, 100_000, source="tenants_source"),
    _source("tenants_source"),
    Field("operator", "choice", choices=codes.OPERATORS, source="operator_source"),
    _source("operator_source"),
    Field("operator_from", "month", source="operator_from_source", may_be_empty=True),
    _source("operator_from_source", may_be_empty=True),
    Field("works_may_start", "month", source="works_may_start_source"),
    _source("works_may_start_source"),
    _of(Zone, "connected_start", "connected", source="connected_source"),
    _source("connected_source"),
    _of(Zone, "price_usd_m2_term", source="price_source", positive=True),
    _source("price_source"),
    _of(Zone, "capacity_m3_day_start", "capacity_m3_day", source="capacity_source"),
    _source("capacity_source"),
    _of(Zone, "km_expressway", source=_DISTANCE),
    _of(Zone, "km_port", source=_DISTANCE),
    Field("km_capital", "number", "km", 0, may_be_missing=True, source=_DISTANCE),
    _source(_DISTANCE),
    Field("cleared_share_start", "number", "share", 0, 1, source=_PROGRESS),
    Field("works_spent_share_start", "number", "share", 0, 1, source=_PROGRESS),
    _source(_PROGRESS),
    Field(
        "permitted_sectors",
        "list",
        source="permitted_source",
        may_be_empty=True,
        may_be_missing=True,
    ),
    Field("permitted_source", "source", may_be_empty=True, may_be_missing=True),
    Field("in_plan", "choice", choices=YES_NO, may_be_missing=True),
    _remark("note"),
)

SECTORS = (
    Field("id", "id"),
    Field("name_vi"),
    Field("name_en"),
    Field("plan", "choice", choices=PLANS),
    _of(Sector, "land_median_ha", source="source", positive=True),
    _of(Sector, "land_sigma", source="source"),
    _of(Sector, "capital_bn_vnd_ha", source="source", positive=True),
    Field("workers_ha_low", "number", "persons/ha", 0, source="source", may_be_missing=True),
    _of(Sector, "workers_ha", source="source"),
    Field("workers_ha_high", "number", "persons/ha", 0, source="source", may_be_missing=True),
    Field("budget_bn_vnd_ha_year_low", "number", lo=0, source="source", may_be_missing=True),
    _of(Sector, "budget_bn_vnd_ha_year", source="source"),
    Field("budget_bn_vnd_ha_year_high", "number", lo=0, source="source", may_be_missing=True),
    _of(Sector, "profit_tax_share", source="source"),
    _of(Sector, "wastewater_m3_ha_day", source="source"),
    _of(Sector, "pollution", source="source"),
    _of(Sector, "export_share", source="source"),
    _of(Sector, "low_skill_share", source="source"),
    _of(Sector, "foreign_share", source="source"),
    _of(Sector, "park_affinity", source="source"),
    _of(Sector, "arrival_share", source="source"),
    Field("mix_park", "number", "share", 0, 1, source="source"),
    Field("mix_cluster", "number", "share", 0, 1, source="source"),
    Field("high_tech", "choice", choices=YES_NO),
    Field("craft", "choice", choices=YES_NO),
    _source(),
    _remark("note"),
)

DISTRICTS = (
    Field("district"),
    Field("population", "count", "persons", 0, source="source", positive=True),
    _source(),
    _remark("note"),
)

ANCHOR_PLANTS = (
    Field("year", "count", "year", 1900, 2200),
    Field("cars", "number", "cars/year", 0, source="source"),
    Field(
        "tax_paid_bn_vnd",
        "number",
        "bn VND/year",
        0,
        source="source",
        may_be_empty=True,
        may_be_missing=True,
    ),
    _source(),
    _remark("note"),
)

KNOWN_TENANTS = (
    Field("name"),
    Field("zone_id", may_be_empty=True),
    Field("sector_id", may_be_empty=True),
    Field("origin", "choice", choices=codes.ORIGINS, may_be_empty=True),
    Field("land_ha", "number", "ha", 0, source="source", may_be_empty=True, positive=True),
    Field("capital_bn_vnd", "number", "bn VND", 0, source="source", may_be_empty=True),
    _remark("zone_stated"),
    _remark("sector_stated"),
    _remark("origin_stated"),
    _remark("status"),
    _source(),
    _remark("note"),
)

SOURCES = (
    Field("id"),
    Field("title"),
    Field("publisher", may_be_empty=True),
    Field("date", may_be_empty=True),
    Field("url", may_be_empty=True),
)

PARAMETERS = (
    Field("key"),
    Field("value", "number", source="source"),
    Field("low", "number", source="source"),
    Field("high", "number", source="source"),
    Field("unit"),
    Field("prior"),
    _source(),
)

LEVERS = (Field("key"), Field("value", source="source"), Field("unit"), _source())
