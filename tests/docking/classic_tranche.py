"""A tranche: land that is cleared, built and opened together (docs/MODEL.md 8.2, 9.2 to 9.4)."""

import math

import mesa

from sim import shocks
from sim.schema import codes
from tests.docking.classic_data import reached


class Tranche(mesa.Agent):
    """A piece of a zone: planned, in progress or serviced."""

    def __init__(self, zone, order: int, gross_ha: float, leasable_ha: float, stage: int):
        super().__init__(zone.model)
        self.zone = zone
        self.order = order
        self.gross_ha = gross_ha
        self.leasable_ha = leasable_ha
        self.stage = stage
        self.blocks = max(1, math.floor(gross_ha / self.model.p.block_gross_ha + 0.5))
        self.blocks_cleared = self.blocks if stage == codes.SERVICED else 0
        self.start_month = 0
        self.clearance_sum = 0.0
        self.compensation = self.held_public = self.held_private = self.owed = 0.0
        self.works_cost = self.works_done = self.works_spent = 0.0
        self.plant_cost = self.plant_spent = self.plant_m3_day = 0.0
        self.plant_built = stage == codes.SERVICED
        self.idle_months = 0
        self.due = self.plan_works = self.plan_plant = 0.0
        self.ask_clearance = self.ask_works = self.ask_plant = self.ask_cofinance = 0.0
        self.given_clearance = self.given_works = self.given_plant = self.given_cofinance = 0.0
        self._stubbornness = None

    @property
    def in_progress(self) -> bool:
        return self.stage == codes.IN_PROGRESS

    @property
    def cleared_share(self) -> float:
        return self.blocks_cleared / self.blocks

    @property
    def builds_plant(self) -> bool:
        return not self.plant_built and self.zone.needs_plants

    def begin_before_month_0(self, cleared_share: float, works_share: float) -> None:
        """Put a tranche in progress as the data find it."""
        self._set_costs(level=1.0)
        self.blocks_cleared = math.floor(cleared_share * self.blocks + 0.5)
        self.works_done = self.works_spent = works_share * self.works_cost

    def start(self) -> None:
        """Begin clearance and works this month."""
        self.stage = codes.IN_PROGRESS
        self.start_month = self.model.month
        self._set_costs(self.model.level)
        self.model.log(-1, self.zone.row, codes.EVENT_TRANCHE_STARTED, self.order)

    def _set_costs(self, level: float) -> None:
        p, zone = self.model.p, self.zone
        normal = self.model.luck.normal(shocks.OVERRUN, self.order, zone.key)
        overrun = math.exp(p.works_overrun_sigma * normal)
        self.compensation = self.gross_ha * zone.clearance_unit * level
        self.works_cost = self.gross_ha * zone.works_unit * level * overrun
        self.plant_m3_day = self.leasable_ha * self.model.mean_wastewater
        self.plant_cost = self.plant_m3_day * p.plant_cost_bn_vnd_m3_day * level

    def still_costs(self) -> float:
        """Return what is not paid yet of compensation, works and plant."""
        uncleared = self.compensation * (1.0 - self.cleared_share)
        cost = max(0.0, uncleared + self.owed - self.held_public - self.held_private)
        cost += max(0.0, self.works_cost - self.works_done)
        if self.builds_plant:
            cost += max(0.0, self.plant_cost - self.plant_spent)
        return cost

    def unfinished(self) -> float:
        """Return the money that lies in a tranche in progress."""
        paid = self.compensation * self.cleared_share - self.owed
        return paid + self.works_spent + self.plant_spent

    # --- funding ----------------------------------------------------------------------------------

    def ask_nothing(self) -> None:
        """Put the month's plans, asks and gifts to 0."""
        self.due = self.plan_works = self.plan_plant = 0.0
        self.ask_clearance = self.ask_works = self.ask_plant = self.ask_cofinance = 0.0
        self.given_clearance = self.given_works = self.given_plant = self.given_cofinance = 0.0

    def ask(self) -> tuple[float, float]:
        """Plan the month; return what is asked for and what public money is still to come."""
        self.ask_nothing()
        if self.stage == codes.PLANNED:
            return 0.0, 0.0
        p, levers = self.model.p, self.model.levers
        cleared = self.cleared_share
        uncleared = self.compensation * (1.0 - cleared)
        held = self.held_public + self.held_private
        self.due = self.owed
        lacking = uncleared - held
        if lacking > uncleared * codes.ROUNDING:
            self.due += min(uncleared * levers.clearance_effort / p.clearance_months, lacking)
        unpaid = max(0.0, uncleared + self.owed - held)
        works_left = plant_left = 0.0
        if self.in_progress:
            self.plan_works = self._possible(self.works_cost, self.works_done, p.works_months)
            works_left = max(0.0, self.works_cost - self.works_done)
        if self.builds_plant:
            self.plan_plant = self._possible(self.plant_cost, self.plant_spent, p.plant_months)
            plant_left = max(0.0, self.plant_cost - self.plant_spent)
        if self.zone.operator.public:
            self.ask_clearance = self.due
            self.ask_works = self.plan_works
            self.ask_plant = self.plan_plant
            remaining = unpaid + works_left + plant_left
        else:
            self.ask_clearance = levers.clearance_advance * self.due
            self.ask_cofinance = levers.cofinance_share * self.plan_works
            remaining = levers.clearance_advance * unpaid + levers.cofinance_share * works_left
        asked = self.ask_clearance + self.ask_works + self.ask_plant + self.ask_cofinance
        return asked, remaining

    def _possible(self, cost: float, done: float, months: float) -> float:
        """Return what can be built this month on the land that is cleared."""
        left = cost * self.cleared_share - done
        return 0.0 if left <= cost * codes.ROUNDING else min(cost / months, left)

    # --- clearance --------------------------------------------------------------------------------

    def clear(self) -> None:
        """Take compensation in, clear blocks, pay households."""
        zone = self.zone
        own = zone.operator.own_compensation(self.due)
        self.held_public += self.given_clearance
        self.held_private += own
        zone.private += own
        if zone.allowed and self.blocks_cleared < self.blocks:
            share = min(1.0, (self.given_clearance + own) / self.due) if self.due > 0.0 else 1.0
            self._clear_blocks(share)
        self._pay_households()

    def _clear_blocks(self, share: float) -> None:
        model, zone = self.model, self.zone
        pace = model.levers.clearance_effort / model.p.clearance_months
        self.clearance_sum += pace * share
        if self._stubbornness is None:
            draw = model.luck.exponential
            first = self.blocks_cleared
            self._stubbornness = [
                draw(shocks.BLOCK, self.order, zone.key, n) for n in range(first, self.blocks)
            ]
            self._stubbornness.sort(reverse=True)
        cleared = 0
        while self._stubbornness and self._stubbornness[-1] <= self.clearance_sum:
            self._stubbornness.pop()
            cleared += 1
            self.owed += self.compensation / self.blocks
            zone.cleared_gross_ha += self.gross_ha / self.blocks
        if cleared:
            self.blocks_cleared += cleared
            model.log(-1, zone.row, codes.EVENT_BLOCK_CLEARED, cleared)

    def _pay_households(self) -> None:
        held = self.held_public + self.held_private
        paid = min(self.owed, held)
        if paid <= 0.0:
            return
        public = paid * self.held_public / held
        self.held_public = max(0.0, self.held_public - public)
        self.held_private = max(0.0, self.held_private - (paid - public))
        self.owed = max(0.0, self.owed - paid)
        self.zone.public_clearance += public

    # --- works ------------------------------------------------------------------------------------

    def build(self) -> None:
        """Build works and plant; open when all is done."""
        if self.in_progress:
            self._build_works()
        if not self.plant_built:
            self._build_plant()
        if self.in_progress:
            self._open_or_be_late()

    def _build_works(self) -> None:
        zone, p = self.zone, self.model.p
        if zone.operator.public:
            built = self.given_works
            zone.public_works += built
        else:
            private = self.plan_works - self.given_cofinance
            built = self.given_cofinance + private
            zone.public_cofinance += self.given_cofinance
            zone.private += private
        if built > 0.0:
            self.works_done += built
            self.works_spent += built
            self.idle_months = 0
        elif self.works_done > 0.0 and self.plan_works > 0.0:
            self.idle_months += 1
            if self.idle_months >= p.idle_grace_months:
                self.works_done *= 1.0 - p.idle_decay
            if self.idle_months % math.ceil(p.works_idle_months) == 0:
                zone.new_bad += 1.0

    def _build_plant(self) -> None:
        zone, model = self.zone, self.model
        if zone.operator.public:
            built = self.given_plant
            zone.public_plant += built
        else:
            built = self.plan_plant
            zone.private += built
        if built <= 0.0:
            return
        self.plant_spent += built
        if reached(self.plant_spent, self.plant_cost):
            self.plant_built = True
            zone.capacity += self.plant_m3_day
            zone.new_good += model.p.plant_good
            model.log(-1, zone.row, codes.EVENT_PLANT_BUILT, 1)

    def _open_or_be_late(self) -> None:
        zone, model = self.zone, self.model
        ready = self.blocks_cleared == self.blocks and reached(self.works_done, self.works_cost)
        if ready and (self.plant_built or not model.levers.wastewater_first):
            self.stage = codes.SERVICED
            zone.serviced_ha += self.leasable_ha
            zone.serviced_gross_ha += self.gross_ha
            zone.new_good += 1.0
            model.log(-1, zone.row, codes.EVENT_TRANCHE_SERVICED, self.order)
            return
        late = model.month - self.start_month - math.ceil(model.p.land_late_months)
        if late >= 0 and late % 12 == 0:
            zone.new_bad += 1.0
