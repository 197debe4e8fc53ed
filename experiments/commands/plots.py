"""The verb `plot`: one figure of written results, drawn again in either language and any format."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from experiments.commands.arguments import UsageError
from experiments.grid import listing
from experiments.json_text import json_text
from experiments.plots import FILM, KINDS, draw, film, lacking, shows
from experiments.plots.files import FORMATS, Format, figure_bytes, is_our_figure
from experiments.store import replace_file
from experiments.stored import read_answer, read_one_run
from experiments.texts import Texts, load_texts
from sim.data_files import near_miss

_ALL: Final = (*KINDS, FILM)
_FILM_FORMAT: Final = "gif"


def plot(arguments: argparse.Namespace) -> str:
    """Return what `zonesim plot` prints, after writing the figure.

    Raises
    ------
    UsageError
        If something is missing, unknown or contradictory.
    StoreError
        If the results cannot be read, lack what the figure shows, or the file cannot be written.
    """
    texts = load_texts(arguments.lang)
    if arguments.list:
        return _listed(arguments, texts)
    if arguments.result is None or arguments.kind is None:
        raise UsageError(
            "zonesim plot: name the folder of results and a figure, such as "
            f"'zonesim plot results/demo map'. Figures: {', '.join(_ALL)}."
        )
    if arguments.kind not in _ALL:
        near = near_miss(arguments.kind, _ALL)
        raise UsageError(f"zonesim plot: no figure {arguments.kind!r}. {near}".rstrip())
    file_format = _format(arguments)
    path = Path(arguments.out or f"{arguments.kind}.{file_format}")
    folder = Path(arguments.result)
    answer = read_answer(folder)
    if arguments.kind == FILM:
        content = film(answer, read_one_run(folder), texts)
    else:
        chosen: Format = next(name for name in FORMATS if name == file_format)
        content = figure_bytes(draw(arguments.kind, answer, texts), answer.setting, chosen)
    replace_file(path, lambda aside: aside.write_bytes(content), ours=is_our_figure(path))
    if arguments.json:
        return json_text({"kind": arguments.kind, "file": str(path)})
    return texts.get("plot", "written").format(file=path) + "\n"


def _format(arguments: argparse.Namespace) -> str:
    """Return the file format that was asked for, by --format or by the end of --out."""
    known = (_FILM_FORMAT,) if arguments.kind == FILM else FORMATS
    suffix = Path(arguments.out).suffix.lstrip(".").lower() if arguments.out else ""
    asked = arguments.format or suffix or known[0]
    if asked not in known:
        what = f"--format {asked}" if arguments.format else f"--out {arguments.out}"
        raise UsageError(
            f"zonesim plot: {what}: {arguments.kind!r} can be written as {', '.join(known)}."
        )
    if suffix != asked and arguments.out:
        raise UsageError(
            f"zonesim plot: --out {arguments.out} does not end in .{asked}; "
            "let it do so, or name another --format."
        )
    return str(asked)


def _listed(arguments: argparse.Namespace, texts: Texts) -> str:
    """Return the figures there are, and for a folder which of them it has."""
    answer = None if arguments.result is None else read_answer(Path(arguments.result))
    lacks = {kind: "" if answer is None else lacking(kind, answer, texts) for kind in _ALL}
    if arguments.json:
        return json_text(
            [
                {"kind": kind, "shows": shows(kind, texts, answer), "lacks": lack}
                for kind, lack in lacks.items()
            ]
        )
    rows = [(texts.get("head", "name"), texts.get("plot", "shows"))]
    for kind, lack in lacks.items():
        without = f" ({texts.get('plot', 'lacks')} {lack})" if lack else ""
        rows.append((kind, shows(kind, texts, answer) + without))
    return listing(rows) + "\n"
