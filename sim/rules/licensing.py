"""How long a dossier takes, who is served first and who gives up."""

import math

from sim.compiled import rule
from sim.schema.codes import HIGHEST_CHANCE


@rule
def statutory_days_of(
    land_ha,
    pollution,
    registration_days,
    approval_days,
    environment_days,
    approval_land_ha,
    pollution_threshold,
):
    """Return the statutory days of a dossier in the start year."""
    days = registration_days
    if land_ha >= approval_land_ha:
        days = days + approval_days
    if pollution > pollution_threshold:
        days = days + environment_days
    return days


@rule
def announced_months(days, statutory_days, overrun):
    """Return the months a procedure should take, with the usual overrun."""
    return days * statutory_days * overrun / 30.0


@rule
def dossier_work(
    median_hours,
    dossier_hours_sigma,
    normal_draw,
    dossier_hours_land,
    land_ha,
    environment_factor,
):
    """Return the hours of work of a dossier, without returned rounds."""
    size = dossier_hours_land * math.log(1.0 + land_ha)
    return median_hours * math.exp(dossier_hours_sigma * normal_draw + size) * environment_factor


@rule
def environment_factor(pollution, pollution_threshold, environment_hours_factor, appraisal_depth):
    """Return the factor of an environmental appraisal on the work of a dossier."""
    if pollution <= pollution_threshold:
        return 1.0
    return environment_hours_factor * appraisal_depth


@rule
def return_probability(rework_probability, rework):
    """Return the chance that a round is returned."""
    return min(HIGHEST_CHANCE, rework_probability * rework)


@rule
def rounds_returned(uniform_draw, probability):
    """Return how many rounds a dossier is returned, geometric in one uniform draw."""
    if probability <= 0.0:
        return 0
    return int(math.floor(math.log(uniform_draw) / math.log(probability)))


@rule
def work_with_rounds(hours, rounds, rework_hours_share):
    """Return the hours of work of a dossier with its returned rounds."""
    return hours * (1.0 + rework_hours_share * rounds)


@rule
def office_capacity(
    dossiers_a_year, mean_hours, rework_hours_share, rework_probability, office_load
):
    """Return an office's hours a month in the start year."""
    rounds = rework_probability / (1.0 - rework_probability)
    return dossiers_a_year * mean_hours * (1.0 + rework_hours_share * rounds) / 12.0 / office_load


@rule
def leaving_hazard(waited_months, promised_months, promise_floor_months, patience_months):
    """Return the hazard a month of giving the procedure up, none within the promised time."""
    late = max(0.0, waited_months - promised_months)
    return late / max(promise_floor_months, promised_months) / patience_months


@rule
def appraisal_refusal(appraisal_refusal_share, appraisal_depth):
    """Return the share of polluting dossiers that a deeper appraisal refuses."""
    return max(0.0, min(HIGHEST_CHANCE, appraisal_refusal_share * (appraisal_depth - 1.0)))


@rule
def next_lived_months(lived_months, mean_waited_months, lived_half_life_months):
    """Return the moving mean of the procedure time after a month with approvals."""
    keep = math.exp(-math.log(2.0) / lived_half_life_months)
    return keep * lived_months + (1.0 - keep) * mean_waited_months
