"""The scenarios, the schema and the README of this repository."""

import csv

import pytest

from sim.policy import diff_scenarios, policy_table
from sim.scenario import check_scenarios, json_schema_text, list_scenarios, load_scenario
from sim.scenario_levers import LEVERS
from sim.scenario_reference import EFFECTS, with_lever_table
from sim.schema import Levers, SectorLevers, ZoneLevers, codes, columns_of
from sim.world import SCENARIOS, load_world, world_path

PROVINCES = ("ninh_binh", "tiny")
WORLDS = {name: load_world(world_path(name)) for name in PROVINCES}
NINH_BINH, FOLDER = WORLDS["ninh_binh"], SCENARIOS / "ninh_binh"
ALL = [(province, name) for province in PROVINCES for name in list_scenarios(SCENARIOS / province)]
TASKS = (
    "sector_restrictions",
    "planning_and_craft",
    "promotion",
    "land_and_infrastructure",
    "state_infrastructure",
    "environment",
    "procedures",
    "discipline",
)
JANUARY_2022 = 12


def load(name):
    return load_scenario(name, FOLDER, NINH_BINH)


def policy(name):
    return policy_table(load(name), NINH_BINH)


def levers_of(name):
    return {step.lever for step in load(name).steps}


def in_plan(kind):
    with (FOLDER / "world" / "zones.csv").open(encoding="utf-8") as file:
        return [
            r["id"] for r in csv.DictReader(file) if r["in_plan"] == "yes" and r["kind"] == kind
        ]


@pytest.mark.parametrize("province", PROVINCES)
def test_every_shipped_scenario_checks_clean(province):
    paths = sorted((SCENARIOS / province).glob("*.toml"))
    assert paths
    assert check_scenarios(paths, WORLDS[province]) == []


@pytest.mark.parametrize(("province", "name"), ALL)
def test_every_shipped_scenario_has_labels_and_descriptions_of_its_own(province, name):
    scenario = load_scenario(name, SCENARIOS / province, WORLDS[province])
    assert scenario.description_en
    assert scenario.description_vi
    others = [n for p, n in ALL if p == province and n != name]
    loaded = [load_scenario(n, SCENARIOS / province, WORLDS[province]) for n in others]
    assert scenario.label_en not in {other.label_en for other in loaded}
    assert scenario.label_vi not in {other.label_vi for other in loaded}


@pytest.mark.parametrize(("province", "name"), ALL)
def test_every_shipped_scenario_but_the_baseline_changes_something(province, name):
    world, folder = WORLDS[province], SCENARIOS / province
    baseline = load_scenario("baseline", folder, world)
    changed = diff_scenarios(baseline, load_scenario(name, folder, world), world)
    assert bool(changed) == (name != "baseline")


@pytest.mark.parametrize("province", PROVINCES)
def test_every_shipped_scenario_tells_editors_where_the_schema_is(province):
    for path in (SCENARIOS / province).glob("*.toml"):
        assert path.read_text("utf-8").startswith("#:schema ../scenario.schema.json\n")


def test_the_schema_file_is_up_to_date():
    # Write json_schema_text() to the file when this fails.
    assert (SCENARIOS / "scenario.schema.json").read_text("utf-8") == json_schema_text()


def test_the_lever_table_of_the_readme_is_up_to_date():
    # Write with_lever_table(...) to the file when this fails.
    readme = (SCENARIOS / "README.md").read_text("utf-8")
    assert "| `infrastructure_funding` |" in readme
    assert readme == with_lever_table(readme, NINH_BINH.lever_start)


def test_every_column_of_the_schema_is_set_by_exactly_one_lever_with_an_effect():
    columns = [column for lever in LEVERS.values() for column in lever.columns]
    assert len(columns) == len(set(columns))
    declared = [*columns_of(Levers), *columns_of(ZoneLevers), *columns_of(SectorLevers)]
    assert set(columns) == set(declared)
    assert set(EFFECTS) == set(LEVERS)


# Expected values: MODEL.md section 4, "plan_175, from January 2022".
def test_plan_175_is_what_the_model_description_says():
    before, after = policy("plan_175").levers[[JANUARY_2022 - 1, JANUARY_2022]]
    expected = {
        "infrastructure_funding": (100, 200),
        "park_share": (0.5, 0.5),
        "allocation": (codes.NEAREST_TO_FINISH, codes.PRIORITY_LIST),
        "clearance_advance": (0.3, 0.5),
        "cofinance_share": (0.05, 0.15),
        "state_steps_in": (60, 36),
        "reinvestment_share": (0, 0),
        "clearance_effort": (1, 1.25),
        "operator_promotion": (1, 1.5),
        "expansion_rule": (0.6, 0.6),
        "statutory_days": (1, 0.8),
        "licensing_staff": (1, 1.25),
        "rework": (1, 0.7),
        "one_stop": (0, 1),
        "fast_track_large": (0, 1),
        "fast_track_foreign": (0, 1),
        "fast_track_priority": (0, 1),
        "promotion_domestic": (1, 1.25),
        "promotion_foreign": (1, 1.25),
        "capital_floor": (0, 0),
        "wastewater_first": (0, 1),
        "wastewater_funding": (0, 30),
        "inspection_intensity": (1, 2),
        "appraisal_depth": (1, 1.25),
        "craft_village_programme": (0, 10),
        "revocation_months": (0, 24),
        "land_price_support": (0, 0),
        "tax_free_years": (-1, -1),
        "tax_half_years": (-1, -1),
        "demand_index_domestic": (1, 1),
        "demand_index_foreign": (1, 1),
        "anchor_output": (1, 1),
    }
    assert {name: (before[name], after[name]) for name in before.dtype.names} == expected


def test_plan_175_puts_the_two_parks_first_and_its_clusters_after():
    ranks = policy("plan_175").zone_levers.priority_rank[JANUARY_2022]
    ranked = {NINH_BINH.zone_ids[i]: rank for i, rank in enumerate(ranks.tolist()) if rank}
    ordered = sorted(ranked, key=lambda zone: ranked[zone])
    assert ordered == ["tam-diep-2", "gian-khau-2", *in_plan("cluster")]
    assert len(ordered) == 17


def test_clusters_first_names_the_clusters_of_plan_175_in_the_same_order():
    ranks = [policy(n).zone_levers.priority_rank[-1] for n in ("clusters_first", "plan_175")]
    clusters = [i for i, zone in enumerate(NINH_BINH.zone_ids) if zone in in_plan("cluster")]
    assert ranks[0][clusters].tolist() == (ranks[1][clusters] - 2).tolist()


def test_plan_175_treats_sectors_as_the_data_say():
    sectors = policy("plan_175").sector_levers[JANUARY_2022]
    plan = [
        "banned" if row.banned else "priority" if row.priority else "neutral" for row in sectors
    ]
    assert tuple(plan) == NINH_BINH.sector_plan


def test_every_lever_of_plan_175_belongs_to_exactly_one_task():
    parts = [levers_of(f"plan_175_only_{task}") for task in TASKS]
    assert sum(len(part) for part in parts) == len(set().union(*parts))
    assert set().union(*parts) == levers_of("plan_175")


@pytest.mark.parametrize("task", TASKS)
def test_leaving_a_task_out_and_adding_it_alone_make_up_plan_175(task):
    without, only = load(f"plan_175_without_{task}"), load(f"plan_175_only_{task}")
    assert not set(without.steps) & set(only.steps)
    assert set(without.steps) | set(only.steps) == set(load("plan_175").steps)


def test_there_is_one_file_for_and_one_without_each_task():
    names = list_scenarios(FOLDER)
    for way in ("only", "without"):
        prefix = f"plan_175_{way}_"
        found = {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        assert found == set(TASKS)


def test_the_delayed_plan_begins_two_years_later():
    plan, late = policy("plan_175"), policy("plan_delayed_two_years")
    for on_time, delayed in zip(plan, late, strict=True):
        assert (delayed[24:] == on_time[:-24]).all()
        assert (delayed[:24] == on_time[0]).all()


def test_no_restrictions_is_plan_175_without_them():
    rows = diff_scenarios(load("plan_175"), load("no_restrictions"), NINH_BINH)
    found = {(row.lever, row.place, row.from_month, row.value_b) for row in rows}
    assert found == {
        ("banned_sectors", "garment", "2022-01", "no"),
        ("banned_sectors", "footwear", "2022-01", "no"),
        ("wastewater_first", "", "2022-01", "false"),
        ("appraisal_depth", "", "2022-01", "1"),
    }


def test_no_new_land_stops_every_zone_from_2022():
    months = policy("no_new_land").zone_levers.works_may_start
    assert (months[:JANUARY_2022] == NINH_BINH.works_may_start).all()
    assert (months[JANUARY_2022:] == codes.NEVER).all()


def test_the_slump_of_foreign_investment_lasts_three_years():
    levers = policy("fdi_slump").levers
    name = NINH_BINH.calendar.name
    low = [name(t) for t in range(len(levers)) if levers.demand_index_foreign[t] == 0.4]
    assert (low[0], low[-1], len(low)) == ("2023-01", "2025-12", 36)
    assert (levers.demand_index_domestic == 1.0).all()


def test_fast_procedures_are_all_measures_at_once():
    parts = ("statutory_days_half", "staff_x2", "rework_half", "one_stop")
    together = set(load("fast_procedures").steps)
    assert set().union(*(load(part).steps for part in parts)) < together
    assert {step.lever for step in together} == {*map(lever_of, parts), "fast_track"}


def lever_of(name):
    (lever,) = levers_of(name)
    return lever


def test_policy_changes_of_single_scenarios_begin_in_january_2022():
    context = {"baseline", "fdi_slump", "plan_delayed_two_years", "no_restrictions"}
    for name in set(list_scenarios(FOLDER)) - context:
        assert {step.from_month for step in load(name).steps} == {JANUARY_2022}, name
