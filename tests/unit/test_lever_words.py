"""Every lever has a name, a sentence and a kind of value in both languages."""

import pytest

from experiments.lever_words import lever_effect, lever_expected, lever_label
from experiments.texts import LANGUAGES, load_texts
from sim.scenario_levers import LEVERS
from sim.scenario_reference import EFFECTS

EN, VI = (load_texts(language) for language in LANGUAGES)


def test_every_lever_has_a_vietnamese_sentence():
    assert set(VI.sections["lever_does"]) == set(LEVERS)
    assert not set(VI.sections["lever_does"].values()) & set(EFFECTS.values())


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_no_two_levers_have_one_name(texts):
    names = [lever_label(lever, texts) for lever in LEVERS.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", LEVERS)
def test_names_of_levers_in_a_sentence_are_kept(name):
    # what stands in backticks is typed, so it is the same in every language
    typed = [part for part in EFFECTS[name].split("`")[1::2]]
    assert [part for part in lever_effect(LEVERS[name], VI).split("`")[1::2]] == typed


@pytest.mark.parametrize("name", LEVERS)
def test_bounds_are_written_as_a_scenario_file_writes_them(name):
    lever = LEVERS[name]
    if lever.has_unit:
        for bound in (lever.lo, lever.hi):
            assert f"{bound:g}" in lever_expected(lever, VI)
            assert f"{bound:g}" in lever_expected(lever, EN)
    for part in lever.parts:
        assert part in lever_expected(lever, VI)


def test_english_is_the_models_own():
    assert all(lever_effect(lever, EN) == EFFECTS[name] for name, lever in LEVERS.items())
    assert all(lever_expected(lever, EN) == lever.expected for lever in LEVERS.values())
