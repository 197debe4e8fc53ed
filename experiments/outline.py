"""The outlines of a province and its neighbours, for maps: read from GeoJSON, checked once.

The simulation needs none of it. Where zones lie is in zones.csv (lat, lon, position_source).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from experiments.texts import LANGUAGES, Language
from sim.errors import Problem, WorldError

OUTLINE_FILE: Final = "outline.geojson"
_POLYGONS: Final = "'Polygon' or 'MultiPolygon' of longitude and latitude in degrees"


class Region(NamedTuple):
    """A named area and its rings, each of shape (points, 2): longitude and latitude [degrees]."""

    name: str
    rings: tuple[np.ndarray, ...]


class Outline(NamedTuple):
    """The text of a GeoJSON file, whom its geometry is owed to, and the regions in it."""

    text: str
    credit: Mapping[Language, str]
    regions: tuple[Region, ...]

    def home(self, province_name: str) -> Region:
        """Return the region that is the province."""
        return next(region for region in self.regions if region.name == province_name)


def read_outline(folder: Path, province_name: str) -> Outline | None:
    """Return the outlines in a folder, or None where it holds no `OUTLINE_FILE`.

    Parameters
    ----------
    folder : Path
        Data files of a province, or written results.
    province_name : str
        Name of the region that is the province; the other regions are its neighbours.

    Raises
    ------
    WorldError
        If the file is not such a collection; it names all problems.
    """
    path = folder / OUTLINE_FILE
    if not path.is_file():
        return None
    problems: list[Problem] = []
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
        features = content["features"]
        regions = [_region(feature, place, problems) for place, feature in enumerate(features)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        fault = f"cannot be read ({type(error).__name__}: {error})"
        problem = Problem(path.name, fault, "a GeoJSON FeatureCollection", "Or remove the file.")
        raise WorldError.of(str(path), [problem]) from None
    found = tuple(region for region in regions if region is not None)
    names = [region.name for region in found]
    if not problems and province_name not in names:
        fix = "Name the province's feature as name_vi of world.toml does."
        problems.append(Problem("features", ", ".join(names), repr(province_name), fix))
    credit = {language: str(content.get(f"attribution_{language}", "")) for language in LANGUAGES}
    if any(credit.values()) and not all(credit.values()):
        keys = "attribution_en, attribution_vi"
        expected = "whom the geometry is owed to, in both languages"
        problems.append(Problem(keys, repr(tuple(credit.values())), expected, ""))
    if problems:
        raise WorldError.of(str(path), problems)
    return Outline(text, credit, found)


def _region(feature: object, place: int, problems: list[Problem]) -> Region | None:
    """Return a feature as a region, or None after noting why it is none."""
    try:
        name = feature["properties"]["name"]  # type: ignore[index]
        kind = feature["geometry"]["type"]  # type: ignore[index]
        shape = feature["geometry"]["coordinates"]  # type: ignore[index]
        polygons = {"Polygon": [shape], "MultiPolygon": shape}[kind]
        rings = tuple(
            np.array(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon
        )
        within = all((np.abs(ring) <= (180.0, 90.0)).all() and len(ring) > 3 for ring in rings)
    except (KeyError, IndexError, TypeError, ValueError):
        name, rings, within = "", (), False
    if not (isinstance(name, str) and name and rings and within):
        fix = "Give properties.name, and rings of four points or more."
        problems.append(Problem(f"features[{place}]", "not such a feature", _POLYGONS, fix))
        return None
    return Region(name, rings)
