"""Compilation: a cache keyed by content, and one behaviour in both modes.

Each test runs a copy of the two modules in processes of its own, with a cache of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim.compiled

_SOURCE = Path(sim.compiled.__file__).parent

_RULES = """
from sim.compiled import rule

@rule
def doubled(value):
    return 2.0 * value
"""

_CALLER = """
from sim.compiled import entry, kernel
from sim.rules import doubled

@kernel
def add_one(value):
    return doubled(value) + 1.0

@entry
def settle(value):
    return add_one(value)
"""

_STATS = "; print(*(sum(x.values()) for x in (f.stats.cache_hits, f.stats.cache_misses)))"
_CALL_SETTLE = "from sim.step import settle as f; print(f(3.0))"
_DIRECTORY = "import sim.compiled as c; print(c.cache_directory())"


@pytest.fixture
def project(tmp_path):
    """Return a folder with a small `sim`: the real compiled and shocks, a rule, a caller."""
    folder = tmp_path / "project"
    (folder / "sim").mkdir(parents=True)
    for name in ("compiled.py", "shocks.py"):
        shutil.copy(_SOURCE / name, folder / "sim" / name)
    (folder / "sim" / "rules.py").write_text(_RULES)
    (folder / "sim" / "step.py").write_text(_CALLER)
    return folder


def _run(project, code, **variables):
    """Run code in a new process at the project and return the lines it prints."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ZONESIM_", "NUMBA_", "COV_", "PYTHON"))
    }
    environment = kept | {"ZONESIM_CACHE_DIR": str(project / "cache")} | variables
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def _machine_code(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns for path in folder.rglob("*.nb?")}


def test_a_second_process_loads_machine_code_instead_of_compiling(project):
    assert _run(project, _CALL_SETTLE + _STATS) == ["7.0", "0 1"]
    written = _machine_code(project)
    assert _run(project, _CALL_SETTLE + _STATS) == ["7.0", "1 0"]
    assert _machine_code(project) == written


def test_machine_code_is_written_below_the_chosen_directory_only(project):
    directory = Path(_run(project, _CALL_SETTLE + ";" + _DIRECTORY)[1])
    assert directory.parent == project / "cache"
    assert len(_machine_code(directory)) == len(_machine_code(project)) > 0


def test_editing_a_rule_changes_what_its_caller_in_another_file_returns(project):
    assert _run(project, _CALL_SETTLE) == ["7.0"]
    edited = project / "sim" / "rules.py"
    # Another length, since Python's own cache misses an edit of equal size within one second.
    edited.write_text(edited.read_text().replace("2.0", "4.00"))
    assert _run(project, _CALL_SETTLE) == ["13.0"]


def test_the_fingerprint_follows_content_and_names_but_not_line_ends_or_place(project):
    code = "import sim.compiled as c; print(c.fingerprint())"
    first = _run(project, code, ZONESIM_INTERPRETED="1")
    source = project / "sim" / "rules.py"
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    project = project.rename(project.parent / "elsewhere")
    assert _run(project, code, ZONESIM_INTERPRETED="1") == first
    (project / "sim" / "rules.py").rename(project / "sim" / "laws.py")
    assert _run(project, code, ZONESIM_INTERPRETED="1") != first


def test_interpreted_mode_does_without_numba(project):
    code = _CALL_SETTLE + "; import sys, sim.compiled as c; print('numba' in sys.modules)"
    code += "; print(c.is_compiled(), c.is_cache_warm(), c.cache_directory(), c.mark_cache_warm())"
    lines = _run(project, code, ZONESIM_INTERPRETED="1")
    assert lines == ["7.0", "False", "False True None None"]
    assert not (project / "cache").exists()


def test_draws_are_equal_to_the_bit_in_both_modes(project):
    code = """
import numpy as np
from sim import shocks
draws = (shocks.uniform, shocks.exponential, shocks.gumbel, shocks.normal)
big = 2 ** 63 - 1
for address in ((7, 3, 1, 2, 5), (big, 29, big, big, big - 1)):
    print([hex(shocks.word(*address, n)) for n in (0, 5, 2 ** 62)])
    for draw in draws:
        print(np.array([draw(*address, n) for n in range(100)]).tobytes().hex())
    out = np.empty(37)
    for fill in (shocks.fill_uniform, shocks.fill_exponential):
        fill(out, *address, 3)
        print(out.tobytes().hex())
"""
    compiled = _run(project, code)
    assert len(compiled) == 14
    assert _run(project, code, ZONESIM_INTERPRETED="1") == compiled


def test_tables_of_records_read_and_write_alike_in_both_modes(project):
    (project / "tables.py").write_text(
        """
import math
from typing import NamedTuple
import numpy as np
from sim.compiled import entry, kernel, phase

class World(NamedTuple):
    zones: np.recarray
    tenants: np.recarray

@kernel
def add(table, row, ha):
    table[row].leased_ha += ha
    table[row].count += 2

@phase
def fill(world, levers):
    for row in range(world.zones.size):
        zone = world.zones[row]
        zone.leased_ha = levers.price * math.log(row + 2.0) / levers.delay
        add(world.tenants, row, zone.leased_ha)
        world.zones.count[row] = levers.delay - world.tenants[row].count

@entry
def settle(world, levers):
    fill(world, levers)

columns = [("leased_ha", "f8"), ("count", "i8")]
zones = np.zeros(5, columns).view(np.recarray)
tenants = np.ones(7, columns).view(np.recarray)
levers = np.array([(0.3, 7)], [("price", "f8"), ("delay", "i8")]).view(np.recarray)
settle(World(zones, tenants), levers[0])
print(zones.tobytes().hex(), tenants.tobytes().hex())
"""
    )
    compiled = _run(project, "import tables")
    assert _run(project, "import tables", ZONESIM_INTERPRETED="1") == compiled
    assert _run(project, "import tables; f = tables.settle" + _STATS)[1] == "1 0"


def test_kernels_can_be_called_from_python_and_give_the_same(project):
    both = "from sim.step import add_one, settle; print(add_one(3.0), settle(3.0))"
    assert _run(project, both) == ["7.0 7.0"]


def test_a_place_that_cannot_be_written_is_replaced_by_a_temporary_one(project):
    (project / "file").write_text("not a folder")
    blocked = str(project / "file" / "cache")
    temporary = project / "temporary"
    temporary.mkdir()
    lines = _run(
        project,
        _CALL_SETTLE + ";" + _DIRECTORY,
        ZONESIM_CACHE_DIR=blocked,
        HOME=blocked,
        USERPROFILE=blocked,
        TMPDIR=str(temporary),
        TEMP=str(temporary),
    )
    assert lines[0] == "7.0"
    assert temporary in Path(lines[1]).parents
    assert list(temporary.iterdir()) == []


def test_the_cache_is_warm_only_once_marked_and_for_these_sources_only(project):
    ask = "import sim.compiled as c; print(c.is_cache_warm())"
    assert _run(project, ask) == ["False"]
    assert _run(project, ask + "; c.mark_cache_warm(); print(c.is_cache_warm())")[1] == "True"
    assert _run(project, ask) == ["True"]
    assert _run(project, "import sim.compiled as c; print(c.is_cache_warm('more'))") == ["False"]
    (project / "sim" / "more.py").write_text("")
    assert _run(project, ask) == ["False"]


def test_the_five_caches_last_used_are_kept_and_strangers_never_touched(project):
    cache = project / "cache"
    for age in range(1, 8):
        old = cache / f"old-{age}"
        old.mkdir(parents=True)
        (old / "zonesim.txt").touch()
        os.utime(old, (1e9 - age, 1e9 - age))
    (cache / "stranger").mkdir()
    current = Path(_run(project, _DIRECTORY)[0]).name
    expected = {current, "old-1", "old-2", "old-3", "old-4", "stranger"}
    assert set(os.listdir(cache)) == expected
