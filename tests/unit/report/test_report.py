"""What a report says is what its tables hold, in both languages, and no more than that."""

import re
from dataclasses import replace

import numpy as np
import pytest

from experiments import run
from experiments.outcomes import HEADLINES
from experiments.report.content import Bullets, Number, Picture, Table
from experiments.report.sections import report_of
from experiments.report.sentences import answer_sentences, clause
from experiments.texts import LANGUAGES
from tests.unit.report.results import EN, VI, answer, report

ORDER = [
    "changes",
    "outcomes",
    "paths",
    "land",
    "zones",
    "investors",
    "money",
    "districts",
    "people",
    "limits",
    "provenance",
]  # the tiny province has no outline, so no map


def numbers_in(sentence, *, decimal=".", group=","):
    """Return the numbers of a sentence with their decimals, as they are written."""
    found = re.findall(r"[+-]?\d[\d.,]*\d|[+-]?\d", sentence)
    plain = [text.replace(group, "").replace(decimal, ".") for text in found]
    return [(float(text), len(text.partition(".")[2])) for text in plain]


def differences():
    table = answer().differences
    return table[table["year"] == table["year"].max()].set_index("outcome")


def expected(key):
    """Return what a clause may say of an outcome: its size and its interval."""
    row = differences().loc[key]
    scale = 100.0 if row["unit"] == "share" else 1.0
    size = [] if row["verdict"] == "unclear" else [abs(row["difference"])]
    return [scale * value for value in (*size, row["lo"], row["hi"])]


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        (0, ("occupancy", "leased_ha")),
        (1, ("revenue_year_bn_vnd", "public_cost_cum_bn_vnd", "net_cum_bn_vnd")),
    ],
)
@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_every_number_of_the_answer_is_in_the_table(texts, sentence, keys):
    marks = {"decimal": ",", "group": "."} if texts.language == "vi" else {}
    said = numbers_in(answer_sentences(answer(), texts)[sentence], **marks)
    known = [value for key in keys for value in expected(key)]
    frame = {95.0, 12.0, float(answer().setting.report_years[-1])}  # level, replicates, year
    said = [(value, digits) for value, digits in said if value not in frame or digits]
    assert len(said) == len(known)
    for (value, digits), true in zip(said, known, strict=True):
        assert value == pytest.approx(true, abs=0.5 * 10.0**-digits + 1e-9)


def test_the_counts_of_the_answer_are_those_of_the_table():
    verdicts = differences().loc[[o.key for o in HEADLINES], "verdict"]
    sentence = answer_sentences(answer(), EN)[2]
    for verdict in ("better", "worse"):
        assert f"{(verdicts == verdict).sum()} {verdict}" in sentence.replace(" are", "")
    assert f"{verdicts.isin(['unclear', 'few', 'undefined']).sum()} cannot be told" in sentence


@pytest.mark.parametrize("verdict", ["unclear", "few", "undefined", "same"])
@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_no_direction_is_claimed_that_the_interval_does_not_carry(texts, verdict):
    row = dict(outcome="leased_ha", verdict=verdict, difference=4.2, lo=-1.0, hi=9.4, n=30)
    row["method"] = "t"
    said = clause(row, texts)
    for word in ("higher", "lower", "larger", "smaller", "nhiều hơn", "ít hơn", "4.2", "4,2"):
        assert word not in said


@pytest.mark.parametrize("texts", [EN, VI], ids=LANGUAGES)
def test_an_interval_without_zero_that_fails_among_all_tests_says_so(texts):
    row = dict(outcome="leased_ha", verdict="unclear", difference=4.2, lo=0.5, hi=7.9, n=30)
    row["method"] = "t"
    word = {"en": "may be chance", "vi": "có thể là ngẫu nhiên"}[texts.language]
    assert word in clause(row, texts)
    assert word not in clause({**row, "lo": -0.5}, texts)


def test_a_clear_loss_is_called_one():
    row = dict(outcome="leased_ha", verdict="worse", difference=-4.2, lo=-6.0, hi=-2.4, n=30)
    row["method"] = "t"
    assert clause(row, EN) == "leased land is 4.2 ha smaller (95 % -6.0 to -2.4)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sections_stand_in_their_order(language):
    assert [section.key for section in report(language).sections] == ORDER


def test_both_languages_have_the_same_numbers_in_the_same_places():
    for english, vietnamese in zip(report("en").tables(), report("vi").tables(), strict=True):
        for one, other in zip(english.rows, vietnamese.rows, strict=True):
            ours, theirs = (
                [cell if isinstance(cell, Number) else None for cell in row] for row in (one, other)
            )
            assert str(ours) == str(theirs)  # as texts, since NaN is not itself


def words(found):
    for section in found.sections:
        yield section.title
        for part in section.parts:
            if isinstance(part, str):
                yield part
            if isinstance(part, Table):
                yield part.caption
                yield from (column.text for column in part.columns)


def test_every_text_is_there_in_both_languages():
    ours, theirs = (list(words(report(language))) for language in LANGUAGES)
    assert len(ours) == len(theirs)
    same = {a for a, b in zip(ours, theirs, strict=True) if a == b}
    years = {str(year) for year in answer().setting.years}
    assert same <= years
    assert not [text for text in (*ours, *theirs) if "{" in text or not text.strip()]


def parts_of(found, kind, key=None):
    sections = [section for section in found.sections if key in (None, section.key)]
    return [part for section in sections for part in section.parts if isinstance(part, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_and_figures_call_scenarios_by_their_labels(language):
    base, plan = (f"\u201c{label}\u201d" for label in answer().setting.labels(language).values())
    (unclear,) = parts_of(report(language), Bullets, "outcomes")
    assert unclear.lines
    assert all(line.startswith(f"{plan}: ") for line in unclear.lines)
    pictures = parts_of(report(language), Picture)
    assert len(pictures) > 4
    assert all(f"{base}, {plan}." in picture.alternative for picture in pictures)


@pytest.mark.parametrize(
    ("texts", "spread"), [(EN, "median|90"), (VI, "trung vị|90")], ids=LANGUAGES
)
def test_one_replicate_is_told_without_median_and_bands(texts, spread):
    def told(found):
        captions = (picture.shows for picture in parts_of(found, Picture, "paths"))
        return [*captions, *found.answer[:2]]

    alone, several = (run("baseline", province="tiny", replicates=n) for n in (1, 2))
    assert not [text for text in told(report_of(alone, texts)) if re.search(spread, text)]
    assert all(re.search(spread, text) for text in told(report_of(several, texts)))


def test_what_to_type_for_a_scenario_stands_beside_its_label():
    setting = answer().setting._replace(labels_en=("Alike",) * 2, descriptions_en=("", "New."))
    found = report_of(replace(answer(), setting=setting), EN)
    assert parts_of(found, Bullets, "changes")[0].lines == (
        "Alike (baseline)",
        "Alike (plan): New.",
    )


def test_tables_of_zones_add_up_to_the_province():
    table = answer().zone_differences
    for measure, outcome in (
        ("leased_ha", "leased_ha"),
        ("serviced_ha", "serviced_ha"),
        ("revenue_bn_vnd", "revenue_year_bn_vnd"),
    ):
        whole = table[table["measure"] == measure]["difference"].sum()
        assert whole == pytest.approx(differences().loc[outcome, "difference"], abs=1e-6)


def test_fates_of_sectors_add_up_to_the_outcomes_of_the_province():
    fates, levels = answer().fates, answer().levels
    last = levels[levels["year"] == levels["year"].max()]
    means = last.set_index(["scenario", "outcome"])["mean"]
    gone = [column for column in fates if column.startswith("gone_")]
    for scenario, rows in fates.groupby("scenario"):
        assert rows["came"].sum() == pytest.approx(means[scenario, "candidates_cum"])
        for column in gone:
            assert rows[column].sum() == pytest.approx(means[scenario, f"{column}_cum"])
        total = rows[["holds_land", "undecided", *gone]].sum(axis=1)
        assert np.allclose(total, rows["came"])
