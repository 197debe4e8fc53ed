"""The tables beneath the record at the end of a month: columns of docs/model/quantities.md, 3."""

from tests.hand.people import APPLIED, GONE, HAND_OVER, OPERATING

ZONE = (
    "serviced_gross_ha good bad caught_until entry_sum inspection_sum incident_sum unmet_ha "
    "committed_m3_day plant_spent_bn_vnd plant_cost_bn_vnd land_step "
    "public_clearance_bn_vnd public_connection_bn_vnd public_works_bn_vnd public_plant_bn_vnd "
    "public_cofinance_bn_vnd public_support_bn_vnd land_rent_bn_vnd"
).split()
TRANCHE = (
    "stage blocks_cleared idle_months clearance_sum compensation_bn_vnd held_public_bn_vnd "
    "held_private_bn_vnd owed_bn_vnd works_cost_bn_vnd works_done_bn_vnd works_spent_bn_vnd "
    "plant_m3_day plant_cost_bn_vnd plant_spent_bn_vnd"
).split()
SITTING = "stage land_ha capital_bn_vnd_ha exit_sum expansions".split()
OFFICE = "capacity_hours_month clock lived_months queue".split()
DOSSIER = (
    "dossiers rounds hours promised_months required_months applied_time work_done_time "
    "leave_threshold leave_sum"
).split()


def tables(sheet) -> dict[str, tuple[list, list[dict]]]:
    """Return names and columns of zones, tranches, tenants, candidates, offices, districts."""
    sitting = [i for i in sheet.investors if i.sitting]
    candidates = [i for i in sheet.investors if not i.sitting and i.stage != GONE]
    return {
        "zones": (
            [zone.id for zone in sheet.zones],
            [
                {name: getattr(zone, name) for name in ZONE}
                | {"ask_bn_vnd": zone.ask, "given_bn_vnd": zone.given}
                | {"remaining_bn_vnd": zone.remaining}
                for zone in sheet.zones
            ],
        ),
        "tranches": ([t.who for t in sheet.tranches], [_tranche(t) for t in sheet.tranches]),
        "offices": (
            ["parks", "clusters"],
            [{name: getattr(office, name) for name in OFFICE} for office in sheet.offices],
        ),
        "districts": ([d.name for d in sheet.districts], [_district(d) for d in sheet.districts]),
        "sitting tenants": (
            [i.row for i in sitting],
            [{name: getattr(i, name) for name in SITTING} for i in sitting],
        ),
        "candidates": ([i.row for i in candidates], [_candidate(sheet, i) for i in candidates]),
    }


def _tranche(t) -> dict:
    row = {name: getattr(t, name) for name in TRANCHE}
    row["plant_built"] = int(t.plant_built)
    for name in ("due", "plan_works", "plan_plant"):
        row[f"{name}_bn_vnd"] = getattr(t, name)
    for purpose, name in enumerate(("clearance", "works", "plant", "cofinance")):
        row[f"ask_{name}_bn_vnd"] = t.asks[purpose]
        row[f"given_{name}_bn_vnd"] = t.gifts[purpose]
    return row


def _district(d) -> dict:
    return {"population": d.population, "supply": d.supply, "jobs": d.jobs, "wage": d.wage}


def _candidate(sheet, i) -> dict:
    row = {
        "stage": i.stage,
        "zone": -1 if i.zone is None else i.zone.row,
        "first_choice": -1 if i.first_choice is None else i.first_choice.row,
        "sector": sheet.world.sectors.index(i.sector),
        "origin": i.origin,
        "number": i.number,
        "home_district": i.home_district,
        "strict": int(i.strict),
        "arrival_time": i.arrival_time,
        "land_ha": i.land_ha,
        "capital_bn_vnd_ha": i.capital_bn_vnd_ha,
        "workers_ha": i.workers_ha,
        "obstacle": i.obstacle,
        "wait_threshold": i.wait_threshold,
        "wait_sum": i.wait_sum,
        "wait_months": i.wait_months,
    }
    for name in DOSSIER:
        row[name] = getattr(i, name) if i.stage >= APPLIED else ""
    row["stage_end"] = i.stage_end if HAND_OVER <= i.stage < OPERATING else ""
    licensed = i.stage >= HAND_OVER
    for name in ("licence_month", "licence_free_years", "licence_half_years", "waited_months"):
        row[name] = getattr(i, name) if licensed else ""
    return row
