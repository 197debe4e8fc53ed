"""Read what `run` and `compare` wrote into a folder: the answer again, without running anything.

Not for sweeps (experiments/result.py) or for writing (experiments/results.py).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.answer import Answer, Setting
from experiments.document import TABLES
from experiments.measures import Anchors
from experiments.outline import read_outline
from experiments.store import MARKER
from sim.errors import StoreError

ANSWER_FILE: Final = "answer.json"
ONE_RUN_FILE: Final = "one_run.csv"
_UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError)
_ONE_RUN_TYPES: Final = {"replicate": int, "serviced_ha": float, "leased_ha": float}


def read_answer(folder: Path) -> Answer:
    """Return the answer in a folder of results.

    Parameters
    ----------
    folder : Path
        What `zonesim run` or `zonesim compare` wrote with --out.

    Returns
    -------
    Answer
        As it was written, numbers to ten digits; `sample` and `precision` are None.

    Raises
    ------
    StoreError
        If it holds no such results, or those of another version.
    WorldError
        If its outline was changed.
    """
    path = folder / ANSWER_FILE
    if not path.is_file():
        raise StoreError(_absent(folder))
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        setting = _setting(content["setting"])
        tables = {name: _table(content[name], folder / "tables" / f"{name}.csv") for name in TABLES}
    except _UNREADABLE as error:
        raise _other_version(folder, error) from None
    outline = read_outline(folder, setting.province_name_vi)
    return Answer(setting=setting, **tables, outline=outline, sample=None)


def read_one_run(folder: Path) -> pd.DataFrame:
    """Return the months of one run that are beside an answer; see experiments/one_run.py.

    Raises
    ------
    StoreError
        If they cannot be read.
    """
    path = folder / "tables" / ONE_RUN_FILE
    try:  # texts become numbers as Python reads them, to the last bit
        return pd.read_csv(path, dtype=object, keep_default_na=False).astype(_ONE_RUN_TYPES)
    except _UNREADABLE as error:
        raise _other_version(folder, error) from None


def _other_version(folder: Path, error: Exception) -> StoreError:
    return StoreError(
        f"{folder}: cannot be read as results of this version ({type(error).__name__}: "
        f"{error}). Make them anew with zonesim compare or run and --out."
    )


def _absent(folder: Path) -> str:
    """Return why a folder holds no answer, and what would."""
    found = "no such folder"
    if folder.is_dir():
        ours = (folder / MARKER).is_file()
        found = f"results of zonesim without {ANSWER_FILE}" if ours else "no results of zonesim"
    elif folder.exists():
        found = "a file"
    return (
        f"{folder}: {found}; expected a folder that 'zonesim compare ... --out FOLDER' or "
        "'zonesim run ... --out FOLDER' wrote."
    )


def _setting(stored: Mapping[str, object]) -> Setting:
    """Return a setting, whose tuples JSON holds as lists."""
    values = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }
    anchors = values.pop("anchors")
    expected = set(Setting._fields) - {"anchors"}
    if not isinstance(anchors, Mapping) or set(values) != expected:
        raise KeyError(", ".join(sorted(expected ^ set(values))))
    return Setting(**values, anchors=Anchors(**anchors))  # type: ignore[arg-type]


def _table(rows: list[dict[str, object]], written: Path) -> pd.DataFrame:
    """Return rows as a table with the columns of its CSV, in their order; null becomes NaN."""
    with written.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines), [])
    if len(columns) < 2 or not set(*rows[:1]) <= set(columns):
        raise ValueError(f"{written.name} lacks columns that it was written with")
    table = pd.DataFrame(rows, columns=columns)
    for column in columns:
        known = table[column].dropna()
        numeric = known.map(lambda value: isinstance(value, int | float)).all()
        if len(known) < len(table) and numeric:
            table[column] = table[column].astype(float)
    return table
