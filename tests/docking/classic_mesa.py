"""The model as an ordinary Mesa program: agents as objects, one step a month, nothing compiled.

Written from docs/MODEL.md alone, by a second hand, to prove that the document says what the engine
does, and to measure what the engine's tables are worth. It shares with the engine the data, the
names and the draws by address, no rule and no schedule. Compared by tests/docking/compare.py.
"""

import math
from types import SimpleNamespace

import mesa

from sim.schema import codes
from sim.world import parameter_vector
from tests.docking.classic_data import Demand, Luck, Sector, added, plain, segments_of
from tests.docking.classic_investor import Investor
from tests.docking.classic_office import District, Office
from tests.docking.classic_project import STAGES
from tests.docking.classic_purse import Purse
from tests.docking.classic_record import Register
from tests.docking.classic_window import Window
from tests.docking.classic_zone import Zone


class ClassicModel(mesa.Model):
    """A province; `step` is a month."""

    def __init__(self, world, policy, parameters=None, *, seed: int, replicate: int = 0):
        super().__init__(rng=0)  # Mesa's own generator is never used: luck is drawn by address
        table = parameter_vector(world) if parameters is None else parameters
        self.p = plain(table[0])
        self.world = world
        self.luck = Luck(seed, replicate)
        self.month = -1
        self.events = []
        self.month_levers = [plain(row) for row in policy.levers]
        self.zone_levers = [_lists(row) for row in policy.zone_levers]
        self.sector_levers = [_lists(row) for row in policy.sector_levers]
        self._count_from_zero()
        self._settle()

    def _count_from_zero(self) -> None:
        self.rows = self.candidates = self.new_projects = 0
        self.gone_by_reason = [0] * len(codes.REASONS)
        self.sitting_closed = self.approvals = self.approvals_parks = 0
        self.waited_months = 0.0
        self.land_wait_months = 0
        self.anchor_revenue = self.anchor_duties = 0.0
        self.revenue_this_year = 0.0
        self.bound_bn_vnd = 0.0

    def _settle(self) -> None:
        """Put up the province as of month 0."""
        world, p = self.world, self.p
        self.sectors = [Sector(s, row, p) for s, row in enumerate(world.sectors)]
        shares = [sector.arrival_share for sector in self.sectors]
        self.sector_weights = [share / added(shares) for share in shares]
        self.mean_wastewater = added(
            weight * sector.wastewater_m3_ha_day
            for weight, sector in zip(self.sector_weights, self.sectors, strict=True)
        )
        self.segments = segments_of(world, self.sectors, self.luck)
        self.districts = [District(self, d) for d in range(len(world.districts))]
        self.zones = [Zone(self, z) for z in range(len(world.zones))]
        for zone in self.zones:
            zone.district.zones.append(zone)
        self.offices = (Office(self, codes.PARK), Office(self, codes.CLUSTER))
        self.investors = [Investor.at_the_start(self, plain(row)) for row in world.tenants]
        self.looking = []
        self._weigh_clusters()
        self.demand = Demand(self)
        self.purse = Purse(self)
        self.window = Window(self)
        self.register = Register(self)

    def _weigh_clusters(self) -> None:
        """Set the factor that makes clusters pay what they paid, and last year's revenue."""
        p = self.p
        parks = clusters = rent = 0.0
        for tenant in self.investors:
            if tenant.anchor:
                continue
            payment = tenant.sector.budget_bn_vnd_ha_year * tenant.land_ha
            if tenant.zone.is_park:
                parks += payment
            else:
                clusters += payment
            rent += self.rent_ha(tenant.zone) * tenant.land_ha
        self.cluster_factor = 1.0
        if p.cluster_budget_bn_vnd > 0.0 and clusters > 0.0:
            self.cluster_factor = p.cluster_budget_bn_vnd / clusters
        self.revenue_last_year = parks + clusters * self.cluster_factor + rent

    # --- what agents ask of the province ----------------------------------------------------------

    def next_row(self) -> int:
        """Return the place of the next investor in order of appearance."""
        self.rows += 1
        return self.rows - 1

    def log(self, investor: int, zone: int, event: int, detail: int) -> None:
        """Write an event down."""
        self.events.append((self.month, investor, zone, event, detail))

    def gone(self, investor, reason: int) -> None:
        """Count one that is gone."""
        if investor.sitting:
            self.sitting_closed += reason == codes.CLOSED
        else:
            self.gone_by_reason[reason] += 1

    def count_licence(self, zone, waited: float) -> None:
        """Count a licence."""
        self.approvals += 1
        self.approvals_parks += zone.is_park
        self.waited_months += waited

    def bn_per_ha(self, price: float) -> float:
        """Return a price per m2 in bn VND per ha."""
        return price * self.p.exchange_rate * codes.M2_PER_HA / codes.VND_PER_BN

    def rent_ha(self, zone) -> float:
        """Return a year's land rent of a ha."""
        return self.bn_per_ha(zone.price) * self.p.land_table_share * self.p.land_rent_share

    def holiday(self, kind: int) -> tuple[float, float]:
        """Return free and half years of a licence of this month."""
        calendar, levers = self.world.calendar, self.levers
        free, half = self.p.holiday_free_years, self.p.holiday_half_years
        years = self.p.holiday_ends_year - calendar.start_year
        end = math.ceil(years * 12.0 - (calendar.start_month - 1) - 1e-6)
        if kind == codes.PARK and self.month >= end:
            free = half = 0.0
        if levers.tax_free_years >= 0.0:
            free = levers.tax_free_years
        if levers.tax_half_years >= 0.0:
            half = levers.tax_half_years
        return free, half

    def home_district(self, draw: float):
        """Return the district in which a share of the population, counted by row, lies."""
        whole = added(district.population for district in self.districts)
        people = 0.0
        for district in self.districts:
            people += district.population
            if people > draw * whole:
                return district
        return self.districts[-1]

    # --- a month ----------------------------------------------------------------------------------

    def step(self) -> None:
        """Run one month."""
        self._begin_month()
        self.demand.step()
        self.purse.step()
        for zone in self.zones:
            for tranche in zone.tranches:
                if tranche.stage != codes.PLANNED:
                    tranche.clear()
        self._build()
        self._move_operators()
        self._receive()
        self._choose()
        for office in self.offices:
            office.step()
        for investor in self.investors:
            if investor.stage in STAGES:
                investor.construct()
        self._operate()
        for district in self.districts:
            district.step()
        for zone in self.zones:
            zone.meet_inspector()
        self._close_books()
        for zone in self.zones:
            zone.remember()
        self.register.step()
        self._forget_the_gone()

    def _begin_month(self) -> None:
        self.month += 1
        self.years = self.month / 12.0
        self.ends_year = (self.world.calendar.start_month + self.month) % 12 == 0
        self.levers = self.month_levers[self.month]
        self.banned = self.sector_levers[self.month].banned
        self.priority = self.sector_levers[self.month].priority
        self.fast_track = bool(
            self.levers.fast_track_large
            or self.levers.fast_track_foreign
            or self.levers.fast_track_priority
        )
        self.level = math.exp(self.p.cost_growth * self.years)
        for zone in self.zones:
            zone.begin_month()

    def _build(self) -> None:
        for zone in self.zones:
            zone.finish_missing_plant()
        for zone in self.zones:
            for tranche in zone.tranches:
                if tranche.stage != codes.PLANNED:
                    tranche.build()

    def _move_operators(self) -> None:
        self.kind_occupancy = [self._occupancy(kind) for kind in (codes.PARK, codes.CLUSTER)]
        self.bound_bn_vnd = added(
            tranche.still_costs()
            for zone in self.zones
            if zone.operator.public
            for tranche in zone.tranches
            if tranche.in_progress
        )
        for zone in self.zones:
            zone.find_operator()
            zone.start_tranche()
            if self.month > 0:
                zone.operator.set_price()

    def _occupancy(self, kind: int) -> float:
        serviced = added(zone.serviced_ha for zone in self.zones if zone.kind == kind)
        leased = added(zone.leased_ha for zone in self.zones if zone.kind == kind)
        return leased / serviced if serviced > 0.0 else 0.0

    def _receive(self) -> None:
        """Gather those who look: who waits or looks again, then newcomers."""
        seekers = (i for i in self.investors if i.stage in (codes.LOOKING, codes.WAITING))
        self.looking = [investor for investor in seekers if investor.wants_to_look()]
        appearing = []
        for segment in self.segments:
            appearing += segment.arrivals(self.month + 1, self.demand.rate(segment))
        for time, g, number in sorted(appearing):
            newcomer = Investor.newcomer(self, self.segments[g], time, number)
            self.candidates += 1
            self.investors.append(newcomer)
            self.looking.append(newcomer)

    def _choose(self) -> None:
        fading = 1.0 - 1.0 / self.p.unmet_memory_months
        for zone in self.zones:
            zone.unmet_ha *= fading
        if self.looking:
            self.window.dress()
        for investor in self.looking:
            investor.look()

    def _operate(self) -> None:
        """Let tenants close, expand, employ and pay."""
        for zone in self.zones:
            zone.jobs = zone.next_load = zone.revenue_this_month = 0.0
            zone.rent_now = self.rent_ha(zone)
        for investor in self.investors:
            if investor.stage == codes.OPERATING:
                investor.operate()
                if investor.stage == codes.OPERATING:
                    investor.produce()
            elif investor.idle_until and self.month >= investor.idle_until:
                investor.return_land()

    def _close_books(self) -> None:
        """Take over the load of the month and count its revenue."""
        for zone in self.zones:
            zone.load = zone.next_load
            zone.revenue += zone.revenue_this_month
            self.revenue_this_year += zone.revenue_this_month
        cars = float(self.world.anchor_cars[self.month]) * self.levers.anchor_output
        self.anchor_revenue += cars * self.p.anchor_tax_bn_vnd_car
        self.anchor_duties += cars * self.p.anchor_tax_bn_vnd_car * self.p.anchor_duty_share
        if self.ends_year:
            self.revenue_last_year, self.revenue_this_year = self.revenue_this_year, 0.0

    def _forget_the_gone(self) -> None:
        """Follow only those that are there or whose land is idle."""
        for investor in self.investors:
            if investor.stage == codes.GONE and not investor.idle_until:
                investor.remove()
        self.investors = [i for i in self.investors if i.stage != codes.GONE or i.idle_until]

    def run(self) -> None:
        """Run all months."""
        for _ in range(self.world.calendar.months):
            self.step()


def _lists(row) -> SimpleNamespace:
    """Return one month of a table of levers by place, each column as a list."""
    return SimpleNamespace(**{name: row[name].tolist() for name in row.dtype.names})
