"""The exception tree, and the one layout of messages about several problems at once.

Not for faults of programming, which stay ordinary Python exceptions.
The command line prints a `ZonesimError` without a trace; see experiments/cli.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self


class Problem(NamedTuple):
    """One thing wrong with an input: where, what was found, what was expected, how to fix it.

    Notes
    -----
    `expected` completes the word "expected". When it is empty, `found` is a statement of its own,
    such as "unknown key". `fix` is a sentence, or empty.

    Examples
    --------
    >>> print(Problem("zones[0].occupancy_share", "62", "a share", "Did you mean 0.62?").text())
    zones[0].occupancy_share = 62: expected a share. Did you mean 0.62?
    >>> print(Problem("zones[0].prise", "unknown key", "", "Did you mean 'price'?").text())
    zones[0].prise: unknown key. Did you mean 'price'?
    """

    where: str
    found: str
    expected: str
    fix: str

    def text(self) -> str:
        """Return the problem as one line, without a final line break."""
        if self.expected:
            statement = f"{self.where} = {self.found}: expected {self.expected}."
        else:
            statement = f"{self.where}: {self.found}."
        return f"{statement} {self.fix}".rstrip()


def render(title: str, problems: Iterable[Problem]) -> str:
    """Return a message that names every problem, one a line, under a title that counts them.

    Parameters
    ----------
    title : str
        What has the problems, usually a path.

    Examples
    --------
    >>> print(render("plan.toml", [Problem("month", "13", "1 to 12", "")]))
    plan.toml has 1 problem:
      month = 13: expected 1 to 12.
    """
    lines = [problem.text() for problem in problems]
    count = "1 problem" if len(lines) == 1 else f"{len(lines)} problems"
    return "\n  ".join([f"{title} has {count}:", *lines])


class ZonesimError(Exception):
    """Anything that we raise on purpose; `problems` lists the single faults where there are many.

    Parameters
    ----------
    message : str
        The full text for the reader.
    problems : tuple of Problem
        The same faults one by one, for programs.

    Examples
    --------
    >>> str(ZonesimError("No such scenario: 'plan_157'."))
    "No such scenario: 'plan_157'."
    """

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, problems)  # both, so that the error survives pickling
        self.message = message
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return self.message

    @classmethod
    def of(cls, title: str, problems: Iterable[Problem]) -> Self:
        """Return an error whose message is `render(title, problems)`."""
        listed = tuple(problems)
        return cls(render(title, listed), listed)


class ScenarioError(ZonesimError):
    """A scenario file cannot be read, breaks its shape or asks for a value out of bounds."""


class WorldError(ZonesimError):
    """The data files of a province are missing, malformed or contradict each other."""


class StudyError(ZonesimError):
    """A study file asks for a design that cannot be run."""


class StoreError(ZonesimError):
    """Stored results are missing, incomplete or were made by another version of the model."""


class AuditError(ZonesimError):
    """A run broke a law of the model: a fault in the model, not in the input."""
