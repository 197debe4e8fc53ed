"""Replicates are added until differences are precise enough: schedule, targets, decision, loop."""

import numpy as np
import pandas as pd
import pytest

from experiments import compare
from experiments.document import TABLES, table_of
from experiments.precision import (
    Comparison,
    Look,
    Precision,
    Target,
    look_at,
    precise_enough,
    schedule,
    targets_of,
)
from experiments.runs import Plan, answer, prepare
from experiments.statistics import mean_interval
from experiments.summary import precision_text, summary
from experiments.texts import load_texts
from sim.errors import StudyError

YEARS = (2021, 2022)


def look(half_widths, methods, pairs=40):
    return Look(pairs, np.array(half_widths), np.array(methods))


def test_the_schedule_grows_geometrically_and_ends_at_the_cap():
    looks = schedule(2000)
    assert looks[0] == 40
    assert looks[-1] == 2000
    ratios = np.array(looks[1:-1]) / np.array(looks[:-2])
    assert ((ratios >= 1.5) & (ratios < 1.53)).all()
    assert schedule(40) == (40,)


def test_a_look_measures_to_the_farther_end_of_the_interval():
    values = np.random.default_rng(1).lognormal(0.0, 1.0, 60)
    found, interval = look_at([values]), mean_interval(values)
    assert found.methods[0] == "bootstrap-t"
    assert found.half_widths[0] == interval.hi - interval.mean > interval.mean - interval.lo
    assert found.pairs == 60


def test_every_comparison_must_be_precise():
    wanted = np.array([1.0, 1.0])
    assert precise_enough([look([0.9, 1.0], ["t", "t"])], wanted)
    assert not precise_enough([look([0.9, 1.1], ["t", "t"])], wanted)
    assert not precise_enough([look([0.9, np.nan], ["t", "none"])], wanted)


def test_a_skewed_difference_must_be_precise_in_two_looks_running():
    wanted = np.array([1.0])
    narrow, wide = look([0.9], ["bootstrap-t"]), look([1.1], ["bootstrap-t"])
    assert not precise_enough([narrow], wanted)
    assert not precise_enough([wide, narrow], wanted)
    assert precise_enough([narrow, narrow], wanted)


def test_differences_too_few_of_which_differ_are_never_precise():
    values = np.zeros(200)
    values[:9] = 1e-3
    few = look_at([values])
    assert few.methods[0] == "few"
    assert not precise_enough([few, few], np.array([1.0]))


def test_differences_that_are_all_the_same_are_believed_once_one_in_a_hundred_would_show():
    # 0.99^298 = 0.0500, 0.99^299 = 0.0495
    early, late = look_at([np.zeros(298)]), look_at([np.zeros(299)])
    assert not precise_enough([early, early], np.array([1.0]))
    assert precise_enough([early, late], np.array([1.0]))


def test_all_the_same_does_not_count_as_a_first_precise_look():
    skewed = look([0.9], ["bootstrap-t"], 60)
    assert not precise_enough([look_at([np.zeros(40)]), skewed], np.array([1.0]))


def told(methods, half_widths, language):
    """Return the words about two comparisons that were asked for within one ha."""
    targets = (Target("leased_ha", 2022, 1.0),)
    comparisons = tuple(Comparison("plan", targets[0], point) for point in range(len(methods)))
    seen = Precision(targets, comparisons, (look(half_widths, methods, 150),), reached=False)
    return " ".join(precision_text(seen, load_texts(language)).split())


@pytest.mark.parametrize(
    ("language", "few", "same"),
    [("en", "too few differ", "the same in all"), ("vi", "quá ít khác biệt", "như nhau ở tất cả")],
)
def test_the_summary_says_in_words_where_there_is_no_interval(language, few, same):
    texts = load_texts(language).sections["precision"]
    # by hand: 1 - 0.05^(1/150) = 1.98 %
    most = {"pairs": load_texts(language).counted("pairs", 150), "most": "2\u00a0%", "least": "10"}
    words = {key: " ".join(texts[key].format(**most).split()) for key in ("few", "same")}
    assert few in told(["t", "few"], [0.5, np.nan], language)
    assert words["few"] in told(["t", "few"], [0.5, np.nan], language)
    assert words["few"] not in told(["t", "t"], [0.5, 0.6], language)
    assert same in told(["constant"], [np.nan], language)
    assert words["same"] in told(["t", "constant"], [0.5, np.nan], language)
    assert texts["seen"] in told(["t", "constant"], [0.5, np.nan], language)


def test_of_many_points_the_least_known_is_shown():
    assert "too few differ" in told(["few", "constant", "t"], [np.nan, np.nan, 0.5], "en")
    assert "0.5" in told(["constant", "t", "t"], [np.nan, 0.5, 0.3], "en")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("jobs@2021=500", Target("jobs", 2021, 500.0)),
        ("jobs=±5e2", Target("jobs", 2022, 500.0)),
        ("occupancy@2022=0.5pp", Target("occupancy", 2022, 0.005)),
        ("occupancy@2022=0.5", Target("occupancy", 2022, 0.5)),
    ],
)
def test_targets_are_read(written, expected):
    assert targets_of([written], YEARS) == (expected,)


def test_everything_wrong_with_targets_is_named_at_once():
    with pytest.raises(StudyError) as caught:
        targets_of(["job@2022=1,jobs@2031=1", "jobs=-3", "jobs=5pp", "jobs", "jobs=many"], YEARS)
    text = str(caught.value)
    assert "has 6 problems" in text
    assert "Did you mean 'jobs'?" in text
    assert "2021 to 2022" in text


PRECISE = Plan("tiny", precision=("jobs@2022=400", "leased_ha@2022=1"), at_most=150)


@pytest.fixture(scope="module")
def precise():
    return answer(prepare(["baseline", "plan"], PRECISE))


def test_the_runs_stop_at_the_first_look_that_is_precise_enough(precise):
    found = precise.precision
    assert found.reached
    assert found.pairs in schedule(PRECISE.at_most)
    assert found.pairs == precise.setting.replicates
    wanted = np.array([target.half_width for target in found.targets])
    decisions = [precise_enough(found.looks[: k + 1], wanted) for k in range(len(found.looks))]
    assert decisions == [False] * (len(decisions) - 1) + [True]


def test_the_answer_is_that_of_a_fixed_number_of_replicates(precise):
    fixed = compare(["baseline", "plan"], province="tiny", replicates=precise.precision.pairs)
    assert len(precise.precision.looks) > 1  # otherwise nothing was joined
    assert fixed.setting == precise.setting
    for name in TABLES:
        pd.testing.assert_frame_equal(table_of(fixed, name), table_of(precise, name), rtol=0.0)


def test_the_half_widths_are_those_of_the_table_of_differences(precise):
    rows = precise.differences.set_index(["outcome", "year"])
    for (_, target, _), half_width in zip(
        precise.precision.comparisons, precise.precision.looks[-1].half_widths, strict=True
    ):
        row = rows.loc[(target.outcome, target.year)]
        farther = max(row["hi"] - row["difference"], row["difference"] - row["lo"])
        assert half_width == farther


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_cap_stops_the_runs_and_the_summary_says_so(language):
    plan = PRECISE._replace(precision=("jobs@2022=0.001",), at_most=45)
    found = answer(prepare(["baseline", "plan"], plan))
    assert not found.precision.reached
    assert [each.pairs for each in found.precision.looks] == [40, 45]
    texts = load_texts(language)
    said = texts.get("precision", "capped").format(last=2, pairs=texts.counted("pairs", 45))
    assert said in " ".join(summary(found, texts).split())


def test_progress_never_goes_back():
    heard = []
    plan = PRECISE._replace(precision=("jobs@2022=0.001",), at_most=60)
    answer(prepare(["baseline", "plan"], plan), lambda done, total: heard.append((done, total)))
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (120, 120)


def test_one_scenario_has_no_difference_to_be_precise_about():
    with pytest.raises(StudyError, match="two or more"):
        prepare(["baseline"], PRECISE)
