"""How long a dossier takes, who is served first and who gives up.

Not for the order of service (sim/phases/licensing.py) nor for building permits
(sim/rules/construction.py).
"""

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
    """Return the statutory days of a dossier in the start year.

    Parameters
    ----------
    land_ha : float
        Land of the project [ha], usually 0.1-60.
    pollution : float
        Pollution score of its sector [0..1].
    registration_days : float
        Days of the registration certificate [days], usually 3-15.
    approval_days : float
        More days for the approval of policy, large projects [days], usually 25-35.
    environment_days : float
        More days for the environmental appraisal [days], usually 40-65.
    approval_land_ha : float
        Land from which policy approval is needed [ha].
    pollution_threshold : float
        Score above which an appraisal is needed [0..1].

    Returns
    -------
    float
        Duration [days], from 0.

    Source
    ------
    P48, P49, P50, P51. Assumption: the two thresholds, simplified from the legal cases.

    Examples
    --------
    >>> statutory_days_of(12.0, 0.5, 15.0, 35.0, 50.0, 10.0, 0.35)
    100.0
    """
    days = registration_days
    if land_ha >= approval_land_ha:
        days = days + approval_days
    if pollution > pollution_threshold:
        days = days + environment_days
    return days


@rule
def announced_months(dossier_days, statutory_days, overrun):
    """Return the months a procedure should take, with the usual overrun.

    Parameters
    ----------
    dossier_days : float
        Statutory days of the dossier in the start year [days], from 0.
    statutory_days : float
        Lever: multiple of the statutory days, 1 as in the start year [0..3].
    overrun : float
        Actual over statutory time [1], usually 1-3.

    Returns
    -------
    float
        Duration [months of 30 days], from 0.

    Source
    ------
    Assumption: overrun; it falls as the provincial competitiveness score for time costs rises.

    Examples
    --------
    >>> announced_months(50.0, 1.0, 1.8)
    3.0
    """
    return dossier_days * statutory_days * overrun / 30.0


@rule
def dossier_work(
    median_hours,
    dossier_hours_sigma,
    normal_draw,
    dossier_hours_land,
    land_ha,
    environment_factor,
):
    """Return the hours of work of a dossier, without returned rounds.

    Parameters
    ----------
    median_hours : float
        Median work of a small dossier [hours], usually 30-120.
    dossier_hours_sigma : float
        Spread of the work [log units], usually 0.3-0.8.
    normal_draw : float
        Standard normal luck [1].
    dossier_hours_land : float
        Elasticity of the work to 1 + land [1], usually 0.05-0.3.
    land_ha : float
        Land of the project [ha], usually 0.1-60.
    environment_factor : float
        Factor of an environmental appraisal [1], 1 without one.

    Returns
    -------
    float
        Work [hours], above 0.

    Source
    ------
    Assumption: all of it; no records of working hours found. Log-normal, as service times are.

    Examples
    --------
    >>> round(dossier_work(60.0, 0.5, 0.0, 0.5, 3.0, 1.5), 6)
    180.0
    """
    size = dossier_hours_land * math.log(1.0 + land_ha)
    return median_hours * math.exp(dossier_hours_sigma * normal_draw + size) * environment_factor


@rule
def environment_factor(pollution, pollution_threshold, environment_hours_factor, appraisal_depth):
    """Return the factor of an environmental appraisal on the work of a dossier.

    Parameters
    ----------
    pollution : float
        Pollution score of the sector [0..1].
    pollution_threshold : float
        Score above which an appraisal is needed [0..1].
    environment_hours_factor : float
        Factor of an appraisal of usual depth [1], usually 1.2-2.
    appraisal_depth : float
        Lever: depth of appraisal, 1 as in the start year [0.5..5].

    Returns
    -------
    float
        Factor [1], 1 without an appraisal.

    Source
    ------
    Assumption: an appraisal adds half as much work; no records found.

    Examples
    --------
    >>> environment_factor(0.5, 0.35, 1.5, 2.0)
    3.0
    """
    if pollution <= pollution_threshold:
        return 1.0
    return environment_hours_factor * appraisal_depth


@rule
def return_probability(rework_probability, rework):
    """Return the chance that a round is returned.

    Parameters
    ----------
    rework_probability : float
        Chance in the start year [0..1], usually 0.05-0.6.
    rework : float
        Lever: returned dossiers, 1 as in the start year [0..3].

    Returns
    -------
    float
        Chance [0..0.95].

    Source
    ------
    Assumption: three in ten dossiers come back; no count found.

    Examples
    --------
    >>> round(return_probability(0.3, 0.5), 6)
    0.15
    """
    return min(HIGHEST_CHANCE, rework_probability * rework)


@rule
def rounds_returned(uniform_draw, probability):
    """Return how many rounds a dossier is returned, geometric in one uniform draw.

    Parameters
    ----------
    uniform_draw : float
        Uniform luck of the dossier, above 0 and below 1.
    probability : float
        Chance that a round is returned [0..0.95].

    Returns
    -------
    int
        Rounds [1], from 0: as many as powers of the chance are at least the draw.

    Source
    ------
    Definition of the geometric distribution by inversion, so that fewer returns help every dossier.

    Examples
    --------
    >>> rounds_returned(0.1, 0.5)
    3
    """
    if probability <= 0.0:
        return 0
    return int(math.floor(math.log(uniform_draw) / math.log(probability)))


@rule
def work_with_rounds(hours, rounds, rework_hours_share):
    """Return the hours of work of a dossier with its returned rounds.

    Parameters
    ----------
    hours : float
        Work of the first round [hours], above 0.
    rounds : int
        Rounds returned [1], from 0.
    rework_hours_share : float
        Work of a returned round over the first [1], usually 0.25-0.75.

    Returns
    -------
    float
        Work [hours], above 0.

    Source
    ------
    Assumption: a returned round is half the work; no records found.

    Examples
    --------
    >>> work_with_rounds(60.0, 2, 0.5)
    120.0
    """
    return hours * (1.0 + rework_hours_share * rounds)


@rule
def office_capacity(
    dossiers_a_year, mean_hours, rework_hours_share, rework_probability, office_load
):
    """Return an office's hours a month in the start year.

    Parameters
    ----------
    dossiers_a_year : float
        Dossiers the office was sized for [1/year], usually 4-32.
    mean_hours : float
        Mean work of a first round over the candidates [hours], above 0.
    rework_hours_share : float
        Work of a returned round over the first [1], usually 0.25-0.75.
    rework_probability : float
        Chance that a round is returned [0..1), usually 0.05-0.6.
    office_load : float
        Share of its hours that these dossiers take [1], usually 0.3-0.95.

    Returns
    -------
    float
        Capacity [hours/month], above 0.

    Source
    ------
    Assumption: dossiers (Z07 for parks) and loads, which decide the regime of the queue.

    Examples
    --------
    >>> office_capacity(12.0, 60.0, 0.5, 0.5, 0.5)
    180.0
    """
    rounds = rework_probability / (1.0 - rework_probability)
    return dossiers_a_year * mean_hours * (1.0 + rework_hours_share * rounds) / 12.0 / office_load


@rule
def leaving_hazard(waited_months, promised_months, promise_floor_months, patience_months):
    """Return the hazard a month of giving the procedure up, none within the promised time.

    Parameters
    ----------
    waited_months : float
        Time since the application [months], from 0.
    promised_months : float
        Time promised in the start year [months], from 0.
    promise_floor_months : float
        Least promise that lateness is measured against [months].
    patience_months : float
        Mean patience of an investor who waits twice the promise [months], usually 3-24.

    Returns
    -------
    float
        Hazard [1/month], from 0.

    Source
    ------
    Assumption: impatience grows with lateness relative to the promise; no estimate found.

    Examples
    --------
    >>> round(leaving_hazard(6.0, 4.0, 0.5, 10.0), 6)
    0.05
    """
    late = max(0.0, waited_months - promised_months)
    return late / max(promise_floor_months, promised_months) / patience_months


@rule
def appraisal_refusal(appraisal_refusal_share, appraisal_depth):
    """Return the share of polluting dossiers that a deeper appraisal refuses.

    Parameters
    ----------
    appraisal_refusal_share : float
        Share refused per unit of depth above 1 [1], usually 0-0.5.
    appraisal_depth : float
        Lever: depth of appraisal, 1 as in the start year [0.5..5].

    Returns
    -------
    float
        Share [0..0.95], 0 at the depth of the start year or less.

    Source
    ------
    Assumption: no figure found; doubling the depth refuses one in five.

    Examples
    --------
    >>> appraisal_refusal(0.2, 2.0)
    0.2
    """
    return max(0.0, min(HIGHEST_CHANCE, appraisal_refusal_share * (appraisal_depth - 1.0)))


@rule
def next_lived_months(lived_months, mean_waited_months, lived_half_life_months):
    """Return the moving mean of the procedure time after a month with approvals.

    Parameters
    ----------
    lived_months : float
        Moving mean so far [months], from 0.
    mean_waited_months : float
        Mean time of this month's approvals [months], from 0.
    lived_half_life_months : float
        Months with approvals after which news weighs half [months], usually 3-12.

    Returns
    -------
    float
        Next moving mean [months], from 0.

    Source
    ------
    Assumption: investors go by news of the last half year; no estimate found.

    Examples
    --------
    >>> round(next_lived_months(4.0, 8.0, 1.0), 6)
    6.0
    """
    keep = math.exp(-math.log(2.0) / lived_half_life_months)
    return keep * lived_months + (1.0 - keep) * mean_waited_months
