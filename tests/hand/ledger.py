"""Accounts of the month by hand: MODEL.md sections 9.11 to 9.15, written from the document."""

from tests.hand.land import allowed, sum_of
from tests.hand.people import (
    APPLIED,
    GONE,
    HAND_OVER,
    OPERATING,
    REASONS,
    STALLED,
    WAITING,
    whole_months,
)
from tests.hand.start import IN_PROGRESS, SERVICED, bn_per_ha

FINED, INCIDENT = 17, 18
PLANNING, NO_OPERATOR, CLEARANCE, WORKS, PLANT, EXPANSION, FULL = range(7)
BOOK = (
    "planning no_operator clearance works plant expansion full rules wastewater procedures".split()
)
RULES, WASTEWATER, PROCEDURES = 7, 8, 9
LOST = {2: None, 3: RULES, 4: RULES, 5: WASTEWATER, 6: PROCEDURES, 7: PROCEDURES}


def working(sheet) -> list:
    """Operating tenants, by index."""
    return [i for i in sheet.investors if i.stage == OPERATING]


def _ramp(sheet, i) -> float:
    return max(0.0, min(1.0, (sheet.month - i.open_month + 1) / sheet.p.ramp_months))


def labour(sheet) -> None:
    """Jobs, wages, supply (9.11)."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "9.11 Labour")
    for zone in sheet.zones:
        jobs = [
            i.land_ha * i.workers_ha * _ramp(sheet, i) for i in working(sheet) if i.zone is zone
        ]
        zone.jobs = paper.total(zone.id, "jobs", jobs)
    for row, d in enumerate(sheet.districts):
        d.jobs = sum_of([zone.jobs for zone in sheet.zones if zone.district == row])
        tightness = paper.line(
            d.name,
            "tightness",
            "outside + jobs / supply",
            outside=p.outside_jobs_share,
            jobs=d.jobs,
            supply=d.supply,
        )
        d.wage = paper.line(
            d.name,
            "wage",
            "wage * exp(response * max(0, tightness - reference) / 12)",
            wage=d.wage,
            response=p.wage_response,
            tightness=tightness,
            reference=p.tightness_reference,
        )
        d.supply = paper.line(
            d.name,
            "labour supply",
            "supply + (people * share * exp(elasticity * ln(wage)) - supply) / months",
            supply=d.supply,
            people=d.population,
            share=p.labour_participation,
            elasticity=p.commuter_elasticity,
            wage=d.wage,
            months=p.commuter_months,
        )


def environment(sheet) -> None:
    """Inspections, incidents, then loads (9.12)."""
    paper, intensity = sheet.paper, sheet.levers.inspection_intensity
    paper.head(3, "9.12 Environment")
    for zone in sheet.zones:
        if zone.load_m3_day > zone.capacity_m3_day:
            _watch(sheet, zone, intensity)
    for zone in sheet.zones:
        zone.load_m3_day = paper.total(
            zone.id,
            "load, m3/day",
            [i.land_ha * i.sector.wastewater_m3_ha_day for i in working(sheet) if i.zone is zone],
        )


def _watch(sheet, zone, intensity: float) -> None:
    p, paper = sheet.p, sheet.paper
    zone.inspection_sum = paper.line(
        zone.id,
        "sum of the hazard of inspection",
        "before + base * intensity",
        before=zone.inspection_sum,
        base=p.inspection_base,
        intensity=intensity,
    )
    if zone.inspection_sum >= zone.inspection_threshold:
        zone.inspections += 1
        zone.inspection_threshold += sheet.draw(
            "exponential", 26, "-", zone.id, 0, event=zone.inspections
        )
        zone.caught_until = sheet.month + 1 + whole_months(p.fine_months)
        paper.note(zone.id, "fined until month", zone.caught_until)
        sheet.event(None, zone, FINED, zone.inspections)
    zone.incident_sum = paper.line(
        zone.id,
        "sum of the hazard of incidents",
        "before + hazard / 12 * min(cap, load / max(1, capacity)) / sqrt(intensity)",
        before=zone.incident_sum,
        hazard=p.incident_hazard,
        cap=p.incident_ratio_cap,
        load=zone.load_m3_day,
        capacity=zone.capacity_m3_day,
        intensity=intensity,
    )
    if zone.incident_sum >= zone.incident_threshold:
        zone.incidents += 1
        zone.incident_threshold += sheet.draw(
            "exponential", 27, "-", zone.id, 0, event=zone.incidents
        )
        zone.new_bad += p.incident_bad
        paper.note(zone.id, "incident", zone.incidents)
        sheet.event(None, zone, INCIDENT, zone.incidents)


def revenue(sheet) -> None:
    """Payments of operating tenants (9.13)."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "9.13 Revenue")
    for zone in sheet.zones:
        zone.paid = []
    for i in working(sheet):
        zone, age = i.zone, sheet.month - i.open_month
        payment = paper.line(
            i.who,
            "payment",
            "budget * land * ramp * factor / 12",
            budget=i.sector.budget_bn_vnd_ha_year,
            land=i.land_ha,
            ramp=_ramp(sheet, i),
            factor=sheet.cluster_factor if zone.kind else 1.0,
        )
        due = 1.0
        if age / 12 < i.licence_free_years:
            due = 0.0
        elif age / 12 < i.licence_free_years + i.licence_half_years:
            due = 0.5
        forgone = payment * i.sector.profit_tax_share * (1 - due)
        if forgone > 0:
            paper.note(i.who, "tax forgone", forgone)
        rent = paper.line(
            i.who,
            "land rent",
            "price * table * rent * land / 12",
            price=bn_per_ha(sheet, zone.price_usd_m2_term),
            table=p.land_table_share,
            rent=p.land_rent_share,
            land=i.land_ha,
        )
        zone.paid.append(payment - forgone + rent)
        zone.tax_forgone_bn_vnd += forgone
        zone.land_rent_bn_vnd += rent
        sheet.revenue_this_year += payment - forgone + rent
    for zone in sheet.zones:
        zone.revenue_bn_vnd = paper.total(
            zone.id,
            "revenue since the start: payments with rents",
            zone.paid,
            zone.revenue_bn_vnd,
        )
    if (sheet.start_month_of_year + sheet.month) % 12 == 11:
        sheet.revenue_last_year, sheet.revenue_this_year = sheet.revenue_this_year, 0.0


def reputation(sheet) -> None:
    """Forget and learn (9.14)."""
    paper = sheet.paper
    paper.head(3, "9.14 Reputation")
    for zone in sheet.zones:
        for kind in ("good", "bad"):
            value = paper.line(
                zone.id,
                f"{kind} events remembered",
                "before * memory + events",
                before=getattr(zone, kind),
                memory=sheet.p.reputation_memory,
                events=getattr(zone, f"new_{kind}"),
            )
            setattr(zone, kind, value)
            setattr(zone, f"new_{kind}", 0.0)


def land_step(sheet, zone) -> int:
    """What holds the land of a zone (9.15)."""
    under_way = [t for t in zone.tranches if t.stage == IN_PROGRESS]
    if under_way and allowed(sheet, zone):
        t = under_way[0]
        if t.blocks_cleared < t.blocks:
            return CLEARANCE
        finished = t.works_done_bn_vnd >= t.works_cost_bn_vnd * (1 - 1e-12)
        return PLANT if finished else WORKS
    if all(t.stage == SERVICED for t in zone.tranches):
        return FULL
    if not allowed(sheet, zone):
        return PLANNING
    if zone.operator == 0:
        return NO_OPERATOR
    return PLANT if zone.parent and zone.parent.capacity_m3_day == 0 else EXPANSION


def record(sheet) -> dict:
    """The first-choice book and the rows of the month (9.15)."""
    paper = sheet.paper
    paper.head(3, "9.15 First-choice book and sums")
    for zone in sheet.zones:
        zone.land_step = land_step(sheet, zone)
        paper.note(zone.id, "what holds its land", BOOK[zone.land_step])
    for i in sheet.investors:
        if not i.sitting and i.first_choice is not None:
            _book(sheet, i)
    zones = [_zone_row(sheet, zone) for zone in sheet.zones]
    return {
        "zones": zones,
        "kinds": [_kind_row(sheet, zones, kind) for kind in range(2)],
        "province": [_province_row(sheet)],
        "districts": [_district_row(sheet, zones, d) for d in range(len(sheet.districts))],
    }


def _book(sheet, i) -> None:
    zone, month = i.first_choice, sheet.month
    column, amount = None, i.land_ha
    if i.stage == WAITING:
        column, amount = zone.land_step, i.land_ha / 12
    elif i.stage == APPLIED and month + 1 - i.applied_time > i.promised_months:
        column, amount = PROCEDURES, i.land_ha / 12
    elif i.stage == GONE and i.gone_month == month and i.reason in LOST:
        column = LOST[i.reason]
        column = zone.land_step if column is None else column
    if column is not None:
        zone.book[column] += amount
        sheet.paper.note(i.who, f"in the book of {zone.id}: {BOOK[column]}, ha", amount)


def _zone_row(sheet, zone) -> dict:
    paper = sheet.paper
    tenants = [i for i in sheet.investors if i.zone is zone and HAND_OVER <= i.stage <= OPERATING]
    row = {
        name: getattr(zone, name)
        for name in (
            "operator connected cleared_gross_ha serviced_ha reserved_ha leased_ha idle_ha "
            "operating_ha leased_cum_ha tenants jobs price_usd_m2_term capacity_m3_day load_m3_day"
        ).split()
    }
    row["reputation"] = paper.line(
        zone.id, "reputation", "good / (good + bad)", good=zone.good, bad=zone.bad
    )
    row["capital_bn_vnd"] = paper.total(
        zone.id, "capital of tenants", [i.capital_bn_vnd_ha * i.land_ha for i in tenants]
    )
    row["high_tech_ha"] = sum_of([i.land_ha for i in tenants if i.sector.high_tech == "yes"])
    unfinished = 0.0
    for t in zone.tranches:
        if t.stage == IN_PROGRESS:
            unfinished = paper.line(
                t.who,
                "unfinished money, with this tranche",
                "before + compensation * cleared / blocks - owed + works + plant",
                before=unfinished,
                compensation=t.compensation_bn_vnd,
                cleared=t.blocks_cleared,
                blocks=t.blocks,
                owed=t.owed_bn_vnd,
                works=t.works_spent_bn_vnd,
                plant=t.plant_spent_bn_vnd,
            )
    row["unfinished_bn_vnd"] = unfinished
    for name in ("revenue", "tax_forgone", "lease_income"):
        row[f"{name}_bn_vnd"] = getattr(zone, f"{name}_bn_vnd")
    public = ("clearance", "connection", "works", "plant", "cofinance", "support")
    row["public_bn_vnd"] = sum_of([getattr(zone, f"public_{name}_bn_vnd") for name in public])
    row["private_bn_vnd"] = zone.private_bn_vnd
    row["waiting"] = sum(
        1 for i in sheet.investors if i.stage == WAITING and i.first_choice is zone
    )
    for column, name in enumerate(BOOK):
        row[f"book_{name}_ha"] = zone.book[column]
    row["wanted_ha"] = zone.wanted_ha
    return row


def _kind_row(sheet, zones: list[dict], kind: int) -> dict:
    mine = [row for row, zone in zip(zones, sheet.zones, strict=True) if zone.kind == kind]
    names = (
        "serviced_ha reserved_ha leased_ha idle_ha operating_ha leased_cum_ha tenants jobs "
        "capital_bn_vnd high_tech_ha load_m3_day treated_m3_day unfinished_bn_vnd revenue_bn_vnd "
        "tax_forgone_bn_vnd lease_income_bn_vnd public_bn_vnd private_bn_vnd"
    ).split()
    total = {}
    for name in names:
        if name == "treated_m3_day":
            parts = [min(row["load_m3_day"], row["capacity_m3_day"]) for row in mine]
        else:
            parts = [row[name] for row in mine]
        total[name] = sum(parts) if name == "tenants" else sum_of(parts)
    return total


def _province_row(sheet) -> dict:
    new = [i for i in sheet.investors if not i.sitting]
    count = [sum(1 for i in new if i.stage == stage) for stage in range(9)]
    row = {
        "candidates": sheet.candidates,
        "looking": count[0],
        "waiting": count[1],
        "in_procedure": count[2],
        "building": count[3] + count[4] + count[5],
        "stalled": count[STALLED],
        "operating": count[OPERATING],
    }
    for reason, name in enumerate(REASONS[1:], 1):
        row[f"gone_{name}"] = sheet.gone[reason]
    row["sitting_closed"] = sheet.sitting_closed
    row["approvals"], row["approvals_parks"] = sheet.approvals, sheet.approvals_parks
    row["waited_months"] = sheet.waited_months
    row["land_wait_months"] = float(sheet.land_wait_months)
    for office, name in zip(sheet.offices, ("parks", "clusters"), strict=True):
        row[f"queue_{name}"] = office.queue
        row[f"lived_{name}_months"] = office.lived_months
    row["funding_bn_vnd"] = sheet.purse_in
    row["held_bn_vnd"] = sum_of([t.held_public_bn_vnd for t in sheet.tranches])
    row["carried_bn_vnd"] = sheet.carried + sheet.carried_wastewater
    row["unspent_bn_vnd"] = sheet.unspent
    row["asked_bn_vnd"] = sheet.asked
    row["given_bn_vnd"] = sum_of([zone.given for zone in sheet.zones])
    for name in ("clearance", "connection", "works", "plant", "cofinance", "support"):
        row[f"{name}_bn_vnd"] = sum_of([getattr(z, f"public_{name}_bn_vnd") for z in sheet.zones])
    row["land_rent_bn_vnd"] = sum_of([zone.land_rent_bn_vnd for zone in sheet.zones])
    row["anchor_revenue_bn_vnd"] = row["anchor_duties_bn_vnd"] = 0.0
    row["incidents"] = sum(zone.incidents for zone in sheet.zones)
    row["inspections"] = sum(zone.inspections for zone in sheet.zones)
    row["demand_cycle"] = sheet.cycle
    return row


def _district_row(sheet, zones: list[dict], d: int) -> dict:
    mine = [row for row, zone in zip(zones, sheet.zones, strict=True) if zone.district == d]
    return {
        "leased_ha": sum_of([row["leased_ha"] for row in mine]),
        "jobs": sheet.districts[d].jobs,
        "wage": sheet.districts[d].wage,
        "capital_bn_vnd": sum_of([row["capital_bn_vnd"] for row in mine]),
    }
