"""The sections of an answer's text about land, districts, zones and levers."""

from __future__ import annotations

from experiments.answer import Answer
from experiments.grid import grid, section, wrapped
from experiments.outcomes import LAND_COLUMNS, SCOPES
from experiments.texts import Texts


def land(answer: Answer, texts: Texts) -> list[str]:
    """Return the land account: occupancy never alone, parks and clusters apart and together."""
    means = answer.levels.set_index(["scenario", "outcome", "year"])["mean"]
    head = [texts.get("head", "scenario"), texts.get("head", "year")]
    head += [f"{texts.get('head', 'occupancy')} %"]
    head += [texts.get("head", column) for column in LAND_COLUMNS[1:]]
    parts = []
    for scope in SCOPES:
        lines = []
        for name in answer.setting.scenarios:
            for year in answer.setting.report_years:
                keys = [(name, f"{column}{scope}", year) for column in LAND_COLUMNS]
                cells = [texts.quantity(float(means[keys[0]]), "share", 3)]
                cells += [texts.number(float(means[key]), 0) for key in keys[1:]]
                lines.append([name, str(year), *cells])
        place = texts.get("scope", scope.lstrip("_") or "all")
        title = texts.get("title", "land").format(scope=place)
        parts.append(section(title, grid(head, lines)))
    return parts


def districts(answer: Answer, texts: Texts) -> str:
    """Return leased land, jobs and capital by district at the end."""
    year = answer.setting.report_years[-1]
    table = answer.districts
    lines = [
        [
            row["district"],
            row["scenario"],
            texts.number(row["people"], 0),
            texts.number(row["leased_ha"], 1),
            texts.number(row["leased_ha_per_1000_people"], 2),
            texts.number(row["jobs_persons"], 0),
            texts.number(row["capital_bn_vnd"], 0),
        ]
        for row in table[table["year"] == year]
        .sort_values("district", kind="stable")
        .to_dict("records")
    ]
    keys = ("district", "scenario", "people", "leased_ha", "ha_per_thousand", "jobs", "capital")
    head = [texts.get("head", key) for key in keys]
    title = texts.get("title", "districts").format(year=year)
    return section(title, grid(head, lines, left=2))


def zones(answer: Answer, name: str, texts: Texts) -> str:
    """Return the land account of each zone of a scenario at the end."""
    year = answer.setting.report_years[-1]
    table = answer.zones[(answer.zones["scenario"] == name) & (answer.zones["year"] == year)]
    lines = []
    for row in table.to_dict("records"):
        cells = [texts.quantity(row[f"occupancy{end}_share"], "share", 3) for end in ("_start", "")]
        cells += [texts.number(row[column], 1) for column in LAND_COLUMNS[1:]]
        lines.append([row[f"name_{texts.language}"], *cells])
    head = [texts.get("head", "zone"), f"{texts.get('head', 'start')} %"]
    head += [f"{texts.get('head', 'occupancy')} %"]
    head += [texts.get("head", column) for column in LAND_COLUMNS[1:]]
    return section(texts.get("title", "zones").format(scenario=name, year=year), grid(head, lines))


def constraints(answer: Answer, name: str, texts: Texts) -> str:
    """Return what binds each zone of a scenario, most frequently, in the years to report."""
    table = answer.constraints[answer.constraints["scenario"] == name]
    years = answer.setting.report_years
    lines: list[list[str]] = []
    for row in table[table["year"] == years[0]].to_dict("records"):
        lines.append([row[f"name_{texts.language}"]])
    for year in years:
        for line, row in zip(lines, table[table["year"] == year].to_dict("records"), strict=True):
            binding = texts.get("constraint", row["most_frequent"])
            line.append(f"{binding} {texts.number(100.0 * row['most_frequent_share'], 0)}")
    head = [texts.get("head", "zone"), *map(str, years)]
    title = texts.get("title", "constraints").format(scenario=name)
    return section(title, grid(head, lines, left=1 + len(years)))


def levers(answer: Answer, texts: Texts) -> list[str]:
    """Return what each scenario sets differently, from the base where there is one."""
    table, names = answer.levers, answer.setting.scenarios
    parts = []
    for name in names:
        base = names[0] if name != names[0] else ""
        key = "levers" if base else "levers_start"
        rows = table[(table["scenario"] == name) & (table["against"] == base)]
        title = texts.get("title", key).format(scenario=name, base=base)
        body = lever_lines(rows.to_dict("records")) or texts.get("sentence", "no_levers")
        parts.append(section(title, body))
    return parts


def lever_lines(rows: list[dict[str, str]]) -> str:
    """Return one line a lever that differs: where, from when, from which value to which."""
    lines = []
    for row in rows:
        place = f" {row['place']}" if row["place"] else ""
        unit = f" {row['unit']}" if row["unit"] not in ("", "1") else ""
        period = f"{row['from_month']}..{row['until_month']}"
        text = f"{row['lever']}{place}: {row['value_against']} -> {row['value']}{unit}, {period}"
        lines.append(wrapped(text, indent="    ", first=""))
    return "\n".join(lines)
