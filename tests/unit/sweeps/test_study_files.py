"""Study files: what is read from them, and that everything wrong is told before anything runs."""

import json
import math
from pathlib import Path

import pytest

from experiments.study import Prior, study_content, study_from
from experiments.sweeps.study_files import (
    STUDIES,
    Changes,
    is_study,
    list_studies,
    load_study,
)
from experiments.sweeps.study_shape import json_schema_text
from sim.errors import StudyError, WorldError
from tests.unit.sweeps.conftest import STUDY, TEXTS

HEAD = 'province = "tiny"\nscenarios = ["baseline"]\nreplicates = 2\n'


def problems(write, text):
    with pytest.raises(StudyError) as caught:
        load_study(write(text))
    return [problem.text() for problem in caught.value.problems]


def test_a_study_is_what_its_file_says(write):
    study = load_study(write(STUDY)).study
    assert (study.id, study.province, study.names) == ("small", "tiny", ("baseline", "plan"))
    assert (study.replicates, study.seed, study.design.kind) == (3, 1, "grid")
    quality, funding = study.factors
    assert (quality.lever, quality.kind, quality.unit) == (False, "real", "utility")
    assert quality.default == 1.6  # the province's value
    assert (funding.lever, funding.unit, funding.from_month) == (True, "bn VND/year", 3)
    assert math.isnan(funding.default)
    assert math.isnan(funding.numbers[0])  # as in the scenario


def test_a_behaviour_without_a_range_takes_range_and_prior_of_the_province(write):
    design = '[design]\nkind = "lhs"\npoints = 4\n[factors]\nbeta_quality = {}\n'
    (quality,) = load_study(write(HEAD + TEXTS + design)).study.factors
    assert (quality.low, quality.high) == (0.6, 2.6)
    assert quality.prior == Prior("Normal", (1.6, 0.5))


def test_all_behaviours_are_those_that_are_not_fixed(write):
    design = '[design]\nkind = "morris"\ntrajectories = 2\n'
    loaded = load_study(write(f'{HEAD}behaviours = "all"\n{TEXTS}{design}'))
    free = [info.key for info in loaded.province.world.parameters if info.low < info.high]
    assert [factor.name for factor in loaded.study.factors] == free


def test_the_command_line_overrules_the_file(write):
    study = load_study(write(STUDY), Changes(replicates=7, seed=5)).study
    assert (study.replicates, study.seed) == (7, 5)


@pytest.mark.parametrize("path", list_studies(), ids=lambda path: path.stem)
def test_a_shipped_study_is_sound_and_survives_its_manifest(path):
    study = load_study(path).study
    content = study_content(study)
    again = study_from(json.loads(json.dumps(content, allow_nan=False)))
    assert study_content(again) == content
    assert study.label_vi != study.label_en


def test_the_schema_file_is_in_step():
    assert (STUDIES / "study.schema.json").read_text(encoding="utf-8") == json_schema_text()


def test_everything_wrong_with_a_file_is_told_at_once(write):
    text = """
province = "tiny"
scenarios = ["baselin", "plan", "plan"]
replicates = 0
outcomes = ["ocupancy"]
years = [2040]
keep = ["zone"]
[label]
en = "x"
[question]
en = "x"
vi = "x"
[factors.beta_qualty]
[factors.demand_growth]
range = [0.1, -0.01]
from = "2021-02"
[factors.rework]
range = [0.5, 9]
from = "2021/2"
scenario = "plam"
[factors.allocation]
values = ["even", "by-deman"]
[factors.block_gross_ha]
[factors.beta_time]
prior = "Normal(1)"
[factors.beta_price]
rnge = [0.5, 1.0]
[factors.beta_port]
range = [0.1]
[[correlations]]
between = ["demand_growth", "x"]
rank = 1.5
[design]
kind = "sobol"
points = 100
"""
    expected = [
        "label.vi: missing. Add vi: text in quotes, not blank.",
        "factors.beta_price.rnge: unknown key. Did you mean 'range'?",
        "factors.beta_port.range = [0.1]: expected two numbers such as [0.5, 2.0].",
        "correlations[0].rank = 1.5: expected a number between -1 and 1.",
        "replicates = 0: expected a whole number from 1 to 10000000.",
        "scenarios[0]: no scenario 'baselin'. Did you mean 'baseline'?",
        "scenarios[2]: 'plan' a second time.",
        "factors.beta_qualty: no behaviour and no lever. Did you mean 'beta_quality'?",
        "factors.demand_growth.range = [0.1, -0.01]: expected two rising numbers within -0.02 to "
        "0.1 [1/year].",
        "factors.demand_growth.from: a behaviour holds for the whole run. Leave it out.",
        "factors.rework.range = [0.5, 9.0]: expected two rising numbers within 0 to 3 [1].",
        "factors.rework.from = '2021/2': expected a month from 2021-01 to 2022-12. Did you mean "
        "'2021-02'?",
        "factors.rework.scenario = 'plam': expected a scenario of the study. Did you mean 'plan'?",
        "factors.allocation.values[1] = 'by-deman': expected one of 'even', 'nearest-to-finish', "
        "'by-demand', 'priority-list'. Did you mean 'by-demand'?",
        "factors.block_gross_ha: fixed at 10 in parameters.csv. Leave it out, or give it a range "
        "there.",
        "factors.beta_time.prior = 'Normal(1)': expected Uniform, Triangular(mode), Normal(mean, "
        "sd), TruncNormal(mean, sd), LogNormal(median, sigma) or Beta(a, b).",
        "design.points = 100: expected a power of two. Use 64 or 128.",
        "outcomes[0] = 'ocupancy': expected a known name. Did you mean 'occupancy'?",
        "years[0] = 2040: expected a year from 2021 to 2022.",
        "keep[0] = 'zone': expected a known name. Did you mean 'zones'?",
    ]
    assert sorted(problems(write, text)) == sorted(expected)


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_a_blank_label_is_refused(write, blank):
    text = f'{HEAD}[label]\nen = "x"\nvi = "{blank}"\n[question]\nen = "{blank}"\nvi = "x"\n'
    expected = f" = {blank!r}: expected text in quotes, not blank."
    assert problems(write, text) == [f"label.vi{expected}", f"question.en{expected}"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "beta_quality = {}",
            "factors.beta_quality.values: missing. List them, or give levels: "
            "so many steps over the range.",
        ),
        ("rework = {}", "factors.rework: no range and no values. The lever allows 0 to 3 [1]."),
        ("allocation = {}", "factors.allocation.values: missing. List the values to try."),
        ("rework = { values = [1, 1] }", "factors.rework.values[1]: 1 a second time."),
        (
            "rework = { values = [4] }",
            "factors.rework.values[0] = 4: expected a number from 0 to 3.",
        ),
        ("one_stop = { values = [1] }", "factors.one_stop.values[0] = 1: expected true or false."),
        (
            'zone_priorities = { values = [["new-prk"]] }',
            "factors.zone_priorities.values[0] = "
            "'new-prk': expected a zone of the province. Did you mean 'new-park'?",
        ),
        (
            "rework = { values = [1], range = [0, 2] }",
            "factors.rework.range: given beside values. Give one of them.",
        ),
        (
            'promotion = { values = [1] }\n"promotion.foreign" = { values = [2] }',
            "factors.promotion.foreign: sets the same lever as 'promotion'. Leave one of them out.",
        ),
        (
            'rework = { kind = "boolean", values = [1] }',
            "factors.rework.kind = 'boolean': expected 'real' or 'integer'.",
        ),
    ],
)
def test_a_faulty_factor_is_told_with_its_fix(write, said, expected):
    assert problems(write, f"{HEAD}{TEXTS}\n[factors]\n{said}\n") == [expected]


@pytest.mark.parametrize(
    ("design", "expected"),
    [
        ('kind = "lhs"', "design.points: missing. Add points."),
        (
            'kind = "morris"\npoints = 4',
            "design.points: not part of a morris design. Leave it out.",
        ),
        (
            'kind = "morris"\ntrajectories = 4\nlevels = 5',
            "design.levels = 5: expected an even number. Usual is 4.",
        ),
        (
            'kind = "csv"\npath = "none.csv"',
            "design.path (none.csv): cannot be read (No such file or directory). "
            "Paths are taken from the folder of the study.",
        ),
    ],
)
def test_a_faulty_design_is_told_with_its_fix(write, design, expected):
    text = f"{HEAD}{TEXTS}\n[factors]\nbeta_quality = {{}}\n[design]\n{design}\n"
    assert expected in problems(write, text)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "an empty file. Expected columns: beta_quality."),
        (b"beta_quality\n", "no points. Write one a line."),
        (b"beta_quality\n\xff\n", "not UTF-8 text. Save the file with the encoding UTF-8."),
    ],
)
def test_a_faulty_file_of_points_is_told_with_its_fix(write, tmp_path, content, expected):
    (tmp_path / "points.csv").write_bytes(content)
    design = f'kind = "csv"\npath = "{tmp_path / "points.csv"}"'
    text = f"{HEAD}{TEXTS}\n[factors]\nbeta_quality = {{}}\n[design]\n{design}\n"
    assert problems(write, text) == [f"design.path ({tmp_path / 'points.csv'}): {expected}"]


def test_a_factor_that_cannot_be_read_is_not_called_missing_too(write):
    design = '[design]\nkind = "lhs"\npoints = 4'
    text = f"{HEAD}{TEXTS}\n[factors]\nbeta_quality = {{ range = [1, nan] }}\n{design}\n"
    (only,) = problems(write, text)
    assert only.startswith("factors.beta_quality.range")
    (none,) = problems(write, f"{HEAD}{TEXTS}\n{design}\n")
    assert none.endswith("Add a table [factors.NAME].")


def test_correlations_need_a_sampled_design(write):
    text = f"""{HEAD}
correlations = [{{ between = ["beta_quality", "beta_price"], rank = 0.5 }}]
{TEXTS}
[factors]
beta_quality = {{ levels = 2 }}
beta_price = {{ levels = 2 }}
"""
    found = problems(write, text)
    assert "correlations: none possible in a grid design. Use lhs or sobol, or leave them out." in (
        found
    )


def test_an_unknown_study_or_province_is_told_with_the_nearest(write):
    with pytest.raises(StudyError, match=r"No such study: 'quik'. Did you mean 'quick'\?"):
        load_study("quik")
    with pytest.raises(WorldError, match=r"No such province: 'tny'. Did you mean 'tiny'\?"):
        load_study(write(STUDY.replace('"tiny"', '"tny"')))


def test_what_is_not_toml_is_told_with_its_line(write):
    assert problems(write, "replicates = five\n")[0].startswith("line 1: not TOML")


def test_scenarios_are_no_studies(write):
    assert is_study(write(STUDY))
    assert not is_study(Path("scenarios/tiny/plan.toml"))
