"""The workbook holds the numbers of the report, in both languages, and no formula."""

from io import BytesIO

import openpyxl
import pytest

from experiments.report.content import Number
from experiments.report.sections import report_of
from experiments.report.workbook import number_format, workbook
from tests.unit.report.results import EN, HOSTILE, VI, hostile_answer, report


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "report.xlsx"
    path.write_bytes(workbook(report("en"), report("vi"), (EN, VI)))
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def cells_of(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def numbers_of(tables):
    """Return what a sheet must show: differences of shares in points, nothing where undefined."""
    for table in tables:
        for row in table.rows:
            for cell in row:
                if isinstance(cell, Number) and cell.value == cell.value:
                    points = cell.unit == "share" and cell.sign
                    yield 100.0 * cell.value if points else cell.value


def by_topic(found):
    topics = {}
    for table in found.tables():
        topics.setdefault(table.topic, []).append(table)
    return topics


def test_there_is_a_sheet_for_every_topic(book):
    assert book.sheetnames[1:] == list(by_topic(report("en")))


def test_a_sheet_holds_the_numbers_of_its_tables(book):
    for topic, tables in by_topic(report("en")).items():
        numbers = [cell for cell in cells_of(book[topic]) if cell.data_type == "n"]
        written = [cell.value for cell in numbers if cell.number_format != "0"]  # years apart
        assert written == pytest.approx(list(numbers_of(tables)), rel=1e-14, abs=0.0), topic


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_sheet_says_everything_in_both_languages(book, language):
    for topic, tables in by_topic(report(language)).items():
        written = {str(cell.value) for cell in cells_of(book[topic])}
        for table in tables:
            heads = {column.text for column in table.columns}
            words = {cell for row in table.rows for cell in row if isinstance(cell, str) and cell}
            assert {table.caption, *heads, *words} <= written


def test_numbers_look_as_on_the_page(book):
    sheet = book["headline"]
    first = next(row for row in sheet.iter_rows() if row[0].value == "Occupancy (leased/serviced)")
    formats = [cell.number_format for cell in first if cell.data_type == "n"]
    assert formats[0] == "0.0%"  # a level
    assert formats[2] == "+#,##0.0;-#,##0.0;0.0"  # in points
    assert number_format(Number(1234.5, "bn VND", 0)) == "#,##0"


def test_years_are_numbers_that_a_spreadsheet_can_sort_and_filter(book):
    columns = (c for c in book["land"].iter_cols(min_row=3) if c[0].value == "year")
    years = [cell.value for column in columns for cell in column[2:] if cell.value is not None]
    assert years and all(isinstance(year, int) for year in years)


def test_hostile_names_are_no_formulas():
    found = hostile_answer()
    content = workbook(report_of(found, EN), report_of(found, VI), (EN, VI))
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for cell in cells_of(sheet)]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert set(HOSTILE) <= {cell.value for cell in cells}
    risky = [cell for cell in cells if cell.value in HOSTILE[1:3]]
    assert risky and all(cell.quotePrefix for cell in risky)
    links = [cell.hyperlink for cell in cells if cell.hyperlink is not None]
    assert links and not [link for link in links if link.target]  # within the workbook only


def test_the_same_report_gives_the_same_bytes(path):
    assert workbook(report("en"), report("vi"), (EN, VI)) == path.read_bytes()
