"""A figure as the bytes of a file: PNG, SVG or PDF, with its provenance inside and no date.

The same figure gives the same bytes. Not for folders: experiments/results.py, experiments/store.py.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final, Literal

from experiments.answer import Setting
from experiments.plots.fonts import style
from experiments.plots.style import Drawn

Format = Literal["png", "svg", "pdf"]
FORMATS: Final = ("png", "svg", "pdf")
MAKER: Final = "zonesim"


def provenance(setting: Setting) -> str:
    """Return in one line which runs of which model, data and scenarios are shown."""
    last = setting.first_replicate + setting.replicates - 1
    parts = {
        f"{MAKER} {setting.version}": "",
        "model": setting.model,
        "data": f"{setting.province} {setting.data}",
        "scenarios": ", ".join(setting.scenarios),
        "months": f"{setting.first_month} to {setting.last_month}",
        "seed": str(setting.seed),
        "replicates": f"{setting.first_replicate} to {last}",
    }
    return "; ".join(f"{key} {value}".strip() for key, value in parts.items())


def figure_bytes(drawn: Drawn, setting: Setting, kind: Format) -> bytes:
    """Return a figure as the content of a file.

    Parameters
    ----------
    drawn : Drawn
        The figure.
    setting : Setting
        Of the answer that it shows.
    kind : {"png", "svg", "pdf"}
        Which file format.
    """
    content = BytesIO()
    with style():
        drawn.figure.savefig(content, format=kind, metadata=_metadata(drawn, setting, kind))
    return content.getvalue()


def is_our_figure(path: Path) -> bool:
    """Return whether there is a file that says of itself that zonesim drew it."""
    return path.is_file() and MAKER.encode() in path.read_bytes()


def _metadata(drawn: Drawn, setting: Setting, kind: Format) -> dict[str, str | None]:
    """Return what a file says about itself, under the names that its format has for it."""
    maker, origin = f"{MAKER} {setting.version}", provenance(setting)
    heading = drawn.figure.get_suptitle()
    if kind == "png":
        return {"Title": heading, "Description": origin, "Software": maker}
    if kind == "svg":
        return {"Title": heading, "Description": origin, "Creator": maker, "Date": None}
    return {"Title": heading, "Subject": origin, "Creator": maker, "CreationDate": None}
