"""Phase 15: write the month down."""

from sim.compiled import phase
from sim.phases.rows import (
    unfinished_money,
    write_district,
    write_kind,
    write_province,
    write_zone,
)
from sim.schema import codes


@phase
def recording(fixed, policy, state, record, month):
    """Write the records of the month; phase 10 has added up what investors bring to them.

    Order: zones, districts, kinds of zones, province.
    Reads: everything.
    Writes: zone unfinished_bn_vnd; state.lease_history; the month's rows of the record.
    """
    for z in range(state.zones.shape[0]):
        state.zones[z].unfinished_bn_vnd = unfinished_money(state, z)
    kept_row = record.kept[month]
    if kept_row >= 0:
        for z in range(state.zones.shape[0]):
            write_zone(state, record.zones[kept_row, z], z)
        for d in range(state.districts.shape[0]):
            write_district(state, record.districts[kept_row, d], d)
    for kind in range(record.kinds.shape[1]):
        write_kind(state, record.kinds[month, kind], kind)
    write_province(state, record, month)
    for z in range(state.zones.shape[0]):
        state.lease_history[z, (month + 1) % codes.LEASE_MONTHS] = 0.0
