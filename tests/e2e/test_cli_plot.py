"""Figures are drawn again from a folder of results: any of them, in any format and language."""

import json
import shutil

import pytest
from PIL import Image

from experiments.cli import main
from experiments.plots import FILM, KINDS
from tests.e2e.call import zonesim


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plot") / "results"
    words = "compare baseline plan_175 --replicates 2 --quiet --until 2022-12 --out".split()
    assert main([*words, str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plot") / "tiny"
    words = ["run", "baseline", "--province", "tiny", "--replicates", "2", "--quiet"]
    assert main([*words, "--out", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_drawn_again_is_the_one_in_the_folder(capsys, results, tmp_path, kind):
    path = tmp_path / "again.png"
    code, out, err = zonesim(capsys, "plot", results, kind, "--out", path)
    assert (code, err) == (0, "")
    assert str(path) in out
    assert path.read_bytes() == (results / "figures" / f"{kind}.png").read_bytes()


@pytest.mark.parametrize(
    ("end", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_a_figure_can_be_had_in_every_format_and_language(capsys, results, tmp_path, end, begins):
    path = tmp_path / "new" / f"map.{end}"
    assert zonesim(capsys, "plot", results, "map", "--lang", "vi", "--out", path)[0] == 0
    assert path.read_bytes().startswith(begins)
    assert path.read_bytes() != (results / "figures" / "map.png").read_bytes()  # in English


def test_the_format_names_the_file_where_nothing_else_does(capsys, results, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert zonesim(capsys, "plot", results, "land", "--format", "svg")[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["land.svg"]


def test_the_animation_has_a_frame_a_month(capsys, results, tmp_path):
    path = tmp_path / "film.gif"
    code, out, _ = zonesim(capsys, "plot", results, FILM, "--out", path, "--json")
    assert code == 0
    assert json.loads(out) == {"file": str(path), "kind": FILM}
    with Image.open(path) as picture:
        assert picture.n_frames == 24


def test_the_list_names_every_figure(capsys):
    code, out, _ = zonesim(capsys, "plot", "--list")
    assert code == 0
    lines = [line for line in out.splitlines()[1:] if not line.startswith(" ")]
    assert [line.split()[0] for line in lines] == [*KINDS, FILM]
    assert "not here" not in out


def test_the_list_of_a_folder_says_what_is_not_there_and_why(capsys, tiny):
    _, out, _ = zonesim(capsys, "plot", tiny, "--list", "--json")
    lacks = {row["kind"]: row["lacks"] for row in json.loads(out)}
    assert {kind for kind, lack in lacks.items() if lack} == {"differences", "map", FILM}
    assert "outline.geojson" in lacks["map"]
    vietnamese = zonesim(capsys, "plot", tiny, "--list", "--lang", "vi")[1]
    assert "chưa vẽ được: cần đường ranh giới của tiny" in " ".join(vietnamese.split())


def refused(capsys, *words):
    """Return the message of a refusal."""
    code, out, err = zonesim(capsys, "plot", *words)
    assert (code, out) == (2, "")
    return err


def test_a_province_without_an_outline_has_no_map(capsys, tiny, tmp_path):
    path = tmp_path / "map.png"
    assert "outline of tiny" in refused(capsys, tiny, "map", "--out", path)
    assert not path.exists()


def test_mistakes_are_named(capsys, results, tmp_path):
    assert "Did you mean 'map'?" in refused(capsys, results, "mpa")
    assert "name the folder of results and a figure" in refused(capsys, results)
    assert "no such folder" in refused(capsys, tmp_path / "none", "map")
    assert "png, svg, pdf" in refused(capsys, results, "map", "--out", tmp_path / "map.jpeg")
    assert "gif" in refused(capsys, results, FILM, "--format", "png")
    words = (results, "map", "--format", "svg", "--out", tmp_path / "map.png")
    assert "does not end in .svg" in refused(capsys, *words)


def test_a_file_of_others_is_not_overwritten(capsys, results, tmp_path):
    path = tmp_path / "land.png"
    path.write_bytes(b"mine")
    assert "not a file that zonesim wrote" in refused(capsys, results, "land", "--out", path)
    assert path.read_bytes() == b"mine"
    (tmp_path / "folder.png").mkdir()
    assert "a folder" in refused(capsys, results, "land", "--out", tmp_path / "folder.png")


def test_a_figure_of_ours_is_replaced(capsys, results, tmp_path):
    for name in ("land.png", "land.svg", "land.pdf"):
        shutil.copy(results / "figures" / "land.png", tmp_path / name)
        for language in ("en", "vi"):
            words = ("plot", results, "land", "--lang", language, "--out", tmp_path / name)
            assert zonesim(capsys, *words)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["land.pdf", "land.png", "land.svg"]
