"""What a spreadsheet did to a file is undone, and nothing is guessed."""

import csv
import io

import pytest

from experiments.authoring.mend import mend_folder, mended
from experiments.authoring.province import province_files
from experiments.authoring.readme import TABLES
from experiments.province import load_province
from experiments.store import write_texts
from sim.data_files import Field
from sim.errors import StoreError, WorldError

FIELDS = (Field("id", "id"), Field("share", "number"), Field("from", "month"), Field("note"))


def text(content):
    return mended(content, FIELDS).decode("utf-8-sig")


def as_excel_saves(content, kinds):
    """Return a table as a spreadsheet with decimal commas saves it: semicolons, CR LF, BOM."""
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*rows[0], ""])  # and an empty column at the right
    for row in rows[1:]:
        cells = [
            cell.replace(".", ",") if kinds[name] == "number" else cell
            for cell, name in zip(row, rows[0], strict=True)
        ]
        cells = [
            f"01/{cell[5:]}/{cell[:4]}" if kinds[name] == "month" and cell else cell
            for cell, name in zip(cells, rows[0], strict=True)
        ]
        writer.writerow([*cells, ""])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def test_a_province_that_went_through_a_spreadsheet_is_the_same_afterwards(tmp_path):
    write_texts(tmp_path, province_files("round_trip"))
    before = load_province(tmp_path).world
    for name, fields in TABLES.items():
        path = tmp_path / "world" / f"{name}.csv"
        kinds = {field.name: field.kind for field in fields}
        path.write_bytes(as_excel_saves(path.read_text("utf-8"), kinds))
    with pytest.raises(WorldError, match="semicolons"):
        load_province(tmp_path)
    assert len(mend_folder(tmp_path / "world")) == len(TABLES)
    after = load_province(tmp_path).world
    assert after.zones.tobytes() == before.zones.tobytes()
    assert after.sectors.tobytes() == before.sectors.tobytes()
    assert after.parameters == before.parameters
    assert after.zone_values == before.zone_values
    assert mend_folder(tmp_path / "world") == []


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        ("id;share;from;note\r\na;0,5;2021-07;x\r\n", "id,share,from,note\na,0.5,2021-07,x\n"),
        ("id\tshare\tfrom\tnote\na\t0,5\tJul-21\tx\n", "id,share,from,note\na,0.5,2021-07,x\n"),
        ('id,share,from,note\na,"0,5",7/1/2021,x\n', "id,share,from,note\na,0.5,2021-07,x\n"),
        ("id;share;from;note;;\na;1;;b, c;;\n;;;;;\n", 'id,share,from,note\na,1,,"b, c"\n'),
    ],
)
def test_what_a_spreadsheet_did_is_undone(saved, expected):
    assert text(saved.encode("utf-8")) == expected


def test_utf_16_becomes_utf_8():
    saved = "id\tshare\tfrom\tnote\na\t1\t2021-07\tTam Điệp\n"
    assert "Tam Điệp" in text(saved.encode("utf-16"))


def test_a_mark_of_the_byte_order_is_written_once_even_if_it_was_there_twice():
    saved = "\ufeffid\tshare\tfrom\tnote\na\t1\t2021-07\tx\n"
    assert text(saved.encode("utf-16")).startswith("id,")


def test_a_file_in_order_is_left_alone():
    assert mended("id,share,from,note\r\na,0.5,2021-07,x\r\n".encode("utf-8-sig"), FIELDS) is None
    assert mended(b"", FIELDS) is None
    assert mended("id;note\na;Điệp\n".encode("cp1258", "replace")[:-2] + b"\xff\n", FIELDS) is None


@pytest.mark.parametrize("cell", ["1.234,5", "2/3/2021", "about 5"])
def test_what_could_mean_two_things_is_kept(cell):
    column = "from" if "/" in cell else "share"
    place = {"share": 1, "from": 2}[column]
    cells = ["a", "1", "2021-07", "x"]
    cells[place] = cell
    saved = ";".join(["id", "share", "from", "note"]) + "\n" + ";".join(cells) + "\n"
    row = list(csv.reader(io.StringIO(text(saved.encode("utf-8")))))[1]
    assert row[place] == cell


def test_a_cell_too_many_is_kept_for_the_check_to_name():
    assert text(b"id;share;from;note\na;1;2021-07;x;lost\n").endswith("a,1,2021-07,x,lost\n")


def test_a_file_that_cannot_be_written_stays(tmp_path, monkeypatch):
    path = tmp_path / "zones.csv"
    path.write_text("id;kind\na;park\n")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(StoreError, match="No space left"):
        mend_folder(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["zones.csv"]
    assert path.read_text() == "id;kind\na;park\n"
