"""Draw random numbers by address: seed, purpose, replicate, segment, zone key and number.

A draw is a function of identities, never of the order of calls; nothing here has a state.
Not for probabilities of the model (sim/rules): the transforms below are fixed for good.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from sim.compiled import entry, kernel, word_product

# One purpose per decision. Numbers are part of every result: append, never reorder or reuse.
DEMAND_CYCLE = 1  # normal: shock to the province's demand cycle, a month
ARRIVAL = 2  # exponential: gap to the next candidate of a segment at the highest rate
MARK = 3  # uniform: whether the candidate appears at the rate of the month
LAND = 4  # normal: land need of a candidate
CAPITAL = 5  # normal: capital per ha of a candidate
HOME = 6  # uniform: home district
TASTE = 7  # normal: taste of a candidate for all zones of the province
GUMBEL = 8  # gumbel: taste of a candidate for one zone
KNOWN = 9  # uniform: whether a candidate knows a zone
OUTSIDE = 10  # gumbel: taste of a candidate for the neighbours
STRICT = 11  # uniform: whether a foreign candidate brings a strict environmental standard
WAIT_PATIENCE = 12  # exponential: how long a candidate waits for land
DOSSIER_HOURS = 13  # normal: work hours of a dossier
REWORK = 14  # uniform: how many rounds a dossier is returned
LEAVE = 15  # exponential: when an applicant gives up the procedure
LEAVE_FOR_GOOD = 16  # uniform: whether one who gives up looks again
APPRAISAL = 17  # uniform: whether an environmental appraisal refuses
LATE = 18  # uniform: whether a licensed project stalls
LATE_RELEASE = 19  # exponential: when a stalled project hands back its land
BUILDING = 20  # normal: building time of a project
EXPANSION = 21  # exponential: when a tenant expands
EXIT = 22  # exponential: when a tenant closes
BLOCK = 23  # exponential: when a household block clears
OVERRUN = 24  # normal: cost overrun of a tranche
OPERATOR_ENTRY = 25  # exponential: when a developer enters a zone
INSPECTION = 26  # exponential: when an inspection catches a zone over capacity
INCIDENT = 27  # exponential: when a zone over capacity has an incident
TENANT_LAND = 28  # normal: land of a sitting tenant
TENANT_CAPITAL = 29  # normal: capital per ha of a sitting tenant
GENERATED_WORLD = 900  # uniform: values of a generated province; no run draws it

_HALF = np.uint64(32)
_LOW_HALF = np.uint64(0xFFFFFFFF)
_TOP_BIT = np.uint64(0x8000000000000000)
_BELOW_TOP = np.uint64(0x7FFFFFFFFFFFFFFF)

# Philox4x64: multipliers and Weyl increments of the key (Salmon et al. 2011, section 3.3).
_MULTIPLIER_0 = np.uint64(0xD2E7470EE14C6C93)
_MULTIPLIER_1 = np.uint64(0xCA5A826395121157)
_WEYL_0 = np.uint64(0x9E3779B97F4A7C15)
_WEYL_1 = np.uint64(0xBB67AE8584CAA73B)
_ROUNDS = 10

_UNIFORM_SHIFT = np.uint64(12)
_UNIFORM_SCALE = 2.220446049250313e-16  # 2 to the power -52


def identity_key(text: str) -> int:
    """Return the 63-bit key of an identifier such as a zone's id, the same on every machine.

    Examples
    --------
    >>> identity_key("gian-khau")
    6513004601274993424
    """
    digest = hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & 0x7FFFFFFFFFFFFFFF


@kernel
def _add(a, b):
    """Return a + b modulo 2 to the 64, without an overflow that NumPy would warn of."""
    return ((a & _BELOW_TOP) + (b & _BELOW_TOP)) ^ ((a ^ b) & _TOP_BIT)


@word_product
def _multiply(a, b):
    """Return the high and the low word of the product of two 64-bit words, by 32-bit halves."""
    a_high = a >> _HALF
    a_low = a & _LOW_HALF
    b_high = b >> _HALF
    b_low = b & _LOW_HALF
    low = a_low * b_low
    middle = a_high * b_low + (low >> _HALF)
    carry = a_low * b_high + (middle & _LOW_HALF)
    high = a_high * b_high + (middle >> _HALF) + (carry >> _HALF)
    return high, (carry << _HALF) | (low & _LOW_HALF)


@entry
def philox(key_0, key_1, counter_0, counter_1, counter_2, counter_3):
    """Return the four words that Philox4x64-10 makes of a key and a counter, all uint64.

    Source
    ------
    Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11,
    doi:10.1145/2063384.2063405.
    """
    for _ in range(_ROUNDS):
        high_0, low_0 = _multiply(_MULTIPLIER_0, counter_0)
        high_1, low_1 = _multiply(_MULTIPLIER_1, counter_2)
        counter_0 = high_1 ^ counter_1 ^ key_0
        counter_1 = low_1
        counter_2 = high_0 ^ counter_3 ^ key_1
        counter_3 = low_0
        key_0 = _add(key_0, _WEYL_0)
        key_1 = _add(key_1, _WEYL_1)
    return counter_0, counter_1, counter_2, counter_3


@kernel
def _block(seed, purpose, replicate, segment, zone_key, number):
    """Return words 4 x number to 4 x number + 3 of an address."""
    return philox(
        np.uint64(seed),
        np.uint64(purpose),
        np.uint64(number + 1),  # NumPy counts up before it draws
        np.uint64(replicate),
        np.uint64(segment),
        np.uint64(zone_key),
    )


@entry
def to_uniform(word):
    """Return the middle of the word's cell among 2 to the 52 equal cells of (0, 1)."""
    return (float(word >> _UNIFORM_SHIFT) + 0.5) * _UNIFORM_SCALE


@entry
def word(seed, purpose, replicate, segment, zone_key, n):
    """Return word n of a stream, 64 random bits.

    Parameters
    ----------
    seed, purpose : int
        The key: the study's seed, and one of the purposes above.
    replicate, segment, zone_key : int
        The identity; 0 where a purpose has no segment or zone. `identity_key` makes zone keys.
    n : int
        Number within the stream, usually of the candidate. All arguments are int64, none negative.

    Returns
    -------
    uint64
        `Philox(key=[seed, purpose], counter=[0, replicate, segment, zone_key])`, raw output n.

    Examples
    --------
    >>> numpys = np.random.Philox(key=[1, LAND]).random_raw(6)
    >>> int(word(1, LAND, 0, 0, 0, 5)) == int(numpys[5])
    True
    """
    return _block(seed, purpose, replicate, segment, zone_key, n // 4)[n % 4]


@entry
def uniform(seed, purpose, replicate, segment, zone_key, n):
    """Return draw n of a stream, uniform strictly between 0 and 1."""
    return to_uniform(word(seed, purpose, replicate, segment, zone_key, n))


@entry
def exponential(seed, purpose, replicate, segment, zone_key, n):
    """Return draw n of a stream, exponential with mean 1."""
    return -math.log(uniform(seed, purpose, replicate, segment, zone_key, n))


@entry
def gumbel(seed, purpose, replicate, segment, zone_key, n):
    """Return draw n of a stream, standard Gumbel (mean 0.5772)."""
    return gumbel_quantile(uniform(seed, purpose, replicate, segment, zone_key, n))


@entry
def normal(seed, purpose, replicate, segment, zone_key, n):
    """Return draw n of a stream, standard normal."""
    return normal_quantile(uniform(seed, purpose, replicate, segment, zone_key, n))


@entry
def gumbel_quantile(share):
    """Return the standard Gumbel value below which a share strictly between 0 and 1 lies.

    Examples
    --------
    >>> round(gumbel_quantile(0.25), 12)
    -0.326634259978
    """
    return -math.log(-math.log(share))


@entry
def normal_quantile(share):
    """Return the standard normal value below which a share strictly between 0 and 1 lies.

    Source
    ------
    Wichura (1988), Algorithm AS 241: the percentage points of the normal distribution, Applied
    Statistics 37, 477-484, routine PPND16; relative accuracy about 1e-16.

    Examples
    --------
    >>> round(normal_quantile(0.25), 12)
    -0.674489750196
    """
    centred = share - 0.5
    if abs(centred) <= 0.425:
        return _central(centred)
    tail = share if centred < 0.0 else 1.0 - share
    r = math.sqrt(-math.log(tail))
    size = _middle(r - 1.6) if r <= 5.0 else _far(r - 5.0)
    return -size if centred < 0.0 else size


# fmt: off
@kernel
def _central(centred):
    """Return the quantile for shares of 0.075 to 0.925, given share - 0.5."""
    r = 0.180625 - centred * centred
    above = (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r
        + 6.7265770927008700853e4) * r + 4.5921953931549871457e4) * r
        + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r
        + 1.3314166789178437745e2) * r + 3.3871328727963666080e0)
    below = (((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r
        + 3.9307895800092710610e4) * r + 2.1213794301586595867e4) * r
        + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r
        + 4.2313330701600911252e1) * r + 1.0)
    return centred * above / below


@kernel
def _middle(r):
    """Return the size of the quantile for tails down to exp(-25)."""
    above = (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r
        + 2.41780725177450611770e-1) * r + 1.27045825245236838258e0) * r
        + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r
        + 4.63033784615654529590e0) * r + 1.42343711074968357734e0)
    below = (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r
        + 1.51986665636164571966e-2) * r + 1.48103976427480074590e-1) * r
        + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r
        + 2.05319162663775882187e0) * r + 1.0)
    return above / below


@kernel
def _far(r):
    """Return the size of the quantile for tails below exp(-25)."""
    above = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
        + 1.24266094738807843860e-3) * r + 2.65321895265761230930e-2) * r
        + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r
        + 5.46378491116411436990e0) * r + 6.65790464350110377720e0)
    below = (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r
        + 1.84631831751005468180e-5) * r + 7.86869131145613259100e-4) * r
        + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
        + 5.99832206555887937690e-1) * r + 1.0)
    return above / below
# fmt: on


@entry
def fill_uniform(out, seed, purpose, replicate, segment, zone_key, first):
    """Write draws first to first + len(out) - 1 of a stream, uniform, into a float64 array.

    Notes
    -----
    Equal to `uniform` to the bit and about four times faster: a block makes four words.
    """
    position = 0
    while position < out.size:
        n = first + position
        words = _block(seed, purpose, replicate, segment, zone_key, n // 4)
        for lane in range(n % 4, 4):
            if position < out.size:
                out[position] = to_uniform(words[lane])
                position += 1


@entry
def fill_exponential(out, seed, purpose, replicate, segment, zone_key, first):
    """Write draws first to first + len(out) - 1 of a stream, exponential, into a float64 array."""
    fill_uniform(out, seed, purpose, replicate, segment, zone_key, first)
    for position in range(out.size):
        out[position] = -math.log(out[position])
