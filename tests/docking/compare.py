"""Run the engine and the classic program side by side and report where they part.

`python -m tests.docking.compare ninh_binh plan_175 --replicate 3` compares one scenario.
"""

import argparse
import sys
from typing import NamedTuple

import numpy as np

from sim.initial import start_of
from sim.luck import draw_luck, new_luck
from sim.policy import policy_table
from sim.room import new_record, new_state
from sim.run import MONTHLY, begin, run_months
from sim.scenario import load_scenario
from sim.schema import codes
from sim.state import Record, State
from sim.world import load_world, parameter_vector, world_path
from tests.closing import closing_marks
from tests.docking.classic_mesa import ClassicModel
from tests.docking.hidden import HIDDEN, agents_of

TOLERANCE = 1e-9  # relative, absolute below 1: the two programs add sums in another order
EVENTS = 200_000


class Engine(NamedTuple):
    """What the engine wrote down and where it ended; `broken` is law, zone and month, or -1s."""

    record: Record
    events: list[tuple[int, ...]]
    state: State
    broken: tuple[int, int, int]


def run_engine(world, policy, parameters, *, seed: int, replicate: int) -> Engine:
    """Run the engine once with its event log."""
    start = start_of(world, parameters)
    segments = start.fixed.segments
    luck = new_luck(segments=segments, zones=len(start.zones), months=start.months)
    luck = draw_luck(luck, segments=segments, seed=seed, replicate=replicate)
    state, record = new_state(start, luck), new_record(start, events=EVENTS)
    begin(start, luck, state, record)
    broken = run_months(start.fixed, policy, luck, state, record, 0, start.months, MONTHLY)
    events = record.events[: record.event_count[0]].tolist()
    return Engine(record, events, state, broken)


def run_twin(world, policy, parameters, *, seed: int, replicate: int) -> ClassicModel:
    """Run the classic program once."""
    twin = ClassicModel(world, policy, parameters, seed=seed, replicate=replicate)
    twin.run()
    return twin


def differences(world, policy, parameters=None, *, seed: int, replicate: int) -> list[str]:
    """Return what differs in the first month in which anything does; empty if nothing does."""
    parameters = parameter_vector(world) if parameters is None else parameters
    engine = run_engine(world, policy, parameters, seed=seed, replicate=replicate)
    if engine.broken[0] >= 0:
        law, zone, month = engine.broken
        return [f"the engine broke law {law} in zone {zone}, month {month}"]
    twin = run_twin(world, policy, parameters, seed=seed, replicate=replicate)
    found = [*_events(world, engine, twin), *_accounts(world, engine.record, twin.register)]
    found = found or [*_hidden(engine.state, twin), *_exits(parameters, engine.state, twin)]
    if not found:
        return []
    first = min(month for month, _ in found)
    return [f"{world.calendar.name(first)} (month {first})"] + [
        text for month, text in found if month == first
    ]


def _events(world, engine: Engine, twin: ClassicModel) -> list[tuple[int, str]]:
    """Return the first difference of the two event logs, with its month."""
    for position in range(max(len(engine.events), len(twin.events))):
        ours = engine.events[position] if position < len(engine.events) else None
        theirs = twin.events[position] if position < len(twin.events) else None
        if ours != theirs:
            month = min(event[0] for event in (ours, theirs) if event is not None)
            text = f"event {position}: engine {_told(world, ours)}; twin {_told(world, theirs)}"
            return [(month, text)]
    return []


def _told(world, event: tuple[int, ...] | None) -> str:
    if event is None:
        return "nothing"
    month, investor, zone, code, detail = event
    place = world.zone_ids[zone] if zone >= 0 else "no zone"
    return f"month {month} {codes.EVENTS[code]}({detail}) investor {investor} in {place}"


def _accounts(world, record, register) -> list[tuple[int, str]]:
    """Return every first difference of a column of the four records, with its month."""
    kinds = [f"all {kind}s" for kind in codes.KINDS]
    return [
        *_columns(record.zones, register.zones, world.zone_ids),
        *_columns(record.kinds, register.kinds, kinds),
        *_columns(record.districts, register.districts, world.district_names),
        *_columns(record.province, register.province, ()),
    ]


def _columns(ours: np.ndarray, theirs: list, places) -> list[tuple[int, str]]:
    found = []
    for column in ours.dtype.names:
        engine = ours[column]
        if places:
            twin = np.array([[row[column] for row in rows] for rows in theirs])
        else:
            twin = np.array([row[column] for row in theirs])
        for where in _apart(engine, twin)[:1].tolist():
            values = f"engine {engine[tuple(where)]!r}, twin {twin[tuple(where)]!r}"
            place = places[where[1]] if places else "province"
            found.append((where[0], f"{place} {column}: {values}"))
    return found


def _hidden(state: State, twin: ClassicModel) -> list[tuple[int, str]]:
    """Return what differs in the state at the end of the last month."""
    found = []
    for table, agents in agents_of(twin).items():
        rows = [getattr(agent, "row", n) for n, agent in enumerate(agents)]
        for column, name in HIDDEN[table]:
            engine = getattr(state, table)[column][rows]
            theirs = np.array([getattr(agent, name) for agent in agents], dtype=float)
            for (where,) in _apart(engine, theirs)[:1].tolist():
                values = f"engine {engine[where]!r}, twin {theirs[where]!r}"
                found.append((twin.month, f"{table} {rows[where]} {column}: {values}"))
    return found


def _exits(parameters, state: State, twin: ClassicModel) -> list[tuple[int, str]]:
    """Return whose closing mark is not what the classic program's sums of hazard say."""
    sums = np.full(len(state.investors), np.nan)
    for agent in twin.investors:
        sums[agent.row] = agent.exit_sum
    marks = closing_marks(parameters, state, sums)
    rows = np.flatnonzero(~np.isnan(marks))
    found = []
    for (k,) in _apart(state.closing_mark[rows], marks[rows])[:1].tolist():
        values = f"engine {state.closing_mark[rows[k]]!r}, twin {marks[rows[k]]!r}"
        found.append((twin.month, f"investors {rows[k]} closing mark: {values}"))
    return found


def _apart(engine: np.ndarray, twin: np.ndarray) -> np.ndarray:
    """Return the positions at which two arrays of numbers are not alike."""
    scale = np.maximum(1.0, np.maximum(np.abs(engine), np.abs(twin)))
    return np.argwhere(~(np.abs(engine - twin) <= TOLERANCE * scale))


def main(arguments: list[str]) -> int:
    """Compare one scenario and print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("province")
    parser.add_argument("scenario")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--replicate", type=int, default=0)
    chosen = parser.parse_args(arguments)
    folder = world_path(chosen.province)
    world = load_world(folder)
    policy = policy_table(load_scenario(chosen.scenario, folder.parent, world), world)
    found = differences(world, policy, seed=chosen.seed, replicate=chosen.replicate)
    sys.stdout.write("\n".join(found or ["no difference"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
