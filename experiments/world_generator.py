"""Invent a province of any size after the shipped one, to see what size costs.

Each zone is a zone of Ninh Bình made somewhat larger or smaller and put in another place, so that
its values hang together as there. Not for reading worlds: sim/world.py.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Final

from experiments.texts import load_texts
from experiments.world_growth import (
    PATTERN,
    SOURCE,
    Pattern,
    Size,
    grown_levers,
    grown_parameters,
)
from sim import shocks
from sim.data_files import Row
from sim.schema import codes
from sim.world_files import WorldFiles

_TEMPLATE, _SITE, _DISTRICT, _SIZE, _PRICE, _POPULATION = range(6)  # numbers within the stream
_SPREAD: Final = 0.15  # assumption, log units: near enough to the pattern, yet no two alike
_SIZES: Final = (
    "gross_ha",
    "leasable_ha",
    "serviced_ha_start",
    "leased_ha_start",
    "capacity_m3_day_start",
)
_PLACES: Final = ("lat", "lon", "km_expressway", "km_port", "km_capital")


def generate_world(size: Size, pattern: Pattern) -> dict[str, str]:
    """Return the files of an invented province by path: world/ and a baseline scenario.

    Parameters
    ----------
    size : Size
        Numbers that make sense: at least one zone, candidate, district and year.
    pattern : Pattern
        What to invent it after.

    Returns
    -------
    dict of str to str
        Text by path below the folder of the province. The zones of a smaller province of the same
        seed, districts and mix are the first ones of a larger one.

    Notes
    -----
    A smoothed bootstrap: draw a row of the data with replacement, then disturb it. Areas and
    capacity share one factor. What the province as a whole has (funding, offices, population)
    grows with its zones or its candidates.

    Source
    ------
    Silverman and Young (1987), The bootstrap: to smooth or not to smooth? Biometrika 74, 469-479.
    """
    files = pattern.files
    tables: dict[str, Sequence[Mapping[str, str]]] = {
        "zones": _zones(size, files),
        "districts": _districts(size, files),
        "sectors": [row.cells for row in files.sectors],
        "parameters": grown_parameters(size, pattern),
        "levers": grown_levers(size, files),
        "known_tenants": [_nobody(files.known_tenants[0])],
        "sources": [_source(size), *(row.cells for row in files.sources)],
    }
    found = {f"world/{name}.csv": _csv(rows) for name, rows in tables.items()}
    found["world/world.toml"] = _settings(size, files)
    found["baseline.toml"] = _BASELINE
    return found


# --- zones and districts --------------------------------------------------------------------------


def _uniform(seed: int, name: str, number: int) -> float:
    return float(
        shocks.uniform(seed, shocks.GENERATED_WORLD, 0, 0, shocks.identity_key(name), number)
    )


def _pick(rows: Sequence[Row], seed: int, name: str, number: int) -> Row:
    return rows[int(_uniform(seed, name, number) * len(rows))]


def _factor(seed: int, name: str, number: int) -> float:
    luck = shocks.normal(seed, shocks.GENERATED_WORLD, 0, 0, shocks.identity_key(name), number)
    return math.exp(_SPREAD * float(luck))


def _scaled(row: Row, column: str, factor: float) -> str:
    return f"{row.number(column) * factor:.2f}"


def _zones(size: Size, files: WorldFiles) -> list[dict[str, str]]:
    """Return the rows of zones.csv; an extension has the last let zone without one as parent."""
    kinds = [[row for row in files.zones if row.text("kind") == kind] for kind in codes.KINDS]
    parents: list[list[str]] = [[] for _ in codes.KINDS]
    found = []
    for i in range(size.zones):
        kind = _kind(size, i)
        name = f"{codes.KINDS[kind]}-{i + 1:05d}"
        template = _pick(kinds[kind], size.seed, name, _TEMPLATE)
        parent = parents[kind].pop() if template.text("parent") and parents[kind] else ""
        if template.number("leased_ha_start") > 0.0:
            parents[kind].append(name)
        found.append(_zone(size, files, template, name, parent, i))
    return found


def _kind(size: Size, i: int) -> int:
    """Return the kind of zone i, so that every stretch of zones has the mix as nearly as it can."""
    both = size.parks + size.clusters
    is_park = (i + 1) * size.parks // both > i * size.parks // both
    return codes.PARK if is_park else codes.CLUSTER


def _zone(
    size: Size, files: WorldFiles, template: Row, name: str, parent: str, i: int
) -> dict[str, str]:
    place = parent or name  # an extension lies beside its parent
    site = _pick(files.zones, size.seed, place, _SITE)
    larger = _factor(size.seed, name, _SIZE)
    district = int(_uniform(size.seed, place, _DISTRICT) * size.districts)
    kind_vi, kind_en = ("KCN", "Park") if template.text("kind") == "park" else ("CCN", "Cluster")
    sources = {key: SOURCE for key, text in template.cells.items() if _is_source(key) and text}
    return {
        **template.cells,
        **sources,
        **{column: site.text(column) for column in _PLACES},
        **{column: _scaled(template, column, larger) for column in _SIZES},
        "id": name,
        "name_vi": f"{kind_vi} số {i + 1}",
        "name_en": f"{kind_en} no. {i + 1}",
        "district": _district_name(district),
        "parent": parent,
        "price_usd_m2_term": _scaled(
            template, "price_usd_m2_term", _factor(size.seed, name, _PRICE)
        ),
        "in_plan": "no",
        "note": f"After {template.name}, at the distances of {site.name}",
    }


def _is_source(column: str) -> bool:
    return column.endswith("_source")


def _district_name(d: int) -> str:
    return f"District {d + 1}"


def _districts(size: Size, files: WorldFiles) -> list[dict[str, str]]:
    """Return the rows of districts.csv, with as many people a zone as the pattern has."""
    share = size.zones / size.districts * len(files.districts) / len(files.zones)
    found = []
    for name in (_district_name(d) for d in range(size.districts)):
        template = _pick(files.districts, size.seed, name, _TEMPLATE)
        people = template.number("population") * share * _factor(size.seed, name, _POPULATION)
        population = str(max(1, round(people)))
        note = f"After {template.name}"
        found.append({"district": name, "population": population, "source": SOURCE, "note": note})
    return found


# --- the other files ------------------------------------------------------------------------------

_BASELINE: Final = """\
[label]
en = "As at the start"
vi = "Như ban đầu"

[description]
en = "Nothing changes in this invented province."
vi = "Không có gì thay đổi ở tỉnh giả lập này."
"""


def command_of(size: Size) -> str:
    """Return the words that generate a province, but for the folder."""
    return (
        f"zonesim world generate --zones {size.zones} --candidates {size.candidates} "
        f"--districts {size.districts} --years {size.years} --seed {size.seed} "
        f"--kind-mix {size.parks}:{size.clusters}"
    )


def _settings(size: Size, files: WorldFiles) -> str:
    """Return world.toml: no anchor plants, a horizon of its own."""
    return (
        f"# Invented by `{command_of(size)}`:\n"
        "# nothing in this folder describes a real place. Zones and districts are drawn after the\n"
        f"# shipped world {PATTERN}, sums grow with size, sectors and other parameters are its.\n"
        'id = "generated"\n'
        f'name_en = "Generated ({load_texts("en").counted("zones", size.zones)})"\n'
        f'name_vi = "Tỉnh giả lập ({size.zones} khu)"\n'
        f'start = "{files.settings.start}"\n'
        f"months = {12 * size.years}\n"
    )


def _source(size: Size) -> dict[str, str]:
    title = f"Generated: drawn after the shipped world {PATTERN} by {command_of(size)}"
    return {"id": SOURCE, "title": title, "publisher": "zonesim", "date": "", "url": ""}


def _nobody(row: Row) -> dict[str, str]:
    """Return the one row of known_tenants.csv, which must have one: it stands in no zone."""
    blank = dict.fromkeys(row.cells, "")
    return {**blank, "name": "none", "source": SOURCE, "note": "No tenant is known by name"}


def _csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as CSV under the columns of the first."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
