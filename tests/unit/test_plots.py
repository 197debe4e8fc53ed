"""Figures can be read: units on axes, honest ranges, every scenario seen, both languages."""

import itertools
from collections import Counter
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from experiments import compare, run
from experiments.constraint import CONSTRAINTS
from experiments.outcomes import HEADLINES
from experiments.plots import draw, figures, film
from experiments.plots.heat import LETTERS
from experiments.plots.style import CONSTRAINT_COLOURS, MOST_ZONES
from experiments.texts import load_texts
from sim.errors import StoreError


@pytest.fixture(scope="module")
def answers():
    pair = compare(["baseline", "plan"], province="tiny", replicates=6)
    return {"compare": pair, "run": run("baseline", province="tiny", replicates=6)}


@pytest.fixture(scope="module")
def one():
    return run("baseline", province="tiny", replicates=1)


@pytest.fixture(scope="module", params=["en", "vi"])
def drawn(request, answers):
    return figures(answers["compare"], load_texts(request.param))


def test_each_question_has_its_figure(answers):
    alone, together = (set(figures(answers[of], load_texts("en"))) for of in ("run", "compare"))
    assert alone == {"occupancy", "land", "revenue", "zones", "constraints"}
    assert together - {"differences"} == alone


def test_figures_leave_no_state_behind(drawn):
    assert drawn
    assert not plt.get_fignums()


def test_each_figure_has_the_table_behind_it(drawn):
    assert all(len(figure.table) for figure in drawn.values())


def test_occupancy_axes_run_from_0_to_100(drawn):
    panels = drawn["occupancy"].figure.axes[:-3]  # the last row is land
    assert {panel.get_ylim() for panel in panels} == {(0.0, 100.0)}


def test_land_is_drawn_with_occupancy(drawn):
    land = drawn["occupancy"].figure.axes[-3:]
    assert all(len(panel.lines) == 4 for panel in land)  # leased and serviced, two scenarios


def test_revenue_axes_begin_at_zero_and_hold_every_band(drawn):
    figure, table = drawn["revenue"]
    for panel in figure.axes:
        low, high = panel.get_ylim()
        assert low == 0.0
        assert high >= table["q95_bn_vnd_year"].max()


def test_differences_show_the_line_of_no_difference(drawn):
    panels = [axes for axes in drawn["differences"].figure.axes if axes.get_visible()]
    assert len(panels) == len(HEADLINES)
    for panel in panels:
        low, high = panel.get_xlim()
        assert low < 0.0 < high


def test_the_legend_says_over_how_many_replicates(drawn):
    for figure, _ in drawn.values():
        assert "n = 6" in figure.legends[0].get_title().get_text()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", ["occupancy", "revenue", "zones"])
@pytest.mark.parametrize("replicates", [1, 6])
def test_only_bands_that_are_there_are_in_the_legend(answers, one, kind, replicates, language):
    texts = load_texts(language)
    legend = draw(kind, one if replicates == 1 else answers["run"], texts).figure.legends[0]
    words = " ".join(text.get_text() for text in legend.get_texts())
    assert (texts.get("figure", "band90") in words) == (replicates > 1)
    assert texts.get("figure", "band50") not in words or replicates > 1
    assert texts.get("figure", "median") not in words or replicates > 1
    note = legend.get_title().get_text()
    assert ({"en": "no bands", "vi": "không có dải"}[language] in note) == (
        replicates == 1 and kind != "zones"
    )


def test_titles_are_in_the_language_asked_for(answers):
    heading = figures(answers["run"], load_texts("vi"))["zones"].figure.get_suptitle()
    assert heading.startswith("Tỷ lệ lấp đầy theo khu")


LONG = "A plan that does all that was promised, and more (tasks 1 to 5)"


LONGER = {
    "long": LONG,
    "longer than a figure is wide": " ".join([LONG] * 3),
    "a word longer than a panel is wide": LONG.replace(" ", "") * 2,
}


@pytest.fixture(scope="module", params=LONGER.values(), ids=LONGER)
def long(request, answers):
    """Return figures of scenarios that are called alike, at length."""
    setting = answers["compare"].setting._replace(labels_en=(request.param,) * 2)
    return figures(replace(answers["compare"], setting=setting), load_texts("en"))


def words_of(text):
    return " ".join(text.get_text().split())


def letters_of(text):
    return "".join(text.get_text().split())


def test_scenarios_are_called_by_their_labels(drawn, answers):
    setting = answers["compare"].setting
    for kind, (figure, _) in drawn.items():
        words = [words_of(text) for text in figure.findobj(Text)]
        called = (setting.labels_en[1], setting.labels_vi[1])
        assert any(label in text for label in called for text in words), kind
        assert not {"baseline", "plan"} & set(words)


def undrawn(figure):
    """Return the labels of ticks beyond their axes, which are there but not drawn."""
    return {
        label
        for axes in figure.axes
        for label in axes.get_yticklabels()
        if not min(axes.get_ylim()) <= label.get_position()[1] <= max(axes.get_ylim())
    }


def test_long_labels_are_told_apart_and_hide_nothing(long):
    for kind, (figure, _) in long.items():
        figure.draw_without_rendering()
        seen = set(figure.findobj(Text)) - undrawn(figure)
        texts = [text for text in seen if text.get_visible() and words_of(text)]
        boxes = {text: text.get_window_extent() for text in texts}
        labels = [text for text in texts if "planthatdoes" in letters_of(text)]
        assert any(letters_of(text).endswith("(plan)") for text in labels), kind
        for label in labels:
            assert figure.bbox.containsx(boxes[label].x0), kind
            assert figure.bbox.containsx(boxes[label].x1), kind
            # titles that begin with an empty line leave it for the label of their row
            others = [o for o in texts if o is not label and not o.get_text().startswith("\n")]
            assert not [o.get_text() for o in others if boxes[o].overlaps(boxes[label])], kind


@pytest.mark.parametrize("kind", ["zones", "constraints"])
@pytest.mark.parametrize("which", ["run", "compare"])
def test_the_name_of_a_zone_leaves_room_for_its_row(answers, kind, which):
    def widest(answer):
        figure = draw(kind, answer, load_texts("en")).figure
        figure.draw_without_rendering()
        names = figure.axes[0].get_yticklabels()
        assert all(figure.bbox.containsx(name.get_window_extent().x0) for name in names)
        return names[0].get_text(), figure.axes[0].get_window_extent().width

    tables = {key: vars(answers[which])[key].copy() for key in ("zones", "constraints")}
    for table in tables.values():
        table.loc[table["zone"] == "north-park", "name_en"] = "Northpark" * 9
    short, room = widest(answers[which])
    cut, left = widest(replace(answers[which], **tables))
    assert (short, cut[:9], cut[-8:]) == ("North Park (park)", "Northpark", "… (park)")
    assert left > 0.6 * room


def test_the_same_curve_twice_stays_visible(drawn):
    lower = drawn["occupancy"].figure.axes[3]  # first panel of the second scenario
    assert [line.is_dashed() for line in lower.lines] == [False, True]


def test_numbers_where_curves_end_do_not_hide_each_other(drawn):
    for kind in ("occupancy", "revenue"):
        figure = drawn[kind].figure
        figure.draw_without_rendering()
        for axes in figure.axes:
            boxes = [text.get_window_extent() for text in axes.texts]
            pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
            assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]


@pytest.mark.parametrize("kind", ["zones", "constraints"])
@pytest.mark.parametrize("which", ["run", "compare"])
def test_names_of_few_zones_do_not_hide_each_other(answers, kind, which):
    figure = draw(kind, answers[which], load_texts("vi")).figure
    figure.draw_without_rendering()
    names = [text.get_window_extent() for text in figure.axes[0].get_yticklabels()]
    assert len(names) == 3
    assert all(above.y0 >= below.y1 for above, below in itertools.pairwise(names))


def test_each_field_of_what_binds_has_the_colour_and_letter_of_its_cause(drawn):
    figure, table = drawn["constraints"]
    expected = Counter(CONSTRAINT_COLOURS[key] for key in table["constraint"])
    fields = [patch for axes in figure.axes for patch in axes.patches]
    assert Counter(to_hex(field.get_facecolor()).upper() for field in fields) == expected
    letters = Counter(text.get_text() for axes in figure.axes for text in axes.texts)
    assert letters == Counter(LETTERS[key] for key in table["constraint"])


def test_letters_of_what_binds_are_one_a_cause():
    assert set(LETTERS) == set(CONSTRAINTS)
    assert len(set(LETTERS.values())) == len(CONSTRAINTS)


def test_more_zones_than_a_page_holds_are_cut_to_the_largest(answers):
    answer = answers["run"]
    names = [f"z{place}" for place in range(MOST_ZONES + 5)]
    many = replace(
        answer,
        places=repeated(answer.places, names).assign(leasable_ha=range(len(names))),
        constraints=repeated(answer.constraints[answer.constraints["year"] == 2021], names),
    )
    figure, table = draw("constraints", many, load_texts("en"))
    assert set(table["zone"]) == set(names[5:])  # the five smallest come first
    note = figure.legends[0].get_title().get_text()
    assert note.endswith("the 60 largest of 65 zones")


def repeated(table, names):
    """Return the first row of a table once for each name of a zone."""
    return pd.concat([table.head(1)] * len(names), ignore_index=True).assign(zone=names)


def test_no_figure_is_drawn_from_what_is_not_there(answers):
    with pytest.raises(StoreError, match="two scenarios or more"):
        draw("differences", answers["run"], load_texts("en"))
    with pytest.raises(StoreError, match=r"outline\.geojson"):
        draw("map", answers["run"], load_texts("en"))
    with pytest.raises(StoreError, match=r"outline\.geojson"):
        film(answers["run"], pd.DataFrame(), load_texts("en"))
