"""Figures can be read: units on axes, honest ranges, every scenario seen, both languages."""

import matplotlib.pyplot as plt
import pytest

from experiments import compare, run
from experiments.outcomes import HEADLINES
from experiments.plots import figures
from experiments.texts import load_texts


@pytest.fixture(scope="module")
def answers():
    pair = compare(["baseline", "plan"], province="tiny", replicates=6)
    return {"compare": pair, "run": run("baseline", province="tiny", replicates=6)}


@pytest.fixture(scope="module", params=["en", "vi"])
def drawn(request, answers):
    return figures(answers["compare"], load_texts(request.param))


def test_each_question_has_its_figure(answers):
    texts = load_texts("en")
    assert set(figures(answers["run"], texts)) == {"occupancy", "land", "revenue", "zones"}
    assert set(figures(answers["compare"], texts)) - {"differences"} == set(
        figures(answers["run"], texts)
    )


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


def test_titles_are_in_the_language_asked_for(answers):
    heading = figures(answers["run"], load_texts("vi"))["zones"].figure.get_suptitle()
    assert heading.startswith("Tỷ lệ lấp đầy theo khu")


def test_the_same_curve_twice_stays_visible(drawn):
    lower = drawn["occupancy"].figure.axes[3]  # first panel of the second scenario
    assert [line.is_dashed() for line in lower.lines] == [False, True]


def test_no_letter_is_missing_from_the_font(drawn, tmp_path):
    for name, (figure, _) in drawn.items():
        figure.savefig(tmp_path / f"{name}.png")  # a missing glyph warns, and a warning fails
