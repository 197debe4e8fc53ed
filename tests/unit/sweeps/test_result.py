"""Tables of a result: sorted by run, readable by others, the same whatever made them."""

import duckdb
import numpy as np
import pandas as pd
import polars
import pyarrow.parquet as pq
import pytest

from experiments.result import open_result
from experiments.sweeps.how import How
from sim.errors import StoreError
from tests.unit.sweeps.conftest import STUDY

KEYS = ["point", "scenario", "replicate"]


def test_rows_are_sorted_by_point_scenario_and_replicate(swept):
    text = STUDY.replace('["baseline", "plan"]', '["plan", "baseline"]')
    runs = open_result(swept(text, how=How(threads=2, chunk=1))).runs()
    expected = [(p, s, r) for p in range(4) for s in ("plan", "baseline") for r in range(3)]
    assert list(runs[KEYS].itertuples(index=False, name=None)) == expected
    years = open_result(swept(text)).years()
    assert list(years["year"]) == [2021, 2022] * 24


def test_factors_stand_beside_the_outcomes_of_their_point(swept):
    result = open_result(swept())
    runs, points = result.runs(["jobs_2022"], with_factors=True), result.points()
    assert list(runs) == [*("run_id", *KEYS, "beta_quality", "infrastructure_funding", "jobs_2022")]
    expected = points.set_index("point").loc[runs["point"]]
    for factor in ("beta_quality", "infrastructure_funding"):
        np.testing.assert_array_equal(runs[factor], expected[factor])
    assert points["infrastructure_funding"].isna().tolist() == [True, False, True, False]


def test_an_unknown_column_or_table_is_told(swept):
    result = open_result(swept())
    with pytest.raises(StoreError, match="no column 'job_2022' in runs; there are run_id, point"):
        result.runs(["job_2022"])
    with pytest.raises(StoreError, match="keeps no zones. Put it into 'keep' of the study"):
        result.zones()
    with pytest.raises(StoreError, match="No such table: 'run'"):
        result.table("run")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the readers, about themselves
def test_parts_read_in_pandas_duckdb_and_polars(swept):
    folder = swept()
    expected = open_result(folder).runs()
    parts = (folder / "runs" / "*.parquet").as_posix()
    found = {
        "pandas": pd.concat(pd.read_parquet(path) for path in sorted(folder.glob("runs/*"))),
        "duckdb": duckdb.sql(f"select * from '{parts}'").df(),
        "polars": pd.DataFrame(polars.read_parquet(parts).to_dicts()),
    }
    for name, table in found.items():
        rank = table["scenario"].map({"baseline": 0, "plan": 1})
        ordered = table.assign(rank=rank).sort_values(["point", "rank", "replicate"])
        ordered = ordered.drop(columns="rank").reset_index(drop=True)
        pd.testing.assert_frame_equal(ordered, expected, check_dtype=False, obj=name)


def test_keys_and_outcomes_have_plain_types(swept):
    folder = swept()
    schema = pq.read_schema(next(folder.glob("runs/*.parquet")))
    types = {str(schema.field(name).type) for name in schema.names if name.startswith("jobs")}
    assert types == {"double"}
    assert [str(schema.field(key).type) for key in KEYS] == ["int32", "string", "int32"]


def test_a_folder_without_a_manifest_is_no_result(tmp_path):
    with pytest.raises(StoreError, match="not a result of a sweep; it holds no manifest.json"):
        open_result(tmp_path)
