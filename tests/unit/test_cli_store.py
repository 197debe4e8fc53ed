"""Results appear whole or not at all, and nothing of others is ever touched."""

import errno

import pytest

from experiments.authoring.files import new_folder
from experiments.store import MARKER, reserve, told
from sim.errors import StoreError


def write(text):
    def writer(folder):
        (folder / "tables").mkdir()
        (folder / "tables" / "a.csv").write_text(text)

    return writer


def files(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def keep(folder, text="a\n"):
    with reserve(folder) as target:
        target.commit(write(text))


def test_results_are_written_with_a_marker_that_lists_them(tmp_path):
    keep(tmp_path / "new" / "deep")
    assert files(tmp_path) == ["new/deep/tables/a.csv", f"new/deep/{MARKER}"]


def test_earlier_results_are_replaced(tmp_path):
    keep(tmp_path / "out", "old")
    keep(tmp_path / "out", "new")
    assert (tmp_path / "out" / "tables" / "a.csv").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "out").mkdir()
    keep(tmp_path / "out")
    assert MARKER in files(tmp_path / "out")


def test_a_folder_of_others_is_refused_and_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"notes\.txt"):
        keep(tmp_path)
    assert files(tmp_path) == ["notes.txt"]


def test_a_note_among_our_results_is_not_deleted(tmp_path):
    keep(tmp_path / "out")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"notes\.txt"):
        keep(tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_a_note_added_while_running_is_not_deleted(tmp_path):
    keep(tmp_path / "out", "old")
    with reserve(tmp_path / "out") as target:
        (tmp_path / "out" / "notes.txt").write_text("mine")
        with pytest.raises(StoreError, match=r"notes\.txt"):
            target.commit(write("new"))
    assert (tmp_path / "out" / "tables" / "a.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_is_no_folder_for_results(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StoreError, match="is a file"):
        keep(tmp_path / "out")


def test_a_file_aside_is_not_spoken_of(tmp_path):
    said = "Failed to open local file '.x.csv.part-1'. Detail: [errno 13]"
    with (
        pytest.raises(StoreError, match=r"x\.csv: cannot be written \(Permission denied\)\. Name"),
        told(tmp_path / "x.csv", "file"),
    ):
        raise PermissionError(errno.EACCES, said)


def test_a_folder_below_a_file_is_found_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="cannot be written"), reserve(tmp_path / "file" / "out"):
        pytest.fail("the runs would have begun")


@pytest.mark.parametrize("write", [keep, lambda folder: new_folder(folder, {"a": "b"})])
def test_the_current_folder_is_refused_in_the_same_words(tmp_path, monkeypatch, write):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as caught:
        write(tmp_path)
    assert str(caught.value) == (
        f"--out {tmp_path}: is the current folder, or holds it. Name a folder below it."
    )


def test_a_folder_that_holds_the_current_one_is_refused(tmp_path, monkeypatch):
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    with pytest.raises(StoreError, match="current folder"):
        keep(tmp_path)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError, OSError])
def test_stopping_half_way_leaves_nothing_behind(tmp_path, stop):
    def fail(folder):
        (folder / "half.csv").write_text("a")
        raise stop

    expected = StoreError if stop is OSError else stop
    with pytest.raises(expected), reserve(tmp_path / "new" / "out") as target:
        target.commit(fail)
    assert not list(tmp_path.iterdir())


def test_stopping_half_way_leaves_earlier_results_as_they_were(tmp_path):
    keep(tmp_path / "out", "old")
    with pytest.raises(KeyboardInterrupt), reserve(tmp_path / "out"):
        raise KeyboardInterrupt
    assert (tmp_path / "out" / "tables" / "a.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
