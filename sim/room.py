"""Room for runs: tables of a state and of a record, made once and used again, and copied fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim import luck as draws
from sim.initial import Start
from sim.schema import (
    DistrictRecord,
    Event,
    Investor,
    KindRecord,
    ProvinceRecord,
    ZoneRecord,
    as_bytes,
    codes,
    new_table,
)
from sim.state import Luck, Record, State

States = tuple[State, State, Callable[[], None]]  # of a family, of a case, what copies the one

# Tables of State with a row an investor, most of whose rows are never used, and those that hold
# nothing from one month to the next.
_OF_INVESTORS = "seekers applied projects settled call_month cell looking queue newcomer".split()
_PER_INVESTOR = frozenset((*_OF_INVESTORS, "investors", "closing_mark"))
_SCRATCH = frozenset(
    "looking queue newcomer newcomer_segment newcomer_time utility value feasible keys order "
    "merged".split()
)


def new_state(start: Start, luck: Luck) -> State:
    """Return room for a run, at month 0 but without luck.

    Parameters
    ----------
    start : Start
        Month 0.
    luck : Luck
        Its pool bounds how many candidates can appear.

    Returns
    -------
    State
        Call `begin` before the first month.
    """
    rows = len(start.tenants) + len(luck.mark)
    zones, segments = len(start.zones), len(start.fixed.segments)
    return State(
        zones=start.zones.copy(),
        tranches=start.land.tranches.copy(),
        blocks=np.zeros(len(start.land.cleared)),
        investors=new_table(Investor, rows),
        offices=start.offices.copy(),
        districts=start.districts.copy(),
        province=start.province.copy(),
        sector_tenants=start.sector_tenants.copy(),
        origin_tenants=start.origin_tenants.copy(),
        lease_history=np.zeros((zones, codes.LEASE_MONTHS)),
        book=np.zeros((zones, codes.BOOK_COLUMNS)),
        wanted=np.zeros(zones),
        gone=np.zeros(len(codes.REASONS), np.int64),
        sitting_gone=np.zeros(len(codes.REASONS), np.int64),
        next_arrival=np.zeros(segments, np.int64),
        next_likely=np.zeros(segments, np.int64),
        newcomer_segment=np.zeros(rows, np.int64),
        newcomer_time=np.zeros(rows),
        utility=np.zeros((segments, zones)),
        utility_month=np.full(segments, -1, np.int64),
        value=np.zeros(zones),
        known_share=np.zeros((2, zones)),
        known_promotion=np.zeros(2),
        shown=np.zeros((4, zones), np.int64),
        seen=np.zeros((10, zones)),
        log_tenants=np.zeros((len(start.fixed.sectors) + 2, zones)),
        feasible=np.zeros(zones),
        sight=np.zeros((4, zones)),
        closing_hazard=np.zeros((len(start.districts), len(start.fixed.sectors))),
        closing_log_wage=np.zeros(len(start.districts)),
        closing_clock=np.zeros(zones * len(start.fixed.sectors)),
        closing_mark=np.zeros(rows),
        keys=np.zeros(zones),
        order=np.zeros(zones, np.int64),
        merged=np.zeros(rows + zones, np.int64),
        **{name: np.zeros(rows, np.int64) for name in _OF_INVESTORS},
    )


def new_record(
    start: Start, *, events: int = 0, kept_months: Sequence[int] | None = None
) -> Record:
    """Return room for what a run writes down.

    Parameters
    ----------
    start : Start
        Month 0.
    events : int
        Rows of the event log; 0 keeps none.
    kept_months : sequence of int, optional
        Months whose zone and district rows are kept, ascending; by default all.

    Returns
    -------
    Record
        Zero-filled.
    """
    months = start.months
    kept = np.arange(months) if kept_months is None else np.asarray(kept_months, np.int64)
    rows = np.full(months, -1, np.int64)
    rows[kept] = np.arange(len(kept))
    return Record(
        zones=new_table(ZoneRecord, len(kept), len(start.zones)),
        kinds=new_table(KindRecord, months, len(codes.KINDS)),
        province=new_table(ProvinceRecord, months),
        districts=new_table(DistrictRecord, len(kept), len(start.districts)),
        kept=rows,
        events=new_table(Event, events),
        event_count=np.zeros(1, np.int64),
    )


def copier(state: State, other: State) -> Callable[[], None]:
    """Return what makes another state equal to one, but for rows of investors not in use.

    Parameters
    ----------
    state : State
        To be copied at each call, at the end of a month.
    other : State
        Written to; made by `new_state` with the same arguments.

    Returns
    -------
    callable
        Takes nothing.
    """
    whole: list[tuple[np.ndarray, np.ndarray]] = []
    rows: list[tuple[np.ndarray, np.ndarray]] = []
    for name, here, there in zip(State._fields, state, other, strict=True):
        if name not in _SCRATCH:
            pairs = rows if name in _PER_INVESTOR else whole
            pairs.append((as_bytes(here), as_bytes(there)))

    investors = np.asarray(state.province)["investors"]  # a view without the cost of recarray

    def copy() -> None:
        used = int(investors[0])
        for here, there in whole:
            there[...] = here
        for here, there in rows:
            there[:used] = here[:used]

    return copy


class Room(NamedTuple):
    """The arrays that one thread works in; cases that split land alike share states."""

    luck: Luck
    states: dict[tuple[int, int], States]  # by numbers of tranches and of household blocks
    record: Record

    def states_for(self, start: Start) -> States:
        """Return tables that fit a case's month 0, and what copies the first to the second."""
        size = (len(start.land.tranches), len(start.land.cleared))
        if size not in self.states:
            common, own = new_state(start, self.luck), new_state(start, self.luck)
            self.states[size] = (common, own, copier(common, own))
        return self.states[size]


def new_room(start: Start, *, events: int = 0, kept_months: Sequence[int] | None = None) -> Room:
    """Return the arrays for one thread; see `new_record`."""
    luck = draws.new_luck(
        segments=start.fixed.segments, zones=len(start.zones), months=start.months
    )
    return Room(luck, {}, new_record(start, events=events, kept_months=kept_months))
