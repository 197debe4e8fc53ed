"""Investors by hand: MODEL.md sections 9.6 to 9.10, written from the document."""

import math
from types import SimpleNamespace

from tests.hand.data import ORIGINS
from tests.hand.land import PRIVATE, STATE, allowed, holiday, sum_of
from tests.hand.start import IN_PROGRESS, bn_per_ha, statutory_days

(LOOKING, WAITING, APPLIED, HAND_OVER, PERMITS, BUILDING, STALLED, OPERATING, GONE) = range(9)
(NEIGHBOURS, NO_LAND, REFUSED_SECTOR, CAPITAL_FLOOR, WASTEWATER) = range(1, 6)
(PROCEDURES, APPRAISAL, ABANDONED, REVOKED, CLOSED) = range(6, 11)
(APPEARED, WAITS, APPLIES, LICENSED, GETS_PERMITS, BUILDS, STALLS, OPENED) = range(8)
EXPANDED, LEFT, LEFT_PROCEDURE, LAND_RETURNED = 8, 9, 10, 19
REASONS = (
    "none neighbours no_land refused_sector capital_floor wastewater procedures appraisal "
    "abandoned revoked closed"
).split()
SECTOR, CAPITAL, WATER, LAND = 1, 2, 3, 4  # obstacles
OBSTACLES = ("none", "sector", "capital", "wastewater", "land")
REASON_OF = {SECTOR: REFUSED_SECTOR, CAPITAL: CAPITAL_FLOOR, WATER: WASTEWATER}
POOL = ("segment", "n", "gap word", "gap", "arrival", "mark word", "mark", "chance", "appears")


def months_of_days(days: float) -> int:
    """Round days up to months, at least 1."""
    return max(1, math.ceil(days / 30))


def whole_months(months: float) -> int:
    """Round months up, at least 1."""
    return max(1, math.ceil(months))


def in_stages(sheet, first: int, last: int) -> list:
    """Investors in these stages, by index."""
    return [i for i in sheet.investors if first <= i.stage <= last]


def leave(sheet, i, reason: int) -> None:
    """Note that an investor has gone."""
    i.stage, i.reason, i.gone_month = GONE, reason, sheet.month
    if i.sitting:
        sheet.sitting_closed += 1
    else:
        sheet.gone[reason] += 1
    sheet.paper.note(i.who, "gone", REASONS[reason])
    sheet.event(i, i.zone or i.first_choice, LEFT, reason)


# --- 9.6 ------------------------------------------------------------------------------------------


def arrivals(sheet) -> None:
    """The waiting first, by index; then newcomers by arrival time."""
    p, paper, month = sheet.p, sheet.paper, sheet.month
    paper.head(3, "9.6 Arrivals")
    sheet.lookers = []
    for i in in_stages(sheet, LOOKING, WAITING):
        if i.stage == WAITING:
            i.wait_months += 1
            sheet.land_wait_months += 1
            i.wait_sum = paper.line(
                i.who,
                "sum of the hazard of giving up the wait",
                "before + 1 / patience",
                before=i.wait_sum,
                patience=p.patience_months,
            )
            if i.wait_sum >= i.wait_threshold:
                leave(sheet, i, NO_LAND)
                continue
        if month >= i.next_look:
            sheet.lookers.append(i)
    newcomers = []
    for row, g in enumerate(sheet.segments):
        newcomers += [(time, row, n) for time, n in _appearing(sheet, g)]
    for time, row, n in sorted(newcomers):
        sheet.lookers.append(_newcomer(sheet, sheet.segments[row], n, time))


def _appearing(sheet, g) -> list[tuple[float, int]]:
    """The pool candidates of the month, and which of them appear (6.4)."""
    found = []
    while True:
        gap_word = sheet.word(2, g.id, "-", g.next)
        gap = sheet.transform("exponential", gap_word)
        time = g.last_arrival + gap / g.highest_rate
        if time >= sheet.month + 1:
            return found
        mark_word = sheet.word(3, g.id, "-", g.next)
        mark = sheet.transform("uniform", mark_word)
        appears = mark * g.highest_rate < g.rate
        chance = g.rate / g.highest_rate
        sheet.paper.row(POOL, (g.id, g.next, gap_word, gap, time, mark_word, mark, chance, appears))
        if appears:
            found.append((time, g.next))
        g.last_arrival, g.next = time, g.next + 1


def _newcomer(sheet, g, n: int, time: float) -> SimpleNamespace:
    p, paper = sheet.p, sheet.paper
    i = SimpleNamespace(segment=g, sector=g.sector, origin=g.origin, number=n, sitting=False)
    i.row, i.who, i.arrival_time = len(sheet.investors), f"{g.id} {n}", time
    i.address = (g.id, "-", n)
    land = paper.line(
        i.who,
        "land, ha, before the limits",
        "median * exp(sigma * normal)",
        median=g.sector.land_median_ha,
        sigma=g.sector.land_sigma,
        normal=sheet.draw("normal", 4, *i.address),
    )
    i.land_ha = paper.line(
        i.who,
        "land, ha",
        "max(low, min(high, land))",
        low=p.land_min_ha,
        high=p.land_max_ha,
        land=land,
    )
    i.capital_bn_vnd_ha = paper.line(
        i.who,
        "capital, bn VND/ha",
        "median * exp(sigma * normal)",
        median=g.sector.capital_bn_vnd_ha,
        sigma=p.capital_sigma,
        normal=sheet.draw("normal", 5, *i.address),
    )
    i.workers_ha = g.sector.workers_ha
    i.home_district, i.strict = -1, False
    if g.origin == 0:
        _home(sheet, i)
    else:
        i.strict = sheet.draw("uniform", 11, *i.address) < p.strict_standard_share
        paper.note(i.who, "strict standard", i.strict)
    i.stage, i.zone, i.first_choice, i.obstacle = LOOKING, None, None, 0
    i.next_look, i.reason, i.gone_month, i.licence_month = sheet.month, 0, -1, None
    i.wait_sum, i.wait_months, i.looks, i.dossiers, i.leaves = 0.0, 0, 0, 0, 0
    i.wait_threshold = sheet.draw("exponential", 12, *i.address)
    i.leave_sum = i.leave_threshold = i.release_sum = 0.0
    i.exit_sum = i.expansion_sum = 0.0
    i.expansions, i.idle_until, i.open_month, i.work_done_time = 0, 0, None, -1.0
    sheet.investors.append(i)
    sheet.candidates += 1
    sheet.event(i, None, APPEARED, 0)
    return i


def _home(sheet, i) -> None:
    luck = sheet.draw("uniform", 6, *i.address)
    people = sum(d.population for d in sheet.districts)
    passed = 0.0
    for row, d in enumerate(sheet.districts):
        passed += d.population
        if passed > luck * people:
            i.home_district = row
            break
    sheet.paper.note(i.who, "home district", sheet.districts[i.home_district].name)


# --- 9.7 ------------------------------------------------------------------------------------------


def choice(sheet) -> None:
    """Everyone who looks applies, waits or leaves."""
    sheet.paper.head(3, "9.7 Choice")
    for zone in sheet.zones:
        if zone.unmet_ha > 0:
            zone.unmet_ha = sheet.paper.line(
                zone.id,
                "unmet demand remembered, ha",
                "before * (1 - 1 / memory)",
                before=zone.unmet_ha,
                memory=sheet.p.unmet_memory_months,
            )
    if not sheet.lookers:
        sheet.paper.note("province", "anyone looks", False)
        return
    for zone in sheet.zones:
        _shown(sheet, zone)
    for i in sheet.lookers:
        _look(sheet, i)


def _tenants(sheet, zone) -> list:
    return [i for i in sheet.investors if i.zone is zone and HAND_OVER <= i.stage <= OPERATING]


def _shown(sheet, zone) -> None:
    """What a zone shows to everyone who looks this month."""
    p, paper = sheet.p, sheet.paper
    begun = zone.serviced_ha > 0 or any(t.stage == IN_PROGRESS for t in zone.tranches)
    zone.on_offer = zone.operator != 0 and begun
    zone.viewable = zone.on_offer or allowed(sheet, zone)
    paper.note(zone.id, "on offer or past its planning date", zone.viewable)
    zone.here = _tenants(sheet, zone)
    for origin, name in enumerate(ORIGINS):
        paper_value = paper.line(
            zone.id,
            f"known to {name} investors, share",
            "1 - exp(promotion * exp(by_tenants * ln(1 + tenants)) * ln(1 - base))",
            promotion=sheet.levers.promotion[origin],
            by_tenants=p.consideration_tenants,
            tenants=sum(1 for i in zone.here if i.origin == origin),
            base=p.consideration_base,
        )
        zone.known = [paper_value] if origin == 0 else [*zone.known, paper_value]
    zone.quality = paper.line(
        zone.id,
        "quality",
        "exp(w * ln(none + (1 - none) * connected) + (1 - w) * ln(plant))",
        w=p.quality_connection_weight,
        none=p.quality_unconnected,
        connected=zone.connected,
        plant=1.0 if zone.capacity_m3_day > zone.load_m3_day else p.quality_no_plant,
    )


def _look(sheet, i) -> None:
    p, paper = sheet.p, sheet.paper
    i.looks += 1
    outside = paper.line(
        i.who,
        f"look {i.looks}: utility of the neighbours",
        "utility + drift * (month / 12) + gumbel",
        utility=p.outside_utility,
        drift=p.outside_drift,
        month=sheet.month,
        gumbel=sheet.draw("gumbel", 10, *i.address),
    )
    values, considered = [], []
    look = {"investor": i, "outside": outside, "zones": []}
    for zone in sheet.zones:
        terms, value = _utility(sheet, i, zone)
        values.append(value)
        considered.append(_is_considered(sheet, i, zone))
        look["zones"].append({**terms, "total": value, "considered": considered[-1]})
    sheet.looks.append(look)
    first = best = None
    top = feasible = outside
    for zone, value in zip(sheet.zones, values, strict=True):
        if considered[zone.row] and value > top:
            first, top = zone, value
        if considered[zone.row] and value > feasible and not _obstacle(sheet, i, zone):
            best, feasible = zone, value
    _decide(sheet, i, first, best)


def _is_considered(sheet, i, zone) -> bool:
    """Whether a zone is in view: known, of the investor's kind, on offer or past its date."""
    if (i.segment.programme and zone.kind == 0) or not zone.viewable:
        sheet.paper.note(i.who, f"{zone.id}: in view", False)
        return False
    luck = sheet.draw("uniform", 9, i.segment.id, zone.id, i.number)
    return sheet.paper.line(
        i.who, f"{zone.id}: in view", "luck < known", luck=luck, known=zone.known[i.origin]
    )


def _utility(sheet, i, zone) -> tuple[dict[str, float], float]:
    """V of a zone, and its terms in the order of 9.7."""
    p, paper, levers, sector = sheet.p, sheet.paper, sheet.levers, i.sector
    overloaded = zone.load_m3_day >= zone.capacity_m3_day and not i.strict

    def term(what: str, formula: str, **numbers: float) -> float:
        return paper.line(i.who, f"{zone.id}: {what}", formula, **numbers)

    luck = term(
        "luck",
        "scale * gumbel",
        scale=p.zone_scale,
        gumbel=sheet.draw("gumbel", 8, i.segment.id, zone.id, i.number),
    )
    taste = term(
        "taste for the province",
        "sigma * normal",
        sigma=p.province_taste_sigma,
        normal=sheet.draw("normal", 7, *i.address),
    )
    common = _common(sheet, i, zone)
    total = paper.total(i.who, f"{zone.id}: common", common.values())
    time = term(
        "time",
        "-(beta * (weight * lived + (1 - weight) * (days * statutory * overrun / 30)))",
        beta=p.beta_time,
        weight=p.lived_time_weight,
        lived=sheet.offices[zone.kind].lived_months,
        days=statutory_days(sheet, sector, i.land_ha),
        statutory=levers.statutory_days,
        overrun=p.overrun,
    )
    enforcement = home = 0.0
    if overloaded:
        enforcement = term(
            "enforcement",
            "-(beta * pollution * (intensity - 1))",
            beta=p.beta_enforcement,
            pollution=sector.pollution,
            intensity=levers.inspection_intensity,
        )
    if i.home_district == zone.district:
        home = p.home_utility
        paper.note(i.who, f"{zone.id}: home district", home)
    own = {"time": time, "enforcement": enforcement, "home": home}
    value = paper.total(i.who, f"{zone.id}: utility", [luck, taste, total, *own.values()])
    return {"luck": luck, "taste": taste} | common | own, value


def _common(sheet, i, zone) -> dict[str, float]:
    p, paper, levers, sector = sheet.p, sheet.paper, sheet.levers, i.sector

    def term(what: str, formula: str, **numbers: float) -> float:
        return paper.line(i.who, f"{zone.id}: {what}", formula, **numbers)

    terms = {
        "quality": term("readiness", "beta * quality", beta=p.beta_quality, quality=zone.quality),
        "price": term(
            "price",
            "-(beta * ln(price * (1 - support) / (reference * exp(growth * (month / 12)))))",
            beta=p.beta_price,
            price=zone.price_usd_m2_term,
            support=levers.land_price_support if sector.id in levers.priority_sectors else 0.0,
            reference=p.price_ref_usd_m2_term,
            growth=p.price_growth,
            month=sheet.month,
        ),
        "wage": term(
            "wage",
            "-((low * beta_low + (1 - low) * beta_skilled) * ln(wage))",
            low=sector.low_skill_share,
            beta_low=p.beta_wage_low_skill,
            beta_skilled=p.beta_wage_skilled,
            wage=sheet.districts[zone.district].wage,
        ),
        "own_sector": term(
            "same sector",
            "beta * ln(1 + tenants)",
            beta=p.beta_own_sector,
            tenants=sum(1 for tenant in zone.here if tenant.sector is sector),
        ),
        "same_origin": term(
            "same origin",
            "beta * ln(1 + tenants)",
            beta=p.beta_same_origin,
            tenants=sum(1 for tenant in zone.here if tenant.origin == i.origin),
        ),
        "expressway": term(
            "expressway",
            "-(beta * ln(1 + km))",
            beta=p.beta_expressway,
            km=zone.km_expressway,
        ),
        "port": term(
            "port",
            "-(beta * exports * ln(1 + km))",
            beta=p.beta_port,
            exports=sector.export_share,
            km=zone.km_port,
        ),
        "private_operator": p.beta_private_operator if zone.operator == PRIVATE else 0.0,
        "reputation": term(
            "reputation",
            "beta * (good / (good + bad) - reference)",
            beta=p.beta_reputation,
            good=zone.good,
            bad=zone.bad,
            reference=p.reputation_reference,
        ),
        "kind": -sector.park_affinity if zone.kind else sector.park_affinity,
    }
    paper.note(i.who, f"{zone.id}: private operator", terms["private_operator"])
    paper.note(i.who, f"{zone.id}: leaning to its kind", terms["kind"])
    return terms


def free_land_ha(sheet, zone) -> float:
    """Land that can be let (9.7, obstacle 4)."""
    lettable = zone.serviced_ha * (1 - sheet.p.residual_share)
    return lettable - zone.reserved_ha - zone.leased_ha - zone.idle_ha


def is_wet(sheet, sector) -> bool:
    """Whether a sector is wet."""
    return sector.wastewater_m3_ha_day > sheet.p.wet_m3_ha_day


def lacks_wastewater(sheet, zone, sector, land_ha: float) -> bool:
    """Whether `wastewater_first` keeps a wet sector out of a zone."""
    free = zone.capacity_m3_day - zone.committed_m3_day
    wanted = sector.wastewater_m3_ha_day * land_ha
    return sheet.levers.wastewater_first and is_wet(sheet, sector) and free < wanted


def _obstacle(sheet, i, zone) -> int:
    levers, sector = sheet.levers, i.sector
    if sector.id in levers.banned_sectors:
        return SECTOR
    if zone.permitted and sector.id not in zone.permitted:
        return SECTOR
    if i.capital_bn_vnd_ha < levers.capital_floor:
        return CAPITAL
    if lacks_wastewater(sheet, zone, sector, i.land_ha):
        return WATER
    if not zone.on_offer or free_land_ha(sheet, zone) < i.land_ha:
        return LAND
    return 0


def _decide(sheet, i, first, best) -> None:
    paper = sheet.paper
    newly = i.looks == 1
    i.first_choice, i.obstacle = first, 0 if first is None else _obstacle(sheet, i, first)
    paper.note(i.who, "first choice", first.id if first else "neighbours")
    if first is None:
        leave(sheet, i, NEIGHBOURS)
        return
    if newly:
        first.wanted_ha += i.land_ha
    paper.note(i.who, "obstacle there", OBSTACLES[i.obstacle])
    if best is not None:
        paper.note(i.who, "applies in", best.id)
        _file(sheet, i, best)
    elif i.obstacle == LAND:
        first.unmet_ha = paper.total(first.id, "unmet demand, ha", [i.land_ha], first.unmet_ha)
        i.next_look = sheet.month + whole_months(sheet.p.look_again_months)
        if i.stage != WAITING:
            i.stage = WAITING
            sheet.event(i, first, WAITS, 0)
        paper.note(i.who, "waits for land, looks again in month", i.next_look)
    else:
        leave(sheet, i, REASON_OF[i.obstacle])


def _file(sheet, i, zone) -> None:
    """File a dossier (9.7, filing)."""
    p, paper, levers, sector = sheet.p, sheet.paper, sheet.levers, i.sector
    i.stage, i.zone, i.filed_month = APPLIED, zone, sheet.month
    i.dossiers += 1
    i.applied_time, i.work_done_time = max(i.arrival_time, float(sheet.month)), -1.0
    polluting = sector.pollution > p.pollution_threshold
    hours = paper.line(
        i.who,
        "hours of a round",
        "hours * exp(sigma * normal + by_land * ln(1 + land)) * env",
        hours=p.dossier_hours,
        sigma=p.dossier_hours_sigma,
        normal=sheet.draw("normal", 13, *i.address),
        by_land=p.dossier_hours_land,
        land=i.land_ha,
        env=p.environment_hours_factor * levers.appraisal_depth if polluting else 1.0,
    )
    chance = min(0.95, p.rework_probability * levers.rework)
    i.rounds = 0
    if chance > 0:
        i.rounds = paper.line(
            i.who,
            "rounds returned",
            "floor(ln(uniform) / ln(chance))",
            uniform=sheet.draw("uniform", 14, *i.address),
            chance=chance,
        )
    i.hours = paper.line(
        i.who,
        "hours of the dossier",
        "hours * (1 + rework * rounds)",
        hours=hours,
        rework=p.rework_hours_share,
        rounds=i.rounds,
    )
    days = statutory_days(sheet, sector, i.land_ha)
    i.required_months = paper.line(
        i.who,
        "required, months",
        "days * statutory * overrun / 30 + rounds * rework",
        days=days,
        statutory=levers.statutory_days,
        overrun=p.overrun,
        rounds=i.rounds,
        rework=p.rework_months,
    )
    i.promised_months = paper.line(
        i.who, "promised, months", "days * overrun / 30", days=days, overrun=p.overrun
    )
    i.leave_threshold += sheet.draw("exponential", 15, *i.address, event=i.leaves)
    zone.reserved_ha = paper.total(zone.id, "reserved, ha", [i.land_ha], zone.reserved_ha)
    zone.committed_m3_day = paper.line(
        zone.id,
        "committed, m3/day",
        "before + wastewater * land",
        before=zone.committed_m3_day,
        wastewater=sector.wastewater_m3_ha_day,
        land=i.land_ha,
    )
    sheet.event(i, zone, APPLIES, i.dossiers)


# --- 9.8 ------------------------------------------------------------------------------------------


def licensing(sheet) -> None:
    """Offices serve, then decide: the parks' office, then the clusters'."""
    sheet.paper.head(3, "9.8 Licensing")
    for office in sheet.offices:
        _serve(sheet, office)
        _decisions(sheet, office)


def _queue(sheet, office) -> list:
    return [i for i in in_stages(sheet, APPLIED, APPLIED) if i.zone.kind == office.kind]


def _fast(sheet, i) -> bool:
    classes, levers = sheet.levers.fast_track, sheet.levers
    large = "large" in classes and i.land_ha >= sheet.p.large_project_ha
    foreign = "foreign" in classes and i.origin == 1
    return large or foreign or ("priority" in classes and i.sector.id in levers.priority_sectors)


def _serve(sheet, office) -> None:
    while True:
        queue = [i for i in _queue(sheet, office) if i.work_done_time < 0]
        if not queue:
            return
        start = max(office.clock, min(i.applied_time for i in queue))
        if not start < sheet.month + 1:
            return
        ready = [i for i in queue if i.applied_time <= start]
        i = min(ready, key=lambda i: (not _fast(sheet, i), i.applied_time, i.row))
        i.work_done_time = office.clock = sheet.paper.line(
            i.who,
            "work done at: start + hours / capacity",
            "start + hours / (capacity * staff)",
            start=start,
            hours=i.hours,
            capacity=office.capacity_hours_month,
            staff=sheet.levers.licensing_staff,
        )


def _decisions(sheet, office) -> None:
    p, paper, month = sheet.p, sheet.paper, sheet.month
    waits = []
    for i in _queue(sheet, office):
        if i.filed_month == month:
            continue
        held = is_wet(sheet, i.sector) and month < i.zone.caught_until
        ready = i.applied_time + i.required_months
        served = 0 <= i.work_done_time <= month + 1
        if served and ready <= month + 1 and not held:
            if _refused(sheet, i):
                _free_reserved(i)
                leave(sheet, i, APPRAISAL)
            else:
                waits.append(_license(sheet, i))
        else:
            _lose_patience(sheet, i)
    if waits:
        name = f"{('parks', 'clusters')[office.kind]}' office"
        office.lived_months = paper.line(
            name,
            "lived time, months",
            "exp(-ln(2) / half) * lived + (1 - exp(-ln(2) / half)) * mean",
            half=p.lived_half_life_months,
            lived=office.lived_months,
            mean=sum_of(waits) / len(waits),
        )
    office.queue = len(_queue(sheet, office))


def _refused(sheet, i) -> bool:
    p = sheet.p
    if i.sector.pollution <= p.pollution_threshold:
        return False
    depth = p.appraisal_refusal_share * (sheet.levers.appraisal_depth - 1)
    return sheet.draw("uniform", 17, *i.address) < max(0.0, min(0.95, depth))


def _free_reserved(i) -> None:
    i.zone.reserved_ha -= i.land_ha
    i.zone.committed_m3_day -= i.sector.wastewater_m3_ha_day * i.land_ha


def _license(sheet, i) -> float:
    p, paper, levers, zone, month = sheet.p, sheet.paper, sheet.levers, i.zone, sheet.month
    waited = paper.line(
        i.who,
        "licensed; waited, months",
        "max(max(done, applied + required), month) - applied",
        done=i.work_done_time,
        applied=i.applied_time,
        required=i.required_months,
        month=month,
    )
    i.waited_months = waited
    zone.reserved_ha = paper.line(
        zone.id, "reserved, ha", "before - land", before=zone.reserved_ha, land=i.land_ha
    )
    zone.tenants += 1
    lease(sheet, i, i.land_ha)
    if i.sector.id in levers.priority_sectors and levers.land_price_support > 0:
        zone.public_support_bn_vnd += (
            levers.land_price_support * bn_per_ha(sheet, zone.price_usd_m2_term) * i.land_ha
        )
    i.licence_free_years, i.licence_half_years = holiday(sheet, kind=zone.kind)
    i.stage, i.stage_month, i.licence_month = HAND_OVER, month, month
    i.stage_end = month + months_of_days(p.hand_over_days)
    paper.note(i.who, "hand-over ends in month", i.stage_end)
    if waited <= (i.promised_months + p.promise_slack_months) * (1.0 + 1e-12):
        zone.new_good += 1
    else:
        zone.new_bad += 1
    sheet.approvals += 1
    sheet.approvals_parks += 1 if zone.kind == 0 else 0
    sheet.waited_months += waited
    sheet.event(i, zone, LICENSED, 0)
    return waited


def lease(sheet, i, land_ha: float) -> None:
    """Let land to an investor: by licence or by expansion."""
    zone = i.zone
    zone.leased_ha = sheet.paper.total(zone.id, "leased, ha", [land_ha], zone.leased_ha)
    zone.leased_cum_ha += land_ha
    zone.leasing[sheet.month] = zone.leasing.get(sheet.month, 0.0) + land_ha
    if zone.operator == STATE:
        zone.lease_income_bn_vnd = sheet.paper.line(
            i.who,
            f"{zone.id}: lease income since the start",
            "before + price * land",
            before=zone.lease_income_bn_vnd,
            price=bn_per_ha(sheet, zone.price_usd_m2_term),
            land=land_ha,
        )


def _lose_patience(sheet, i) -> None:
    p, paper, month = sheet.p, sheet.paper, sheet.month
    i.leave_sum = paper.line(
        i.who,
        "not through; sum of the hazard of leaving",
        "before + max(0, month + 1 - applied - promised) / max(least, promised) / patience",
        before=i.leave_sum,
        month=month,
        applied=i.applied_time,
        promised=i.promised_months,
        least=p.promise_floor_months,
        patience=p.patience_months,
    )
    if i.leave_sum < i.leave_threshold:
        return
    _free_reserved(i)
    i.leaves += 1
    zone, i.zone = i.zone, None
    zone.new_bad += 1
    sheet.event(i, zone, LEFT_PROCEDURE, i.leaves)
    if sheet.draw("uniform", 16, *i.address) < p.leave_for_good_share:
        i.zone = zone
        leave(sheet, i, PROCEDURES)
    else:
        i.stage, i.next_look = LOOKING, month + whole_months(p.look_again_months)


# --- 9.9 ------------------------------------------------------------------------------------------


def construction(sheet) -> None:
    """Hand-over, permits, building, stalling, by index."""
    p, paper, levers, month = sheet.p, sheet.paper, sheet.levers, sheet.month
    paper.head(3, "9.9 Construction")
    for i in in_stages(sheet, HAND_OVER, STALLED):
        if i.stage == STALLED:
            _stalled(sheet, i)
        elif month < i.stage_end or i.stage_month == month:
            continue
        elif i.stage == HAND_OVER:
            i.stage_month = month
            if sheet.draw("uniform", 18, *i.address) < p.late_probability:
                i.stage = STALLED
                paper.note(i.who, "stalled", True)
                sheet.event(i, i.zone, STALLS, 0)
                continue
            i.stage = PERMITS
            i.stage_end = month + paper.line(
                i.who,
                "months of permits",
                "max(1, ceil(days * statutory * overrun * one_stop / 30))",
                days=p.permit_days,
                statutory=levers.statutory_days,
                overrun=p.overrun,
                one_stop=p.one_stop_factor if levers.one_stop else 1.0,
            )
            sheet.event(i, i.zone, GETS_PERMITS, 0)
        elif i.stage == PERMITS:
            i.stage, i.stage_month = BUILDING, month
            i.stage_end = month + paper.line(
                i.who,
                "months of building",
                "max(1, ceil(months * exp(sigma * normal)))",
                months=p.building_months,
                sigma=p.building_sigma,
                normal=sheet.draw("normal", 20, *i.address),
            )
            sheet.event(i, i.zone, BUILDS, 0)
        else:
            _opens(sheet, i)


def _opens(sheet, i) -> None:
    i.stage, i.stage_month, i.open_month = OPERATING, sheet.month, sheet.month
    i.zone.operating_ha += i.land_ha
    sheet.new_projects += 1
    i.exit_threshold = sheet.draw("exponential", 22, *i.address)
    i.expansion_threshold = sheet.draw("exponential", 21, *i.address)
    sheet.event(i, i.zone, OPENED, 0)


def _stalled(sheet, i) -> None:
    p, month, limit = sheet.p, sheet.month, sheet.levers.revocation_months
    if i.stage_month == month:
        return
    i.release_sum = sheet.paper.line(
        i.who,
        "sum of the hazard of giving up",
        "before + hazard / 12",
        before=i.release_sum,
        hazard=p.late_release_hazard,
    )
    if i.release_sum >= sheet.draw("exponential", 19, *i.address):
        i.zone.new_bad += 1
        reason = ABANDONED
    elif limit > 0 and month - i.stage_month >= limit:
        reason = REVOKED
    else:
        return
    i.zone.leased_ha -= i.land_ha
    i.zone.committed_m3_day -= i.sector.wastewater_m3_ha_day * i.land_ha
    i.zone.tenants -= 1
    leave(sheet, i, reason)


# --- 9.10 -----------------------------------------------------------------------------------------


def operation(sheet) -> None:
    """Land returns, tenants close, expand: all three investor by investor."""
    sheet.paper.head(3, "9.10 Operation")
    for i in in_stages(sheet, OPERATING, GONE):
        if i.stage == GONE:
            if i.idle_until and sheet.month >= i.idle_until:
                i.zone.idle_ha -= i.land_ha
                i.idle_until = 0
                sheet.event(i, i.zone, LAND_RETURNED, 0)
        elif sheet.month > i.open_month and not _closes(sheet, i):
            _expands(sheet, i)


def _closes(sheet, i) -> bool:
    p, zone, sector = sheet.p, i.zone, i.sector
    i.exit_sum = sheet.paper.line(
        i.who,
        "sum of the hazard of closing",
        "before + hazard / 12 * exp(elasticity * low * ln(wage) + overload"
        " - by_age * ((month - opened) / 12 - reference)) * fined",
        before=i.exit_sum,
        hazard=p.exit_hazard,
        elasticity=p.exit_wage_elasticity,
        low=sector.low_skill_share,
        wage=sheet.districts[zone.district].wage,
        overload=p.exit_overload if zone.load_m3_day > zone.capacity_m3_day else 0.0,
        by_age=p.exit_age,
        month=sheet.month,
        opened=i.open_month,
        reference=p.exit_age_reference_years,
        fined=p.exit_fined_factor if sheet.month < zone.caught_until else 1.0,
    )
    if i.exit_sum < i.exit_threshold:
        return False
    zone.leased_ha -= i.land_ha
    zone.operating_ha -= i.land_ha
    zone.idle_ha += i.land_ha
    zone.committed_m3_day -= sector.wastewater_m3_ha_day * i.land_ha
    zone.tenants -= 1
    zone.new_bad += 1
    i.idle_until = sheet.month + whole_months(p.reuse_months)
    leave(sheet, i, CLOSED)
    return True


def _expands(sheet, i) -> None:
    p, levers, zone, sector = sheet.p, sheet.levers, i.zone, i.sector
    i.expansion_sum = sheet.paper.line(
        i.who,
        "sum of the hazard of expanding",
        "before + hazard / 12",
        before=i.expansion_sum,
        hazard=p.expansion_hazard,
    )
    if i.expansion_sum < i.expansion_threshold:
        return
    i.expansions += 1
    i.expansion_threshold += sheet.draw("exponential", 21, *i.address, event=i.expansions)
    more = p.expansion_share * i.land_ha
    if (
        sector.id in levers.banned_sectors
        or i.capital_bn_vnd_ha < levers.capital_floor
        or lacks_wastewater(sheet, zone, sector, more)
        or free_land_ha(sheet, zone) < more
    ):
        return
    sheet.paper.note(i.who, "expands by, ha", more)
    i.land_ha += more
    zone.operating_ha += more
    zone.committed_m3_day += sector.wastewater_m3_ha_day * more
    lease(sheet, i, more)
    sheet.event(i, zone, EXPANDED, i.expansions)
