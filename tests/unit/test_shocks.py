"""Random draws: the published generator, fixed transforms, one address per draw."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from scipy import special, stats

from sim import shocks

_LARGEST = 2**63 - 1
_DRAWS = 20_000
_ADDRESS = (20260101, shocks.TASTE, 3, 5, 0x0123456789ABCDEF)

_PURPOSES = {
    name: value
    for name, value in vars(shocks).items()
    if name.isupper() and not name.startswith("_") and isinstance(value, int)
}


def _numpy_words(seed, purpose, replicate, segment, zone_key, first, count):
    """Return words first to first + count - 1 as NumPy makes them."""
    counter = [first // 4, replicate, segment, zone_key]
    stream = np.random.Philox(key=[seed, purpose], counter=counter)
    return [int(word) for word in stream.random_raw(first % 4 + count)[first % 4 :]]


def _addresses():
    """Return corners of the address space, and addresses scattered over all magnitudes."""
    corners = [(0, 1, 0, 0, 0, 0), (_LARGEST,) * 5 + (2**62,), (1, 2, 3, 4, _LARGEST, 5)]
    generator = np.random.default_rng(20110101)
    sizes = generator.integers(0, 63, size=(300, 6))
    values = generator.integers(0, 2**62, size=(300, 6)) >> sizes
    return corners + [tuple(int(value) for value in row) for row in values]


def _sample(draw):
    return np.array([draw(*_ADDRESS, n) for n in range(_DRAWS)])


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [
        (
            (0, 0),
            (0, 0, 0, 0),
            (0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B),
        ),
        (
            (2**64 - 1,) * 2,
            (2**64 - 1,) * 4,
            (0x87B092C3013FE90B, 0x438C3C67BE8D0224, 0x9CC7D7C69CD777B6, 0xA09CAEBF594F0BA0),
        ),
        (
            (0x452821E638D01377, 0xBE5466CF34E90C6C),
            (0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89),
            (0xA528F45403E61D95, 0x38C72DBD566E9788, 0xA5A1610E72FD18B5, 0x57BD43B5E52B7FE6),
        ),
    ],
)
def test_the_generator_gives_the_published_answers(key, counter, expected):
    # Random123, file kat_vectors, generator philox4x64 with 10 rounds.
    words = shocks.philox(*(np.uint64(value) for value in key + counter))
    assert tuple(int(word) for word in words) == expected


def test_words_equal_numpy_at_every_address():
    for address in _addresses():
        assert [int(shocks.word(*address))] == _numpy_words(*address, 1), address


def test_successive_words_equal_the_stream_of_numpy():
    words = [int(shocks.word(*_ADDRESS, n)) for n in range(50)]
    assert words == _numpy_words(*_ADDRESS, 0, 50)


def test_uniforms_stay_strictly_inside_the_unit_interval():
    # Ends of the range of words, by hand: half a cell of width 2^-52 from either end.
    assert shocks.to_uniform(np.uint64(0)) == 2.0**-53
    assert shocks.to_uniform(np.uint64(2**64 - 1)) == 1.0 - 2.0**-53


def test_every_transform_is_finite_at_the_extreme_words():
    for share in (2.0**-53, 1.0 - 2.0**-53):
        assert math.isfinite(-math.log(-math.log(share)))
        assert math.isfinite(shocks.normal_quantile(share))


def test_uniforms_use_the_top_52_bits_of_their_word():
    for address in _addresses():
        word = _numpy_words(*address, 1)[0]
        assert shocks.uniform(*address) == ((word >> 12) + 0.5) / 2**52


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.25, -0.6744897501960817), (0.001, -3.090232306167814), (1e-20, -9.262340089798408)],
)
def test_normal_quantiles_equal_the_values_printed_with_the_algorithm(share, expected):
    # Wichura (1988), table of test values of PPND16; the last printed digit may round.
    assert shocks.normal_quantile(share) == pytest.approx(expected, rel=4e-16, abs=0.0)


def test_normal_quantiles_agree_with_two_other_libraries_to_fifteen_digits():
    generator = np.random.default_rng(1988)
    small = np.exp(-generator.uniform(0.7, 690.0, 3000))
    shares = np.concatenate([generator.random(3000), small, [0.075, 0.925, math.exp(-25.0)]])
    ours = np.array([shocks.normal_quantile(share) for share in shares])
    scipys = special.ndtri(shares)
    pythons = np.array([statistics.NormalDist().inv_cdf(share) for share in shares])
    # 2e-15: two implementations, each good to a few units in the last place.
    np.testing.assert_allclose(ours, scipys, rtol=2e-15, atol=1e-17)
    np.testing.assert_allclose(ours, pythons, rtol=2e-15, atol=0.0)


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (shocks.uniform, stats.uniform()),
        (shocks.exponential, stats.expon()),
        (shocks.gumbel, stats.gumbel_r()),
        (shocks.normal, stats.norm()),
    ],
    ids=["uniform", "exponential", "gumbel", "normal"],
)
def test_draws_follow_their_law(draw, law):
    # Fixed seed, so no flicker; a wrong law fails at any level with this many draws.
    sample = _sample(draw)
    assert stats.kstest(sample, law.cdf).pvalue > 0.001
    spread = law.std()
    assert abs(sample.mean() - law.mean()) < 4.0 * spread / math.sqrt(_DRAWS)
    kurtosis = float(law.stats(moments="k")) + 2.0  # variance of the sample variance, in var^2/n
    assert abs(sample.var() / spread**2 - 1.0) < 4.0 * math.sqrt(kurtosis / _DRAWS)


def test_transforms_are_functions_of_the_uniform_of_the_same_address():
    for n in range(200):
        share = shocks.uniform(*_ADDRESS, n)
        assert shocks.exponential(*_ADDRESS, n) == -math.log(share)
        assert shocks.gumbel(*_ADDRESS, n) == -math.log(-math.log(share))
        assert shocks.normal(*_ADDRESS, n) == shocks.normal_quantile(share)


@pytest.mark.parametrize(
    ("fill", "draw"),
    [
        (shocks.fill_uniform, shocks.uniform),
        (shocks.fill_exponential, shocks.exponential),
    ],
    ids=["uniform", "exponential"],
)
def test_fills_equal_single_draws_to_the_bit(fill, draw):
    for first in range(6):
        for length in range(11):
            out = np.full(length, np.nan)
            fill(out, *_ADDRESS, first)
            singles = [draw(*_ADDRESS, first + position) for position in range(length)]
            assert out.tobytes() == np.array(singles, dtype=np.float64).tobytes()


def test_a_fill_leaves_the_neighbours_of_its_slice_alone():
    whole = np.full(9, np.nan)
    shocks.fill_uniform(whole[2:7], *_ADDRESS, 1)
    assert list(np.isnan(whole)) == [True] * 2 + [False] * 5 + [True] * 2


@pytest.mark.parametrize("part", range(5), ids=["seed", "purpose", "replicate", "segment", "zone"])
def test_streams_that_differ_in_one_part_are_unrelated(part):
    other = [value + (position == part) for position, value in enumerate(_ADDRESS)]
    ours, theirs = np.empty(_DRAWS), np.empty(_DRAWS)
    shocks.fill_uniform(ours, *_ADDRESS, 0)
    shocks.fill_uniform(theirs, *other, 0)
    assert not np.any(ours == theirs)
    # Standard error of a correlation of independent draws: 1/sqrt(n).
    assert abs(np.corrcoef(ours, theirs)[0, 1]) < 4.0 / math.sqrt(_DRAWS)


def test_successive_draws_are_unrelated():
    draws = np.empty(_DRAWS)
    shocks.fill_uniform(draws, *_ADDRESS, 0)
    for lag in range(1, 9):
        correlation = np.corrcoef(draws[lag:], draws[:-lag])[0, 1]
        assert abs(correlation) < 4.0 / math.sqrt(_DRAWS)


def test_no_draw_depends_on_which_draws_came_before():
    addresses = _addresses()
    forwards = {address: shocks.normal(*address) for address in addresses}
    added = (1, shocks.LAND, 0, 0, shocks.identity_key("a-new-zone"), 0)
    backwards = {address: shocks.normal(*address) for address in [added, *reversed(addresses)]}
    assert {address: backwards[address] for address in addresses} == forwards


def test_purposes_keep_their_numbers():
    # In the order of their introduction. Append here when a purpose is added; change nothing else.
    names = """DEMAND_CYCLE ARRIVAL MARK LAND CAPITAL HOME TASTE GUMBEL KNOWN OUTSIDE STRICT
        WAIT_PATIENCE DOSSIER_HOURS REWORK LEAVE LEAVE_FOR_GOOD APPRAISAL LATE LATE_RELEASE
        BUILDING EXPANSION EXIT BLOCK OVERRUN OPERATOR_ENTRY INSPECTION INCIDENT TENANT_LAND
        TENANT_CAPITAL""".split()
    numbers = {name: number for number, name in enumerate(names, start=1)}
    assert {**numbers, "GENERATED_WORLD": 900} == _PURPOSES


def test_identity_keys_equal_the_first_63_bits_that_b2sum_prints():
    # printf gian-khau | b2sum -l 64: da62d72d6f7b0b10, top bit cleared.
    assert shocks.identity_key("gian-khau") == 0x5A62D72D6F7B0B10


def test_identity_keys_of_any_text_fit_int64():
    for text in ("", "tam-điệp-2", *(f"zone-{number}" for number in range(1000))):
        assert 0 <= shocks.identity_key(text) <= _LARGEST
