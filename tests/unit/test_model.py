"""The Mesa model steps by months, and its agents show the tables without holding any of them."""

import math

import mesa
import pytest
from mesa.datacollection import DataCollector

from sim.errors import AuditError, ZonesimError
from sim.model import MODEL_REPORTERS, ZONE_REPORTERS, ZoneModel
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.schema import District, Investor, Office, Zone, codes, columns_of
from sim.sums import plain_sum
from sim.views import (
    OPERATOR_COLUMNS,
    DistrictAgent,
    InvestorAgent,
    OfficeAgent,
    OperatorAgent,
    RowAgent,
    ZoneAgent,
)
from sim.why import explain_all
from sim.world import load_world, world_path

VIEWS = [
    (ZoneAgent, "zones", tuple(columns_of(Zone))),
    (OperatorAgent, "zones", OPERATOR_COLUMNS),
    (InvestorAgent, "investors", tuple(columns_of(Investor))),
    (OfficeAgent, "offices", tuple(columns_of(Office))),
    (DistrictAgent, "districts", tuple(columns_of(District))),
]


@pytest.fixture(scope="module")
def world():
    return load_world(world_path("tiny"))


@pytest.fixture(scope="module")
def policy(world):
    return policy_table(load_scenario("baseline", world_path("tiny").parent, world), world)


@pytest.fixture(scope="module")
def done(world, policy):
    """Return a model at the end of its run; tests do not write to it."""
    model = ZoneModel(world, policy, seed=1, events=10_000)
    model.run()
    return model


# --- months ---------------------------------------------------------------------------------------


def test_a_step_is_a_month(world, policy):
    model = ZoneModel(world, policy)
    assert (model.month, model.date, model.running) == (0, world.calendar.name(-1), True)
    model.step()
    assert (model.month, model.date) == (1, world.calendar.name(0))
    model.run()
    assert (model.month, model.running) == (world.calendar.months, False)
    assert model.date == world.calendar.name(world.calendar.months - 1)


def test_no_month_follows_the_horizon(world, policy):
    model = ZoneModel(world, policy)
    model.run()
    before = model.record.province.tobytes()
    with pytest.raises(ZonesimError, match=rf"is over: {model.date} was month {model.month} of"):
        model.step()
    model.run()
    assert model.month == world.calendar.months
    assert model.record.province.tobytes() == before


def test_a_broken_law_stops_the_run_and_names_month_and_zone(world, policy):
    model = ZoneModel(world, policy, name="baseline", seed=4, replicate=2)
    model.step()
    model.state.zones.leased_ha[1] = 1e6
    place = rf"'baseline', seed 4, replicate 2, {world.calendar.name(1)}, .*{world.zone_ids[1]}"
    with pytest.raises(AuditError, match=place):
        model.step()
    assert not model.running
    assert model.month == 1


def test_events_are_kept_on_request_only(world, policy, done):
    assert len(done.events) == done.record.event_count[0] > 0
    model = ZoneModel(world, policy)
    model.step()
    assert len(model.events) == 0


# --- agents ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("view", "table", "columns"), VIEWS)
def test_an_agent_shows_every_column_of_its_row(done, view, table, columns):
    rows = getattr(done.state, table)
    agents = done.agents_by_type[view]
    used = len(done.investors) if view is InvestorAgent else len(rows)
    assert [agent.row for agent in agents] == list(range(used))
    for agent in agents:
        shown = [getattr(agent, column) for column in columns]
        assert shown == [rows[column][agent.row] for column in columns]


@pytest.mark.parametrize(("view", "columns"), [(view, columns) for view, _, columns in VIEWS])
def test_no_column_hides_an_attribute_of_mesa_or_of_the_view(view, columns):
    assert not set(columns) & set(dir(RowAgent))
    written = {name for name in vars(view) if not isinstance(vars(view)[name], property)}
    assert not set(columns) & written
    for column in columns:
        assert vars(view)[column].__doc__  # generated: a property of our own would have replaced it
        assert vars(view)[column].fget.__qualname__.startswith("_reader")


def test_an_agent_follows_its_table(world, policy):
    model = ZoneModel(world, policy)
    zone = model.zones[0]
    model.state.zones.leased_ha[0] = 12.5
    assert zone.leased_ha == 12.5
    assert type(zone.leased_ha) is float
    assert type(zone.tenants) is int


@pytest.mark.parametrize("name", ["leased_ha", "occupancy", "leasedha", "row"])
def test_an_agent_cannot_be_written_to(done, name):
    with pytest.raises(AttributeError, match=f"ZoneAgent.{name}: agents are views"):
        setattr(done.zones[0], name, 1.0)
    with pytest.raises(AttributeError, match="agents are views"):
        done.agents_by_type[ZoneAgent].set(name, 1.0)


def test_names_replace_codes_and_rows(done, world):
    for row, zone in enumerate(done.zones):
        assert zone.id == world.zone_ids[row]
        assert (zone.name(), zone.name("vi")) == (
            world.zone_names_en[row],
            world.zone_names_vi[row],
        )
        assert zone.kind_name == codes.KINDS[zone.kind]
        assert zone.district_name == world.district_names[zone.district]
        assert done.zone(zone.id) is zone
    operators = done.agents_by_type[OperatorAgent]
    assert [o.zone_id for o in operators] == list(world.zone_ids)
    assert [o.operator_name for o in operators] == [z.operator_name for z in done.zones]
    assert [o.kind_name for o in done.agents_by_type[OfficeAgent]] == list(codes.KINDS)
    assert [d.name for d in done.agents_by_type[DistrictAgent]] == list(world.district_names)
    for investor in done.investors:
        assert investor.stage_name == codes.STAGES[investor.stage]
        assert investor.reason_name == codes.REASONS[investor.reason]
        assert investor.sector_id == world.sector_ids[investor.sector]
        assert investor.origin_name == codes.ORIGINS[investor.origin]
        expected = None if investor.zone == codes.NOBODY else world.zone_ids[investor.zone]
        assert investor.zone_id == expected
    assert done.investors[0].name == world.tenant_names[0]


def test_an_unknown_zone_is_refused_with_the_nearest_name(done, world):
    with pytest.raises(ZonesimError, match=f"Did you mean '{world.zone_ids[0]}'"):
        done.zone(world.zone_ids[0] + "x")


def test_occupancy_is_leased_over_serviced_and_nan_where_nothing_is_serviced(world, policy):
    model = ZoneModel(world, policy)
    zone = model.zones[0]
    model.state.zones.serviced_ha[0] = 40.0
    model.state.zones.leased_ha[0] = 30.0
    assert zone.occupancy == 0.75
    model.state.zones.serviced_ha[0] = 0.0
    assert math.isnan(zone.occupancy)


def test_candidates_become_agents_when_they_appear_and_stay_when_gone(world, policy):
    model = ZoneModel(world, policy, seed=1)
    assert len(model.investors) == len(world.tenants)
    while model.running:
        model.step()
        candidates = [i for i in model.agents_by_type[InvestorAgent] if not i.sitting]
        assert len(candidates) == model.record.province.candidates[model.month - 1]
        assert all(i.arrival_time < model.month for i in candidates)
    gone = model.agents_by_type[InvestorAgent].select(lambda a: a.stage_name == "gone")
    assert len(gone) == model.state.gone.sum() + model.state.sitting_gone.sum() > 0
    assert all(a.reason_name != "none" and a.gone_month >= 0 for a in gone)


def test_mesas_sets_select_and_aggregate(done):
    waiting = done.agents_by_type[InvestorAgent].select(lambda a: a.stage_name == "waiting")
    rows = done.state.investors[: len(done.investors)]
    expected = rows.land_ha[rows.stage == codes.WAITING].tolist()
    assert waiting.agg("land_ha", sum) == sum(expected)
    assert len(waiting) == len(expected) == done.waiting


# --- collecting -----------------------------------------------------------------------------------


def test_what_is_collected_equals_the_record(done):
    province = done.datacollector.get_model_vars_dataframe()
    zones = done.datacollector.get_agenttype_vars_dataframe(ZoneAgent)
    assert list(province.columns) == list(MODEL_REPORTERS)
    assert list(zones.columns) == list(ZONE_REPORTERS)
    months = range(done.horizon)
    assert list(province.date) == [done.world.calendar.name(month) for month in months]
    assert list(province.leased_ha) == [plain_sum(row) for row in done.record.zones.leased_ha]
    assert list(province.waiting) == done.record.province.waiting.tolist()
    assert list(zones.jobs) == done.record.zones.jobs.ravel().tolist()


def test_a_user_chooses_reporters(world, policy):
    model = ZoneModel(
        world,
        policy,
        model_reporters={"gone": lambda m: int(m.state.gone.sum()), "month": "month"},
        zone_reporters={"price": "price_usd_m2_term", "full": lambda z: z.occupancy > 0.9},
    )
    model.run()
    assert model.datacollector.model_vars["month"] == list(range(1, model.horizon + 1))
    assert model.datacollector.model_vars["gone"][-1] == model.state.gone.sum()
    frame = model.datacollector.get_agenttype_vars_dataframe(ZoneAgent)
    assert list(frame.columns) == ["price", "full"]


def test_a_user_brings_a_collector(world, policy):
    model = ZoneModel(world, policy)
    model.datacollector = DataCollector(
        agenttype_reporters={OfficeAgent: {"queue": "queue"}},
        agent_reporters={"type": lambda agent: type(agent).__name__},
    )
    model.run()
    queues = model.datacollector.get_agenttype_vars_dataframe(OfficeAgent)
    assert list(queues["queue"])[0::2] == model.record.province.queue_parks.tolist()
    assert len(model.datacollector.get_agent_vars_dataframe()) > model.horizon


def test_nothing_is_collected_when_not_wanted(world, policy):
    model = ZoneModel(world, policy, collect=False)
    model.step()
    assert model.datacollector.model_vars["date"] == []


def test_a_misspelt_reporter_is_refused(world, policy):
    with pytest.raises(ZonesimError, match="Did you mean 'leased_ha'") as found:
        ZoneModel(
            world,
            policy,
            zone_reporters={"leased": "leased_haa"},
            model_reporters={"waits": "waitings"},
        )
    assert len(found.value.problems) == 2


def test_collecting_and_watching_leave_the_run_alone(world, policy, done):
    silent = ZoneModel(world, policy, seed=1, collect=False)
    silent.run()
    assert silent.record.province.tobytes() == done.record.province.tobytes()


def test_the_model_draws_nothing_from_mesas_generators(world, policy):
    model = ZoneModel(world, policy, seed=1)
    before = model.random.getstate(), model.rng.bit_generator.state
    model.run()
    assert (model.random.getstate(), model.rng.bit_generator.state) == before


# --- why ------------------------------------------------------------------------------------------


def test_why_is_the_last_look_whenever_it_is_asked(world, policy):
    model = ZoneModel(world, policy, seed=1)
    looks = list(explain_all(world, policy, seed=1))
    while model.running:
        model.step()
        if model.month % 8 == 0:
            last = {why.investor: why for why in looks if why.month < model.month}
            assert set(last) == set(range(len(world.tenants), len(model.investors)))
            for row in list(last)[:: max(1, len(last) // 5)]:
                assert model.why(row) == model.why(model.investors[row]) == last[row]


def test_why_leaves_the_run_alone(world, policy, done):
    model = ZoneModel(world, policy, seed=1)
    while model.running:
        model.step()
        if model.month in (6, 12) and len(model.investors) > len(world.tenants):
            model.why(len(world.tenants))
    assert model.record.province.tobytes() == done.record.province.tobytes()
    assert model.record.zones.tobytes() == done.record.zones.tobytes()


def test_why_is_refused_for_those_that_never_looked(done):
    with pytest.raises(ZonesimError, match="was a tenant at the start"):
        done.why(0)
    for row in (-1, len(done.investors)):
        with pytest.raises(ZonesimError, match=f"No investor {row} by {done.date}"):
            done.why(row)


def test_why_is_refused_when_someone_wrote_to_the_tables(world, policy):
    model = ZoneModel(world, policy, seed=1)
    model.step()
    model.state.zones.price_usd_m2_term[:] = 1.0
    model.run()
    with pytest.raises(ZonesimError, match="cannot be repeated"):
        model.why(len(model.investors) - 1)


def test_depth_of_inheritance_is_mesa_row_view():
    for view, _, _ in VIEWS:
        assert view.__mro__[:3] == (view, RowAgent, mesa.Agent)
