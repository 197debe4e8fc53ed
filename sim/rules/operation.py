"""How a tenant grows, expands and closes."""

import math

from sim.compiled import rule


@rule
def ramp(age_months, ramp_months):
    """Return a tenant's output relative to full production."""
    return max(0.0, min(1.0, (age_months + 1.0) / ramp_months))


@rule
def closing_hazard(
    exit_hazard,
    wage,
    low_skill_share,
    exit_wage_elasticity,
    exit_overload,
    overloaded,
    exit_age,
    age_over_reference_years,
):
    """Return the hazard a month that a tenant closes, without fines."""
    strain = exit_overload if overloaded else 0.0
    wages = exit_wage_elasticity * low_skill_share * math.log(wage)
    return exit_hazard / 12.0 * math.exp(wages + strain - exit_age * age_over_reference_years)


@rule
def with_fine(hazard, fined, exit_fined_factor):
    """Return the closing hazard of a tenant, raised while its zone is fined."""
    return hazard * exit_fined_factor if fined else hazard
