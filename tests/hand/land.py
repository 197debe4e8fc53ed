"""Demand and land by hand: MODEL.md sections 9.1 to 9.5, written from the document."""

import math

from tests.hand.data import NEVER
from tests.hand.start import (
    IN_PROGRESS,
    PLANNED,
    SERVICED,
    bn_per_ha,
    by_kind,
    price_tranche,
)

NONE, STATE, PRIVATE = 0, 1, 2
BLOCKS, TRANCHE_STARTED, TRANCHE_SERVICED, PLANT_BUILT, PRIVATE_CAME, STATE_CAME = range(11, 17)


def reached(total: float, cost: float) -> bool:
    """Whether a sum has reached a cost (3, conventions)."""
    return total >= cost * (1 - 1e-12)


# --- 9.1 ------------------------------------------------------------------------------------------


def demand(sheet) -> None:
    """The demand cycle, the trend factor and the rate of each segment."""
    p, paper, month = sheet.p, sheet.paper, sheet.month
    paper.head(3, "9.1 Demand")
    normal = sheet.draw("normal", 1, "-", "-", month)
    formula = (
        "sigma / sqrt(1 - kept ** 2) * normal" if month == 0 else "kept * last + sigma * normal"
    )
    free = paper.line(
        "province",
        "cycle before the bound",
        formula,
        kept=p.demand_cycle_persistence,
        sigma=p.demand_cycle_sigma,
        normal=normal,
        last=sheet.cycle,
    )
    sheet.cycle = paper.line(
        "province",
        "cycle",
        "max(low, min(high, free))",
        low=-p.demand_cycle_bound,
        high=p.demand_cycle_bound,
        free=free,
    )
    start = effective(sheet, p.holiday_free_years, p.holiday_half_years)
    tax = paper.line(
        "province",
        "tax",
        "semi * additionality * (start - now)",
        semi=p.tax_semi_elasticity,
        additionality=p.tax_additionality,
        start=start,
        now=effective(sheet, *holiday(sheet, kind=0)),
    )
    trend = paper.line(
        "province",
        "trend factor",
        "exp(growth * (month / 12) + cycle + tax)",
        growth=p.demand_growth,
        month=month,
        cycle=sheet.cycle,
        tax=tax,
    )
    for g in sheet.segments:
        g.rate = _rate(sheet, g, trend)


def _rate(sheet, g, trend: float) -> float:
    p, levers = sheet.p, sheet.levers
    if g.programme:
        return sheet.paper.line(
            g.id, "rate a month", "workshops / 12", workshops=levers.craft_village_programme
        )
    years = (sheet.start_month_of_year + sheet.month) // 12
    index = (p.demand_index_first_year, p.demand_index_second_year)[years] if years < 2 else 1.0
    promotion = levers.promotion[g.origin]
    assert promotion > 0
    return sheet.paper.line(
        g.id,
        "rate a month",
        "candidates / 12 * share * (index * lever) * exp(elasticity * ln(promotion)) * trend",
        candidates=p.candidates_per_year,
        share=g.share,
        index=index,
        lever=levers.demand_index[g.origin],
        elasticity=p.promotion_elasticity,
        promotion=promotion,
        trend=trend,
    )


def holiday(sheet, *, kind: int) -> tuple[float, float]:
    """Free and half years in force for a kind of zone."""
    years = [sheet.p.holiday_free_years, sheet.p.holiday_half_years]
    if kind == 0 and sheet.month >= sheet.holiday_ends_month:
        years = [0.0, 0.0]
    lever = sheet.levers.tax_holiday
    return lever.get("free_years", years[0]), lever.get("half_years", years[1])


def effective(sheet, free: float, half: float) -> float:
    """The effective tax rate of a holiday."""
    p, horizon = sheet.p, sheet.p.tax_horizon_years
    d = p.discount_rate
    assert d > 0

    def s(start: float, end: float) -> float:
        a, b = min(start, horizon), min(end, horizon)
        return (math.exp(-d * a) - math.exp(-d * b)) / (1 - math.exp(-d * horizon))

    return p.cit_rate * (0.5 * s(free, free + half) + s(free + half, horizon))


# --- 9.2 ------------------------------------------------------------------------------------------


def funding(sheet) -> None:
    """Asks, gifts, what zones do with them, the wastewater purse, the accounts."""
    sheet.paper.head(3, "9.2 Funding")
    sheet.level = sheet.paper.line(
        "province",
        "level of costs",
        "exp(growth * (month / 12))",
        growth=sheet.p.cost_growth,
        month=sheet.month,
    )
    for zone in sheet.zones:
        _ask(sheet, zone)
    _give(sheet)
    for zone in sheet.zones:
        _spend(sheet, zone)
    _wastewater_purse(sheet)
    december = (sheet.start_month_of_year + sheet.month) % 12 == 11
    if december:
        sheet.unspent = sheet.paper.total(
            "province",
            "unspent since the start",
            [sheet.carried, sheet.carried_wastewater],
            sheet.unspent,
        )
        sheet.carried = sheet.carried_wastewater = 0.0


def allowed(sheet, zone) -> bool:
    """Whether the zone is past its planning date."""
    return sheet.month >= sheet.levers.works_may_start[zone.id]


def has_plant_to_build(sheet, t) -> bool:
    """A plant is part of a tranche in parks, in clusters under `wastewater_first`."""
    return not t.plant_built and (t.zone.kind == 0 or sheet.levers.wastewater_first)


def uncleared_bn_vnd(t) -> float:
    """Compensation of the blocks that are not cleared."""
    return t.compensation_bn_vnd * (1 - t.blocks_cleared / t.blocks)


def _ask(sheet, zone) -> None:
    p, paper = sheet.p, sheet.paper
    zone.ask_connection = zone.remaining = zone.connection_cost = 0.0
    for t in zone.tranches:
        t.due = t.plan_works = t.plan_plant = 0.0
        t.asks = [0.0, 0.0, 0.0, 0.0]  # clearance, works, plant, co-finance
        t.gifts = [0.0, 0.0, 0.0, 0.0]
    zone.given_connection = 0.0
    if allowed(sheet, zone):
        zone.connection_cost = paper.line(
            zone.id,
            "cost of connections",
            "unit * gross * level",
            unit=p.connection_cost_bn_vnd_ha,
            gross=zone.gross_ha,
            level=sheet.level,
        )
        zone.ask_connection = paper.line(
            zone.id,
            "ask for connections",
            "max(0, min(cost / months, cost * (1 - connected)))",
            cost=zone.connection_cost,
            months=p.connection_months,
            connected=zone.connected,
        )
        zone.remaining = paper.line(
            zone.id,
            "connections still to pay",
            "max(0, cost * (1 - connected))",
            cost=zone.connection_cost,
            connected=zone.connected,
        )
        for t in zone.tranches:
            done = t.compensation_bn_vnd == 0 and t.plant_built  # serviced before month 0
            if t.stage != PLANNED and not done:
                _ask_of_tranche(sheet, t)
    else:
        paper.note(zone.id, "planning date passed", False)
    zone.ask = paper.total(
        zone.id,
        "ask",
        [zone.ask_connection, *(sum_of(t.asks) for t in zone.tranches)],
    )


def sum_of(numbers: list[float]) -> float:
    """Add from left to right."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def _ask_of_tranche(sheet, t) -> None:
    p, paper, levers = sheet.p, sheet.paper, sheet.levers
    progress = t.stage == IN_PROGRESS
    cleared = t.blocks_cleared / t.blocks
    uncleared = uncleared_bn_vnd(t)
    held = t.held_public_bn_vnd + t.held_private_bn_vnd
    if t.blocks_cleared < t.blocks or t.owed_bn_vnd > 0:
        t.due = paper.line(
            t.who,
            "compensation due",
            "owed + max(0, min(uncleared * effort / months, uncleared - held))",
            owed=t.owed_bn_vnd,
            uncleared=uncleared,
            effort=levers.clearance_effort,
            months=p.clearance_months,
            held=held,
        )
    if progress:
        t.plan_works = paper.line(
            t.who,
            "works that can be done",
            "max(0, min(cost / months, cost * cleared - done))",
            cost=t.works_cost_bn_vnd,
            months=p.works_months,
            cleared=cleared,
            done=t.works_done_bn_vnd,
        )
    if has_plant_to_build(sheet, t):
        t.plan_plant = paper.line(
            t.who,
            "plant that can be built",
            "max(0, min(cost / months, cost * cleared - spent))",
            cost=t.plant_cost_bn_vnd,
            months=p.plant_months,
            cleared=cleared,
            spent=t.plant_spent_bn_vnd,
        )
    unpaid = max(0.0, uncleared + t.owed_bn_vnd - held)
    works_left = max(0.0, t.works_cost_bn_vnd - t.works_done_bn_vnd) if progress else 0.0
    if t.zone.operator == STATE:
        t.asks = [t.due, t.plan_works, t.plan_plant, 0.0]
        left = t.plant_cost_bn_vnd - t.plant_spent_bn_vnd
        plant_left = max(0.0, left) if has_plant_to_build(sheet, t) else 0.0
        t.zone.remaining = paper.line(
            t.who,
            "public cost still to come, with this tranche",
            "before + (unpaid + works + plant)",
            before=t.zone.remaining,
            unpaid=unpaid,
            works=works_left,
            plant=plant_left,
        )
        return
    if t.due > 0:
        t.asks[0] = paper.line(
            t.who,
            "ask for clearance",
            "advance * due",
            advance=levers.clearance_advance,
            due=t.due,
        )
    t.asks[3] = paper.line(
        t.who,
        "ask for co-finance",
        "share * works",
        share=levers.cofinance_share,
        works=t.plan_works,
    )
    t.zone.remaining = paper.line(
        t.who,
        "public cost still to come, with this tranche",
        "before + (advance * unpaid + share * works)",
        before=t.zone.remaining,
        advance=levers.clearance_advance,
        unpaid=unpaid,
        share=levers.cofinance_share,
        works=works_left,
    )


def _give(sheet) -> None:
    p, paper, levers = sheet.p, sheet.paper, sheet.levers
    money = paper.line(
        "province",
        "money of the month",
        "(funding + reinvested * share * revenue) / 12",
        funding=levers.infrastructure_funding,
        reinvested=levers.reinvestment_share,
        share=p.province_share,
        revenue=sheet.revenue_last_year,
    )
    sheet.purse_in = paper.line(
        "province",
        "funding received since the start",
        "before + money + wastewater / 12",
        before=sheet.purse_in,
        money=money,
        wastewater=levers.wastewater_funding,
    )
    available = paper.line(
        "province", "available", "carried + money", carried=sheet.carried, money=money
    )
    asked = [sum_of([zone.ask for zone in sheet.zones if zone.kind == kind]) for kind in range(2)]
    sheet.asked = asked[0] + asked[1]
    for_parks = paper.line(
        "parks", "set aside", "available * share", available=available, share=levers.park_share
    )
    for_clusters = paper.line(
        "clusters", "set aside", "available - parks", available=available, parks=for_parks
    )
    share = "min(asked, mine + max(0, theirs - their_asks))"
    sides = [
        paper.line(
            "parks",
            "to give",
            share,
            asked=asked[0],
            mine=for_parks,
            theirs=for_clusters,
            their_asks=asked[1],
        ),
        paper.line(
            "clusters",
            "to give",
            share,
            asked=asked[1],
            mine=for_clusters,
            theirs=for_parks,
            their_asks=asked[0],
        ),
    ]
    for zone in _in_order(sheet):
        side = sides[zone.kind]
        if levers.allocation == "even":
            zone.given = zone.ask * (1.0 if asked[zone.kind] <= side else side / asked[zone.kind])
            paper.note(zone.id, "gift", zone.given)
            continue
        zone.given = paper.line(
            zone.id,
            f"gift, in the order of {levers.allocation}",
            "min(ask, left)",
            ask=zone.ask,
            left=side,
        )
        sides[zone.kind] -= zone.given
    sheet.carried = paper.line(
        "province",
        "carried",
        "max(0, available - gifts)",
        available=available,
        gifts=sum_of([zone.given for zone in sheet.zones]),
    )


def _in_order(sheet) -> list:
    levers = sheet.levers
    if levers.allocation == "even":
        return sheet.zones
    if levers.allocation == "nearest-to-finish":
        return sorted(sheet.zones, key=lambda zone: zone.remaining)
    if levers.allocation == "by-demand":
        return sorted(sheet.zones, key=lambda zone: -zone.unmet_ha / max(1e-9, zone.remaining))
    ranks = {zone: rank for rank, zone in enumerate(levers.zone_priorities, 1)}
    return sorted(sheet.zones, key=lambda zone: (ranks.get(zone.id, NEVER), zone.remaining))


def _spend(sheet, zone) -> None:
    """Clearance, connections, works, plants, co-finance: each over tranches by index."""
    paper, left = sheet.paper, zone.given

    def take(ask: float) -> float:
        nonlocal left
        taken = min(left, ask)
        left -= taken
        return taken

    for t in zone.tranches:
        t.gifts[0] = take(t.asks[0])
    zone.given_connection = take(zone.ask_connection)
    for purpose in (1, 2, 3):
        for t in zone.tranches:
            t.gifts[purpose] = take(t.asks[purpose])
    for t in zone.tranches:
        for purpose, gift in zip(
            ("clearance", "works", "plant", "co-finance"), t.gifts, strict=True
        ):
            if gift > 0:
                paper.note(t.who, f"given for {purpose}", gift)
    if zone.given_connection > 0:
        zone.connected = paper.line(
            zone.id,
            "connected",
            "min(1, connected + given / cost)",
            connected=zone.connected,
            given=zone.given_connection,
            cost=zone.connection_cost,
        )
        zone.public_connection_bn_vnd += zone.given_connection
    zone.given -= left
    sheet.carried += left


def _wastewater_purse(sheet) -> None:
    p, paper = sheet.p, sheet.paper
    purse = sheet.carried_wastewater + sheet.levers.wastewater_funding / 12
    if sheet.levers.wastewater_funding > 0:
        purse = paper.line(
            "wastewater purse",
            "in the purse",
            "carried + funding / 12",
            carried=sheet.carried_wastewater,
            funding=sheet.levers.wastewater_funding,
        )
    keys = []
    for zone in sheet.zones:
        if zone.plant_spent_bn_vnd > 0:
            keys.append((zone.plant_cost_bn_vnd - zone.plant_spent_bn_vnd, zone))
        elif zone.serviced_ha > 0 and zone.capacity_m3_day <= 0 and purse > 0:
            zone.plant_target_m3_day = paper.line(
                zone.id,
                "missing plant, m3/day",
                "serviced * wastewater",
                serviced=zone.serviced_ha,
                wastewater=sheet.mean_wastewater,
            )
            zone.plant_cost_bn_vnd = paper.line(
                zone.id,
                "missing plant, cost",
                "size * unit * level",
                size=zone.plant_target_m3_day,
                unit=p.plant_cost_bn_vnd_m3_day,
                level=sheet.level,
            )
            keys.append((zone.plant_cost_bn_vnd, zone))
    for _, zone in sorted(keys, key=lambda pair: pair[0]):
        paid = paper.line(
            zone.id,
            "paid for the missing plant",
            "min(purse, max(0, min(cost / months, cost - spent)))",
            purse=purse,
            cost=zone.plant_cost_bn_vnd,
            months=p.plant_months,
            spent=zone.plant_spent_bn_vnd,
        )
        zone.plant_spent_bn_vnd += paid
        zone.public_plant_bn_vnd += paid
        purse -= paid
    if sheet.levers.wastewater_funding > 0:
        paper.note("wastewater purse", "left in the purse", purse)
    sheet.carried_wastewater = purse


# --- 9.3, 9.4 -------------------------------------------------------------------------------------


def clearance(sheet) -> None:
    """Compensation is paid in, blocks clear, households are paid."""
    sheet.paper.head(3, "9.3 Clearance")
    for t in sheet.tranches:
        if t.stage == PLANNED:
            continue
        if t.due > 0 or t.owed_bn_vnd > 0 or t.blocks_cleared < t.blocks:
            _clear(sheet, t)
        else:
            sheet.paper.note(t.who, "blocks left to clear", 0)


def _clear(sheet, t) -> None:
    p, paper, levers, zone = sheet.p, sheet.paper, sheet.levers, t.zone
    own = 0.0
    if zone.operator == PRIVATE:
        own = paper.line(
            t.who,
            "compensation of the developer's own",
            "on_time * (1 - advance) * due",
            on_time=p.operator_on_time_share,
            advance=levers.clearance_advance,
            due=t.due,
        )
    t.held_public_bn_vnd += t.gifts[0]
    t.held_private_bn_vnd += own
    zone.private_bn_vnd += own
    share = min(1.0, (t.gifts[0] + own) / t.due) if t.due > 0 else 1.0
    if allowed(sheet, zone) and t.blocks_cleared < t.blocks:
        t.clearance_sum = paper.line(
            t.who,
            "sum of the hazard of clearance",
            "before + effort / months * share",
            before=t.clearance_sum,
            effort=levers.clearance_effort,
            months=p.clearance_months,
            share=share,
        )
        now = sum(1 for luck in t.luck if luck <= t.clearance_sum)
        if now > t.blocks_cleared:
            newly = now - t.blocks_cleared
            for _ in range(newly):
                t.owed_bn_vnd += t.compensation_bn_vnd / t.blocks
                zone.cleared_gross_ha += t.gross_ha / t.blocks
            t.blocks_cleared = now
            paper.note(t.who, "blocks cleared", newly)
            sheet.event(None, zone, BLOCKS, newly)
    held = t.held_public_bn_vnd + t.held_private_bn_vnd
    paid = min(t.owed_bn_vnd, held)
    if paid > 0:
        public = paper.line(
            t.who,
            "public money paid to households",
            "paid * public / held",
            paid=paid,
            public=t.held_public_bn_vnd,
            held=held,
        )
        t.held_public_bn_vnd -= public
        t.held_private_bn_vnd -= paid - public
        t.owed_bn_vnd -= paid
        zone.public_clearance_bn_vnd += public
    paper.note(t.who, "held, public", t.held_public_bn_vnd)
    paper.note(t.who, "held, private", t.held_private_bn_vnd)
    paper.note(t.who, "owed to households", t.owed_bn_vnd)


def works(sheet) -> None:
    """Missing plants finish; works, plants, opening."""
    p, paper = sheet.p, sheet.paper
    paper.head(3, "9.4 Works")
    for zone in sheet.zones:
        cost = zone.plant_cost_bn_vnd
        if zone.plant_spent_bn_vnd > 0 and reached(zone.plant_spent_bn_vnd, cost):
            zone.capacity_m3_day = paper.total(
                zone.id, "capacity", [zone.plant_target_m3_day], zone.capacity_m3_day
            )
            zone.plant_spent_bn_vnd = zone.plant_cost_bn_vnd = zone.plant_target_m3_day = 0.0
            zone.new_good += p.plant_good
            sheet.event(None, zone, PLANT_BUILT, 0)
    for t in sheet.tranches:
        if t.stage == PLANNED:
            continue
        if t.stage == IN_PROGRESS:
            _works_of(sheet, t)
        if not t.plant_built:
            _plant_of(sheet, t)
        if t.stage == IN_PROGRESS:
            _opening(sheet, t)


def _works_of(sheet, t) -> None:
    p, paper, zone = sheet.p, sheet.paper, t.zone
    if zone.operator == STATE:
        built = t.gifts[1]
        zone.public_works_bn_vnd += built
    else:
        private = t.plan_works - t.gifts[3]
        built = t.gifts[3] + private
        zone.public_cofinance_bn_vnd += t.gifts[3]
        zone.private_bn_vnd = paper.line(
            zone.id,
            "private money since the start, with these works",
            "before + (works - cofinance)",
            before=zone.private_bn_vnd,
            works=t.plan_works,
            cofinance=t.gifts[3],
        )
    if built > 0:
        t.works_done_bn_vnd = paper.total(t.who, "works in place", [built], t.works_done_bn_vnd)
        t.works_spent_bn_vnd += built
        t.idle_months = 0
    elif t.works_done_bn_vnd > 0 and t.plan_works > 0:
        t.idle_months += 1
        if t.idle_months >= p.idle_grace_months:
            t.works_done_bn_vnd *= 1 - p.idle_decay
        if t.idle_months % max(1, math.ceil(p.works_idle_months)) == 0:
            zone.new_bad += 1


def _plant_of(sheet, t) -> None:
    zone = t.zone
    if zone.operator == STATE:
        built = t.gifts[2]
        zone.public_plant_bn_vnd += built
    else:
        built = t.plan_plant
        zone.private_bn_vnd = sheet.paper.total(
            zone.id, "private money since the start, with this plant", [built], zone.private_bn_vnd
        )
    if built <= 0:
        return
    t.plant_spent_bn_vnd = sheet.paper.total(
        t.who, "spent on the plant", [built], t.plant_spent_bn_vnd
    )
    if reached(t.plant_spent_bn_vnd, t.plant_cost_bn_vnd):
        t.plant_built = True
        zone.capacity_m3_day = sheet.paper.total(
            zone.id, "capacity", [t.plant_m3_day], zone.capacity_m3_day
        )
        zone.new_good += sheet.p.plant_good
        sheet.event(None, zone, PLANT_BUILT, 1)


def _opening(sheet, t) -> None:
    zone = t.zone
    ready = (
        t.blocks_cleared == t.blocks
        and reached(t.works_done_bn_vnd, t.works_cost_bn_vnd)
        and (t.plant_built or not sheet.levers.wastewater_first)
    )
    if ready:
        t.stage, t.open_month = SERVICED, sheet.month
        zone.serviced_ha += t.leasable_ha
        zone.serviced_gross_ha += t.gross_ha
        zone.new_good += 1
        sheet.paper.note(t.who, "opened", True)
        sheet.event(None, zone, TRANCHE_SERVICED, t.order)
        return
    late = sheet.month - t.start_month - math.ceil(sheet.p.land_late_months)
    if late >= 0 and late % 12 == 0:
        zone.new_bad += 1


# --- 9.5 ------------------------------------------------------------------------------------------


def operators(sheet) -> None:
    """Zone by zone: entry, tranche, price."""
    paper = sheet.paper
    paper.head(3, "9.5 Operators and prices")
    sheet.kind_occupancy = []
    for kind in range(2):
        leased = sum_of([zone.leased_ha for zone in sheet.zones if zone.kind == kind])
        serviced = sum_of([zone.serviced_ha for zone in sheet.zones if zone.kind == kind])
        sheet.kind_occupancy.append(leased / serviced if serviced > 0 else 0.0)
    sheet.bound = 0.0
    for t in sheet.tranches:
        if t.stage == IN_PROGRESS and t.zone.operator == STATE:
            sheet.bound += _binds(sheet, t)
    for zone in sheet.zones:
        _entry(sheet, zone)
        _start_tranche(sheet, zone)
        _price(sheet, zone)


def _binds(sheet, t) -> float:
    held = t.held_public_bn_vnd + t.held_private_bn_vnd
    unpaid = max(0.0, uncleared_bn_vnd(t) + t.owed_bn_vnd - held)
    works = max(0.0, t.works_cost_bn_vnd - t.works_done_bn_vnd)
    left = max(0.0, t.plant_cost_bn_vnd - t.plant_spent_bn_vnd)
    return unpaid + works + (left if has_plant_to_build(sheet, t) else 0.0)


def _costs(sheet, zone, gross: float, leasable: float) -> tuple[float, float]:
    """Cost of an area, and the public part of it."""
    p, levers = sheet.p, sheet.levers
    compensation = gross * sheet.level * by_kind(sheet, "clearance_cost_KIND_bn_vnd_ha", zone)
    works = gross * sheet.level * by_kind(sheet, "works_cost_KIND_bn_vnd_ha", zone)
    plant = 0.0
    if zone.kind == 0 or levers.wastewater_first:
        plant = leasable * sheet.mean_wastewater * p.plant_cost_bn_vnd_m3_day * sheet.level
    public = levers.clearance_advance * compensation + levers.cofinance_share * works
    return compensation + works + plant, public


def _entry(sheet, zone) -> None:
    p, paper, levers, month = sheet.p, sheet.paper, sheet.levers, sheet.month
    offered = zone.id in levers.offer_state_zones and zone.operator == STATE and zone.leased_ha <= 0
    if not (zone.operator == NONE or offered) or not allowed(sheet, zone):
        return
    if zone.operator_from is not None:
        if month >= zone.operator_from:
            zone.operator = PRIVATE
            sheet.event(None, zone, PRIVATE_CAME, 0)
        return
    gross, leasable = zone.gross_ha - zone.serviced_gross_ha, zone.leasable_ha - zone.serviced_ha
    margin = p.margin_lo
    if gross > 0:
        cost, public = _costs(sheet, zone, gross, leasable)
        margin = paper.line(
            zone.id,
            "margin",
            "max(lo, min(hi, (kept * price * leasable - cost + public) / cost"
            " - hurdle - penalty * (1 - connected)))",
            lo=p.margin_lo,
            hi=p.margin_hi,
            kept=p.operator_price_share,
            price=bn_per_ha(sheet, zone.price_usd_m2_term),
            leasable=leasable,
            cost=cost,
            public=public,
            hurdle=p.developer_hurdle,
            penalty=p.connection_penalty,
            connected=zone.connected,
        )
    zone.entry_sum = paper.line(
        zone.id,
        "sum of the hazard of entry",
        "before + hazard / 12 * promotion * min(1, occupancy / reference) * exp(margin)",
        before=zone.entry_sum,
        hazard=p.operator_entry_hazard,
        promotion=levers.operator_promotion,
        occupancy=sheet.kind_occupancy[zone.kind],
        reference=p.entry_occupancy_reference,
        margin=margin,
    )
    if zone.entry_sum >= zone.entry_threshold:
        zone.operator = PRIVATE
        sheet.event(None, zone, PRIVATE_CAME, 0)
    elif zone.operator == NONE and month - levers.works_may_start[zone.id] >= levers.state_steps_in:
        zone.operator = STATE
        sheet.event(None, zone, STATE_CAME, 0)


def leased_before(sheet, zone, months: int) -> float:
    """Land leased in the months before this one."""
    first = sheet.month - months
    return sum_of([ha for month, ha in zone.leasing.items() if first <= month < sheet.month])


def occupancy(zone, *, empty: float) -> float:
    """Leased over serviced land, `empty` where nothing is serviced."""
    return zone.leased_ha / zone.serviced_ha if zone.serviced_ha > 0 else empty


def _start_tranche(sheet, zone) -> None:
    t = next((t for t in zone.tranches if t.stage == PLANNED), None)
    if t is None or zone.operator == NONE or not allowed(sheet, zone):
        return
    if not _may_start(sheet, zone, t):
        return
    price_tranche(sheet, t, level=sheet.level)
    t.stage, t.start_month = IN_PROGRESS, sheet.month
    sheet.event(None, zone, TRANCHE_STARTED, t.order)
    if zone.operator == STATE:
        sheet.bound += _binds(sheet, t)


def _may_start(sheet, zone, t) -> bool:
    p, levers, parent = sheet.p, sheet.levers, zone.parent
    if parent is not None and (
        occupancy(parent, empty=0.0) < levers.expansion_rule or parent.capacity_m3_day <= 0
    ):
        return False
    if t.order == 0 and zone.serviced_ha <= 0:
        return True
    if zone.operator == PRIVATE and any(t.stage == IN_PROGRESS for t in zone.tranches):
        return False
    free = zone.serviced_ha - zone.reserved_ha - zone.leased_ha - zone.idle_ha
    need = max(p.free_land_floor_ha, p.free_land_years * leased_before(sheet, zone, 12))
    if not (free < need and occupancy(zone, empty=1.0) >= levers.expansion_rule):
        return False
    if zone.operator == STATE:
        return sheet.bound < p.state_gate_years * levers.infrastructure_funding
    cost, public = _costs(sheet, zone, t.gross_ha, t.leasable_ha)
    income = bn_per_ha(sheet, zone.price_usd_m2_term) * t.leasable_ha
    pace = max(leased_before(sheet, zone, 24) / 2, by_kind(sheet, "lease_pace_KIND_ha_year", zone))
    years = p.payback_base_years + t.leasable_ha / (2 * pace)
    rate = 1 + p.developer_discount_rate
    return income * rate**-years >= (cost - public) * rate**-p.payback_cost_years


def _price(sheet, zone) -> None:
    p, paper, month = sheet.p, sheet.paper, sheet.month
    if month == 0:
        paper.note(zone.id, "price, USD/m2/term, of the start", zone.price_usd_m2_term)
        return
    if zone.operator != PRIVATE:
        zone.price_usd_m2_term = paper.line(
            zone.id,
            "price, USD/m2/term",
            "start * exp(growth * (month / 12))",
            start=zone.start_price,
            growth=p.cost_growth,
            month=month,
        )
        return
    floor = paper.line(
        zone.id,
        "floor of the price",
        "(clearance + works) * level * gross / leasable / bn_vnd_ha_per_usd_m2",
        clearance=by_kind(sheet, "clearance_cost_KIND_bn_vnd_ha", zone),
        works=by_kind(sheet, "works_cost_KIND_bn_vnd_ha", zone),
        level=sheet.level,
        gross=zone.gross_ha,
        leasable=zone.leasable_ha,
        bn_vnd_ha_per_usd_m2=bn_per_ha(sheet, 1.0),
    )
    zone.price_usd_m2_term = paper.line(
        zone.id,
        "price, USD/m2/term",
        "max(floor_price, price * exp((growth + response * (occupancy - reference)) / 12))",
        floor_price=floor,
        price=zone.price_usd_m2_term,
        growth=p.price_growth,
        response=p.price_response,
        occupancy=occupancy(zone, empty=p.price_occupancy_reference),
        reference=p.price_occupancy_reference,
    )
