"""A zone asks for money, spends it, finds an operator, starts tranches (docs/MODEL.md 9.2, 9.5).

Its land is in classic_site, its tranches in classic_tranche, what an operator decides in
classic_operator.
"""

import math

from sim.schema import codes
from tests.docking.classic_data import reached
from tests.docking.classic_operator import Developer, Nobody, State
from tests.docking.classic_site import Site
from tests.docking.classic_tranche import Tranche


class Zone(Site):
    """One park or cluster."""

    # --- funding ----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for a month's public money."""
        self.asked = self.given = self.ask_connection = self.remaining = 0.0
        if not self.allowed:
            for tranche in self.tranches:
                tranche.ask_nothing()
            return
        model, p = self.model, self.model.p
        cost = p.connection_cost_bn_vnd_ha * self.gross_ha * model.level
        left = 1.0 - self.connected
        if left > codes.ROUNDING:
            self.ask_connection = min(cost / p.connection_months, cost * left)
        self.asked = self.ask_connection
        self.remaining = max(0.0, cost * left)
        for tranche in self.tranches:
            asked, remaining = tranche.ask()
            self.asked += asked
            self.remaining += remaining

    def spend(self) -> float:
        """Divide the gift by purpose; return what could not be used."""
        left = self.given
        if left <= 0.0:
            return 0.0
        for tranche in self.tranches:
            tranche.given_clearance = min(left, tranche.ask_clearance)
            left -= tranche.given_clearance
        connection = min(left, self.ask_connection)
        if connection > 0.0:
            left -= connection
            cost = self.model.p.connection_cost_bn_vnd_ha * self.gross_ha * self.model.level
            self.connected = min(1.0, self.connected + connection / cost)
            self.public_connection += connection
        for tranche in self.tranches:
            tranche.given_works = min(left, tranche.ask_works)
            left -= tranche.given_works
        for tranche in self.tranches:
            tranche.given_plant = min(left, tranche.ask_plant)
            left -= tranche.given_plant
        for tranche in self.tranches:
            tranche.given_cofinance = min(left, tranche.ask_cofinance)
            left -= tranche.given_cofinance
        self.given -= left
        return left

    def missing_plant_key(self, purse_bn_vnd: float) -> float | None:
        """Return what is left to pay of a plant for serviced land, None if there is none."""
        if self.plant_spent > 0.0:
            return self.plant_cost - self.plant_spent
        if self.serviced_ha > 0.0 and self.capacity <= 0.0 and purse_bn_vnd > 0.0:
            model = self.model
            self.plant_target = self.serviced_ha * model.mean_wastewater
            self.plant_cost = self.plant_target * model.p.plant_cost_bn_vnd_m3_day * model.level
            return self.plant_cost
        return None

    def pay_missing_plant(self, left: float) -> float:
        """Pay a month of the missing plant from the wastewater purse; return what was paid."""
        month = min(self.plant_cost / self.model.p.plant_months, self.plant_cost - self.plant_spent)
        paid = min(left, max(0.0, month))
        self.plant_spent += paid
        self.public_plant += paid
        return paid

    def finish_missing_plant(self) -> None:
        """Open a missing plant that is paid up."""
        if self.plant_spent > 0.0 and reached(self.plant_spent, self.plant_cost):
            self.capacity += self.plant_target
            self.plant_target = self.plant_cost = self.plant_spent = 0.0
            self.new_good += self.model.p.plant_good
            self.model.log(-1, self.row, codes.EVENT_PLANT_BUILT, 0)

    # --- operators --------------------------------------------------------------------------------

    def costs(self, gross_ha: float, leasable_ha: float) -> tuple[float, float]:
        """Return the cost of opening land now, and the public part of it."""
        model, p, levers = self.model, self.model.p, self.model.levers
        compensation = gross_ha * model.level * self.clearance_unit
        works = gross_ha * model.level * self.works_unit
        plant = 0.0
        if self.needs_plants:
            flow = leasable_ha * model.mean_wastewater
            plant = flow * p.plant_cost_bn_vnd_m3_day * model.level
        public = levers.clearance_advance * compensation + levers.cofinance_share * works
        return compensation + works + plant, public

    def find_operator(self) -> None:
        """Let a developer or the state take the zone."""
        vacant = self.operator.code == codes.NO_OPERATOR
        on_sale = self.offered and self.operator.code == codes.STATE and self.leased_ha <= 0.0
        if not self.allowed or not (vacant or on_sale):
            return
        if self.operator_from >= 0:
            if self.model.month >= self.operator_from:
                self._take(Developer, codes.EVENT_OPERATOR_PRIVATE)
            return
        self.entry_sum += self._entry_hazard()
        if self.entry_sum >= self.entry_threshold:
            self._take(Developer, codes.EVENT_OPERATOR_PRIVATE)
        elif vacant and (
            self.model.month - self.works_may_start >= self.model.levers.state_steps_in
        ):
            self._take(State, codes.EVENT_OPERATOR_STATE)

    def _take(self, operator: type[Nobody], event: int) -> None:
        self.operator.remove()
        self.operator = operator(self.model, self)
        self.model.log(-1, self.row, event, 0)

    def _entry_hazard(self) -> float:
        model, p = self.model, self.model.p
        gross = self.gross_ha - self.serviced_gross_ha
        leasable = self.leasable_ha - self.serviced_ha
        margin = p.margin_lo
        if gross > 0.0:
            cost, public = self.costs(gross, leasable)
            income = p.operator_price_share * model.bn_per_ha(self.price) * leasable
            margin = (income - cost + public) / cost - p.developer_hurdle
            margin -= p.connection_penalty * (1.0 - self.connected)
            margin = min(p.margin_hi, max(p.margin_lo, margin))
        fullness = min(1.0, model.kind_occupancy[self.kind] / p.entry_occupancy_reference)
        promotion = model.levers.operator_promotion
        return p.operator_entry_hazard / 12.0 * promotion * fullness * math.exp(margin)

    def start_tranche(self) -> None:
        """Start the first planned tranche if it is time."""
        if self.operator.code == codes.NO_OPERATOR or not self.allowed:
            return
        planned = next((t for t in self.tranches if t.stage == codes.PLANNED), None)
        if planned is None or not self._may_start(planned):
            return
        planned.start()
        if self.operator.public:
            self.model.bound_bn_vnd += planned.still_costs()

    def _may_start(self, tranche: Tranche) -> bool:
        p, rule = self.model.p, self.model.levers.expansion_rule
        if self.parent_row >= 0:
            parent = self.model.zones[self.parent_row]
            if parent.occupancy(0.0) < rule or parent.capacity <= 0.0:
                return False
        if tranche.order == 0 and self.serviced_ha <= 0.0:
            return True
        if not self.operator.public and any(t.in_progress for t in self.tranches):
            return False
        wanted = max(p.free_land_floor_ha, p.free_land_years * self.leased_lately(12))
        if self.free_ha(0.0) >= wanted or self.occupancy(1.0) < rule:
            return False
        return self.operator.has_means_for(tranche)
