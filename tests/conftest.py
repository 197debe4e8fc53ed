"""Settings shared by all tests: no screen, the same property-test examples, and flat memory."""

import os

import pytest
from hypothesis import settings

from experiments.sweeps.memory import give_back_large_arrays

os.environ["MPLBACKEND"] = "Agg"

# No deadline: the first example of a property may have to compile a kernel.
settings.register_profile("zonesim", deadline=None, derandomize=True)
settings.load_profile("zonesim")

give_back_large_arrays()


@pytest.fixture(scope="module", autouse=True)
def forgotten(request):
    """Forget what the functions of a file remember when its last test is done."""
    yield
    for function in vars(request.module).values():
        if hasattr(function, "cache_clear") and function.__module__ == request.module.__name__:
            function.cache_clear()
