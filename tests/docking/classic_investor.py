"""An investor: appears, looks, files, waits for its licence (docs/MODEL.md 9.6 to 9.8).

What becomes of it once it is licensed is in classic_project.
"""

import math

from sim import shocks
from sim.schema import codes
from tests.docking.classic_data import months_of_days, whole_months
from tests.docking.classic_project import Project


class Investor(Project):
    """A candidate project, and the tenant it may become."""

    looks = wait_months = dossiers = leaves = next_look = 0
    wait_sum = leave_sum = leave_threshold = 0.0
    wait_threshold = None
    home = None
    strict = False
    clusters_only = False

    @classmethod
    def at_the_start(cls, model, data) -> "Investor":
        """Return a sitting tenant."""
        p = model.p
        investor = cls(
            model,
            sector=model.sectors[data.sector],
            origin=data.origin,
            key=data.shock_segment,
            zone_key=data.shock_zone,
            number=data.number,
        )
        investor.sitting = True
        investor.anchor = bool(data.anchor)
        investor.stage = codes.OPERATING
        investor.zone = investor.first_choice = zone = model.zones[data.zone]
        investor._take_land(data.land_ha)
        investor.capital_ha = data.capital_bn_vnd_ha
        investor.workers_ha = data.workers_ha
        investor.open_month = -int(p.sitting_open_months)
        investor.free_years, investor.half_years = p.holiday_free_years, p.holiday_half_years
        investor._draw_fate()
        zone.count_tenant(investor, 1)
        zone.leased_ha += investor.land_ha
        zone.operating_ha += investor.land_ha
        zone.load += investor.wastewater
        zone.committed += investor.wastewater
        return investor

    @classmethod
    def newcomer(cls, model, segment, arrival_time: float, number: int) -> "Investor":
        """Return a candidate that appears."""
        p, sector = model.p, segment.sector
        investor = cls(
            model,
            sector=sector,
            origin=segment.origin,
            key=segment.key,
            zone_key=0,
            number=number,
        )
        investor.stage = codes.LOOKING
        investor.arrival_time = arrival_time
        land = sector.land_median_ha * math.exp(sector.land_sigma * investor._normal(shocks.LAND))
        investor._take_land(min(p.land_max_ha, max(p.land_min_ha, land)))
        spread = math.exp(p.capital_sigma * investor._normal(shocks.CAPITAL))
        investor.capital_ha = sector.capital_bn_vnd_ha * spread
        investor.workers_ha = sector.workers_ha
        investor.clusters_only = segment.programme
        if segment.origin == codes.DOMESTIC:
            investor.home = model.home_district(investor._uniform(shocks.HOME))
        else:
            investor.strict = investor._uniform(shocks.STRICT) < p.strict_standard_share
        draws = model.luck
        investor.taste = p.province_taste_sigma * investor._normal(shocks.TASTE)
        investor.outside_gumbel = draws.gumbel(shocks.OUTSIDE, segment.key, 0, number)
        investor._known = {}  # luck of knowing a zone, by zone
        investor._gumbels = {}  # taste for a zone, by zone
        model.log(investor.row, -1, codes.EVENT_APPEARED, 0)
        return investor

    # --- looking ----------------------------------------------------------------------------------

    def wants_to_look(self) -> bool:
        """Wait another month, maybe give up; return whether it looks this month."""
        model = self.model
        if self.stage == codes.WAITING:
            self.wait_months += 1
            model.land_wait_months += 1
            self.wait_sum += 1.0 / model.p.patience_months
            if self.wait_threshold is None:
                self.wait_threshold = self._exponential(shocks.WAIT_PATIENCE)
            if self.wait_sum >= self.wait_threshold:
                self.leave(codes.NO_LAND)
                return False
        return model.month >= self.next_look

    def look(self) -> None:
        """Choose among the zones in view: apply, wait or leave."""
        first, feasible = self._choose()
        self.first_choice = first
        self.looks += 1
        if first is None:
            self.leave(codes.NEIGHBOURS)
            return
        if self.looks == 1:
            first.wanted_ha += self.land_ha
        obstacle = codes.NO_REASON if first is feasible else self._obstacle(first)
        if obstacle == codes.NO_LAND:
            first.unmet_ha += self.land_ha
        if feasible is not None:
            self._file(feasible)
        elif obstacle == codes.NO_LAND:
            self._wait(first)
        else:
            self.leave(obstacle)

    def _wait(self, first) -> None:
        """Wait for land in its first choice."""
        self.next_look = self.model.month + whole_months(self.model.p.look_again_months)
        if self.stage != codes.WAITING:
            self.stage = codes.WAITING
            self.model.log(self.row, first.row, codes.EVENT_WAITS, 0)

    def _choose(self):
        """Return the best zone in view, and the best that has no obstacle, each or None."""
        model, p, sector = self.model, self.model.p, self.sector
        announced = sector.announced_months(self.land_ha, model.levers.statutory_days)
        times = [
            p.beta_time
            * (p.lived_time_weight * office.lived_months + (1.0 - p.lived_time_weight) * announced)
            for office in model.offices
        ]
        intensity = model.levers.inspection_intensity
        fear = 0.0 if self.strict else p.beta_enforcement * sector.pollution * (intensity - 1.0)
        outside = p.outside_utility + p.outside_drift * model.years + self.outside_gumbel
        first = feasible = None
        first_value = feasible_value = outside
        scale, known, gumbels, origin = p.zone_scale, self._known, self._gumbels, self.origin
        for zone, common in model.window.utilities(sector, origin):
            if self.clusters_only and zone.is_park:
                continue
            draw = known.get(zone)
            if draw is None:
                draw = known[zone] = self._zone_draw(shocks.uniform, shocks.KNOWN, zone)
            if draw >= zone.known_share[origin]:
                continue
            gumbel = gumbels.get(zone)
            if gumbel is None:
                gumbel = gumbels[zone] = self._zone_draw(shocks.gumbel, shocks.GUMBEL, zone)
            value = scale * gumbel + self.taste + common - times[zone.kind]
            if zone.overloaded:
                value -= fear
            if zone.district is self.home:
                value += p.home_utility
            if value > first_value:
                first, first_value = zone, value
            if value > feasible_value and self._obstacle(zone) == codes.NO_REASON:
                feasible, feasible_value = zone, value
        return first, feasible

    def _zone_draw(self, draw, purpose: int, zone) -> float:
        """Return its luck with one zone."""
        luck = self.model.luck
        return draw(luck.seed, purpose, luck.replicate, self.key, zone.key, self.number)

    def _obstacle(self, zone) -> int:
        """Return what keeps it from a zone, as the reason for which it would leave."""
        model, sector = self.model, self.sector
        if model.banned[sector.row] or not zone.permitted_sectors & sector.bit:
            return codes.REFUSED_SECTOR
        if self.capital_ha < model.levers.capital_floor:
            return codes.CAPITAL_FLOOR
        if self._lacks_wastewater(zone, self.land_ha):
            return codes.WASTEWATER
        if not zone.on_offer or zone.free_ha(model.p.residual_share) < self.land_ha:
            return codes.NO_LAND
        return codes.NO_REASON

    # --- licensing --------------------------------------------------------------------------------

    def _file(self, zone) -> None:
        model, p, levers, sector = self.model, self.model.p, self.model.levers, self.sector
        spread = p.dossier_hours_sigma * self._normal(shocks.DOSSIER_HOURS)
        size = p.dossier_hours_land * math.log(1.0 + self.land_ha)
        hours = p.dossier_hours * math.exp(spread + size)
        if sector.polluting:
            hours *= p.environment_hours_factor * levers.appraisal_depth
        chance = min(codes.HIGHEST_CHANCE, p.rework_probability * levers.rework)
        rounds = 0
        if chance > 0.0:
            draw = self._uniform(shocks.REWORK)
            rounds = math.floor(math.log(draw) / math.log(chance))
        self.hours = hours * (1.0 + p.rework_hours_share * rounds)
        announced = sector.announced_months(self.land_ha, levers.statutory_days)
        self.required_months = announced + rounds * p.rework_months
        self.promised_months = sector.announced_months(self.land_ha, 1.0)
        self.leave_threshold += self._exponential(shocks.LEAVE + 1000 * self.leaves)
        self.stage = codes.APPLIED
        self.zone = zone
        self.applied_time = max(self.arrival_time, float(model.month))
        self.applied_month = model.month
        self.work_done_time = None
        self.dossiers += 1
        zone.reserved_ha += self.land_ha
        zone.committed += self.wastewater
        model.offices[zone.kind].file(self)
        self.log(codes.EVENT_APPLIED, self.dossiers)

    def has_fast_track(self) -> bool:
        """Return whether a class that is on this month fits."""
        model, levers = self.model, self.model.levers
        return bool(
            (levers.fast_track_large and self.land_ha >= model.p.large_project_ha)
            or (levers.fast_track_foreign and self.origin == codes.FOREIGN)
            or (levers.fast_track_priority and model.priority[self.sector.row])
        )

    def hear(self, waits: list[float]) -> None:
        """Be licensed, be refused, leave or go on waiting; a licence adds its wait to a list."""
        if not self._is_through():
            self._lose_patience()
            return
        model, p = self.model, self.model.p
        self.zone.release(reserved_ha=self.land_ha)
        if self.sector.polluting:
            chance = p.appraisal_refusal_share * (model.levers.appraisal_depth - 1.0)
            if self._uniform(shocks.APPRAISAL) < max(0.0, min(codes.HIGHEST_CHANCE, chance)):
                self.zone.release(committed=self.wastewater)
                self.leave(codes.APPRAISAL)
                return
        done = max(self.work_done_time, self.applied_time + self.required_months)
        waited = max(done, float(model.month)) - self.applied_time
        waits.append(waited)
        self._become_tenant(waited)

    def _is_through(self) -> bool:
        end = self.model.month + 1
        if self.work_done_time is None or self.work_done_time > end:
            return False
        if self.applied_time + self.required_months > end:
            return False
        return not (self.sector.wet and self.model.month < self.zone.caught_until)

    def _become_tenant(self, waited: float) -> None:
        model, p, zone = self.model, self.model.p, self.zone
        self.stage = codes.HAND_OVER
        self.stage_end = model.month + months_of_days(p.hand_over_days)
        self.free_years, self.half_years = model.holiday(zone.kind)
        zone.lease(self.land_ha)
        zone.count_tenant(self, 1)
        if model.priority[self.sector.row]:
            price = model.bn_per_ha(zone.price)
            zone.public_support += model.levers.land_price_support * price * self.land_ha
        if waited <= (self.promised_months + p.promise_slack_months) * (1.0 + 1e-12):
            zone.new_good += 1.0
        else:
            zone.new_bad += 1.0
        model.count_licence(zone, waited)
        self.log(codes.EVENT_LICENSED)

    def _lose_patience(self) -> None:
        model, p, zone = self.model, self.model.p, self.zone
        waited = model.month + 1 - self.applied_time
        late = max(0.0, waited - self.promised_months)
        self.leave_sum += (
            late / max(p.promise_floor_months, self.promised_months) / p.patience_months
        )
        if self.leave_sum < self.leave_threshold:
            return
        zone.release(reserved_ha=self.land_ha, committed=self.wastewater)
        zone.new_bad += 1.0
        model.offices[zone.kind].withdraw(self)
        self.leaves += 1
        self.log(codes.EVENT_LEFT_PROCEDURE, self.leaves)
        if self._uniform(shocks.LEAVE_FOR_GOOD) < p.leave_for_good_share:
            self.leave(codes.PROCEDURES)
            return
        self.stage = codes.LOOKING
        self.zone = None
        self.next_look = model.month + whole_months(p.look_again_months)
