"""A zone is explained by what runs hold, and a lever's effect is claimed only if it is clear."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from experiments import compare
from experiments.explain.changes import Probe
from experiments.explain.runs import Replication, checked
from experiments.explain.wanted import wanted_in
from experiments.explain.zone import EFFECTS, Change, _effects, explain_zone, known_year
from experiments.province import load_province, load_scenarios
from sim.errors import StudyError
from sim.model import ZoneModel
from sim.policy import policy_table
from sim.views import InvestorAgent

HOW = Replication(replicates=8, seed=1)


@cache
def province():
    return load_province("tiny")


@cache
def scenario():
    return load_scenarios(["plan"], province())[0]


@cache
def why(zone="north-park"):
    return explain_zone(province().world, scenario(), zone, HOW)


def test_the_land_account_is_that_of_an_answer():
    answer = compare(["baseline", "plan"], province="tiny", replicates=8, seed=1)
    table = answer.zones
    last = table[(table["scenario"] == "plan") & (table["year"] == 2022)]
    for zone in province().world.zone_ids:
        row = last[last["zone"] == zone].iloc[0]
        for key in ("serviced_ha", "leased_ha", "vacant_ha"):
            assert why(zone).land[key].mean == pytest.approx(row[key], abs=1e-9)


def test_what_binds_is_that_of_an_answer():
    answer = compare(["baseline", "plan"], province="tiny", replicates=8, seed=1)
    table = answer.constraints
    for year, shares in why().binding.items():
        assert sum(shares.values()) == pytest.approx(1.0)
        same = (table["scenario"] == "plan") & (table["year"] == year)
        row = table[same & (table["zone"] == "north-park")].iloc[0]
        assert max(shares.values()) == pytest.approx(shares[row["constraint"]])


def test_who_wanted_in_is_counted_as_agents_say():
    # Independently: the agents of the Mesa model, one by one.
    world = province().world
    zone = "north-park"
    counted = Counter()
    for replicate in range(4):
        model = ZoneModel(
            world, policy_table(scenario(), world), seed=1, replicate=replicate, collect=False
        )
        model.run()
        for agent in model.agents_by_type[InvestorAgent]:
            if agent.sitting or agent.first_choice_id != zone:
                continue
            fate = agent.stage_name
            if fate == "gone":
                fate = agent.reason_name
            elif fate not in ("waiting", "applied", "looking"):
                fate = "here" if agent.zone_id == zone else "elsewhere"
            counted[fate] += 1
    policy = policy_table(scenario(), world)
    how = Replication(replicates=4, seed=1)
    z = world.zone_ids.index(zone)
    found = wanted_in(world, policy, z, how, year=world.calendar.years[-1])
    assert {row.fate: row.investors.mean * 4 for row in found.rows} == pytest.approx(counted)


def change(lever):
    return Change(Probe(lever, step=1.0), "", policy_table(scenario(), province().world), True)


def test_a_lever_that_is_set_so_already_is_not_run():
    # scenarios/tiny/baseline.toml sets nothing: no sector is refused, permits are not one-stop
    world = province().world
    (base,) = load_scenarios(["baseline"], province())
    found = explain_zone(world, base, "north-park", HOW, levers=["banned_sectors", "one_stop"])
    assert found.unchanged == ("banned_sectors",)
    assert [effect.lever for effect in found.effects] == ["one_stop"]


def test_an_effect_is_clear_only_with_its_interval_beside_zero_and_past_holm():
    # By hand: one lever moves leased land by 5 +- little in 20 pairs, the others move nothing or
    # scatter around zero.
    rng = np.random.default_rng(1)
    base = np.full(20, 50.0)
    moved = base + 5.0 + rng.normal(0.0, 0.1, 20)
    noise = base + rng.normal(0.0, 1.0, 20)
    values = {key: np.stack([base, base, base]) for key in EFFECTS}
    values["leased_ha"] = np.stack([base, moved, noise])
    first, second = _effects([change("rework"), change("promotion")], values)
    assert first.clear == ("leased_ha",)
    assert second.clear == ()


def test_an_interval_clear_of_zero_by_chance_alone_is_not_claimed():
    # Sixty tests at 5 %: some intervals miss zero, but Holm's method claims none of pure noise.
    rng = np.random.default_rng(7)
    base = np.zeros(30)
    cases = np.concatenate([base[np.newaxis], rng.normal(0.0, 1.0, (60, 30))])
    values = {key: np.zeros_like(cases) for key in EFFECTS}
    values["leased_ha"] = cases
    found = _effects([change("rework")] * 60, values)
    intervals = [effect.effects["leased_ha"].interval for effect in found]
    assert any(interval.lo > 0.0 or interval.hi < 0.0 for interval in intervals)
    assert not any(effect.clear for effect in found)


def test_a_zone_that_may_not_start_gains_from_an_earlier_start():
    # tiny: new-park may start in 2021-07; from the first month on it can only be ready earlier
    found = explain_zone(province().world, scenario(), "new-park", HOW, levers=["works_may_start"])
    (effect,) = found.effects
    assert effect.settings == 'works_may_start = { new-park = "2021-01" }'
    assert effect.effects["serviced_ha"].interval.mean >= 0.0


@pytest.mark.parametrize("year", [2020, 2023])
def test_a_year_outside_the_horizon_is_refused(year):
    with pytest.raises(StudyError, match="2021 to 2022"):
        known_year(year, province().world)


def test_numbers_out_of_range_are_named_all_at_once():
    with pytest.raises(StudyError) as caught:
        checked(Replication(replicates=1, seed=-1, first_replicate=-2, threads=0))
    assert "4 problems" in str(caught.value)


def test_the_last_replicate_has_a_number_in_range_too():
    last = 2**31 - 1
    with pytest.raises(StudyError, match=f"= {last + 1}: expected at most {last}. Name a lower"):
        checked(Replication(replicates=2, seed=1, first_replicate=last))
    assert checked(Replication(1, 1, last), fewest=1).first_replicate == last
