"""What zones show to those who look, once a month (docs/MODEL.md 9.7)."""

import math

from sim.schema import codes


class Window:
    """The zones in view this month and the part of their utility that is common to many."""

    def __init__(self, model):
        self.model = model
        self.zones = []
        self._common = {}

    def dress(self) -> None:
        """Take down what every zone in view shows this month."""
        model, p, levers = self.model, self.model.p, self.model.levers
        promotion = (levers.promotion_domestic, levers.promotion_foreign)
        unaware = math.log(1.0 - p.consideration_base)
        reference = p.price_ref_usd_m2_term * math.exp(p.price_growth * model.years)
        self._common.clear()
        self.zones = []
        for zone in model.zones:
            open_tranche = any(t.in_progress for t in zone.tranches)
            supply = zone.serviced_ha > 0.0 or open_tranche
            zone.on_offer = zone.operator.code != codes.NO_OPERATOR and supply
            if not (zone.on_offer or zone.allowed):
                continue
            self.zones.append(zone)
            zone.known_share = [
                1.0 - math.exp(promotion[origin] * self._reach(zone, origin) * unaware)
                for origin in (codes.DOMESTIC, codes.FOREIGN)
            ]
            zone.overloaded = zone.load >= zone.capacity
            zone.log_price = math.log(zone.price / reference)
            zone.log_price_supported = math.log(
                zone.price * (1.0 - levers.land_price_support) / reference
            )
            zone.common = self._shared(zone)

    def _reach(self, zone, origin: int) -> float:
        return math.exp(self.model.p.consideration_tenants * zone.log_origin_tenants[origin])

    def _shared(self, zone) -> float:
        """Return the utility that a zone has for everyone alike."""
        p = self.model.p
        weight = p.quality_connection_weight
        connection = p.quality_unconnected + (1.0 - p.quality_unconnected) * zone.connected
        water = 1.0 if zone.capacity > zone.load else p.quality_no_plant
        quality = math.exp(weight * math.log(connection) + (1.0 - weight) * math.log(water))
        utility = p.beta_quality * quality - p.beta_expressway * zone.log_km_expressway
        if zone.operator.code == codes.PRIVATE:
            utility += p.beta_private_operator
        share = zone.good / (zone.good + zone.bad)
        return utility + p.beta_reputation * (share - p.reputation_reference)

    def utilities(self, sector, origin: int) -> list:
        """Return zone and common utility of every zone in view, for a sector and an origin."""
        found = self._common.get((sector.row, origin))
        if found is None:
            found = [(zone, self._utility(zone, sector, origin)) for zone in self.zones]
            self._common[sector.row, origin] = found
        return found

    def _utility(self, zone, sector, origin: int) -> float:
        model, p = self.model, self.model.p
        supported = model.priority[sector.row]
        log_price = zone.log_price_supported if supported else zone.log_price
        return (
            zone.common
            - p.beta_price * log_price
            - sector.wage_weight * zone.district.log_wage
            + p.beta_own_sector * zone.log_sector_tenants[sector.row]
            + p.beta_same_origin * zone.log_origin_tenants[origin]
            - p.beta_port * sector.export_share * zone.log_km_port
            + zone.affinity_sign * sector.park_affinity
        )
