"""Points become levers and parameters as scenario files set them; equal inputs have equal ids."""

import numpy as np
import pytest

from experiments.sweeps.cases import bench_of, case_ids, case_of, run_id
from experiments.sweeps.points import design_points
from experiments.sweeps.study_files import load_study
from sim.policy import policy_table
from sim.scenario import with_levers
from sim.world import parameter_vector
from tests.unit.sweeps.conftest import STUDY, TEXTS

HEAD = f'province = "tiny"\nscenarios = ["baseline", "plan"]\nreplicates = 1\n{TEXTS}\n[factors]\n'


def bench(write, factors, text=None):
    loaded = load_study(write(text or HEAD + factors))
    return bench_of(loaded.study, loaded.province), design_points(loaded.study)


@pytest.mark.parametrize(
    ("lever", "value"),
    [
        ("infrastructure_funding", 80),
        ("one_stop", True),
        ("promotion", 1.5),
        ("allocation", "by-demand"),
        ("zone_priorities", ["old-cluster", "new-park"]),
        ("banned_sectors", []),
        ("fast_track", ["foreign"]),
        ("tax_holiday", {"free_years": 1, "half_years": 3}),
        ("works_may_start", {"new-park": "never"}),
    ],
)
def test_a_lever_at_a_point_is_as_a_scenario_file_would_set_it(write, lever, value):
    from sim.scenario_values import shown

    said = f'{lever} = {{ from = "2021-06", values = [{shown(value)}] }}\n'
    found, points = bench(write, said)
    for place, scenario in enumerate(found.study.scenarios):
        dated = [{"from": "2021-06", "value": value}]
        expected = policy_table(with_levers(scenario, {lever: dated}, found.world), found.world)
        before = policy_table(scenario, found.world)
        policy = case_of(found, points[0], place).policy
        for table, wanted, untouched in zip(policy, expected, before, strict=True):
            np.testing.assert_array_equal(table[5:], wanted[5:])
            np.testing.assert_array_equal(table[:5], untouched[:5])


def test_a_part_of_a_lever_leaves_the_other_part_as_it_was(write):
    found, points = bench(write, '"promotion.foreign" = { values = [2.0] }\n')
    levers = case_of(found, points[0], 1).policy.levers
    assert set(levers.promotion_foreign) == {2.0}
    assert set(levers.promotion_domestic[3:]) == {1.1}  # as the plan sets it


def test_a_behaviour_at_a_point_changes_nothing_else(write):
    found, points = bench(write, "beta_quality = { values = [0.8] }\n")
    expected = parameter_vector(found.world, {"beta_quality": 0.8})
    assert case_of(found, points[0], 0).parameters.tobytes() == expected.tobytes()


def test_a_factor_of_one_scenario_moves_no_other(write):
    said = 'rework = { scenario = "plan", values = [0.5, 1.5] }\n'
    found, points = bench(write, said)
    base = {ids[0] for ids in case_ids(found, points)}
    plan = {ids[1] for ids in case_ids(found, points)}
    assert (len(base), len(plan)) == (1, 2)


def test_equal_inputs_have_equal_ids_however_they_are_asked_for(write):
    default, points = bench(write, "beta_quality = { values = [1.6] }\n")
    other, more = bench(write, 'rework = { values = ["scenario"] }\n')
    assert case_ids(default, points) == case_ids(other, more)
    # The start year's value, said aloud, is what the baseline has anyway.
    aloud, said = bench(write, "rework = { values = [1.0] }\n")
    assert case_ids(aloud, said)[0][0] == case_ids(default, points)[0][0]
    assert case_ids(aloud, said)[0][1] != case_ids(default, points)[0][1]


def test_ids_depend_on_every_input(write):
    found, points = bench(write, "", STUDY)
    ids = [name for row in case_ids(found, points) for name in row]
    assert len(set(ids)) == len(ids) == 8
    assert len({run_id(ids[0], seed, r) for seed in (1, 2) for r in (0, 1)}) == 4
    renamed = found._replace(inputs=b"another model|the same data")
    assert not set(ids) & {name for row in case_ids(renamed, points) for name in row}


def test_making_a_case_does_not_touch_the_shared_tables(write):
    found, points = bench(write, "", STUDY)
    before = [table.tobytes() for policy in found.policies for table in policy]
    for row in points:
        case_of(found, row, 1)
    assert [table.tobytes() for policy in found.policies for table in policy] == before
