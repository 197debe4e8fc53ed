"""Luck by MODEL.md section 6, with NumPy's own Philox and Python's own inverse normal.

Not sim/shocks.py, which has a Philox of its own: this is the other side of the comparison.
"""

import hashlib
import math
from statistics import NormalDist

import numpy as np

WORLD = (28, 29)  # purposes drawn with seed 0 and replicate 0: sitting tenants are in the world
BY_ORDER = (23, 24)  # purposes whose segment is the order of a tranche


def identity_key(text: str) -> int:
    """Return 8 bytes of BLAKE2b as a big-endian number, top bit cleared; "-" is 0 (6.2, 6.3)."""
    if text == "-":
        return 0
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & (2**63 - 1)


def word(seed: int, replicate: int, purpose: int, segment: str, zone: str, n: int) -> int:
    """Return raw output n of the Philox with this key and counter (6.1)."""
    if purpose % 1000 in WORLD:
        seed = replicate = 0
    by_order = purpose % 1000 in BY_ORDER
    counter = [0, replicate, int(segment) if by_order else identity_key(segment)]
    philox = np.random.Philox(
        key=np.array([seed, purpose], np.uint64),
        counter=np.array([*counter, identity_key(zone)], np.uint64),
    )
    return int(philox.random_raw(n + 1)[n])


def uniform(word: int) -> float:
    """Return (floor(word / 2^12) + 0.5) * 2^-52."""
    return (word // 4096 + 0.5) * 2.0**-52


def exponential(word: int) -> float:
    """Return -ln(uniform)."""
    return -math.log(uniform(word))


def gumbel(word: int) -> float:
    """Return -ln(-ln(uniform))."""
    return -math.log(-math.log(uniform(word)))


def normal(word: int) -> float:
    """Return the inverse normal of the uniform; Python's is AS 241, PPND16, too."""
    return NormalDist().inv_cdf(uniform(word))


TRANSFORMS = {
    "uniform": uniform,
    "exponential": exponential,
    "gumbel": gumbel,
    "normal": normal,
}
