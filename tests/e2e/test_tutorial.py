"""The tutorial is walked in both languages: edits made, commands run, lines found in answers."""

import csv
import re

import pytest

from experiments.cli import main
from tests.architecture.sources import ROOT

FILES = ("TUTORIAL.md", "TUTORIAL.vi.md")
STEP = re.compile(
    r"```console\n(?P<console>.*?)```|```toml\n(?P<toml>.*?)```|(?P<table>(?:^\|.*\|\n)+)",
    re.DOTALL | re.MULTILINE,
)


def steps(name):
    """Return the steps of a tutorial in their order: kind and text."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return [(match.lastgroup, match[match.lastgroup]) for match in STEP.finditer(text)]


def commands(console):
    """Return the commands of a block, each with the lines that are to appear."""
    found = []
    for line in console.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ ").split(), []))
        else:
            found[-1][1].append(line)
    return found


def change_cells(table):
    """Write the cells that a table of the tutorial names, as a spreadsheet would."""
    for line in table.splitlines()[2:]:
        file, row_name, column, value = (cell.strip() for cell in line.strip("|").split("|"))
        with open(f"hai_ha/world/{file}", encoding="utf-8-sig", newline="") as source:
            head, *rows = csv.reader(source)
        (row,) = (row for row in rows if row[0] == row_name)
        row[head.index(column)] = value
        with open(f"hai_ha/world/{file}", "w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([head, *rows])


def run_commands(console, capsys):
    for words, lines in commands(console):
        assert words[0] == "zonesim"
        code = main(words[1:])
        printed = capsys.readouterr()
        shown = " ".join((printed.out + printed.err).split())
        assert code == (2 if "problems:" in " ".join(lines) else 0), printed.err
        assert lines, f"nothing is said of {' '.join(words)}"
        for line in lines:
            assert " ".join(line.split()) in shown


@pytest.mark.parametrize("name", [FILES[0], pytest.param(FILES[1], marks=pytest.mark.long)])
def test_the_tutorial_works_as_written(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for kind, text in steps(name):
        if kind == "console":
            run_commands(text, capsys)
        elif kind == "toml":
            with open("hai_ha/more_money.toml", "a", encoding="utf-8") as file:
                file.write(text)
        else:
            change_cells(text)
    assert (tmp_path / "answer" / "summary.txt").is_file()


def test_both_languages_take_the_same_steps():
    english, vietnamese = (
        [
            (kind, [words for words, _ in commands(text)] if kind == "console" else text)
            for kind, text in steps(name)
            if kind != "table"
        ]
        for name in FILES
    )
    plain = [
        (kind, [[w for w in words if w not in ("--lang", "vi")] for words in found])
        if kind == "console"
        else (kind, found)
        for kind, found in vietnamese
    ]
    assert plain == english
    tables = [[text for kind, text in steps(name) if kind == "table"][0] for name in FILES]
    assert tables[0].splitlines()[2:] == tables[1].splitlines()[2:]
