"""The levers as scenario files spell them: kind of value, columns they set, task they serve.

Units, bounds and labels stay in sim/schema/levers.py; what each lever does, for readers, is in
sim/scenario_reference.py. Reading files: sim/scenario.py.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final, Literal, NamedTuple

from sim.schema import Column, Levers, SectorLevers, ZoneLevers, codes, columns_of

START: Final = "start"  # the value that means "as in the start year"
EVERYWHERE: Final = "*"  # all zones that are not named
NEVER: Final = "never"

Kind = Literal["number", "switch", "rule", "parts", "holiday", "classes", "zone_months", "names"]
COLUMNS: Final[Mapping[str, Column]] = {
    **columns_of(Levers),
    **columns_of(ZoneLevers),
    **columns_of(SectorLevers),
}


class Lever(NamedTuple):
    """One lever of a scenario file, and the columns of the policy tables that it sets."""

    name: str
    kind: Kind
    columns: tuple[str, ...]
    parts: tuple[str, ...]
    tasks: str

    @property
    def unit(self) -> str:
        """The declared unit."""
        return COLUMNS[self.columns[0]].unit

    @property
    def has_unit(self) -> bool:
        """Whether its values are numbers, with a unit that a file may repeat."""
        return self.kind in ("number", "parts", "holiday")

    @property
    def lo(self) -> float:
        """The smallest number a file may give."""
        return max(0.0, COLUMNS[self.columns[0]].lo)

    @property
    def hi(self) -> float:
        """The largest number a file may give."""
        return COLUMNS[self.columns[0]].hi

    @property
    def expected(self) -> str:
        """What a value of this lever looks like, to complete the word "expected"."""
        suffix = f" ({self.unit})" if self.kind == "number" and self.unit not in _NUMBERS else ""
        return self.shape + suffix

    @property
    def shape(self) -> str:
        """The same without the unit, unless the unit is a share or a multiplier."""
        bounds = f"between {self.lo:g} and {self.hi:g}"
        parts = [f"'{part}'" for part in self.parts]
        match self.kind:
            case "number":
                return f"{_NUMBERS.get(self.unit, 'a number')} {bounds}"
            case "switch":
                return "true or false"
            case "rule":
                return "one of " + ", ".join(f"'{rule}'" for rule in codes.ALLOCATIONS)
            case "parts":
                return f"a multiplier {bounds}, or one each for {' and '.join(parts)}"
            case "holiday":
                return f"a table of {' and '.join(parts)}, each {bounds}"
            case "classes":
                return "a list of " + ", ".join(parts)
            case "zone_months":
                return f"a table of zone ids, each with a month such as '2027-03' or '{NEVER}'"
            case "names":
                return f"a list of {self.named} ids"

    @property
    def named(self) -> str:
        """What the names in its value are: zones or sectors."""
        return "sector" if self.columns[0] in columns_of(SectorLevers) else "zone"


_NUMBERS = {"1": "a multiplier", "share": "a share"}


def _number(name: str, tasks: str) -> Lever:
    kind: Kind = "switch" if COLUMNS[name].unit == "0/1" else "number"
    return Lever(name, kind, (name,), ("",), tasks)


def _parts(name: str, kind: Kind, columns: Mapping[str, str], tasks: str) -> Lever:
    return Lever(name, kind, tuple(columns.values()), tuple(columns), tasks)


def _places(name: str, kind: Kind, column: str, tasks: str) -> Lever:
    return Lever(name, kind, (column,), ("",), tasks)


_BY_ORIGIN = {
    name: {origin: f"{name}_{origin}" for origin in codes.ORIGINS}
    for name in ("promotion", "demand_index")
}
_CLASSES = {name: f"fast_track_{name}" for name in ("large", "foreign", "priority")}
_HOLIDAY = {"free_years": "tax_free_years", "half_years": "tax_half_years"}

LEVERS: Final[Mapping[str, Lever]] = {
    lever.name: lever
    for lever in (
        _number("infrastructure_funding", "4, 5"),
        _number("park_share", "4, 5"),
        _places("allocation", "rule", "allocation", "4, 5"),
        _places("zone_priorities", "names", "priority_rank", "4, 5"),
        _number("clearance_advance", "4, 5"),
        _number("cofinance_share", "4, 5"),
        _number("state_steps_in", "5"),
        _number("reinvestment_share", "4, 5"),
        _number("clearance_effort", "4"),
        _number("operator_promotion", "4"),
        _places("offer_state_zones", "names", "offered", "4"),
        _places("works_may_start", "zone_months", "works_may_start", "2"),
        _number("expansion_rule", "2"),
        _number("statutory_days", "3, 7"),
        _number("licensing_staff", "3, 7"),
        _number("rework", "3, 7"),
        _number("one_stop", "3, 7"),
        _parts("fast_track", "classes", _CLASSES, "3, 7"),
        _parts("promotion", "parts", _BY_ORIGIN["promotion"], "3"),
        _places("banned_sectors", "names", "banned", "1"),
        _places("priority_sectors", "names", "priority", "1"),
        _number("capital_floor", "1"),
        _number("wastewater_first", "4, 6"),
        _number("wastewater_funding", "4, 6"),
        _number("inspection_intensity", "4, 6"),
        _number("appraisal_depth", "4, 6"),
        _number("craft_village_programme", "2"),
        _number("revocation_months", "7"),
        _number("land_price_support", "3"),
        _parts("tax_holiday", "holiday", _HOLIDAY, "3"),
        _parts("demand_index", "parts", _BY_ORIGIN["demand_index"], "none: context"),
        _number("anchor_output", "none: context"),
    )
}


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """Return ``Did you mean '...'?`` with the most similar name, or nothing if none is similar.

    Case, accents, blanks and underscores do not count.

    Examples
    --------
    >>> did_you_mean("Tam Điệp 2", ["tam-diep-2", "gian-khau-2"])
    "Did you mean 'tam-diep-2'?"
    >>> did_you_mean("harbour", ["tam-diep-2"])
    ''
    """
    plain = {_plain(name): name for name in names}
    near = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.6)
    return f"Did you mean '{plain[near[0]]}'?" if near else ""


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return kept.replace(" ", "-").replace("_", "-")
