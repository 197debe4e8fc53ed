"""Say in words which investors, zones and years make a difference; every column adds up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from experiments.explain.difference import DifferenceWhy
from experiments.explain.difference_tables import Tables, in_step
from experiments.grid import grid, section, wrapped
from experiments.statistics import Interval
from experiments.texts import Texts

_ZONES: Final = 12  # named, the others in one row
_ZONE_DIGITS: Final = (1, 1, 1, 0)  # leased, serviced, occupancy, revenue


def difference_text(why: DifferenceWhy, tables: Tables, texts: Texts) -> str:
    """Return the explanation of a difference as text of at most 80 columns.

    Parameters
    ----------
    why : DifferenceWhy
        What was found.
    tables : Tables
        Its tables.
    texts : Texts
        The language.
    """
    say = texts.sections["explain"]
    title = say["difference_title"].format(
        a=why.a,
        b=why.b,
        year=why.year,
        paired=texts.counted("paired", why.how.replicates),
        seed=why.how.seed,
    )
    names = {"a": why.a, "b": why.b}
    parts = [
        section(title, _answer(tables, texts)),
        section(say["reasons_title"].format(**names), _reasons(tables, texts, names)),
        section(say["zones_title"].format(**names), _zones(tables, texts)),
        section(say["years_title"].format(**names), _years(tables, texts)),
        section(texts.get("title", "notes"), wrapped(say["difference_note"].format(**names))),
    ]
    return "\n\n".join(parts) + "\n"


def _answer(tables: Tables, texts: Texts) -> str:
    """Return the totals, each with its precision, and what can be told of them."""
    say = texts.sections["explain"]
    lines = [
        _told(tables.leased, texts.outcome("leased_ha"), texts.get("unit", "ha"), texts, 1),
        _told(
            tables.revenue,
            texts.outcome("revenue_cum_bn_vnd"),
            texts.get("unit", "bn VND"),
            texts,
            0,
        ),
        _occupancy(tables, texts),
    ]
    if tables.half_month and _clear(tables.leased):
        lines.append(say["half"].format(month=tables.half_month))
    return "\n".join(wrapped(line) for line in lines)


def _told(found: Interval, label: str, unit: str, texts: Texts, digits: int) -> str:
    key = "told" if _clear(found) else "told_same" if _same(found) else "told_not"
    key = "told_few" if found.method == "few" else key
    return texts.get("explain", key).format(
        outcome=label,
        change=f"{texts.number(found.mean, digits, sign=True)} {unit}",
        lo=texts.number(found.lo, digits, sign=True),
        hi=texts.number(found.hi, digits, sign=True),
        replicates=texts.counted("replicates", found.n),
    )


def _occupancy(tables: Tables, texts: Texts) -> str:
    found, hundred = tables.occupancy, 100.0
    scaled = found._replace(mean=found.mean * hundred, lo=found.lo * hundred, hi=found.hi * hundred)
    label, unit = texts.outcome("occupancy"), texts.unit("share", difference=True)
    told = _told(scaled, label, unit, texts, 1)
    if found.n == 0 or _same(found):
        return told
    parts = in_step([tables.by_leasing * hundred, tables.by_opening * hundred], scaled.mean, 1)
    leasing, opening = (texts.number(part, 1, sign=True) for part in parts)
    return f"{told} {texts.get('explain', 'split').format(leasing=leasing, opening=opening)}"


def _clear(found: Interval) -> bool:
    return found.lo > 0.0 or found.hi < 0.0


def _same(found: Interval) -> bool:
    return found.lo == found.hi == found.mean == 0.0


def _columns(columns: Sequence[tuple[list[float], int]], texts: Texts) -> list[list[str]]:
    """Return rows of numbers that add up to a last row, the totals, also as they are shown."""
    shown = []
    for values, digits in columns:
        total = sum(values)
        rounded = [*in_step(values, total, digits), round(total, digits)]
        shown.append([texts.number(value, digits, sign=True) for value in rounded])
    return [list(row) for row in zip(*shown, strict=True)]


def _reasons(tables: Tables, texts: Texts, names: dict[str, str]) -> str:
    say, rows = texts.sections["explain"], tables.reasons
    if not rows:
        return wrapped(say["no_reasons"].format(**names))
    gained, lost = [row.gained_ha for row in rows], [-row.lost_ha for row in rows]
    # shown numbers add up across and down: totals first, then parts, and nets of rounded parts
    totals = in_step([sum(gained), sum(lost)], tables.leased.mean, 1)
    parts = [in_step(*each, 1) for each in zip((gained, lost), totals, strict=True)]
    cells = [
        [*(texts.number(value, 1, sign=True) for value in (up, down, up + down))]
        for up, down in [*zip(*parts, strict=True), tuple(totals)]
    ]
    labels = [texts.fate(row.reason) for row in rows] + [say["total"]]
    bands = [_band(row.net, texts) for row in rows] + [_band(tables.leased, texts)]
    table = [[label, *row, band] for label, row, band in zip(labels, cells, bands, strict=True)]
    head = [say["head_reason"], say["head_gained"], say["head_lost"], say["head_net"]]
    return grid([*head, texts.get("head", "interval")], table)


def _band(found: Interval, texts: Texts) -> str:
    return texts.ends(found.lo, found.hi, 1, method=found.method, sign=True)


def _zones(tables: Tables, texts: Texts) -> str:
    say = texts.sections["explain"]
    named, others = list(tables.zones[:_ZONES]), tables.zones[_ZONES:]
    parts = [
        [
            (row.leased.mean, row.serviced_ha, 100.0 * row.occupancy, row.revenue_bn_vnd)
            for row in rows
        ]
        for rows in (named, others)
    ]
    rest = [sum(column) for column in zip(*parts[1], strict=True)] or [0.0] * len(_ZONE_DIGITS)
    columns = [
        (list(values), digits)
        for values, digits in zip(zip(*parts[0], rest, strict=True), _ZONE_DIGITS, strict=True)
    ]
    labels = [row.zone for row in named] + [texts.counted("other_zones", len(others)), say["total"]]
    bands = [_band(row.leased, texts) for row in named] + ["", _band(tables.leased, texts)]
    rows = [
        [label, cells[0], band, *cells[1:]]
        for label, cells, band in zip(labels, _columns(columns, texts), bands, strict=True)
    ]
    head = [texts.get("head", "zone"), say["leased_ha"], texts.get("head", "interval")]
    head += [say["serviced_ha"], say["occupancy_points"], say["revenue_bn"]]
    return grid(head, rows if others else [*rows[:-2], rows[-1]])


def _years(tables: Tables, texts: Texts) -> str:
    say, rows = texts.sections["explain"], tables.years
    columns = [([row.leased.mean for row in rows], 1), ([row.revenue_bn_vnd for row in rows], 0)]
    labels = [row.period for row in rows] + [say["total"]]
    bands = [_band(row.leased, texts) for row in rows] + [_band(tables.leased, texts)]
    table = [
        [label, cells[0], band, cells[1]]
        for label, cells, band in zip(labels, _columns(columns, texts), bands, strict=True)
    ]
    head = [texts.get("head", "year"), say["leased_ha"], texts.get("head", "interval")]
    return grid([*head, say["revenue_bn"]], table)
