"""A report as one HTML file that holds everything it needs and asks the network for nothing.

Every text from data or scenarios passes `html.escape`; there is no template engine, since the few
shapes below are all there is to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from io import StringIO
from pathlib import Path
from typing import Final

from experiments.plots.fonts import style
from experiments.report.content import (
    Bullets,
    Cell,
    Code,
    Part,
    Picture,
    Report,
    Section,
    Table,
    shown,
)
from experiments.report.font import font_css
from experiments.texts import Texts

_HERE: Final = Path(__file__).parent
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:"
)
_IDENTITY: Final = re.compile(r'(\bid="|href="#|url\(#)')
_OWN_NAMES: Final = {"en": "English", "vi": "Tiếng Việt"}  # each language in itself
_ARROWS: Final = "\u2191\u2193"  # beside the head of a column that is sorted, by page.css
_PER_CENT: Final = re.compile(r"(\d|điểm) %")
_SHORT: Final = 16  # letters of words that stay in one line
_LONG: Final = 60  # letters of words that need a wide column
_BRIEF: Final = 20  # rows that stay on one sheet of paper
_MANY: Final = 6  # rows from which sorting helps


def page(report: Report, texts: Texts, others: dict[str, str]) -> str:
    """Return a report as HTML.

    Parameters
    ----------
    report : Report
        What to show.
    texts : Texts
        Language of the few words of the page itself.
    others : dict of str to str
        The same report in other languages: language and file name, to link to.
    """
    body = _body(report, texts, others)
    words = unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", "", body, flags=re.DOTALL))
    css = font_css("".join(sorted(set(words))) + _ARROWS) + "\n" + _read("page.css")
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="zonesim {escape(report.version)}">\n'
        f"<title>{escape(report.title)}</title>\n<style>\n{css}</style>\n</head>\n"
        f"<body>\n{body}<script>\n{_read('page.js')}</script>\n</body>\n</html>\n"
    )


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _body(report: Report, texts: Texts, others: dict[str, str]) -> str:
    def say(key: str) -> str:
        return escape(texts.get("page", key))

    links = "".join(
        f'<p class="languages"><a href="{escape(file)}" hreflang="{code}" lang="{code}">'
        f"{escape(_OWN_NAMES[code])}</a></p>\n"
        for code, file in others.items()
    )
    contents = "".join(
        f'<li><a href="#{s.key}">{escape(s.title)}</a></li>\n' for s in report.sections
    )
    answer = "".join(f"<p>{_escaped(sentence)}</p>\n" for sentence in report.answer)
    sections = "".join(_section(s, texts) for s in report.sections)
    footer = texts.get("page", "footer").format(version=report.version, model=report.model)
    return (
        f'<a class="skip" href="#answer">{say("skip")}</a>\n'
        f"<header>\n{links}<h1>{escape(report.title)}</h1>\n</header>\n<main>\n"
        f'<section id="answer" aria-labelledby="answer-title">\n'
        f'<h2 id="answer-title">{say("answer")}</h2>\n'
        f'<p class="question">{escape(report.question)}</p>\n'
        f'<div class="answer">\n{answer}</div>\n</section>\n'
        f'<nav aria-label="{say("contents")}">\n<ol>\n{contents}</ol>\n</nav>\n'
        f"{sections}</main>\n<footer>\n<p>{escape(footer)}</p>\n</footer>\n"
    )


def _section(section: Section, texts: Texts) -> str:
    parts = "".join(_part(part, texts) for part in section.parts)
    key = section.key
    return (
        f'<section id="{key}" aria-labelledby="{key}-title">\n'
        f'<h2 id="{key}-title">{escape(section.title)}</h2>\n{parts}</section>\n'
    )


def _part(part: Part, texts: Texts) -> str:
    if isinstance(part, str):
        return f"<p>{_escaped(part)}</p>\n"
    if isinstance(part, Bullets):
        lines = "".join(f"<li>{_escaped(line)}</li>\n" for line in part.lines)
        return f"<ul>\n{lines}</ul>\n"
    if isinstance(part, Code):
        return f'<p><code class="code">{escape(part.line)}</code></p>\n'
    if isinstance(part, Picture):
        return _figure(part)
    return _table(part, texts)


def _figure(picture: Picture) -> str:
    """Return a figure: the drawing itself, with names inside it that no other drawing has."""
    content = StringIO()
    with style():
        picture.drawn.figure.savefig(content, format="svg", metadata={"Date": None})
    drawing = content.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", drawing, flags=re.DOTALL)
    drawing = _IDENTITY.sub(rf"\g<1>{picture.kind}-", drawing)
    box = re.search(r'viewBox="[^"]*"', drawing)
    assert box is not None  # matplotlib always writes it
    inside = drawing[drawing.index(">") + 1 :]
    label = escape(picture.alternative)
    head = f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" {box.group()} role="img"'
    return (
        f'<figure id="figure-{picture.kind}">\n<div class="wide" tabindex="0" role="group" '
        f'aria-label="{escape(picture.caption)}">\n{head} aria-label="{label}">{inside}</div>\n'
        f"<figcaption>{_escaped(picture.shows)}</figcaption>\n</figure>\n"
    )


def _table(table: Table, texts: Texts) -> str:
    """Return a table; a long one can be sorted, one to look things up in shows on demand."""
    sortable = len(table.rows) >= _MANY
    looks = [_look(table, c) for c in range(len(table.columns))]
    heads = "".join(
        _head(column.text, look, sortable)
        for column, look in zip(table.columns, looks, strict=True)
    )
    rows = "".join(_row(row, looks, texts) for row in table.rows)
    note = f'<p class="note">{_escaped(table.note)}</p>\n' if table.note else ""
    caption = escape(table.caption)
    grid = (
        f'<div class="wide" tabindex="0" role="group" aria-label="{caption}">\n<table>\n'
        f"<caption>{caption}</caption>\n<thead>\n<tr>{heads}</tr>\n</thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
    if not table.rows:
        grid = f"<p><strong>{caption}</strong></p>\n"
    if table.folded:
        return f"<details>\n<summary>{caption}</summary>\n{grid}{note}</details>\n"
    size = "table brief" if len(table.rows) <= _BRIEF else "table"
    return f'<div class="{size}" data-topic="{table.topic}">\n{grid}{note}</div>\n'


def _look(table: Table, column: int) -> str:
    """Return the class of a column: number, or short, usual or long words."""
    cells = [row[column] for row in table.rows]
    if any(not isinstance(cell, str) for cell in cells):
        return "number"
    longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
    return "short" if longest <= _SHORT else "long" if longest > _LONG else "usual"


def _head(label: str, look: str, sortable: bool) -> str:
    text = _escaped(label)
    inside = f'<button type="button">{text}</button>' if sortable else text
    return f'<th scope="col" class="{look}">{inside}</th>'


def _row(row: tuple[Cell, ...], looks: Sequence[str], texts: Texts) -> str:
    first = row[0] if isinstance(row[0], str) else shown(row[0], texts)
    cells = "".join(_cell(c, look, texts) for c, look in zip(row[1:], looks[1:], strict=True))
    return f'<tr><th scope="row" class="{looks[0]}">{_escaped(first)}</th>{cells}</tr>\n'


def _cell(cell: Cell, look: str, texts: Texts) -> str:
    if isinstance(cell, str):
        return f'<td class="{look}">{_escaped(cell)}</td>'
    return f'<td class="{look}" data-value="{float(cell.value)!r}">{shown(cell, texts)}</td>'


def _escaped(text: str) -> str:
    """Return a text for HTML, its per cent signs kept with their numbers."""
    return escape(_PER_CENT.sub("\\1\u00a0%", text))
