"""The schedule of a month: the one place where the order of events is written.

Both doors, sim/model.py and sim/batch.py, call `step`. It reads as section 3 of docs/MODEL.md.
"""

from sim.compiled import entry, phase
from sim.phases.arrivals import arrivals
from sim.phases.choice import choice
from sim.phases.clearance import clearance
from sim.phases.construction import construction
from sim.phases.demand import demand
from sim.phases.environment import environment
from sim.phases.funding import funding
from sim.phases.labour import labour
from sim.phases.licensing import licensing
from sim.phases.operation import operation
from sim.phases.operators import operators
from sim.phases.recording import recording
from sim.phases.reputation import reputation
from sim.phases.revenue import revenue
from sim.phases.works import works


@entry
def step_to_choice(fixed, policy, luck, state, record, month):
    """Run the phases of a month that come before investors look at zones."""
    demand(fixed, luck, state, month)
    funding(fixed, policy, state, month)
    clearance(fixed, policy, state, record, month)
    works(fixed, policy, state, record, month)
    operators(fixed, policy, state, record, month)
    arrivals(fixed, policy, luck, state, record, month)


@phase
def step(fixed, policy, luck, state, record, month):
    """Run one month of a province.

    Order: the fifteen phases as written.
    Reads: what the phases read.
    Writes: what the phases write.
    """
    step_to_choice(fixed, policy, luck, state, record, month)
    choice(fixed, policy, luck, state, record, month)
    licensing(fixed, policy, luck, state, record, month)
    construction(fixed, policy, luck, state, record, month)
    operation(fixed, policy, luck, state, record, month)
    labour(fixed, state, month)
    environment(fixed, policy, luck, state, record, month)
    revenue(fixed, policy, state, month)
    reputation(fixed, state)
    recording(fixed, policy, state, record, month)
