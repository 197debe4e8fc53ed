"""What no record shows but later months would: sums of hazard, accounts of tranches, what is asked.

Each column of the engine's tables with its name in the classic program.
"""

HIDDEN = {
    "zones": (
        ("unmet_ha", "unmet_ha"),
        ("ask_bn_vnd", "asked"),
        ("given_bn_vnd", "given"),
        ("remaining_bn_vnd", "remaining"),
        ("serviced_gross_ha", "serviced_gross_ha"),
        ("committed_m3_day", "committed"),
        ("plant_spent_bn_vnd", "plant_spent"),
        ("caught_until", "caught_until"),
        ("entry_sum", "entry_sum"),
        ("inspection_sum", "inspection_sum"),
        ("inspection_threshold", "inspection_threshold"),
        ("incident_sum", "incident_sum"),
        ("incident_threshold", "incident_threshold"),
        ("good", "good"),
        ("bad", "bad"),
    ),
    "tranches": (
        ("stage", "stage"),
        ("blocks_cleared", "blocks_cleared"),
        ("clearance_sum", "clearance_sum"),
        ("compensation_bn_vnd", "compensation"),
        ("held_public_bn_vnd", "held_public"),
        ("held_private_bn_vnd", "held_private"),
        ("owed_bn_vnd", "owed"),
        ("works_cost_bn_vnd", "works_cost"),
        ("works_done_bn_vnd", "works_done"),
        ("works_spent_bn_vnd", "works_spent"),
        ("idle_months", "idle_months"),
        ("plant_cost_bn_vnd", "plant_cost"),
        ("plant_spent_bn_vnd", "plant_spent"),
        ("plant_built", "plant_built"),
    ),
    "investors": (
        ("stage", "stage"),
        ("land_ha", "land_ha"),
        ("capital_bn_vnd_ha", "capital_ha"),
        ("strict", "strict"),
        ("wait_months", "wait_months"),
        ("wait_sum", "wait_sum"),
        ("dossiers", "dossiers"),
        ("leaves", "leaves"),
        ("leave_sum", "leave_sum"),
        ("leave_threshold", "leave_threshold"),
        ("release_sum", "release_sum"),
        ("expansions", "expansions"),
    ),
    "offices": (("capacity_hours_month", "capacity_hours_month"), ("clock", "clock")),
    "districts": (("supply", "supply"),),
}


def agents_of(twin) -> dict[str, list]:
    """Return the agents of the classic program that stand for the rows of a table, in order."""
    return {
        "zones": twin.zones,
        "tranches": [tranche for zone in twin.zones for tranche in zone.tranches],
        "investors": twin.investors,
        "offices": twin.offices,
        "districts": twin.districts,
    }
