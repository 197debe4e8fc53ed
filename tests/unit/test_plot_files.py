"""Files of figures: our own type, colours that all eyes can tell, provenance and no clock."""

import io
import re
from itertools import combinations
from pathlib import Path
from unicodedata import normalize
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from experiments import compare
from experiments.constraint import CONSTRAINTS
from experiments.plots import KINDS, draw, lacking
from experiments.plots.files import FORMATS, figure_bytes, provenance
from experiments.plots.fonts import FAMILY, FILES, FONTS, style, text_size
from experiments.plots.heat import ink_on
from experiments.plots.style import COLOURS, CONSTRAINT_COLOURS
from experiments.texts import LANGUAGES, load_texts

# The Vietnamese letters with their five tones, as the alphabet has them.
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# What each kind of colour-blindness does to linear light; Machado, Oliveira and Fernandes (2009),
# severity 1.
SIGHT = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green cones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue cones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# CIE 1931 from linear sRGB (IEC 61966-2-1).
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
TOLD_APART = 20.0  # CIE 1976; about nine times what is just noticeable (2.3)


@pytest.fixture(scope="module")
def answer():
    return compare(["baseline", "plan"], province="tiny", replicates=4)


def linear(colour):
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255.0
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour, sight):
    """Return a colour as CIE L*a*b* as an eye sees it."""
    ratio = (XYZ @ np.clip(sight @ linear(colour), 0.0, 1.0)) / (XYZ @ np.ones(3))
    bent = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_no_two_causes_look_alike_to_any_eye(sight):
    assert set(CONSTRAINT_COLOURS) == set(CONSTRAINTS)
    seen = {key: lab(colour, SIGHT[sight]) for key, colour in CONSTRAINT_COLOURS.items()}
    distances = {(a, b): np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(seen, 2)}
    assert min(distances.values()) >= TOLD_APART, min(distances, key=distances.get)


@pytest.mark.parametrize("sight", SIGHT)
def test_the_first_five_scenarios_look_different_to_any_eye(sight):
    seen = [lab(colour, SIGHT[sight]) for colour in COLOURS[:5]]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) >= 10.0


@pytest.mark.parametrize("key", CONSTRAINTS)
def test_letters_on_a_field_have_the_contrast_that_wcag_asks_of_text(key):
    shades = [linear(colour) @ XYZ[1] for colour in (CONSTRAINT_COLOURS[key], "#000000", "#FFFFFF")]
    ground, black, white = shades
    ink = {"black": black, "white": white}[ink_on(CONSTRAINT_COLOURS[key])]
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5


def vietnamese_letters():
    toned = {normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    return toned | {letter.upper() for letter in toned} | set("đĐ")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_font_has_every_vietnamese_letter_and_every_letter_of_our_labels(path):
    known = set(map(chr, TTFont(path).getBestCmap()))
    assert len(vietnamese_letters()) == 2 * (12 * 6 + 1)
    assert vietnamese_letters() <= known
    figures = {"figure", "binding", "kind", "unit", "outcome", "alone", "head"}
    used = {
        letter
        for language in LANGUAGES
        for section in figures
        for text in load_texts(language).sections[section].values()
        for letter in text
    }
    assert used <= known


def test_the_font_ships_with_its_licence_and_is_small():
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Be Vietnam Pro Project Authors" in licence
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 1_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_every_figure_is_set_in_our_font(answer, language):
    words = load_texts(language)
    with style():
        for kind in KINDS:
            if lacking(kind, answer, words):
                continue
            figure = draw(kind, answer, words).figure
            figure.draw_without_rendering()
            texts = [text for text in figure.findobj(Text) if text.get_text()]
            assert len(texts) > 10
            found = {str(font_manager.findfont(text.get_fontproperties())) for text in texts}
            assert {Path(font).name for font in found} <= {path.name for path in FILES}
            assert {text.get_fontfamily()[0] for text in texts} == {FAMILY}


def test_a_sign_that_our_font_lacks_comes_from_another_and_one_of_none_is_no_warning(recwarn):
    with style():
        figure = Figure()
        figure.suptitle("A ⇒ B, 中")  # an arrow that one of the two fonts has, a sign of neither
        content = io.StringIO()
        figure.savefig(content, format="svg")
    assert "DejaVuSans-" in content.getvalue()
    assert not recwarn.list


def test_style_leaves_settings_and_the_cache_of_the_user_alone(answer):
    before = dict(matplotlib.rcParams)
    draw("land", answer, load_texts("en"))
    assert dict(matplotlib.rcParams) == before
    caches = list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
    assert not [path for path in caches if "BeVietnamPro" in path.read_text(encoding="utf-8")]


def test_bold_letters_are_wider():
    text = "Tỷ lệ lấp đầy"
    assert text_size(text, 8.0, bold=True)[0] > text_size(text, 8.0)[0]
    assert text_size(text, 16.0)[0] == pytest.approx(2.0 * text_size(text, 8.0)[0], rel=0.01)


def told(content, file_format):
    """Return what a file says about itself, as one text."""
    if file_format == "png":
        return " | ".join(Image.open(io.BytesIO(content)).text.values())
    if file_format == "svg":
        return " | ".join(
            node.text or "" for node in ElementTree.fromstring(content).iter() if "}" in node.tag
        )
    plain = re.findall(rb"/(?:Creator|Subject|Title) ?\((.*?)\)(?=\s*[/>])", content, re.DOTALL)
    return " | ".join(text.decode("latin-1") for text in plain).replace("\\", "")


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_says_which_runs_of_which_model_it_shows_and_no_date(answer, file_format):
    setting = answer.setting
    content = figure_bytes(draw("revenue", answer, load_texts("en")), setting, file_format)
    said = told(content, file_format)
    for part in (f"zonesim {setting.version}", setting.model, setting.data, "baseline, plan"):
        assert part in said
    assert "seed 1" in said
    assert "replicates 0 to 3" in said
    assert not re.search(rb"CreationDate|ModDate|dc:date|tIME", content)


def test_provenance_is_one_line_without_clock_or_path(answer):
    assert re.fullmatch(
        r"zonesim \S+; model [0-9a-f]{16}; data tiny [0-9a-f]{16}; scenarios baseline, plan; "
        r"months \d{4}-\d\d to \d{4}-\d\d; seed 1; replicates 0 to 3",
        provenance(answer.setting),
    )


@pytest.mark.parametrize("kind", ["occupancy", "constraints"])
def test_the_same_figure_is_the_same_file_to_the_byte(answer, kind):
    once, again = (draw(kind, answer, load_texts("vi")) for _ in range(2))
    for file_format in FORMATS:
        one, other = (figure_bytes(it, answer.setting, file_format) for it in (once, again))
        assert one == other, file_format


def test_letters_are_outlines_in_svg_and_embedded_in_pdf(answer):
    drawn = draw("land", answer, load_texts("vi"))
    svg = figure_bytes(drawn, answer.setting, "svg")
    assert b"<text" not in svg
    pdf = figure_bytes(drawn, answer.setting, "pdf")
    assert b"/FontFile2" in pdf  # TrueType
    assert b"/Type3" not in pdf
