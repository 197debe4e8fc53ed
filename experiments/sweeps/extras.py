"""Name the extra of zonesim that brings an optional package which is not installed."""

from importlib.util import find_spec
from typing import Final

from sim.errors import StudyError

EXTRAS: Final = {
    "SALib": "studies",
    "distributed": "cluster",
    "pyarrow": "studies",
    "xlsxwriter": "excel",
}


def need(package: str) -> None:
    """Make sure that an optional package is installed.

    Parameters
    ----------
    package : str
        One of `EXTRAS`, by the name it is imported by.

    Raises
    ------
    StudyError
        If it is missing.
    """
    if find_spec(package) is None:
        raise StudyError(missing(package))


def missing(package: str) -> str:
    """Return how to get a package that is not installed.

    Examples
    --------
    >>> missing("pyarrow")
    "This needs pyarrow, which is not installed: pip install 'zonesim[studies]'."
    """
    return (
        f"This needs {package}, which is not installed: pip install 'zonesim[{EXTRAS[package]}]'."
    )
