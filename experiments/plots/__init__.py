"""Figures of an answer: each function takes a table and returns a figure with the table behind it.

Nothing here saves or shows; experiments/results.py saves.
"""

from __future__ import annotations

from experiments.answer import Answer
from experiments.plots.differences import difference_figure
from experiments.plots.fan import occupancy_figure, revenue_figure
from experiments.plots.land import land_figure
from experiments.plots.style import Drawn
from experiments.plots.zones import zone_figure
from experiments.texts import Texts

__all__ = ["Drawn", "figures"]


def figures(answer: Answer, texts: Texts) -> dict[str, Drawn]:
    """Return all figures of an answer by file name.

    Parameters
    ----------
    answer : Answer
        Of one scenario or more.
    texts : Texts
        Language.
    """
    setting = answer.setting
    names, n, years = setting.scenarios, setting.replicates, setting.report_years
    drawn = {
        "occupancy": occupancy_figure(answer.occupancy, names, n, texts),
        "land": land_figure(answer.levels, names, n, texts),
        "revenue": revenue_figure(answer.levels, names, n, texts),
        "zones": zone_figure(answer.zones, names, (years[0], years[-1]), n, texts),
    }
    if len(names) > 1 and n > 1:
        drawn["differences"] = difference_figure(answer.differences, names, years[-1], n, texts)
    return drawn
