"""The answer as a text for the terminal, section by section.

Not for layout (experiments/grid.py), sentences (experiments/verdicts.py) or the tables about
places (experiments/summary_places.py).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pandas as pd

from experiments import summary_places as places
from experiments.answer import Answer
from experiments.grid import grid, section, wrapped
from experiments.outcomes import BY_KEY, HEADLINES, LAND_COLUMNS, OUTCOMES, Outcome
from experiments.precision import Precision, Target
from experiments.statistics import DIFFERING, most_that_differ
from experiments.texts import Texts
from experiments.verdicts import decimals, difference, interval, notes, verdicts

_DETAILS = (
    "revenue",
    "anchors",
    "cost",
    "value",
    "investors",
    "gone",
    "land saving",
    "environment",
)
_ABREAST = 3  # scenarios side by side


def summary(answer: Answer, texts: Texts) -> str:
    """Return the whole answer as text.

    Parameters
    ----------
    answer : Answer
        Of one scenario or more.
    texts : Texts
        In which language.
    """
    setting = answer.setting
    several = len(setting.scenarios) > 1
    parts = [wrapped(first_line(answer, texts))]
    if answer.precision is not None:
        parts.append(precision_text(answer.precision, texts))
    if several:
        parts += _verdicts(answer, texts)
        for name in setting.scenarios[1:]:
            parts += _differences(answer, name, texts)
        parts += _means(answer, texts)
    else:
        parts += _bands(answer, texts)
    parts += [*places.land(answer, texts), places.districts(answer, texts)]
    for name in setting.scenarios:
        parts += [places.zones(answer, name, texts), places.constraints(answer, name, texts)]
    parts += places.levers(answer, texts)
    parts.append(section(texts.get("title", "notes"), _bullets(notes(answer, texts))))
    return "\n\n".join(parts) + "\n"


def first_line(answer: Answer, texts: Texts) -> str:
    """Return what was asked, in one line."""
    setting = answer.setting
    key, runs = ("compare", "paired") if len(setting.scenarios) > 1 else ("run", "replicates")
    return texts.get("title", key).format(
        province=setting.province_label(texts.language),
        scenario=setting.scenarios[0],
        scenarios=", ".join(setting.scenarios[1:]),
        base=setting.scenarios[0],
        replicates=texts.counted(runs, setting.replicates),
        seed=setting.seed,
    )


def precision_text(precision: Precision, texts: Texts) -> str:
    """Return how many looks there were, what stopped the runs, and how precise they became.

    Of a comparison at many points the widest interval is told.
    """
    key, looks = "reached" if precision.reached else "capped", len(precision.looks)
    pairs = texts.counted("pairs", precision.pairs)
    said = texts.get("precision", key).format(
        looks=texts.counted("looks", looks), last=texts.number(looks, 0), pairs=pairs
    )
    lines = []
    for (scenario, target), (half_width, method) in _widest(precision).items():
        outcome = BY_KEY[target.outcome]
        label = f"{scenario}: {_label(outcome, texts, alone=True, difference=True)}"
        numbers = [
            texts.quantity(value, outcome.unit, decimals(target.half_width, outcome))
            for value in (target.half_width, half_width)
        ]
        numbers[1] = texts.why_no_interval(method) or numbers[1]
        lines.append([label, str(target.year), *numbers])
    last = precision.looks[-1].methods
    keys = {
        "points": precision.comparisons[0].point is not None,
        "few": "few" in last,
        "same": "constant" in last,
    }
    counts = {
        "pairs": pairs,
        "least": texts.number(DIFFERING, 0),
        "most": texts.percent(most_that_differ(precision.pairs)),
    }
    more = [texts.get("precision", key).format(**counts) for key, wanted in keys.items() if wanted]
    said = " ".join([said, *more])
    head = [texts.get("head", "year"), *(texts.get("precision", key) for key in ("asked", "seen"))]
    return section(texts.get("title", "precision"), f"{wrapped(said)}\n{grid(['', *head], lines)}")


def _widest(precision: Precision) -> dict[tuple[str, Target], tuple[float, str]]:
    """Return the widest half-width at the last look, and its method, by scenario and target.

    Widest is where there is no interval because too few pairs differ, and narrowest where all are
    the same.
    """
    last, found = precision.looks[-1], defaultdict(list)
    for (scenario, target, _), half_width, method in zip(
        precision.comparisons, last.half_widths.tolist(), last.methods.tolist(), strict=True
    ):
        size = half_width if math.isfinite(half_width) else math.inf
        found[scenario, target].append((-1.0 if method == "constant" else size, method))
    return {key: max(those) for key, those in found.items()}


def _verdicts(answer: Answer, texts: Texts) -> list[str]:
    setting = answer.setting
    if setting.replicates < 2:
        return [wrapped(texts.get("sentence", "one_replicate"))]
    found = verdicts(answer, texts)
    many = texts.counted("replicates", setting.replicates)
    clear = found.clear or [texts.get("sentence", "nothing_clear")]
    unclear = found.unclear or [texts.get("sentence", "nothing_unclear")]
    guard = texts.get("sentence", "verdicts")
    return [
        section(texts.get("title", "clear"), _bullets(clear)),
        section(texts.get("title", "unclear").format(replicates=many), _bullets(unclear)),
        wrapped(guard.format(year=setting.report_years[-1], tests=found.tests)),
    ]


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(wrapped(line, indent="  ", first="- ") for line in lines)


def _groups() -> Iterator[tuple[str, list[Outcome]]]:
    """Yield the groups of outcomes that get a table of their own."""
    for group in _DETAILS:
        yield group, [outcome for outcome in OUTCOMES if outcome.group == group]


def _label(outcome: Outcome, texts: Texts, *, alone: bool = False, difference: bool = False) -> str:
    """Return the name of an outcome with its unit."""
    unit = texts.unit(outcome.unit, difference=difference)
    return f"{texts.outcome(outcome.key, alone=alone)} [{unit}]"


def _differences(answer: Answer, name: str, texts: Texts) -> list[str]:
    """Return the sections about one scenario against the base."""
    years, base = answer.setting.report_years, answer.setting.scenarios[0]
    rows = answer.differences[answer.differences["scenario"] == name]
    parts = []
    for year in reversed(years):
        words = {"base": base, "scenario": name, "year": year}
        body = _paired(HEADLINES, rows[rows["year"] == year], texts, alone=True)
        parts.append(section(texts.get("title", "headline").format(**words), body))
    last = rows[rows["year"] == years[-1]]
    for group, outcomes in _groups():
        words = {"group": texts.get("group", group), "year": years[-1], "scenario": name}
        heading = texts.get("title", "details_paired").format(**words)
        parts.append(section(heading, _paired(outcomes, last, texts)))
    parts.append(_increments(answer, name, texts))
    return parts


def _paired(
    outcomes: Sequence[Outcome], rows: pd.DataFrame, texts: Texts, *, alone: bool = False
) -> str:
    """Return differences with interval, share of better replicates and pairing gain."""
    table = {row["outcome"]: row for row in rows.to_dict("records")}
    lines = [
        [
            _label(outcome, texts, alone=alone, difference=True),
            difference(table[outcome.key], texts),
            interval(table[outcome.key], texts),
            texts.percent(float(table[outcome.key]["p_better"])),
            texts.number(float(table[outcome.key]["pairing_gain"]), 1),
        ]
        for outcome in outcomes
    ]
    head = [texts.get("head", key) for key in ("difference", "interval", "better", "gain")]
    return grid(["", *head], lines)


def _increments(answer: Answer, name: str, texts: Texts) -> str:
    year = answer.setting.report_years[-1]
    table = answer.increments
    rows = table[(table["scenario"] == name) & (table["year"] == year)]
    lines = []
    for row in rows.to_dict("records"):
        digits = 2 if "per" in row["measure"] else 1
        value = texts.number(row["value"], digits, sign=True)
        ends = texts.ends(row["lo"], row["hi"], digits, sign=True)
        name_and_unit = f"{texts.get('increment', row['measure'])} [{texts.unit(row['unit'])}]"
        lines.append([name_and_unit, value, ends])
    heading = texts.get("title", "increments").format(scenario=name, year=year)
    head = ["", texts.get("head", "difference"), texts.get("head", "interval")]
    body = grid(head, lines)
    if rows["value"].isna().any():
        body += "\n" + wrapped(texts.get("sentence", "cannot_ratio"))
    return section(heading, body)


def _means(answer: Answer, texts: Texts) -> list[str]:
    """Return the means of all scenarios side by side at the end."""
    year, names = answer.setting.report_years[-1], answer.setting.scenarios
    table = answer.levels[answer.levels["year"] == year]
    means = table.set_index(["scenario", "outcome"])["mean"]
    parts = []
    for first in range(0, len(names), _ABREAST):
        abreast = names[first : first + _ABREAST]
        lines = [
            [
                _label(outcome, texts, alone=True),
                *(
                    texts.quantity(float(means[(name, outcome.key)]), outcome.unit, outcome.digits)
                    for name in abreast
                ),
            ]
            for outcome in OUTCOMES
            if not outcome.key.startswith(LAND_COLUMNS) or outcome.headline
        ]
        body = grid(["", *abreast], lines)
        parts.append(section(texts.get("title", "means").format(year=year), body))
    return parts


def _bands(answer: Answer, texts: Texts) -> list[str]:
    """Return means and bands of one scenario, a table for each year to report."""
    setting = answer.setting
    parts = [wrapped(texts.get("sentence", "one_run"))] if setting.replicates < 2 else []
    for year in reversed(setting.report_years):
        heading = texts.get("title", "levels").format(scenario=setting.scenarios[0], year=year)
        parts.append(section(heading, _spread(HEADLINES, answer, year, texts, alone=True)))
    for group, outcomes in _groups():
        words = {"group": texts.get("group", group), "year": setting.report_years[-1]}
        body = _spread(outcomes, answer, setting.report_years[-1], texts)
        parts.append(section(texts.get("title", "details").format(**words), body))
    return parts


def _spread(
    outcomes: Sequence[Outcome], answer: Answer, year: int, texts: Texts, *, alone: bool = False
) -> str:
    rows = answer.levels[answer.levels["year"] == year].set_index("outcome")
    lines = []
    for outcome in outcomes:
        values = {
            key: texts.quantity(float(rows.loc[outcome.key, key]), outcome.unit, outcome.digits)
            for key in ("mean", "median", "q25", "q75", "q05", "q95")
        }
        half, most = (f"{values[a]} .. {values[b]}" for a, b in (("q25", "q75"), ("q05", "q95")))
        lines.append([_label(outcome, texts, alone=alone), values["median"], half, most])
    head = [texts.get("head", key) for key in ("median", "middle_half", "nine_in_ten")]
    return grid(["", *head], lines)
