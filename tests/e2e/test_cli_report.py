"""Reports and workbooks are written from folders of results, whole or not at all."""

import json
import shlex

import openpyxl
import pytest

from experiments.cli import main
from experiments.report.reference_tables import command
from experiments.stored import ANSWER_FILE, read_answer
from tests.e2e.call import without_figures, zonesim
from tests.e2e.small_study import DESIGNS


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "result"
    words = ["compare", "baseline", "plan", "--province", "tiny", "--replicates", "5", "--quiet"]
    with without_figures():
        assert main([*words, "--first-replicate", "2", "--out", str(folder)]) == 0
    return folder


def test_both_languages_and_the_workbook_link_to_each_other(capsys, result, tmp_path):
    out = tmp_path / "report"
    code, told, err = zonesim(
        capsys, "report", result, "--lang", "both", "--xlsx", "--out", out, "--json"
    )
    assert (code, err) == (0, "")
    names = ["report.en.html", "report.vi.html", "report.xlsx"]
    assert json.loads(told) == {"files": [str(out / name) for name in names]}
    english, vietnamese = ((out / name).read_text(encoding="utf-8") for name in names[:2])
    assert 'href="report.vi.html"' in english and 'href="report.en.html"' in vietnamese
    assert "cannot be told" in english and "chưa rõ" in vietnamese


def test_one_language_links_to_no_other(capsys, result, tmp_path):
    code, told, _ = zonesim(capsys, "report", result, "--lang", "vi", "--out", tmp_path / "r")
    assert (code, told) == (0, f"Đã ghi: {tmp_path / 'r' / 'report.vi.html'}.\n")
    assert "report.en.html" not in (tmp_path / "r" / "report.vi.html").read_text(encoding="utf-8")
    assert sorted(path.suffix for path in (tmp_path / "r").iterdir()) == [".html", ".json"]


def test_the_line_in_the_report_makes_the_same_result_again(result, tmp_path):
    words = shlex.split(command(read_answer(result)))
    assert words[0] == "zonesim" and words[-2] == "--out"
    with without_figures():
        assert main([*words[1:-1], str(tmp_path / "again"), "--quiet"]) == 0
    again = (tmp_path / "again" / ANSWER_FILE).read_bytes()
    assert again == (result / ANSWER_FILE).read_bytes()


def test_a_single_run_has_a_report_too(capsys, tmp_path):
    words = ["run", "plan", "--province", "tiny", "--replicates", "1", "--quiet"]
    with without_figures():
        assert main([*words, "--out", str(tmp_path / "run")]) == 0
    code, _, err = zonesim(capsys, "report", tmp_path / "run", "--xlsx", "--out", tmp_path / "r")
    assert (code, err) == (0, "")
    page = (tmp_path / "r" / "report.en.html").read_text(encoding="utf-8")
    assert "this is a single replicate" in page and "paired" not in page.partition("<nav")[0]


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_sweep_adds_what_drives_the_result(capsys, result, sweeps, tmp_path, kind):
    asked = ["--threshold", "occupancy@2022<99%"] if kind == "lhs" else []
    words = ["report", result, "--sweep", sweeps / kind, *asked, "--lang", "vi", "--xlsx"]
    code, _, err = zonesim(capsys, *words, "--out", tmp_path / "r")
    assert (code, err) == (0, "")
    page = (tmp_path / "r" / "report.vi.html").read_text(encoding="utf-8")
    assert "Điều gì quan trọng ở nơi nhỏ?" in page
    places = [page.index(f'<section id="{key}"') for key in ("people", "drivers", "limits")]
    assert places == sorted(places)
    table = {"saltelli": "sobol", "morris": "morris", "lhs": "regret"}[kind]
    assert f"drivers_{table}" in openpyxl.load_workbook(tmp_path / "r" / "report.xlsx").sheetnames


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_sweep_alone_has_a_report_in_both_languages(capsys, sweeps, tmp_path, kind):
    words = ["report", sweeps / kind, "--lang", "both", "--xlsx", "--out", tmp_path / "r"]
    code, _, err = zonesim(capsys, *words)
    assert (code, err) == (0, "")
    for language, question in (("en", "What matters in"), ("vi", "Điều gì quan trọng")):
        page = (tmp_path / "r" / f"report.{language}.html").read_text(encoding="utf-8")
        assert question in page.partition("<nav")[0]
        assert page.count("<svg") >= 1
        assert f"zonesim sweep {kind} --replicates 3 --seed 1" in page
    said = (tmp_path / "r" / "report.en.html").read_text(encoding="utf-8")
    assert "luck [%]" in said and ("minimax [%]" in said) == (kind != "morris")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "RESULT", "--out", "x.csv"], "expected a name that ends in .xlsx"),
        (["export", "RESULT", "--out", "x.xlsx", "--table", "runs"], "expected no --table"),
        (["export", "RESULT", "--out", "RESULT/answer.json/x.xlsx"], "cannot be written"),
        (["report", "none", "--out", "r"], "none: no such folder"),
        (["report", "RESULT", "--out", "r", "--threshold", "jobs@2022<1"], "name it with --sweep"),
        (["report", "RESULT", "--out", "r", "--sweep", "none"], "none"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_written(
    capsys, result, tmp_path, monkeypatch, words, said
):
    monkeypatch.chdir(tmp_path)
    code, out, err = zonesim(capsys, *[word.replace("RESULT", str(result)) for word in words])
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_an_export_is_a_workbook_and_replaces_those_of_its_own_and_no_others(
    capsys, result, tmp_path
):
    path = tmp_path / "new" / "tables.xlsx"
    for _ in range(2):
        code, out, err = zonesim(capsys, "export", result, "--out", path)
        assert (code, err) == (0, "") and str(path) in out
        assert [entry.name for entry in path.parent.iterdir()] == ["tables.xlsx"]
    assert "headline" in openpyxl.load_workbook(path).sheetnames
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    code, out, err = zonesim(capsys, "export", result, "--out", path)
    assert (code, out) == (2, "") and "not a file that zonesim wrote" in err
    assert path.read_bytes() == before


def test_a_report_never_takes_the_place_of_the_result_it_reads(capsys, result):
    before = {path: path.read_bytes() for path in result.rglob("*") if path.is_file()}
    code, out, err = zonesim(capsys, "report", result, "--out", result / "tables" / "..")
    assert (code, out) == (2, "") and "expected another folder" in err
    assert before == {path: path.read_bytes() for path in result.rglob("*") if path.is_file()}


def test_a_missing_package_is_named_with_its_extra(capsys, result, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.sweeps.extras.find_spec", lambda name: None)
    code, _, err = zonesim(capsys, "report", result, "--xlsx", "--out", tmp_path / "r")
    assert code == 2 and "pip install 'zonesim[excel]'" in err
    assert zonesim(capsys, "report", result, "--out", tmp_path / "r")[0] == 0  # pages need none
