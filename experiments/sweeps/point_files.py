"""Read the points of a design from a CSV file with a column a factor.

Not for designs that make their points themselves: experiments/sweeps/points.py.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from experiments.study import Factor
from sim.data_files import near_miss
from sim.errors import Problem


def points_of(
    folder: Path, name: str, factors: Sequence[Factor], problems: list[Problem]
) -> tuple[tuple[float, ...], ...]:
    """Return the points of a file, in the order of the factors; empty where it is no such file.

    Parameters
    ----------
    folder : Path
        Where the study is.
    name : str
        The path of the file as the study says it.
    factors : sequence of Factor
        The columns that there must be.
    problems : list of Problem
        Grows by what is wrong.
    """
    where = f"design.path ({name})"
    lines = _lines(folder / name, where, problems)
    if lines is None:
        return ()
    head, names = (lines[0] if lines else []), [factor.name for factor in factors]
    if sorted(head) != sorted(names):
        found = f"columns {', '.join(head)}" if head else "an empty file"
        problems.append(Problem(where, found, "", f"Expected columns: {', '.join(names)}."))
        return ()
    if not any(lines[1:]):
        problems.append(Problem(where, "no points", "", "Write one a line."))
    return tuple(
        _point(line, head, factors, f"{where} line {number}", problems)
        for number, line in enumerate(lines[1:], start=2)
        if line
    )


def _lines(path: Path, where: str, problems: list[Problem]) -> list[list[str]] | None:
    """Return the cells of every line, or nothing after noting why there are none."""
    try:
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        fix = "Save the file with the encoding UTF-8."
        problems.append(Problem(where, "not UTF-8 text", "", fix))
    except (OSError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        fix = "Paths are taken from the folder of the study."
        problems.append(Problem(where, f"cannot be read ({reason})", "", fix))
    return None


def _point(
    line: Sequence[str],
    head: Sequence[str],
    factors: Sequence[Factor],
    where: str,
    problems: list[Problem],
) -> tuple[float, ...]:
    if len(line) != len(head):
        fix = "Write decimals with a point and commas between cells only."
        expected = f"{len(head)}, as in the first line"
        problems.append(Problem(f"{where}, cells", f"{len(line)}", expected, fix))
        return ()
    cells = dict(zip(head, line, strict=True))
    return tuple(_cell(f, cells[f.name].strip(), f"{where}, {f.name}", problems) for f in factors)


def _cell(factor: Factor, text: str, where: str, problems: list[Problem]) -> float:
    """Return one cell of a file of points as the number that stands for it."""
    if not text and factor.lever:
        return math.nan  # as in the scenario
    if factor.kind == "categorical":
        if text in factor.labels:
            return float(factor.labels.index(text))
        fix = near_miss(text, factor.labels)
        problems.append(Problem(where, repr(text), "one of the values of the factor", fix))
        return math.nan
    number = _number(text)
    whole = (
        factor.kind == "real" or number == math.floor(number) if math.isfinite(number) else False
    )
    if not (whole and factor.low <= number <= factor.high):
        noun = "a number" if factor.kind == "real" else "a whole number"
        expected = f"{noun} from {factor.low:g} to {factor.high:g}"
        problems.append(Problem(where, repr(text), expected, ""))
    return number


def _number(text: str) -> float:
    known: dict[str, float] = {"true": 1.0, "false": 0.0}
    try:
        return known[text.lower()] if text.lower() in known else float(text)
    except ValueError:
        return math.nan
