"""Figures of choices: coverage against density of boxes, and regret over futures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from experiments.insight.boxes_in_words import threshold_of
from experiments.insight.labels import Labels
from experiments.outcomes import BY_KEY
from experiments.plots.style import (
    GREY,
    Drawn,
    Numbers,
    colour,
    legend,
    new_figure,
    panel_grid,
    panel_title,
    plain,
    title,
)

_DASHES: Final[tuple[Literal["-", "--", "-.", ":"], ...]] = ("-", "--", "-.", ":")


def box_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return coverage against density on the way to each box, a panel for each scenario and mark.

    Parameters
    ----------
    table : DataFrame
        `box_steps` of an analysis.
    labels : Labels
        Of the study, in some language.
    """
    say = labels.texts.sections["insight"]
    groups = list(table.groupby(["side", "threshold", "scenario"], sort=False))
    lines, columns = -(-len(groups) // 2), min(2, len(groups))
    figure = new_figure(1.2 + 3.0 * lines, width=5.0 * max(columns, 1.4))
    axes = panel_grid(figure, len(groups), columns, shared=False).flat
    first = table.iloc[0]
    title(figure, f"{say['trade_off']}: {labels.outcome(first['outcome'], int(first['year']))}")
    for panel, (_, rows) in zip(axes, groups, strict=False):
        for place, (_, steps) in enumerate(rows.groupby("box")):
            way, chosen = steps[~steps["chosen"]], steps[steps["chosen"]]
            panel.plot(
                100 * way["coverage"], 100 * way["density"], ".-", color=colour(place), lw=0.8, ms=5
            )
            panel.plot(
                100 * chosen["coverage"], 100 * chosen["density"], "D", color=colour(place), ms=8
            )
        plain(panel, labels.texts)
        panel.set(xlim=(0.0, 103.0), ylim=(0.0, 103.0))
        panel.set_xlabel(say["coverage_axis"], fontsize=8.5)
        panel.set_ylabel(say["density_axis"], fontsize=8.5)
        panel_title(panel, _short_mark(dict(rows.iloc[0]), labels))
    marks = [
        Line2D([], [], marker=".", lw=0.8, color=GREY, label=say["step_mark"]),
        Line2D([], [], marker="D", ms=8, linestyle="", color=GREY, label=say["chosen_mark"]),
    ]
    marks += [
        Line2D([], [], color=colour(number - 1), lw=2, label=say["box_mark"].format(n=number))
        for number in sorted(table["box"].unique())
    ]
    futures = labels.texts.number(float(first["futures"]), 0)
    legend(figure, marks, say["futures_note"].format(n=futures))
    return Drawn(figure, table)


def _short_mark(row: Mapping[str, Any], labels: Labels) -> str:
    """Return scenario and threshold, such as "Plan 175 < 80 %"; the heading has the outcome."""
    mark = f"{row['side']} {threshold_of(row, labels)}".replace(" ", "\u00a0")  # in one line
    return f"{labels.scenario(row['scenario'])} {mark}"


def regret_figure(table: pd.DataFrame, labels: Labels) -> Drawn:
    """Return in how many futures each scenario has at most some regret.

    Parameters
    ----------
    table : DataFrame
        `futures` of an analysis: a column a scenario.
    labels : Labels
        Of the study, in some language.
    """
    say, outcome = labels.texts.sections["insight"], BY_KEY[table["outcome"].iloc[0]]
    figure = new_figure(4.2, width=7.5)
    axes = figure.subplots()
    title(figure, f"{say['regret']}: {labels.outcome(outcome.key, int(table['year'].iloc[0]))}")
    shares = 100.0 * np.arange(1, len(table) + 1) / len(table)
    marks = []
    for place, name in enumerate(labels.study.names):
        values = np.sort(outcome.scale * table[name].to_numpy())
        dashes = _DASHES[place % len(_DASHES)]
        axes.step(
            np.concatenate([[0.0], values]),
            np.concatenate([[0.0], shares]),
            where="post",
            color=colour(place),
            linestyle=dashes,
            lw=2,
        )
        axes.plot(values[-1], 100.0, "o", color=colour(place), ms=6, clip_on=False)
        marks.append(Line2D([], [], color=colour(place), linestyle=dashes, lw=2))
        marks[-1].set_label(labels.scenario(name))
    plain(axes, labels.texts)
    axes.xaxis.set_major_formatter(Numbers(labels.texts))
    axes.set(ylim=(0.0, 104.0), xlim=(-0.015 * axes.get_xlim()[1], None))
    unit = labels.texts.unit(outcome.unit, difference=True)
    axes.set_xlabel(f"{say['regret']} [{unit}]", fontsize=9)
    axes.set_ylabel(say["futures_axis"], fontsize=9)
    n = labels.texts.number(float(len(table)), 0)
    legend(figure, marks, say["regret_note"].format(n=n))
    return Drawn(figure, table)
