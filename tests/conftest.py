"""Settings shared by all tests: no screen, and the same property-test examples on every run."""

import os

from hypothesis import settings

os.environ["MPLBACKEND"] = "Agg"

# No deadline: the first example of a property may have to compile a kernel.
settings.register_profile("zonesim", deadline=None, derandomize=True)
settings.load_profile("zonesim")
