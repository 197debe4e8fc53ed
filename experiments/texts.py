"""Texts and number formats in English and Vietnamese.

Not for CSV or JSON, which hold plain numbers whatever the language.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

Language = Literal["en", "vi"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "vi")
UNDEFINED: Final = "-"


class Labelled(Protocol):
    """What has a label in each language: a column, a scenario, a study."""

    @property
    def label_en(self) -> str:
        """In English."""

    @property
    def label_vi(self) -> str:
        """In Vietnamese."""


def label_in(language: Language, thing: Labelled) -> str:
    """Return what a thing is called in a language."""
    return thing.label_vi if language == "vi" else thing.label_en


class Texts(NamedTuple):
    """All texts of one language, by section and key."""

    language: Language
    sections: Mapping[str, Mapping[str, str]]

    def get(self, section: str, key: str) -> str:
        """Return a text."""
        return self.sections[section][key]

    def outcome(self, key: str, *, alone: bool = False) -> str:
        """Return the label of an outcome; `alone` where no heading says what it is part of."""
        spoken = self.sections["alone"].get(key) if alone else None
        return spoken or self.sections["outcome"][key]

    def fate(self, key: str) -> str:
        """Return what became of an investor: a fate, why it left, or the stage it is in."""
        named = self.sections["fate"].get(key) or self.sections["reason"].get(key)
        return named or self.sections["stage"][key]

    def number(self, value: float, digits: int = 1, *, sign: bool = False) -> str:
        """Return a number as people of this language write it.

        Examples
        --------
        >>> load_texts("vi").number(12345.678, 1, sign=True)
        '+12.345,7'
        """
        if not math.isfinite(value):
            return UNDEFINED
        rounded = round(value, digits) + 0.0  # no minus zero
        text = f"{rounded:{'+' if sign and rounded != 0.0 else ''},.{digits}f}"
        return text.translate(_SWAP) if self.language == "vi" else text

    def counted(self, things: str, number: int) -> str:
        """Return how many things there are, in words that fit one as well as several.

        Examples
        --------
        >>> load_texts("en").counted("replicates", 1), load_texts("en").counted("replicates", 2000)
        ('1 replicate', '2,000 replicates')
        """
        form = self.sections["one" if number == 1 else "several"][things]
        return form.format(n=self.number(number, 0))

    def quantity(self, value: float, unit: str, digits: int, *, sign: bool = False) -> str:
        """Return a number in its unit; shares become per cent, without the sign for it."""
        if unit == "share":
            return self.number(100.0 * value, max(0, digits - 2), sign=sign)
        return self.number(value, digits, sign=sign)

    def percent(self, share: float) -> str:
        """Return a share as per cent, with as many decimals as `percent_digits` says."""
        if not math.isfinite(share):
            return UNDEFINED
        return f"{self.number(100.0 * share, percent_digits(share))}{_NO_BREAK}%"

    def why_no_interval(self, method: str) -> str:
        """Return why a method of an interval gives none, nothing if it gives one."""
        return self.sections["no_interval"].get(method, "")

    def ends(
        self, lo: float, hi: float, digits: int, *, method: str = "", sign: bool = False
    ) -> str:
        """Return the ends of an interval, or why its method gives none."""
        numbers = (self.number(end, digits, sign=sign) for end in (lo, hi))
        return self.why_no_interval(method) or " .. ".join(numbers)

    def duration(self, seconds: float) -> str:
        """Return about how long something takes, in seconds or minutes.

        Examples
        --------
        >>> load_texts("en").duration(0.2), load_texts("en").duration(150.0)
        ('1 s', '2 min')
        """
        whole = max(1, round(seconds))
        key, number = ("seconds", whole) if whole < 100 else ("minutes", round(whole / 60))
        return self.get("progress", key).format(n=self.number(number, 0))

    def unit(self, unit: str, *, difference: bool = False) -> str:
        """Return the name of a unit; a difference of shares is in percentage points."""
        key = "points" if difference and unit == "share" else unit
        return self.sections["unit"][key]

    def data_unit(self, unit: str) -> str:
        """Return a unit of the data for readers; in English, and where unknown, as it is there."""
        return self.sections.get("data_unit", {}).get(unit, unit)


def percent_digits(share: float) -> int:
    """Return the decimals of a share as per cent: whole, but never 0 or 100 unless exactly so."""
    whole = not math.isfinite(share) or 0.01 <= share <= 0.99 or share in (0.0, 1.0)
    return 0 if whole else 1


_NO_BREAK: Final = "\u00a0"
_SWAP: Final = str.maketrans({",": ".", ".": ","})


def load_texts(language: Language) -> Texts:
    """Return the texts of a language.

    Parameters
    ----------
    language : {"en", "vi"}
        Which language.
    """
    path = Path(__file__).with_name(f"texts.{language}.toml")
    return Texts(language, tomllib.loads(path.read_text(encoding="utf-8")))


def within(label: str) -> str:
    """Return a label as it stands within a sentence, without a capital unless it is an acronym.

    Examples
    --------
    >>> within("Leased land"), within("KCN")
    ('leased land', 'KCN')
    """
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def distinct_labels(names: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Return labels by name, in order, with the name behind those that several share.

    Examples
    --------
    >>> distinct_labels(["a", "b", "c"], ["Plan", "Ban", "Plan"])
    {'a': 'Plan (a)', 'b': 'Ban', 'c': 'Plan (c)'}
    """
    return {
        name: f"{label} ({name})" if labels.count(label) > 1 else label
        for name, label in zip(names, labels, strict=True)
    }
