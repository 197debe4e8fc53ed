"""Quantities that rules pass around and that are no column of a table."""

from types import MappingProxyType

from sim.schema.column import Column

INTERMEDIATES = MappingProxyType({
    "month": Column("month", "Month", "Tháng"),
    "years": Column("years", "Years since the start", "Số năm"),
    "occupancy": Column("share", "Leased over serviced leasable land", "Tỷ lệ lấp đầy", 0.0, 1.0),
})
