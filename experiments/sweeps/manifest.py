"""The manifest of a result: what was asked, of which model and data, and its points.

The manifest is written last and names the hash of the points, so that both change as one. Clock,
machine and command are in a block of their own, which nothing is compared with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa

from experiments.provenance import folder_fingerprint, version
from experiments.province import Province, load_province
from experiments.study import Factor, Study, study_content, study_from
from experiments.sweeps import parts as files
from experiments.sweeps.columns import chosen, numbers, texts
from sim.compiled import fingerprint
from sim.errors import StoreError

MANIFEST: Final = "manifest.json"
POINTS: Final = "points.parquet"
_POINTS_NEXT: Final = "points.next.parquet"
_LIBRARIES: Final = ("numpy", "numba", "scipy", "pyarrow", "SALib")
_CASE: Final = "case_id_"
Json = dict[str, Any]


class Points(NamedTuple):
    """The points of a study as numbered, and the ids of their cases."""

    values: np.ndarray  # shape (points, factors); row = number of the point
    ids: tuple[tuple[str, ...], ...]  # by point and scenario


class Manifest(NamedTuple):
    """What a result folder says of itself."""

    study: Study
    model: str  # fingerprint
    data: str  # fingerprint
    points: str  # hash of the file of points
    content: Json  # the whole, as read


def manifest_content(study: Study, province: Province, points: bytes, machine: Json) -> Json:
    """Return the manifest of a study that is about to run.

    Parameters
    ----------
    study : Study
        The study.
    province : Province
        Its province.
    points : bytes
        The file of points.
    machine : dict
        Clock, machine and command.
    """
    return {
        "about": "A result of zonesim: what was asked, of which model and data.",
        "study": study_content(study),
        "model": fingerprint(),
        "data": folder_fingerprint(province.data),
        "points": files.digest(points),
        "versions": {"zonesim": version(), **_versions()},
        "machine": machine,
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def write_manifest(folder: Path, content: Mapping[str, Any], points: bytes) -> None:
    """Write manifest and points so that both change as one.

    Raises
    ------
    StoreError
        If they cannot be written.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    files.write_whole(folder / _POINTS_NEXT, points)
    files.write_whole(folder / MANIFEST, text.encode())
    (folder / _POINTS_NEXT).replace(folder / POINTS)


def read_manifest(folder: Path) -> Manifest:
    """Return what a result folder says of itself.

    Raises
    ------
    StoreError
        If it is no result, or its manifest was damaged.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise StoreError(f"{folder}: not a result of a sweep; it holds no {MANIFEST}.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        study = study_from(content["study"])
        return Manifest(study, content["model"], content["data"], content["points"], content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        text = f"{path}: was edited or damaged ({type(error).__name__}: {error})."
        raise StoreError(f"{text} Restore it, or sweep into a new folder.") from None


def check_model(folder: Path, manifest: Manifest, province: Province) -> None:
    """Make sure that runs may be added to a result.

    Raises
    ------
    StoreError
        If the model or the data changed since.
    """
    changed = changed_since(manifest, province)
    if changed is not None:
        what, then, now = changed
        raise StoreError(
            f"{folder}: made with another {what} ({what} fingerprint {then}, now {now}); runs of "
            f"the two are never mixed. Name another folder, or go back to that {what}."
        )


def changed_since(manifest: Manifest, province: Province) -> tuple[str, str, str] | None:
    """Return what is not as in a manifest ("model" or "data"), its fingerprint there, and now."""
    now = {"model": fingerprint(), "data": folder_fingerprint(province.data)}
    then = {"model": manifest.model, "data": manifest.data}
    changed = [(what, then[what], now[what]) for what in now if now[what] != then[what]]
    return changed[0] if changed else None


def province_of(manifest: Manifest) -> Province:
    """Return the province of a result: its data where they were, else by name."""
    told = manifest.content.get("machine", {}).get("province_folder", "")
    known = told and (Path(told) / "world.toml").is_file()
    return load_province(Path(told) if known else manifest.study.province)


# --- points ---------------------------------------------------------------------------------------


def points_bytes(study: Study, points: Points) -> bytes:
    """Return the file of points: number, factors, and the ids of the cases."""
    columns: dict[str, pa.Array] = {"point": numbers(np.arange(len(points.values), dtype=np.int32))}
    for place, factor in enumerate(study.factors):
        columns[factor.name] = factor_column(factor, points.values[:, place])
    for place, name in enumerate(study.names):
        columns[_CASE + name] = texts(row[place] for row in points.ids)
    return files.parquet_bytes(pa.table(columns))


def factor_column(factor: Factor, values: np.ndarray) -> pa.Array:
    """Return a factor as people read it: numbers, true or false, words; null as in the scenario."""
    absent = np.isnan(values)
    if factor.kind == "categorical":
        return chosen(factor.labels, np.where(absent, 0.0, values).astype(np.int64), absent)
    if factor.kind == "boolean":
        return numbers(np.where(absent, 0.0, values) > 0.0, absent)
    if factor.kind == "integer":
        return numbers(np.where(absent, 0.0, values).astype(np.int64), absent)
    return numbers(values, absent)


def read_points(folder: Path, manifest: Manifest) -> Points:
    """Return the points of a result.

    Raises
    ------
    StoreError
        If they are not those that the manifest names.
    """
    table = points_table(folder, manifest)
    factors = manifest.study.factors
    values = np.full((len(table), len(factors)), np.nan)
    for place, factor in enumerate(factors):
        values[:, place] = _numbers(factor, table.column(factor.name).to_pylist())
    ids = zip(
        *(table.column(_CASE + name).to_pylist() for name in manifest.study.names), strict=True
    )
    return Points(values, tuple(ids))


def _numbers(factor: Factor, cells: list[Any]) -> list[float]:
    if factor.kind == "categorical":
        places = {label: float(place) for place, label in enumerate(factor.labels)}
        return [np.nan if cell is None else places[cell] for cell in cells]
    return [np.nan if cell is None else float(cell) for cell in cells]


def points_table(folder: Path, manifest: Manifest) -> pa.Table:
    """Return the file of points as it is, after checking it to the byte."""
    for name in (POINTS, _POINTS_NEXT):  # the second, if the last rename did not happen
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        if files.digest(content) == manifest.points:
            return files.read_columns(pa.BufferReader(content))
    raise StoreError(
        f"{folder / POINTS}: not as it was written (torn, edited or gone). Restore it, or sweep "
        "into a new folder."
    )


def own_columns(study: Study) -> tuple[str, ...]:
    """Return the columns of the file of points that are not ids of cases."""
    return ("point", *(factor.name for factor in study.factors))
