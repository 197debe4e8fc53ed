"""Paired differences: a dot and its 95 % interval for each outcome and scenario."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from experiments.outcomes import BY_KEY, HEADLINES, Outcome
from experiments.plots.fonts import broken
from experiments.plots.style import (
    GREY,
    Drawn,
    Numbers,
    colour,
    legend,
    new_figure,
    panel_grid,
    title,
)
from experiments.texts import Texts
from experiments.verdicts import difference

_COLUMNS = 3
_LABEL_POINTS = 120.0  # width of what a scenario is called
_SHADE = "#e8f1e4"


def difference_figure(
    differences: pd.DataFrame, labels: Mapping[str, str], year: int, n: int, texts: Texts
) -> Drawn:
    """Return a panel for each headline outcome: what each scenario changes against the base.

    Parameters
    ----------
    differences : DataFrame
        `Answer.differences`.
    labels : mapping of str to str
        Scenarios and what they are called, the base first.
    year : int
        Which year.
    n : int
        Replicates.
    texts : Texts
        Language.
    """
    rows = differences[differences["headline"].astype(bool) & (differences["year"] == year)]
    base, *others = labels
    called = [broken(labels[name], 8.0, _LABEL_POINTS) for name in others]
    lines = -(-len(HEADLINES) // _COLUMNS)
    tallest = max(label.count("\n") + 1 for label in called)
    figure = new_figure(1.2 + lines * (0.6 + (0.08 + 0.14 * tallest) * len(others)))
    axes = panel_grid(figure, len(HEADLINES), _COLUMNS, shared=False).flat
    for place, (panel, outcome) in enumerate(zip(axes, HEADLINES, strict=False)):
        own = (
            rows[rows["outcome"] == outcome.key].set_index("scenario").loc[others].set_axis(called)
        )
        _panel(panel, own, outcome, texts)
        if place % _COLUMNS:
            panel.set_yticks([])
    title(figure, texts.get("figure", "differences").format(base=labels[base], year=year))
    note = texts.get("figure", "interval").format(pairs=texts.counted("pairs", n))
    legend(figure, [Patch(color=_SHADE, label=texts.get("figure", "shaded"))], note)
    keep = ["base", "scenario", "outcome", "unit", "year", "n", "difference", "lo", "hi", "method"]
    return Drawn(figure, rows[[*keep, "p_better", "p_holm", "verdict"]])


def _panel(axes: Axes, rows: pd.DataFrame, outcome: Outcome, texts: Texts) -> None:
    means, lows, highs = (
        outcome.scale * rows[column].to_numpy(dtype=float) for column in ("difference", "lo", "hi")
    )
    left, right = _limits(np.concatenate([means, lows, highs, [0.0]]))
    axes.set_xlim(left, right)
    if outcome.good:
        axes.axvspan(
            *((0.0, right) if outcome.good > 0 else (left, 0.0)), color=_SHADE, linewidth=0
        )
    axes.axvline(0.0, color="black", linewidth=0.9)
    for place, (mean, low, high) in enumerate(zip(means, lows, highs, strict=True)):
        shade = colour(place + 1)
        axes.plot([low, high], [place, place], color=shade, linewidth=2.2, solid_capstyle="butt")
        axes.plot(mean, place, "o", color=shade, markersize=5.5)
        number = difference({**rows.iloc[place].to_dict(), "outcome": outcome.key}, texts)
        text = axes.annotate(number, (mean, place), (0, 6.5), "data", "offset points", ha="center")
        text.set(fontsize=7.5, bbox={"color": "white", "alpha": 0.6, "pad": 0.6})
    axes.set_ylim(len(means) - 0.5, -0.75)
    axes.set_yticks(range(len(means)), list(rows.index), fontsize=8)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(Numbers(texts))
    axes.tick_params(labelsize=8, length=2)
    axes.spines[["top", "right", "left"]].set_visible(False)
    unit = texts.unit(BY_KEY[outcome.key].unit, difference=True)
    axes.set_title(
        f"{texts.outcome(outcome.key, alone=True)} [{unit}]", loc="left", fontsize=8.5, color=GREY
    )


def _limits(values: np.ndarray) -> tuple[float, float]:
    """Return the ends of an axis that holds the values and zero, with room for labels."""
    known = values[np.isfinite(values)]
    low, high = float(known.min()), float(known.max())
    room = 0.22 * (high - low) or 1.0
    return low - room, high + room
