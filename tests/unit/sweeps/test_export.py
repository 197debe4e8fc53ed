"""Exported tables: the same bits, units and sources beside, nothing a spreadsheet would run."""

import csv
import datetime

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from experiments.result import open_result
from experiments.sweeps import export as exports
from experiments.sweeps.export import export_table, guarded
from experiments.sweeps.how import How
from experiments.texts import load_texts
from sim.errors import StoreError
from tests.unit.sweeps.conftest import STUDY

EN, VI = load_texts("en"), load_texts("vi")


@pytest.fixture
def result(swept):
    text = STUDY.replace("replicates = 3", 'replicates = 3\nkeep = ["zones", "events"]')
    return open_result(swept(text))


def test_csv_gives_back_the_same_bits(result, tmp_path):
    out, _ = export_table(result, tmp_path / "runs.csv", "runs", EN)
    expected = result.runs(with_factors=True)
    found = pd.read_csv(out, dtype=dict.fromkeys(expected.select_dtypes("float"), str))
    assert list(found) == list(expected)
    for name in expected:
        if expected[name].dtype.kind == "f":
            read = np.array([float(text) for text in found[name]])
            assert read.tobytes() == expected[name].to_numpy().tobytes()
        else:
            assert found[name].tolist() == expected[name].tolist()


@pytest.mark.parametrize("table", ["runs", "years", "points", "zones", "events", "failures"])
def test_every_table_is_written_with_what_its_columns_are(result, tmp_path, table):
    out, beside = export_table(result, tmp_path / f"{table}.csv", table, EN)
    with out.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert len(rows) == len(getattr(result, table)())
    with beside.open(encoding="utf-8", newline="") as file:
        notes = list(csv.DictReader(file))
    assert [note["column"] for note in notes] == head
    assert all(note["meaning"] for note in notes)


def test_units_and_sources_are_those_of_the_data(result, tmp_path):
    _, beside = export_table(result, tmp_path / "runs.csv", "runs", VI)
    with beside.open(encoding="utf-8", newline="") as file:
        notes = {row["cột"]: row for row in csv.DictReader(file)}
    info = next(i for i in _parameters() if i.key == "beta_quality")
    assert notes["beta_quality"]["đơn vị"] == "utility"
    assert notes["beta_quality"]["nguồn"] == info.source
    assert notes["infrastructure_funding"]["đơn vị"] == "bn VND/year"
    assert notes["jobs_2022"] == {
        "cột": "jobs_2022",
        "đơn vị": "persons",
        "ý nghĩa": f"{VI.outcome('jobs', alone=True)}, 2022",
        "nguồn": notes["occupancy_2021"]["nguồn"],
    }
    assert result.manifest.model in notes["jobs_2022"]["nguồn"]


def _parameters():
    from sim.world import load_world, world_path

    return load_world(world_path("tiny")).parameters


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_file_has_the_same_bytes_whatever_made_the_runs(swept, tmp_path, form):
    written = []
    for place, how in enumerate([How(1, 3), How(2, 100)]):
        result = open_result(swept(folder=f"r{place}", how=how))
        written.append(export_table(result, tmp_path / f"{place}.{form}", "runs", EN)[0])
    assert written[0].read_bytes() == written[1].read_bytes()


def test_blocks_do_not_show(result, tmp_path, monkeypatch):
    whole, _ = export_table(result, tmp_path / "whole.csv", "years", EN)
    monkeypatch.setattr("experiments.sweeps.blocks._ROWS", 7)
    cut, _ = export_table(result, tmp_path / "cut.csv", "years", EN)
    assert cut.read_bytes() == whole.read_bytes()


def test_a_workbook_holds_numbers_as_numbers_and_says_what_they_are(result, tmp_path):
    (out,) = export_table(result, tmp_path / "runs.xlsx", "runs", EN)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["about", "columns", "runs"]
    head, *rows = book["runs"].iter_rows(values_only=True)
    expected = result.runs(with_factors=True)
    assert list(head) == list(expected)
    assert len(rows) == len(expected)
    column = head.index("occupancy_2022")
    # 1e-15: a workbook keeps fifteen to sixteen digits.
    values = [row[column] for row in rows]
    np.testing.assert_allclose(values, expected["occupancy_2022"], rtol=1e-15)
    empty = head.index("infrastructure_funding")
    assert [row[empty] for row in rows][:4] == [None] * 4  # as in the scenario
    about = dict(book["about"].iter_rows(values_only=True))
    assert about["question"] == "Does it work?"
    assert about["model fingerprint"] == result.manifest.model
    assert book.properties.created == datetime.datetime(2021, 1, 1)  # no clock


def test_a_table_too_long_for_excel_is_told_before_writing(result, tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "_EXCEL_ROWS", 24)
    with pytest.raises(StoreError, match="24 rows, but a sheet of Excel holds 23. Name a file"):
        export_table(result, tmp_path / "runs.xlsx", "runs", EN)
    assert not (tmp_path / "runs.xlsx").exists()


def test_another_format_is_told(result, tmp_path):
    with pytest.raises(StoreError, match=r"expected a name that ends in .csv or .xlsx"):
        export_table(result, tmp_path / "runs.ods", "runs", EN)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text):
    table = guarded(pa.table({"label": [text, "plain", None], "jobs": [-1.5, np.nan, 2.0]}))
    assert table.column("label").to_pylist() == [f"'{text}", "plain", None]
    assert table.column("jobs").to_pylist() == [-1.5, None, 2.0]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_earlier_export_of_any_table_is_replaced(result, tmp_path, form):
    first = export_table(result, tmp_path / "new" / f"out.{form}", "runs", EN)
    fresh = export_table(result, tmp_path / f"fresh.{form}", "years", VI)
    assert export_table(result, first[0], "years", VI) == first
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in fresh]


@pytest.mark.parametrize("name", ["runs.csv", "runs.columns.csv", "runs.xlsx"])
@pytest.mark.parametrize("content", [b"", b"run_id,jobs\n1,2\n", b"\xff\x00\n"])
def test_a_file_of_others_is_left_as_it_is(result, tmp_path, name, content):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / name).write_bytes(content)
    out = (folder / name).with_stem("runs")
    with pytest.raises(StoreError, match="not a file that zonesim wrote.* Name a file that is new"):
        export_table(result, out, "runs", EN)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {name: content}


def test_a_csv_with_columns_of_ones_own_is_left_as_it_is(result, tmp_path):
    out, _ = export_table(result, tmp_path / "runs.csv", "runs", EN)
    mine = pd.read_csv(out).assign(mine=1)
    mine.to_csv(out, index=False)
    with pytest.raises(StoreError, match="not a file that zonesim wrote"):
        export_table(result, out, "runs", EN)
    assert list(pd.read_csv(out)) == list(mine)


def test_a_workbook_that_somebody_saved_again_is_left_as_it_is(result, tmp_path):
    (out,) = export_table(result, tmp_path / "runs.xlsx", "runs", EN)
    book = openpyxl.load_workbook(out)
    book.properties.lastModifiedBy = "An analyst"  # as spreadsheets do
    book.save(out)
    before = out.read_bytes()
    with pytest.raises(StoreError, match="not a file that zonesim wrote"):
        export_table(result, out, "runs", EN)
    assert out.read_bytes() == before


def test_a_file_that_cannot_be_written_is_told(result, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="Name a file that you may write"):
        export_table(result, tmp_path / "file" / "runs.csv", "runs", EN)
    (tmp_path / "runs.xlsx").mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        export_table(result, tmp_path / "runs.xlsx", "runs", EN)
