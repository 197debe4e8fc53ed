"""Figures of an answer: each function takes a table and returns a figure with the table behind it.

`draw` is the one door to them: it sets the type. Nothing here saves or shows: files.py turns a
figure into bytes, film.py one run into an animation, and experiments/results.py writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from experiments.answer import Answer
from experiments.plots.differences import difference_figure
from experiments.plots.fan import occupancy_figure, revenue_figure
from experiments.plots.film import film_bytes
from experiments.plots.fonts import FAMILY, style
from experiments.plots.heat import constraint_figure
from experiments.plots.land import land_figure
from experiments.plots.map import Ground, map_figure
from experiments.plots.style import MOST_ZONES, Drawn
from experiments.plots.zones import zone_figure
from experiments.texts import Texts, load_texts
from sim.errors import StoreError

__all__ = ["FILM", "KINDS", "Drawn", "draw", "figures", "film", "lacking", "shows"]

FILM: Final = "map-animation"


def _occupancy(answer: Answer, texts: Texts) -> Drawn:
    return occupancy_figure(answer.occupancy, _labels(answer, texts), _n(answer), texts)


def _land(answer: Answer, texts: Texts) -> Drawn:
    return land_figure(answer.levels, _labels(answer, texts), _n(answer), texts)


def _revenue(answer: Answer, texts: Texts) -> Drawn:
    return revenue_figure(answer.levels, _labels(answer, texts), _n(answer), texts)


def _zones(answer: Answer, texts: Texts) -> Drawn:
    setting = answer.setting
    years = (setting.report_years[0], setting.report_years[-1])
    table, labels = _largest(answer.zones, answer), _labels(answer, texts)
    return zone_figure(table, labels, years, _n(answer), texts, in_all=len(answer.places))


def _differences(answer: Answer, texts: Texts) -> Drawn:
    year, labels = answer.setting.report_years[-1], _labels(answer, texts)
    return difference_figure(answer.differences, labels, year, _n(answer), texts)


def _constraints(answer: Answer, texts: Texts) -> Drawn:
    table, labels = _largest(answer.constraints, answer), _labels(answer, texts)
    return constraint_figure(table, labels, _n(answer), texts, in_all=len(answer.places))


def _map(answer: Answer, texts: Texts) -> Drawn:
    setting = answer.setting
    years = sorted({setting.years[0], setting.report_years[0], setting.report_years[-1]})
    table, labels = answer.constraints, _labels(answer, texts)
    return map_figure(table, _ground(answer, texts), labels, years, _n(answer), texts)


def _labels(answer: Answer, texts: Texts) -> dict[str, str]:
    return answer.setting.labels(texts.language)


def _n(answer: Answer) -> int:
    return answer.setting.replicates


def _largest(table: pd.DataFrame, answer: Answer) -> pd.DataFrame:
    """Return the rows of the zones with most leasable land, as many as a page holds."""
    ordered = answer.places.sort_values("leasable_ha", ascending=False, kind="stable")
    return table[table["zone"].isin(ordered["zone"].head(MOST_ZONES))]


KINDS: Final[dict[str, Callable[[Answer, Texts], Drawn]]] = {
    "occupancy": _occupancy,
    "land": _land,
    "revenue": _revenue,
    "zones": _zones,
    "differences": _differences,
    "constraints": _constraints,
    "map": _map,
}


def lacking(kind: str, answer: Answer, texts: Texts) -> str:
    """Return what an answer lacks for a figure, or an empty text.

    Parameters
    ----------
    kind : str
        One of `KINDS`, or `FILM`.
    answer : Answer
        What shall be shown.
    texts : Texts
        Language.
    """
    setting = answer.setting
    if kind == "differences" and (len(setting.scenarios) < 2 or setting.replicates < 2):
        return texts.get("plot", "lacks_pairs")
    if kind in ("map", FILM) and answer.outline is None:
        return texts.get("plot", "lacks_outline").format(province=setting.province)
    return ""


def shows(kind: str, texts: Texts, answer: Answer | None = None) -> str:
    """Return what a figure shows; of one replicate, the run that it is.

    Parameters
    ----------
    kind : str
        One of `KINDS`, or `FILM`.
    texts : Texts
        Language.
    answer : Answer, optional
        What is shown.
    """
    one = answer is not None and answer.setting.replicates == 1
    of_one = texts.sections["plot"].get(f"{kind}_one") if one else None
    return of_one or texts.get("plot", kind)


def draw(kind: str, answer: Answer, texts: Texts) -> Drawn:
    """Return one figure of an answer, with the table behind it.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    answer : Answer
        Of one scenario or more, fresh or read from a folder.
    texts : Texts
        Language.

    Raises
    ------
    StoreError
        If the answer lacks what the figure shows.
    """
    _require(kind, answer)
    with style():
        drawn = KINDS[kind](answer, texts)
    for axes in drawn.figure.axes:
        axes.tick_params(labelfontfamily=FAMILY)  # ticks are made late, when `style` is over
    return drawn


def figures(answer: Answer, texts: Texts) -> dict[str, Drawn]:
    """Return all figures that an answer has, by kind."""
    return {kind: draw(kind, answer, texts) for kind in KINDS if not lacking(kind, answer, texts)}


def film(answer: Answer, one_run: pd.DataFrame, texts: Texts) -> bytes:
    """Return the map of one run month by month as an animated GIF.

    Parameters
    ----------
    answer : Answer
        Its setting and places are shown.
    one_run : DataFrame
        The months; see experiments/one_run.py.
    texts : Texts
        Language.

    Raises
    ------
    StoreError
        If the province has no outline.
    """
    _require(FILM, answer)
    return film_bytes(answer.setting, one_run, _ground(answer, texts), texts)


def _require(kind: str, answer: Answer) -> None:
    lack = lacking(kind, answer, load_texts("en"))  # errors are in English
    if lack:
        found = ", ".join(answer.setting.scenarios)
        raise StoreError(f"These results ({found}) have no figure {kind!r}: it needs {lack}.")


def _ground(answer: Answer, texts: Texts) -> Ground:
    setting = answer.setting
    assert answer.outline is not None  # `_require` saw to it
    name = setting.province_label(texts.language)
    return Ground(answer.places, answer.outline, setting.province_name_vi, name)
