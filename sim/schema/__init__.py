"""Every table and column once: dtype, unit, labels in both languages, bounds."""

from sim.schema import codes
from sim.schema.column import Column, as_bytes, columns_of, copy_rows, dtype_of, new_table
from sim.schema.givens import Draw, Sector, Segment
from sim.schema.intermediates import INTERMEDIATES
from sim.schema.levers import NEUTRAL_LEVERS, Levers, SectorLevers, ZoneLevers
from sim.schema.parameters import Parameters
from sim.schema.records import DistrictRecord, Event, KindRecord, ProvinceRecord, ZoneRecord
from sim.schema.tables import District, Investor, Office, Province, Tranche, Zone

TABLES: tuple[type, ...] = (
    Parameters,
    Levers,
    ZoneLevers,
    SectorLevers,
    Zone,
    Tranche,
    Investor,
    Draw,
    Office,
    District,
    Sector,
    Segment,
    Province,
    ZoneRecord,
    KindRecord,
    ProvinceRecord,
    DistrictRecord,
    Event,
)

__all__ = [
    "NEUTRAL_LEVERS",
    "TABLES",
    "Column",
    "District",
    "DistrictRecord",
    "Draw",
    "Event",
    "Investor",
    "KindRecord",
    "Levers",
    "Office",
    "Parameters",
    "Province",
    "ProvinceRecord",
    "Sector",
    "SectorLevers",
    "Segment",
    "Tranche",
    "Zone",
    "ZoneLevers",
    "ZoneRecord",
    "as_bytes",
    "codes",
    "columns_of",
    "copy_rows",
    "dtype_of",
    "new_table",
    "quantities",
]


def quantities() -> dict[str, Column]:
    """Return every declared quantity by name, for the vocabulary test and for documentation.

    Returns
    -------
    dict of str to Column
        Columns of all tables and the quantities of sim/schema/intermediates.py.
    """
    found = dict(INTERMEDIATES)
    for table in TABLES:
        found.update(columns_of(table))
    return found
