"""From a study through a sweep to what it says, on the tiny province, through the command line."""

import json

import pandas as pd
import pytest

from experiments.store import MARKER
from tests.e2e.call import zonesim
from tests.e2e.small_study import DESIGNS


@pytest.mark.parametrize("kind", list(DESIGNS))
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_design_is_recognised_and_told(capsys, sweeps, kind, language):
    code, out, err = zonesim(capsys, "analyse", sweeps / kind, "--lang", language)
    assert (code, err) == (0, "")
    assert {"en": "What matters in a small place?", "vi": "quan trọng"}[language] in out
    word = {"saltelli": "Sobol", "morris": "Morris", "lhs": {"en": "Regret", "vi": "hối tiếc"}}[
        kind
    ]
    assert (word if isinstance(word, str) else word[language]) in out
    assert not [line for line in out.splitlines() if len(line) > 80]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_whose_luck_is_told_is_not_cut(capsys, sweeps, language):
    out = zonesim(capsys, "analyse", sweeps / "lhs", "--lang", language)[1]
    assert "\nplan \u2212 baseline " in out


def test_json_is_the_same_every_time_and_holds_the_tables(capsys, sweeps):
    words = ("analyse", sweeps / "saltelli", "--json")
    first, second = (zonesim(capsys, *words)[1] for _ in range(2))
    assert first == second
    found = json.loads(first)
    assert (found["design"], found["points"], found["replicates"]) == ("saltelli", 32, 3)
    factors = {row["factor"] for row in found["tables"]["sobol"]}
    assert factors == {"candidates_per_year", "clearance_months", "luck"}


def test_luck_is_the_variance_between_replicates_at_a_point(capsys, sweeps):
    found = json.loads(zonesim(capsys, "analyse", sweeps / "lhs", "--json")[1])
    row = next(
        row
        for row in found["tables"]["noise"]
        if (row["outcome"], row["scenario"]) == ("occupancy", "plan") and not row["against"]
    )
    paths = sorted((sweeps / "lhs" / "runs").glob("*.parquet"))
    runs = pd.concat([pd.read_parquet(path) for path in paths])
    own = runs[runs["scenario"] == "plan"]
    within = own.groupby("point")["occupancy_2022"].var(ddof=1).mean()
    assert row["luck_share"] * row["sd_run"] ** 2 == pytest.approx(within)


def test_results_are_written_with_a_csv_beside_each_figure(capsys, sweeps, tmp_path):
    words = ("analyse", sweeps / "lhs", "--threshold", "occupancy@2022<70%", "--out")
    code, out, _ = zonesim(capsys, *words, tmp_path / "out")
    assert code == 0
    assert str(tmp_path / "out") in out
    figures = {path.stem for path in (tmp_path / "out" / "figures").glob("*.png")}
    assert figures == {path.stem for path in (tmp_path / "out" / "figures").glob("*.csv")}
    assert "regret-occupancy-2022" in figures
    assert {"boxes", "noise", "regret", "futures"} <= {
        path.stem for path in (tmp_path / "out" / "tables").glob("*.csv")
    }
    assert (tmp_path / "out" / MARKER).is_file()
    assert (tmp_path / "out" / "analysis.txt").read_text("utf-8") in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["{sweeps}/nothing"], "nothing"),
        (["{sweeps}/lhs", "--outcome", "occupansy"], "Did you mean 'occupancy'?"),
        (["{sweeps}/lhs", "--outcome", "jobs"], "no outcome 'jobs' in this result"),
        (["{sweeps}/lhs", "--threshold", "occupancy"], "OUTCOME@YEAR<NUMBER"),
        (["{sweeps}/lhs", "--outcome", "x"], "The choice of questions has 1 problem:"),
        (["{sweeps}/lhs", "--threshold", "occupancy<x"], "a share such as 80% or 0.8"),
        (["{sweeps}/lhs", "--threshold", "occupancy<80"], "Did you mean 80%?"),
        (["{sweeps}/lhs", "--threshold", "occupancy<180%"], "occupancy = 180%: expected a share"),
        (["{sweeps}/morris", "--threshold", "occupancy<70%"], "possible futures"),
        (["{sweeps}/lhs", "--out", "{sweeps}"], "not results of zonesim"),
    ],
)
def test_a_mistake_is_explained_and_nothing_written(capsys, sweeps, words, expected):
    before = sorted(path.name for path in sweeps.rglob("*"))
    code, out, err = zonesim(capsys, "analyse", *(word.format(sweeps=sweeps) for word in words))
    assert (code, out) == (2, "")
    assert expected in err
    assert "Traceback" not in err
    assert sorted(path.name for path in sweeps.rglob("*")) == before


def test_a_comparison_stops_when_it_is_precise_enough(capsys):
    words = ("compare", "baseline", "plan", "--province", "tiny", "--json")
    precise = json.loads(zonesim(capsys, *words, "--precision", "jobs@2022=400")[1])
    assert precise["precision"]["reached"]
    fixed = json.loads(zonesim(capsys, *words, "--replicates", precise["setting"]["replicates"])[1])
    assert fixed["precision"] is None
    assert {**precise, "precision": None} == fixed


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--precision", "jobs@2022=400", "--replicates", "50"], "expected one of them"),
        (["--at-most", "50"], "which is missing"),
        (["--precision", "jobs@2022=nan"], "half-width of jobs = nan: expected a number above 0"),
        (["--precision", "occupancy=3"], "half-width of occupancy = 3: expected a share above 0"),
        (["--precision", "occupancy=3"], "Did you mean 3pp?"),
        (["--precision", "Jobs=3"], "Did you mean 'jobs'?"),
        (["--precision", "jobs@2022=5pp"], "half-width of jobs = 5pp: expected a number of"),
        (["--precision", "jobs@2099=5"], "year of jobs = 2099: expected a year from 2021 to"),
        (["--precision", "jbos@2022=400"], "Did you mean 'jobs'?"),
        (["--precision", "jobs=1", "--at-most", "1"], "at_most = 1"),
    ],
)
def test_a_mistaken_precision_is_explained(capsys, words, expected):
    code, out, err = zonesim(capsys, "compare", "baseline", "plan", "--province", "tiny", *words)
    assert (code, out) == (2, "")
    assert expected in err
