"""Door 1: one run as a Mesa model, month by month, whose agents are views on the tables.

Not for many runs: sim/batch.py. Both doors run the same schedule and write the same record.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

import numpy as np
from mesa import Model
from mesa.datacollection import DataCollector

from sim.data_files import near_miss
from sim.errors import AuditError, Problem, ZonesimError
from sim.initial import start_of
from sim.replay import luck_of, replay
from sim.room import new_record, new_state
from sim.run import begin, run_lawfully
from sim.state import Policy, State
from sim.sums import plain_sum
from sim.views import (
    DistrictAgent,
    InvestorAgent,
    OfficeAgent,
    OperatorAgent,
    ZoneAgent,
    arrays_of,
)
from sim.why import Why, why_of
from sim.world import World, parameter_vector

ModelReporters = Mapping[str, str | Callable[["ZoneModel"], object]]
ZoneReporters = Mapping[str, str | Callable[[ZoneAgent], object]]

MODEL_REPORTERS: ModelReporters = {
    name: name for name in ("date", "serviced_ha", "leased_ha", "revenue_bn_vnd", "waiting")
}
ZONE_REPORTERS: ZoneReporters = {name: name for name in ("leased_ha", "occupancy", "jobs")}


class ZoneModel(Model):
    """One run of a province.

    Parameters
    ----------
    world : World
        The province.
    policy : Policy
        The levers.
    parameters : recarray of Parameters, shape (1,), optional
        By default the world's values.
    seed, replicate : int
        Which luck, not negative. The seed also starts Mesa's own generators, which the model does
        not use.
    zone_reporters : mapping, optional
        What `datacollector` keeps of every zone: names of attributes or functions of a ZoneAgent.
    model_reporters : mapping, optional
        What it keeps of the province: names of attributes or functions of the model.
    collect : bool
        Whether `datacollector` collects at the end of every month.
    events : int
        Rows of the event log; 0 keeps none.
    name : str
        What error messages call the policy.

    Raises
    ------
    ZonesimError
        If a reporter names an attribute that does not exist.

    Notes
    -----
    `month` counts the months done and `date` names the last of them; Mesa's own counters differ
    between its versions. To change what is collected later, replace `datacollector`. Mesa before
    3.5 never frees a model (`Agent._ids` holds it): for many runs take `sim.batch.run_many`.
    """

    def __init__(
        self,
        world: World,
        policy: Policy,
        *,
        parameters: np.recarray | None = None,
        seed: int = 0,
        replicate: int = 0,
        zone_reporters: ZoneReporters | None = None,
        model_reporters: ModelReporters | None = None,
        collect: bool = True,
        events: int = 0,
        name: str = "policy",
    ) -> None:
        super().__init__(rng=seed)
        self.world = world
        self.policy = policy
        self.seed = seed
        self.replicate = replicate
        self.name = name
        self.collect = collect
        self.month = 0
        self._start = start_of(world, parameter_vector(world) if parameters is None else parameters)
        self._luck = luck_of(self._start, seed=seed, replicate=replicate)
        self.state = new_state(self._start, self._luck)
        self.record = new_record(self._start, events=events)
        begin(self._start, self._luck, self.state, self.record)
        self._create_agents()
        self.datacollector = self._collector(
            MODEL_REPORTERS if model_reporters is None else model_reporters,
            ZONE_REPORTERS if zone_reporters is None else zone_reporters,
        )

    def _create_agents(self) -> None:
        zones = arrays_of(self.state.zones)
        offices, districts = arrays_of(self.state.offices), arrays_of(self.state.districts)
        self._investor_columns = arrays_of(self.state.investors)
        self.zones = [ZoneAgent(self, zones, z) for z in range(len(self.state.zones))]
        for z in range(len(self.state.zones)):
            OperatorAgent(self, zones, z)
        for kind in range(len(self.state.offices)):
            OfficeAgent(self, offices, kind)
        for d in range(len(self.state.districts)):
            DistrictAgent(self, districts, d)
        self.investors: list[InvestorAgent] = []
        self._welcome_investors()

    def _welcome_investors(self) -> None:
        """Create agents for the rows of investors that have none."""
        for row in range(len(self.investors), int(self.state.province[0].investors)):
            self.investors.append(InvestorAgent(self, self._investor_columns, row))

    def _collector(self, model: ModelReporters, zone: ZoneReporters) -> DataCollector:
        """Return a collector, after checking names that Mesa would quietly turn into None."""
        problems = [
            Problem(f"{kind}_reporters[{name!r}]", f"no attribute {reporter!r}", "", fix)
            for kind, owner, reporters in (("model", self, model), ("zone", self.zones[0], zone))
            for name, reporter in reporters.items()
            if isinstance(reporter, str) and not hasattr(owner, reporter)
            for fix in (near_miss(reporter, dir(owner)),)
        ]
        if problems:
            raise ZonesimError.of("The choice of reporters", problems)
        return DataCollector(
            model_reporters=dict(model), agenttype_reporters={ZoneAgent: dict(zone)}
        )

    @property
    def horizon(self) -> int:
        """Months of a whole run."""
        return self.world.calendar.months

    @property
    def date(self) -> str:
        """The last month done, such as 2021-03; before the first, the month before it."""
        return self.world.calendar.name(self.month - 1)

    @property
    def serviced_ha(self) -> float:
        """Serviced leasable land of all zones."""
        return plain_sum(self.state.zones["serviced_ha"])

    @property
    def leased_ha(self) -> float:
        """Leased land of all zones."""
        return plain_sum(self.state.zones["leased_ha"])

    @property
    def revenue_bn_vnd(self) -> float:
        """Budget revenue of all zones since the start."""
        return plain_sum(self.state.zones["revenue_bn_vnd"])

    @property
    def waiting(self) -> int:
        """Investors that wait for land."""
        return int(self.record.province["waiting"][self.month - 1]) if self.month else 0

    @property
    def events(self) -> np.ndarray:
        """The event log so far: as many of its first rows as there is room for."""
        return self.record.events[: int(self.record.event_count[0])]

    def zone(self, zone_id: str) -> ZoneAgent:
        """Return the zone of an identity.

        Raises
        ------
        ZonesimError
            If there is none.
        """
        ids = self.world.zone_ids
        if zone_id not in ids:
            raise ZonesimError(f"No such zone: {zone_id!r}. {near_miss(zone_id, ids)}".rstrip())
        return self.zones[ids.index(zone_id)]

    def step(self) -> None:
        """Run one month, check its laws, welcome who appeared in it and collect.

        Raises
        ------
        ZonesimError
            If the last month is done.
        AuditError
            If the month breaks a law of the model.
        """
        if self.month >= self.horizon:
            raise ZonesimError(
                f"The run of {self.name!r} is over: {self.date} was month {self.month} of "
                f"{self.horizon}. Make a new ZoneModel, or run while `model.running`."
            )
        try:
            run_lawfully(
                self.world,
                self._start,
                self.policy,
                self._luck,
                self.state,
                self.record,
                name=self.name,
                first=self.month,
                last=self.month + 1,
            )
        except AuditError:
            self.running = False
            raise
        self.month += 1
        self.running = self.month < self.horizon
        self._welcome_investors()
        if self.collect:
            self.datacollector.collect(self)

    def run(self) -> None:
        """Run the months that are left.

        Raises
        ------
        AuditError
            If a month breaks a law of the model.
        """
        while self.running:
            self.step()

    def why(self, investor: int | InvestorAgent) -> Why:
        """Return what an investor compared at its last look, what it did and by which margin.

        Parameters
        ----------
        investor : int or InvestorAgent
            A row of the investor table, or its agent.

        Raises
        ------
        ZonesimError
            If the investor has not appeared, if it was a tenant at the start and so never looked,
            or if someone wrote to the tables or levers of the run, which cannot be repeated then.

        Notes
        -----
        The run is repeated up to this month. To explain many looks, `sim.why.explain_all` repeats
        it once.
        """
        row = investor.row if isinstance(investor, InvestorAgent) else investor
        if not 0 <= row < len(self.investors):
            raise ZonesimError(
                f"No investor {row} by {self.date}: expected 0 to {len(self.investors) - 1}."
            )
        if self.investors[row].sitting:
            raise ZonesimError(
                f"Investor {row}, {self.investors[row].name!r}, was a tenant at the start and "
                f"looked at no zone. Ask about row {len(self._start.tenants)} or higher."
            )
        state = new_state(self._start, self._luck)
        last: deque[Why] = deque(maxlen=1)
        for looked in replay(
            self.world, self._start, self.policy, self._luck, state, months=self.month
        ):
            if row in looked.rows:
                last.append(why_of(self.world, looked, looked.rows.index(row)))
        if not self._is_at(state):
            raise ZonesimError(
                "This run cannot be repeated: its tables or levers were written to by hand. "
                "Put the change into a scenario or a parameter and make a new ZoneModel."
            )
        return last.pop()

    def _is_at(self, state: State) -> bool:
        """Return whether the run has the zones and investors of a state."""
        used = len(self.investors)
        pairs = (
            (self.state.zones, state.zones),
            (self.state.investors[:used], state.investors[:used]),
        )
        return all(here.tobytes() == there.tobytes() for here, there in pairs)
