"""`zonesim explain` from end to end: both languages, JSON, columns that add up, mistakes."""

import json
import re

import pytest

from tests.e2e.call import zonesim

TINY = ["--province", "tiny"]
FAST = [*TINY, "--replicates", "5"]
QUESTIONS = {
    "investor": ["investor", "plan", "machines-domestic/0", *TINY],
    "zone": ["zone", "plan", "north-park", *FAST],
    "difference": ["difference", "baseline", "plan", *FAST],
}
NUMBER = re.compile(r"[+-]?[\d,]+\.?\d*")


@pytest.fixture
def someone(capsys):
    """Return the id of an investor that came."""
    said = zonesim(capsys, "explain", "investor", "plan", "machines-domestic/999999", *TINY)[2]
    number = re.search(r"Numbers that came: (\d+)", said)[1]
    return f"machines-domestic/{number}"


def asked(question, someone):
    return [someone if word == "machines-domestic/0" else word for word in QUESTIONS[question]]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_question_is_answered_in_either_language(capsys, someone, question, language):
    words = ["explain", *asked(question, someone), "--lang", language, "--quiet"]
    code, out, err = zonesim(capsys, *words)
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if len(line) > 80] == []
    heard = {"investor": "Its looks", "zone": "What binds", "difference": "By zone"}
    assert (heard[question] in out) == (language == "en")


@pytest.mark.parametrize("question", QUESTIONS)
def test_only_an_investor_takes_compiling_of_its_own(capsys, someone, monkeypatch, question):
    warm = {"runs"}
    watch = "experiments.commands.watch."
    monkeypatch.setattr(watch + "is_cache_warm", lambda work="runs": work in warm)
    monkeypatch.setattr(watch + "mark_cache_warm", warm.add)
    for first in (True, False):
        err = zonesim(capsys, "explain", *asked(question, someone))[2]
        assert ("Compiling" in err) == (first and question == "investor")


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_is_all_there_is_and_the_same_whatever_the_threads(capsys, someone, question):
    words = ["explain", *asked(question, someone), "--json"]
    found = []
    for threads in ("1", "3"):
        more = [] if question == "investor" else ["--threads", threads]
        code, out, err = zonesim(capsys, *words, *more)
        assert (code, err) == (0, "")
        found.append(out)
    assert found[0] == found[1]
    assert json.loads(found[0])


def section_of(text, start):
    """Return the table under the heading that begins so."""
    lines = text.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith(start))
    body = lines[first + 3 :]
    return body[: body.index("")] if "" in body else body


def test_shown_columns_add_up_exactly(capsys):
    _, out, _ = zonesim(capsys, "explain", *QUESTIONS["difference"], "--quiet")
    total = NUMBER.search(out.split("Leased land: ")[1])[0]
    for heading, column in (("Leased land by investor", 2), ("By zone", 0), ("By year", 0)):
        rows = [re.split(r"\s{2,}", line.strip())[1:] for line in section_of(out, heading)]
        numbers = [float(row[column].replace(",", "")) for row in rows]
        assert round(sum(numbers[:-1]), 1) == numbers[-1]
        assert numbers[-1] == float(total)


def test_zones_and_reasons_of_the_json_make_the_total(capsys):
    found = json.loads(zonesim(capsys, "explain", *QUESTIONS["difference"], "--json")[1])
    for table, key in (("zones", "leased"), ("reasons", "net"), ("months", "leased")):
        parts = sum(row[key]["mean"] for row in found[table])
        assert parts == pytest.approx(found["leased"]["mean"], abs=1e-8)


def test_a_flip_can_be_pasted_into_a_scenario_and_run(capsys, someone, tmp_path):
    words = ["explain", "investor", "plan", someone, *TINY, "--json"]
    found = json.loads(zonesim(capsys, *words)[1])
    turned = [flip for flip in found["flips"] if flip["outcome"]]
    assert turned
    labels = '[label]\nen = "A"\nvi = "B"\n'
    path = tmp_path / "turned.toml"
    path.write_text(f'extends = "plan"\n{labels}[levers]\n{turned[0]["settings"]}\n')
    assert zonesim(capsys, "check", path, *TINY)[0] == 0
    words = ["explain", "investor", path, someone, *TINY, "--json", "--lever", "rework"]
    code, out, err = zonesim(capsys, *words)
    if turned[0]["outcome"]["what"] == "absent":
        assert (code, "did not come" in err) == (2, True)
        return
    again = json.loads(out)["candidate"]
    gone = again["reason"] if again["stage"] == "gone" else None
    what, which = turned[0]["outcome"]["what"], turned[0]["outcome"]["which"]
    last = json.loads(out)["looks"][-1]
    assert which in {"zone": {last["best_feasible"]}, "gone": {gone}}.get(what, {again["stage"]})


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("explain", "WHAT"),
        ("explain zoen plan north-park", "Did you mean 'zone'?"),
        ("explain zone plan north-prak", "Did you mean 'north-park'?"),
        ("explain zone plna north-park", "Did you mean 'plan'?"),
        ("explain zone plan north-park --year 1999", "2021 to 2022"),
        ("explain zone plan north-park --lever one_stpo", "Did you mean 'one_stop'?"),
        ("explain zone plan north-park --replicates 1", "--replicates = 1"),
        ("explain zone plan north-park --threads 0 --seed -1", "2 problems"),
        ("explain investor plan 99999", "expected"),
        ("explain investor plan 0", "tenant at the start"),
        ("explain investor plan machine-domestic/3", "Did you mean 'machines-domestic'?"),
        ("explain investor plan machines-domestic/3 --lever one_stop", "has no step to add"),
        ("explain investor plan 20 --replicate -1", "--replicate = -1"),
        ("explain difference baseline plam", "Did you mean 'plan'?"),
        ("explain difference plan plan", "named twice"),
        ("explain difference baseline plan --year 2031", "2021 to 2022"),
    ],
)
def test_a_mistake_is_explained(capsys, words, expected):
    command = words.split()
    more = TINY if len(command) > 2 else []
    code, out, err = zonesim(capsys, *command, *more)
    assert (code, out) == (2, "")
    assert expected in err
    assert "Traceback" not in err
