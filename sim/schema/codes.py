"""Whole-number codes of kinds, stages, reasons and events, shared by kernels and reports.

Plain module constants, because kernels read them; the names in both languages are in
experiments/texts.
"""

from typing import Final

PARK: Final = 0
CLUSTER: Final = 1
KINDS: Final = ("park", "cluster")

DOMESTIC: Final = 0
FOREIGN: Final = 1
ORIGINS: Final = ("domestic", "foreign")

NO_OPERATOR: Final = 0
STATE: Final = 1
PRIVATE: Final = 2
OPERATORS: Final = ("none", "state", "private")

PLANNED: Final = 0
IN_PROGRESS: Final = 1
SERVICED: Final = 2

# Stages of an investor.
LOOKING: Final = 0
WAITING: Final = 1
APPLIED: Final = 2
HAND_OVER: Final = 3
PERMITS: Final = 4
BUILDING: Final = 5
STALLED: Final = 6
OPERATING: Final = 7
GONE: Final = 8
STAGES: Final = (
    "looking",
    "waiting",
    "applied",
    "hand_over",
    "permits",
    "building",
    "stalled",
    "operating",
    "gone",
)

# Reasons for leaving.
NO_REASON: Final = 0
NEIGHBOURS: Final = 1
NO_LAND: Final = 2
REFUSED_SECTOR: Final = 3
CAPITAL_FLOOR: Final = 4
WASTEWATER: Final = 5
PROCEDURES: Final = 6
APPRAISAL: Final = 7
ABANDONED: Final = 8
REVOKED: Final = 9
CLOSED: Final = 10
REASONS: Final = (
    "none",
    "neighbours",
    "no_land",
    "refused_sector",
    "capital_floor",
    "wastewater",
    "procedures",
    "appraisal",
    "abandoned",
    "revoked",
    "closed",
)

# What holds the land of a zone back.
STEP_PLANNING: Final = 0
STEP_NO_OPERATOR: Final = 1
STEP_CLEARANCE: Final = 2
STEP_WORKS: Final = 3
STEP_PLANT: Final = 4
STEP_EXPANSION: Final = 5
STEP_FULL: Final = 6
LAND_STEPS: Final = (
    "planning",
    "no_operator",
    "clearance",
    "works",
    "plant",
    "expansion_rule",
    "fully_built",
)

# Columns of the first-choice book: land steps, then these.
BOOK_RULES: Final = 7
BOOK_WASTEWATER: Final = 8
BOOK_PROCEDURES: Final = 9
BOOK_COLUMNS: Final = 10

# Rules that share the month's money among places.
EVEN: Final = 0
NEAREST_TO_FINISH: Final = 1
BY_DEMAND: Final = 2
PRIORITY_LIST: Final = 3
ALLOCATIONS: Final = ("even", "nearest-to-finish", "by-demand", "priority-list")

# Events of an investor or a zone, in the optional event log.
EVENT_APPEARED: Final = 0
EVENT_WAITS: Final = 1
EVENT_APPLIED: Final = 2
EVENT_LICENSED: Final = 3
EVENT_PERMITS: Final = 4
EVENT_BUILDING: Final = 5
EVENT_STALLED: Final = 6
EVENT_OPENED: Final = 7
EVENT_EXPANDED: Final = 8
EVENT_GONE: Final = 9
EVENT_LEFT_PROCEDURE: Final = 10
EVENT_BLOCK_CLEARED: Final = 11
EVENT_TRANCHE_STARTED: Final = 12
EVENT_TRANCHE_SERVICED: Final = 13
EVENT_PLANT_BUILT: Final = 14
EVENT_OPERATOR_PRIVATE: Final = 15
EVENT_OPERATOR_STATE: Final = 16
EVENT_FINED: Final = 17
EVENT_INCIDENT: Final = 18
EVENT_LAND_RETURNED: Final = 19
EVENTS: Final = (
    "appeared",
    "waits_for_land",
    "applied",
    "licensed",
    "permits",
    "building",
    "stalled",
    "opened",
    "expanded",
    "gone",
    "left_procedure",
    "block_cleared",
    "tranche_started",
    "tranche_serviced",
    "plant_built",
    "private_operator",
    "state_operator",
    "fined",
    "incident",
    "land_returned",
)

LEASE_MONTHS: Final = 25  # months of leasing remembered, the current one included

NEVER: Final = 1_000_000  # a month that never comes
NOBODY: Final = -1  # no zone, no investor, no month

# Fixed numbers that rules need and nobody would want to vary.
ROUNDING: Final = 1e-12  # relative error forgiven when a sum is compared with a cost
HIGHEST_CHANCE: Final = 0.95  # ceiling of chances that levers scale
M2_PER_HA: Final = 10_000.0
VND_PER_BN: Final = 1e9
