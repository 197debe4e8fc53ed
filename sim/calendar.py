"""Months since the start of a world, and their names such as 2027-03.

Not for durations: those are plain numbers of months.
"""

import re
from typing import NamedTuple

_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


class Calendar(NamedTuple):
    """First month and length of a simulation."""

    start_year: int
    start_month: int
    months: int

    def month_index(self, text: str) -> int:
        """Return the month index of ``YYYY-MM``; 0 is the start month, earlier ones are negative.

        Parameters
        ----------
        text : str
            A month such as ``2027-03``.

        Returns
        -------
        int
            Months since the start.

        Raises
        ------
        ValueError
            If the text is not a month.
        """
        match = _MONTH.match(text)
        if match is None or not 1 <= int(match.group(2)) <= 12:
            raise ValueError(f"{text!r} is not a month such as 2027-03")
        return (int(match.group(1)) - self.start_year) * 12 + int(match.group(2)) - self.start_month

    def name(self, index: int) -> str:
        """Return ``YYYY-MM`` of a month index.

        Parameters
        ----------
        index : int
            Months since the start.

        Returns
        -------
        str
            The month.
        """
        total = self.start_year * 12 + self.start_month - 1 + index
        return f"{total // 12:04d}-{total % 12 + 1:02d}"

    def year(self, index: int) -> int:
        """Return the calendar year of a month index.

        Parameters
        ----------
        index : int
            Months since the start.

        Returns
        -------
        int
            The year.
        """
        return (self.start_year * 12 + self.start_month - 1 + index) // 12

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years whose December lies in the simulation, in order."""
        return tuple(self.year(t) for t in range(self.months) if self.name(t).endswith("-12"))

    @property
    def december_indices(self) -> tuple[int, ...]:
        """The month index of each December of `years`."""
        return tuple(t for t in range(self.months) if self.name(t).endswith("-12"))
