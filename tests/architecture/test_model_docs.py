"""The contract, docs/MODEL.md, names what the code has: quantities, levers, purposes, phases.

The tables of docs/model/quantities.md are generated: `python -m tests.architecture.test_model_docs`
writes them anew from sim/schema and leaves the text around them alone.
"""

import ast
import importlib
import math
import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.sources import ROOT, dotted, find, parse

QUANTITIES = ROOT / "docs/model/quantities.md"
MODEL = ROOT / "docs/MODEL.md"
GENERATE = "run `python -m tests.architecture.test_model_docs`"
TABLE_OF = {  # heading in quantities.md: table of sim/schema
    "Province and month: levers": "Levers",
    "Zone and month: levers": "ZoneLevers",
    "Sector and month: levers": "SectorLevers",
    "Zone": "Zone",
    "Tranche": "Tranche",
    "Investor": "Investor",
    "Draws of a candidate": "Draw",
    "Licensing office": "Office",
    "District": "District",
    "Sector": "Sector",
    "Segment": "Segment",
    "Province": "Province",
    "Zone and month": "ZoneRecord",
    "Kind of zone and month": "KindRecord",
    "Province and month": "ProvinceRecord",
    "District and month": "DistrictRecord",
    "Event": "Event",
}

Rows = list[str]


def schema():
    return importlib.import_module("sim.schema")


def bounds(lo: float, hi: float) -> str:
    if math.isinf(hi):
        return "" if math.isinf(lo) else f">= {lo:g}"
    return f"{lo:.15g} to {hi:.15g}"


def rows_of(table: type) -> dict[str, str]:
    """Return the line of quantities.md for each column; parameters are all real numbers."""
    dtype, typed = schema().dtype_of(table), table is not schema().Parameters
    lines = {}
    for name, column in schema().columns_of(table).items():
        kind = ["int" if dtype[name].kind == "i" else "float"] if typed else []
        cells = [f"`{name}`", *kind, column.unit, bounds(column.lo, column.hi)]
        lines[name] = "| " + " | ".join([*cells, column.label_en, column.label_vi]) + " |"
    return lines


def name_in(row: str) -> str:
    return row.split("`")[1]


def rewritten(text: str, change: Callable[[str, Rows], Rows]) -> str:
    """Return a document whose tables of quantities are changed: heading and rows to new rows."""
    parts = re.split(r"^(#{2,3} .*)$", text, flags=re.MULTILINE)
    done = [parts[0]]
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = body.split("\n")
        places = [i for i, line in enumerate(lines) if line.startswith("| `")]
        if places:
            rows = change(heading.lstrip("# "), lines[places[0] : places[-1] + 1])
            lines[places[0] : places[-1] + 1] = rows
        done += [heading, "\n".join(lines)]
    return "".join(done)


def documented() -> dict[str, Rows]:
    """Return the rows of each table of quantities.md; groups of parameters are one table."""
    found: dict[str, Rows] = {}

    def keep(heading: str, rows: Rows) -> Rows:
        found.setdefault(TABLE_OF.get(heading, "Parameters"), []).extend(rows)
        return rows

    rewritten(QUANTITIES.read_text(encoding="utf-8"), keep)
    return found


def generate() -> None:
    """Write the tables of quantities.md anew; a new parameter goes to the group of the last one."""
    parameters = rows_of(schema().Parameters)
    group_of: dict[str, str] = {}
    first_group = ""

    def learn(heading: str, rows: Rows) -> Rows:
        nonlocal first_group
        if heading not in TABLE_OF:
            first_group = first_group or heading
            group_of.update({name_in(row): heading for row in rows})
        return rows

    def renew(heading: str, rows: Rows) -> Rows:
        if heading in TABLE_OF:
            return list(rows_of(getattr(schema(), TABLE_OF[heading])).values())
        return [row for name, row in parameters.items() if group_of[name] == heading]

    text = QUANTITIES.read_text(encoding="utf-8")
    rewritten(text, learn)
    group = first_group
    for name in parameters:
        group = group_of.setdefault(name, group)
    QUANTITIES.write_text(rewritten(text, renew), encoding="utf-8")


def model_section(heading: str) -> str:
    """Return the text of MODEL.md under a heading, up to the next one of its level or above."""
    level, text = heading.split(" ")[0], MODEL.read_text(encoding="utf-8")
    after = text.split(f"\n{heading}", 1)[1]
    return re.split(rf"^#{{1,{len(level)}}} ", after, flags=re.MULTILINE)[0]


def model_table(heading: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the tables under a heading of MODEL.md."""
    for line in model_section(heading).splitlines():
        if line.startswith("| ") and line.endswith(" |"):
            yield [cell.strip() for cell in line[1:-1].split("|")]


TABLES = [table.__name__ for table in schema().TABLES]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_listed_once_and_no_other(table):
    listed = sorted(name_in(row) for row in documented()[table])
    assert listed == sorted(schema().columns_of(getattr(schema(), table))), GENERATE


@pytest.mark.parametrize("table", TABLES)
def test_units_bounds_and_labels_are_those_of_the_schema(table):
    assert set(documented()[table]) == set(rows_of(getattr(schema(), table)).values()), GENERATE


def test_headings_belong_to_tables_that_exist():
    assert sorted({*TABLE_OF.values(), "Parameters"}) == sorted(TABLES)
    headings = re.findall(r"^### (.*)$", QUANTITIES.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(TABLE_OF) <= set(headings)
    groups = [heading for heading in headings if heading not in TABLE_OF]
    assert all("(MODEL.md " in group for group in groups), "a group of parameters names its section"


def test_every_lever_of_a_scenario_file_is_in_the_model():
    levers = importlib.import_module("sim.scenario_levers").LEVERS
    listed = {name_in(row[0]): row for row in model_table("### 7.2 Levers") if "`" in row[0]}
    assert sorted(listed) == sorted(levers)
    for name, (_, unit, limits, *_) in listed.items():
        lever = levers[name]
        if lever.has_unit:
            expected = lever.unit, f"{lever.lo:g}-{lever.hi:g}"
            assert (unit, limits.removesuffix(" each")) == expected, name


def test_purposes_of_luck_have_their_numbers_and_draws():
    source = (ROOT / "sim/shocks.py").read_text(encoding="utf-8")
    declared = re.findall(r"^([A-Z]\w+) = (\d+)(?:  # (\w+):.*)?$", source, re.MULTILINE)
    rows = [row for row in model_table("### 6.3 Streams") if row[2].isdigit()]
    listed = [(name_in(name), number, draw) for _, name, number, draw, *_ in rows]
    assert declared
    assert sorted(listed) == sorted(declared)


def test_the_schedule_has_every_phase_in_its_order():
    functions = {f.name: f for f in parse("sim/step.py").body if isinstance(f, ast.FunctionDef)}

    def calls(function: str) -> Iterator[str]:
        for node in functions[function].body:
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                name = dotted(node.value.func)
                yield from calls(name) if name in functions else [name]

    run = list(calls("step"))
    rows = [row for row in model_table("## 3. A month") if re.fullmatch(r"3\.\d+", row[0])]
    assert [(f"3.{n}", phase) for n, phase in enumerate(run, 1)] == [tuple(r[:2]) for r in rows]


def test_every_decision_is_listed_with_its_title():
    rows = (row for row in model_table("## 11. Decisions") if "(decisions/" in row[0])
    listed = {row[0].partition("(")[2].rstrip(")"): row[1] for row in rows}
    titles = {
        path.removeprefix("docs/"): (ROOT / path).read_text(encoding="utf-8").splitlines()[0]
        for path in find("docs/decisions/*.md")
    }
    assert {path: title.partition(". ")[2] for path, title in titles.items()} == listed


if __name__ == "__main__":
    generate()
