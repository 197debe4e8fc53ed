"""How files become policies: dates, `extends`, shifts and the tables by month."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from sim.policy import LeverDifference, Policy, diff_scenarios, policy_table
from sim.scenario import Scenario, list_scenarios, load_scenario, with_levers
from sim.scenario_values import LeverStep
from sim.schema import NEUTRAL_LEVERS, Levers, SectorLevers, ZoneLevers, codes, columns_of, dtype_of
from sim.world import load_world, world_path

# January 2021 to December 2022; zones north-park, old-cluster, new-park; sectors machines, food,
# clothing, pottery; funding 30 bn VND a year at the start, allocation nearest-to-finish.
TINY = load_world(world_path("tiny"))
LABEL = '[label]\nen = "A"\nvi = "B"\n'


def scenario(folder: Path, levers: str = "", *, name: str = "plan", head: str = "") -> Scenario:
    text = f"{head}\n{LABEL}[levers]\n{levers}\n"
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_scenario(name, folder, TINY)


def policy(folder: Path, levers: str = "", *, head: str = "") -> Policy:
    return policy_table(scenario(folder, levers, head=head), TINY)


def test_without_levers_everything_is_as_in_the_start_year(tmp_path):
    levers, zones, sectors = policy(tmp_path)
    start = {**NEUTRAL_LEVERS, **TINY.lever_start}
    assert set(start) == set(columns_of(Levers))
    for column, value in start.items():
        assert (levers[column] == value).all()
    assert (zones.works_may_start == TINY.works_may_start).all()
    assert not zones.priority_rank.any()
    assert not zones.offered.any()
    assert not sectors.banned.any()
    assert not sectors.priority.any()  # in the start year no sector comes first


def test_the_tables_have_the_schema_and_one_row_a_month(tmp_path):
    tables = policy(tmp_path)
    shapes = [(24,), (24, 3), (24, 4)]
    for table, schema, shape in zip(
        tables, (Levers, ZoneLevers, SectorLevers), shapes, strict=True
    ):
        assert isinstance(table, np.recarray)
        assert table.dtype == dtype_of(schema)
        assert table.shape == shape
        assert table.flags.c_contiguous


def test_a_step_holds_from_its_month_until_the_next(tmp_path):
    steps = '[{ from = "2022-01", value = 80 }, { from = "2021-04", value = 50 }]'
    funding = policy(tmp_path, f"infrastructure_funding = {steps}").levers.infrastructure_funding
    assert funding.tolist() == [30.0] * 3 + [50.0] * 9 + [80.0] * 12


def test_a_plain_value_holds_from_the_start_month(tmp_path):
    assert (policy(tmp_path, "rework = 0.7").levers.rework == 0.7).all()


def test_start_puts_a_lever_back(tmp_path):
    steps = '[{ from = "2021-02", value = 0.5 }, { from = "2021-04", value = "start" }]'
    rework = policy(tmp_path, f"rework = {steps}").levers.rework
    assert rework.tolist()[:5] == [1.0, 0.5, 0.5, 1.0, 1.0]


def test_a_promotion_for_one_origin_leaves_the_other_as_in_the_start_year(tmp_path):
    levers = policy(tmp_path, "promotion = { foreign = 1.5 }\ndemand_index = 0.5").levers
    assert (levers.promotion_foreign[0], levers.promotion_domestic[0]) == (1.5, 1.0)
    assert (levers.demand_index_foreign[0], levers.demand_index_domestic[0]) == (0.5, 0.5)


def test_the_friendly_spellings_reach_their_columns(tmp_path):
    levers = policy(
        tmp_path,
        'fast_track = ["large", "priority"]\nallocation = "by-demand"\none_stop = true\n'
        "tax_holiday = { free_years = 4, half_years = 9 }",
    ).levers[0]
    assert levers.fast_track_large == levers.fast_track_priority == levers.one_stop == 1
    assert levers.fast_track_foreign == 0
    assert levers.allocation == codes.BY_DEMAND
    assert (levers.tax_free_years, levers.tax_half_years) == (4.0, 9.0)


def test_each_step_of_a_list_replaces_the_list_before(tmp_path):
    steps = '[{ from = "2021-02", value = ["food"] }, { from = "2021-03", value = ["pottery"] }]'
    banned = policy(tmp_path, f"banned_sectors = {steps}").sector_levers.banned
    assert banned[:3].tolist() == [[0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]


def test_the_order_of_zone_priorities_is_their_rank(tmp_path):
    zones = policy(tmp_path, 'zone_priorities = ["new-park", "north-park"]').zone_levers
    assert zones.priority_rank[0].tolist() == [2, 0, 1]


def test_works_may_start_names_zones_and_all_others(tmp_path):
    months = '{ "north-park" = "2021-06", "*" = "never" }'
    zones = policy(tmp_path, f"works_may_start = {months}").zone_levers
    assert zones.works_may_start[0].tolist() == [5, codes.NEVER, codes.NEVER]
    zones = policy(tmp_path, 'works_may_start = { "new-park" = "2021-01" }').zone_levers
    assert zones.works_may_start[0].tolist() == [*TINY.works_may_start[:2], 0]


def test_later_parents_overrule_earlier_ones_lever_by_lever(tmp_path):
    scenario(tmp_path, "rework = 0.5\npark_share = 0.1", name="a")
    scenario(tmp_path, 'rework = [{ from = "2022-01", value = 0.7 }]', name="b")
    levers = policy(tmp_path, head='extends = ["a", "b"]').levers
    assert (levers.rework[0], levers.rework[12], levers.park_share[0]) == (1.0, 0.7, 0.1)
    levers = policy(tmp_path, head='extends = ["b", "a"]').levers
    assert (levers.rework[0], levers.rework[12], levers.park_share[0]) == (0.5, 0.5, 0.1)


def test_a_child_overrules_its_parents_and_can_switch_a_lever_off(tmp_path):
    scenario(tmp_path, "rework = 0.5\npark_share = 0.1", name="a")
    levers = policy(tmp_path, 'rework = "start"\npark_share = 0.2', head='extends = "a"').levers
    assert (levers.rework[0], levers.park_share[0]) == (1.0, 0.2)


def test_a_shift_delays_what_is_inherited_and_not_the_file_itself(tmp_path):
    parent = 'rework = [{ from = "2021-03", value = 0.5 }]\npark_share = 0.1'
    scenario(tmp_path, parent, name="a")
    text = f'extends = "a"\n{LABEL}[shift]\nmonths = 6\n[levers]\none_stop = true\n'
    (tmp_path / "late.toml").write_text(text, encoding="utf-8")
    levers = policy_table(load_scenario("late", tmp_path, TINY), TINY).levers
    assert levers.rework.tolist() == [1.0] * 8 + [0.5] * 16
    assert levers.park_share.tolist() == [0.5] * 6 + [0.1] * 18
    assert levers.one_stop.all()


def test_a_shift_beyond_the_horizon_leaves_the_start_year(tmp_path):
    scenario(tmp_path, "rework = 0.5", name="a")
    text = f'extends = "a"\n{LABEL}[shift]\nmonths = 100\n'
    (tmp_path / "late.toml").write_text(text, encoding="utf-8")
    assert (policy_table(load_scenario("late", tmp_path, TINY), TINY).levers.rework == 1.0).all()


def test_a_scenario_is_resolved_and_its_steps_are_in_order(tmp_path):
    text = (
        '[label]\nen = "Plan"\nvi = "Kế hoạch"\n'
        '[description]\nen = """\nTwo\nlines"""\nvi = "Hai"\n'
        '[levers]\nrework = [{ from = "2021-03", value = 0.5 }]\npark_share = 0.25\n'
    )
    path = tmp_path / "elsewhere.toml"
    path.write_text(text, encoding="utf-8")
    assert load_scenario(path, world_path("tiny").parent, TINY) == Scenario(
        name="elsewhere",
        label_en="Plan",
        label_vi="Kế hoạch",
        description_en="Two lines",
        description_vi="Hai",
        steps=(
            LeverStep("park_share", 0, (("park_share", 0.25),)),
            LeverStep("rework", 2, (("rework", 0.5),)),
        ),
    )


def test_a_file_elsewhere_may_extend_the_scenarios_of_the_province(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(f'extends = "ban"\n{LABEL}', encoding="utf-8")
    mine = load_scenario(str(path), world_path("tiny").parent, TINY)
    assert policy_table(mine, TINY).sector_levers.banned[-1].tolist() == [0, 0, 1, 0]


def test_other_levers_replace_those_of_a_scenario(tmp_path):
    base = scenario(tmp_path, "rework = 0.5\npark_share = 0.1")
    changed = with_levers(base, {"rework": [{"from": "2022-01", "value": 0.25}]}, TINY)
    levers = policy_table(changed, TINY).levers
    assert (levers.rework[0], levers.rework[12], levers.park_share[0]) == (1.0, 0.25, 0.1)
    assert changed.label_en == base.label_en


def test_a_difference_is_reported_by_lever_place_and_period(tmp_path):
    a = scenario(tmp_path, 'allocation = "even"', name="a")
    b = scenario(
        tmp_path,
        "infrastructure_funding = [\n"
        '{ from = "2021-04", value = 60 }, { from = "2022-01", value = "start" }]\n'
        "promotion = { foreign = 2 }\n"
        'works_may_start = { "new-park" = "never" }\n'
        'banned_sectors = [{ from = "2022-06", value = ["food"] }]\n',
        name="b",
    )
    assert diff_scenarios(a, b, TINY) == tuple(
        LeverDifference(*row)
        for row in (
            ("infrastructure_funding", "bn VND/year", "", "2021-04", "2021-12", "30", "60"),
            ("allocation", "", "", "2021-01", "2022-12", "even", "nearest-to-finish"),
            ("works_may_start", "", "new-park", "2021-01", "2022-12", "2021-07", "never"),
            ("promotion", "1", "foreign", "2021-01", "2022-12", "1", "2"),
            ("banned_sectors", "", "food", "2022-06", "2022-12", "no", "yes"),
        )
    )


def test_two_spellings_of_one_policy_do_not_differ(tmp_path):
    a = scenario(tmp_path, "rework = 1\npromotion = 2", name="a")
    b = scenario(tmp_path, "promotion = { domestic = 2, foreign = 2 }", name="b")
    assert diff_scenarios(a, b, TINY) == ()


def test_a_zone_more_leaves_the_levers_of_the_others(tmp_path):
    plan = scenario(tmp_path, 'zone_priorities = ["new-park"]')
    wider = dataclasses.replace(
        TINY,
        zone_ids=("extra", *TINY.zone_ids),
        works_may_start=np.array([0, *TINY.works_may_start]),
    )
    zones, same = policy_table(plan, wider).zone_levers, policy_table(plan, TINY).zone_levers
    assert (zones[:, 1:] == same).all()


def test_the_scenarios_of_a_folder_are_listed_by_name(tmp_path):
    for name in ("b", "a"):
        scenario(tmp_path, name=name)
    (tmp_path / "world").mkdir()
    assert list_scenarios(tmp_path) == ("a", "b")


@pytest.mark.parametrize("unit", ["bn VND/year"])
def test_the_declared_unit_may_be_repeated(tmp_path, unit):
    step = f'[{{ from = "2021-01", value = 50, unit = "{unit}" }}]'
    levers = policy(tmp_path, f"infrastructure_funding = {step}").levers
    assert levers.infrastructure_funding[0] == 50.0
