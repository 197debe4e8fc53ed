"""One word means one thing, and a name that measures land, money or time carries its unit."""

import importlib
import re

import pytest

from tests.architecture.sources import CODE, RULES, functions, parse

# What a unit looks like inside a name. Rates ("bn VND/ha") are checked by what they measure.
UNIT_WORDS = {
    "ha": {"ha"},
    "m2": {"m2"},
    "USD": {"usd"},
    "bn VND": {"bn_vnd"},
    "m VND": {"m_vnd"},
    "days": {"days"},
    "months": {"months", "time", "clock"},  # a duration, a moment, a moment that runs
    "years": {"years"},
}
# Levers that policy makers and scenario files call by a word of their own; scenarios/README.md has
# the unit.
LEVERS_AS_SPOKEN = {
    "capital_floor",
    "infrastructure_funding",
    "state_steps_in",
    "wastewater_funding",
}
VAGUE_QUANTITIES = {"area", "cost", "money", "occupancy_rate", "phase", "price", "rate", "rent"}
VAGUE_FUNCTIONS = re.compile(r"^(do|calc|process|handle)_|_?(mgr|manager|helper|util)s?$")


def quantities() -> dict:
    return importlib.import_module("sim.schema").quantities()


def lacks_unit(name: str, unit: str) -> bool:
    words = UNIT_WORDS.get(re.split("/| per ", unit)[0])
    return words is not None and not any(f"_{word}_" in f"_{name}_" for word in words)


@pytest.mark.parametrize("path", RULES)
def test_every_argument_of_a_rule_is_a_declared_quantity(path):
    declared = quantities()
    undeclared = {
        f"{function.name}({argument.arg})"
        for function in functions(parse(path))
        for argument in function.args.args
        if argument.arg not in declared
    }
    assert not undeclared, f"{path}: declare it in sim/schema, or use the declared name"


def test_names_of_land_money_and_time_carry_their_unit():
    unnamed = {name for name, column in quantities().items() if lacks_unit(name, column.unit)}
    assert unnamed <= LEVERS_AS_SPOKEN, "a name of land, money or time lacks its unit"


def test_no_quantity_has_a_vague_name():
    assert not VAGUE_QUANTITIES & set(quantities())


def test_function_names_say_what_is_done():
    names = ((path, function.name) for path in CODE for function in functions(parse(path)))
    assert not [found for found in names if VAGUE_FUNCTIONS.search(found[1])]
