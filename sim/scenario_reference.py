"""What each lever does, in a sentence, and the table of levers in scenarios/README.md.

Not for values or bounds: sim/schema/levers.py. Labels in reports: the same.
"""

from collections.abc import Mapping
from typing import Final

from sim.scenario_levers import LEVERS, Lever
from sim.schema import NEUTRAL_LEVERS, codes

BEGIN: Final = "<!-- levers: generated from the schema, do not edit -->"
END: Final = "<!-- end of levers -->"
EFFECTS: Final[Mapping[str, str]] = {
    "infrastructure_funding": (
        "Public money for clearance, connections, state works and co-finance."
    ),
    "park_share": "How much of that money is for parks; the rest is for clusters.",
    "allocation": "Which places get it first.",
    "zone_priorities": (
        'Order of zones under `allocation = "priority-list"`; zones not named come last.'
    ),
    "clearance_advance": (
        "What the public pays of the compensation due in zones of private developers."
    ),
    "cofinance_share": "Public part of the cost of private works; also draws developers.",
    "state_steps_in": "After so long without a developer the state builds the zone itself.",
    "reinvestment_share": (
        "Last year's provincial share of zone revenue that is added to the funding."
    ),
    "clearance_effort": "How fast household blocks are cleared, as far as compensation is paid.",
    "operator_promotion": "How often infrastructure developers look at zones without one.",
    "offer_state_zones": "State zones without leased land that private developers may take.",
    "works_may_start": (
        "First month in which a zone may get a developer, money and works; "
        '`"*"` means all zones not named.'
    ),
    "expansion_rule": "Occupancy a zone needs before its next tranche.",
    "statutory_days": "Legal time limits of licences and permits.",
    "licensing_staff": "Working hours of the licensing offices.",
    "rework": "How often a dossier is returned.",
    "one_stop": "Building permits are handled in parallel.",
    "fast_track": "Classes of projects whose dossiers are handled first.",
    "promotion": "Investors who look at the region, and zones they know.",
    "banned_sectors": "Sectors refused; licensed projects keep their rights.",
    "priority_sectors": "Sectors that count as priority for `fast_track` and `land_price_support`.",
    "capital_floor": "Projects with less capital per ha are refused.",
    "wastewater_first": "No tranche opens, and no wet sector is taken, without a wastewater plant.",
    "wastewater_funding": "Public money for plants in zones serviced without one.",
    "inspection_intensity": "How often overloaded zones are inspected and fined.",
    "appraisal_depth": "Work and severity of the environmental appraisal.",
    "craft_village_programme": "Craft workshops led into clusters.",
    "revocation_months": "Stalled projects lose their land after so long (0: never).",
    "land_price_support": "Public part of the land price, priority sectors only.",
    "tax_holiday": "Years free of profit tax, and at half of it, for new licences.",
    "demand_index": "Investors who look at the region; not in the province's hands.",
    "anchor_output": "Output of the anchor plants; not in the province's hands.",
}


def lever_reference_markdown(lever_start: Mapping[str, float]) -> str:
    """Return the table of levers for scenarios/README.md.

    Parameters
    ----------
    lever_start : mapping of str to float
        What the levers without a neutral value have in the start year; see `World.lever_start`.

    Returns
    -------
    str
        A Markdown table, one line a lever, ending with a line break.
    """
    start = {**NEUTRAL_LEVERS, **lever_start}
    rows = [
        "| lever | value | unit | at the start | task | what it does |",
        "|---|---|---|---|---|---|",
    ]
    for lever in LEVERS.values():
        unit = "multiplier" if lever.unit == "1" else lever.unit if lever.has_unit else ""
        value = lever.shape.replace("'", "`")
        cells = (
            f"`{lever.name}`",
            value,
            unit,
            _at_start(lever, start),
            lever.tasks,
            EFFECTS[lever.name],
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def with_lever_table(readme: str, lever_start: Mapping[str, float]) -> str:
    """Return scenarios/README.md with the table between its two marks renewed.

    Parameters
    ----------
    readme : str
        The text as it is.
    lever_start : mapping of str to float
        See `lever_reference_markdown`.
    """
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{lever_reference_markdown(lever_start)}{END}{after}"


def _at_start(lever: Lever, start: Mapping[str, float]) -> str:
    match lever.kind:
        case "zone_months":
            return "zones.csv"
        case "names" | "classes":
            return "none"
        case "holiday":
            return "the law"
        case "rule":
            return f"`{codes.ALLOCATIONS[int(start[lever.name])]}`"
        case "switch":
            return "true" if start[lever.name] else "false"
        case _:
            return f"{start[lever.columns[0]]:g}"
