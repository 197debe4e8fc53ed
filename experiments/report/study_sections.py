"""What is in the report of a sweep alone: design, levels and luck, what drives them, provenance.

A comparison with a sweep beside it: experiments/report/sections.py.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from experiments.insight.analysis import Analysis
from experiments.insight.labels import Labels
from experiments.insight.responses import Subject, by_subject
from experiments.insight.sobol import LUCK
from experiments.outcomes import BY_KEY
from experiments.report.content import (
    SHARE,
    Code,
    Column,
    Number,
    Part,
    Report,
    Section,
    Table,
    line,
)
from experiments.report.drivers import driver_parts
from experiments.report.outcome_tables import heads
from experiments.study import Factor
from experiments.sweeps.manifest import Manifest
from experiments.texts import Texts

_FIRST = 3  # factors named in a sentence,
_WORST = 10  # whose place is known to be among the first ten
_MANY = 25  # factors from which their table shows on demand


def study_report_of(analysis: Analysis, manifest: Manifest, texts: Texts) -> Report:
    """Return the report of a sweep in a language.

    Parameters
    ----------
    analysis : Analysis
        Of the sweep.
    manifest : Manifest
        What the folder of the result says of itself.
    texts : Texts
        Language.
    """
    study, labels = analysis.study, Labels(analysis.study, texts, spoken=True)
    makers = {
        "design": _design(analysis, labels),
        "drivers": driver_parts(analysis, texts),
        "provenance": _provenance(analysis, manifest, texts),
    }
    return Report(
        language=texts.language,
        version=str(manifest.content["versions"]["zonesim"]),
        model=manifest.model,
        title=study.label(texts.language),
        question=study.question(texts.language),
        answer=(
            *_first_factors(analysis, labels),
            *_choices(analysis, labels),
            *_luck(analysis, labels),
        ),
        sections=tuple(
            Section(key, texts.get("report_title", key), tuple(parts))
            for key, parts in makers.items()
        ),
    )


def _first_factors(analysis: Analysis, labels: Labels) -> Iterator[str]:
    """Yield for each subject what matters most, with the ranks that intervals leave open."""
    key = next((name for name in ("sobol", "morris") if name in analysis.tables), "")
    if not key:
        return
    by = "total" if key == "sobol" else "mu_star"
    for subject, rows in by_subject(analysis.tables[key]):
        known = rows[(rows["factor"] != LUCK) & (rows["rank_worst"] <= _WORST)]
        known = known.sort_values(by, ascending=False, kind="stable")
        if known.empty:
            words = {"subject": labels.subject(subject), "points": analysis.points}
            yield labels.texts.get("report", "no_first_factors").format(**words)
            continue
        listed = "; ".join(
            labels.texts.get("report", "factor_rank").format(
                factor=labels.factor(row["factor"]), rank=labels.rank(row)
            )
            for row in known.head(_FIRST).to_dict("records")
        )
        yield labels.texts.get("report", "first_factors").format(
            subject=labels.subject(subject), listed=listed
        )


def _choices(analysis: Analysis, labels: Labels) -> Iterator[str]:
    """Yield for each outcome which scenario may be regretted least."""
    texts, table = labels.texts, analysis.tables.get("regret")
    if table is None:
        return
    for (outcome, year), rows in table.groupby(["outcome", "year"], sort=False):
        told = texts.get("report", "regret_choice").format(
            **labels.chosen(rows), futures=texts.number(float(rows["futures"].iloc[0]), 0)
        )
        yield f"{labels.outcome(str(outcome), int(year))}: {told}"


def _luck(analysis: Analysis, labels: Labels) -> Iterator[str]:
    """Yield how much of the spread of single runs is luck, for the first subject."""
    rows = analysis.tables["noise"].fillna({"against": ""}).to_dict("records")
    for row in rows[:1]:
        yield labels.texts.get("report", "luck").format(
            subject=labels.subject(Subject(*(row[field] for field in Subject._fields))),
            share=labels.texts.percent(row["luck_share"]),
            span=labels.span(row, "luck", share=True),
        )


def _design(analysis: Analysis, labels: Labels) -> Iterator[Part]:
    texts = labels.texts
    yield texts.get("report", "design").format(
        points=texts.counted("points", analysis.points),
        scenarios=labels.scenarios(),
        replicates=texts.counted("replicates", analysis.replicates),
        kind=analysis.study.design.kind,
    )
    rows = tuple(
        line(labels.factor(factor.name), factor.name, values, texts.data_unit(factor.unit))
        for factor, values in ((each, _values(each, labels)) for each in analysis.study.factors)
    )
    columns = heads(texts, "factor", "key", "values", "unit")
    caption, folded = texts.get("report_table", "factors"), len(rows) > _MANY
    yield Table("factors", caption, columns, rows, folded=folded)
    yield _levels(analysis, labels)


def _values(factor: Factor, labels: Labels) -> str:
    """Return the values of a factor, or its range."""
    if factor.values:
        return ", ".join(labels.value(factor.name, number) for number in factor.numbers)
    return f"{labels.number(factor.low)} - {labels.number(factor.high)}"


def _levels(analysis: Analysis, labels: Labels) -> Table:
    """Return mean and spread of every subject over all points, and the part of luck."""
    texts, rows = labels.texts, []
    for row in analysis.tables["noise"].fillna({"against": ""}).to_dict("records"):
        sizes = (
            Number(
                row[key],
                BY_KEY[row["outcome"]].unit,
                labels.digits(row, row[key]),
                sign=bool(row["against"]),
            )
            for key in ("mean", "sd_run")
        )
        shares = (Number(row[key], SHARE, 2) for key in ("luck_share", "luck_lo", "luck_hi"))
        outcome = labels.outcome(row["outcome"], int(row["year"]))
        whose = labels.whose(row["scenario"], row["against"])
        rows.append(line(outcome, whose, labels.unit(row), *sizes, *shares))
    plain = tuple(Column(texts.get("insight", k)) for k in ("whose", "unit", "mean", "sd_run"))
    per_cent = texts.unit(SHARE)
    luck = tuple(Column(texts.get("insight", k), per_cent) for k in ("luck_share", "lo", "hi"))
    note = texts.get("insight", "note_noise")
    caption = texts.get("insight", "noise")
    return Table("levels", caption, (*heads(texts, "outcome"), *plain, *luck), tuple(rows), note)


def _provenance(analysis: Analysis, manifest: Manifest, texts: Texts) -> Iterator[Part]:
    study = manifest.study
    named = study.scenario_labels(texts.language)
    facts = {
        "version": f"zonesim {manifest.content['versions']['zonesim']}",
        "model": manifest.model,
        "data": f"{study.province}, {manifest.data}",
        "scenarios": ", ".join(f"{name} ({label})" for name, label in named.items()),
        "seed": str(study.seed),
        "replicates": str(study.replicates),
        "points": str(analysis.points),
    }
    rows = tuple(line(texts.get("report_fact", key), value) for key, value in facts.items())
    columns = (*heads(texts, "fact"), Column(texts.get("report_head", "value")))
    yield Table("provenance", texts.get("report_table", "provenance"), columns, rows)
    yield texts.get("report", "again")
    words = ["zonesim", "sweep", study.id, "--replicates", str(study.replicates)]
    yield Code(shlex.join([*words, "--seed", str(study.seed), "--out", f"results/{study.id}"]))
    yield texts.get("report", "own_files")
