"""A film of one run: the map month by month, as an animated GIF that any viewer plays.

All frames share one palette, so that only what changes is stored. Not for means: a film shows one
run, an example. The map itself is drawn in experiments/plots/map.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Patch
from PIL import Image

from experiments.answer import Setting
from experiments.plots.bubbles import tint
from experiments.plots.files import provenance
from experiments.plots.fonts import broken, style
from experiments.plots.map import Ground, Sheet, draw_zones, new_sheet
from experiments.plots.style import CONSTRAINT_COLOURS
from experiments.texts import Texts

_INCHES: Final = 10.0
_DPI: Final = 96
_GREYS: Final = 32
_FRAME_MS: Final = 120
_LAST_FRAME_MS: Final = 3000
_COLUMNS: Final = 2


def film_bytes(setting: Setting, one_run: pd.DataFrame, ground: Ground, texts: Texts) -> bytes:
    """Return the film of the first replicate of all scenarios, one frame a month.

    Parameters
    ----------
    setting : Setting
        Of the answer.
    one_run : DataFrame
        What is shown; see experiments/one_run.py.
    ground : Ground
        Where.
    texts : Texts
        Language.

    Returns
    -------
    bytes
        An animated GIF; the provenance is in its comment.
    """
    palette = _palette()
    with style():
        sheet = _sheet(setting, one_run["constraint"], ground, texts)
        frames = [
            frame.quantize(palette=palette, dither=Image.Dither.NONE)
            for frame in _frames(setting, one_run, sheet, ground, texts)
        ]
    content, origin = BytesIO(), provenance(setting)
    frames[0].save(
        content,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[_FRAME_MS] * (len(frames) - 1) + [_LAST_FRAME_MS],
        loop=0,
        disposal=1,
        comment=f"{origin}; shown: replicate {setting.first_replicate}".encode(),
    )
    return content.getvalue()


def _sheet(setting: Setting, binding: pd.Series, ground: Ground, texts: Texts) -> Sheet:
    """Return the sheet of all frames, a panel for each scenario."""
    note = texts.get("figure", "film_note").format(
        replicate=setting.first_replicate, seed=setting.seed
    )
    columns = min(_COLUMNS, len(setting.scenarios))
    shape = (-(-len(setting.scenarios) // columns), columns)
    width = _INCHES * (0.65 if columns == 1 else 1.0)
    called = {
        divmod(place, columns): broken(label, 9.0, 68.0 * width / columns, bold=True)
        for place, label in enumerate(setting.labels(texts.language).values())
    }
    sheet = new_sheet(ground, shape, binding, ("", note), called, texts, width_inches=width)
    sheet.figure.set_dpi(_DPI)
    for spare in sheet.panels.flat[len(setting.scenarios) :]:
        spare.set_visible(False)
    return sheet


def _frames(
    setting: Setting, one_run: pd.DataFrame, sheet: Sheet, ground: Ground, texts: Texts
) -> Iterator[Image.Image]:
    """Yield a picture of each month: what moves, drawn over what does not."""
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    still = canvas.copy_from_bbox(sheet.figure.bbox)
    for month, rows in one_run.groupby("month"):
        canvas.restore_region(still)
        moving = [_heading(sheet, str(month), ground, texts)]
        for panel, name in zip(sheet.panels.flat, setting.scenarios, strict=False):
            own = rows[rows["scenario"] == name]
            caption = panel.set_title(_caption(own, texts), loc="left", fontsize=9.0)
            moving += [caption, *draw_zones(panel, sheet.layout, own)]
        for artist in moving:
            sheet.figure.draw_artist(artist)
        yield Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
        for artist in moving:
            if isinstance(artist, Patch):
                artist.remove()


def _heading(sheet: Sheet, month: str, ground: Ground, texts: Texts) -> Artist:
    year, number = month.split("-")
    when = texts.get("figure", "month").format(year=year, month=number)
    heading = texts.get("figure", "film").format(province=ground.title_name, month=when)
    sheet.heading.set_text(heading)
    return sheet.heading


def _caption(rows: pd.DataFrame, texts: Texts) -> str:
    leased, serviced = (texts.number(rows[key].sum(), 0) for key in ("leased_ha", "serviced_ha"))
    return texts.get("figure", "leased_ha").format(leased=leased, serviced=serviced)


def _palette() -> Image.Image:
    """Return the colours that all frames share: those of the map, their mixtures, and greys."""
    steps = (0.0, 0.25, 0.5, 0.75, 0.9)
    shades = [tint(shade, share) for shade in CONSTRAINT_COLOURS.values() for share in steps]
    shades += [(grey, grey, grey) for grey in np.linspace(0.0, 1.0, _GREYS).tolist()]
    palette = Image.new("P", (1, 1))
    palette.putpalette([round(255.0 * part) for shade in shades for part in shade])
    return palette
