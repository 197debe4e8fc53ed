"""Which files an answer becomes: summary, JSON, tables as CSV, outline, figures with their CSV.

Everything that figures show is in the folder, so that experiments/stored.py can read it and any
figure can be drawn again. Not for folders and their safety: experiments/store.py.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from experiments.answer import Answer
from experiments.document import TABLES, answer_json, table_of
from experiments.json_text import rounded
from experiments.outline import OUTLINE_FILE
from experiments.plots import figures
from experiments.plots.files import figure_bytes
from experiments.store import write_texts
from experiments.stored import ANSWER_FILE, ONE_RUN_FILE, read_answer
from experiments.summary import summary
from experiments.texts import Texts


def write_results(answer: Answer, one_run: pd.DataFrame, folder: Path, texts: Texts) -> None:
    """Write all files of an answer.

    Parameters
    ----------
    answer : Answer
        What to write.
    one_run : DataFrame
        Zones by month in one run, for the film; see experiments/one_run.py.
    folder : Path
        An empty folder.
    texts : Texts
        Language of summary and figures; tables are the same in every language.
    """
    files = {"summary.txt": summary(answer, texts), ANSWER_FILE: answer_json(answer, texts)}
    if answer.outline is not None:
        files[OUTLINE_FILE] = answer.outline.text
    write_texts(folder, files)
    for name in TABLES:
        write_csv(table_of(answer, name), folder / "tables" / f"{name}.csv")
    write_csv(one_run, folder / "tables" / ONE_RUN_FILE)
    stored = read_answer(folder)  # so that figures drawn later from the folder are the same
    for name, drawn in figures(stored, texts).items():
        write_csv(drawn.table, folder / "figures" / f"{name}.csv")
        path = folder / "figures" / f"{name}.png"
        path.write_bytes(figure_bytes(drawn, answer.setting, "png"))


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV: points for decimals, ten digits, nothing where undefined."""
    numbers = table.select_dtypes("float").columns
    plain = table.assign(**{column: table[column].map(rounded) for column in numbers})
    path.parent.mkdir(exist_ok=True)
    plain.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
