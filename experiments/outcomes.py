"""Every outcome once: key, unit, good direction, decimals; labels are in texts.*.toml.

Not for arithmetic: experiments/measures.py computes them. Which difference counts as an
improvement is declared here and nowhere else.
"""

from typing import Final, NamedTuple

HIGHER: Final = 1
LOWER: Final = -1
NEITHER: Final = 0
SCOPES: Final = ("", "_parks", "_clusters")  # all zones, parks, clusters


class Outcome(NamedTuple):
    """One number a year that a run is judged by.

    `good` is 1 where more is better, -1 where less is better, 0 where neither can be said.
    `headline` outcomes are shown first and make up the family of tests that Holm's method guards.
    """

    key: str
    unit: str
    good: int
    group: str
    digits: int = 1
    headline: bool = False

    @property
    def scale(self) -> float:
        """What a figure multiplies values by: it shows shares as per cent."""
        return 100.0 if self.unit == "share" else 1.0


def _land(scope: str) -> tuple[Outcome, ...]:
    """Return the land account of all zones, of parks or of clusters."""
    first = scope == ""
    return (
        Outcome(f"occupancy{scope}", "share", HIGHER, "land", 3, first),
        Outcome(f"serviced_ha{scope}", "ha", HIGHER, "land", 1, first),
        Outcome(f"reserved_ha{scope}", "ha", NEITHER, "land"),
        Outcome(f"leased_ha{scope}", "ha", HIGHER, "land", 1, first),
        Outcome(f"vacant_ha{scope}", "ha", NEITHER, "land"),
        Outcome(f"idle_ha{scope}", "ha", LOWER, "land"),
        Outcome(f"operating_ha{scope}", "ha", HIGHER, "land", 1, first),
    )


LAND_COLUMNS: Final = tuple(outcome.key for outcome in _land(""))  # occupancy, then hectares

_MONEY = (
    Outcome("leased_new_cum_ha", "ha", HIGHER, "land"),
    Outcome("revenue_year_bn_vnd", "bn VND/year", HIGHER, "revenue", 0, True),
    Outcome("revenue_parks_year_bn_vnd", "bn VND/year", HIGHER, "revenue", 0),
    Outcome("revenue_clusters_year_bn_vnd", "bn VND/year", HIGHER, "revenue", 0),
    Outcome("revenue_cum_bn_vnd", "bn VND", HIGHER, "revenue", 0, True),
    Outcome("net_cum_bn_vnd", "bn VND", HIGHER, "revenue", 0, True),
    Outcome("province_part_year_bn_vnd", "bn VND/year", HIGHER, "revenue", 0),
    Outcome("lease_income_cum_bn_vnd", "bn VND", HIGHER, "revenue", 0),
    Outcome("tax_forgone_cum_bn_vnd", "bn VND", LOWER, "revenue", 0),
    Outcome("anchor_revenue_year_bn_vnd", "bn VND/year", NEITHER, "anchors", 0),
    Outcome("anchor_duties_year_bn_vnd", "bn VND/year", NEITHER, "anchors", 0),
    Outcome("anchor_revenue_cum_bn_vnd", "bn VND", NEITHER, "anchors", 0),
    Outcome("public_cost_cum_bn_vnd", "bn VND", LOWER, "cost", 0, True),
    Outcome("clearance_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("connection_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("works_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("plant_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("cofinance_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("support_cum_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("held_bn_vnd", "bn VND", NEITHER, "cost", 0),
    Outcome("unspent_cum_bn_vnd", "bn VND", LOWER, "cost", 0),
    Outcome("private_cum_bn_vnd", "bn VND", HIGHER, "cost", 0),
    Outcome("unfinished_bn_vnd", "bn VND", LOWER, "cost", 0, True),
    Outcome("revenue_per_public_dong", "đồng/đồng", HIGHER, "value", 2),
    Outcome("public_cost_per_new_ha_bn_vnd", "bn VND/ha", LOWER, "value", 2),
    Outcome("pv_revenue_bn_vnd", "bn VND", HIGHER, "value", 0),
    Outcome("pv_public_cost_bn_vnd", "bn VND", LOWER, "value", 0),
    Outcome("pv_net_bn_vnd", "bn VND", HIGHER, "value", 0, True),
)

_PEOPLE_AND_PLACES = (
    Outcome("jobs", "persons", HIGHER, "people", 0, True),
    Outcome("candidates_cum", "investors", NEITHER, "investors"),
    Outcome("licences_year", "licences/year", HIGHER, "investors"),
    Outcome("waiting_months", "months", LOWER, "investors", 2, True),
    Outcome("waiting_parks_months", "months", LOWER, "investors", 2),
    Outcome("waiting_clusters_months", "months", LOWER, "investors", 2),
    Outcome("waiting_for_land", "investors", LOWER, "investors"),
    Outcome("land_wait_year_months", "months", LOWER, "investors", 1, True),
    Outcome("gone_cum", "investors", LOWER, "gone"),
    Outcome("gone_neighbours_cum", "investors", LOWER, "gone"),
    Outcome("gone_no_land_cum", "investors", LOWER, "gone", 1, True),
    Outcome("gone_refused_sector_cum", "investors", NEITHER, "gone"),
    Outcome("gone_capital_floor_cum", "investors", NEITHER, "gone"),
    Outcome("gone_wastewater_cum", "investors", NEITHER, "gone"),
    Outcome("gone_procedures_cum", "investors", LOWER, "gone", 1, True),
    Outcome("gone_appraisal_cum", "investors", NEITHER, "gone"),
    Outcome("gone_abandoned_cum", "investors", LOWER, "gone"),
    Outcome("gone_revoked_cum", "investors", NEITHER, "gone"),
    Outcome("gone_closed_cum", "investors", LOWER, "gone"),
    Outcome("sitting_closed_cum", "investors", LOWER, "gone"),
    Outcome("balance_index", "index", HIGHER, "places", 3, True),
    Outcome("ha_per_project", "ha", LOWER, "land saving", 2),
    Outcome("revenue_per_ha_bn_vnd", "bn VND/ha/year", HIGHER, "land saving", 2, True),
    Outcome("capital_per_ha_bn_vnd", "bn VND/ha", HIGHER, "land saving", 1),
    Outcome("high_tech_share", "share", HIGHER, "land saving", 3, True),
    Outcome("wastewater_compliance", "share", HIGHER, "environment", 3, True),
    Outcome("incidents_cum", "cases", LOWER, "environment", 2),
    Outcome("fines_cum", "cases", NEITHER, "environment", 2),
)

OUTCOMES: Final[tuple[Outcome, ...]] = (
    *(outcome for scope in SCOPES for outcome in _land(scope)),
    *_MONEY,
    *_PEOPLE_AND_PLACES,
)
BY_KEY: Final = {outcome.key: outcome for outcome in OUTCOMES}
HEADLINES: Final = tuple(outcome for outcome in OUTCOMES if outcome.headline)


def report_years(years: tuple[int, ...]) -> tuple[int, ...]:
    """Return the years to report: halfway, seven tenths of the way and at the end.

    Parameters
    ----------
    years : tuple of int
        The calendar years that the simulation completes.

    Examples
    --------
    >>> report_years(tuple(range(2021, 2031)))
    (2025, 2027, 2030)
    >>> report_years((2021, 2022))
    (2021, 2022)
    """
    count = len(years)
    places = {max(1, count // 2), max(1, (7 * count) // 10), count}
    return tuple(years[place - 1] for place in sorted(places)) if years else ()
