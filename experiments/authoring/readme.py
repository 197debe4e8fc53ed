"""Explain the data files of a province column by column, in either language."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from experiments.texts import Language, load_texts
from sim import world_columns
from sim.data_files import Field

FILE: Final = Path(__file__).with_name("columns.toml")
TABLES: Final[Mapping[str, Sequence[Field]]] = {
    "zones": world_columns.ZONES,
    "districts": world_columns.DISTRICTS,
    "sectors": world_columns.SECTORS,
    "known_tenants": world_columns.KNOWN_TENANTS,
    "parameters": world_columns.PARAMETERS,
    "levers": world_columns.LEVERS,
    "sources": world_columns.SOURCES,
}


def readme(name: str, language: Language) -> str:
    """Return the guide to the files of a new province, as Markdown.

    Parameters
    ----------
    name : str
        Short name of the province.
    language : {"en", "vi"}
        Which language.
    """
    say, columns = load_texts(language).sections["readme"], _columns()
    parts = [
        say["title"].format(name=name),
        say["intro"],
        say["steps"],
        say["sources"],
        say["anchors"],
    ]
    for table, fields in TABLES.items():
        head = f"| {say['column']} | {say['meaning']} | {say['value']} |\n|---|---|---|\n"
        rows = [_row(table, field, fields, columns, language) for field in fields]
        told = columns["file"][table][language]
        parts.append(f"## world/{table}.csv\n\n{told}\n\n{head}{''.join(rows)}".rstrip())
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _columns() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _row(
    table: str,
    field: Field,
    fields: Sequence[Field],
    columns: Mapping[str, Any],
    language: Language,
) -> str:
    say = load_texts(language).sections["readme"]
    if field.kind == "source":
        of = ", ".join(f"`{other.name}`" for other in fields if other.source == field.name)
        meaning = say["source_of"].format(columns=of) if of else say["source_row"]
    else:
        meaning = columns[table][field.name][language]
    return f"| `{field.name}` | {meaning} | {_value(field, say)} |\n"


def _value(field: Field, say: Mapping[str, str]) -> str:
    """Return what a cell may hold: kind, bounds or choices, unit, whether it may be empty."""
    told = say[field.kind]
    if field.kind == "choice":
        told = say["choice"].format(choices=", ".join(f"`{choice}`" for choice in field.choices))
    elif field.kind in ("number", "count") and math.isfinite(field.lo):
        bounds = "between" if math.isfinite(field.hi) else "above" if field.positive else "from"
        told = f"{told} {say[bounds].format(lo=f'{field.lo:g}', hi=f'{field.hi:g}')}"
    unit = f" [{field.unit}]" if field.unit not in ("", "1") else ""
    may = [key for key in ("may_be_empty", "may_be_missing") if getattr(field, key)]
    return "; ".join([f"{told}{unit}", *(say[key] for key in may)])
