"""Progress is one line on a terminal and a few lines elsewhere."""

import io

import pytest

from experiments.commands import watch
from experiments.progress import Bar
from experiments.texts import load_texts


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(stream, language="en", total=100):
    bar = Bar(stream, load_texts(language))
    for done in range(1, total + 1):
        bar(done, total)
    return stream.getvalue()


def test_elsewhere_a_line_appears_at_every_quarter():
    lines = shown(io.StringIO()).splitlines()
    assert [line.partition("] ")[2].split(",")[0] for line in lines] == [
        "25 of 100 runs",
        "50 of 100 runs",
        "75 of 100 runs",
        "100 of 100 runs",
    ]


def test_a_terminal_sees_one_line_that_ends_when_all_is_done():
    text = shown(Terminal(), "vi")
    assert text.count("\n") == 1
    assert text.endswith("100/100 lượt chạy\n")


def test_the_time_left_is_told_while_it_runs():
    assert "left" in shown(io.StringIO())
    assert "còn" in shown(io.StringIO(), "vi")


def test_when_more_is_asked_for_the_bar_begins_again():
    stream = io.StringIO()
    bar = Bar(stream, load_texts("en"))
    for done, total in ((5, 10), (10, 10), (12, 20), (16, 20), (20, 20)):
        bar(done, total)
    counts = [line.partition("] ")[2].split(",")[0] for line in stream.getvalue().splitlines()]
    assert counts == [
        f"{n} runs" for n in ("5 of 10", "10 of 10", "12 of 20", "16 of 20", "20 of 20")
    ]


def test_a_closed_bar_shows_nothing_more():
    stream = io.StringIO()
    bar = Bar(stream, load_texts("en"))
    bar.close()
    bar(10, 10)
    assert stream.getvalue() == ""


@pytest.fixture
def warm(monkeypatch):
    """What is compiled already, by the name of the work."""
    names = set()
    monkeypatch.setattr(watch, "is_cache_warm", lambda work="runs": work in names)
    monkeypatch.setattr(watch, "mark_cache_warm", names.add)
    return names


@pytest.mark.parametrize("ran", [True, False])
@pytest.mark.parametrize("compiles", ["", "choices"])
def test_what_is_to_be_compiled_is_announced_until_it_is(capsys, warm, ran, compiles):
    def heard():
        assert watch.watched(lambda _: 7, texts, quiet=False, compiles=compiles) == 7
        return capsys.readouterr().err

    if ran:
        warm.add("runs")
    texts = load_texts("en")
    expected = ("compiling_more" if compiles else "") if ran else "compiling"
    assert heard() == (texts.get("progress", expected) + "\n" if expected else "")
    assert bool(heard()) == (not ran and not compiles)  # runs mark themselves what they compile


def test_work_that_fails_has_not_compiled_everything(warm):
    with pytest.raises(ZeroDivisionError):
        watch.watched(lambda _: 1 / 0, load_texts("en"), quiet=True, compiles="choices")
    assert not warm
