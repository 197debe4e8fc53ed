"""What the classic program writes down at the end of a month (docs/MODEL.md 9.15)."""

from sim.schema import codes
from tests.docking.classic_data import added, reached

BY_STEP = (
    "book_planning_ha",
    "book_no_operator_ha",
    "book_clearance_ha",
    "book_works_ha",
    "book_plant_ha",
    "book_expansion_ha",
    "book_full_ha",
)
BOOK = (*BY_STEP, "book_rules_ha", "book_wastewater_ha", "book_procedures_ha")
LOST = {
    codes.REFUSED_SECTOR: "book_rules_ha",
    codes.CAPITAL_FLOOR: "book_rules_ha",
    codes.WASTEWATER: "book_wastewater_ha",
    codes.PROCEDURES: "book_procedures_ha",
    codes.APPRAISAL: "book_procedures_ha",
}
OF_KIND = (
    "serviced_ha",
    "reserved_ha",
    "leased_ha",
    "idle_ha",
    "operating_ha",
    "leased_cum_ha",
    "tenants",
    "jobs",
    "capital_bn_vnd",
    "high_tech_ha",
    "load_m3_day",
    "unfinished_bn_vnd",
    "revenue_bn_vnd",
    "tax_forgone_bn_vnd",
    "lease_income_bn_vnd",
    "public_bn_vnd",
    "private_bn_vnd",
)


def land_step(zone) -> str:
    """Return the column of the book for what holds the land of a zone."""
    if zone.land_step is None:
        zone.land_step = BY_STEP[_land_step(zone)]
    return zone.land_step


def _land_step(zone) -> int:
    if zone.allowed:
        for tranche in zone.tranches:
            if tranche.in_progress:
                if tranche.blocks_cleared < tranche.blocks:
                    return codes.STEP_CLEARANCE
                if not reached(tranche.works_done, tranche.works_cost):
                    return codes.STEP_WORKS
                return codes.STEP_PLANT
    if all(tranche.stage == codes.SERVICED for tranche in zone.tranches):
        return codes.STEP_FULL
    if not zone.allowed:
        return codes.STEP_PLANNING
    if zone.operator.code == codes.NO_OPERATOR:
        return codes.STEP_NO_OPERATOR
    if zone.parent_row >= 0 and zone.model.zones[zone.parent_row].capacity <= 0.0:
        return codes.STEP_PLANT
    return codes.STEP_EXPANSION


class Register:
    """Rows of the month: by zone, by kind, by district and for the province."""

    def __init__(self, model):
        self.model = model
        self.zones, self.kinds, self.districts, self.province = [], [], [], []

    def step(self) -> None:
        """Enter waits and losses in the book and write the rows of the month."""
        counts = self._go_through_investors()
        zones = [zone_row(zone) for zone in self.model.zones]
        self.zones.append(zones)
        self.kinds.append([self._kind_row(kind, zones) for kind in (codes.PARK, codes.CLUSTER)])
        self.districts.append([district_row(d) for d in self.model.districts])
        self.province.append(province_row(self.model, counts))

    def _go_through_investors(self) -> list[int]:
        """Enter every investor in the book; return how many are in each stage."""
        month = self.model.month
        counts = [0] * len(codes.STAGES)
        for zone in self.model.zones:
            zone.waiting = 0
            zone.capital = zone.high_tech_ha = 0.0
        for investor in self.model.investors:
            stage = investor.stage
            if not investor.sitting:
                counts[stage] += 1
            if stage == codes.WAITING:
                zone = investor.first_choice
                zone.waiting += 1
                zone.book[land_step(zone)] += investor.land_ha / 12.0
            elif stage == codes.APPLIED:
                if month + 1 - investor.applied_time > investor.promised_months:
                    investor.first_choice.book["book_procedures_ha"] += investor.land_ha / 12.0
            elif codes.HAND_OVER <= stage <= codes.OPERATING:
                zone = investor.zone
                zone.capital += investor.land_ha * investor.capital_ha
                if investor.sector.high_tech:
                    zone.high_tech_ha += investor.land_ha
            elif stage == codes.GONE and investor.gone_month == month:
                self._enter_loss(investor)
        return counts

    def _enter_loss(self, investor) -> None:
        zone = investor.first_choice
        if investor.reason == codes.NO_LAND:
            zone.book[land_step(zone)] += investor.land_ha
        elif investor.reason in LOST:
            zone.book[LOST[investor.reason]] += investor.land_ha

    def _kind_row(self, kind: int, rows: list[dict]) -> dict:
        pairs = zip(self.model.zones, rows, strict=True)
        of_kind = [row for zone, row in pairs if zone.kind == kind]
        sums = {column: added(row[column] for row in of_kind) for column in OF_KIND}
        sums["treated_m3_day"] = added(
            min(row["load_m3_day"], row["capacity_m3_day"]) for row in of_kind
        )
        return sums


def zone_row(zone) -> dict:
    """Return the row of a zone."""
    return {
        "operator": zone.operator.code,
        "connected": zone.connected,
        "cleared_gross_ha": zone.cleared_gross_ha,
        "serviced_ha": zone.serviced_ha,
        "reserved_ha": zone.reserved_ha,
        "leased_ha": zone.leased_ha,
        "idle_ha": zone.idle_ha,
        "operating_ha": zone.operating_ha,
        "leased_cum_ha": zone.leased_cum_ha,
        "tenants": zone.tenants,
        "jobs": zone.jobs,
        "price_usd_m2_term": zone.price,
        "capacity_m3_day": zone.capacity,
        "load_m3_day": zone.load,
        "reputation": zone.good / (zone.good + zone.bad),
        "capital_bn_vnd": zone.capital,
        "high_tech_ha": zone.high_tech_ha,
        "unfinished_bn_vnd": added(t.unfinished() for t in zone.tranches if t.in_progress),
        "revenue_bn_vnd": zone.revenue,
        "tax_forgone_bn_vnd": zone.tax_forgone,
        "lease_income_bn_vnd": zone.lease_income,
        "public_bn_vnd": zone.public_clearance
        + zone.public_connection
        + zone.public_works
        + zone.public_plant
        + zone.public_cofinance
        + zone.public_support,
        "private_bn_vnd": zone.private,
        "waiting": zone.waiting,
        **zone.book,
        "wanted_ha": zone.wanted_ha,
    }


def district_row(district) -> dict:
    """Return the row of a district."""
    return {
        "leased_ha": added(zone.leased_ha for zone in district.zones),
        "jobs": district.jobs,
        "wage": district.wage,
        "capital_bn_vnd": added(zone.capital for zone in district.zones),
    }


def province_row(model, counts: list[int]) -> dict:
    """Return the row of the province; `counts` are candidates by stage."""
    purse, zones = model.purse, model.zones
    parks, clusters = model.offices
    return {
        "candidates": model.candidates,
        "looking": counts[codes.LOOKING],
        "waiting": counts[codes.WAITING],
        "in_procedure": counts[codes.APPLIED],
        "building": sum(counts[codes.HAND_OVER : codes.STALLED]),
        "stalled": counts[codes.STALLED],
        "operating": counts[codes.OPERATING],
        **{f"gone_{codes.REASONS[r]}": model.gone_by_reason[r] for r in range(1, 11)},
        "sitting_closed": model.sitting_closed,
        "approvals": model.approvals,
        "approvals_parks": model.approvals_parks,
        "waited_months": model.waited_months,
        "land_wait_months": model.land_wait_months,
        "queue_parks": len(parks.dossiers),
        "queue_clusters": len(clusters.dossiers),
        "lived_parks_months": parks.lived_months,
        "lived_clusters_months": clusters.lived_months,
        "funding_bn_vnd": purse.received,
        "held_bn_vnd": added(t.held_public for zone in zones for t in zone.tranches),
        "carried_bn_vnd": purse.carried + purse.carried_wastewater,
        "unspent_bn_vnd": purse.unspent,
        "asked_bn_vnd": purse.asked,
        "given_bn_vnd": purse.given,
        "clearance_bn_vnd": added(zone.public_clearance for zone in zones),
        "connection_bn_vnd": added(zone.public_connection for zone in zones),
        "works_bn_vnd": added(zone.public_works for zone in zones),
        "plant_bn_vnd": added(zone.public_plant for zone in zones),
        "cofinance_bn_vnd": added(zone.public_cofinance for zone in zones),
        "support_bn_vnd": added(zone.public_support for zone in zones),
        "land_rent_bn_vnd": added(zone.land_rent for zone in zones),
        "anchor_revenue_bn_vnd": model.anchor_revenue,
        "anchor_duties_bn_vnd": model.anchor_duties,
        "incidents": sum(zone.incidents for zone in zones),
        "inspections": sum(zone.inspections for zone in zones),
        "demand_cycle": model.demand.cycle,
    }
