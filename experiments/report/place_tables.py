"""Tables of land, zones, districts, sectors, levers and parameters.

Not for outcomes of the province: experiments/report/outcome_tables.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from experiments.answer import Answer
from experiments.outcomes import LAND_COLUMNS, SCOPES
from experiments.report.content import SHARE, Column, Number, Table, line
from experiments.report.outcome_tables import heads
from experiments.report.sentences import quoted
from experiments.sample import FATES
from experiments.texts import Texts

Row = Mapping[str, Any]
_HA: Final = "ha"


def land_table(answer: Answer, texts: Texts) -> Table:
    """Return the land account of all zones, parks and clusters in the years to report."""
    means = answer.levels.set_index(["scenario", "outcome", "year"])["mean"]
    named, rows = answer.setting.labels(texts.language), []
    for scope in SCOPES:
        for name in answer.setting.scenarios:
            for year in answer.setting.report_years:
                values = [float(means[(name, f"{column}{scope}", year)]) for column in LAND_COLUMNS]
                cells = (
                    Number(values[0], SHARE, 3),
                    *(Number(value, _HA, 1) for value in values[1:]),
                )
                place = texts.get("scope", scope.lstrip("_") or "all")
                rows.append(line(place, named[name], str(year), *cells))
    columns = (*heads(texts, "scope", "scenario", "year"), *_land_heads(texts))
    caption = texts.get("report_table", "land")
    return Table("land", caption, columns, tuple(rows), texts.get("sentence", "occupancy"))


def _land_heads(texts: Texts) -> tuple[Column, ...]:
    first = Column(texts.get("report_head", "occupancy"), "%")
    return (first, *(Column(texts.get("report_head", key), _HA) for key in LAND_COLUMNS[1:]))


def zone_table(answer: Answer, name: str, texts: Texts) -> Table:
    """Return each zone at the end beside the base, with the paired difference of leased land."""
    setting = answer.setting
    year = setting.report_years[-1]
    ends = answer.zones[answer.zones["year"] == year].set_index(["scenario", "zone"])
    table = answer.zone_differences
    changes = table[table["scenario"] == name].set_index(["measure", "zone"])
    rows = []
    for zone in answer.places["zone"]:
        base, other = ends.loc[(setting.scenarios[0], zone)], ends.loc[(name, zone)]
        leased, revenue = (changes.loc[(m, zone)] for m in ("leased_ha", "revenue_bn_vnd"))
        shares = (base["occupancy_start_share"], base["occupancy_share"], other["occupancy_share"])
        rows.append(
            line(
                *_zone(base, texts),
                *(Number(float(share), SHARE, 3) for share in shares),
                *(Number(float(row["leased_ha"]), _HA, 1) for row in (base, other)),
                *(Number(float(leased[k]), _HA, 1, sign=True) for k in ("difference", "lo", "hi")),
                texts.get("verdict", str(leased["verdict"])),
                Number(float(revenue["difference"]), "bn VND/year", 1, sign=True),
                texts.get("verdict", str(revenue["verdict"])),
            )
        )
    words = {"scenario": quoted(answer, texts)[name], "year": year}
    caption = texts.get("report_table", "zones").format(**words)
    note = texts.get("report", "zones_note")
    return Table("zones", caption, _zone_heads(texts), tuple(rows), note)


def _zone_heads(texts: Texts) -> tuple[Column, ...]:
    def head(key: str, unit: str) -> Column:
        return Column(texts.get("report_head", key), unit)

    shares = (head(f"occupancy_{key}", "%") for key in ("start", "base", "scenario"))
    land = (head(key, _HA) for key in ("leased_base", "leased_scenario", "leased_change"))
    revenue = head("revenue_change", texts.unit("bn VND/year"))
    return (
        *heads(texts, "zone", "kind", "district"),
        *shares,
        *land,
        head("lo", _HA),
        head("hi", _HA),
        *heads(texts, "verdict"),
        revenue,
        *heads(texts, "verdict_revenue"),
    )


def _zone(row: Row | pd.Series, texts: Texts) -> tuple[str, str, str]:
    return row[f"name_{texts.language}"], texts.get("kind", row["kind"]), row["district"]


def zone_levels(answer: Answer, texts: Texts) -> Table:
    """Return the land account of each zone of each scenario at the end."""
    named = answer.setting.labels(texts.language)
    year = answer.setting.report_years[-1]
    ends = answer.zones[answer.zones["year"] == year]
    rows = tuple(
        line(
            named[row["scenario"]],
            *_zone(row, texts),
            *(Number(row[f"occupancy{end}_share"], SHARE, 3) for end in ("_start", "")),
            *(Number(row[column], _HA, 1) for column in LAND_COLUMNS[1:]),
            Number(row["revenue_year_bn_vnd"], "bn VND/year", 1),
            Number(row["public_cost_cum_bn_vnd"], "bn VND", 1),
            Number(row["jobs_persons"], "persons", 0),
        )
        for row in ends.to_dict("records")
    )
    start = Column(texts.get("report_head", "occupancy_start"), "%")
    money = (
        Column(texts.get("report_head", "revenue"), texts.unit("bn VND/year")),
        Column(texts.get("report_head", "public_cost"), texts.unit("bn VND")),
        Column(texts.get("report_head", "jobs"), texts.unit("persons")),
    )
    columns = (*heads(texts, "scenario", "zone", "kind", "district"), start, *_land_heads(texts))
    caption = texts.get("report_table", "zone_levels").format(year=year)
    return Table("zone_levels", caption, (*columns, *money), rows, folded=True)


def constraint_table(answer: Answer, texts: Texts) -> Table:
    """Return what binds each zone of each scenario, year by year."""
    named, years = answer.setting.labels(texts.language), answer.setting.years
    by_year = answer.constraints.set_index(["scenario", "zone", "year"])["constraint"]
    places = answer.places.to_dict("records")
    rows = tuple(
        line(
            named[name],
            *_zone(place, texts),
            *(texts.get("constraint", by_year[(name, place["zone"], year)]) for year in years),
        )
        for name in answer.setting.scenarios
        for place in places
    )
    columns = heads(texts, "scenario", "zone", "kind", "district")
    caption = texts.get("report_table", "constraints")
    dated = tuple(Column(str(year)) for year in years)
    note = texts.get("sentence", "constraint")
    return Table("constraints", caption, (*columns, *dated), rows, note, folded=True)


def district_table(answer: Answer, texts: Texts) -> Table:
    """Return leased land, jobs and capital of each district of each scenario at the end."""
    named, year = answer.setting.labels(texts.language), answer.setting.report_years[-1]
    table = answer.districts[answer.districts["year"] == year]
    rows = tuple(
        line(
            row["district"],
            named[row["scenario"]],
            Number(row["people"], "persons", 0),
            Number(row["leased_ha"], _HA, 1),
            Number(row["leased_ha_per_1000_people"], "", 2),
            Number(row["jobs_persons"], "persons", 0),
            Number(row["capital_bn_vnd"], "bn VND", 0),
            Number(row["wage_index"], "", 2),
        )
        for row in table.sort_values("district", kind="stable").to_dict("records")
    )
    units = ("", "", texts.unit("persons"), _HA, "", texts.unit("persons"), texts.unit("bn VND"))
    keys = ("district", "scenario", "people", "leased_ha", "ha_per_thousand", "jobs", "capital")
    columns = [
        Column(texts.get("report_head", k), unit) for k, unit in zip(keys, units, strict=True)
    ]
    caption = texts.get("report_table", "districts").format(year=year)
    return Table("districts", caption, (*columns, *heads(texts, "wage")), rows)


def sector_table(answer: Answer, name: str, texts: Texts) -> Table:
    """Return how many candidates of each sector came and hold land at the end, beside the base."""
    table = answer.fates
    base, other = (
        table[table["scenario"] == scenario].to_dict("records")
        for scenario in (answer.setting.scenarios[0], name)
    )
    rows = tuple(
        line(
            then[f"name_{texts.language}"],
            *(Number(row[fate], _INVESTORS, 1) for fate in _SETTLED for row in (then, now)),
            *(
                Number(now[f"holds_land_{end}"], _INVESTORS, 1, sign=True)
                for end in ("difference", "lo", "hi")
            ),
        )
        for then, now in zip(base, other, strict=True)
        if then["came"] + now["came"] > 0.0
    )
    keys = ["sector", *(f"{fate}_{whose}" for fate in _SETTLED for whose in ("base", "scenario"))]
    caption = texts.get("report_table", "sectors").format(scenario=quoted(answer, texts)[name])
    replicates = texts.counted("replicates", int(table["n"].iloc[0]))
    note = texts.get("report", "sectors_note").format(replicates=replicates)
    return Table("sectors", caption, heads(texts, *keys, "difference", "lo", "hi"), rows, note)


_INVESTORS: Final = "investors"
_SETTLED: Final = ("came", "holds_land")


def fate_table(answer: Answer, texts: Texts) -> Table:
    """Return what became of the candidates of each sector, of each scenario, with reasons."""
    named, table = answer.setting.labels(texts.language), answer.fates
    shown = [fate for fate in FATES if table[fate].any()]
    rows = tuple(
        line(
            named[row["scenario"]],
            row[f"name_{texts.language}"],
            *(Number(row[fate], _INVESTORS, 1) for fate in shown),
        )
        for row in table[table["came"] > 0.0].to_dict("records")
    )
    columns = tuple(
        Column(
            texts.get("reason", fate.removeprefix("gone_"))
            if fate.startswith("gone_")
            else texts.get("report_head", fate)
        )
        for fate in shown
    )
    caption = texts.get("report_table", "fates")
    replicates = texts.counted("replicates", int(table["n"].iloc[0]))
    note = texts.get("report", "fates_note").format(replicates=replicates)
    return Table(
        "fates", caption, (*heads(texts, "scenario", "sector"), *columns), rows, note, folded=True
    )
