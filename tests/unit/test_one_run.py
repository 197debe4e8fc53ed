"""The run that is shown month by month is the first replicate, not another one like it."""

import numpy as np
import pytest

from experiments.constraint import CONSTRAINTS
from experiments.province import load_province, load_scenarios
from experiments.runs import Plan, answer, one_run, prepare
from sim.batch import Case, run_many
from sim.policy import policy_table

NAMES = ["baseline", "plan"]
FIRST, SEED = 3, 5


def prepared(**changes):
    plan = Plan("tiny", replicates=2, first_replicate=FIRST, seed=SEED)
    return prepare(NAMES, plan._replace(**changes))


@pytest.fixture(scope="module")
def table():
    return one_run(prepared())


@pytest.fixture(scope="module")
def batch():
    province = load_province("tiny")
    scenarios = load_scenarios(NAMES, province)
    cases = [Case(s.name, policy_table(s, province.world)) for s in scenarios]
    return run_many(province.world, cases, replicates=[FIRST], seed=SEED)


def test_its_decembers_are_those_of_the_batch(table, batch):
    decembers = table[table["month"].str.endswith("-12")]
    for column in ("serviced_ha", "leased_ha"):
        # by scenario, year and zone
        assert (decembers[column].to_numpy() == batch.zones[column][:, 0].ravel()).all()


def test_what_binds_in_december_is_what_binds_in_the_year(table):
    decembers = table[table["month"].str.endswith("-12")]["constraint"].to_numpy()
    yearly = np.array(CONSTRAINTS)[answer(prepared()).sample.constraints[:, 0].ravel()]
    assert (decembers == yearly).all()


def test_it_has_a_row_for_each_scenario_month_and_zone(table):
    zones = len(load_province("tiny").world.zones)
    months = table.groupby("scenario")["month"].nunique()
    assert set(table["replicate"]) == {FIRST}
    assert months.index.tolist() == NAMES
    assert len(table) == months.sum() * zones
    assert not table.duplicated(["scenario", "month", "zone"]).any()


def test_a_shorter_horizon_shows_the_same_months_of_the_same_run(table):
    short = one_run(prepared(until="2022-12"))
    whole = table[table["month"] <= "2022-12"].reset_index(drop=True)
    assert short.equals(whole)
