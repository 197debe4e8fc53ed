"""Licensing offices and labour markets (docs/MODEL.md 8.4, 8.5, 9.8, 9.11)."""

import math

import mesa

from sim.schema import codes
from tests.docking.classic_data import added


class Office(mesa.Agent):
    """The board for parks or the departments for clusters: serves dossiers, then decides."""

    def __init__(self, model, kind: int):
        super().__init__(model)
        p = model.p
        self.kind = kind
        dossiers_year = p.dossiers_year_parks if kind == codes.PARK else p.dossiers_year_clusters
        load = p.office_load_parks if kind == codes.PARK else p.office_load_clusters
        r = p.rework_probability
        hours = 0.0
        self.lived_months = 0.0
        for sector, weight in zip(model.sectors, model.sector_weights, strict=True):
            hours += weight * self._mean_hours(sector)
            self.lived_months += weight * sector.announced_months(sector.land_median_ha, 1.0)
        rework = 1.0 + p.rework_hours_share * r / (1.0 - r)
        self.capacity_hours_month = dossiers_year * hours * rework / 12.0 / load
        self.clock = 0.0
        self.dossiers = []  # applicants
        self.unserved = []  # those whose work has not begun, by time of filing

    def _mean_hours(self, sector) -> float:
        p = self.model.p
        land = p.dossier_hours_land * math.log(1.0 + sector.land_median_ha)
        hours = p.dossier_hours * math.exp(p.dossier_hours_sigma**2 / 2.0 + land)
        return hours * p.environment_hours_factor if sector.polluting else hours

    def file(self, investor) -> None:
        """Take a dossier in."""
        self.dossiers.append(investor)
        self.unserved.append(investor)

    def withdraw(self, investor) -> None:
        """Strike a dossier out of the work that has not begun."""
        if investor in self.unserved:
            self.unserved.remove(investor)

    def step(self) -> None:
        """Serve, decide, and let the lived time follow."""
        self._serve()
        self.dossiers.sort(key=lambda investor: investor.row)
        waits = []
        remaining = []
        for investor in self.dossiers:
            if investor.applied_month < self.model.month:
                investor.hear(waits)
            if investor.stage == codes.APPLIED:
                remaining.append(investor)
        self.dossiers = remaining
        if waits:
            keep = math.exp(-math.log(2.0) / self.model.p.lived_half_life_months)
            mean = added(waits) / len(waits)
            self.lived_months = keep * self.lived_months + (1.0 - keep) * mean

    def _serve(self) -> None:
        end = self.model.month + 1
        capacity = self.capacity_hours_month * self.model.levers.licensing_staff
        while self.unserved:
            start = max(self.clock, self.unserved[0].applied_time)
            if start >= end:
                return
            investor = self._next(start)
            self.unserved.remove(investor)
            investor.work_done_time = self.clock = start + investor.hours / capacity

    def _next(self, start: float):
        """Return whom to serve: fast track first, then who filed first."""
        if self.model.fast_track:
            for investor in self.unserved:
                if investor.applied_time > start:
                    break
                if investor.has_fast_track():
                    return investor
        return self.unserved[0]


class District(mesa.Agent):
    """A labour market."""

    def __init__(self, model, row: int):
        super().__init__(model)
        self.row = row
        self.population = float(model.world.districts[row].population)
        self.supply = self.population * model.p.labour_participation
        self.wage = 1.0
        self.log_wage = 0.0
        self.jobs = 0.0
        self.zones = []

    def step(self) -> None:
        """Let the wage answer to jobs, and supply to the wage."""
        p = self.model.p
        self.jobs = 0.0
        for zone in self.zones:
            self.jobs += zone.jobs
        tightness = p.outside_jobs_share + self.jobs / self.supply
        pressure = max(0.0, tightness - p.tightness_reference)
        self.wage *= math.exp(p.wage_response * pressure / 12.0)
        self.log_wage = math.log(self.wage)
        drawn = math.exp(p.commuter_elasticity * self.log_wage)
        wanted = self.population * p.labour_participation * drawn
        self.supply += (wanted - self.supply) / p.commuter_months
