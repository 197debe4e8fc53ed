"""A licensed project and the tenant it becomes (docs/MODEL.md 9.9 to 9.13).

How it came to look, choose and be licensed is in classic_investor.
"""

import math

import mesa

from sim import shocks
from sim.schema import codes
from tests.docking.classic_data import months_of_days, whole_months

STAGES = (codes.HAND_OVER, codes.PERMITS, codes.BUILDING, codes.STALLED)


class Project(mesa.Agent):
    """Land in a zone that is built on, operates, expands and may close."""

    sitting = False
    anchor = False
    zone = None
    first_choice = None
    reason = codes.NO_REASON
    gone_month = codes.NOBODY
    stage_end = open_month = idle_until = expansions = 0
    release_sum = exit_sum = expansion_sum = 0.0
    release_threshold = None

    def __init__(self, model, *, sector, origin: int, key: int, zone_key: int, number: int):
        super().__init__(model)
        self.row = model.next_row()
        self.sector = sector
        self.origin = origin
        self.key = key
        self.zone_key = zone_key
        self.number = number

    # --- luck and size ----------------------------------------------------------------------------

    def _uniform(self, purpose: int) -> float:
        return self.model.luck.uniform(purpose, self.key, 0, self.number)

    def _normal(self, purpose: int) -> float:
        return self.model.luck.normal(purpose, self.key, 0, self.number)

    def _exponential(self, purpose: int) -> float:
        return self.model.luck.exponential(purpose, self.key, self.zone_key, self.number)

    def _draw_fate(self) -> None:
        self.exit_threshold = self._exponential(shocks.EXIT)
        self.expansion_threshold = self._exponential(shocks.EXPANSION)

    def _take_land(self, land_ha: float) -> None:
        """Set the land it needs or holds."""
        self.land_ha = land_ha
        self.wastewater = land_ha * self.sector.wastewater_m3_ha_day

    def log(self, event: int, detail: int = 0) -> None:
        """Log an event of an investor in its zone."""
        self.model.log(self.row, self.zone.row, event, detail)

    def leave(self, reason: int) -> None:
        """Be gone."""
        self.stage = codes.GONE
        self.reason = reason
        self.gone_month = self.model.month
        self.model.gone(self, reason)
        place = self.zone or self.first_choice
        self.model.log(self.row, place.row if place else -1, codes.EVENT_GONE, reason)

    # --- construction -----------------------------------------------------------------------------

    def construct(self) -> None:
        """Move a licensed project on."""
        if self.stage == codes.STALLED:
            self._rest()
        elif self.model.month >= self.stage_end:
            self._next_stage()

    def _next_stage(self) -> None:
        model, p, levers = self.model, self.model.p, self.model.levers
        if self.stage == codes.BUILDING:
            self.stage = codes.OPERATING
            self.open_month = model.month
            self.zone.operating_ha += self.land_ha
            model.new_projects += 1
            self._draw_fate()
            self.log(codes.EVENT_OPENED)
        elif self.stage == codes.PERMITS:
            self.stage = codes.BUILDING
            spread = math.exp(p.building_sigma * self._normal(shocks.BUILDING))
            self.stage_end = model.month + whole_months(p.building_months * spread)
            self.log(codes.EVENT_BUILDING)
        elif self._uniform(shocks.LATE) < p.late_probability:
            self.stage = codes.STALLED
            self.stalled_month = model.month
            self.log(codes.EVENT_STALLED)
        else:
            self.stage = codes.PERMITS
            days = p.permit_days * levers.statutory_days * p.overrun
            if levers.one_stop:
                days *= p.one_stop_factor
            self.stage_end = model.month + months_of_days(days)
            self.log(codes.EVENT_PERMITS)

    def _rest(self) -> None:
        model, p = self.model, self.model.p
        self.release_sum += p.late_release_hazard / 12.0
        if self.release_threshold is None:
            self.release_threshold = self._exponential(shocks.LATE_RELEASE)
        limit = model.levers.revocation_months
        if self.release_sum >= self.release_threshold:
            self.zone.new_bad += 1.0
            self._give_back(codes.ABANDONED)
        elif limit > 0.0 and model.month - self.stalled_month >= limit:
            self._give_back(codes.REVOKED)

    def _give_back(self, reason: int) -> None:
        self.zone.release(leased_ha=self.land_ha, committed=self.wastewater)
        self.zone.count_tenant(self, -1)
        self.leave(reason)

    # --- operation --------------------------------------------------------------------------------

    def operate(self) -> None:
        """Maybe close, maybe expand."""
        model, p, zone = self.model, self.model.p, self.zone
        if self.anchor or model.month <= self.open_month:
            return
        age_years = (model.month - self.open_month) / 12.0
        strain = p.exit_wage_elasticity * self.sector.low_skill_share * zone.district.log_wage
        if zone.load > zone.capacity:
            strain += p.exit_overload
        strain -= p.exit_age * (age_years - p.exit_age_reference_years)
        hazard = p.exit_hazard / 12.0 * math.exp(strain)
        if model.month < zone.caught_until:
            hazard *= p.exit_fined_factor
        self.exit_sum += hazard
        if self.exit_sum >= self.exit_threshold:
            self._close()
            return
        self.expansion_sum += p.expansion_hazard / 12.0
        if self.expansion_sum >= self.expansion_threshold:
            self.expansions += 1
            self.expansion_threshold += self._exponential(shocks.EXPANSION + 1000 * self.expansions)
            self._expand(p.expansion_share * self.land_ha)

    def _close(self) -> None:
        zone = self.zone
        zone.release(operating_ha=self.land_ha)
        zone.idle_ha += self.land_ha
        zone.new_bad += 1.0
        self.idle_until = self.model.month + whole_months(self.model.p.reuse_months)
        self._give_back(codes.CLOSED)

    def _expand(self, more_ha: float) -> None:
        model, zone = self.model, self.zone
        if model.banned[self.sector.row] or self.capital_ha < model.levers.capital_floor:
            return
        if self._lacks_wastewater(zone, more_ha):
            return
        if zone.free_ha(model.p.residual_share) < more_ha:
            return
        self._take_land(self.land_ha + more_ha)
        zone.lease(more_ha)
        zone.operating_ha += more_ha
        zone.committed += more_ha * self.sector.wastewater_m3_ha_day
        self.log(codes.EVENT_EXPANDED, self.expansions)

    def _lacks_wastewater(self, zone, land_ha: float) -> bool:
        if not (self.model.levers.wastewater_first and self.sector.wet):
            return False
        return zone.capacity - zone.committed < self.sector.wastewater_m3_ha_day * land_ha

    def return_land(self) -> None:
        """Let the land of a closed tenant be let again."""
        self.zone.release(idle_ha=self.land_ha)
        self.idle_until = 0
        self.log(codes.EVENT_LAND_RETURNED)

    def produce(self) -> None:
        """Employ, drain and pay for a month."""
        model, p, zone, sector = self.model, self.model.p, self.zone, self.sector
        age = model.month - self.open_month
        ramp = max(0.0, min(1.0, (age + 1) / p.ramp_months))
        zone.jobs += self.land_ha * self.workers_ha * ramp
        zone.next_load += self.wastewater
        if self.anchor:
            return
        payment = sector.budget_bn_vnd_ha_year * self.land_ha * ramp
        if not zone.is_park:
            payment *= model.cluster_factor
        payment /= 12.0
        years = age / 12.0
        due = 1.0
        if years < self.free_years:
            due = 0.0
        elif years < self.free_years + self.half_years:
            due = 0.5
        forgone = payment * sector.profit_tax_share * (1.0 - due)
        rent = zone.rent_now * self.land_ha / 12.0
        zone.revenue_this_month += payment - forgone + rent
        zone.land_rent += rent
        zone.tax_forgone += forgone
