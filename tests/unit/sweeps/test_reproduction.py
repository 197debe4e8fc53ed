"""Runs made again are the same to the byte, and a byte that differs is found and named."""

import pyarrow as pa
import pytest

from experiments.result import open_result
from experiments.sweeps import parts, reproduction
from experiments.sweeps.how import How
from experiments.sweeps.reproduction import reproduce_in
from tests.unit.sweeps.conftest import STUDY

KEPT = STUDY.replace("replicates = 3", 'replicates = 3\nkeep = ["zones", "events"]')


@pytest.mark.parametrize(("threads", "chunk"), [(1, 1), (2, 7), (3, 1000), (None, None)])
def test_a_result_is_reproduced_with_any_threads_and_chunks(swept, threads, chunk):
    folder = swept(KEPT)
    result = open_result(folder)
    cells = sum(
        table.num_rows * table.num_columns
        for table in map(result.table, ("runs", "years", "zones", "events"))
    )
    found = reproduce_in(folder, How(threads, chunk))
    assert found == reproduction.Reproduction(24, cells, ())


def test_a_grown_result_is_reproduced(swept):
    swept(STUDY)
    folder = swept(STUDY.replace("[0.8, 1.6]", "[2.4, 0.8, 1.6]"), replicates=4)
    assert reproduce_in(folder).differences == ()


def test_scenario_files_may_have_changed_since(swept, tmp_path):
    mine = tmp_path / "mine.toml"
    text = 'extends = "plan"\n[label]\nen = "x"\nvi = "x"\n[levers]\nrework = {}\n'
    mine.write_text(text.format(0.5), encoding="utf-8")
    folder = swept(STUDY.replace('"plan"]', '"mine.toml"]'))
    mine.write_text(text.format(1.5), encoding="utf-8")
    assert reproduce_in(folder).differences == ()


def test_one_changed_bit_is_found(swept):
    folder = swept()
    part = parts.find_parts(folder).parts[0]
    table = parts.read_whole(part.files["runs"])
    column = table.column("jobs_2022").to_numpy().copy()
    column.view("int64")[2] += 1
    row = table.slice(2, 1).to_pylist()[0]
    place = table.column_names.index("jobs_2022")
    changed = table.set_column(place, "jobs_2022", pa.array(column))
    part.files["runs"].unlink()
    content = parts.parquet_bytes(changed)  # well made, so that only a new run can tell
    path = folder / "runs" / f"part-0000000-00-0000000-{parts.digest(content)}.parquet"
    path.write_bytes(content)
    (found,) = reproduce_in(folder).differences
    assert found == (
        f"runs, run {row['run_id']}, jobs_2022: {column[2]} kept, {row['jobs_2022']} made"
    )
