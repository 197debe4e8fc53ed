"""The files of a new province run as written, and every column is explained in both languages."""

import csv
import io
import tomllib
from functools import cache

import pytest

from experiments.authoring.province import province_files
from experiments.authoring.readme import FILE, TABLES, readme
from experiments.province import load_province, load_scenarios
from experiments.store import write_texts
from experiments.texts import LANGUAGES
from sim.errors import WorldError
from sim.world import describe_parameters


@cache
def files():
    return province_files("new_land")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("province")
    write_texts(root, files())
    return root


def test_a_new_province_loads_with_its_baseline(folder):
    province = load_province(folder)
    assert province.world.id == "new_land"
    assert province.world.calendar.years[-1] == 2030
    assert load_scenarios(["baseline"], province)[0].steps == ()


def test_the_example_is_called_invented(folder):
    world = load_province(folder).world
    assert "invented" in world.name_en
    assert "hư cấu" in world.name_vi
    zones = [value.source for value in world.zone_values]
    assert set(zones) == {"A: invented"}


def test_every_column_of_every_file_is_there(folder):
    for name, fields in TABLES.items():
        text = (folder / "world" / f"{name}.csv").read_text(encoding="utf-8-sig")
        assert next(csv.reader(io.StringIO(text))) == [field.name for field in fields]


def test_parameters_come_with_their_reasons(folder):
    found = describe_parameters(load_province(folder).world)
    assert len(found) > 100
    assert sum(info.source == "A: invented" for info in found) == 2  # as small as the example


def test_every_column_is_explained_in_both_languages():
    columns = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for name, fields in TABLES.items():
        explained = {field.name for field in fields if field.kind != "source"}
        assert set(columns[name]) == explained
        for told in columns[name].values():
            assert set(told) == set(LANGUAGES)
            assert all(text.strip() for text in told.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_every_file_and_column(language):
    text = readme("new_land", language)
    for name, fields in TABLES.items():
        part = text.split(f"## world/{name}.csv")[1].split("\n## ")[0]
        for field in fields:
            assert f"| `{field.name}` |" in part


VALUES = [
    (name, field)
    for name in ("zones", "districts", "known_tenants")
    for field in TABLES[name]
    if field.kind != "source"
]


@pytest.mark.parametrize(("name", "field"), VALUES, ids=lambda v: getattr(v, "name", v))
def test_the_guide_says_which_cells_may_be_empty(tmp_path, name, field):
    write_texts(tmp_path, files())
    file = tmp_path / "world" / f"{name}.csv"
    head, first, *rest = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    first[head.index(field.name)] = ""
    with open(file, "w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([head, first, *rest])
    guide = readme("new_land", "en").split(f"## world/{name}.csv")[1]
    line = next(row for row in guide.splitlines() if row.startswith(f"| `{field.name}` |"))
    if "may be empty" in line:
        load_province(tmp_path)
    else:
        with pytest.raises(WorldError, match=f"{field.name} = nothing"):
            load_province(tmp_path)
