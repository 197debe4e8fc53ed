"""What was written is read again as it was, so that figures need no second run."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from experiments.document import TABLES, table_of
from experiments.json_text import rounded
from experiments.plots import KINDS, figures
from experiments.plots.files import figure_bytes
from experiments.results import write_results
from experiments.runs import Plan, answer, one_run, prepare
from experiments.stored import ANSWER_FILE, ONE_RUN_FILE, read_answer, read_one_run
from experiments.texts import load_texts
from sim.errors import StoreError
from sim.world import SCENARIOS
from tests.unit.test_outline import feature, written

EN = load_texts("en")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """Return a comparison in the invented province, with an outline drawn around its zones."""
    folder = tmp_path_factory.mktemp("province") / "tiny"
    shutil.copytree(SCENARIOS / "tiny", folder)
    square = [[[150.0, 10.0], [151.0, 10.0], [151.0, 11.0], [150.0, 11.0], [150.0, 10.0]]]
    written(folder / "world", feature("Tí Hon (hư cấu)", coordinates=square))
    return prepare(["baseline", "plan"], Plan(folder, replicates=4))


@pytest.fixture(scope="module")
def found(prepared):
    return answer(prepared)


@pytest.fixture(scope="module")
def folder(prepared, found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stored")
    write_results(found, one_run(prepared), folder, EN)
    return folder


def same(written, read):
    """Assert that two tables hold the same rows, numbers to the ten digits that are written."""
    assert list(written.columns) == list(read.columns)
    for column in written:
        if pd.api.types.is_float_dtype(written[column]):
            expected = written[column].map(rounded).to_numpy()
            assert np.array_equal(expected, read[column].to_numpy(dtype=float), equal_nan=True)
        else:
            assert written[column].tolist() == read[column].tolist()


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_as_it_was_written(found, folder, name):
    same(table_of(found, name), table_of(read_answer(folder), name))


def test_one_run_is_read_as_it_was_written(prepared, folder):
    same(one_run(prepared), read_one_run(folder))


def test_the_setting_is_read_as_it_was_written(found, folder):
    assert read_answer(folder).setting == found.setting


def test_figures_from_the_folder_are_those_in_it(folder):
    stored = read_answer(folder)
    drawn = figures(stored, EN)
    assert set(drawn) == set(KINDS)
    for kind, figure in drawn.items():
        there = (folder / "figures" / f"{kind}.png").read_bytes()
        assert figure_bytes(figure, stored.setting, "png") == there


def test_a_single_run_is_read_too(tmp_path):
    alone = prepare(["baseline"], Plan("tiny", replicates=1))
    write_results(answer(alone), one_run(alone), tmp_path, EN)
    stored = read_answer(tmp_path)
    assert stored.setting.scenarios == ("baseline",)
    assert stored.differences.empty


def test_the_outline_is_kept_as_it_is(prepared, folder):
    assert read_answer(folder).outline.text == prepared.outline.text


@pytest.mark.parametrize("found", ["no such folder", "a file", "no results of zonesim"])
def test_what_is_no_result_is_named(tmp_path, found):
    path = tmp_path / "there"
    if found == "a file":
        path.write_text("")
    elif found != "no such folder":
        path.mkdir()
    with pytest.raises(StoreError, match=f"there: {found}; expected a folder that"):
        read_answer(path)


def test_results_of_another_version_are_refused(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "old")
    path = tmp_path / "old" / ANSWER_FILE
    content = json.loads(path.read_text("utf-8"))
    del content["setting"]["anchors"], content["setting"]["seed"]
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(StoreError, match="this version.*Make them anew"):
        read_answer(tmp_path / "old")


@pytest.mark.parametrize("name", ["levels", "differences"])
@pytest.mark.parametrize("text", ["", "a;b;c\n1;2;3\n", "scenario,year\nplan,2021\n"])
def test_a_table_that_a_spreadsheet_saved_its_own_way_is_named(folder, tmp_path, name, text):
    shutil.copytree(folder, tmp_path / "saved")
    (tmp_path / "saved" / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=rf"{name}\.csv lacks columns .*Make them anew"):
        read_answer(tmp_path / "saved")


@pytest.mark.parametrize(
    ("name", "read"), [(ANSWER_FILE, read_answer), (f"tables/{ONE_RUN_FILE}", read_one_run)]
)
def test_damaged_results_are_refused(folder, tmp_path, name, read):
    shutil.copytree(folder, tmp_path / "cut")
    path = tmp_path / "cut" / name
    path.write_bytes(b'"' + path.read_bytes()[:300])
    with pytest.raises(StoreError, match="cannot be read as results"):
        read(tmp_path / "cut")
