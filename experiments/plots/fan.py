"""Fan charts: median, 50 and 90 % of replicates of occupancy and of revenue over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.plots.style import (
    GREY,
    Drawn,
    colour,
    end_labels,
    legend,
    new_figure,
    panel_grid,
    panel_title,
    plain,
    row_titles,
    title,
    year_ticks,
)
from experiments.texts import Texts

SCOPES = ("all", "parks", "clusters")
QUANTILES = ("q05", "q25", "median", "q75", "q95")


def occupancy_figure(table: pd.DataFrame, labels: Mapping[str, str], n: int, texts: Texts) -> Drawn:
    """Return occupancy by month for each scenario, and under it the land behind it.

    Parameters
    ----------
    table : DataFrame
        `Answer.occupancy`.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    n : int
        Replicates.
    texts : Texts
        Language.
    """
    names, scopes = list(labels), [texts.get("figure", scope) for scope in SCOPES]
    figure = new_figure(2.1 * len(names) + 3.0)
    axes = figure.subplots(len(names) + 1, len(SCOPES), sharex=True, squeeze=False)
    for row, name in enumerate(names):
        for column, scope in enumerate(SCOPES):
            panel = axes[row, column]
            rows = _part(table, name, scope)
            bands = [100.0 * rows[f"occupancy_{q}_share"].to_numpy() for q in QUANTILES]
            base = _part(table, names[0], scope) if row else None
            reference = None if base is None else 100.0 * base["occupancy_median_share"].to_numpy()
            fan(panel, _time(rows), bands, colour(row), reference)
            panel.set_ylim(0.0, 100.0)
            _end_medians(panel, _time(rows), bands[2], reference, colour(row), texts, digits=1)
            plain(panel, texts)
        row_titles(axes[row], labels[name], scopes)
        axes[row, 0].set_ylabel(texts.get("figure", "occupancy_axis"), fontsize=8.5)
    for column, scope in enumerate(SCOPES):
        _land_lines(axes[-1, column], table, names, scope, texts)
    axes[-1, 0].set_ylabel(texts.get("figure", "land_axis"), fontsize=8.5)
    title(figure, texts.get("figure", "occupancy"))
    legend(figure, _marks(labels, n, texts, land=True), _replicates(n, texts))
    return Drawn(figure, table)


def revenue_figure(levels: pd.DataFrame, labels: Mapping[str, str], n: int, texts: Texts) -> Drawn:
    """Return revenue by year for each scenario, with the median of the base to compare.

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
    names, rows = list(labels), levels[levels["outcome"] == "revenue_year_bn_vnd"]
    columns = min(len(names), 3)
    lines = -(-len(names) // columns)
    figure = new_figure(1.3 + 2.5 * lines)
    axes = panel_grid(figure, len(names), columns).ravel()
    base = rows[rows["scenario"] == names[0]]["median"].to_numpy()
    years = tuple(int(year) for year in sorted(rows["year"].unique()))
    for place, name in enumerate(names):
        own = rows[rows["scenario"] == name]
        bands = [own[q].to_numpy() for q in QUANTILES]
        fan(axes[place], np.array(years), bands, colour(place), base if place else None)
        plain(axes[place], texts)
        year_ticks(axes[place], years)
        panel_title(axes[place], labels[name])
    axes[0].set_ylim(0.0, 1.05 * float(rows["q95"].max()) or 1.0)
    for place, name in enumerate(names):
        median = rows[rows["scenario"] == name]["median"].to_numpy()
        reference = base if place else None
        shade, time = colour(place), np.array(years)
        _end_medians(axes[place], time, median, reference, shade, texts, digits=0)
    axes[0].set_ylabel(texts.get("figure", "revenue_axis"), fontsize=8.5)
    title(figure, texts.get("figure", "revenue"))
    legend(figure, _marks(labels, n, texts, land=False), _replicates(n, texts))
    keep = ["scenario", "year", "n", "mean", *QUANTILES]
    units = {column: f"{column}_bn_vnd_year" for column in ("mean", *QUANTILES)}
    return Drawn(figure, rows[keep].rename(columns=units))


def fan(
    axes: Axes,
    time: np.ndarray,
    bands: Sequence[np.ndarray],
    shade: str,
    reference: np.ndarray | None,
) -> None:
    """Draw 90 and 50 % bands and the median; over them, dashed, the median of the base."""
    q05, q25, median, q75, q95 = bands
    axes.fill_between(time, q05, q95, color=shade, alpha=0.18, linewidth=0)
    axes.fill_between(time, q25, q75, color=shade, alpha=0.35, linewidth=0)
    axes.plot(time, median, color=shade, linewidth=1.8)
    if reference is not None:
        axes.plot(time, reference, color="black", linewidth=1.2, dashes=(3, 2))


def _end_medians(
    axes: Axes,
    time: np.ndarray,
    median: np.ndarray,
    reference: np.ndarray | None,
    shade: str,
    texts: Texts,
    *,
    digits: int,
) -> None:
    """Write where a median and that of the base end, once if they end alike."""
    curves = [(median, shade)] if reference is None else [(median, shade), (reference, "black")]
    ends = [(float(curve[-1]), texts.number(curve[-1], digits), tone) for curve, tone in curves]
    known = [end for end in ends if np.isfinite(end[0])]
    if len({text for _, text, _ in known}) == 1:
        known = known[:1]
    end_labels(axes, float(time[-1]), known)


def _part(table: pd.DataFrame, name: str, scope: str) -> pd.DataFrame:
    return table[(table["scenario"] == name) & (table["scope"] == scope)]


def _time(rows: pd.DataFrame) -> np.ndarray:
    """Return the ends of months as fractions of a year."""
    months = rows["month"].str.split("-", expand=True).astype(int).to_numpy()
    return np.asarray(months[:, 0] + months[:, 1] / 12.0)


def _land_lines(
    axes: Axes, table: pd.DataFrame, names: Sequence[str], scope: str, texts: Texts
) -> None:
    """Draw serviced land dotted and leased land solid, in the colour of each scenario."""
    for place, name in enumerate(names):
        rows = _part(table, name, scope)
        time = _time(rows)
        width = 2.4 - 1.0 * min(place, 1)  # the base is broader, so that it shows under another
        axes.plot(time, rows["leased_ha"], color=colour(place), linewidth=width)
        axes.plot(time, rows["serviced_ha"], color=colour(place), linewidth=width, dashes=(1, 1))
    axes.set_ylim(0.0, 1.05 * float(table[table["scope"] == scope]["serviced_ha"].max()) or 1.0)
    ends = []
    for place, name in enumerate(names):
        last = _part(table, name, scope).iloc[-1]
        values = (float(last["leased_ha"]), float(last["serviced_ha"]))
        ends += [(value, texts.number(value, 0), colour(place)) for value in values]
    end_labels(axes, float(time[-1]), ends)
    plain(axes, texts)
    years = range(int(time[0]), int(time[-1]) + 1)
    year_ticks(axes, years)
    panel_title(axes, texts.get("figure", scope))


def _marks(labels: Mapping[str, str], n: int, texts: Texts, *, land: bool) -> list[Artist]:
    """Return what bands and lines are, for the legend; one replicate has no band or median."""
    line, base_line = ("median", "base_median") if n > 1 else ("run", "base_run")
    marks: list[Artist] = [
        Line2D([], [], color=GREY, linewidth=1.8, label=texts.get("figure", line))
    ]
    for key, alpha in (("band50", 0.5), ("band90", 0.2)) if n > 1 else ():
        label = texts.get("figure", key)
        marks.append(Patch(color=GREY, alpha=alpha, linewidth=0, label=label))
    base, *others = labels.values()
    if others:
        label = texts.get("figure", base_line).format(base=base)
        marks.append(Line2D([], [], color="black", linewidth=1.2, dashes=(3, 2), label=label))
    if land:
        mean = f" ({texts.get('head', 'mean')})" if n > 1 else ""
        leased, serviced = (texts.get("figure", key) + mean for key in ("leased", "serviced"))
        marks.append(Line2D([], [], color=GREY, linewidth=1.8, label=leased))
        marks.append(Line2D([], [], color=GREY, linewidth=1.8, dashes=(1, 1), label=serviced))
        for place, label in enumerate(labels.values()):
            marks.append(Line2D([], [], color=colour(place), linewidth=1.8, label=label))
    return marks


def _replicates(n: int, texts: Texts) -> str:
    key = "replicates" if n > 1 else "one_replicate"
    return texts.get("figure", key).format(replicates=texts.counted("replicates", n))
