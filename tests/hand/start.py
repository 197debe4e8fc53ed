"""Month 0 by hand: MODEL.md sections 6.4 (highest rates) and 8, written from the document."""

import math
from types import SimpleNamespace

from tests.hand import data

PLANNED, IN_PROGRESS, SERVICED = 0, 1, 2
OPERATING = 7
PROGRAMME = "craft-village-programme"


def bn_per_ha(sheet, price: float) -> float:
    """Return a price in USD/m2 in bn VND/ha (8.6)."""
    return price * sheet.p.exchange_rate * 10000 / 1e9


def by_kind(sheet, name: str, zone) -> float:
    """Return the park or the cluster variant of a parameter."""
    return getattr(sheet.p, name.replace("KIND", data.KINDS[zone.kind]))


def statutory_days(sheet, sector, land_ha: float) -> float:
    """Return the legal days of a project (9.8)."""
    p = sheet.p
    days = p.registration_days
    days += p.approval_days if land_ha >= p.approval_land_ha else 0.0
    return days + (p.environment_days if sector.pollution > p.pollution_threshold else 0.0)


def set_up(sheet) -> None:
    """Write down everything before month 0."""
    sheet.paper.head(2, "Before month 0")
    _segments(sheet)
    _weights(sheet)
    _zones(sheet)
    _sitting_tenants(sheet)
    _tranches(sheet)
    _zone_sums(sheet)
    _offices(sheet)
    _province(sheet)
    _luck(sheet)


def _segments(sheet) -> None:
    """Highest rates of the segments (6.4), sectors by row, domestic first, programme last."""
    paper, high, world = sheet.paper, sheet.world.high, sheet.world
    paper.head(3, "6.4 Highest rates of the segments")
    trend = paper.line(
        "all",
        "highest trend",
        "exp(max(0, growth) * months / 12 + bound + semi * additionality * cit)",
        growth=high.demand_growth,
        months=world.months,
        bound=high.demand_cycle_bound,
        semi=high.tax_semi_elasticity,
        additionality=high.tax_additionality,
        cit=high.cit_rate,
    )
    index = max(high.demand_index_first_year, high.demand_index_second_year, 1.0)
    sheet.segments = []
    for sector in world.sectors:
        shares = (1 - sector.foreign_share, sector.foreign_share)
        for origin, part in enumerate(shares):
            if sector.arrival_share * part == 0:
                continue
            g = SimpleNamespace(id=f"{sector.id}/{data.ORIGINS[origin]}", sector=sector)
            g.origin, g.programme = origin, False
            g.share = paper.line(
                g.id, "share", "arrivals * part", arrivals=sector.arrival_share, part=part
            )
            g.highest_rate = paper.line(
                g.id,
                "highest rate a month",
                "candidates / 12 * index * hi_index * hi_promotion ** elasticity * trend * share",
                candidates=high.candidates_per_year,
                index=index,
                hi_index=data.HIGHEST["demand_index"],
                hi_promotion=data.HIGHEST["promotion"],
                elasticity=high.promotion_elasticity,
                trend=trend,
                share=g.share,
            )
            sheet.segments.append(g)
    for sector in world.sectors:
        if sector.craft == "yes":
            g = SimpleNamespace(id=PROGRAMME, sector=sector, origin=0, programme=True)
            g.share = 0.0
            g.highest_rate = paper.line(
                g.id,
                "highest rate a month",
                "workshops / 12",
                workshops=data.HIGHEST["craft_village_programme"],
            )
            sheet.segments.append(g)
    for g in sheet.segments:
        g.next, g.last_arrival, g.waiting_arrival = 0, 0.0, None


def _weights(sheet) -> None:
    """Sectors' shares of all arrivals, w (8.4), and the mean wastewater (8.6)."""
    paper = sheet.paper
    paper.head(3, "8.4, 8.6 Weights of the sectors")
    arrivals = paper.total(
        "all", "arrival shares", [sector.arrival_share for sector in sheet.world.sectors]
    )
    for sector in sheet.world.sectors:
        sector.w = paper.line(
            sector.id, "weight", "share / all", share=sector.arrival_share, all=arrivals
        )
    sheet.mean_wastewater = paper.total(
        "all",
        "mean wastewater, m3/ha/day",
        [sector.w * sector.wastewater_m3_ha_day for sector in sheet.world.sectors],
    )


def _zones(sheet) -> None:
    """What is fixed of the zones, and accounts at 0 (8.3)."""
    names = [row["district"] for row in sheet.world.districts]
    sheet.zones = sheet.world.zones
    for row, zone in enumerate(sheet.zones):
        zone.row, zone.district = row, names.index(zone.district_name)
        zone.parent = next((z for z in sheet.zones if z.id == zone.parent_id), None)
        zone.operator = zone.operator_start
        if zone.operator == 2 and (zone.operator_from or 0) > 0:
            zone.operator = 0
        zone.start_price = zone.price_usd_m2_term
        zone.connected, zone.capacity_m3_day = zone.connected_start, zone.capacity_m3_day_start
        zone.good, zone.bad = sheet.p.reputation_start_good, sheet.p.reputation_start_bad
        for column in (
            "serviced_gross_ha serviced_ha cleared_gross_ha reserved_ha idle_ha leased_cum_ha "
            "unmet_ha entry_sum inspection_sum incident_sum plant_target_m3_day jobs "
            "plant_spent_bn_vnd plant_cost_bn_vnd public_clearance_bn_vnd wanted_ha "
            "public_connection_bn_vnd public_works_bn_vnd public_plant_bn_vnd new_good new_bad "
            "public_cofinance_bn_vnd public_support_bn_vnd private_bn_vnd revenue_bn_vnd "
            "land_rent_bn_vnd tax_forgone_bn_vnd lease_income_bn_vnd"
        ).split():
            setattr(zone, column, 0.0)
        zone.caught_until = zone.inspections = zone.incidents = 0
        zone.leasing = {}
        zone.book = dict.fromkeys(range(10), 0.0)


def _sitting_tenants(sheet) -> None:
    """Tenants of the start (8.1)."""
    sheet.investors = []
    sheet.paper.head(3, "8.1 Sitting tenants")
    for zone in sheet.zones:
        if zone.tenants_start:
            _tenants_of(sheet, zone)


def _tenants_of(sheet, zone) -> None:
    paper, sectors = sheet.paper, sheet.world.sectors
    quotas = []
    for sector in sectors:
        mix = sector.mix_cluster if zone.kind else sector.mix_park
        mix = mix if not zone.permitted or sector.id in zone.permitted else 0.0
        sector.weight = paper.line(
            zone.id,
            f"weight of {sector.id}: mix / mean land",
            "mix / (median * exp(sigma ** 2 / 2))",
            mix=mix,
            median=sector.land_median_ha,
            sigma=sector.land_sigma,
        )
    weights = paper.total(zone.id, "weights", [sector.weight for sector in sectors])
    for sector in sectors:
        quota = paper.line(
            zone.id,
            f"quota of {sector.id}",
            "tenants * weight / weights",
            tenants=zone.tenants_start,
            weight=sector.weight,
            weights=weights,
        )
        quotas.append(quota)
    numbers = [math.floor(quota) for quota in quotas]
    by_rest = sorted(range(len(sectors)), key=lambda s: (numbers[s] - quotas[s], s))
    for s in by_rest[: zone.tenants_start - sum(numbers)]:
        numbers[s] += 1
    places = _places(sheet, zone, numbers)
    _known_tenants(sheet, zone, places)
    _land_and_capital(sheet, zone, places)
    sheet.investors += places


def _places(sheet, zone, numbers: list[int]) -> list:
    """Places by sector in alphabetical order, the first of each sector foreign."""
    sectors, places = sheet.world.sectors, []
    for s in sorted(range(len(sectors)), key=lambda s: sectors[s].id):
        foreign = sheet.paper.line(
            zone.id,
            f"foreign among {numbers[s]} of {sectors[s].id}",
            "floor(share * number + 0.5)",
            share=sectors[s].foreign_share,
            number=numbers[s],
        )
        for k in range(numbers[s]):
            place = SimpleNamespace(sector=sectors[s], origin=1 if k < foreign else 0, known=None)
            place.number, place.zone = len(places), zone
            places.append(place)
    return places


def _known_tenants(sheet, zone, places: list) -> None:
    for row in sheet.world.known_tenants:
        if row["zone_id"] != zone.id or not row["sector_id"] or not row["origin"]:
            continue
        origin = data.ORIGINS.index(row["origin"])
        unnamed = [place for place in places if place.known is None]
        same = [place for place in unnamed if place.sector.id == row["sector_id"]]
        both = [place for place in same if place.origin == origin]
        assert both or same, "a place of another sector is not worked here"
        place = (both or same)[0]
        place.known, place.origin = row, origin
        sheet.paper.note(zone.id, f"{row['name']} takes place", place.number)


def _land_and_capital(sheet, zone, places: list) -> None:
    paper, drawn, known_ha = sheet.paper, 0.0, 0.0
    for place in places:
        place.who = f"{zone.id} {place.number}: {place.sector.id}, {data.ORIGINS[place.origin]}"
        if place.known and place.known["land_ha"]:
            place.land_ha, place.fixed = float(place.known["land_ha"]), True
            known_ha += place.land_ha
            paper.note(place.who, "land, known", place.land_ha)
            continue
        normal = sheet.draw("normal", 28, place.sector.id, zone.id, place.number)
        place.fixed = False
        place.land_ha = paper.line(
            place.who,
            "land before the factor",
            "median * exp(sigma * normal)",
            median=place.sector.land_median_ha,
            sigma=place.sector.land_sigma,
            normal=normal,
        )
        drawn += place.land_ha
    factor = paper.line(
        zone.id,
        "factor: (leased - known) / drawn",
        "(leased - known) / drawn",
        leased=zone.leased_ha_start,
        known=known_ha,
        drawn=drawn,
    )
    for place in places:
        if not place.fixed:
            place.land_ha = paper.line(
                place.who, "land, ha", "land * factor", land=place.land_ha, factor=factor
            )
        normal = sheet.draw("normal", 29, place.sector.id, zone.id, place.number)
        assert not (place.known and place.known["capital_bn_vnd"]), "known capital: not worked"
        place.capital_bn_vnd_ha = paper.line(
            place.who,
            "capital, bn VND/ha",
            "median * exp(sigma * normal)",
            median=place.sector.capital_bn_vnd_ha,
            sigma=sheet.world.capital_sigma,
            normal=normal,
        )
        _operating(sheet, place)


def _operating(sheet, tenant) -> None:
    p = sheet.p
    tenant.sitting, tenant.stage, tenant.first_choice = True, OPERATING, tenant.zone
    tenant.workers_ha = tenant.sector.workers_ha
    tenant.open_month, tenant.licence_month = (
        -int(p.sitting_open_months),
        -int(p.sitting_licence_months),
    )
    tenant.licence_free_years, tenant.licence_half_years = (
        p.holiday_free_years,
        p.holiday_half_years,
    )
    tenant.home_district, tenant.strict, tenant.reason = -1, False, 0
    tenant.exit_sum = tenant.expansion_sum = 0.0
    tenant.expansions, tenant.idle_until = 0, 0
    tenant.row = -1


def _tranches(sheet) -> None:
    """Tranches and blocks (8.2)."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "8.2 Tranches and blocks")
    sheet.tranches = []
    for zone in sheet.zones:
        served = paper.line(
            zone.id,
            "share serviced",
            "serviced / leasable",
            serviced=zone.serviced_ha_start,
            leasable=zone.leasable_ha,
        )
        serviced_gross = zone.gross_ha * served
        zone.serviced_ha, zone.serviced_gross_ha = zone.serviced_ha_start, serviced_gross
        zone.cleared_gross_ha = serviced_gross
        zone.tranches = []
        if zone.serviced_ha_start > 0:
            _tranche(sheet, zone, serviced_gross, zone.serviced_ha_start, SERVICED)
        gross, leasable = zone.gross_ha - serviced_gross, zone.leasable_ha - zone.serviced_ha_start
        size = by_kind(sheet, "tranche_gross_KIND_ha", zone)
        count = 0 if gross < p.tranche_min_ha else max(1, math.floor(gross / size + 0.5))
        paper.note(zone.id, f"tranches in {gross:g} ha not serviced, {size:g} ha each", count)
        for k in range(count):
            begun = k == 0 and zone.serviced_ha_start > 0 and zone.cleared_share_start > 0
            stage = IN_PROGRESS if begun else PLANNED
            _tranche(sheet, zone, gross / count, leasable / count, stage)


def _tranche(sheet, zone, gross: float, leasable: float, stage: int) -> None:
    t = SimpleNamespace(zone=zone, order=len(zone.tranches), stage=stage)
    t.who = f"{zone.id} tranche {t.order}"
    t.gross_ha, t.leasable_ha = gross, leasable
    t.blocks = int(
        sheet.paper.line(
            t.who,
            "blocks",
            "max(1, floor(gross / size + 0.5))",
            gross=gross,
            size=sheet.p.block_gross_ha,
        )
    )
    t.blocks_cleared = t.blocks if stage == SERVICED else 0
    t.plant_built = stage == SERVICED
    t.start_month = t.open_month = None
    t.idle_months, t.clearance_sum = 0, 0.0
    for column in (
        "compensation held_public held_private owed works_cost works_done works_spent "
        "plant_cost plant_spent"
    ).split():
        setattr(t, f"{column}_bn_vnd", 0.0)
    t.plant_m3_day = 0.0
    zone.tranches.append(t)
    sheet.tranches.append(t)
    if stage != IN_PROGRESS:
        t.cleared_at_start = t.blocks_cleared
        return
    t.blocks_cleared = t.cleared_at_start = math.floor(zone.cleared_share_start * t.blocks + 0.5)
    t.start_month = 0
    zone.cleared_gross_ha += t.gross_ha * t.blocks_cleared / t.blocks
    price_tranche(sheet, t, level=1.0)
    t.works_done_bn_vnd = t.works_spent_bn_vnd = sheet.paper.line(
        t.who,
        "works done before month 0",
        "share * cost",
        share=zone.works_spent_share_start,
        cost=t.works_cost_bn_vnd,
    )


def price_tranche(sheet, t, *, level: float) -> None:
    """What a tranche costs when it starts (9.5), at level 1 if begun before month 0 (8.2)."""
    p, paper, zone = sheet.p, sheet.paper, t.zone
    t.compensation_bn_vnd = paper.line(
        t.who,
        "compensation",
        "gross * unit * level",
        gross=t.gross_ha,
        unit=by_kind(sheet, "clearance_cost_KIND_bn_vnd_ha", zone),
        level=level,
    )
    t.works_cost_bn_vnd = paper.line(
        t.who,
        "works cost",
        "gross * unit * level * exp(sigma * normal)",
        gross=t.gross_ha,
        unit=by_kind(sheet, "works_cost_KIND_bn_vnd_ha", zone),
        level=level,
        sigma=p.works_overrun_sigma,
        normal=sheet.draw("normal", 24, str(t.order), zone.id, 0),
    )
    t.plant_m3_day = paper.line(
        t.who,
        "plant, m3/day",
        "leasable * wastewater",
        leasable=t.leasable_ha,
        wastewater=sheet.mean_wastewater,
    )
    t.plant_cost_bn_vnd = paper.line(
        t.who,
        "plant cost",
        "size * unit * level",
        size=t.plant_m3_day,
        unit=p.plant_cost_bn_vnd_m3_day,
        level=level,
    )


def _zone_sums(sheet) -> None:
    """Land, tenants, load and commitment of the zones (8.3)."""
    paper = sheet.paper
    paper.head(3, "8.3 Zones")
    for row, tenant in enumerate(sheet.investors):
        tenant.row = row
    for zone in sheet.zones:
        here = [tenant for tenant in sheet.investors if tenant.zone is zone]
        zone.leased_ha = paper.total(zone.id, "leased, ha", [t.land_ha for t in here])
        zone.operating_ha = zone.leased_ha
        zone.load_m3_day = paper.total(
            zone.id, "load, m3/day", [t.land_ha * t.sector.wastewater_m3_ha_day for t in here]
        )
        zone.committed_m3_day = zone.load_m3_day
        zone.tenants = len(here)


def _offices(sheet) -> None:
    """The two offices (8.4)."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "8.4 Offices")
    works, announced = [], []
    for sector in sheet.world.sectors:
        polluting = sector.pollution > p.pollution_threshold
        work = paper.line(
            sector.id,
            "hours of a mean dossier",
            "hours * exp(sigma ** 2 / 2 + by_land * ln(1 + land)) * env",
            hours=p.dossier_hours,
            sigma=p.dossier_hours_sigma,
            by_land=p.dossier_hours_land,
            land=sector.land_median_ha,
            env=p.environment_hours_factor if polluting else 1.0,
        )
        months = paper.line(
            sector.id,
            "months announced",
            "days * overrun / 30",
            days=statutory_days(sheet, sector, sector.land_median_ha),
            overrun=p.overrun,
        )
        works.append(sector.w * work)
        announced.append(sector.w * months)
    hours = paper.total("both", "hours of a mean dossier", works)
    lived = paper.total("both", "lived time, months", announced)
    sheet.offices = []
    for kind in data.KINDS:
        office = SimpleNamespace(kind=data.KINDS.index(kind), clock=0.0, lived_months=lived)
        office.capacity_hours_month = paper.line(
            f"{kind}s' office",
            "hours a month",
            "dossiers * hours * (1 + rework * r / (1 - r)) / 12 / load",
            dossiers=getattr(p, f"dossiers_year_{kind}s"),
            hours=hours,
            rework=p.rework_hours_share,
            r=p.rework_probability,
            load=getattr(p, f"office_load_{kind}s"),
        )
        office.queue = 0
        sheet.offices.append(office)


def _province(sheet) -> None:
    """Districts and province (8.5, 8.6)."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "8.5, 8.6 Districts and province")
    sheet.districts = []
    for row in sheet.world.districts:
        d = SimpleNamespace(name=row["district"], population=float(row["population"]), wage=1.0)
        d.supply = paper.line(
            d.name,
            "labour supply",
            "people * share",
            people=d.population,
            share=p.labour_participation,
        )
        d.jobs = 0.0
        sheet.districts.append(d)
    assert p.cluster_budget_bn_vnd == 0, "a cluster factor other than 1 is not worked here"
    sheet.cluster_factor = 1.0
    year, month = map(int, sheet.world.start.split("-"))
    sheet.start_month_of_year = month - 1
    sheet.holiday_ends_month = math.ceil((p.holiday_ends_year - year) * 12 - (month - 1) - 1e-6)
    paper.note("province", "month from which parks have no tax holiday", sheet.holiday_ends_month)
    paid = [
        paper.total(
            kind + "s",
            "paid by sitting tenants in a year",
            [
                t.sector.budget_bn_vnd_ha_year * t.land_ha
                for t in sheet.investors
                if data.KINDS[t.zone.kind] == kind
            ],
        )
        for kind in data.KINDS
    ]
    rents = []
    for t in sheet.investors:
        table = bn_per_ha(sheet, t.zone.start_price) * p.land_table_share
        rents.append(table * p.land_rent_share * t.land_ha)
    rent = paper.total("province", "land rent of sitting tenants in a year", rents)
    sheet.revenue_last_year = paper.line(
        "province",
        "revenue of last year",
        "parks + clusters * factor + rent",
        parks=paid[0],
        clusters=paid[1],
        factor=sheet.cluster_factor,
        rent=rent,
    )
    sheet.revenue_this_year = 0.0
    sheet.cycle = sheet.carried = sheet.carried_wastewater = sheet.unspent = 0.0
    sheet.purse_in = sheet.waited_months = 0.0
    sheet.land_wait_months = sheet.approvals = sheet.approvals_parks = sheet.candidates = 0
    sheet.gone, sheet.sitting_closed, sheet.new_projects = [0] * 11, 0, 0
    sheet.events = []


def _luck(sheet) -> None:
    """Thresholds and sizes drawn before month 0 (8.7)."""
    sheet.paper.head(3, "8.7 Luck of the start")
    for zone in sheet.zones:
        zone.entry_threshold = sheet.draw("exponential", 25, "-", zone.id, 0)
        zone.inspection_threshold = sheet.draw("exponential", 26, "-", zone.id, 0)
        zone.incident_threshold = sheet.draw("exponential", 27, "-", zone.id, 0)
    for t in sheet.tranches:
        t.luck = [
            sheet.draw("exponential", 23, str(t.order), t.zone.id, n)
            if n >= t.cleared_at_start
            else 0.0
            for n in range(t.blocks)
        ]
    for tenant in sheet.investors:
        tenant.address = ("sitting", tenant.zone.id, tenant.number)
        tenant.exit_threshold = sheet.draw("exponential", 22, *tenant.address)
        tenant.expansion_threshold = sheet.draw("exponential", 21, *tenant.address)
