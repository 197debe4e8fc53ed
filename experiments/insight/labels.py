"""What factors, values, outcomes and numbers of a study are called in a language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from experiments.insight.responses import Subject
from experiments.insight.sobol import LUCK
from experiments.outcomes import BY_KEY
from experiments.study import Factor, Study, columns_set
from experiments.texts import UNDEFINED, Texts, label_in, within
from experiments.verdicts import decimals
from sim.scenario_levers import COLUMNS
from sim.schema import Parameters, columns_of


class Labels(NamedTuple):
    """Writes what a study is about in one language."""

    study: Study
    texts: Texts
    spoken: bool = False  # scenarios by label, as in figures and reports, not by name

    def factor(self, name: str) -> str:
        """Return the label of a factor, or of luck."""
        if name == LUCK:
            return self.texts.get("insight", "luck")
        factor = self._factor(name)
        columns = columns_set(name) if factor.lever else ()
        column = COLUMNS[columns[0]] if columns else columns_of(Parameters)[name]
        label = label_in(self.texts.language, column)
        return f"{label} ({self.scenario(factor.scenario)})" if factor.scenario else label

    def scenario(self, name: str) -> str:
        """Return what a scenario is called."""
        return self.study.scenario_labels(self.texts.language)[name] if self.spoken else name

    def quoted(self, name: str) -> str:
        """Return what a scenario is called within a sentence."""
        return f"\u201c{self.scenario(name)}\u201d" if self.spoken else name

    def scenarios(self) -> str:
        """Return what all scenarios are called, the base first."""
        return ", ".join(map(self.quoted, self.study.names))

    def value(self, name: str, number: float) -> str:
        """Return a value of a factor with its unit."""
        factor = self._factor(name)
        if factor.lever and (number == -1.0 or math.isnan(number)):
            return self.texts.get("insight", "as_in_scenario")
        if factor.kind == "categorical":
            return factor.labels[int(number)]
        if factor.kind == "boolean":
            return self.texts.get("insight", "yes" if number else "no")
        return self.number(number)

    def number(self, value: float) -> str:
        """Return a number with about three digits that matter."""
        size = abs(value)
        digits = 0 if size == 0.0 or size >= 100.0 else min(6, 2 - math.floor(math.log10(size)))
        text = self.texts.number(value, digits)
        point = "," if self.texts.language == "vi" else "."
        return text.rstrip("0").rstrip(point) if digits else text

    def unit_of(self, name: str) -> str:
        """Return the unit of a factor, empty where it is a pure number or has no name here."""
        unit = self._factor(name).unit
        return "" if unit in ("share", "index") else self.texts.sections["unit"].get(unit, "")

    def _factor(self, name: str) -> Factor:
        return next(factor for factor in self.study.factors if factor.name == name)

    def outcome(self, key: str, year: int) -> str:
        """Return the label of an outcome at the end of a year."""
        label = self.texts.outcome(key, alone=True)
        return self.texts.get("insight", "at_end").format(outcome=label, year=year)

    def subject(self, subject: Subject) -> str:
        """Return what is explained, in words."""
        outcome, name, against = self.outcome(*subject[:2]), subject.scenario, subject.against
        return f"{outcome}, {self.whose(name, against) if against else self.quoted(name)}"

    def chosen(self, rows: pd.DataFrame) -> dict[str, str]:
        """Return which scenarios each rule of regret chooses, from the rows of one outcome."""
        return {
            key: ", ".join(map(self.quoted, rows.loc[rows[key], "policy"]))
            for key in ("minimax", "least_mean")
        }

    def whose(self, scenario: str, against: str) -> str:
        """Return a scenario, or a scenario against the base."""
        if not against:
            return self.scenario(scenario)
        pair = {"scenario": self.quoted(scenario), "base": self.quoted(against)}
        return self.texts.get("insight", "against").format(**pair)

    def less(self, scenario: str, against: str) -> str:
        """Return a scenario, or a scenario less the base, short enough for a narrow table."""
        return f"{scenario} \u2212 {against}" if against else scenario

    def within(self, name: str) -> str:
        """Return the label of a factor as it stands within a sentence, without a capital."""
        return within(self.factor(name))

    def unit(self, row: Mapping[str, Any], *, difference: bool = False) -> str:
        """Return the unit of the outcome of a row; of differences of shares, percentage points."""
        unit = BY_KEY[row["outcome"]].unit
        return self.texts.unit(unit, difference=difference or bool(row.get("against")))

    def size(
        self,
        row: Mapping[str, Any],
        value: float,
        *,
        digits: int | None = None,
        sign: bool = False,
    ) -> str:
        """Return a number in the unit of the outcome of a row."""
        places = self.digits(row, value) if digits is None else digits
        return self.texts.quantity(value, BY_KEY[row["outcome"]].unit, places, sign=sign)

    def digits(self, row: Mapping[str, Any], *values: float) -> int:
        """Return how many decimals the largest of some values needs, in the outcome of a row."""
        sizes = [abs(value) for value in values if math.isfinite(value)]
        return decimals(max(sizes, default=0.0), BY_KEY[row["outcome"]])

    def span(
        self,
        row: Mapping[str, Any],
        key: str,
        *,
        digits: int | None = None,
        share: bool = False,
        sign: bool = False,
    ) -> str:
        """Return an interval, `key_lo` to `key_hi`: of shares of variance, or in the unit.

        Where there is none, because too few replicates differ or all are the same, say so.
        """
        if why := self.texts.why_no_interval(str(row.get("method"))):
            return why
        lo, hi = (float(row[f"{key}_{end}" if key else end]) for end in ("lo", "hi"))
        if not math.isfinite(lo + hi):
            return UNDEFINED
        if share:
            return f"{self.texts.percent(lo)} .. {self.texts.percent(hi)}"
        if key in ("first", "total"):
            return self.texts.ends(lo, hi, digits or 2)
        if digits is None:
            digits = self.digits(row, lo, hi)
        return " .. ".join(self.size(row, end, digits=digits, sign=sign) for end in (lo, hi))

    def rank(self, row: Mapping[str, Any]) -> str:
        """Return a rank, or the ranks that intervals leave open."""
        best, worst = int(row["rank_best"]), int(row["rank_worst"])
        return f"{best}" if best == worst else f"{best}-{worst}"
