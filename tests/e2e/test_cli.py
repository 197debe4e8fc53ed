"""The command line from end to end, on the tiny province."""

import json
import re
from itertools import pairwise

import pandas as pd
import pytest

from experiments.document import TABLES
from experiments.store import MARKER
from sim.errors import AuditError
from tests.e2e.call import without_figures, zonesim

FAST = ("--province", "tiny", "--replicates", "4")


@pytest.mark.parametrize("verb", [["run", "baseline"], ["compare", "baseline", "plan", "ban"]])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_answer_is_printed_in_either_language(capsys, verb, language):
    code, out, err = zonesim(capsys, *verb, *FAST, "--lang", language)
    assert code == 0
    assert {"en": "How to read this", "vi": "Cách đọc"}[language] in out
    assert {"en": "runs", "vi": "lượt chạy"}[language] in err


@pytest.mark.parametrize("verb", [["run", "baseline"], ["compare", "baseline", "plan"]])
def test_a_single_replicate_is_not_several(capsys, tmp_path, verb):
    single = ("--province", "tiny", "--replicates", "1", "--out", tmp_path / "out")
    with without_figures():
        _, out, err = zonesim(capsys, *verb, *single)
    assert re.search(r", 1 (paired )?replicate, seed 1$", out, flags=re.MULTILINE)
    assert "1 of 1 run\n" in err or len(verb) > 2
    assert not re.search(r"\b1 (\w+ )?(replicates|runs)\b", out + err)
    words = ("report", tmp_path / "out", "--lang", "both", "--out", tmp_path / "pages")
    assert zonesim(capsys, *words)[0] == 0
    for language in ("en", "vi"):
        page = tmp_path / "pages" / f"report.{language}.html"
        assert not re.search(r"\b1 (\w+ )?(replicates|runs)\b", page.read_text("utf-8"))


@pytest.mark.parametrize("warm", [True, False])
def test_only_a_minute_of_compiling_is_announced(capsys, monkeypatch, warm):
    monkeypatch.setattr("experiments.commands.watch.is_cache_warm", lambda *_: warm)
    _, _, err = zonesim(capsys, "run", "baseline", *FAST)
    assert err.startswith("Compiling the model; this takes about a minute") == (not warm)


def test_quiet_shows_no_progress(capsys):
    code, out, err = zonesim(capsys, "run", "baseline", *FAST, "--quiet")
    assert (code, err) == (0, "")
    assert out


def test_results_are_written_with_a_csv_beside_each_figure(capsys, tmp_path):
    out_folder = tmp_path / "out"
    words = ("compare", "baseline", "plan", *FAST, "--out", out_folder, "--lang", "vi")
    code, out, _ = zonesim(capsys, *words)
    assert code == 0
    assert str(out_folder) in out
    figures = {path.stem for path in (out_folder / "figures").glob("*.png")}
    assert figures == {path.stem for path in (out_folder / "figures").glob("*.csv")}
    assert figures == {"occupancy", "land", "revenue", "zones", "differences", "constraints"}
    assert {path.stem for path in (out_folder / "tables").glob("*.csv")} == {*TABLES, "one_run"}
    assert (out_folder / "summary.txt").read_text("utf-8") in out
    assert (out_folder / MARKER).is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_written_tables_are_those_of_the_json(capsys, tmp_path):
    words = ("compare", "baseline", "plan", *FAST, "--out", tmp_path / "out", "--json")
    with without_figures():
        _, out, _ = zonesim(capsys, *words)
    assert (tmp_path / "out" / "answer.json").read_text("utf-8") == out
    table = pd.read_csv(tmp_path / "out" / "tables" / "differences.csv")
    rows = json.loads(out)["differences"]
    assert table["difference"].tolist() == pytest.approx([row["difference"] for row in rows])


def test_json_holds_the_question_and_the_answer(capsys):
    code, out, err = zonesim(capsys, "compare", "baseline", "ban", *FAST, "--json", "--seed", "7")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["setting"]["scenarios"] == ["baseline", "ban"]
    assert (found["setting"]["seed"], found["setting"]["replicates"]) == (7, 4)
    assert len(found["setting"]["model"]) == len(found["setting"]["data"]) == 16
    assert {row["lever"] for row in found["levers"]} == {"banned_sectors"}
    assert set(TABLES) <= set(found)


def test_json_is_the_same_to_the_byte_whatever_the_threads(capsys):
    words = ("compare", "baseline", "plan", *FAST, "--json", "--threads")
    first, second = (zonesim(capsys, *words, threads)[1] for threads in (1, 3))
    assert first == second


def test_written_results_are_the_same_to_the_byte(capsys, tmp_path):
    for name in ("a", "b"):
        _, out, _ = zonesim(capsys, "run", "plan", *FAST, "--out", tmp_path / name)
        assert (tmp_path / name / "summary.txt").read_text("utf-8") in out
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*")]
    assert all(
        (tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files
    )


def test_a_scenario_of_ones_own_is_run_by_its_path(capsys, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "baseline"\n[label]\nen = "Mine"\nvi = "Tôi"\n', encoding="utf-8")
    code, out, _ = zonesim(capsys, "compare", "baseline", path, *FAST, "--json")
    assert code == 0
    assert {row["verdict"] for row in json.loads(out)["differences"]} <= {"same", "undefined"}


def test_scenarios_that_begin_alike_are_told_apart(capsys, tmp_path):
    names = [f"a_plan_with_a_long_beginning_and_{end}" for end in ("money", "staff")]
    for name in names:
        (tmp_path / f"{name}.toml").write_text('[label]\nen = "A"\nvi = "B"\n', encoding="utf-8")
    paths = [tmp_path / f"{name}.toml" for name in names]
    code, out, _ = zonesim(capsys, "compare", "baseline", *paths, *FAST)
    assert code == 0
    (means,) = [part for part in out.split("\n\n") if part.startswith("Means of all scenarios")]
    lines = means.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("Occupancy"))
    base, *ends = [cell.end() for cell in re.finditer(r"\S+", lines[first])][-3:]
    columns = [slice(*pair) for pair in pairwise([base, *ends])]
    assert ["".join(line[part].strip() for line in lines[2:first]) for part in columns] == names
    assert max(map(len, lines)) <= 80


def test_one_replicate_gives_no_verdict(capsys):
    code, out, _ = zonesim(capsys, "compare", "baseline", "plan", "--province", "tiny",
                           "--replicates", "1")  # fmt: skip
    assert code == 0
    assert "One replicate says nothing about precision" in out


@pytest.mark.parametrize(
    ("language", "said"), [("en", "One replicate has no band"), ("vi", "Một lần lặp không có dải")]
)
def test_one_run_says_that_it_has_no_band(capsys, language, said):
    words = ("run", "plan", "--province", "tiny", "--lang", language, "--replicates")
    assert said in zonesim(capsys, *words, "1")[1]
    assert said not in zonesim(capsys, *words, "2")[1]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["zones"], "serviced_ha_start"),
        (["zones", "old-cluster"], "A: invented"),
        (["params"], "discount_rate"),
        (["params", "--unsourced"], "discount_rate"),
        (["check", "plan", "ban"], "2"),
        (["diff", "baseline", "ban"], "banned_sectors clothing: no -> yes"),
        (["diff", "baseline", "baseline"], ""),
        (["scenarios"], "funding_x2"),
        (["levers"], "wastewater_funding"),
    ],
)
def test_what_is_known_can_be_listed(capsys, words, expected, language):
    code, out, err = zonesim(capsys, *words, "--province", "tiny", "--lang", language)
    assert (code, err) == (0, "")
    assert expected in out


@pytest.mark.parametrize("verb", ["zones", "params", "scenarios", "levers"])
def test_lists_are_there_as_json(capsys, verb):
    code, out, _ = zonesim(capsys, verb, "--province", "tiny", "--json")
    assert code == 0
    assert json.loads(out)


def test_the_schema_is_json_schema(capsys):
    assert json.loads(zonesim(capsys, "schema")[1])["$schema"].startswith("https://json-schema.org")


def test_the_version_names_the_model(capsys):
    code, out, _ = zonesim(capsys, "--version")
    assert code == 0
    assert "model" in out


def test_a_broken_law_exits_with_1_and_its_text(capsys, monkeypatch, tmp_path):
    def broken(*_):
        raise AuditError("Run of 'baseline': broken law.")

    monkeypatch.setattr("experiments.commands.runs.answer", broken)
    code, out, err = zonesim(capsys, "run", "baseline", *FAST, "--out", tmp_path / "out")
    assert (code, out, err) == (1, "", "Run of 'baseline': broken law.\n")
    assert not list(tmp_path.iterdir())
