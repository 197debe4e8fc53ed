"""Phase 1: the demand cycle and each segment's arrival rate."""

from sim.compiled import kernel, phase
from sim.rules import demand as rules
from sim.schema.codes import FOREIGN, PARK


@phase
def demand(fixed, luck, state, month):
    """Move the demand cycle by a month.

    Order: one value for the province.
    Reads: parameters, luck.cycle_normal.
    Writes: province.cycle.
    """
    p = fixed.parameters[0]
    province = state.province[0]
    if month == 0:
        cycle = rules.first_cycle(
            p.demand_cycle_persistence, p.demand_cycle_sigma, luck.cycle_normal[0]
        )
    else:
        cycle = rules.next_cycle(
            province.cycle,
            p.demand_cycle_persistence,
            p.demand_cycle_sigma,
            luck.cycle_normal[month],
        )
    province.cycle = rules.held_within(cycle, p.demand_cycle_bound)


@kernel
def holiday_in_force(fixed, levers, kind, month):
    """Return the free and the half years that a licence of this kind and month brings."""
    p = fixed.parameters[0]
    free_years = p.holiday_free_years
    half_years = p.holiday_half_years
    if kind == PARK and month >= fixed.holiday_ends_month:
        free_years = 0.0
        half_years = 0.0
    if levers.tax_free_years >= 0.0:
        free_years = levers.tax_free_years
    if levers.tax_half_years >= 0.0:
        half_years = levers.tax_half_years
    return free_years, half_years


@kernel
def tax_gain(fixed, levers, month):
    """Return log arrivals gained by this month's tax holiday of parks over the start's."""
    p = fixed.parameters[0]
    free_years, half_years = holiday_in_force(fixed, levers, PARK, month)
    now = rules.effective_tax_rate(
        p.cit_rate, free_years, half_years, p.tax_horizon_years, p.discount_rate
    )
    start = rules.effective_tax_rate(
        p.cit_rate,
        p.holiday_free_years,
        p.holiday_half_years,
        p.tax_horizon_years,
        p.discount_rate,
    )
    return rules.tax_response(now, start, p.tax_semi_elasticity, p.tax_additionality)


@kernel
def promotion_effects(p, levers):
    """Return what a month's promotion does to the arrivals of each origin: domestic, foreign."""
    domestic = rules.promotion_effect(levers.promotion_domestic, p.promotion_elasticity)
    foreign = rules.promotion_effect(levers.promotion_foreign, p.promotion_elasticity)
    return domestic, foreign


@kernel
def segment_rate(p, levers, segment, start_index, effects, trend_factor):
    """Return the arrivals a month of a segment under the levers of a month."""
    if segment.programme == 1:
        return levers.craft_village_programme / 12.0
    index = start_index * levers.demand_index_domestic
    effect = effects[0]
    if segment.origin == FOREIGN:
        index = start_index * levers.demand_index_foreign
        effect = effects[1]
    return rules.arrival_rate(p.candidates_per_year, segment.share, index, effect, trend_factor)
