"""Who builds and sells a zone: nobody, the state or a private developer.

Written from docs/MODEL.md 9.2 to 9.5. For the zone itself see classic_zone.
"""

import math

import mesa

from sim.schema import codes


class Nobody(mesa.Agent):
    """Stands where a zone has no operator yet."""

    code = codes.NO_OPERATOR
    public = False

    def __init__(self, model, zone):
        super().__init__(model)
        self.zone = zone

    def own_compensation(self, due: float) -> float:
        """Return what the operator itself pays for clearance this month."""
        return 0.0

    def has_means_for(self, tranche) -> bool:
        """Return whether the next tranche can be paid."""
        return False

    def set_price(self) -> None:
        """Let the land price follow costs."""
        model = self.model
        self.zone.price = self.zone.start_price * model.level


class State(Nobody):
    """Builds with the money it is given and sells at cost."""

    code = codes.STATE
    public = True

    def has_means_for(self, tranche) -> bool:
        model = self.model
        return model.bound_bn_vnd < model.p.state_gate_years * model.levers.infrastructure_funding


class Developer(Nobody):
    """Builds where it pays and prices by the market."""

    code = codes.PRIVATE

    def own_compensation(self, due: float) -> float:
        model = self.model
        return model.p.operator_on_time_share * (1.0 - model.levers.clearance_advance) * due

    def has_means_for(self, tranche) -> bool:
        """Return whether the present value of a tranche covers the developer's cost."""
        zone, p = self.zone, self.model.p
        cost, public = zone.costs(tranche.gross_ha, tranche.leasable_ha)
        income = self.model.bn_per_ha(zone.price) * tranche.leasable_ha
        pace = max(zone.leased_lately(24) / 2.0, zone.lease_pace)
        years = p.payback_base_years + tranche.leasable_ha / (2.0 * pace)
        growth = math.log(1.0 + p.developer_discount_rate)
        return income * math.exp(-years * growth) >= (cost - public) * math.exp(
            -p.payback_cost_years * growth
        )

    def set_price(self) -> None:
        """Move the price with occupancy, never below cost."""
        zone, model, p = self.zone, self.model, self.model.p
        floor = (
            (zone.clearance_unit + zone.works_unit)
            * model.level
            * zone.gross_ha
            / zone.leasable_ha
            / model.bn_per_ha(1.0)
        )
        reference = p.price_occupancy_reference
        gap = zone.occupancy(reference) - reference
        growth = (p.price_growth + p.price_response * gap) / 12.0
        zone.price = max(floor, zone.price * math.exp(growth))


OPERATORS = (Nobody, State, Developer)  # by code
