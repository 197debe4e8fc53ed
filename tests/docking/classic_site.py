"""The land of a zone: tranches, tenants, wastewater, reputation (docs/MODEL.md 8.2, 9.12, 9.14).

Its money and its operators are in classic_zone.
"""

import math

import mesa

from sim import shocks
from sim.schema import codes
from tests.docking.classic_data import added, plain, whole_months
from tests.docking.classic_operator import OPERATORS
from tests.docking.classic_record import BOOK
from tests.docking.classic_tranche import Tranche


class Site(mesa.Agent):
    """A park or cluster as land."""

    def __init__(self, model, row: int):
        super().__init__(model)
        data, p = plain(model.world.zones[row]), model.p
        self.row = row
        self.key = data.key
        self.kind = data.kind
        self.is_park = data.kind == codes.PARK
        self.district = model.districts[data.district]
        self.parent_row = data.parent
        self.gross_ha = data.gross_ha
        self.leasable_ha = data.leasable_ha
        self.permitted_sectors = data.permitted_sectors
        self.operator_from = data.operator_from
        self.log_km_expressway = math.log(1.0 + data.km_expressway)
        self.log_km_port = math.log(1.0 + data.km_port)
        self.start_price = self.price = data.start_price_usd_m2_term
        self.affinity_sign = 1.0 if self.is_park else -1.0
        park = self.is_park
        self.clearance_unit = (
            p.clearance_cost_park_bn_vnd_ha if park else p.clearance_cost_cluster_bn_vnd_ha
        )
        self.works_unit = p.works_cost_park_bn_vnd_ha if park else p.works_cost_cluster_bn_vnd_ha
        self.lease_pace = p.lease_pace_park_ha_year if park else p.lease_pace_cluster_ha_year
        self.operator = OPERATORS[data.operator](model, self)
        self.connected = data.connected
        self.capacity = data.capacity_m3_day
        self._blank()
        self._divide(data.serviced_ha)
        draw = model.luck.exponential
        self.entry_threshold = draw(shocks.OPERATOR_ENTRY, 0, self.key)
        self.inspection_threshold = draw(shocks.INSPECTION, 0, self.key)
        self.incident_threshold = draw(shocks.INCIDENT, 0, self.key)

    def _blank(self) -> None:
        """Set what is empty at month 0."""
        model, p = self.model, self.model.p
        self.reserved_ha = self.leased_ha = self.idle_ha = self.operating_ha = 0.0
        self.leased_cum_ha = 0.0
        self.leases = [0.0] * model.world.calendar.months  # gross leasing by month
        self.load = self.committed = self.jobs = 0.0
        self.tenants = 0
        self.sector_tenants = [0] * len(model.sectors)
        self.origin_tenants = [0, 0]
        self.log_sector_tenants = [0.0] * len(model.sectors)  # of 1 + their number
        self.log_origin_tenants = [0.0, 0.0]
        self.unmet_ha = self.wanted_ha = 0.0
        self.good, self.bad = p.reputation_start_good, p.reputation_start_bad
        self.new_good = self.new_bad = 0.0
        self.entry_sum = self.inspection_sum = self.incident_sum = 0.0
        self.inspections = self.incidents = self.caught_until = 0
        self.plant_target = self.plant_cost = self.plant_spent = 0.0
        self.public_clearance = self.public_connection = self.public_works = 0.0
        self.public_plant = self.public_cofinance = self.public_support = self.private = 0.0
        self.revenue = self.land_rent = self.tax_forgone = self.lease_income = 0.0
        self.capital = self.high_tech_ha = 0.0
        self.waiting = 0
        self.book = dict.fromkeys(BOOK, 0.0)
        self.asked = self.given = self.ask_connection = self.remaining = 0.0
        self.land_step = None

    def _divide(self, serviced_ha: float) -> None:
        """Divide the zone into tranches as of month 0."""
        p, world = self.model.p, self.model.world
        served = serviced_ha / self.leasable_ha
        self.serviced_ha = serviced_ha
        self.serviced_gross_ha = self.cleared_gross_ha = self.gross_ha * served
        self.tranches = []
        if serviced_ha > 0.0:
            self._add_tranche(self.serviced_gross_ha, serviced_ha, codes.SERVICED)
        gross = self.gross_ha - self.serviced_gross_ha
        if gross < p.tranche_min_ha:
            return
        size = p.tranche_gross_park_ha if self.is_park else p.tranche_gross_cluster_ha
        count = max(1, math.floor(gross / size + 0.5))
        for _ in range(count):
            leasable = (self.leasable_ha - serviced_ha) / count
            self._add_tranche(gross / count, leasable, codes.PLANNED)
        cleared_share = float(world.cleared_share_start[self.row])
        if serviced_ha > 0.0 and cleared_share > 0.0:
            tranche = self.tranches[1]
            tranche.stage = codes.IN_PROGRESS
            works_share = float(world.works_spent_share_start[self.row])
            tranche.begin_before_month_0(cleared_share, works_share)
            self.cleared_gross_ha += tranche.blocks_cleared * (tranche.gross_ha / tranche.blocks)

    def _add_tranche(self, gross_ha: float, leasable_ha: float, stage: int) -> None:
        order = len(self.tranches)
        self.tranches.append(Tranche(self, order, gross_ha, leasable_ha, stage))

    # --- small answers ----------------------------------------------------------------------------

    def begin_month(self) -> None:
        """Read the levers of the month."""
        model = self.model
        row = model.zone_levers[model.month]
        self.works_may_start = row.works_may_start[self.row]
        self.priority_rank = row.priority_rank[self.row]
        self.offered = row.offered[self.row]
        self.allowed = model.month >= self.works_may_start
        self.needs_plants = self.is_park or bool(model.levers.wastewater_first)
        self.land_step = None

    def occupancy(self, if_nothing_serviced: float) -> float:
        """Return leased over serviced land."""
        return self.leased_ha / self.serviced_ha if self.serviced_ha > 0.0 else if_nothing_serviced

    def free_ha(self, residual_share: float) -> float:
        """Return serviced land that can still be let."""
        usable = self.serviced_ha * (1.0 - residual_share)
        return usable - self.reserved_ha - self.leased_ha - self.idle_ha

    def leased_lately(self, months: int) -> float:
        """Return the land leased in the months before this one."""
        month = self.model.month
        return added(self.leases[max(0, month - months) : month])

    def lease(self, land_ha: float) -> None:
        """Count land as leased this month; in state zones it is paid at once."""
        model = self.model
        self.leased_ha += land_ha
        self.leases[model.month] += land_ha
        self.leased_cum_ha += land_ha
        if self.operator.public:
            self.lease_income += model.bn_per_ha(self.price) * land_ha

    def release(self, **amounts: float) -> None:
        """Take amounts off what is held; rounding leaves nothing below 0."""
        for name, amount in amounts.items():
            setattr(self, name, max(0.0, getattr(self, name) - amount))

    def count_tenant(self, investor, change: int) -> None:
        """Add or take off a tenant."""
        sector, origin = investor.sector.row, investor.origin
        self.tenants += change
        self.sector_tenants[sector] += change
        self.origin_tenants[origin] += change
        self.log_sector_tenants[sector] = math.log(1.0 + self.sector_tenants[sector])
        self.log_origin_tenants[origin] = math.log(1.0 + self.origin_tenants[origin])

    # --- environment and reputation ---------------------------------------------------------------

    def meet_inspector(self) -> None:
        """Suffer inspections and incidents where last month's load exceeds capacity."""
        if self.load <= self.capacity:
            return
        model, p, intensity = self.model, self.model.p, self.model.levers.inspection_intensity
        self.inspection_sum += p.inspection_base * intensity
        if self.inspection_sum >= self.inspection_threshold:
            self.inspections += 1
            self.caught_until = model.month + 1 + whole_months(p.fine_months)
            purpose = shocks.INSPECTION + 1000 * self.inspections
            self.inspection_threshold += model.luck.exponential(purpose, 0, self.key)
            model.log(-1, self.row, codes.EVENT_FINED, self.inspections)
        overload = min(p.incident_ratio_cap, self.load / max(1.0, self.capacity))
        self.incident_sum += p.incident_hazard / 12.0 * overload / math.sqrt(intensity)
        if self.incident_sum >= self.incident_threshold:
            self.incidents += 1
            purpose = shocks.INCIDENT + 1000 * self.incidents
            self.incident_threshold += model.luck.exponential(purpose, 0, self.key)
            self.new_bad += p.incident_bad
            model.log(-1, self.row, codes.EVENT_INCIDENT, self.incidents)

    def remember(self) -> None:
        """Forget some reputation and learn the month's."""
        memory = self.model.p.reputation_memory
        self.good = self.good * memory + self.new_good
        self.bad = self.bad * memory + self.new_bad
        self.new_good = self.new_bad = 0.0
