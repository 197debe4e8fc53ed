"""The laws of docs/MODEL.md, section 5: no run breaks one, and the audit sees every breach.

Broken rules run interpreted, in a process of their own, because compiled kernels cannot be
replaced; `python -m tests.property.test_laws` prints what the audit says of each.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import audit
from sim.batch import Case, run_many
from sim.errors import AuditError
from sim.schema import codes
from tests.architecture.sources import ROOT
from tests.property import worlds
from tests.property.worlds import Site

SEED = 3

# --- no run breaks a law --------------------------------------------------------------------------

STAGES = ("looking", "waiting", "in_procedure", "building", "stalled", "operating")
NEVER_FALLING = (
    "candidates",
    "approvals",
    "waited_months",
    "land_wait_months",
    "funding_bn_vnd",
    "unspent_bn_vnd",
    "clearance_bn_vnd",
    "connection_bn_vnd",
    "works_bn_vnd",
    "plant_bn_vnd",
    "cofinance_bn_vnd",
    "support_bn_vnd",
    "land_rent_bn_vnd",
    "anchor_revenue_bn_vnd",
    "incidents",
    "inspections",
    "gone_neighbours",
    "gone_no_land",
    "gone_refused_sector",
    "gone_capital_floor",
    "gone_wastewater",
    "gone_procedures",
    "gone_appraisal",
    "gone_abandoned",
    "gone_revoked",
    "gone_closed",
    "sitting_closed",
)


def obeys_the_laws(data):
    """Draw a province, a policy and a point, and check what the runs wrote down."""
    world = data.draw(worlds.provinces())
    case = Case(
        "drawn", data.draw(worlds.policies(world)), data.draw(worlds.parameter_vectors(world))
    )
    seed = data.draw(st.integers(0, 2**31))
    runs = run_many(world, [case], replicates=range(2), seed=seed, threads=1)  # audits every month
    check_by_hand(world, runs)


def check_by_hand(world, runs):
    """Check the laws on the record alone, without the audit of the engine."""
    zones, province, kinds = runs.zones, runs.province, runs.kinds
    for table in (zones, province, kinds, runs.districts):
        for name in table.dtype.names:
            assert np.all(np.isfinite(table[name])), name
            assert name == "demand_cycle" or np.all(table[name] >= 0), name
    gross_ha, leasable_ha = world.zones.gross_ha, world.zones.leasable_ha
    assert np.all(zones.cleared_gross_ha <= gross_ha + 1e-6)
    assert np.all(zones.serviced_ha <= leasable_ha + 1e-6)
    serviced_share = zones.serviced_ha / leasable_ha
    assert np.all(serviced_share * gross_ha <= zones.cleared_gross_ha + 1e-6)
    taken_ha = zones.reserved_ha + zones.leased_ha + zones.idle_ha
    assert np.all(taken_ha <= zones.serviced_ha + 1e-6)
    assert np.all(zones.operating_ha <= zones.leased_ha + 1e-6)
    gone = sum(province[name] for name in NEVER_FALLING if name.startswith("gone_"))
    staged = sum(province[name] for name in STAGES)
    assert np.array_equal(province.candidates, staged + gone)
    spent = sum(
        province[f"{name}_bn_vnd"]
        for name in ("clearance", "connection", "works", "plant", "cofinance")
    )
    known = spent + province.held_bn_vnd + province.carried_bn_vnd + province.unspent_bn_vnd
    assert np.all(np.abs(known - province.funding_bn_vnd) <= 1e-6)
    for name in NEVER_FALLING:
        assert np.all(np.diff(province[name], axis=-1) >= -1e-9), name


@given(st.data())
@worlds.examples(250)
def test_every_month_of_every_run_obeys_the_laws(data):
    obeys_the_laws(data)


@pytest.mark.long
@given(st.data())
@worlds.examples(5000)
def test_every_month_of_thousands_of_runs_obeys_the_laws(data):
    obeys_the_laws(data)


# --- broken rules ---------------------------------------------------------------------------------


def village():
    """A town of everything: a finished park, an old cluster, and a park begun in month 3.

    Tenants come and go fast, so that within two years everything happens.
    """
    sites = (
        Site("finished", gross_ha=400.0, leasable_ha=300.0, serviced_ha=300.0, leased_ha=60.0,
             tenants=8, capacity_m3_day=9000.0),
        Site("old", kind=codes.CLUSTER, district=1, gross_ha=60.0, leasable_ha=50.0,
             serviced_ha=50.0, leased_ha=20.0, tenants=5, connected=0.6),
        Site("new", gross_ha=90.0, leasable_ha=70.0, serviced_ha=0.0, works_may_start=3,
             connected=0.0),
    )  # fmt: skip
    return worlds.with_parameters(
        worlds.province(sites, months=24),
        candidates_per_year=60.0,
        outside_utility=0.0,
        exit_hazard=0.3,
        reuse_months=2.0,
        clearance_months=6.0,
    )


def crowd():
    """One full park that everybody wants."""
    site = Site("full", gross_ha=100.0, leasable_ha=80.0, serviced_ha=80.0, leased_ha=80.0,
                tenants=9, capacity_m3_day=9000.0)  # fmt: skip
    world = worlds.province([site], months=24)
    return worlds.with_parameters(
        world,
        candidates_per_year=60.0,
        outside_utility=-50.0,
        consideration_base=0.9999,
        exit_hazard=0.3,
    )


class Breach(NamedTuple):
    """A function replaced by a broken one, and what the audit should say."""

    module: str
    function: str
    broken: Callable  # makes the broken function of the right one
    law: int
    world: Callable = village
    event: int = codes.NOBODY  # the first event of this kind ...
    reason: int = codes.NOBODY  # ... with this detail says in which month, and in which zone
    zone: str = ""  # where no event does; empty: the province
    month: int = codes.NOBODY
    month_of: Callable | None = None  # says it of a right run


def leases_a_tenth_more(lease):
    return lambda p, state, z, land_ha, month: lease(p, state, z, 1.1 * land_ha, month)


def opens_at_once(opens):
    return lambda all_cleared, works_finished, plant_built, wastewater_first: True


def ignores_what_is_let(free_ha):
    return lambda serviced_ha, residual_share, reserved_ha, leased_ha, idle_ha: serviced_ha


def goes_on_operating(close):
    def broken(fixed, state, record, i, month):
        close(fixed, state, record, i, month)
        investor = state.investors[i]
        state.zones[investor.zone].operating_ha += investor.land_ha

    return broken


def leaves_half_its_land(close):
    def broken(fixed, state, record, i, month):
        close(fixed, state, record, i, month)
        investor = state.investors[i]
        state.zones[investor.zone].idle_ha -= 0.5 * investor.land_ha

    return broken


def reserves_a_tenth_less(apply_at):
    def broken(fixed, policy, luck, state, record, i, z, month):
        apply_at(fixed, policy, luck, state, record, i, z, month)
        state.zones[z].reserved_ha -= 0.1 * state.investors[i].land_ha

    return broken


def drops_the_compensation(pay_households):
    def broken(tranche, zone):
        booked = zone.public_clearance_bn_vnd
        pay_households(tranche, zone)
        zone.public_clearance_bn_vnd = booked

    return broken


def hands_out_twice(hand_out):
    def broken(fixed, state, month):
        hand_out(fixed, state, month)
        if month == 7:
            hand_out(fixed, state, month)

    return broken


def forgets_a_candidate(add_newcomer):
    def broken(luck, state, place):
        add_newcomer(luck, state, place)
        state.province[0].candidates -= 1

    return broken


def forgets_the_reason(leave):
    def broken(state, record, i, reason, month):
        leave(state, record, i, reason, month)
        state.gone[reason] -= 1

    return broken


def loses_the_price(add_up_zones):
    def broken(fixed, state, month):
        add_up_zones(fixed, state, month)
        if month == 5:
            state.zones.price_usd_m2_term[state.zones.kind == codes.CLUSTER] = math.nan

    return broken


def pays_without_end(add_up_zones):
    def broken(fixed, state, month):
        add_up_zones(fixed, state, month)
        if month == 11:
            state.zones[1].revenue_bn_vnd = math.inf

    return broken


def returns_land_twice(return_land):
    def broken(state, record, i, month):
        return_land(state, record, i, month)
        zone = state.zones[state.investors[i].zone]
        zone.idle_ha -= zone.idle_ha + state.investors[i].land_ha

    return broken


def has_room_for_three(new_state):
    def broken(start, luck):
        state = new_state(start, luck)
        return state._replace(investors=state.investors[: len(start.tenants) + 3])

    return broken


def has_three_of_a_kind(new_luck):
    def broken(**shape):
        luck = new_luck(**shape)
        return luck._replace(offset=3 * np.arange(len(luck.offset)))

    return broken


def fourth_candidate(right):
    return int(np.argmax(right.record.province.candidates > 3))


def third_of_a_kind(right):
    """Return the month in which a third of some segment comes, whether it appears or not."""
    return int(np.min(right.luck.arrival_time[right.luck.offset[:-1] + 2]))


def loses_the_wage(next_wage):
    return lambda wage, wage_response, tightness_now, tightness_reference: math.nan


def forgets_the_origin(approve):
    def broken(fixed, policy, state, record, i, month):
        approve(fixed, policy, state, record, i, month)
        investor = state.investors[i]
        state.origin_tenants[investor.zone, investor.origin] -= 1

    return broken


def keeps_the_tenant(vacate):
    def broken(fixed, state, i):
        vacate(fixed, state, i)
        state.zones[state.investors[i].zone].tenants += 1

    return broken


PHASES = "sim.phases."
BREACHES = {
    "a lease of a tenth more": Breach(
        PHASES + "licensing", "lease", leases_a_tenth_more,
        audit.LEASED_SUM, event=codes.EVENT_LICENSED),
    "land that opens before it is cleared": Breach(
        # "new" begins in month 3; its nine blocks do not all clear within a month.
        "sim.rules.works", "opens", opens_at_once,
        audit.SERVICED_CLEARED, zone="new", month=4),
    "land that is let twice": Breach(
        "sim.rules.location", "free_ha", ignores_what_is_let,
        audit.WITHIN_SERVICED, world=crowd, event=codes.EVENT_WAITS),
    "a tenant that closes and goes on operating": Breach(
        PHASES + "operation", "close", goes_on_operating,
        audit.OPERATING_LEASED, world=crowd, event=codes.EVENT_GONE, reason=codes.CLOSED),
    "a dossier that reserves a tenth less": Breach(
        PHASES + "choice", "apply_at", reserves_a_tenth_less,
        audit.RESERVED_SUM, event=codes.EVENT_APPLIED),
    "a tenant that leaves half its land": Breach(
        PHASES + "operation", "close", leaves_half_its_land,
        audit.IDLE_SUM, event=codes.EVENT_GONE, reason=codes.CLOSED),
    "a block whose compensation is not booked": Breach(
        PHASES + "clearance", "pay_households", drops_the_compensation,
        audit.MONEY, event=codes.EVENT_BLOCK_CLEARED),
    "money handed out twice": Breach(
        PHASES + "funding", "hand_out", hands_out_twice,
        audit.MONEY, month=7),
    "a candidate that is not counted": Breach(
        PHASES + "arrivals", "add_newcomer", forgets_a_candidate,
        audit.CANDIDATES, event=codes.EVENT_APPEARED),
    "a loss that is not counted": Breach(
        PHASES + "choice", "leave", forgets_the_reason,
        audit.CANDIDATES, event=codes.EVENT_GONE, reason=codes.NEIGHBOURS),
    "a price that is not a number": Breach(
        PHASES + "tally", "add_up_zones", loses_the_price,
        audit.FINITE, zone="old", month=5),
    "revenue without end": Breach(
        PHASES + "tally", "add_up_zones", pays_without_end,
        audit.FINITE, zone="old", month=11),
    "idle land below nothing": Breach(
        PHASES + "operation", "return_land", returns_land_twice,
        audit.FINITE, event=codes.EVENT_LAND_RETURNED),
    "a table with room for three": Breach(
        "sim.room", "new_state", has_room_for_three,
        audit.TABLE_FULL, month_of=fourth_candidate),
    "a pool with three of a kind": Breach(
        "sim.luck", "new_luck", has_three_of_a_kind,
        audit.TABLE_FULL, month_of=third_of_a_kind),
    "a wage that is not a number": Breach(
        "sim.rules.labour", "next_wage", loses_the_wage,
        audit.FINITE, month=0),
    "a tenant without an origin": Breach(
        PHASES + "licensing", "approve", forgets_the_origin,
        audit.TENANT_COUNTS, event=codes.EVENT_LICENSED),
    "a tenant that leaves and is still counted": Breach(
        PHASES + "operation", "vacate", keeps_the_tenant,
        audit.TENANT_COUNTS, event=codes.EVENT_GONE, reason=codes.CLOSED),
}  # fmt: skip


def verdict(world):
    """Return what the audit says of a run, nothing if it is content."""
    case = Case("broken", worlds.unchanged(world))
    try:
        run_many(world, [case], replicates=[0], seed=SEED, threads=1)
    except AuditError as error:
        return str(error)
    return ""


def verdicts():
    """Return what the audit says of every broken rule, and of the right ones before and after."""
    said = {"nothing": verdict(village()) + verdict(crowd())}
    for name, breach in BREACHES.items():
        module = import_module(breach.module)
        right = getattr(module, breach.function)
        setattr(module, breach.function, breach.broken(right))
        said[name] = verdict(breach.world())
        setattr(module, breach.function, right)
    said["nothing any more"] = verdict(village()) + verdict(crowd())
    return said


@pytest.fixture(scope="module")
def said():
    done = subprocess.run(
        [sys.executable, "-m", "tests.property.test_laws"],
        cwd=ROOT,
        env={**os.environ, "ZONESIM_INTERPRETED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def expected_place_and_month(breach):
    """Return where and when a breach should show: as stated, or by the events of a right run."""
    world = breach.world()
    if breach.month_of is not None:
        return codes.NOBODY, breach.month_of(worlds.run(world, seed=SEED))
    if breach.month != codes.NOBODY:
        return world.zone_ids.index(breach.zone) if breach.zone else codes.NOBODY, breach.month
    events = worlds.run(world, seed=SEED, events=5000).events
    same = events[events.event == breach.event]
    if breach.reason != codes.NOBODY:
        same = same[same.detail == breach.reason]
    zone = codes.NOBODY if breach.law in (audit.MONEY, audit.CANDIDATES) else int(same[0].zone)
    return zone, int(same[0].month)


@pytest.mark.parametrize("name", BREACHES)
def test_the_audit_names_the_law_the_zone_and_the_month_of_a_broken_rule(said, name):
    breach = BREACHES[name]
    world = breach.world()
    zone, month = expected_place_and_month(breach)
    place = f"zone {world.zone_ids[zone]!r}" if zone != codes.NOBODY else "the province"
    where = f"seed {SEED}, replicate 0, {world.calendar.name(month)}, {place}: "
    assert f"{where}broken law: {audit.LAWS[breach.law]}." in said[name]


def test_every_law_has_a_broken_rule():
    assert {breach.law for breach in BREACHES.values()} == set(range(len(audit.LAWS)))


def test_the_audit_is_content_with_the_rules_as_they_are(said):
    assert said["nothing"] == said["nothing any more"] == ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(verdicts()))
