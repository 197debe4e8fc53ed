"""The land account year by year: what serviced land is used for, mean of replicates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from experiments.outcomes import LAND_COLUMNS
from experiments.plots.style import (
    Drawn,
    legend,
    new_figure,
    plain,
    row_titles,
    title,
    year_ticks,
)
from experiments.texts import Texts

_EDGE: Final = "#555555"
_SHADES: Final = {
    "taken": "#0072B2",
    "not_operating": "#56B4E9",
    "reserved": "#E69F00",
    "idle": "#999999",
    "vacant": "#F0E442",
    "residual": "#ffffff",
}


def land_figure(levels: pd.DataFrame, labels: Mapping[str, str], n: int, texts: Texts) -> Drawn:
    """Return stacked land by year for all zones, parks and clusters of each scenario.

    Parameters
    ----------
    levels : DataFrame
        `Answer.levels`.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    n : int
        Replicates.
    texts : Texts
        Language.
    """
    table, scopes = _wide(levels), ("all", "parks", "clusters")
    figure = new_figure(1.2 + 2.3 * len(labels))
    axes = figure.subplots(len(labels), 3, sharex=True, sharey="col", squeeze=False)
    for row, (name, label) in enumerate(labels.items()):
        for column, scope in enumerate(scopes):
            panel = axes[row, column]
            rows = table[(table["scenario"] == name) & (table["scope"] == scope)]
            base = np.zeros(len(rows))
            for key, values in _layers(rows).items():
                shade = _SHADES[key]
                panel.bar(
                    rows["year"], values, 0.8, base, color=shade, edgecolor=_EDGE, linewidth=0.4
                )
                base = base + values
            plain(panel, texts)
            year_ticks(panel, rows["year"].tolist())
        row_titles(axes[row], label, [texts.get("figure", scope) for scope in scopes])
        axes[row, 0].set_ylabel(texts.get("figure", "land_axis"), fontsize=8.5)
    note = texts.get("figure", "replicates").format(replicates=texts.counted("replicates", n))
    title(figure, texts.get("figure", "land"))
    marks = [
        Patch(facecolor=shade, edgecolor=_EDGE, linewidth=0.4, label=texts.get("figure", key))
        for key, shade in _SHADES.items()
    ]
    legend(figure, marks, note)
    return Drawn(figure, table)


def _wide(levels: pd.DataFrame) -> pd.DataFrame:
    """Return the means of the land account, one row a scenario, scope and year."""
    frames = []
    for scope in ("all", "parks", "clusters"):
        suffix = "" if scope == "all" else f"_{scope}"
        keys = {f"{column}{suffix}": column for column in LAND_COLUMNS}
        rows = levels[levels["outcome"].isin(keys)]
        wide = rows.pivot_table("mean", ["scenario", "year"], "outcome", sort=False, dropna=False)
        wide = wide.reset_index().rename(columns={**keys, f"occupancy{suffix}": "occupancy_share"})
        wide.insert(1, "scope", scope)
        frames.append(wide[["scenario", "scope", "year", *LAND_COLUMNS[1:], "occupancy_share"]])
    table = pd.concat(frames, ignore_index=True)
    table.columns.name = None
    return table


def _layers(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the parts of serviced land, from the bottom of a bar."""
    land = {column: rows[column].to_numpy() for column in LAND_COLUMNS[1:]}
    known = land["leased_ha"] + land["reserved_ha"] + land["idle_ha"] + land["vacant_ha"]
    return {
        "taken": land["operating_ha"],
        "not_operating": land["leased_ha"] - land["operating_ha"],
        "reserved": land["reserved_ha"],
        "idle": land["idle_ha"],
        "vacant": land["vacant_ha"],
        "residual": np.maximum(0.0, land["serviced_ha"] - known),
    }
