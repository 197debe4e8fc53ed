"""Closing clocks and marks of the engine, and each tenant's own sum of the hazard of closing.

The engine keeps no sum for each tenant: it keeps a clock for each sector of a zone and, for each
tenant, where that clock stands when the tenant closes. By MODEL.md 9.10 a month adds
`exp(-exit_age * (age - reference))` times what depends on the month alone to a tenant's sum, with
age = (month - open_month) / 12: so the clock times `exp(exit_age * (open_month / 12 + reference))`.
"""

import numpy as np

from sim.schema import codes


def exit_sums(parameters, state) -> np.ndarray:
    """Return each investor's sum of the hazard of closing, NaN where it is not in operation."""
    clocks, rates = _clocks_and_rates(parameters, state)
    return state.investors.exit_threshold - (state.closing_mark - clocks) * rates


def closing_marks(parameters, state, sums) -> np.ndarray:
    """Return each investor's mark by such sums, NaN where it is not in operation."""
    clocks, rates = _clocks_and_rates(parameters, state)
    return clocks + (state.investors.exit_threshold - sums) / rates


def _clocks_and_rates(parameters, state) -> tuple[np.ndarray, np.ndarray]:
    """Return each tenant's clock and what its own sum moves when the clock moves by one."""
    p = np.atleast_1d(parameters)[0]
    tenants = state.investors
    clocks = np.full(len(tenants), np.nan)
    rows = np.flatnonzero((tenants.stage == codes.OPERATING) & (tenants.anchor == 0))
    rows = rows[rows < state.province.investors[0]]
    clocks[rows] = state.closing_clock[state.cell[rows]]
    years = np.minimum(tenants.open_month, 1200) / 12.0 + p.exit_age_reference_years
    return clocks, np.exp(p.exit_age * years)
