"""The verb `analyse`: what a result says about what matters, when, and what may be regretted."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path

import numpy as np

from experiments import analyse as analysis_of
from experiments.document import records
from experiments.insight.analysis import Analysis
from experiments.insight.words import analysis_text
from experiments.json_text import json_text
from experiments.plots.fonts import style
from experiments.plots.insight import insight_figures
from experiments.results import write_csv
from experiments.store import reserve, write_texts
from experiments.texts import Texts, load_texts


def analyse(arguments: argparse.Namespace) -> str:
    """Return what `zonesim analyse` prints.

    Raises
    ------
    StoreError
        If the result cannot be read.
    StudyError
        If pyarrow is not installed, or a question cannot be read or answered.
    """
    texts = load_texts(arguments.lang)
    out = None if arguments.out is None else Path(arguments.out)
    with nullcontext() if out is None else reserve(out) as target:
        found = analysis_of(
            arguments.result, outcomes=arguments.outcome, thresholds=arguments.threshold
        )
        text, document = analysis_text(found, texts), _document(found)
        if target is not None:
            target.commit(lambda folder: _write(found, folder, text, document, texts))
    if arguments.json:
        return document
    if out is None:
        return text
    written = texts.get("insight", "written").format(folder=arguments.out)
    return f"{text}\n{written}\n"


def _document(analysis: Analysis) -> str:
    """Return the tables of an analysis as JSON; open ends of boxes are null."""
    study = analysis.study
    return json_text(
        {
            "study": study.id,
            "design": study.design.kind,
            "scenarios": list(study.names),
            "factors": [factor.name for factor in study.factors],
            "points": analysis.points,
            "replicates": analysis.replicates,
            "failed_runs": analysis.failed,
            "tables": {name: records(table) for name, table in analysis.tables.items()},
        }
    )


def _write(analysis: Analysis, folder: Path, text: str, document: str, texts: Texts) -> None:
    """Write text, JSON, tables, and figures with the tables behind them."""
    write_texts(folder, {"analysis.txt": text, "analysis.json": document})
    for name, table in analysis.tables.items():
        write_csv(table.replace([np.inf, -np.inf], np.nan), folder / "tables" / f"{name}.csv")
    for name, drawn in insight_figures(analysis, texts).items():
        write_csv(
            drawn.table.replace([np.inf, -np.inf], np.nan), folder / "figures" / f"{name}.csv"
        )
        with style():
            drawn.figure.savefig(folder / "figures" / f"{name}.png", metadata={"Software": None})
