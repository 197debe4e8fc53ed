"""Everything docs/STUDIES.md shows is run: its study, its command lines, its Python."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from experiments.cli import main
from experiments.study import DESIGNS
from experiments.sweeps.factors import PRIOR_FORMS
from experiments.sweeps.study_shape import StudyShape

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "STUDIES.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of duckdb, about itself
def test_the_example_runs_as_it_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (study,) = blocks("toml")
    Path("demand.toml").write_text(study, encoding="utf-8")
    (lines,) = blocks("sh")
    for line in lines.splitlines():
        program, *words = shlex.split(line)
        assert program == "zonesim"
        assert main(words) == 0, f"{line}\n{capsys.readouterr().err}"
    names: dict[str, object] = {}
    for block in blocks("python"):
        exec(block, names)  # a reader types it; it has to work
    assert len(names["paths"]) == 16 * 2 * 15 * 2
    assert openpyxl.load_workbook("demand.xlsx")["runs"].max_row == 1 + 16 * 2 * 15


def test_every_key_design_and_prior_is_documented():
    flat = " ".join(TEXT.split())
    assert all(f"`{key}" in flat for key in StudyShape.model_fields)
    assert all(f"| `{kind}` |" in flat for kind in DESIGNS)
    assert PRIOR_FORMS.replace(" or Beta(a, b)", "") in flat
