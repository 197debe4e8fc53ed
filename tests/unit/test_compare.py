"""Answers of the tiny province: tables that agree with each other, verdicts that say so."""

import math

import numpy as np
import pandas as pd
import pytest

from experiments import compare, run
from experiments.answer_tables import differences, levels, quantiles
from experiments.constraint import CONSTRAINTS
from experiments.outcomes import BY_KEY, HEADLINES, OUTCOMES
from experiments.summary import summary
from experiments.texts import load_texts
from experiments.verdicts import decimals, verdicts
from sim.errors import ScenarioError, WorldError

EN = load_texts("en")
YEARS = (2021, 2022)


@pytest.fixture(scope="module")
def answer():
    return compare(["baseline", "plan", "ban"], province="tiny", replicates=12, threads=2)


def made_up(change, replicates=40):
    """Return outcomes of two scenarios, the second with a change to leased land."""
    rng = np.random.default_rng(2)
    shape = (2, replicates, len(YEARS))
    outcomes = {outcome.key: np.ones(shape) for outcome in OUTCOMES}
    land = np.repeat(rng.normal(100.0, 5.0, (1, replicates, 2)), 2, axis=0)
    land[1] += change(rng, (replicates, 2))
    return {**outcomes, "leased_ha": land}


def verdict_of(change):
    table = differences(made_up(change), ("a", "b"), YEARS).set_index(["outcome", "year"])
    return table.loc[("leased_ha", 2022), "verdict"]


def test_a_clear_gain_is_better_and_a_clear_loss_worse():
    assert verdict_of(lambda rng, shape: rng.normal(5.0, 1.0, shape)) == "better"
    assert verdict_of(lambda rng, shape: rng.normal(-5.0, 1.0, shape)) == "worse"


def test_noise_is_unclear_and_nothing_is_the_same():
    assert verdict_of(lambda rng, shape: rng.normal(0.0, 1.0, shape)) == "unclear"
    assert verdict_of(lambda rng, shape: np.zeros(shape)) == "same"


def test_a_difference_in_a_few_replicates_is_too_rare_to_tell():
    def draw(rng, shape):
        values = np.zeros(shape)
        values[..., :4, :] = rng.normal(5.0, 1.0, values[..., :4, :].shape)
        return values

    assert verdict_of(draw) == "few"


def test_holm_guards_the_headline_outcomes_only(answer):
    table = answer.differences
    assert (table["p_holm"].notna() <= table["headline"]).all()
    family = table[table["p_holm"].notna()]
    assert (family["p_holm"] >= family["p_value"]).all()


def test_an_outcome_that_is_never_defined_is_undefined():
    outcomes = made_up(lambda rng, shape: np.zeros(shape))
    outcomes["waiting_months"] = np.full((2, 40, 2), math.nan)
    table = differences(outcomes, ("a", "b"), YEARS).set_index(["outcome", "year"])
    assert table.loc[("waiting_months", 2022), "verdict"] == "undefined"
    level = levels(outcomes, ("a", "b"), YEARS).set_index(["scenario", "outcome", "year"])
    assert level.loc[("a", "waiting_months", 2022), "n"] == 0


def test_the_difference_is_that_of_the_means(answer):
    table = answer.differences
    gap = table["scenario_mean"] - table["base_mean"]
    known = gap.notna() & (table["n"] == answer.setting.replicates)
    assert np.allclose(gap[known], table["difference"][known], atol=1e-6)


def test_differences_are_paired_by_replicate(answer):
    row = answer.differences.set_index(["scenario", "outcome", "year"]).loc[
        ("plan", "leased_ha", 2022)
    ]
    leased = answer.sample.outcomes["leased_ha"][:, :, -1]
    assert row["difference"] == pytest.approx((leased[1] - leased[0]).mean())
    assert row["sd"] == pytest.approx((leased[1] - leased[0]).std(ddof=1))


def test_kinds_add_up_to_all_zones(answer):
    means = answer.levels.pivot_table("mean", ["scenario", "year"], "outcome")
    for column in ("serviced_ha", "leased_ha", "vacant_ha", "idle_ha", "operating_ha"):
        parts = means[f"{column}_parks"] + means[f"{column}_clusters"]
        assert np.allclose(means[column], parts)


def test_zones_and_districts_add_up_to_the_province(answer):
    means = answer.levels.set_index(["scenario", "outcome", "year"])["mean"]
    for table in (answer.zones, answer.districts):
        leased = table.groupby(["scenario", "year"])["leased_ha"].sum()
        for (scenario, year), total in leased.items():
            assert total == pytest.approx(means[(scenario, "leased_ha", year)])


def test_every_zone_has_a_constraint_in_every_year(answer):
    table = answer.constraints
    assert len(table) == 3 * 2 * 3  # scenarios, years, zones
    assert set(table["constraint"]) | set(table["most_frequent"]) <= set(CONSTRAINTS)
    assert table["most_frequent_share"].between(1 / len(CONSTRAINTS), 1.0).all()


def test_what_scenarios_set_differently_is_part_of_the_answer(answer):
    rows = answer.levers[(answer.levers["scenario"] == "ban")]
    assert rows[rows["against"] == "baseline"]["lever"].tolist() == ["banned_sectors"]


def test_verdicts_cover_each_headline_outcome_of_each_scenario_once(answer):
    found = verdicts(answer, EN)
    assert len(found.clear) + len(found.unclear) == 2 * len(HEADLINES)


def test_a_scenario_alone_has_levels_and_no_differences():
    alone = run("baseline", province="tiny", replicates=3)
    assert alone.differences.empty
    assert set(alone.levels["outcome"]) == set(BY_KEY)
    assert "baseline" in summary(alone, EN)


def test_the_answer_does_not_depend_on_threads_or_on_the_company_of_scenarios(answer):
    other = compare(["baseline", "ban"], province="tiny", replicates=12, threads=1)
    rows = answer.differences[answer.differences["scenario"] == "ban"].drop(columns=_FAMILY)
    same = other.differences.drop(columns=_FAMILY)
    pd.testing.assert_frame_equal(rows.reset_index(drop=True), same.reset_index(drop=True))


_FAMILY = ["p_holm", "verdict"]  # these do depend on how many scenarios are tested


def test_replicates_run_apart_are_the_same_as_run_together(answer):
    later = compare(["baseline", "plan"], province="tiny", replicates=4, first_replicate=8)
    together = answer.sample.outcomes["leased_ha"][:2, 8:]
    assert (later.sample.outcomes["leased_ha"] == together).all()


def test_a_shorter_horizon_is_the_beginning_of_the_longer_one(answer):
    short = compare(["baseline", "plan"], province="tiny", replicates=12, until="2022-03")
    assert short.setting.years == (2021,)
    full = answer.sample.outcomes["revenue_cum_bn_vnd"][:2, :, :1]
    assert (short.sample.outcomes["revenue_cum_bn_vnd"] == full).all()


@pytest.mark.parametrize("until", ["2021-11", "2023-01", "soon"])
def test_a_horizon_without_a_december_to_report_is_refused(until):
    with pytest.raises(WorldError, match="2021-12 to 2022-12"):
        run("baseline", province="tiny", until=until)


def test_numbers_out_of_range_are_named_all_at_once():
    with pytest.raises(ScenarioError) as caught:
        run("baseline", province="tiny", replicates=0, seed=-1)
    assert [problem.where for problem in caught.value.problems] == ["replicates", "seed"]


def test_a_scenario_named_twice_is_refused():
    with pytest.raises(ScenarioError, match="twice"):
        compare(["baseline", "baseline"], province="tiny")


def test_quantiles_leave_out_what_is_undefined():
    values = np.array([[1.0, math.nan], [3.0, math.nan], [math.nan, math.nan]])
    assert quantiles(values)[2, 0] == 2.0
    assert np.isnan(quantiles(values)[:, 1]).all()


def test_a_small_difference_is_shown_with_decimals():
    jobs = BY_KEY["jobs"]
    assert [decimals(size, jobs) for size in (0.0, 2685.0, 9.4, 0.34, 1e-9)] == [0, 0, 1, 2, 4]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_summary_never_shows_occupancy_alone(answer, language):
    texts = load_texts(language)
    text = summary(answer, texts)
    for scope in ("all", "parks", "clusters"):
        assert texts.get("title", "land").format(scope=texts.get("scope", scope)) in text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_summary_fits_a_terminal(answer, language):
    lines = summary(answer, load_texts(language)).splitlines()
    assert not [line for line in lines if len(line) > 80]
