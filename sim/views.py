"""Mesa agents that are views on the rows of a run's tables: they hold a row number, no data.

Not for behaviour, which is in sim/rules and sim/phases, nor for labels (sim/schema).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from mesa import Agent

from sim.schema import District, Investor, Office, Zone, codes, columns_of

if TYPE_CHECKING:
    from sim.world import World

_View = TypeVar("_View", bound=type)
Columns = dict[str, np.ndarray]

OPERATOR_COLUMNS = (
    "operator",
    "operator_from",
    "operator_month",
    "entry_sum",
    "entry_threshold",
    "price_usd_m2_term",
    "private_bn_vnd",
    "lease_income_bn_vnd",
)


def arrays_of(table: np.ndarray) -> Columns:
    """Return the columns of a table by name, as arrays that share its memory."""
    return {name: table[name].view(np.ndarray) for name in table.dtype.names or ()}


def shows(table: type, only: Sequence[str] | None = None) -> Callable[[_View], _View]:
    """Return a class decorator that adds a read-only property for each column of a table.

    Parameters
    ----------
    table : type
        A table of the schema.
    only : sequence of str, optional
        Columns to show; by default all.
    """

    def add_properties(view: _View) -> _View:
        for name, column in columns_of(table).items():
            if only is None or name in only:
                text = f"{column.label_en} [{column.unit}]; {column.label_vi}."
                setattr(view, name, property(_reader(name), doc=text))
        return view

    return add_properties


def _reader(name: str) -> Callable[[RowAgent], float]:
    def read(agent: RowAgent) -> float:
        value: float = agent.columns[name].item(agent.row)
        return value

    return read


class RowAgent(Agent):
    """A row of a table as an agent of Mesa; what it shows changes when the table does.

    Parameters
    ----------
    model : mesa.Model
        A model with a `world`.
    columns : dict of str to ndarray
        Columns of its table.
    row : int
        Its row.
    """

    def __init__(self, model: object, columns: Columns, row: int) -> None:
        super().__init__(model)
        self.columns = columns
        self.row = row  # last: from here on `__setattr__` refuses

    def __setattr__(self, name: str, value: object) -> None:
        if "row" in self.__dict__:
            raise AttributeError(
                f"{type(self).__name__}.{name}: agents are views and cannot be written to. "
                "Change a lever of the scenario, a parameter or a rule in sim/rules."
            )
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.row}>"

    @property
    def _world(self) -> World:
        world: World = self.model.world
        return world


@shows(Zone)
class ZoneAgent(RowAgent):
    """One industrial park or cluster."""

    @property
    def id(self) -> str:
        """Its identity in the data files."""
        return self._world.zone_ids[self.row]

    def name(self, language: Literal["en", "vi"] = "en") -> str:
        """Return its name in a language."""
        world = self._world
        names = world.zone_names_vi if language == "vi" else world.zone_names_en
        return names[self.row]

    @property
    def kind_name(self) -> str:
        """Park or cluster."""
        return codes.KINDS[self.kind]

    @property
    def operator_name(self) -> str:
        """Who develops it: none, state or private."""
        return codes.OPERATORS[self.operator]

    @property
    def district_name(self) -> str:
        """Its district."""
        return self._world.district_names[self.district]

    @property
    def land_step_name(self) -> str:
        """What holds its land back."""
        return codes.LAND_STEPS[self.land_step]

    @property
    def occupancy(self) -> float:
        """Leased over serviced leasable land; NaN where nothing is serviced."""
        serviced_ha: float = self.serviced_ha
        return self.leased_ha / serviced_ha if serviced_ha > 0.0 else math.nan


@shows(Zone, OPERATOR_COLUMNS)
class OperatorAgent(RowAgent):
    """The developer of one zone, or the vacancy: the columns of the zone that concern it."""

    @property
    def zone_id(self) -> str:
        """Identity of its zone."""
        return self._world.zone_ids[self.row]

    @property
    def operator_name(self) -> str:
        """What it is: none, state or private."""
        return codes.OPERATORS[self.operator]


@shows(Investor)
class InvestorAgent(RowAgent):
    """A candidate project since it appeared, later a tenant; those gone stay to be asked."""

    @property
    def name(self) -> str:
        """Name of a tenant of the start; of others their segment and number in it."""
        if self.sitting:
            return self._world.tenant_names[self.row]
        return f"{self.sector_id}-{self.origin_name}/{self.number}"

    @property
    def sector_id(self) -> str:
        """Identity of its sector."""
        return self._world.sector_ids[self.sector]

    @property
    def origin_name(self) -> str:
        """Domestic or foreign."""
        return codes.ORIGINS[self.origin]

    @property
    def stage_name(self) -> str:
        """Where it stands, from looking to operating or gone."""
        return codes.STAGES[self.stage]

    @property
    def reason_name(self) -> str:
        """Why it has gone; "none" if it has not."""
        return codes.REASONS[self.reason]

    @property
    def zone_id(self) -> str | None:
        """Zone where it applied or holds land, None if there is none."""
        return self._zone_id(self.zone)

    @property
    def first_choice_id(self) -> str | None:
        """Zone it liked best at its last look, whether or not it could go there."""
        return self._zone_id(self.first_choice)

    def _zone_id(self, row: int) -> str | None:
        return None if row == codes.NOBODY else self._world.zone_ids[row]


@shows(Office)
class OfficeAgent(RowAgent):
    """The licensing office of parks or of clusters."""

    @property
    def kind_name(self) -> str:
        """The kind of zones it licenses."""
        return codes.KINDS[self.row]


@shows(District)
class DistrictAgent(RowAgent):
    """The labour market of a district."""

    @property
    def name(self) -> str:
        """Its name."""
        return self._world.district_names[self.row]
