"""A scenario of one's own is fine as written, and every line set free changes nothing yet."""

import re
import tomllib
from functools import cache

import numpy as np
import pytest

from experiments.authoring.scenario import scenario_text
from experiments.province import load_province, load_scenarios
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.scenario_levers import LEVERS

CASES = [
    ("tiny", "baseline"),
    ("tiny", "plan"),
    ("ninh_binh", "plan_175"),
    ("ninh_binh", "everything"),
]
every_case = pytest.mark.parametrize(("name", "base"), CASES)


@cache
def province(name):
    return load_province(name)


@cache
def text_of(name, base):
    (scenario,) = load_scenarios([base], province(name))
    return scenario_text("mine", scenario, province(name).world)


def freed(text, lever):
    """Return a template with the lines of one lever set free."""
    start = re.search(rf"^# {lever} = ", text, re.MULTILINE).start()
    lines = text[start:].split("\n\n")[0].split("\n")
    free = "\n".join(line.removeprefix("# ") for line in lines)
    return text.replace("\n".join(lines), free)


def policy(name, path):
    where = province(name)
    return policy_table(load_scenario(path, where.scenarios, where.world), where.world)


def same(a, b):
    return all(np.array_equal(here, there) for here, there in zip(a, b, strict=True))


@every_case
def test_as_written_it_is_what_it_extends(tmp_path, name, base):
    path = tmp_path / "mine.toml"
    path.write_text(text_of(name, base), encoding="utf-8")
    assert same(policy(name, path), policy(name, base))


@every_case
def test_every_lever_set_free_says_what_holds_already(tmp_path, name, base):
    path = tmp_path / "mine.toml"
    text = text_of(name, base)
    for lever in LEVERS:
        text = freed(text, lever)
    assert set(tomllib.loads(text)["levers"]) == set(LEVERS)
    path.write_text(text, encoding="utf-8")
    assert same(policy(name, path), policy(name, base))


@every_case
def test_every_lever_has_its_bounds_unit_and_start_in_both_languages(name, base):
    world, text = province(name).world, text_of(name, base)
    for lever in LEVERS.values():
        told = next(p for p in text.split("\n\n") if f"\n# {lever.name} = " in p)
        told = " ".join(told.split("\n# "))
        if lever.kind == "number":
            for word in (f"{lever.lo:g}", f"{lever.hi:g}", "at the start", "đầu kỳ"):
                assert word in told
        if lever.columns[0] in world.lever_start and lever.kind == "number":
            assert f"at the start {world.lever_start[lever.name]:g}" in told


@every_case
def test_comments_fit_a_hundred_columns(name, base):
    prose = [line for line in text_of(name, base).splitlines() if " = " not in line]
    assert max(map(len, prose)) <= 100
