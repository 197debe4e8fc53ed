"""The public purse: who gets how much (docs/MODEL.md 9.2)."""

import math

from sim.schema import codes
from tests.docking.classic_data import added


class Purse:
    """Public money of a month, what is carried over and what lapses at the year's end."""

    def __init__(self, model):
        self.model = model
        self.received = self.carried = self.carried_wastewater = self.unspent = 0.0
        self.asked = self.given = 0.0

    def step(self) -> None:
        """Let zones ask, give, and pay missing plants."""
        model, levers = self.model, self.model.levers
        reinvested = levers.reinvestment_share * model.p.province_share * model.revenue_last_year
        money = (levers.infrastructure_funding + reinvested) / 12.0
        for zone in model.zones:
            zone.ask()
        available = self.carried + money
        self._give(available)
        self.carried = max(0.0, available - added(zone.given for zone in model.zones))
        for zone in model.zones:
            self.carried += zone.spend()
        self.asked = added(zone.asked for zone in model.zones)
        self.given = added(zone.given for zone in model.zones)
        wastewater = levers.wastewater_funding / 12.0
        self._pay_missing_plants(self.carried_wastewater + wastewater)
        self.received += money + wastewater
        if model.ends_year:
            self.unspent += self.carried + self.carried_wastewater
            self.carried = self.carried_wastewater = 0.0

    def _give(self, available: float) -> None:
        model, levers = self.model, self.model.levers
        kinds = ([z for z in model.zones if z.is_park], [z for z in model.zones if not z.is_park])
        asked_parks, asked_clusters = (added(zone.asked for zone in zones) for zones in kinds)
        for_parks = available * levers.park_share
        for_clusters = available - for_parks
        parks = min(asked_parks, for_parks + max(0.0, for_clusters - asked_clusters))
        clusters = min(asked_clusters, for_clusters + max(0.0, for_parks - asked_parks))
        self._divide(kinds[codes.PARK], parks, asked_parks)
        self._divide(kinds[codes.CLUSTER], clusters, asked_clusters)

    def _divide(self, zones: list, side: float, asked: float) -> None:
        allocation = self.model.levers.allocation
        if allocation == codes.EVEN:
            share = 1.0 if asked <= side else side / asked
            for zone in zones:
                zone.given = zone.asked * share
            return
        left = side
        for zone in sorted(zones, key=KEYS[allocation]):
            zone.given = min(zone.asked, left)
            left -= zone.given

    def _pay_missing_plants(self, purse: float) -> None:
        keyed = [(zone.missing_plant_key(purse), zone) for zone in self.model.zones]
        waiting = [(key, zone) for key, zone in keyed if key is not None]
        for _, zone in sorted(waiting, key=lambda pair: pair[0]):
            purse -= zone.pay_missing_plant(purse)
        self.carried_wastewater = purse


def _by_rank(zone) -> tuple[float, float]:
    return (zone.priority_rank or math.inf, zone.remaining)


KEYS = {
    codes.NEAREST_TO_FINISH: lambda zone: zone.remaining,
    codes.BY_DEMAND: lambda zone: -zone.unmet_ha / max(1e-9, zone.remaining),
    codes.PRIORITY_LIST: _by_rank,
}
