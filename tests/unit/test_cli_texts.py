"""Both languages say the same things, and write numbers in their own way."""

import re
import string
from itertools import pairwise

import pytest

from experiments.constraint import CONSTRAINTS
from experiments.grid import WIDTH, grid
from experiments.outcomes import BY_KEY, OUTCOMES
from experiments.texts import LANGUAGES, load_texts
from sim.scenario_levers import LEVERS
from sim.schema import codes
from sim.world import describe_parameters, load_world, world_path

EN, VI = (load_texts(language) for language in LANGUAGES)
ENTRIES = [(section, key) for section, keys in EN.sections.items() for key in keys]
# English sentences about levers are the model's own: sim/scenario_reference.py and Lever.expected;
# units are those of the data
SAID_BY_THE_MODEL = {"lever_does", "lever_shape", "data_unit"}


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys():
    vietnamese = [(section, key) for section, keys in VI.sections.items() for key in keys]
    assert set(ENTRIES) == {entry for entry in vietnamese if entry[0] not in SAID_BY_THE_MODEL}


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_no_text_is_empty(texts):
    assert not [entry for entry in ENTRIES if not texts.get(*entry).strip()]


def test_both_languages_have_the_same_placeholders():
    differing = [e for e in ENTRIES if placeholders(EN.get(*e)) != placeholders(VI.get(*e))]
    assert not differing


def test_vietnamese_texts_are_not_left_in_english():
    words = [e for e in ENTRIES if e[0] != "sentence"]
    same = {VI.get(*entry) for entry in words if EN.get(*entry) == VI.get(*entry)}
    frames = {"n = {replicates}", "{points}, {scenarios}, {replicates}."}
    frames |= {"{outcome}: {median} {unit}"}
    assert same <= frames | {"%", "ha", "đồng/đồng", "0-1", "t", "bootstrap-t", "50 %", "90 %"}


def test_vietnamese_says_one_thing_in_one_way():
    # tiền công is wages, and chi công may be; the others name what has another name here
    shunned = r"""tiền\ công|(chi|vốn)\ công\b|tiếc\ nuối|(yếu\ tố|điều)\ cản\ trở\ từng|ràng\ buộc
        |kịch\ bản\ (gốc|nền)|dấu\ vết|may\ rủi|cơ\ duyên|vận\ may|chưa\ thể\ nói
        |nhà\ máy\ nước\ thải|công\ suất\ nước\ thải|chứng\ nhận\ đầu\ tư"""
    said = {e: VI.get(*e) for e in ENTRIES} | VI.sections["lever_does"]
    found = re.compile(shunned, re.IGNORECASE | re.VERBOSE)
    assert not [(entry, text) for entry, text in said.items() if found.search(text)]


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_every_code_has_a_name(texts):
    assert set(texts.sections["constraint"]) == set(CONSTRAINTS)
    assert set(texts.sections["stage"]) == set(codes.STAGES)
    assert set(texts.sections["reason"]) == set(codes.REASONS)
    assert set(texts.sections["operator"]) == set(codes.OPERATORS)
    assert set(texts.sections["kind"]) == set(codes.KINDS)
    assert set(texts.sections["outcome"]) == set(BY_KEY)
    assert {outcome.group for outcome in OUTCOMES} <= set(texts.sections["group"])


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_a_label_with_its_unit_leaves_room_for_numbers(texts):
    labels = {f"{texts.outcome(o.key, alone=True)} [{texts.unit(o.unit)}]" for o in OUTCOMES}
    assert not [label for label in labels if len(label) > 44]


def test_every_unit_of_a_parameter_or_lever_has_a_vietnamese_name():
    found = describe_parameters(load_world(world_path("ninh_binh")), unsourced=False)
    units = {info.unit for info in found} | {lever.unit for lever in LEVERS.values()} - {""}
    assert units <= set(VI.sections["data_unit"])
    assert EN.data_unit("ha/year") == "ha/year"


def test_numbers_are_written_as_each_language_does():
    assert EN.number(12345.67, 1) == "12,345.7"
    assert VI.number(12345.67, 1) == "12.345,7"
    assert EN.number(0.4, 0, sign=True) == "0"
    assert EN.number(-0.04, 1, sign=True) == "0.0"
    assert VI.number(3.0, 0, sign=True) == "+3"
    assert EN.number(float("nan")) == "-"


def test_one_thing_is_not_spoken_of_as_several():
    assert EN.counted("paired", 1) == "1 paired replicate"
    assert [EN.counted("runs", n) for n in (0, 1, 1000)] == ["0 runs", "1 run", "1,000 runs"]
    assert [VI.counted("runs", n) for n in (1, 1000)] == ["1 lượt chạy", "1.000 lượt chạy"]


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_replicates_and_runs_are_counted_in_one_way(texts):
    assert texts.sections["one"].keys() == texts.sections["several"].keys()
    spoken = [
        text for name, keys in texts.sections.items() if name != "several" for text in keys.values()
    ]
    counts = r"{(n|\w+s)} (paired )?(replicate|run|pair|lần lặp|lượt|cặp)"
    assert not [text for text in spoken if re.search(counts, text)]


def test_a_share_is_never_rounded_to_certainty():
    assert EN.percent(0.997).startswith("99.7")
    assert VI.percent(0.002).startswith("0,2")
    assert EN.percent(1.0).startswith("100")


def test_a_table_too_wide_is_broken_in_its_texts_and_loses_nothing():
    name = "a name of many words " * 5 + "x" * 100
    _, first, *more = grid(["name", "value"], [[name, "123456789"]]).splitlines()
    assert all(len(line) <= WIDTH for line in (first, *more))
    assert all(line.startswith("  ") for line in more)
    said = [first.removesuffix("123456789"), *more]
    assert "".join("".join(said).split()) == name.replace(" ", "")


def test_heads_too_long_for_a_terminal_are_broken_and_lose_nothing():
    names = ["plan_175_without_money", "plan_175_without_" + "x" * 30, "một_kế_hoạch_khác"]
    label = "a label of " + "y" * 19
    *heads, row = grid(["", *names], [[label, "1.0", "-2.0", "3"]]).splitlines()
    assert row.split() == [*label.split(), "1.0", "-2.0", "3"]
    assert all(len(line) <= WIDTH for line in (*heads, row))
    ends = [len(label), *(row.index(cell) + len(cell) for cell in (" 1.0", "-2.0", " 3"))]
    columns = [slice(*pair) for pair in pairwise([0, *ends])]
    said = ["".join(line[column].strip() for line in heads) for column in columns]
    assert said == ["", *names]
