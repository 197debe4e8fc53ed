import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import Problem, ScenarioError
from sim.scenario import check_scenarios, list_scenarios, load_scenario, with_levers
from sim.world import load_world, world_path

TINY = load_world(world_path("tiny"))  # January 2021 to December 2022
LABEL = '[label]\nen = "A"\nvi = "B"\n'


def problems_of(folder: Path, text: str) -> list[Problem]:
    """Return the problems of one file, without the file in front of their places."""
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    found = check_scenarios([path], TINY)
    return [p._replace(where=p.where.removeprefix(f"{path}: ")) for p in found]


def lever_problem(folder: Path, line: str) -> Problem:
    (problem,) = problems_of(folder, f"{LABEL}[levers]\n{line}\n")
    return problem


# Each line of a [levers] table, and the whole problem it should raise: where, found, expected, fix.
MONTH = "a month from 2021-01 to 2022-12"
MULTIPLIER = "a multiplier between 0 and 3"
SHARE = "a share between 0 and 1"
STEP = '[{ from = "2022-01", value = ... }]'
BAD_LEVERS = [
    ("park_shar = 0.5", ("park_shar", "unknown key", "", "Did you mean 'park_share'?")),
    (
        "harbour = 1",
        ("harbour", "unknown key", "", "See the table in scenarios/README.md."),
    ),
    ("park_share = 62", ("park_share", "62", SHARE, "Did you mean 0.62?")),
    ("park_share = -0.1", ("park_share", "-0.1", SHARE, "")),
    ("park_share = true", ("park_share", "true", SHARE, "")),
    ("park_share = nan", ("park_share", "nan", SHARE, "")),
    ("rework = inf", ("rework", "inf", MULTIPLIER, "")),
    ('rework = "0,7"', ("rework", "'0,7'", MULTIPLIER, "Did you mean 0.7?")),
    ('rework = "70 %"', ("rework", "'70 %'", MULTIPLIER, "Did you mean 0.7?")),
    ('rework = "many"', ("rework", "'many'", MULTIPLIER, "")),
    ("rework = []", ("rework", "[]", MULTIPLIER, "")),
    ("statutory_days = 80", ("statutory_days", "80", MULTIPLIER, "Did you mean 0.8?")),
    (
        "infrastructure_funding = 9000",
        ("infrastructure_funding", "9000", "a number between 0 and 5000 (bn VND/year)", ""),
    ),
    ("one_stop = 1", ("one_stop", "1", "true or false", "")),
    (
        'allocation = "by-demnad"',
        (
            "allocation",
            "'by-demnad'",
            "one of 'even', 'nearest-to-finish', 'by-demand', 'priority-list'",
            "Did you mean 'by-demand'?",
        ),
    ),
    (
        'rework = { from = "2022-01", value = 0.5 }',
        (
            "rework",
            "{ from = '2022-01', value = 0.5 }",
            MULTIPLIER,
            f"Put dated steps in a list: {STEP}.",
        ),
    ),
    (
        "rework = [{ value = 0.5 }]",
        ("rework[0].from", "missing", "", 'Add from = "2022-01".'),
    ),
    ('rework = [{ from = "2022-01" }]', ("rework[0].value", "missing", "", "Add value.")),
    (
        'rework = [{ from = "2022-01", value = 1, untl = "x" }]',
        ("rework[0].untl", "unknown key", "", "Did you mean 'unit'?"),
    ),
    (
        'rework = [{ from = "2022-1", value = 1 }]',
        ("rework[0].from", "'2022-1'", MONTH, "Did you mean '2022-01'?"),
    ),
    (
        'rework = [{ from = "03/2022", value = 1 }]',
        ("rework[0].from", "'03/2022'", MONTH, "Did you mean '2022-03'?"),
    ),
    (
        'rework = [{ from = "2022-13", value = 1 }]',
        ("rework[0].from", "'2022-13'", MONTH, "Write months like '2027-03'."),
    ),
    (
        "rework = [{ from = 2022-03-01, value = 1 }]",
        (
            "rework[0].from",
            "2022-03-01",
            "a month in quotes such as '2027-03'",
            "Did you mean '2022-03'?",
        ),
    ),
    ('rework = [{ from = "2020-12", value = 1 }]', ("rework[0].from", "'2020-12'", MONTH, "")),
    ('rework = [{ from = "2023-01", value = 1 }]', ("rework[0].from", "'2023-01'", MONTH, "")),
    (
        'rework = [{ from = "2022-01", value = 1 }, { from = "2022-01", value = 2 }]',
        ("rework[1].from", "'2022-01' a second time", "", ""),
    ),
    (
        'rework = [{ from = "2022-01", value = 1 }, 2]',
        ("rework[1]", "2", 'a step such as { from = "2022-01", value = ... }', ""),
    ),
    (
        'infrastructure_funding = [{ from = "2022-01", value = 1, unit = "m USD/year" }]',
        ("infrastructure_funding[0].unit", "'m USD/year'", "the unit 'bn VND/year'", ""),
    ),
    (
        'one_stop = [{ from = "2022-01", value = true, unit = "days" }]',
        ("one_stop[0].unit", "'days'", "no unit, as this lever has none", ""),
    ),
    (
        'zone_priorities = ["New Park", "old-cluster"]',
        ("zone_priorities[0]", "'New Park'", "a zone of the province", "Did you mean 'new-park'?"),
    ),
    (
        'offer_state_zones = ["new-park", "new-park"]',
        ("offer_state_zones[1]", "'new-park' a second time", "", ""),
    ),
    (
        'banned_sectors = ["clothng"]',
        ("banned_sectors", "'clothng'", "a sector of the province", "Did you mean 'clothing'?"),
    ),
    (
        'priority_sectors = ["steel"]',
        (
            "priority_sectors",
            "'steel'",
            "a sector of the province",
            "Known: machines, food, clothing, pottery.",
        ),
    ),
    ('banned_sectors = "clothing"', ("banned_sectors", "'clothing'", "a list of sector ids", "")),
    ("banned_sectors = [1]", ("banned_sectors[0]", "1", "text in quotes, not blank", "")),
    (
        'fast_track = ["larg"]',
        (
            "fast_track",
            "'larg'",
            "one of 'large', 'foreign', 'priority'",
            "Did you mean 'large'?",
        ),
    ),
    (
        "promotion = { foriegn = 2 }",
        ("promotion.foriegn", "unknown key", "", "Did you mean 'foreign'?"),
    ),
    (
        "promotion = { foreign = 4 }",
        ("promotion.foreign", "4", "a number between 0 and 3", ""),
    ),
    (
        "tax_holiday = { free_years = 4 }",
        ("tax_holiday.half_years", "missing", "", "Add half_years."),
    ),
    (
        "tax_holiday = { free_years = -1, half_years = 9 }",
        ("tax_holiday.free_years", "-1", "a number between 0 and 30", ""),
    ),
    (
        'works_may_start = { "new-prk" = "never" }',
        ("works_may_start.new-prk", "no zone of the province", "", "Did you mean 'new-park'?"),
    ),
    (
        'works_may_start = { "new-park" = "2031-01" }',
        ("works_may_start.new-park", "'2031-01'", f"{MONTH}, or 'never'", ""),
    ),
    (
        'works_may_start = { "*" = 2022 }',
        ("works_may_start.*", "2022", "a month such as '2027-03' or 'never'", ""),
    ),
]


@pytest.mark.parametrize(("line", "problem"), BAD_LEVERS, ids=[line for line, _ in BAD_LEVERS])
def test_a_bad_lever_is_named_with_what_was_found_expected_and_the_fix(tmp_path, line, problem):
    where, *rest = problem
    assert lever_problem(tmp_path, line) == Problem(f"levers.{where}", *rest)


# Whole files, and the text of the first problem.
BAD_FILES = [
    ("", 'file: empty. Begin with [label], en = "..." and vi = "...".'),
    (
        "[levers]\nrework = 1\n",
        "label: missing. Every label is in English and Vietnamese; add it in both languages.",
    ),
    (
        '[label]\nen = "A"\n',
        "label.vi: missing. Every label is in English and Vietnamese; add it in Vietnamese.",
    ),
    (
        f'{LABEL}[description]\nvi = "C"\n',
        "description.en: missing. "
        "Every description is in English and Vietnamese; add it in English.",
    ),
    (
        '[label]\nen = "A"\nvi = ""\n',
        "label.vi = '': expected text in quotes, not blank, on one line.",
    ),
    (
        '[label]\nen = "  "\nvi = "A"\n',
        "label.en = '  ': expected text in quotes, not blank, on one line.",
    ),
    (
        '[label]\nen = "A\\u001bB"\nvi = "A"\n',
        "label.en = 'A\\x1bB': expected text in quotes, not blank, on one line.",
    ),
    (
        f'{LABEL}[description]\nen = ""\nvi = "A"\n',
        "description.en = '': expected text in quotes, not blank.",
    ),
    ('label = "A"\n', "label = 'A': expected a table with 'en' and 'vi'."),
    (f"{LABEL}[lever]\nrework = 1\n", "lever: unknown key. Did you mean 'levers'?"),
    (f"levers = 3\n{LABEL}", "levers = 3: expected a table of levers."),
    (
        f"extends = 3\n{LABEL}",
        "extends = 3: expected the name of a scenario, or a list of names.",
    ),
    (
        f"{LABEL}[shift]\nmonths = 0.5\n",
        "shift.months = 0.5: expected a whole number of months from 1 to 1200.",
    ),
    (f"{LABEL}[shift]\nmonths = 5\n", "shift: nothing to delay. Name a scenario in extends."),
    (f"{LABEL}[shift]\nmonth = 5\n", "shift.months: missing. Add months = 24."),
    (
        f"{LABEL}[levers]\nrework = 0,7\n",
        "line 5: not TOML: rework = 0,7 (Expected newline or end of document after a statement). "
        "Write decimals with a point, such as 0.7.",
    ),
    (
        f"{LABEL}[levers]\none_stop = True\n",
        "line 5: not TOML: one_stop = True (Invalid value). Write true and false in small letters.",
    ),
    (
        f"{LABEL}[levers]\nrework = 1\nrework = 2\n",
        "line 6: not TOML: rework = 2 (Cannot overwrite a value).",
    ),
    (f'{LABEL}x = "', "end of file: not TOML"),
    ("x = " + "[" * 5000, "file: lists or tables nested too deeply."),
    (f"{LABEL}[levers]\nrework = {'9' * 5000}\n", "file: a whole number of more than 4300 digits."),
    (f"{LABEL}[levers]\nrework = {'9' * 400}\n", "levers.rework = 999"),
]


ACCENTS = '[label]\nen = "New plan"\nvi = "Kế hoạch mới"\n'


@pytest.mark.parametrize(("text", "problem"), BAD_FILES, ids=[text[:40] for text, _ in BAD_FILES])
def test_a_bad_file_is_explained_without_a_trace(tmp_path, text, problem):
    assert problems_of(tmp_path, text)[0].text().startswith(problem)


def test_a_file_in_another_encoding_is_explained_with_its_line(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b'[label]\nen = "A"\nvi = "\xd0\xff"\n')
    (problem,) = check_scenarios([path], TINY)
    assert problem == Problem(
        f"{path}: line 3", "not UTF-8 text", "", "Save the file with the encoding UTF-8."
    )


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LABEL.replace("\n", "\r\n").encode())
    assert check_scenarios([path], TINY) == []


def test_accents_may_be_typed_apart_from_their_letters(tmp_path):
    (tmp_path / "plan.toml").write_text(unicodedata.normalize("NFD", ACCENTS), encoding="utf-8")
    assert load_scenario("plan", tmp_path, TINY).label_vi == "Kế hoạch mới"


def test_a_folder_is_no_scenario(tmp_path):
    (tmp_path / "plan.toml").mkdir()
    with pytest.raises(ScenarioError, match="no scenario 'plan'. There are: none"):
        load_scenario("plan", tmp_path, TINY)


def test_all_problems_of_a_file_and_its_parents_come_at_once(tmp_path):
    (tmp_path / "parent.toml").write_text(f"{LABEL}[levers]\nrework = 62\n", encoding="utf-8")
    text = 'extends = ["parent", "no"]\n[label]\nen = "A"\n[levers]\nreworks = 1\npark_share = 2\n'
    (tmp_path / "child.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario("child", tmp_path, TINY)
    child, parent = tmp_path / "child.toml", tmp_path / "parent.toml"
    assert str(caught.value) == (
        f"{child} has 4 problems:\n"
        "  label.vi: missing. Every label is in English and Vietnamese; add it in Vietnamese.\n"
        "  levers.park_share = 2: expected a share between 0 and 1. Did you mean 0.02?\n"
        "  levers.reworks: unknown key. Did you mean 'rework'?\n"
        "  extends = 'no': expected a scenario of the same folder. There are: child, parent.\n"
        f"{parent} has 1 problem:\n"
        "  levers.rework = 62: expected a multiplier between 0 and 3. Did you mean 0.62?"
    )
    assert [p.where for p in caught.value.problems][0] == f"{child}: label.vi"
    assert len(caught.value.problems) == 5


def test_several_files_are_checked_at_once_and_shared_parents_only_once(tmp_path):
    (tmp_path / "parent.toml").write_text(f"{LABEL}[levers]\nrework = 62\n", encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(f'extends = "parent"\n{LABEL}', encoding="utf-8")
    paths = [tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "c.toml"]
    places = [problem.where for problem in check_scenarios(paths, TINY)]
    assert places == [str(tmp_path), f"{tmp_path / 'parent.toml'}: levers.rework"]


def test_a_circle_is_named_once(tmp_path):
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.toml").write_text(f'extends = "{parent}"\n{LABEL}', encoding="utf-8")
    found = check_scenarios(sorted(tmp_path.glob("*.toml")), TINY)
    assert [problem.found for problem in found] == ["a circle: a extends b extends c extends a"]


def test_a_missing_scenario_suggests_the_nearest_name(tmp_path):
    (tmp_path / "plan_175.toml").write_text(LABEL, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario("plan_157", tmp_path, TINY)
    assert str(caught.value) == f"{tmp_path}: no scenario 'plan_157'. Did you mean 'plan_175'?"


def test_a_missing_folder_suggests_the_nearest_name(tmp_path):
    (tmp_path / "ninh_binh").mkdir()
    for use in (list_scenarios, lambda folder: load_scenario("baseline", folder, TINY)):
        with pytest.raises(ScenarioError) as caught:
            use(tmp_path / "ninh_bin")
        expected = f"{tmp_path / 'ninh_bin'}: no such folder. Did you mean 'ninh_binh'?"
        assert str(caught.value) == expected


def test_levers_given_by_a_program_are_checked_like_those_of_a_file(tmp_path):
    (tmp_path / "base.toml").write_text(LABEL, encoding="utf-8")
    base = load_scenario("base", tmp_path, TINY)
    with pytest.raises(ScenarioError, match="levers.park_share = 62: expected a share"):
        with_levers(base, {"park_share": 62}, TINY)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "value", "unit", "foreign", "free_years", "*", "<value>"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
LEVER_NAMES = ["rework", "promotion", "tax_holiday", "works_may_start", "zone_priorities", "x"]


@given(levers=st.dictionaries(st.sampled_from([*LEVER_NAMES, "<value>"]), VALUES, max_size=3))
def test_no_value_whatever_ends_in_anything_but_a_scenario_error(levers):
    base = load_scenario("baseline", world_path("tiny").parent, TINY)
    try:
        with_levers(base, levers, TINY)
    except ScenarioError as error:
        assert error.problems
