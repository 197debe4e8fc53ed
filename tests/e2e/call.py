"""The command line as a test calls it."""

from contextlib import contextmanager

import pytest

from experiments.cli import main


def zonesim(capsys, *words):
    """Return exit code, standard output and standard error."""
    code = main([str(word) for word in words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@contextmanager
def without_figures():
    """Write results without their figures, which take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.results.figures", lambda answer, texts: {})
        yield
