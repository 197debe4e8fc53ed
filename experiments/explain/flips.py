"""Search the smallest change of a lever that turns an investor, and run it again to verify.

A lever changes the whole history before the look: who leased what, which land is ready. So the
effect of a larger change need not be larger, and the smallest change found is the smallest on the
grid searched and bisected, not a proven minimum.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from typing import Final, NamedTuple

from experiments.explain.changes import (
    Settings,
    Trial,
    changed_policy,
    chosen_trials,
    settings_of,
)
from experiments.explain.identity import Identity, row_of
from experiments.explain.runs import Bench, run_once
from experiments.toml_lines import as_toml
from sim.policy import policy_table
from sim.scenario import Scenario
from sim.schema import codes
from sim.state import Luck, Policy

# Those that reach an investor through land, time, price or what it knows.
SEARCHED: Final = (
    "infrastructure_funding",
    "clearance_effort",
    "expansion_rule",
    "statutory_days",
    "licensing_staff",
    "rework",
    "promotion",
    "land_price_support",
)
GRID: Final = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # steps of steps.toml, either way
_HALVINGS: Final = 8
_EVENTS: Final = 200_000  # more than a run writes; the log counts what finds no room


class Outcome(NamedTuple):
    """What an investor did in the end: `zone` and which, `gone` and why, `undecided`, `absent`."""

    what: str
    which: str


class Flip(NamedTuple):
    """The smallest change found that turns an investor; `outcome` is None where none was found.

    `change` is in the lever's unit, added in every month; `kept_at` is the largest change tried
    below it that does not turn the investor, 0.0 if none was. `settings` is what a scenario file
    says, and `verified` whether those very words, run afresh, gave the outcome.
    """

    lever: str
    change: float
    kept_at: float
    outcome: Outcome | None
    settings: str
    verified: bool
    runs: int


class _Search:
    """Runs of one investor under one lever changed, counted."""

    def __init__(
        self, bench: Bench, scenario: Scenario, identity: Identity, luck: Luck, trial: Trial
    ) -> None:
        self._bench, self._scenario, self._luck = bench, scenario, luck
        self._identity, self._trial = identity, trial
        self._policy = policy_table(scenario, bench.world)
        self.runs = 0

    def settings(self, times: float) -> Settings:
        """Return what so many steps set; empty where nothing is left to change."""
        return settings_of(self._trial, self._policy, self._bench.world, times=times)

    def outcome(self, settings: Settings) -> Outcome:
        """Return what the investor does under some levers."""
        self.runs += 1
        policy = changed_policy(self._scenario, settings, self._bench.world)
        return outcome_of(self._bench, policy, self._luck, self._identity)


def outcome_of(bench: Bench, policy: Policy, luck: Luck, identity: Identity) -> Outcome:
    """Return what an investor did by the end of a run: the zone of its last application, or else.

    Raises
    ------
    AuditError
        If the run breaks a law of the model.
    """
    state, record = run_once(bench, policy, luck, events=_EVENTS)
    row = row_of(state, identity)
    if row < 0:
        return Outcome("absent", "")
    log = record.events[: int(record.event_count[0])]
    own = log[(log["investor"] == row) & (log["event"] == codes.EVENT_APPLIED)]
    if len(own):
        return Outcome("zone", bench.world.zone_ids[int(own[-1]["zone"])])
    investor = state.investors[row]
    if investor["stage"] == codes.GONE:
        return Outcome("gone", codes.REASONS[investor["reason"]])
    return Outcome("undecided", codes.STAGES[investor["stage"]])


def searched(levers: Sequence[str]) -> tuple[Trial, ...]:
    """Return the trials to search; no levers means `SEARCHED`.

    Raises
    ------
    StudyError
        If a lever is unknown or has no step to add.
    """
    return chosen_trials(levers or SEARCHED, numbers_only=True)


def flips(
    bench: Bench, scenario: Scenario, identity: Identity, luck: Luck, trials: Sequence[Trial]
) -> tuple[Flip, ...]:
    """Return for each trial the smallest change found that turns an investor.

    Parameters
    ----------
    bench : Bench
        The province.
    scenario : Scenario
        The policy to change.
    identity : Identity
        The investor.
    luck : Luck
        Of the replicate.
    trials : sequence of Trial
        See `searched`.

    Raises
    ------
    AuditError
        If a run breaks a law of the model.
    """
    before = outcome_of(bench, policy_table(scenario, bench.world), luck, identity)
    return tuple(
        _smallest(_Search(bench, scenario, identity, luck, trial), trial, before)
        for trial in trials
    )


def _smallest(search: _Search, trial: Trial, before: Outcome) -> Flip:
    """Return the smaller of the changes up and down that turn the investor."""
    found = [bracket for way in (1.0, -1.0) if (bracket := _bracket(search, before, way))]
    if not found or trial.step is None:
        return Flip(trial.lever, math.nan, math.nan, None, "", False, search.runs)
    kept, turned = min(found, key=lambda bracket: abs(bracket[1]))
    for _ in range(_HALVINGS):
        middle = 0.5 * (kept + turned)
        if _turns(search, before, middle):
            turned = middle
        else:
            kept = middle
    turned = _readable(search, before, turned, trial.step)
    settings = search.settings(turned)
    outcome = search.outcome(settings)
    text = as_toml(settings)
    again = search.outcome(tomllib.loads(text))
    verified = again == outcome != before
    changes = turned * trial.step, kept * trial.step
    return Flip(trial.lever, *changes, outcome, text, verified, search.runs)


def _readable(search: _Search, before: Outcome, turned: float, step: float) -> float:
    """Return a change of three digits, just beyond a number of steps, where that turns it too."""
    change = turned * step
    unit = 10.0 ** (math.floor(math.log10(abs(change))) - 2)
    rounded = math.copysign(math.ceil(abs(change) / unit) * unit, change) / step
    return rounded if _turns(search, before, rounded) else turned


def _bracket(search: _Search, before: Outcome, way: float) -> tuple[float, float] | None:
    """Return the last number of steps that keeps the investor and the first that turns it."""
    kept, last = 0.0, search.settings(0.0)
    for size in GRID:
        times = way * size
        settings = search.settings(times)
        if settings == last:  # at the lever's bound
            return None
        if settings and search.outcome(settings) != before:
            return kept, times
        kept, last = times, settings
    return None


def _turns(search: _Search, before: Outcome, times: float) -> bool:
    settings = search.settings(times)
    return bool(settings) and search.outcome(settings) != before
