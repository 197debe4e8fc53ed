"""One zone without chance says month by month what the account by hand says.

The account: one_zone.md, worked out by one_zone.py from docs/MODEL.md; the first tests repeat its
arithmetic, the others hold a run to it. Paper has 12 digits, so the two agree to 1e-9.
"""

import math

import pytest

from tests.hand import one_zone
from tests.hand.paper import LINES, calculate, read, tables
from tests.property import worlds
from tests.property.worlds import Site

PAPER = tables(one_zone.FILE)


def same(left, right):
    return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)


def test_every_working_comes_to_its_value():
    rows = [row for *_, table in PAPER for row in table if tuple(row) == LINES]
    assert len(rows) > 1000
    wrong = [row for row in rows if not same(calculate(row["working"]), read(row["value"]))]
    assert not wrong


def test_the_account_is_what_the_document_works_out(tmp_path):
    afresh = tmp_path / "afresh.md"
    afresh.write_text(one_zone.written_out(), encoding="utf-8")
    for (chapter, _, old), (again, _, new) in zip(PAPER, tables(afresh), strict=True):
        assert chapter == again
        for row, now in zip(old, new, strict=True):
            assert (row["who"], row["what"]) == (now["who"], now["what"])
            assert same(read(row["value"]), read(now["value"])), (chapter, row)


@pytest.fixture(scope="module")
def run():
    zone = one_zone.ZONE
    site = Site(
        "alone",
        gross_ha=zone["gross_ha"],
        leasable_ha=zone["leasable_ha"],
        serviced_ha=zone["serviced_ha"],
        leased_ha=zone["leased_ha"],
        tenants=1,
        connected=zone["connected"],
        price_usd_m2_term=zone["start_price"],
        cleared_share=1.0,
        works_share=zone["works_share"],
        permitted_sectors=1,  # machines
    )
    world = worlds.with_parameters(
        worlds.province([site], months=one_zone.MONTHS, start_month=one_zone.START_MONTH),
        **one_zone.PARAMETERS,
    )
    policy = worlds.with_lever(worlds.unchanged(world), "reinvestment_share", one_zone.REINVESTED)
    for month, bn_vnd in one_zone.FUNDING:
        policy.levers.infrastructure_funding[month:] = bn_vnd
    return worlds.run(world, policy, events=100)


def test_the_record_says_every_month_what_the_account_says(run):
    assert run.broken == (-1, -1, -1)
    record = run.record
    found = {"zone": record.zones[:, 0], "province": record.province}
    found["district"] = record.districts[:, 0]
    wrong, months = [], 0
    for chapter, _, table in PAPER[1:]:
        month = int(chapter.removeprefix("Month "))
        lines = [row for row in table if row["who"] == "record"]
        assert len(lines) == len(one_zone.RECORD)
        for row in lines:
            name, column = row["what"].split()
            engine = float(found[name][month][column])
            if not same(read(row["value"]), engine):
                wrong.append(f"{chapter}, {row['what']}: hand {row['value']}, run {engine!r}")
        months += 1
    assert not wrong, "\n".join(wrong)
    assert months == one_zone.MONTHS == len(record.province)


def test_the_months_of_the_account_hold_all_that_can_happen_without_chance():
    # Otherwise the account would agree because nothing moves.
    sheet = one_zone.Sheet()
    rows = [dict(sheet.now) for month in range(one_zone.MONTHS) if sheet.month(month)]
    assert {row["due"] for row in rows} == {0.0, 0.5, 1.0}  # free, half and full tax
    assert max(row["idle_months"] for row in rows) >= 3  # works rest, decay and are booked
    assert 0.0 < rows[0]["gift"] < rows[0]["plan_works"]  # money is short
    assert rows[-1]["opened"] and rows[-1]["plant_built"] and rows[-1]["connected"] == 1.0
    assert max(row["carried"] for row in rows) > 0.0 < rows[-1]["unspent"]
    assert rows[-1]["wage"] > rows[0]["wage"] > 1.0
    assert len({row["revenue_last_year"] for row in rows}) == 3
    assert rows[0]["ramp"] < rows[-1]["ramp"] == 1.0
