"""The run that is shown month by month is the first replicate, not another one like it."""

import numpy as np
import pytest

from experiments import compare
from experiments.constraint import CONSTRAINTS
from experiments.province import load_province, load_scenarios
from sim.batch import Case, run_many
from sim.policy import policy_table

NAMES = ["baseline", "plan"]
FIRST, SEED = 3, 5


@pytest.fixture(scope="module")
def answer():
    return compare(NAMES, province="tiny", replicates=2, first_replicate=FIRST, seed=SEED)


@pytest.fixture(scope="module")
def batch():
    province = load_province("tiny")
    scenarios = load_scenarios(NAMES, province)
    cases = [Case(s.name, policy_table(s, province.world)) for s in scenarios]
    return run_many(province.world, cases, replicates=[FIRST], seed=SEED)


def test_its_decembers_are_those_of_the_batch(answer, batch):
    table = answer.one_run
    decembers = table[table["month"].str.endswith("-12")]
    for column in ("serviced_ha", "leased_ha"):
        # by scenario, year and zone
        assert (decembers[column].to_numpy() == batch.zones[column][:, 0].ravel()).all()


def test_what_binds_in_december_is_what_binds_in_the_year(answer):
    table = answer.one_run
    decembers = table[table["month"].str.endswith("-12")]["constraint"].to_numpy()
    yearly = np.array(CONSTRAINTS)[answer.sample.constraints[:, 0].ravel()]
    assert (decembers == yearly).all()


def test_it_has_a_row_for_each_scenario_month_and_zone(answer):
    table = answer.one_run
    zones = len(answer.places)
    months = table.groupby("scenario")["month"].nunique()
    assert set(table["replicate"]) == {FIRST}
    assert months.index.tolist() == NAMES
    assert len(table) == months.sum() * zones
    assert not table.duplicated(["scenario", "month", "zone"]).any()


def test_a_shorter_horizon_shows_the_same_months_of_the_same_run(answer):
    short = compare(
        NAMES, province="tiny", replicates=2, first_replicate=FIRST, seed=SEED, until="2022-12"
    ).one_run
    whole = answer.one_run[answer.one_run["month"] <= "2022-12"].reset_index(drop=True)
    assert short.equals(whole)
