"""Up to eight values are sound if none is negative, infinite or not a number, wherever it is."""

import itertools
import math

import pytest

from sim import audit
from sim.compiled import entry

BAD = (-1e-9, -math.inf, math.inf, math.nan)
PLACES = range(8)


@entry
def sound_in_a_kernel(a, b, c, d, e, f, g, h):
    return audit.sound(a, b, c, d, e, f, g, h)


@pytest.mark.parametrize("sound", [audit.sound, sound_in_a_kernel], ids=["python", "kernel"])
def test_one_bad_value_anywhere_is_found(sound):
    assert sound(0.0, 1.0, 2.0, 3.0, 1e12, 5.0, 6.0, 7.0)
    for place, bad in itertools.product(PLACES, BAD):
        values = [float(k) for k in PLACES]
        values[place] = bad
        assert not sound(*values), (place, bad)


@pytest.mark.parametrize("sound", [audit.sound, sound_in_a_kernel], ids=["python", "kernel"])
def test_two_bad_values_do_not_hide_each_other(sound):
    for first, second in itertools.combinations(PLACES, 2):
        for one, other in itertools.product(BAD, repeat=2):
            values = [float(k) for k in PLACES]
            values[first], values[second] = one, other
            assert not sound(*values), (first, one, second, other)
