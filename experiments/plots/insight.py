"""Figures of an analysis: what matters, convergence, changes one at a time, boxes, regret.

Each takes a table of `experiments.insight.analysis.Analysis` and returns a figure with its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from experiments.insight.analysis import Analysis
from experiments.insight.labels import Labels
from experiments.insight.responses import Subject, by_subject
from experiments.insight.sobol import LUCK
from experiments.outcomes import BY_KEY
from experiments.plots.fonts import style
from experiments.plots.style import (
    GREY,
    Drawn,
    Numbers,
    colour,
    legend,
    new_figure,
    note_in,
    panel_grid,
    panel_title,
    plain,
    title,
)
from experiments.plots.trade_offs import box_figure, regret_figure
from experiments.texts import Texts

_MOST: Final = 25  # factors drawn: the first ones; the table beside the figure has all
_LINES: Final = 6  # factors whose convergence is drawn: the first ones
_ROW: Final = 0.23  # inches
_FILES: Final = {"futures": "regret", "box_steps": "boxes"}


def insight_figures(analysis: Analysis, texts: Texts) -> dict[str, Drawn]:
    """Return all figures of an analysis by file name.

    Parameters
    ----------
    analysis : Analysis
        What was found.
    texts : Texts
        Language.
    """
    labels = Labels(analysis.study, texts, spoken=True)
    drawn: dict[str, Drawn] = {}
    makers: dict[str, Callable[[pd.DataFrame, Labels], Drawn]] = {
        "sobol": _sobol_figure,
        "morris": _morris_figure,
        "convergence": _convergence_figure,
        "effects": _effects_figure,
        "futures": regret_figure,
        "box_steps": box_figure,
    }
    for name, make in makers.items():
        if name in analysis.tables:
            for (outcome, year), rows in analysis.tables[name].groupby(["outcome", "year"]):
                with style():
                    drawn[f"{_FILES.get(name, name)}-{outcome}-{year}"] = make(rows, labels)
    return drawn


def _panels(
    table: pd.DataFrame, rows: int
) -> tuple[Figure, list[tuple[Subject, pd.DataFrame, Axes]]]:
    """Return a figure with a panel for each subject, two abreast, each with so many rows."""
    groups = list(by_subject(table))
    lines = -(-len(groups) // 2)
    columns = min(2, len(groups))
    figure = new_figure(1.3 + lines * (0.7 + _ROW * rows))
    axes = panel_grid(figure, len(groups), columns, shared=False).flat
    return figure, [(*group, panel) for group, panel in zip(groups, axes, strict=False)]


def _about(labels: Labels, table: pd.DataFrame, name: str) -> str:
    row = table.iloc[0]
    heading = labels.texts.get("insight", name)
    return f"{heading}: {labels.outcome(row['outcome'], int(row['year']))}"


def _whisker(
    axes: Axes,
    place: float,
    row: pd.Series,
    key: str,
    look: Mapping[str, object],
    scale: float = 1.0,
) -> None:
    """Draw an estimate as a dot on its interval."""
    ends = [scale * row[f"{key}_{end}" if key != "change" else end] for end in ("lo", "hi")]
    shade = look["color"]
    axes.plot(ends, [place, place], color=shade, linewidth=1.8, solid_capstyle="butt")
    axes.plot(scale * row[key], place, marker="o", markersize=5, linestyle="", **look)  # type: ignore[arg-type]


def _rows_axis(axes: Axes, names: list[str], labels: Labels) -> None:
    """Name the rows of a dot plot, the first on top, and draw the line of nothing."""
    axes.axvline(0.0, color="black", linewidth=0.9)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names, fontsize=7.5)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_formatter(Numbers(labels.texts))
    axes.tick_params(labelsize=8, length=2)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.grid(axis="x", color="#dddddd", linewidth=0.7)
    axes.set_axisbelow(True)


def _sobol_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return total and first-order indices with intervals, largest first, luck last."""
    total, first = {"color": colour(0)}, {"color": colour(1), "markerfacecolor": "white"}
    figure, panels = _panels(table, min(_MOST + 1, table["factor"].nunique()))
    title(figure, _about(labels, table, "sobol"))
    for subject, own, axes in panels:
        factors = own[own["factor"] != LUCK].sort_values("total", ascending=False, kind="stable")
        rows = pd.concat([factors[:_MOST], own[own["factor"] == LUCK]]).reset_index(drop=True)
        for place, row in rows.iterrows():
            if row["factor"] == LUCK:
                _whisker(axes, float(place), row, "total", {"color": GREY})
            else:
                _whisker(axes, float(place) - 0.14, row, "total", total)
                _whisker(axes, float(place) + 0.14, row, "first", first)
        if rows["total"].isna().all():
            note_in(axes, labels.texts.get("insight", "no_variance"))
        _rows_axis(axes, [labels.factor(name) for name in rows["factor"]], labels)
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, -0.02), max(high, 1.0))
        panel_title(axes, labels.whose(subject.scenario, subject.against))
    marks = [_mark(labels, "total_mark", **total), _mark(labels, "first_mark", **first)]
    marks.append(_mark(labels, "luck", color=GREY))
    legend(figure, marks, labels.texts.get("insight", "shares_note"))
    return Drawn(figure, table)


def _mark(labels: Labels, key: str, **look: str) -> Line2D:
    text = labels.texts.get("insight", key)
    return Line2D([], [], marker="o", markersize=5, linewidth=1.8, label=text, **look)  # type: ignore[arg-type]


def _morris_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return mu* with intervals, largest first, and the floor that luck sets."""
    figure, panels = _panels(table, min(_MOST + 1, table["factor"].nunique()))
    title(figure, _about(labels, table, "morris"))
    for subject, own, axes in panels:
        rows = own.sort_values("mu_star", ascending=False, kind="stable")
        rows = rows[:_MOST].reset_index(drop=True)
        scale = BY_KEY[subject.outcome].scale
        for place, row in rows.iterrows():
            _whisker(axes, float(place), row, "mu_star", {"color": colour(0)}, scale)
            axes.plot(scale * row["floor"], place, "|", color=GREY, markersize=9)
        _rows_axis(axes, [labels.factor(name) for name in rows["factor"]], labels)
        unit = labels.unit(subject._asdict())
        panel_title(axes, labels.whose(subject.scenario, subject.against), unit=unit)
    floor = Line2D([], [], marker="|", markersize=9, linestyle="", color=GREY)
    floor.set_label(labels.texts.get("insight", "floor_mark"))
    marks = [_mark(labels, "mu_star_mark", color=colour(0)), floor]
    legend(figure, marks, labels.texts.get("insight", "range_note"))
    return Drawn(figure, table)


def _convergence_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return the index that factors are ranked by, with its interval, from ever more points."""
    key = "total" if "total" in table else "mu_star"
    figure, panels = _panels(table, 9)
    title(figure, _about(labels, table, "convergence"))
    for subject, own, axes in panels:
        scale = BY_KEY[subject.outcome].scale if key == "mu_star" else 1.0
        steps = sorted(own["base_points"].unique())
        last = own[(own["base_points"] == steps[-1]) & (own["factor"] != LUCK)]
        first = last.sort_values(key, ascending=False, kind="stable")["factor"].tolist()[:_LINES]
        for place, factor in enumerate(first):
            rows = own[own["factor"] == factor].sort_values("base_points")
            lo, mean, hi = (scale * rows[c].to_numpy() for c in (f"{key}_lo", key, f"{key}_hi"))
            axes.fill_between(np.arange(len(steps)), lo, hi, color=colour(place), alpha=0.12, lw=0)
            axes.plot(np.arange(len(steps)), mean, "o-", color=colour(place), markersize=4)
            axes.lines[-1].set_label(labels.factor(factor))
        plain(axes, labels.texts)
        axes.set_xticks(range(len(steps)), [labels.texts.number(n, 0) for n in steps])
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        if last[key].isna().all():
            note_in(axes, labels.texts.get("insight", "no_variance"))
            axes.set_yticks([])
        axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
        unit = labels.unit(subject._asdict()) if key == "mu_star" else ""
        panel_title(axes, labels.whose(subject.scenario, subject.against), unit=unit)
        axes.set_xlabel(labels.texts.get("insight", "base_points"), fontsize=8)
    legend(figure, [], labels.texts.get("insight", f"{key}_note"))
    return Drawn(figure, table)


def _effects_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return what each factor alone changes, a dot with its interval for each value."""
    figure, panels = _panels(table, len(table.groupby(["factor", "point"])))
    title(figure, _about(labels, table, "effects"))
    for subject, own, axes in panels:
        rows = own.reset_index(drop=True)
        scale = BY_KEY[subject.outcome].scale
        for place, row in rows.iterrows():
            _whisker(axes, float(place), row, "change", {"color": colour(0)}, scale)
        names = [
            f"{labels.factor(row['factor'])} = {labels.value(row['factor'], row['value'])}"
            for _, row in rows.iterrows()
        ]
        _rows_axis(axes, names, labels)
        unit = labels.texts.unit(BY_KEY[subject.outcome].unit, difference=True)
        panel_title(axes, labels.whose(subject.scenario, subject.against), unit=unit)
    pairs = labels.texts.counted("pairs", int(table["n"].max()))
    legend(figure, [], labels.texts.get("figure", "interval").format(pairs=pairs))
    return Drawn(figure, table)
