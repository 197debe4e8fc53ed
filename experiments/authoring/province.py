"""Write the data files of a new province: an invented example that runs, to be replaced row by row.

Zones, districts and levers are those of the shipped example `tiny`; sectors and parameters those of
Ninh Bình, with their sources, as a start. Columns are explained in readme.py.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from experiments.authoring.readme import readme
from experiments.texts import LANGUAGES
from sim import world_columns
from sim.data_files import Field, Row
from sim.world import world_path
from sim.world_files import WorldFiles, read_world_files

EXAMPLE: Final = "tiny"
PATTERN: Final = "ninh_binh"
_MONTHS: Final = 120
_CITED: Final = re.compile(r"\b[A-Z]\d{2,3}\b")  # ids of sources.csv
_INVENTED: Final = {
    "id": "X01",
    "title": "Invented example: replace it, row by row, by published values",
    "publisher": "zonesim",
    "date": "",
    "url": "",
}
_EXAMPLES_OWN: Final = ("candidates_per_year", "cluster_budget_bn_vnd")  # as small as the example

_BASELINE: Final = """\
# What holds when policy stays as in the start year: every other scenario is compared with it.
# Điều xảy ra nếu chính sách giữ như năm đầu: mọi kịch bản khác được so với kịch bản này.

[label]
en = "As at the start"
vi = "Như đầu kỳ"

[description]
en = "Nothing changes."
vi = "Không có gì thay đổi."
"""


def province_files(name: str) -> dict[str, str]:
    """Return the files of a new province by path: world/, a baseline scenario, two README.

    Parameters
    ----------
    name : str
        Short name of the province.

    Returns
    -------
    dict of str to str
        Text by path below its folder. The CSV files begin with a byte order mark, by which
        spreadsheets know that they are UTF-8.
    """
    example, pattern = (_files(province) for province in (EXAMPLE, PATTERN))
    tables = _tables(example, pattern)
    found = {f"world/{key}.csv": "\ufeff" + _csv(*table) for key, table in tables.items()}
    found["world/world.toml"] = _settings(name)
    found["baseline.toml"] = _BASELINE
    for language in LANGUAGES:
        suffix = "" if language == "en" else f".{language}"
        found[f"README{suffix}.md"] = readme(name, language)
    return found


def _files(province: str) -> WorldFiles:
    return read_world_files(world_path(province), [])


def _tables(
    example: WorldFiles, pattern: WorldFiles
) -> dict[str, tuple[Sequence[Field], list[Mapping[str, str]]]]:
    """Return the columns and rows of every table."""
    own = {row.name: row.cells for row in example.parameters if row.name in _EXAMPLES_OWN}
    sectors = [row.cells for row in pattern.sectors]
    parameters = [own.get(row.name, row.cells) for row in pattern.parameters]
    zones = [
        {**row.cells, "permitted_sectors": "", "permitted_source": ""} for row in example.zones
    ]
    tenant = {
        **example.known_tenants[0].cells,
        "sector_id": pattern.sectors[-1].name,
        "source": _INVENTED["id"],
    }
    cited = [*_cited(pattern.sources, [*sectors, *parameters])]
    return {
        "zones": (world_columns.ZONES, [_with_all(row) for row in zones]),
        "districts": (world_columns.DISTRICTS, _cells(example.districts)),
        "sectors": (world_columns.SECTORS, sectors),
        "known_tenants": (world_columns.KNOWN_TENANTS, [tenant]),
        "parameters": (world_columns.PARAMETERS, parameters),
        "levers": (world_columns.LEVERS, _cells(example.levers)),
        "sources": (world_columns.SOURCES, [_INVENTED, *cited]),
    }


def _cells(rows: Iterable[Row]) -> list[Mapping[str, str]]:
    return [row.cells for row in rows]


def _with_all(zone: Mapping[str, str]) -> Mapping[str, str]:
    """Return a zone of the example with the columns that it leaves out."""
    return {"km_capital": "50", "in_plan": "no", "note": "Invented example", **zone}


def _cited(sources: Iterable[Row], rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return the sources that some rows cite."""
    named = {name for row in rows for text in row.values() for name in _CITED.findall(text)}
    return [row.cells for row in sources if row.name in named]


def _csv(fields: Sequence[Field], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({field.name: row.get(field.name, "") for field in fields})
    return text.getvalue()


def _settings(name: str) -> str:
    title = name.replace("_", " ").replace("-", " ").title()
    return (
        "# The province: change the names, the first month and the number of months.\n"
        "# Tỉnh: sửa tên, tháng đầu tiên và số tháng mô phỏng.\n"
        f'id = "{name}"\n'
        f'name_en = "{title} (invented example)"\n'
        f'name_vi = "{title} (ví dụ hư cấu)"\n'
        'start = "2021-01"\n'
        f"months = {_MONTHS}\n"
    )
