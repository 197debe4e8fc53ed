"""A page shows the numbers of its tables, holds all it needs, and takes no name for markup."""

import base64
import re
from html.parser import HTMLParser
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from experiments.report.content import Number
from experiments.report.page import page
from experiments.report.sections import report_of
from experiments.texts import LANGUAGES
from tests.unit.report.results import EN, HOSTILE, VI, answer, hostile_answer, report

TEXTS = {"en": EN, "vi": VI}
VOID = {"meta", "br", "link", "img", "input"}


class Reader(HTMLParser):
    """Collects tags with their attributes, cells of tables, and words outside style and script."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.cells, self.words = [], [], [], []
        self.in_number = False
        self.feed(html)
        assert not self.open, "every tag is closed"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        self.in_number = tag == "td" and "data-value" in dict(attrs)
        if self.in_number:
            self.cells.append([float(dict(attrs)["data-value"]), ""])

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.in_number = False

    def handle_data(self, data):
        if self.in_number:
            self.cells[-1][1] += data
        if not {"style", "script", "svg"} & set(self.open):
            self.words.append(data)


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(request):
    """Return the language, the HTML of a page and what a reader finds in it."""
    language = request.param
    html = page(report(language), TEXTS[language], {"en": "report.en.html"})
    return language, html, Reader(html)


def test_every_number_is_its_value_rounded(shown):
    language, _, reader = shown
    numbers = [
        cell
        for table in report(language).tables()
        for row in table.rows
        for cell in row[1:]
        if isinstance(cell, Number)
    ]
    assert len(reader.cells) == len(numbers) > 1000
    for (value, text), number in zip(reader.cells, numbers, strict=True):
        assert str(value) == str(float(number.value))
        if value != value:
            assert text == "-"
            continue
        plain = text.translate(str.maketrans(",.", ".," if language == "vi" else ",."))
        digits = len(plain.partition(".")[2])
        scale = 100.0 if number.unit == "share" else 1.0
        written = float(plain.replace(",", ""))
        assert written == pytest.approx(scale * value, abs=0.5 * 10.0**-digits + 1e-9)


def test_the_page_says_its_language(shown):
    language, _, reader = shown
    assert ("html", {"lang": language}) in reader.tags


def test_ids_are_unique_and_every_link_within_leads_somewhere(shown):
    _, _, reader = shown
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = [attrs[k] for _, attrs in reader.tags for k in ("href", "xlink:href") if k in attrs]
    assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_every_figure_has_words_for_those_who_do_not_see_it(shown):
    _, _, reader = shown
    drawings = [attrs for tag, attrs in reader.tags if tag == "svg"]
    assert len(drawings) == 5  # differences, occupancy, revenue, land, constraints
    assert all(a["role"] == "img" and len(a["aria-label"]) > 60 for a in drawings)


def test_the_page_names_no_address_to_load_from(shown):
    _, html, reader = shown
    loaded = ("src", "srcset", "poster", "data", "action")
    assert not [attrs for _, attrs in reader.tags if any(key in attrs for key in loaded)]
    assert not {tag for tag, _ in reader.tags} & {"link", "img", "iframe", "object", "image"}
    assert set(re.findall(r"url\((\w+:)", html)) == {"data:"}
    assert "@import" not in html


def test_the_font_in_the_page_has_every_letter_of_the_page(shown):
    _, html, reader = shown
    letters = {ord(c) for c in "".join(reader.words) if c.isprintable()} - {0x00A0}
    fonts = re.findall(r"data:font/woff;base64,([^)]*)", html)
    assert len(fonts) == 2  # regular and bold
    for content in fonts:
        with TTFont(BytesIO(base64.b64decode(content))) as font:
            assert letters <= set(font.getBestCmap())


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_stay_words(language):
    found = hostile_answer()
    made = report_of(found, TEXTS[language])
    reader = Reader(page(made, TEXTS[language], {}))
    assert [tag for tag, _ in reader.tags].count("script") == 1  # ours
    words = "".join(reader.words)
    for name in HOSTILE:
        assert name in words


def test_the_same_report_gives_the_same_bytes(shown):
    language, html, _ = shown
    if language == "vi":  # slow, and the same in every language
        assert page(report_of(answer(), VI), VI, {"en": "report.en.html"}) == html
