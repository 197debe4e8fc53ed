"""Whole analyses of a made-up model: known answers, both languages, 80 columns, figures."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from experiments.insight.analysis import analyse
from experiments.insight.labels import Labels
from experiments.insight.questions import Question, questions_of
from experiments.insight.words import analysis_text
from experiments.plots.fonts import style
from experiments.plots.insight import insight_figures
from experiments.texts import load_texts
from sim.errors import StudyError
from tests.unit.insight.made_up import (
    ALLOCATION,
    FACTORS,
    LABELS,
    ONE_STOP,
    SPREAD,
    factor,
    study,
    tables,
)

OCCUPANCY = Question("occupancy", 2030)
REVENUE = Question("revenue_year_bn_vnd", 2030)
MISSED = Question("occupancy", 2030, "<", 0.5)
VALUES = (
    factor("outside_utility", 0.0, 1.0, values=(0.0, 0.5, 1.0), default=0.5),
    factor("candidates_per_year", 50.0, 150.0, values=(50.0, 100.0), default=100.0),
)
STUDIES = {
    "saltelli": study("saltelli", points=128),
    "morris": study("morris", points=12, levels=4),
    "lhs": study("lhs", points=300, factors=(*FACTORS, ALLOCATION, ONE_STOP)),
    "one-at-a-time": study("one-at-a-time", factors=VALUES),
    "grid": study("grid", factors=VALUES),
}


def analysed(made, questions=(OCCUPANCY,)):
    runs, points = tables(made)
    return analyse(made, runs, points, questions)


@pytest.fixture(scope="module")
def found():
    asked = {kind: (OCCUPANCY,) for kind in STUDIES}
    asked |= {"lhs": (OCCUPANCY, REVENUE, MISSED), "saltelli": (OCCUPANCY, MISSED)}
    return {kind: analysed(made, asked[kind]) for kind, made in STUDIES.items()}


def rows(analysis, table, scenario, against="", outcome="occupancy"):
    whole = analysis.tables[table]
    of = (whole["outcome"] == outcome) & (whole["scenario"] == scenario)
    return whole[of & (whole["against"] == against)]


def test_levels_and_paired_effects_have_their_known_indices(found):
    # base: 0.3 demand - 0.2 neighbours: variances 0.09/12 and 0.04/12; plus that of luck
    base = rows(found["saltelli"], "sobol", "baseline").set_index("factor")
    runs, _ = tables(STUDIES["saltelli"])
    rng = np.random.default_rng(9)  # the luck that was drawn
    luck = rng.normal(0.0, SPREAD, (2, 4))[0].var(ddof=1)
    total = 0.09 / 12 + 0.04 / 12 + luck
    for name, variance in (("candidates_per_year", 0.09), ("outside_utility", 0.04)):
        share = variance / 12 / total
        row = base.loc[name]
        assert row["total_lo"] <= share <= row["total_hi"]
        assert row["first_lo"] <= share <= row["first_hi"]
    assert base.loc["luck", "total"] == pytest.approx(luck / total, rel=0.05)
    # the plan adds 0.1 (1 - neighbours) whatever the luck: all of the effect is neighbours
    effect = rows(found["saltelli"], "sobol", "plan_175", "baseline").set_index("factor")
    assert effect.loc["outside_utility", "total"] == pytest.approx(1.0, abs=0.05)
    assert effect.loc["luck", "total"] == pytest.approx(0.0, abs=1e-9)
    assert runs["point"].nunique() == 128 * 5


def test_morris_finds_slopes_for_a_whole_range(found):
    base = rows(found["morris"], "morris", "baseline").set_index("factor")
    assert base.loc["candidates_per_year", "mu"] == pytest.approx(0.3)
    assert base.loc["outside_utility", "mu"] == pytest.approx(-0.2)
    assert base.loc["overrun", "mu_star"] == pytest.approx(0.0, abs=1e-12)
    effect = rows(found["morris"], "morris", "plan_175", "baseline").set_index("factor")
    assert effect.loc["outside_utility", "mu"] == pytest.approx(-0.1)


def test_one_at_a_time_gives_each_change_against_the_defaults(found):
    base = rows(found["one-at-a-time"], "effects", "baseline")
    changes = dict(
        zip(zip(base["factor"], base["value"], strict=True), base["change"], strict=True)
    )
    assert changes == pytest.approx(
        {("outside_utility", 0.0): 0.1, ("outside_utility", 1.0): -0.1,
         ("candidates_per_year", 50.0): -0.15}
    )  # fmt: skip


def test_a_grid_has_the_mean_of_every_point(found):
    base = rows(found["grid"], "means", "baseline")
    assert len(base) == 6
    rng = np.random.default_rng(9)
    luck = rng.normal(0.0, SPREAD, (2, 4))[0].mean()
    expected = 0.5 + 0.3 * (base["candidates_per_year"] - 50.0) / 100.0
    expected = expected - 0.2 * base["outside_utility"] + luck
    assert base["mean"].to_numpy() == pytest.approx(expected.to_numpy())


def test_regret_chooses_the_plan_that_is_always_better(found):
    table = found["lhs"].tables["regret"]
    own = table[table["outcome"] == "occupancy"].set_index("policy")
    assert own.loc["plan_175", "max"] == 0.0
    assert own.loc["plan_175", "minimax_share"] == 1.0
    assert own.loc["baseline", "max"] == pytest.approx(0.1, abs=0.002)  # where neighbours are at 0
    assert own.loc["baseline", "mean"] == pytest.approx(0.05, abs=0.001)


def test_discovery_names_what_makes_the_mark_be_missed(found):
    boxes = found["lhs"].tables["boxes"]
    own = boxes[(boxes["scenario"] == "baseline") & (boxes["box"] == 1)].set_index("factor")
    assert set(own.index) == {"candidates_per_year", "outside_utility"}
    assert np.isfinite(own.loc["candidates_per_year", "hi"])
    assert np.isfinite(own.loc["outside_utility", "lo"])
    assert (own["density"] > 0.8).all()


def test_only_independent_points_of_saltelli_are_futures(found):
    assert (found["saltelli"].tables["boxes"]["futures"] == 2 * 128).all()
    assert (found["saltelli"].tables["regret"]["futures"] == 2 * 128).all()


def test_a_failed_run_takes_its_base_sample_with_it():
    made = STUDIES["saltelli"]
    runs, points = tables(made)
    runs.loc[(runs["point"] == 7) & (runs["replicate"] == 2), "occupancy_2030"] = np.nan
    runs.loc[(runs["point"] == 7) & (runs["replicate"] == 2), "status"] = "AuditError"
    found = analyse(made, runs, points, [OCCUPANCY])
    assert found.failed == 2
    assert found.tables["sobol"]["base_points"].unique().tolist() == [127]


def test_with_too_few_complete_blocks_there_is_an_explanation():
    made = STUDIES["morris"]
    runs, points = tables(made)
    runs["occupancy_2030"] = np.nan
    with pytest.raises(StudyError, match="0 complete of 12 blocks"):
        analyse(made, runs, points, [OCCUPANCY])


def test_a_threshold_asks_for_futures():
    with pytest.raises(StudyError, match="possible futures"):
        analysed(STUDIES["morris"], (OCCUPANCY, MISSED))


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", list(STUDIES))
def test_the_text_fits_a_terminal(found, kind, language):
    text = analysis_text(found[kind], load_texts(language))
    assert not [line for line in text.splitlines() if len(line) > 80]
    assert "nan" not in text
    assert "plan_175" in text


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_long_name_of_a_factor_is_told_whole(kind, language):
    names = ("consideration_tenants", "state_gate_years")  # the longest labels of behaviours
    factors = tuple(factor(name, 0.0, 1.0, default=0.5) for name in names)
    made, texts = study(kind, points=16, levels=4, factors=factors), load_texts(language)
    words = set(analysis_text(analysed(made), texts).split())
    assert all(set(Labels(made, texts).factor(name).split()) <= words for name in names)


def test_a_box_is_told_in_words(found):
    english, vietnamese = (
        " ".join(analysis_text(found["lhs"], load_texts(language)).split())
        for language in ("en", "vi")
    )
    assert "baseline: Occupancy (leased/serviced), end of 2030 below 50.0 % when" in english
    assert "and" in english
    assert "is at most" in english
    assert "không quá" in vietnamese
    assert "khi" in vietnamese


@pytest.mark.parametrize("kind", list(STUDIES))
def test_one_scenario_and_one_replicate_have_no_effects_and_no_luck(kind):
    names = STUDIES[kind].scenarios[:1]
    alone = analysed(STUDIES[kind]._replace(scenarios=names, replicates=1))
    assert alone.tables["noise"]["luck_share"].isna().all()
    assert {row for table in alone.tables.values() for row in table["scenario"]} == {"baseline"}
    text = analysis_text(alone, load_texts("en"))
    assert not [line for line in text.splitlines() if len(line) > 80]
    assert "nan" not in text
    insight_figures(alone, load_texts("vi"))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_figures_have_a_table_and_all_their_letters_on_the_page(found, language):
    names = set()
    for kind, analysis in found.items():
        for name, drawn in insight_figures(analysis, load_texts(language)).items():
            assert len(drawn.table)
            with style():
                drawn.figure.draw_without_rendering()  # a missing glyph warns
            edge = drawn.figure.bbox.x1
            words = (text for text in drawn.figure.findobj(Text) if " " in text.get_text())
            for text in words:  # not the numbers of ticks, which matplotlib also keeps unseen
                assert text.get_window_extent().x1 <= edge, (kind, name, text)
            names.add(name.split("-")[0])
    assert names == {"sobol", "morris", "convergence", "effects", "regret", "boxes"}
    assert not plt.get_fignums()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_panel_of_what_never_varies_says_so(language):
    made, texts = study("saltelli", points=32), load_texts(language)
    runs, points = tables(made)
    runs.loc[runs["scenario"] == "baseline", "occupancy_2030"] = 0.5
    drawn = insight_figures(analyse(made, runs, points, (OCCUPANCY,)), texts)
    for kind in ("sobol", "convergence"):
        figure = drawn[f"{kind}-occupancy-2030"].figure
        written = [" ".join(text.get_text().split()) for text in figure.findobj(Text)]
        assert written.count(texts.get("insight", "no_variance")) == 1


@pytest.mark.parametrize("language", ["en", "vi"])
def test_figures_call_scenarios_by_their_labels(found, language):
    base, plan = (labels[language == "vi"] for labels in LABELS.values())
    for analysis in found.values():
        for name, drawn in insight_figures(analysis, load_texts(language)).items():
            written = {" ".join(text.get_text().split()) for text in drawn.figure.findobj(Text)}
            said = " | ".join(written)
            assert base in said, name
            assert plan in said, name
            assert not [key for key in LABELS if key in said], name
            if "against" in drawn.table and drawn.table["against"].fillna("").any():
                pair = {"scenario": f"\u201c{plan}\u201d", "base": f"\u201c{base}\u201d"}
                assert load_texts(language).get("insight", "against").format(**pair) in said, name


@pytest.mark.parametrize(("language", "label"), [("en", "As today"), ("vi", "Như hiện nay")])
def test_scenarios_that_share_a_label_are_told_apart(language, label):
    first, second = STUDIES["lhs"].scenarios
    shared = second._replace(label_en=first.label_en, label_vi=first.label_vi)
    made = STUDIES["lhs"]._replace(scenarios=(first, shared))
    expected = {name: f"{label} ({name})" for name in ("baseline", "plan_175")}
    assert made.scenario_labels(language) == expected


def test_questions_default_to_occupancy_and_revenue_at_the_end():
    assert questions_of(STUDIES["lhs"], [], []) == [OCCUPANCY, REVENUE]


def test_questions_are_read():
    asked = questions_of(
        STUDIES["lhs"], ["occupancy@2027"], ["occupancy<80%", "occupancy@2027>0.5"]
    )
    assert asked == [
        Question("occupancy", 2027),
        Question("occupancy", 2030, "<", 0.8),
        Question("occupancy", 2027, ">", 0.5),
    ]


def test_everything_wrong_with_questions_is_named_at_once():
    with pytest.raises(StudyError) as caught:
        questions_of(
            STUDIES["lhs"],
            ["occupansy", "occupancy@2029", "occupancy<80%"],
            ["revenue_year_bn_vnd<5%", "occupancy", "occupancy<much"],
        )
    text = str(caught.value)
    assert "has 6 problems" in text or "have 6 problems" in text
    assert "Did you mean 'occupancy'?" in text
    assert "2027, 2030" in text
