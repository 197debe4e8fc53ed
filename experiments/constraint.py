"""What holds each zone back, read from its first-choice book: one pure function.

Not for the model's own idea of what holds land back (sim/phases/recording.py writes that down);
this names the one constraint that binds a zone in a year.
"""

from typing import Final, NamedTuple

import numpy as np

from sim.schema import codes

BOOK_COLUMNS: Final = (
    "book_planning_ha",
    "book_no_operator_ha",
    "book_clearance_ha",
    "book_works_ha",
    "book_plant_ha",
    "book_expansion_ha",
    "book_full_ha",
    "book_rules_ha",
    "book_wastewater_ha",
    "book_procedures_ha",
)
LAND_STEPS: Final = len(codes.LAND_STEPS)
CONSTRAINTS: Final = (
    *(f"land_{step}" for step in codes.LAND_STEPS),
    "rules",
    "wastewater",
    "procedures",
    "demand",
    "none",
)
DEMAND: Final = CONSTRAINTS.index("demand")
NONE: Final = CONSTRAINTS.index("none")
LEAST_HA: Final = 1.0
LEAST_BOOKED_SHARE: Final = 0.02  # of leasable land
LEAST_VACANT_SHARE: Final = 0.05  # of serviced land


class ZoneYear(NamedTuple):
    """A zone in a year, or many of them: arrays of one shape."""

    leasable_ha: np.ndarray
    serviced_ha: np.ndarray
    vacant_ha: np.ndarray  # serviced and lettable, not reserved, leased or idle
    on_offer: np.ndarray  # bool: an operator, and land serviced or in works


def binding_constraint(booked_ha: np.ndarray, zone: ZoneYear) -> np.ndarray:
    """Return which constraint binds, as a place in `CONSTRAINTS`.

    Parameters
    ----------
    booked_ha : ndarray, shape (..., 10)
        What the zone's first-choice book gained in the year [ha-years], columns `BOOK_COLUMNS`.
    zone : ZoneYear
        The zone at the end of the year, arrays of shape (...).

    Returns
    -------
    ndarray of int, shape (...)
        Place in `CONSTRAINTS`.

    Notes
    -----
    The book is added up to four groups: land (all its steps), rules, wastewater, procedures. The
    largest binds if it exceeds the larger of 1 ha and 2 % of leasable land; ties go to the group
    named first, and land is then named by its largest step. Otherwise demand binds where vacant
    land exceeds the larger of 1 ha and 5 % of serviced land, and, in a zone with no serviced land
    and an empty book, where it is on offer. Otherwise nothing binds.

    Examples
    --------
    >>> zone = ZoneYear(*(np.array(value) for value in (100.0, 50.0, 0.0, True)))
    >>> booked = np.array([0, 0, 4.0, 1.0, 0, 0, 0, 2.0, 0, 0])
    >>> CONSTRAINTS[binding_constraint(booked, zone)]
    'land_clearance'
    """
    steps = booked_ha[..., :LAND_STEPS]
    groups = np.concatenate([steps.sum(-1, keepdims=True), booked_ha[..., LAND_STEPS:]], axis=-1)
    largest = groups.argmax(-1)
    threshold = np.maximum(LEAST_HA, LEAST_BOOKED_SHARE * zone.leasable_ha)
    booked = np.where(largest == 0, steps.argmax(-1), largest + LAND_STEPS - 1)
    room = np.maximum(LEAST_HA, LEAST_VACANT_SHARE * zone.serviced_ha)
    untouched = (zone.serviced_ha <= 0.0) & (booked_ha.sum(-1) <= 0.0)
    demand = (zone.vacant_ha > room) | (untouched & zone.on_offer)
    return np.where(groups.max(-1) > threshold, booked, np.where(demand, DEMAND, NONE))
