"""Phase 14: zones' reputations forget the past and learn from the month."""

from sim.compiled import phase
from sim.rules import reputation as rules


@phase
def reputation(fixed, state):
    """Fold the month's good and bad events into each zone's reputation.

    Order: zones by index.
    Reads: parameters, zone new_good, new_bad.
    Writes: zone good, bad, new_good, new_bad.
    """
    p = fixed.parameters[0]
    for z in range(state.zones.shape[0]):
        zone = state.zones[z]
        zone.good = rules.remembered(zone.good, p.reputation_memory, zone.new_good)
        zone.bad = rules.remembered(zone.bad, p.reputation_memory, zone.new_bad)
        zone.new_good = 0.0
        zone.new_bad = 0.0
