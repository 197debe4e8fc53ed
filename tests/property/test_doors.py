"""However a run is started it writes the same record: by the model, in a batch, interpreted."""

import hashlib
import os
import subprocess
import sys

import pytest

from sim.batch import Case, run_many
from sim.model import ZoneModel
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.world import load_world, parameter_vector, world_path
from tests.architecture.sources import ROOT

TABLES = ("province", "kinds", "zones", "districts")
EVENTS = 20_000  # room for every event of a run
TINY = ("tiny", ("baseline", "plan", "ban", "funding_x2"))
NINH_BINH = ("ninh_binh", ("baseline", "plan_175"))

# Run in a process of its own, which decides when it starts whether kernels are compiled.
DIGEST = """
import sys
from tests.property.test_doors import digest
print(digest(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def cases(name, scenarios):
    """Return a province and its scenarios as cases, the last of them with other parameters too."""
    world = load_world(world_path(name))
    folder = world_path(name).parent
    policies = {s: policy_table(load_scenario(s, folder, world), world) for s in scenarios}
    low = {info.key: info.low for info in world.parameters if info.key == "candidates_per_year"}
    assert low
    other = Case("other parameters", policies[scenarios[-1]], parameter_vector(world, low))
    return world, [*(Case(s, policies[s]) for s in scenarios), other]


def model_record(world, case, *, seed, replicate):
    """Run a case through the model and return what a batch keeps of it."""
    model = ZoneModel(
        world,
        case.policy,
        parameters=case.parameters,
        seed=seed,
        replicate=replicate,
        events=EVENTS,
    )
    model.run()
    assert model.record.event_count[0] <= EVENTS
    decembers = list(world.calendar.december_indices)
    return {
        "province": model.record.province,
        "kinds": model.record.kinds,
        "zones": model.record.zones[decembers],
        "districts": model.record.districts[decembers],
    }


def digest(name, scenario, months):
    """Return a hash of everything that some months of a run write down, events included."""
    world = load_world(world_path(name))
    policy = policy_table(load_scenario(scenario, world_path(name).parent, world), world)
    model = ZoneModel(world, policy, seed=5, replicate=2, events=EVENTS, collect=False)
    for _ in range(months):
        model.step()
    tables = (*(getattr(model.record, table) for table in TABLES), model.record.events)
    text = b"".join(table.tobytes() for table in (*tables, model.record.event_count))
    return hashlib.sha256(text).hexdigest()


def digest_elsewhere(*arguments, interpreted):
    environment = os.environ | {"ZONESIM_INTERPRETED": "1" if interpreted else "0"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", DIGEST, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    return done.stdout


@pytest.mark.parametrize(("name", "scenarios"), [TINY, NINH_BINH])
@pytest.mark.parametrize("seed", [0, 175])
def test_the_model_and_the_batch_write_the_same_bytes(name, scenarios, seed):
    world, listed = cases(name, scenarios)
    replicates = (0, 3)
    batch = run_many(world, listed, replicates=replicates, seed=seed, threads=1)
    for c, case in enumerate(listed):
        for r, replicate in enumerate(replicates):
            record = model_record(world, case, seed=seed, replicate=replicate)
            for table in TABLES:
                assert getattr(batch, table)[c, r].tobytes() == record[table].tobytes()


@pytest.mark.parametrize(("name", "scenarios"), [TINY, NINH_BINH])
def test_the_number_of_threads_changes_no_byte(name, scenarios):
    world, listed = cases(name, scenarios)
    one, two = (
        run_many(world, listed, replicates=range(5), seed=1, threads=threads) for threads in (1, 2)
    )
    for table in TABLES:
        assert getattr(one, table).tobytes() == getattr(two, table).tobytes()


def test_runs_differ_between_replicates_seeds_and_scenarios():
    # Otherwise the other tests of this file could pass on a run that is always the same.
    world, listed = cases(*TINY)
    batches = [run_many(world, listed, replicates=(0, 3), seed=seed) for seed in (0, 175)]
    records = [
        batch.province[c, r].tobytes()
        for batch in batches
        for c in range(len(listed))
        for r in range(2)
    ]
    assert len(set(records)) > len(records) // 2
    assert len({records[0], records[1], records[2 * len(listed)]}) == 3


@pytest.mark.parametrize("scenario", ["baseline", "plan"])
def test_compiled_and_interpreted_runs_write_the_same_bytes(scenario):
    horizon = str(load_world(world_path("tiny")).calendar.months)
    arguments = ("tiny", scenario, horizon)
    assert digest_elsewhere(*arguments, interpreted=True) == digest_elsewhere(
        *arguments, interpreted=False
    )


@pytest.mark.long
@pytest.mark.parametrize("scenario", ["baseline", "plan_175"])
def test_compiled_and_interpreted_runs_of_a_province_write_the_same_bytes(scenario):
    arguments = ("ninh_binh", scenario, "24")
    assert digest_elsewhere(*arguments, interpreted=True) == digest_elsewhere(
        *arguments, interpreted=False
    )
