"""The limits of docs/MODEL.md, section 5: what must hold exactly, or on average, at the extremes.

Expected values are closed forms; each says which. What is random is compared at three standard
errors, which are computed beside it and held small, under a fixed seed.
"""

import itertools
import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, stats

from sim.batch import Case, run_many
from sim.compiled import is_compiled
from sim.schema import codes
from tests.property import worlds
from tests.property.worlds import Site

slow_if_interpreted = pytest.mark.skipif(not is_compiled(), reason="minutes when interpreted")

PURSE = (
    "funding",
    "clearance",
    "connection",
    "works",
    "plant",
    "cofinance",
    "support",
    "held",
    "carried",
    "unspent",
    "given",
)

# --- nothing comes of nothing ---------------------------------------------------------------------


@given(st.data())
@worlds.examples(60)
def test_without_arrivals_expansion_and_programme_leased_land_never_rises(data):
    world = worlds.with_parameters(
        data.draw(worlds.provinces()), candidates_per_year=0.0, expansion_hazard=0.0
    )
    policy = data.draw(worlds.policies(world, fixed=("craft_village_programme",)))
    parameters = data.draw(worlds.parameter_vectors(world))
    done = worlds.run(world, policy, parameters=parameters, seed=data.draw(st.integers(0, 2**31)))
    leased_ha = np.vstack([done.start.zones.leased_ha, done.record.zones.leased_ha])
    assert np.all(np.diff(leased_ha, axis=0) <= 0.0)
    assert np.all(done.record.zones.leased_cum_ha == 0.0)


@given(st.data())
@worlds.examples(60)
def test_once_all_sectors_are_refused_and_the_queue_is_empty_nobody_gets_a_licence(data):
    world = worlds.with_parameters(data.draw(worlds.provinces()), expansion_hazard=0.0)
    policy = data.draw(worlds.policies(world))
    refused_from = data.draw(st.integers(0, world.calendar.months - 1))
    policy.sector_levers.banned[refused_from:] = 1
    parameters = data.draw(worlds.parameter_vectors(world))
    done = worlds.run(world, policy, parameters=parameters, seed=data.draw(st.integers(0, 2**31)))
    province = done.record.province
    queue = province.in_procedure[refused_from:]
    before = province.in_procedure[refused_from - 1] if refused_from > 0 else 0
    assert np.all(np.diff(np.concatenate([[before], queue])) <= 0)
    empty = refused_from + np.flatnonzero(queue == 0)
    assume(len(empty) > 0)
    assert np.all(province.approvals[empty[0] :] == province.approvals[empty[0]])
    leased_cum_ha = done.record.zones.leased_cum_ha[empty[0] :]
    assert np.all(leased_cum_ha == leased_cum_ha[0])


@given(st.data())
@worlds.examples(40)
def test_while_all_sectors_are_refused_no_tenant_expands(data):
    world = worlds.with_parameters(data.draw(worlds.provinces()), expansion_hazard=2.0)
    policy = data.draw(worlds.policies(world))
    policy.sector_levers.banned[:] = 1
    done = worlds.run(world, policy, seed=data.draw(st.integers(0, 2**31)))
    assert np.all(done.record.zones.leased_cum_ha == 0.0)


def test_a_refusal_of_all_sectors_lets_the_queue_finish_and_then_stops_everything():
    sites = [Site("a"), Site("b", kind=codes.CLUSTER)]
    world = worlds.steady(worlds.province(sites, months=60), 10.0)
    world = worlds.with_parameters(world, expansion_hazard=0.0, patience_months=1e9)
    policy = worlds.with_lever(worlds.unchanged(world), "banned", 1, from_month=18)
    province = worlds.run(world, policy).record.province
    queue = province.in_procedure[17]
    assert queue > 5
    assert province.approvals[59] == province.approvals[17] + queue
    assert province.in_procedure[59] == 0


@given(st.data())
@worlds.examples(60)
def test_without_funding_reinvestment_and_wastewater_funding_no_public_money_moves(data):
    # Price support is paid to priority sectors from no purse, so it stays as in the start year: 0.
    world = data.draw(worlds.provinces())
    policy = data.draw(worlds.policies(world, fixed=("land_price_support",)))
    for lever in ("infrastructure_funding", "reinvestment_share", "wastewater_funding"):
        policy.levers[lever] = 0.0
    parameters = data.draw(worlds.parameter_vectors(world))
    done = worlds.run(world, policy, parameters=parameters, seed=data.draw(st.integers(0, 2**31)))
    for name in PURSE:
        assert np.all(done.record.province[f"{name}_bn_vnd"] == 0.0), name
    assert np.all(done.record.zones.public_bn_vnd == 0.0)
    assert np.all(done.state.tranches.held_public_bn_vnd == 0.0)
    assert np.all(np.diff(done.record.zones.connected, axis=0) == 0.0)


def test_private_money_moves_without_public_money():
    site = Site("begun", gross_ha=100.0, leasable_ha=80.0, serviced_ha=40.0,
                operator=codes.PRIVATE, cleared_share=0.4)  # fmt: skip
    world = worlds.province([site], months=36)
    policy = worlds.with_lever(worlds.unchanged(world), "infrastructure_funding", 0.0)
    done = worlds.run(world, policy)
    assert np.all(done.record.zones.public_bn_vnd == 0.0)
    assert done.record.zones.private_bn_vnd[-1, 0] > 100.0  # compensation and works of 50 ha


# --- the office is a queue ------------------------------------------------------------------------

PER_MONTH = 20.0
SPREAD = 0.5  # of the log of a dossier's hours
WARM_UP, COOL_DOWN, MONTHS = 100, 20, 600
REPLICATES = 80


def office_world(load):
    """One park where everybody applies at once and is decided when the work is done."""
    world = worlds.province([Site("park")], months=MONTHS)
    world = worlds.only_sector(worlds.steady(world, PER_MONTH), 0)
    return worlds.with_parameters(
        worlds.with_sectors(world, pollution=0.0, wastewater_m3_ha_day=0.0, land_median_ha=0.5),
        outside_utility=-1000.0,
        consideration_base=0.999999,
        patience_months=1e15,
        rework_probability=0.0,
        dossier_hours_sigma=SPREAD,
        dossier_hours_land=0.0,
        office_load_parks=load,
        dossiers_year_parks=12.0 * PER_MONTH,
        # a licensed project stalls and is gone two months later, so that the run stays small
        late_probability=1.0,
        late_release_hazard=1e9,
        hand_over_days=0.0,
    )


def office_policy(world):
    return worlds.with_lever(worlds.unchanged(world), "statutory_days", 0.0)


def mean_residual_work(load):
    """Return rho E[S^2] / (2 E[S]) [months]: for a log-normal E[S^2] = E[S]^2 exp(sigma^2)."""
    mean_service = load / PER_MONTH
    return load * mean_service * math.exp(SPREAD * SPREAD) / 2.0


def compare(values, expected, *, within):
    """Compare a mean over replicates with what is expected, at three standard errors."""
    error = np.std(values, ddof=1) / math.sqrt(len(values))
    assert error < within * expected, "too few replicates to tell"
    assert abs(np.mean(values) - expected) < 3.0 * error


def waits(world, policy, load, replicate):
    """Return the waits in the office before work begins [months], and who waited."""
    rows = worlds.run(world, policy, replicate=replicate).candidates
    assert not np.any(rows.reason == codes.PROCEDURES)
    settled = (rows.applied_time > WARM_UP) & (rows.applied_time < MONTHS - COOL_DOWN)
    rows = rows[settled]
    assert np.all(rows.work_done_time > 0.0)
    service = rows.hours / mean_hours(world) * load / PER_MONTH
    return rows.work_done_time - rows.applied_time - service, rows


@slow_if_interpreted
@pytest.mark.parametrize(("load", "within"), [(0.5, 0.01), (0.8, 0.02), (0.9, 0.03)])
def test_the_mean_wait_in_the_office_is_pollaczek_and_khinchines(load, within):
    world = office_world(load)
    policy = office_policy(world)
    means = [np.mean(waits(world, policy, load, replicate)[0]) for replicate in range(REPLICATES)]
    # W = rho E[S^2] / (2 E[S] (1 - rho))
    compare(means, mean_residual_work(load) / (1.0 - load), within=within)


@slow_if_interpreted
def test_a_fast_track_shortens_the_waits_of_its_class_as_cobham_says():
    # Two classes without preemption: W_1 = R / (1 - rho_1), W_2 = R / ((1 - rho_1)(1 - rho)).
    load, foreign = 0.8, 0.5
    world = office_world(load)
    policy = worlds.with_lever(office_policy(world), "fast_track_foreign", 1)
    means = {codes.DOMESTIC: [], codes.FOREIGN: []}
    for replicate in range(REPLICATES):
        waited_months, rows = waits(world, policy, load, replicate)
        for origin, values in means.items():
            values.append(np.mean(waited_months[rows.origin == origin]))
    first = mean_residual_work(load) / (1.0 - foreign * load)
    compare(means[codes.FOREIGN], first, within=0.01)
    compare(means[codes.DOMESTIC], first / (1.0 - load), within=0.03)


def mean_hours(world):
    return worlds.value_of(world, "dossier_hours") * math.exp(SPREAD * SPREAD / 2.0)


# --- choice ---------------------------------------------------------------------------------------

LOOKING = 20_000
BETAS = (
    "quality",
    "price",
    "time",
    "wage_low_skill",
    "wage_skilled",
    "own_sector",
    "same_origin",
    "expressway",
    "port",
    "private_operator",
    "reputation",
    "enforcement",
)


def first_choices(world, policy=None):
    """Return how many of about 20,000 foreign candidates choose each zone in month 0, last none."""
    world = worlds.only_origin(worlds.steady(world, LOOKING), codes.FOREIGN)
    done = worlds.run(world, policy, months=1)
    assert done.broken == (-1, -1, -1)
    chosen, nobody = done.candidates.first_choice, len(world.zones)
    return np.bincount(np.where(chosen < 0, nobody, chosen), minlength=nobody + 1)


def look_alike(counts, shares):
    """Compare counts with expected shares, each at three sigma and all by chi-square."""
    total = counts.sum()
    expected = total * np.asarray(shares)
    assert math.isclose(sum(shares), 1.0, rel_tol=1e-9)
    spread = np.sqrt(expected * (1.0 - expected / total))
    assert np.all(np.abs(counts - expected) < 3.0 * spread), (counts - expected) / spread
    assert stats.chisquare(counts, expected).pvalue > 0.001


def test_without_weights_all_zones_get_equal_shares():
    sites = [
        Site("a", price_usd_m2_term=40.0, km_expressway=1.0, capacity_m3_day=1e6, leased_ha=99.0,
             tenants=5, gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
        Site("b", price_usd_m2_term=160.0, km_expressway=90.0, connected=0.0,
             gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
        Site("c", kind=codes.CLUSTER, operator=codes.PRIVATE, gross_ha=1e6, leasable_ha=9e5,
             serviced_ha=9e5),
        Site("d", kind=codes.CLUSTER, district=1, gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
    ]  # fmt: skip
    world = worlds.with_sectors(worlds.province(sites, months=1), park_affinity=0.0)
    world = worlds.with_parameters(
        world,
        **{f"beta_{name}": 0.0 for name in BETAS},
        consideration_tenants=0.0,
        home_utility=0.0,
    )
    inside = first_choices(world)[:-1]
    assert stats.chisquare(inside).pvalue > 0.001
    assert np.all(np.abs(inside - inside.mean()) < 3.0 * np.sqrt(inside.mean() * 0.75))


def test_two_identical_zones_get_the_same_share_in_the_long_run():
    twin = Site("twin-a", gross_ha=300.0, leasable_ha=250.0, serviced_ha=250.0)
    sites = [twin, Site("other", kind=codes.CLUSTER), twin._replace(id="twin-b")]
    world = worlds.with_parameters(worlds.province(sites, months=60), outside_utility=1.0)
    case = Case("unchanged", worlds.unchanged(world))
    last = run_many(world, [case], replicates=range(1000), seed=2).zones[0, :, -1]
    leased_ha = last.leased_cum_ha
    difference = leased_ha[:, 0] - leased_ha[:, 2]
    error = np.std(difference, ddof=1) / math.sqrt(len(difference))
    assert error < 0.035 * np.mean(leased_ha[:, [0, 2]])
    assert abs(np.mean(difference)) < 3.0 * error


class Taste(NamedTuple):
    """What stands between utilities and shares."""

    zone_scale: float
    sigma: float
    consideration: float
    inspection: float = 1.0
    support: float = 0.0


TASTES = {
    "the logit": Taste(zone_scale=1.0, sigma=0.0, consideration=0.999999),
    "zones closer to each other than to the neighbours": Taste(0.6, 0.0, 0.999999),
    "error components": Taste(0.6, 0.8, 0.999999),
    "zones that not everyone knows": Taste(0.6, 0.5, 0.5),
    "inspection and price support": Taste(0.6, 0.5, 0.5, inspection=3.0, support=0.2),
}
MACHINES_ONLY = 1
OUTSIDE = 2.0
# Two clean zones and two that overflow: no plant, so no load is within capacity.
CHOICES = (
    Site("rich", capacity_m3_day=1e6, price_usd_m2_term=110.0, km_expressway=3.0, km_port=60.0,
         operator=codes.PRIVATE, gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
    Site("settled", capacity_m3_day=1e6, leased_ha=100.0, tenants=4, km_expressway=9.0,
         km_port=20.0, gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
    Site("cheap", kind=codes.CLUSTER, price_usd_m2_term=45.0, connected=0.5, km_expressway=20.0,
         km_port=5.0, gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
    Site("plain", connected=0.8, price_usd_m2_term=70.0, km_expressway=12.0, km_port=30.0,
         gross_ha=1e6, leasable_ha=9e5, serviced_ha=9e5),
)  # fmt: skip


def utilities(taste, *, strict):
    """Return the utility of each of CHOICES but for luck and taste, by hand from MODEL.md 3.7.

    Weights are those of scenarios/tiny. Machines: 3 ha, pollution 0.2, export share 0.5, leaning to
    parks 0.5; of four tenants two are foreign. Wages are 1 and reputation is 0.75 in month 0.
    """
    # lived: 15 days, 65 for the two polluting sectors (0.4 of arrivals), x 1.8 / 30 months
    expected_months = 0.6 * (0.6 * 0.9 + 0.4 * 3.9) + 0.4 * 0.9
    values = []
    for site in CHOICES:
        clean = site.capacity_m3_day > 0.0
        quality = (0.4 + 0.6 * site.connected) ** 0.6 * (1.0 if clean else 0.4) ** 0.4
        value = 1.6 * quality - 0.05 * expected_months
        value -= 1.0 * math.log(site.price_usd_m2_term * (1.0 - taste.support) / 90.0)
        value += 0.35 * math.log(1.0 + site.tenants) + 0.25 * math.log(1.0 + site.tenants / 2)
        value -= 0.25 * math.log(1.0 + site.km_expressway)
        value -= 0.2 * 0.5 * math.log(1.0 + site.km_port)
        value += 0.35 if site.operator == codes.PRIVATE else 0.0
        value += 0.5 if site.kind == codes.PARK else -0.5
        if not clean and not strict:
            value -= 0.8 * 0.2 * (taste.inspection - 1.0)
        values.append(value)
    return values


def expected_shares(taste):
    """Return the shares of CHOICES and the neighbours, over strictness and what is known."""
    shares = np.zeros(len(CHOICES) + 1)
    for strict, part in ((True, 0.6), (False, 0.4)):
        values = utilities(taste, strict=strict)
        for known in itertools.product((0, 1), repeat=len(CHOICES)):
            chance = part
            for site, knows in zip(CHOICES, known, strict=True):
                share = 1.0 - (1.0 - taste.consideration) ** ((1.0 + site.tenants / 2) ** 0.3)
                chance *= share if knows else 1.0 - share
            shares += chance * conditional_shares(taste, values, known)
    return shares


def conditional_shares(taste, values, known):
    """Return the shares among the zones that are known.

    The best of known zones is Gumbel with scale s at s ln(sum exp(v / s)), whichever zone it is;
    the neighbours are Gumbel with scale 1. In a logit s = 1 and the integral has a closed form.
    """
    scale = taste.zone_scale
    weights = np.array([k * math.exp(v / scale) for k, v in zip(known, values, strict=True)])
    if not any(known):
        return np.append(weights, 1.0)
    inclusive = scale * math.log(weights.sum())
    if scale == 1.0 and taste.sigma == 0.0:
        inside = 1.0 / (1.0 + math.exp(OUTSIDE - inclusive))
    else:
        inside = chance_inside(inclusive, scale, taste.sigma)
    return np.append(inside * weights / weights.sum(), 1.0 - inside)


def chance_inside(inclusive, scale, sigma):
    """Return the chance that the best zone beats the neighbours, by numerical integration."""

    def given_taste(taste):
        def density(luck):
            best = (OUTSIDE + luck - inclusive - taste) / scale
            return math.exp(-luck - math.exp(-luck)) * -math.expm1(-math.exp(-best))

        return integrate.quad(density, -4.0, 40.0)[0]

    if sigma == 0.0:
        return given_taste(0.0)
    points, weights = np.polynomial.hermite_e.hermegauss(24)
    total = sum(w * given_taste(sigma * x) for x, w in zip(points, weights, strict=True))
    return total / math.sqrt(2.0 * math.pi)


@pytest.mark.parametrize("name", TASTES)
def test_shares_of_zones_are_those_of(name):
    taste = TASTES[name]
    sites = [site._replace(permitted_sectors=MACHINES_ONLY) for site in CHOICES]
    world = worlds.only_sector(worlds.province(sites, months=1), 0)
    world = worlds.with_parameters(
        worlds.with_sectors(world, land_sigma=0.0),
        zone_scale=taste.zone_scale,
        province_taste_sigma=taste.sigma,
        consideration_base=taste.consideration,
        outside_utility=OUTSIDE,
        price_growth=0.0,
        price_response=0.0,
        cost_growth=0.0,
    )
    policy = worlds.unchanged(world)
    policy.levers.inspection_intensity = taste.inspection
    policy.levers.land_price_support = taste.support
    policy.sector_levers.priority[:, 0] = 1
    look_alike(first_choices(world, policy), expected_shares(taste))
