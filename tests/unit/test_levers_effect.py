"""Every lever is shown from runs to move what it should, and to leave alone what it should."""

import unicodedata
from collections import Counter

import pytest

from experiments.levers_effect import (
    FILE,
    NamedWorld,
    Trial,
    build_world,
    cases_of,
    lever_effects,
    read_effects,
    render_effects,
)
from experiments.outcomes import BY_KEY
from sim.errors import ScenarioError, StudyError
from sim.scenario_levers import LEVERS
from sim.schema import ZoneRecord, codes, columns_of

# Any seed will do: the intervals are at the 95 % level, but the effects are many times their width.
SEED = 175
WORLDS, ENTRIES = read_effects()
TRIALS = [trial for entry in ENTRIES for trial in (entry.moves, entry.still)]
NAMES = [f"{entry.lever}-{number}" for number, entry in enumerate(ENTRIES)]


@pytest.fixture(scope="module")
def effects():
    return lever_effects(seed=SEED)


def moved_parts(lever: str) -> set[str]:
    """Return the parts of a lever, or the rules of allocation, that some trial moves."""
    values = [entry.moves.to[lever] for entry in ENTRIES if entry.lever == lever]
    return {part for value in values for part in ([value] if isinstance(value, str) else value)}


def test_every_lever_has_an_entry():
    assert set(LEVERS) == {entry.lever for entry in ENTRIES}


def test_entries_follow_the_order_of_the_levers():
    order = list(LEVERS)
    places = [order.index(entry.lever) for entry in ENTRIES]
    assert places == sorted(places)


@pytest.mark.parametrize("lever", ["fast_track", "promotion", "tax_holiday", "demand_index"])
def test_every_part_of_a_lever_is_moved(lever):
    assert moved_parts(lever) == set(LEVERS[lever].parts)


def test_every_rule_of_allocation_is_tried():
    bases = {str(entry.moves.base.get("allocation")) for entry in ENTRIES}
    assert moved_parts("allocation") | bases >= set(codes.ALLOCATIONS)


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_an_entry_names_only_what_exists(entry):
    assert entry.moves.direction in ("up", "down")
    assert entry.still.direction == ""
    for trial in (entry.moves, entry.still):
        zone, _, column = trial.outcome.rpartition(".")
        assert trial.world in WORLDS
        assert entry.lever in trial.to
        assert column in (columns_of(ZoneRecord) if zone else [*BY_KEY, "months_to_land"])


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_and_its_levers_check_clean(name):
    here = [trial for trial in TRIALS if trial.world == name]
    assert here, "a test world that no trial uses"
    cases = cases_of(WORLDS[name], build_world(WORLDS[name]), here)
    assert len(cases) >= 2


def test_a_parameter_outside_its_range_is_refused():
    wild = NamedWorld("-", "-", 12, parameters={"candidates_per_year": 1e6})
    trial = Trial("wild", {"rework": 0.5}, "leased_ha")
    with pytest.raises(ScenarioError, match="candidates_per_year"):
        cases_of(wild, build_world(wild), [trial])


def test_no_trial_compares_a_case_with_itself():
    idle = [
        trial
        for trial in TRIALS
        if {**WORLDS[trial.world].levers, **trial.base, **trial.to}
        == {**WORLDS[trial.world].levers, **trial.base}
    ]
    assert not idle


def test_no_entry_is_there_twice():
    said = Counter(repr((entry.lever, entry.moves)) for entry in ENTRIES)
    assert max(said.values()) == 1


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_a_path_is_told_in_both_languages(entry):
    assert len(entry.path_en.split()) >= 10
    decomposed = unicodedata.normalize("NFD", entry.path_vi)
    marks = sum(map(unicodedata.combining, decomposed))
    assert marks > 0, "Vietnamese is written with its marks"
    assert entry.path_vi == unicodedata.normalize("NFC", entry.path_vi)


def test_a_misspelt_key_is_named_with_its_place(tmp_path):
    file = tmp_path / "effects.toml"
    file.write_text(FILE.read_text("utf-8").replace("direction =", "directon =", 1), "utf-8")
    with pytest.raises(StudyError, match=r"effect of 'infrastructure_funding'.*directon"):
        read_effects(file)


def test_an_unknown_lever_is_named_with_the_near_miss():
    with pytest.raises(StudyError, match="Did you mean 'rework'"):
        lever_effects(["rewrok"], seed=SEED)


def test_every_lever_moves_its_outcome_in_the_stated_direction(effects):
    assert not [(e.lever, e.outcome, e.mean, e.low, e.high) for e in effects if not e.moved]


def test_every_lever_leaves_alone_what_it_should(effects):
    rest = [e for e in effects if not e.stays]
    assert not [(e.lever, e.still_outcome, e.still_mean, e.still_low, e.still_high) for e in rest]


def test_results_do_not_depend_on_which_levers_are_asked_for(effects):
    asked = lever_effects(["rework", "anchor_output"], seed=SEED, threads=1)
    assert asked == [e for e in effects if e.lever in ("rework", "anchor_output")]


def test_progress_ends_with_all_runs():
    seen = []
    lever_effects(
        ["anchor_output"],
        replicates=3,
        seed=SEED,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (6, 6)  # two cases, three replicates


@pytest.mark.parametrize(("lang", "word"), [("en", "moves"), ("vi", "có tác động")])
def test_the_text_tells_lever_world_and_path(effects, lang, word):
    text = render_effects(effects[:3], lang)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert f"  {word}: state-land" in text
    assert text.endswith(".\n")
    for effect in effects[:3]:
        assert effect.lever in text
        assert effect.still_world in text
        assert getattr(effect, f"path_{lang}") in " ".join(text.split())
