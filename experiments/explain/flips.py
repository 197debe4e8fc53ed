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
    Probe,
    Settings,
    changed_policy,
    chosen_probes,
    settings_of,
)
from experiments.explain.identity import Identity, row_of
from experiments.explain.runs import Opening, run_once
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


class Ending(NamedTuple):
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
    outcome: Ending | None
    settings: str
    verified: bool
    runs: int


class _Search:
    """Runs of one investor under one lever changed, counted."""

    def __init__(
        self, opening: Opening, scenario: Scenario, identity: Identity, luck: Luck, probe: Probe
    ) -> None:
        self._opening, self._scenario, self._luck = opening, scenario, luck
        self._identity, self._probe = identity, probe
        self._policy = policy_table(scenario, opening.world)
        self.runs = 0

    def settings(self, times: float) -> Settings:
        """Return what so many steps set; empty where nothing is left to change."""
        return settings_of(self._probe, self._policy, self._opening.world, times=times)

    def outcome(self, settings: Settings) -> Ending:
        """Return what the investor does under some levers."""
        self.runs += 1
        policy = changed_policy(self._scenario, settings, self._opening.world)
        return ending_of(self._opening, policy, self._luck, self._identity)


def ending_of(opening: Opening, policy: Policy, luck: Luck, identity: Identity) -> Ending:
    """Return what an investor did by the end of a run: the zone of its last application, or else.

    Raises
    ------
    AuditError
        If the run breaks a law of the model.
    """
    state, record = run_once(opening, policy, luck, events=_EVENTS)
    row = row_of(state, identity)
    if row < 0:
        return Ending("absent", "")
    log = record.events[: int(record.event_count[0])]
    own = log[(log["investor"] == row) & (log["event"] == codes.EVENT_APPLIED)]
    if len(own):
        return Ending("zone", opening.world.zone_ids[int(own[-1]["zone"])])
    investor = state.investors[row]
    if investor["stage"] == codes.GONE:
        return Ending("gone", codes.REASONS[investor["reason"]])
    return Ending("undecided", codes.STAGES[investor["stage"]])


def searched(levers: Sequence[str]) -> tuple[Probe, ...]:
    """Return the probes to search; no levers means `SEARCHED`.

    Raises
    ------
    StudyError
        If a lever is unknown or has no step to add.
    """
    return chosen_probes(levers or SEARCHED, numbers_only=True)


def flips(
    opening: Opening, scenario: Scenario, identity: Identity, luck: Luck, probes: Sequence[Probe]
) -> tuple[Flip, ...]:
    """Return for each probe the smallest change found that turns an investor.

    Parameters
    ----------
    opening : Opening
        The province.
    scenario : Scenario
        The policy to change.
    identity : Identity
        The investor.
    luck : Luck
        Of the replicate.
    probes : sequence of Probe
        See `searched`.

    Raises
    ------
    AuditError
        If a run breaks a law of the model.
    """
    before = ending_of(opening, policy_table(scenario, opening.world), luck, identity)
    return tuple(
        _smallest(_Search(opening, scenario, identity, luck, probe), probe, before)
        for probe in probes
    )


def _smallest(search: _Search, probe: Probe, before: Ending) -> Flip:
    """Return the smaller of the changes up and down that turn the investor."""
    found = [bracket for way in (1.0, -1.0) if (bracket := _bracket(search, before, way))]
    if not found or probe.step is None:
        return Flip(probe.lever, math.nan, math.nan, None, "", False, search.runs)
    kept, turned = min(found, key=lambda bracket: abs(bracket[1]))
    for _ in range(_HALVINGS):
        middle = 0.5 * (kept + turned)
        if _turns(search, before, middle):
            turned = middle
        else:
            kept = middle
    turned = _readable(search, before, turned, probe.step)
    settings = search.settings(turned)
    outcome = search.outcome(settings)
    text = as_toml(settings)
    again = search.outcome(tomllib.loads(text))
    verified = again == outcome != before
    changes = turned * probe.step, kept * probe.step
    return Flip(probe.lever, *changes, outcome, text, verified, search.runs)


def _readable(search: _Search, before: Ending, turned: float, step: float) -> float:
    """Return a change of three digits, just beyond a number of steps, where that turns it too."""
    change = turned * step
    unit = 10.0 ** (math.floor(math.log10(abs(change))) - 2)
    rounded = math.copysign(math.ceil(abs(change) / unit) * unit, change) / step
    return rounded if _turns(search, before, rounded) else turned


def _bracket(search: _Search, before: Ending, way: float) -> tuple[float, float] | None:
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


def _turns(search: _Search, before: Ending, times: float) -> bool:
    settings = search.settings(times)
    return bool(settings) and search.outcome(settings) != before
