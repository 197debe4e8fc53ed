"""Plain Python objects for the classic program: levers, sectors, segments, luck, durations.

It reads the same world, policy and parameters as the engine and shares no rule with it: every
formula is written from docs/MODEL.md. For agents see classic_mesa and its neighbours.
"""

import bisect
import functools
import math
import operator
from collections.abc import Iterable
from types import SimpleNamespace

import numpy as np

from sim import shocks
from sim.schema import Levers, codes, columns_of


def plain(record) -> SimpleNamespace:
    """Return one row of a table with its columns as attributes."""
    return SimpleNamespace(**dict(zip(record.dtype.names, record.item(), strict=True)))


def added(values: Iterable[float]) -> float:
    """Return a sum as the model adds: one by one. Python's own compensates from 3.12 on."""
    return functools.reduce(operator.add, values, 0.0)


def months_of_days(days: float) -> int:
    """Return whole months, rounded up, at least one."""
    return max(1, math.ceil(days / 30.0))


def whole_months(months: float) -> int:
    """Return months rounded up, at least one."""
    return max(1, math.ceil(months))


def reached(total: float, cost: float) -> bool:
    """Return whether works or a plant are paid up."""
    return total >= cost * (1.0 - codes.ROUNDING)


class Luck:
    """The draws of one seed and replicate, by address."""

    def __init__(self, seed: int, replicate: int):
        self.seed = seed
        self.replicate = replicate

    def uniform(self, purpose: int, segment: int = 0, zone: int = 0, n: int = 0) -> float:
        return shocks.uniform(self.seed, purpose, self.replicate, segment, zone, n)

    def uniforms(self, purpose: int, segment: int, count: int) -> np.ndarray:
        """Return the first uniforms of a segment, many at once."""
        key, counter = [self.seed, purpose], [0, self.replicate, segment, 0]
        words = np.random.Philox(key=key, counter=counter).random_raw(count)
        return ((words >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52

    def exponential(self, purpose: int, segment: int = 0, zone: int = 0, n: int = 0) -> float:
        return shocks.exponential(self.seed, purpose, self.replicate, segment, zone, n)

    def gumbel(self, purpose: int, segment: int = 0, zone: int = 0, n: int = 0) -> float:
        return shocks.gumbel(self.seed, purpose, self.replicate, segment, zone, n)

    def normal(self, purpose: int, segment: int = 0, zone: int = 0, n: int = 0) -> float:
        return shocks.normal(self.seed, purpose, self.replicate, segment, zone, n)


class Sector:
    """One row of sectors.csv with what follows from it and the parameters."""

    def __init__(self, row: int, record, p: SimpleNamespace):
        vars(self).update(vars(plain(record)))
        self.row = row
        self.bit = 1 << row
        self.wet = self.wastewater_m3_ha_day > p.wet_m3_ha_day
        self.polluting = self.pollution > p.pollution_threshold
        self.small_days = p.registration_days + (p.environment_days if self.polluting else 0.0)
        self.large_days = (
            p.registration_days + p.approval_days + (p.environment_days if self.polluting else 0.0)
        )
        self.approval_land_ha = p.approval_land_ha
        self.overrun = p.overrun
        self.wage_weight = (
            self.low_skill_share * p.beta_wage_low_skill
            + (1.0 - self.low_skill_share) * p.beta_wage_skilled
        )

    def announced_months(self, land_ha: float, statutory_days: float) -> float:
        """Return the statutory time of a project, with its usual overrun."""
        days = self.large_days if land_ha >= self.approval_land_ha else self.small_days
        return days * statutory_days * self.overrun / 30.0


class Segment:
    """A sector and an origin, or the programme: a stream of candidates at the highest rate."""

    def __init__(self, row: int, record, sectors: list[Sector], highest_rate: float):
        self.row = row
        self.key = int(record.key)
        self.sector = sectors[record.sector]
        self.origin = int(record.origin)
        self.programme = bool(record.programme)
        self.share = float(record.share)
        self.highest_rate = highest_rate
        self.times = []  # arrival of each candidate of the pool
        self.needed_rates = []  # rate above which it appears
        self._next = 0

    def fill(self, luck: Luck, months: int) -> None:
        """Draw the pool of candidates for a number of months."""
        mean = self.highest_rate * months
        if mean <= 0.0:
            return
        size = math.ceil(mean + 10.0 * math.sqrt(mean) + 20.0)
        gaps = -np.log(luck.uniforms(shocks.ARRIVAL, self.key, size)) / self.highest_rate
        self.times = np.cumsum(gaps).tolist()
        marks = luck.uniforms(shocks.MARK, self.key, size)
        self.needed_rates = (marks * self.highest_rate).tolist()

    def arrivals(self, end: float, rate: float) -> list[tuple[float, int, int]]:
        """Return time, segment and number of those who appear before a moment at a rate."""
        first, self._next = self._next, bisect.bisect_left(self.times, end, self._next)
        return [
            (self.times[n], self.row, n)
            for n in range(first, self._next)
            if self.needed_rates[n] < rate
        ]


def segments_of(world, sectors: list[Sector], luck: Luck) -> list[Segment]:
    """Return the segments of a province with the highest rates that its files declare."""
    high = {info.key: info.high for info in world.parameters}
    bounds = columns_of(Levers)
    index = max(high["demand_index_first_year"], high["demand_index_second_year"], 1.0)
    trend = math.exp(
        max(0.0, high["demand_growth"]) * (world.calendar.months / 12.0)
        + high["demand_cycle_bound"]
        + high["tax_semi_elasticity"] * high["tax_additionality"] * high["cit_rate"]
    )
    rate = (
        high["candidates_per_year"]
        / 12.0
        * index
        * bounds["demand_index_foreign"].hi
        * math.pow(bounds["promotion_domestic"].hi, high["promotion_elasticity"])
        * trend
    )
    programme_rate = bounds["craft_village_programme"].hi / 12.0
    segments = []
    for g, row in enumerate(world.segments):
        highest_rate = programme_rate if row.programme else rate * float(row.share)
        segment = Segment(g, row, sectors, highest_rate)
        segment.fill(luck, world.calendar.months)
        segments.append(segment)
    return segments


class Demand:
    """How many candidates come: the cycle, the trend, promotion and the tax holiday."""

    def __init__(self, model):
        self.model = model
        self.cycle = 0.0
        p = model.p
        self.start_tax_rate = self.effective_rate(p.holiday_free_years, p.holiday_half_years)
        self.trend_factor = 0.0
        self.by_origin = (0.0, 0.0)

    def effective_rate(self, free: float, half: float) -> float:
        """Return the effective tax rate under a holiday."""
        horizon = self.model.p.tax_horizon_years
        return self.model.p.cit_rate * (
            0.5 * self._weight(free, free + half) + self._weight(free + half, horizon)
        )

    def _weight(self, first: float, last: float) -> float:
        p = self.model.p
        horizon, d = p.tax_horizon_years, p.discount_rate
        a, b = min(first, horizon), min(last, horizon)
        if d <= 0.0:
            return (b - a) / horizon
        return (math.exp(-d * a) - math.exp(-d * b)) / (1.0 - math.exp(-d * horizon))

    def step(self) -> None:
        """Move the cycle and set the month's factors."""
        model, p, levers = self.model, self.model.p, self.model.levers
        normal = model.luck.normal(shocks.DEMAND_CYCLE, 0, 0, model.month)
        if model.month == 0:
            rho = p.demand_cycle_persistence
            cycle = p.demand_cycle_sigma / math.sqrt(1.0 - rho * rho) * normal
        else:
            cycle = p.demand_cycle_persistence * self.cycle + p.demand_cycle_sigma * normal
        self.cycle = min(p.demand_cycle_bound, max(-p.demand_cycle_bound, cycle))
        tax_rate = self.effective_rate(*model.holiday(codes.PARK))
        tax = p.tax_semi_elasticity * p.tax_additionality * (self.start_tax_rate - tax_rate)
        self.trend_factor = math.exp(p.demand_growth * model.years + self.cycle + tax)
        year = model.world.calendar.year(model.month) - model.world.calendar.start_year
        index = (p.demand_index_first_year, p.demand_index_second_year)[year] if year < 2 else 1.0
        self.by_origin = (
            index * levers.demand_index_domestic * self._promotion(levers.promotion_domestic),
            index * levers.demand_index_foreign * self._promotion(levers.promotion_foreign),
        )

    def _promotion(self, promotion: float) -> float:
        elasticity = self.model.p.promotion_elasticity
        if promotion <= 0.0:
            return 0.0 if elasticity > 0.0 else 1.0
        return math.exp(elasticity * math.log(promotion))

    def rate(self, segment: Segment) -> float:
        """Return candidates a month of a segment."""
        if segment.programme:
            return self.model.levers.craft_village_programme / 12.0
        yearly = self.model.p.candidates_per_year / 12.0 * segment.share
        return yearly * self.by_origin[segment.origin] * self.trend_factor
