"""The map is true to scale, its labels can be read, and its bubbles say what the table says."""

import math
from collections import Counter
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Wedge
from PIL import Image, ImageSequence

from experiments.outline import Region
from experiments.plots import draw, film
from experiments.plots.bubbles import LEGEND_POINTS, Bubble, LegendEntry, draw_bubble, flow
from experiments.plots.fonts import style, text_size
from experiments.plots.geography import KM_A_DEGREE, name_spot, window_on
from experiments.plots.map import Ground, map_figure
from experiments.plots.map_layout import SCALE_KM, lay_out
from experiments.plots.style import CONSTRAINT_COLOURS, bare_figure
from experiments.runs import Plan, one_run, prepare
from experiments.runs import answer as answer_of
from experiments.texts import LANGUAGES, load_texts

YEARS = [2021, 2025, 2030]
SQUARE = np.array([[105.0, 20.0], [106.0, 20.0], [106.0, 21.0], [105.0, 21.0], [105.0, 20.0]])


@pytest.fixture(scope="module")
def prepared():
    return prepare(["baseline", "plan_175"], Plan(replicates=3))


@pytest.fixture(scope="module")
def answer(prepared):
    return answer_of(prepared)


@pytest.fixture(scope="module", params=LANGUAGES)
def texts(request):
    return load_texts(request.param)


@pytest.fixture(scope="module")
def drawn(answer, texts):
    return draw("map", answer, texts)


@pytest.fixture(scope="module")
def layout(answer, texts):
    return lay_out(answer.places, answer.outline, answer.setting.province_name_vi, 228.0, texts)


def great_circle_km(one, other):
    """Return a distance by the haversine formula, on a sphere of 6371.0088 km."""
    (lon1, lat1), (lon2, lat2) = np.radians(one), np.radians(other)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def test_distances_on_the_map_are_those_on_the_globe_to_half_a_per_cent(answer, layout):
    window = layout.window
    degrees = answer.places[["lon_degrees", "lat_degrees"]].to_numpy()
    points = window.place(degrees)
    for a, b in combinations(range(len(degrees)), 2):
        true_km = great_circle_km(degrees[a], degrees[b])
        shown_km = math.dist(points[a], points[b]) / window.points_a_km
        assert shown_km == pytest.approx(true_km, rel=0.005)


def test_the_scale_bar_is_as_long_as_it_says(drawn, layout):
    one_km = layout.window.place(np.array([[105.9, 20.2], [105.9, 20.2 + 1.0 / KM_A_DEGREE]]))
    assert layout.scale_bar[2] == pytest.approx(SCALE_KM * (one_km[1, 1] - one_km[0, 1]))
    panel = drawn.figure.axes[0]
    bars = [line for line in panel.lines if line.get_linewidth() == 1.6]
    assert np.ptp(bars[0].get_xdata()) == pytest.approx(layout.scale_bar[2])
    assert "10 km" in [text.get_text() for text in panel.texts]


def test_names_of_any_length_stay_on_the_map(answer, texts):
    names = {f"name_{texts.language}": "Congnghiep" * 8}
    places, outline = answer.places.assign(**names), answer.outline
    layout = lay_out(places, outline, answer.setting.province_name_vi, 228.0, texts)
    window = layout.window
    for tag in layout.tags:
        assert 0.0 <= tag.label.box.left < tag.label.box.right <= window.width


def test_a_window_holds_its_region_with_equal_margins():
    window = window_on(Region("Square", (SQUARE,)), 200.0)
    corners = window.place(SQUARE)
    left, bottom = corners.min(0)
    right, top = corners.max(0)
    assert left == pytest.approx(200.0 - right) == pytest.approx(bottom)
    assert window.height - top == pytest.approx(bottom)


def test_panels_are_drawn_in_points_so_that_nothing_is_stretched(drawn):
    across, up = 72.0 * drawn.figure.get_size_inches()
    for axes in drawn.figure.axes:
        box = axes.get_position()
        assert box.width * across == pytest.approx(np.ptp(axes.get_xlim()))
        assert box.height * up == pytest.approx(np.ptp(axes.get_ylim()))


def test_no_label_hides_another_or_a_bubble_or_leaves_its_panel(drawn):
    drawn.figure.draw_without_rendering()
    for panel in drawn.figure.axes[:6]:
        boxes = [text.get_window_extent() for text in panel.texts]
        assert len(boxes) >= 35 + 1 + 3  # zones, scale bar, neighbours
        assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
        frame = panel.get_window_extent()
        assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
        assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)
        for patch in panel.patches:
            if isinstance(patch, Circle):
                x, y = panel.transData.transform(patch.center)
                radius = patch.radius * drawn.figure.dpi / 72.0
                for box in boxes:
                    near = (min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1))
                    assert math.dist((x, y), near) > 0.9 * radius


def test_lines_of_the_legend_hide_nothing_and_fit(drawn):
    drawn.figure.draw_without_rendering()
    below = drawn.figure.axes[-1]
    boxes = [text.get_window_extent() for text in below.texts]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert max(box.x1 for box in boxes) <= drawn.figure.bbox.x1


def test_the_legend_says_over_how_many_replicates(drawn):
    assert [text for text in drawn.figure.axes[-1].texts if "n = 3" in text.get_text()]


def test_every_zone_is_named_on_the_map_or_by_its_number_in_the_key(drawn, answer, texts):
    on_map = {text.get_text() for text in drawn.figure.axes[0].texts}
    key = {text.get_text() for text in drawn.figure.axes[-1].texts}
    names = answer.places[f"name_{texts.language}"]
    parks = names[answer.places["kind"] == "park"]
    clusters = names[answer.places["kind"] == "cluster"]
    assert set(parks) <= on_map
    for number, name in enumerate(clusters, start=1):
        assert f"{number} {name}" in key
        assert str(number) in on_map


def test_bubbles_have_the_area_slice_and_colour_of_the_table(drawn, answer):
    table = drawn.table
    panels = iter(drawn.figure.axes[:6])
    leasable_ha = answer.places["leasable_ha"].to_numpy()
    for scenario in ("baseline", "plan_175"):
        for year in YEARS:
            rows = table[(table["scenario"] == scenario) & (table["year"] == year)]
            patches = next(panels).patches
            radii = np.array([patch.radius for patch in patches if isinstance(patch, Circle)])
            areas = radii**2 / leasable_ha
            assert areas == pytest.approx(areas[0])
            open_rows = rows[rows["leased_ha"] > 0.0]
            wedges = [patch for patch in patches if isinstance(patch, Wedge)]
            shown = [(wedge.theta2 - wedge.theta1) / 360.0 for wedge in wedges]
            assert shown == pytest.approx(list(open_rows["leased_ha"] / open_rows["serviced_ha"]))
            colours = [to_hex(wedge.get_facecolor()).upper() for wedge in wedges]
            assert colours == [CONSTRAINT_COLOURS[key] for key in open_rows["constraint"]]


def test_the_years_side_by_side_are_the_first_the_middle_and_the_last(drawn, answer):
    assert sorted(set(drawn.table["year"])) == YEARS
    assert len(drawn.figure.axes) == 2 * len(YEARS) + 1
    constraints = answer.constraints
    years = constraints["year"].isin(YEARS)
    assert len(drawn.table) == years.sum()


def test_bubbles_stay_within_what_is_known_of_their_places(layout):
    assert layout.moved_km <= 3.05  # positions are good to about 3 km


def test_a_zone_without_serviced_land_has_a_broken_rim_and_no_slice():
    axes = bare_figure(2.0, 2.0).add_subplot()
    (nothing,) = draw_bubble(axes, 0.0, 0.0, Bubble(5.0, math.nan, "#333399"))
    assert nothing.get_linestyle() != "-"
    assert isinstance(nothing, Circle)
    empty = draw_bubble(axes, 0.0, 0.0, Bubble(5.0, 0.0, "#333399"))
    assert [patch.get_linestyle() for patch in empty] == ["solid"]


def test_a_legend_goes_on_in_the_next_line_where_one_is_full():
    line = [LegendEntry("a longer text for the line")] * 5
    one, high = flow([line], 1e6)
    many, higher = flow([line], 200.0)
    assert len({spot.down for spot in one}) == 1
    assert len({spot.down for spot in many}) > 1
    assert higher > high


def test_a_note_longer_than_a_line_goes_on_in_the_next_word_by_word():
    note = "what turned most land away in the year by the mean book of all replicates"
    spots, _ = flow([[LegendEntry(note)]], 100.0)
    assert " ".join(spot.entry.text for spot in spots) == note
    assert [spot.left for spot in spots] == [0.0] * len(spots)
    assert len({spot.down for spot in spots}) == len(spots) > 1
    assert all(text_size(spot.entry.text, LEGEND_POINTS)[0] <= 100.0 for spot in spots)


def test_the_name_of_a_region_lies_in_it_or_nowhere():
    window = window_on(Region("Square", (SQUARE,)), 200.0)
    x, y = name_spot([window.place(SQUARE)], window, 20.0)
    left, bottom = window.place(SQUARE).min(0)
    assert left < x < 200.0 - left
    assert bottom < y < window.height - bottom
    far = SQUARE + (5.0, 5.0)
    assert name_spot([window.place(far)], window, 20.0) is None


def test_a_map_of_one_scenario_and_year_has_one_panel(answer, texts):
    ground = Ground(answer.places, answer.outline, "Ninh Bình", "Ninh Bình")
    with style():
        figure = map_figure(
            answer.constraints, ground, {"plan_175": "Plan 175"}, [2030], 3, texts
        ).figure
    assert len(figure.axes) == 2


@pytest.fixture(scope="module")
def year(prepared):
    """Return the first year of one run."""
    months = one_run(prepared)
    return months[months["month"] < "2022"]


@pytest.fixture(scope="module")
def moving(answer, year):
    """Return the film of a year."""
    return film(answer, year, load_texts("vi"))


def test_a_film_has_a_frame_a_month_and_lasts_on_its_last(moving):
    picture = Image.open(BytesIO(moving))
    frames = [frame.info["duration"] for frame in ImageSequence.Iterator(picture)]
    assert len(frames) == 12
    assert frames[-1] > 10 * frames[0]
    assert len(moving) < 1_000_000


def test_a_film_shows_the_colours_of_the_map_as_they_are(moving, year):
    picture = Image.open(BytesIO(moving))
    picture.seek(11)
    seen = Counter(
        f"#{r:02X}{g:02X}{b:02X}" for r, g, b in np.asarray(picture.convert("RGB")).reshape(-1, 3)
    )
    december = year[year["month"] == "2021-12"]
    let = december[december["leased_ha"] > 0.0]["constraint"]
    assert all(seen[CONSTRAINT_COLOURS[key]] > 50 for key in set(let))


def test_a_film_says_which_run_it_shows(moving, answer):
    comment = Image.open(BytesIO(moving)).info["comment"].decode()
    assert answer.setting.model in comment
    assert comment.endswith("shown: replicate 0")
