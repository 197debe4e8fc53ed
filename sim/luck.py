"""All luck of one replicate: the pool of candidates and a cache of their draws.

Draws are functions of identities (sim/shocks.py); arrays here only remember them, so that all
scenarios of a replicate share the work. A candidate that finds no free row in the cache is drawn
anew whenever it is needed, with the same result.
"""

from __future__ import annotations

import numpy as np

from sim import shocks
from sim.compiled import entry, kernel
from sim.schema import Draw, new_table
from sim.state import Luck

# The n-th event of a kind (n = 0, 1, ...) of one entity uses purpose + n * EVENT_STRIDE.
EVENT_STRIDE = 1000
# Highest rates are those of the boldest policy; in most months few marks are low enough to matter.
# Marks below LIKELY are listed apart, for months whose rate is at most RARE of the highest; the
# space between keeps rounding from making a difference.
LIKELY = 0.0625
RARE = 0.06


def new_luck(
    *, segments: np.recarray, zones: int, months: int, cached_candidates: int | None = None
) -> Luck:
    """Return empty luck for a world, to be filled by `draw_luck` for one replicate after another.

    Parameters
    ----------
    segments : numpy.recarray
        Segment rows with their highest rates.
    zones : int
        Number of zones.
    months : int
        Length of a run.
    cached_candidates : int, optional
        Rows of the cache; by default enough for all likely candidates, at most about 200 MB.

    Returns
    -------
    Luck
        With seed and replicate 0 and nothing drawn.
    """
    means = segments.highest_rate * months
    room = np.ceil(means + 10.0 * np.sqrt(means) + 20.0).astype(np.int64)
    room[segments.highest_rate <= 0.0] = 0
    offset = np.concatenate([np.zeros(1, np.int64), np.cumsum(room)])
    pool = int(offset[-1])
    if cached_candidates is None:
        cached_candidates = min(pool, max(64, int(2e8 / (16.0 * zones + 112.0))))
    rows = cached_candidates + 1
    return Luck(
        seed=0,
        replicate=0,
        offset=offset,
        arrival_time=np.empty(pool),
        mark=np.empty(pool),
        likely=np.empty(pool, np.int64),
        likely_end=np.empty(len(offset) - 1, np.int64),
        slot=np.full(pool, -1, np.int64),
        used=np.zeros(1, np.int64),
        draws=new_table(Draw, rows),
        gumbel=np.zeros((rows, zones)),
        known=np.zeros((rows, zones)),
        cycle_normal=np.empty(months),
    )


def draw_luck(luck: Luck, *, segments: np.recarray, seed: int, replicate: int) -> Luck:
    """Return the luck of a replicate, in the arrays of another one.

    Parameters
    ----------
    luck : Luck
        Arrays to write into.
    segments : numpy.recarray
        Segment rows with their highest rates.
    seed, replicate : int
        Which luck.

    Returns
    -------
    Luck
        The same arrays with another seed and replicate.
    """
    luck = luck._replace(seed=seed, replicate=replicate)
    fill_pool(luck, segments)
    return luck


@entry
def fill_pool(luck, segments):
    """Draw arrival times, marks and the demand cycle; list low marks; forget the cached rows."""
    for t in range(luck.cycle_normal.shape[0]):
        luck.cycle_normal[t] = shocks.normal(
            luck.seed, shocks.DEMAND_CYCLE, luck.replicate, 0, 0, t
        )
    for g in range(segments.shape[0]):
        segment = segments[g]
        first = luck.offset[g]
        last = luck.offset[g + 1]
        luck.likely_end[g] = first
        if last <= first:
            continue
        times = luck.arrival_time[first:last]
        shocks.fill_exponential(times, luck.seed, shocks.ARRIVAL, luck.replicate, segment.key, 0, 0)
        shocks.fill_uniform(
            luck.mark[first:last], luck.seed, shocks.MARK, luck.replicate, segment.key, 0, 0
        )
        clock = 0.0
        for n in range(last - first):
            clock = clock + times[n] / segment.highest_rate
            times[n] = clock
            if luck.mark[first + n] < LIKELY:
                luck.likely[luck.likely_end[g]] = first + n
                luck.likely_end[g] = luck.likely_end[g] + 1
    for pool in range(luck.slot.shape[0]):
        luck.slot[pool] = -1
    luck.used[0] = 0


@kernel
def find_slot(luck, zones, segment, g, number):
    """Return the cache row of a candidate, drawing it if there is room; -1 if there is none."""
    pool = luck.offset[g] + number
    if luck.slot[pool] >= 0:
        return luck.slot[pool]
    if luck.used[0] >= luck.draws.shape[0] - 1:
        return -1
    row = luck.used[0]
    luck.used[0] = row + 1
    luck.slot[pool] = row
    s, r = luck.seed, luck.replicate
    fill_draws(s, r, luck.draws[row], segment.key, number)
    fill_pairs(s, r, luck.gumbel[row], luck.known[row], zones, segment.key, number)
    return row


@kernel
def draws_of(luck, segments, investor):
    """Return the row with an investor's own draws: its own, or the scratch row drawn anew."""
    if investor.slot >= 0:
        return investor.slot
    scratch = luck.draws.shape[0] - 1
    key = segments[investor.segment].key
    fill_draws(luck.seed, luck.replicate, luck.draws[scratch], key, investor.number)
    return scratch


@kernel
def pairs_of(luck, zones, segments, investor):
    """Return the row with an investor's draws for each zone, and its own: see `draws_of`."""
    row = draws_of(luck, segments, investor)
    if investor.slot < 0:
        key = segments[investor.segment].key
        s, r, n = luck.seed, luck.replicate, investor.number
        fill_pairs(s, r, luck.gumbel[row], luck.known[row], zones, key, n)
    return row


@kernel
def fill_draws(s, r, draw, key, number):
    """Draw what candidate `number` of segment `key` brings to every zone; s and r: whose luck."""
    draw.land_normal = shocks.normal(s, shocks.LAND, r, key, 0, number)
    draw.capital_normal = shocks.normal(s, shocks.CAPITAL, r, key, 0, number)
    draw.home_uniform = shocks.uniform(s, shocks.HOME, r, key, 0, number)
    draw.taste_normal = shocks.normal(s, shocks.TASTE, r, key, 0, number)
    draw.outside_gumbel = shocks.gumbel(s, shocks.OUTSIDE, r, key, 0, number)
    draw.strict_uniform = shocks.uniform(s, shocks.STRICT, r, key, 0, number)
    draw.wait_exponential = shocks.exponential(s, shocks.WAIT_PATIENCE, r, key, 0, number)
    draw.hours_normal = shocks.normal(s, shocks.DOSSIER_HOURS, r, key, 0, number)
    draw.rework_uniform = shocks.uniform(s, shocks.REWORK, r, key, 0, number)
    draw.leave_for_good_uniform = shocks.uniform(s, shocks.LEAVE_FOR_GOOD, r, key, 0, number)
    draw.appraisal_uniform = shocks.uniform(s, shocks.APPRAISAL, r, key, 0, number)
    draw.late_uniform = shocks.uniform(s, shocks.LATE, r, key, 0, number)
    draw.release_exponential = shocks.exponential(s, shocks.LATE_RELEASE, r, key, 0, number)
    draw.building_normal = shocks.normal(s, shocks.BUILDING, r, key, 0, number)


@kernel
def fill_pairs(s, r, gumbel, known, zones, key, number):
    """Draw what candidate `number` of segment `key` thinks of each zone, and which it knows."""
    for z in range(zones.shape[0]):
        gumbel[z] = shocks.uniform(s, shocks.GUMBEL, r, key, zones[z].key, number)
        known[z] = shocks.uniform(s, shocks.KNOWN, r, key, zones[z].key, number)
    for z in range(zones.shape[0]):  # apart: several words are made at once, no logarithm between
        gumbel[z] = shocks.gumbel_quantile(gumbel[z])


@kernel
def event_luck(luck, purpose, event, segment_key, zone_key, number):
    """Return the exponential luck of an entity's event number 0, 1, ... of a kind."""
    return shocks.exponential(
        luck.seed,
        purpose + event * EVENT_STRIDE,
        luck.replicate,
        segment_key,
        zone_key,
        number,
    )
