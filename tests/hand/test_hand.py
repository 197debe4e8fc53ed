"""A run of the tiny province says month by month what docs/MODEL.md says by hand.

The hand-worked account is tiny_baseline.md and tiny_plan.md: MODEL.md worked out for the data of
the tiny province, without sim/. The first tests repeat its draws and its arithmetic, so that it
stands by itself; the others compare it with a run. Numbers on paper have 12 digits, so the two
agree to 1e-9; what is 0 on paper may be a rounding of 1e-16 in a run.
"""

import math
from typing import NamedTuple

import numpy as np
import pytest
from numpy.lib.recfunctions import append_fields

from sim.batch import Case, run_many
from sim.initial import start_of
from sim.policy import policy_table
from sim.replay import luck_of
from sim.room import new_record, new_state
from sim.run import MONTHLY, begin, run_months
from sim.scenario import load_scenario
from sim.state import Policy, Record, State
from sim.why import explain_all
from sim.world import load_world, parameter_vector, world_path
from tests.closing import exit_sums
from tests.hand import draws, worksheet
from tests.hand.paper import DRAWS, LINES, calculate, read, tables
from tests.hand.people import POOL

RELATIVE, ABSOLUTE = 1e-9, 1e-9
WORLD = load_world(world_path("tiny"))
PAPERS = {name: tables(worksheet.FOLDER / f"tiny_{name}.md") for name in worksheet.SCENARIOS}
MONTHS = range(worksheet.MONTHS)
ALL_MONTHS = WORLD.calendar.months

on_paper = pytest.mark.parametrize("scenario", worksheet.SCENARIOS)


def same(left: object, right: object) -> bool:
    """Return whether two numbers agree as closely as paper can say, or two words are equal."""
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    return math.isclose(left, right, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def rows(scenario: str, columns: tuple[str, ...]) -> list[dict]:
    """Return the rows of all tables that have these columns."""
    return [row for *_, table in PAPERS[scenario] for row in table if tuple(row) == columns]


def sections(scenario: str, month: int, start: str) -> dict[str, list[dict]]:
    """Return the tables of a month in the sections whose heading begins so, by its rest."""
    return {
        section.removeprefix(start): table
        for chapter, section, table in PAPERS[scenario]
        if chapter == f"Month {month}" and section.startswith(start) and "column" in table[0]
    }


# --- the account by itself ------------------------------------------------------------------------


@on_paper
def test_every_draw_of_the_account_is_that_of_numpys_philox_at_its_address(scenario):
    listed = rows(scenario, DRAWS)
    assert len(listed) > 100
    for row in listed:
        address = (int(row["purpose"]), row["segment"], row["zone"], int(row["n"]))
        word = draws.word(worksheet.SEED, worksheet.REPLICATE, *address)
        assert int(row["word"]) == word, row
        assert same(read(row["value"]), draws.TRANSFORMS[row["draw"]](word)), row


@on_paper
def test_every_working_of_the_account_comes_to_its_value(scenario):
    wrong = [
        f"{row['who']}, {row['what']}: {row['working']} is {found!r}, not {row['value']}"
        for row in rows(scenario, LINES)
        if row["working"]
        for found in (calculate(row["working"]),)
        if not same(found, read(row["value"]))
    ]
    assert not wrong, "\n".join(wrong)


@on_paper
def test_candidates_arrive_by_their_gaps_and_appear_by_their_marks(scenario):
    lines = rows(scenario, LINES)
    highest = {r["who"]: read(r["value"]) for r in lines if r["what"] == "highest rate a month"}
    last = dict.fromkeys(highest, (-1, 0.0))
    for row in rows(scenario, POOL):
        segment, n = row["segment"], int(row["n"])
        words = [
            draws.word(worksheet.SEED, worksheet.REPLICATE, purpose, segment, "-", n)
            for purpose in (2, 3)
        ]
        assert [int(row["gap word"]), int(row["mark word"])] == words, row
        arrival = last[segment][1] + draws.exponential(words[0]) / highest[segment]
        assert last[segment][0] == n - 1 and same(read(row["arrival"]), arrival), row
        appears = draws.uniform(words[1]) < read(row["chance"])
        assert read(row["appears"]) == appears, row
        last[segment] = (n, arrival)


@on_paper
def test_the_account_is_what_the_worksheet_works_out(scenario, tmp_path):
    afresh = tmp_path / "afresh.md"
    afresh.write_text(worksheet.written_out(scenario), encoding="utf-8")
    kept, worked = PAPERS[scenario], tables(afresh)
    assert [(c, s, len(t)) for c, s, t in kept] == [(c, s, len(t)) for c, s, t in worked]
    for (chapter, section, old), (*_, new) in zip(kept, worked, strict=True):
        for kept_row, row in zip(old, new, strict=True):
            assert list(kept_row) == list(row), (chapter, section)
            for column in row.keys() - {"working"}:
                left, right = read(kept_row[column]), read(row[column])
                assert same(left, right), f"{chapter}, {section}, {kept_row}: now {right}"


# --- the account and a run ------------------------------------------------------------------------


class Run(NamedTuple):
    """A run of the engine, its tables kept at the end of every month."""

    policy: Policy
    record: Record
    states: list[State]
    events: list[tuple[int, ...]]


def run(scenario: str, *, seed: int, replicate: int, months: int) -> Run:
    """Run the engine month by month."""
    policy = policy_of(scenario)
    start = start_of(WORLD, parameter_vector(WORLD))
    luck = luck_of(start, seed=seed, replicate=replicate)
    state, record = new_state(start, luck), new_record(start, events=10_000)
    begin(start, luck, state, record)
    states = []
    for month in range(months):
        law, *_ = run_months(start.fixed, policy, luck, state, record, month, month + 1, MONTHLY)
        assert law == -1, f"month {month} breaks law {law}"
        states.append(State(*(table.copy() for table in state)))
    return Run(policy, record, states, record.events[: record.event_count[0]].tolist())


def policy_of(scenario: str) -> Policy:
    """Return the levers of a scenario."""
    return policy_table(load_scenario(scenario, world_path("tiny").parent, WORLD), WORLD)


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    return {
        name: run(
            name,
            seed=worksheet.SEED,
            replicate=worksheet.REPLICATE,
            months=worksheet.MONTHS,
        )
        for name in worksheet.SCENARIOS
    }


@pytest.fixture(scope="module")
def batch():
    return run_many(
        WORLD,
        [Case(name, policy_of(name)) for name in worksheet.SCENARIOS],
        replicates=[worksheet.REPLICATE],
        seed=worksheet.SEED,
    )


def differences(month: int, table: list[dict], found: np.ndarray) -> list[str]:
    """Compare a table that is read down, a column for each row of `found`."""
    wrong = []
    for line in table:
        column, *names = line
        for k, name in enumerate(names):
            by_hand, engine = line[name], float(found[k][line[column]])
            if by_hand and not same(float(by_hand), engine):
                wrong.append(f"{month}, {name}, {line[column]}: hand {by_hand}, run {engine!r}")
    return wrong


def people(state: State) -> np.ndarray:
    """Return the investors, with how near they are to closing."""
    sums = exit_sums(parameter_vector(WORLD), state)
    return append_fields(state.investors.view(np.ndarray), "exit_sum", sums, usemask=False)


def compare(scenario: str, heading: str, find) -> None:
    """Compare one table of every month with `find(month)`, rows of the engine."""
    wrong = []
    for month in MONTHS:
        (table,) = sections(scenario, month, heading).values()
        wrong += differences(month, table, find(month))
    assert not wrong, "month, whose, column\n" + "\n".join(wrong)


@on_paper
@pytest.mark.parametrize("table", ["zones", "kinds", "province", "districts"])
def test_the_record_of_a_month_says_what_the_account_says(runs, scenario, table):
    record = getattr(runs[scenario].record, table)
    compare(scenario, f"Record: {table}", lambda month: np.atleast_1d(record[month]))


@on_paper
@pytest.mark.parametrize("table", ["zones", "kinds", "province", "districts"])
def test_the_account_has_every_column_of_the_record(runs, scenario, table):
    names = set(getattr(runs[scenario].record, table).dtype.names)
    for month in MONTHS:
        (by_hand,) = sections(scenario, month, f"Record: {table}").values()
        assert {line["column"] for line in by_hand} == names


@on_paper
@pytest.mark.parametrize("table", ["kinds", "province"])
def test_a_batch_of_runs_says_what_the_account_says(batch, scenario, table):
    record = getattr(batch, table)[batch.cases.index(scenario), 0]
    compare(scenario, f"Record: {table}", lambda month: np.atleast_1d(record[month]))


@on_paper
def test_the_event_log_says_what_the_account_says(runs, scenario):
    by_hand = [
        (int(chapter.removeprefix("Month ")), *map(int, row.values()))
        for chapter, section, table in PAPERS[scenario]
        if section == "Record: events"
        for row in table
    ]
    assert [tuple(event) for event in runs[scenario].events] == by_hand


@on_paper
@pytest.mark.parametrize("table", ["zones", "tranches", "offices", "districts"])
def test_the_tables_beneath_the_record_say_what_the_account_says(runs, scenario, table):
    states = runs[scenario].states
    compare(scenario, f"Beneath: {table}", lambda month: getattr(states[month], table))


@on_paper
@pytest.mark.parametrize("who", ["sitting tenants", "candidates"])
def test_investors_are_what_the_account_says(runs, scenario, who):
    wrong = []
    for month in MONTHS:
        for table in sections(scenario, month, f"Beneath: {who}").values():
            numbers = [int(name) for name in list(table[0])[1:]]
            wrong += differences(month, table, people(runs[scenario].states[month])[numbers])
    assert not wrong, "month, investor, column\n" + "\n".join(wrong)


@on_paper
def test_every_look_weighs_every_zone_as_the_account_does(runs, scenario):
    looks = list(
        explain_all(
            WORLD,
            runs[scenario].policy,
            seed=worksheet.SEED,
            replicate=worksheet.REPLICATE,
            months=worksheet.MONTHS,
        )
    )
    wrong, count = [], 0
    for month in MONTHS:
        on_page = sections(scenario, month, "Look of ")
        found = [look for look in looks if look.month == month]
        assert [int(name.split(":")[0]) for name in on_page] == [look.investor for look in found]
        for look, table in zip(found, on_page.values(), strict=True):
            weighed = [
                {**zone.terms, "total": zone.total, "considered": zone.considered}
                for zone in look.zones
            ]
            for line in table:
                for zone, terms in zip(WORLD.zone_ids, weighed, strict=True):
                    by_hand, engine = read(line[zone]), terms[line["column"]]
                    if not same(by_hand, engine):
                        whose = f"{month}, {look.investor} in {zone}, {line['column']}"
                        wrong.append(f"{whose}: hand {by_hand}, run {engine!r}")
            assert {line["column"] for line in table} == set(weighed[0])
            count += 1
    assert not wrong, "month, whose, term\n" + "\n".join(wrong)
    assert count == len(looks) > 0


@on_paper
def test_every_look_has_the_neighbours_of_the_account(runs, scenario):
    looks = explain_all(
        WORLD,
        runs[scenario].policy,
        seed=worksheet.SEED,
        replicate=worksheet.REPLICATE,
        months=worksheet.MONTHS,
    )
    by_hand = [read(row["neighbours"]) for row in rows(scenario, ("neighbours",))]
    assert by_hand == pytest.approx([look.outside for look in looks], rel=RELATIVE)


# --- the worksheet and other runs -----------------------------------------------------------------


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("scenario", ["baseline", "plan", "ban", "funding_x2"])
def test_the_worksheet_agrees_with_whole_runs_under_other_luck(scenario, seed):
    whole = run(scenario, seed=seed, replicate=1, months=ALL_MONTHS)
    sheet = worksheet.Sheet(scenario, seed=seed, replicate=1, silent=True)
    for month in range(ALL_MONTHS):
        for table, by_hand in sheet.work_month().items():
            found = np.atleast_1d(getattr(whole.record, table)[month])
            for k, row in enumerate(by_hand):
                for column, value in row.items():
                    engine = float(found[k][column])
                    where = f"{month}, {table} {k}, {column}: hand {value!r}, run {engine!r}"
                    assert same(float(value), engine), where
    assert whole.events == [tuple(map(int, event)) for event in sheet.events]
