"""Check that the files of a province agree with each other and with the schema.

Each check adds what is wrong to a list, so that all problems can be told at once. Cells that are
wrong by themselves were noted by sim/data_files.py; comparisons with them are false, not errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.data_files import A_SOURCE, Row, is_month, near_miss
from sim.errors import Problem
from sim.schema import NEUTRAL_LEVERS, Column, Levers, Parameters, codes, columns_of
from sim.sums import plain_sum
from sim.world_files import SETTINGS_FILE, WorldFiles, calendar_of

_CITATION = re.compile(r"\b[A-Z]\d{2,3}\b")
_STATED = re.compile(r"[AD]: \S")
_NUMBER = r"-?\d+(\.\d+)?"
_PRIOR = re.compile(
    rf"Fixed|Uniform|Triangular|(Normal|LogNormal|TruncNormal|Beta)\({_NUMBER}, {_NUMBER}\)"
)
_PRIORS = (
    "Fixed, Uniform, Triangular, Normal(mean, sd), TruncNormal(mean, sd), LogNormal(median, sigma) "
    "or Beta(a, b)"
)
_SHARES_SUM_TO_1 = 1e-6
_SAME_LAND_HA = 1e-9
_MOST_SECTORS = 62  # permitted sectors are bits of a 64-bit word


def check_files(files: WorldFiles, problems: list[Problem]) -> None:
    """Note every contradiction between the files of a province, and with the schema."""
    _check_calendar(files, problems)
    _check_zones(files, problems)
    _check_sectors(files, problems)
    _check_tenants(files, problems)
    _check_anchors(files, problems)
    _check_parameters(files.parameters, problems)
    _check_levers(files.levers, problems)
    _check_sources(files, problems)


def _names(rows: Iterable[Row]) -> list[str]:
    return [row.name for row in rows]


def _note(problems: list[Problem], row: Row, column: str, expected: str, fix: str = "") -> None:
    problems.append(Problem(row.where(column), repr(row.text(column)), expected, fix))


def _check_known(
    row: Row, column: str, known: Sequence[str], file: str, problems: list[Problem]
) -> None:
    """Note the words of a cell that no row of another file is named by, if there are any rows."""
    found = [row.text(column)] if column != "permitted_sectors" else row.words(column)
    for name in found:
        if name and known and name not in known:
            fix = near_miss(name, known)
            problems.append(Problem(row.where(column), repr(name), f"a name of {file}", fix))


def _check_calendar(files: WorldFiles, problems: list[Problem]) -> None:
    start = files.settings.start
    if start and not is_month(start):
        where = f"{SETTINGS_FILE}, start"
        problems.append(Problem(where, repr(start), "a month such as 2021-01", ""))


def _check_zones(files: WorldFiles, problems: list[Problem]) -> None:
    districts, sectors, zones = map(_names, (files.districts, files.sectors, files.zones))
    for row in files.zones:
        _check_known(row, "district", districts, "districts.csv", problems)
        _check_known(row, "parent", zones, "zones.csv", problems)
        _check_known(row, "permitted_sectors", sectors, "sectors.csv", problems)
        if row.text("parent") == row.name:
            _note(problems, row, "parent", "another zone")
        if row.text("operator_from") and row.text("operator") != "private":
            _note(problems, row, "operator_from", "nothing unless the operator is private")
        for column, limit in (
            ("leasable_ha", "gross_ha"),
            ("serviced_ha_start", "leasable_ha"),
            ("leased_ha_start", "leasable_ha"),
            ("leased_ha_start", "serviced_ha_start"),
            ("works_spent_share_start", "cleared_share_start"),
        ):
            if row.number(column) > row.number(limit):
                _note(problems, row, column, f"at most {limit}, {row.text(limit)}")
        if row.number("cleared_share_start") > 0.0:
            if row.text("operator") == "none":
                _note(problems, row, "cleared_share_start", "0, as nobody operates the zone")
            if row.number("serviced_ha_start") == 0.0:
                _note(problems, row, "cleared_share_start", "0, as the zone has no serviced land")
        tenants, leased_ha = row.number("tenants_start"), row.number("leased_ha_start")
        if tenants == 0 and leased_ha > 0:
            _note(problems, row, "tenants_start", f"some, as {leased_ha:g} ha are leased")
        if tenants > 0 and leased_ha == 0:
            _note(problems, row, "leased_ha_start", f"some, as there are {tenants:g} tenants")


def _check_sectors(files: WorldFiles, problems: list[Problem]) -> None:
    rows = files.sectors
    if len(rows) > _MOST_SECTORS:
        expected = f"at most {_MOST_SECTORS}"
        problems.append(Problem("sectors.csv, rows", str(len(rows)), expected, ""))
    for column in ("arrival_share", "mix_park", "mix_cluster"):
        total = plain_sum(row.number(column) for row in rows)
        if abs(total - 1.0) > _SHARES_SUM_TO_1 and rows:
            where = f"sectors.csv, sum of {column}"
            problems.append(Problem(where, f"{total:.6g}", "1, give or take 1e-6", ""))
    for row in [row for row in rows if row.text("craft") == "yes"][1:]:
        _note(problems, row, "craft", "one sector at most with yes")
    for row in rows:
        for column in ("workers_ha", "budget_bn_vnd_ha_year"):
            low, value, high = (row.number(column + end) for end in ("_low", "", "_high"))
            if low > value or value > high:
                _note(problems, row, column, f"a value from {low:g} to {high:g}, its own range")


def _check_tenants(files: WorldFiles, problems: list[Problem]) -> None:
    zones, sectors = _names(files.zones), _names(files.sectors)
    for row in files.known_tenants:
        _check_known(row, "zone_id", zones, "zones.csv", problems)
        _check_known(row, "sector_id", sectors, "sectors.csv", problems)
    for zone in files.zones:
        _check_room_for_tenants(zone, files, problems)
        tenants, mix = zone.number("tenants_start"), permitted_mix(zone, files.sectors)
        if tenants > 0 and mix and sum(mix) == 0:
            expected = f"a sector with a share in mix_{zone.text('kind')}, for its tenants"
            _note(problems, zone, "permitted_sectors", expected)


def _check_room_for_tenants(zone: Row, files: WorldFiles, problems: list[Problem]) -> None:
    """Note known tenants that are more, or take more land, than their zone has."""
    lands_ha = [plant.land_ha for plant in files.settings.anchors if plant.zone == zone.name]
    placed = [row for row in files.known_tenants if is_placed(row, zone.name)]
    known = len(lands_ha) + len(placed)
    lands_ha += [row.number("land_ha") for row in placed if row.text("land_ha")]
    tenants = zone.number("tenants_start")
    known_ha = plain_sum(lands_ha)
    others, left_ha = tenants - len(lands_ha), zone.number("leased_ha_start") - known_ha
    if tenants < known:
        _note(problems, zone, "tenants_start", f"at least the {known} that are known")
    elif (others > 0 and left_ha <= 0) or (others == 0 and abs(left_ha) > _SAME_LAND_HA):
        expected = f"room for {others:g} tenants beside the {known_ha:g} ha of known tenants"
        _note(problems, zone, "leased_ha_start", expected)


def is_placed(row: Row, zone_id: str) -> bool:
    """Return whether a known tenant is known well enough to stand in this zone."""
    return row.text("zone_id") == zone_id and bool(row.text("sector_id") and row.text("origin"))


def permitted_mix(zone: Row, sectors: Iterable[Row]) -> list[float]:
    """Return the shares of land leased at the start by sector, 0 where a zone may not take it."""
    permitted = zone.words("permitted_sectors")
    column = f"mix_{zone.text('kind')}"
    return [
        row.number(column) if not permitted or row.name in permitted else 0.0 for row in sectors
    ]


def _check_anchors(files: WorldFiles, problems: list[Problem]) -> None:
    known = {"zone": _names(files.zones), "sector": _names(files.sectors), "origin": codes.ORIGINS}
    for i, anchor in enumerate(files.settings.anchors):
        for key, names in known.items():
            name = getattr(anchor, key)
            if name and names and name not in names:
                where = f"{SETTINGS_FILE}, anchors[{i}].{key}"
                expected = f"a known {key}"
                problems.append(Problem(where, repr(name), expected, near_miss(name, names)))
    start = files.settings.start
    if not (files.anchor_plants and is_month(start)):
        return
    calendar = calendar_of(files.settings)
    years = {calendar.year(month) for month in range(calendar.months)}
    missing = sorted(years - {row.count("year") for row in files.anchor_plants})
    for year in missing:
        problems.append(Problem("anchor_plants.csv", f"no row for {year}", "", ""))


def _check_keys(
    file: str, found: Sequence[str], known: Iterable[str], problems: list[Problem]
) -> None:
    """Note unknown and missing keys of a file of keys and values, if it could be read at all."""
    missing = [key for key in known if key not in found]
    for key in found:
        if key not in known:
            problems.append(Problem(file, f"unknown key {key!r}", "", near_miss(key, missing)))
    for key in missing if found else []:
        problems.append(Problem(file, f"missing key {key!r}", "", ""))


def _check_parameters(rows: list[Row], problems: list[Problem]) -> None:
    columns = columns_of(Parameters)
    _check_keys("parameters.csv", _names(rows), columns, problems)
    for row in rows:
        if row.name in columns and row.has("value"):
            _check_parameter(row, columns[row.name], problems)


def _check_parameter(row: Row, column: Column, problems: list[Problem]) -> None:
    low, value, high = (row.number(name) for name in ("low", "value", "high"))
    if row.has("unit") and row.text("unit") != column.unit:
        _note(problems, row, "unit", repr(column.unit))
    for name in ("low", "value", "high"):
        if row.number(name) < column.lo or row.number(name) > column.hi:
            _note(problems, row, name, f"a number from {column.lo:g} to {column.hi:g}")
    if low > high:
        _note(problems, row, "low", f"at most high, {high:g}")
    elif value < low or value > high:
        _note(problems, row, "value", f"a number from low to high, {low:g} to {high:g}")
    if row.text("prior") and not _PRIOR.fullmatch(row.text("prior")):
        _note(problems, row, "prior", _PRIORS)
    elif (row.text("prior") == "Fixed") != (low == high):
        _note(problems, row, "prior", "Fixed where low equals high, and only there")


def _check_levers(rows: list[Row], problems: list[Problem]) -> None:
    columns = columns_of(Levers)
    keys = [key for key in columns if key not in NEUTRAL_LEVERS]
    _check_keys("levers.csv", _names(rows), keys, problems)
    for row in (row for row in rows if row.name in keys and row.has("value")):
        column = columns[row.name]
        if row.has("unit") and row.text("unit") != column.unit:
            _note(problems, row, "unit", repr(column.unit))
        if row.name == "allocation":
            fix = near_miss(row.text("value"), codes.ALLOCATIONS)
            if row.text("value") not in codes.ALLOCATIONS:
                _note(problems, row, "value", "a rule of allocation", fix)
        elif not column.lo <= row.number("value") <= column.hi:
            _note(problems, row, "value", f"a number from {column.lo:g} to {column.hi:g}")


def _check_sources(files: WorldFiles, problems: list[Problem]) -> None:
    """Note values without a source and sources that are not listed, if any are."""
    known = _names(files.sources)
    if not known:
        return
    for fields, rows in files.tables():
        optional = {f.name for f in fields if f.kind == "source" and f.may_be_empty}
        for row in rows:
            cited = {f.source: f.name for f in fields if f.source and row.text(f.name)}
            for column, value_column in cited.items():
                if row.text(column):
                    where = row.where(column)
                    problems.extend(_source_problems(where, row.text(column), known))
                elif column in optional:
                    _note(problems, row, column, f"{A_SOURCE}, for {value_column}")
    for i, anchor in enumerate(files.settings.anchors):
        if anchor.source:
            where = f"{SETTINGS_FILE}, anchors[{i}].source"
            problems.extend(_source_problems(where, anchor.source, known))


def _source_problems(where: str, text: str, known: Sequence[str]) -> list[Problem]:
    """Return what is wrong with one source: unknown ids, or neither id nor 'A: ' nor 'D: '."""
    first = re.split(r"\W", text, maxsplit=1)[0]
    unknown = [word for word in _CITATION.findall(text) if word not in known]
    if not _STATED.match(text) and first not in known and first not in unknown:
        return [Problem(where, repr(text), A_SOURCE, "")]
    return [Problem(where, repr(word), A_SOURCE, near_miss(word, known)) for word in unknown]
