"""Modules define and `main` acts: importing any of them warns of nothing and changes nothing."""

import os
import subprocess
import sys

from tests.architecture.sources import CODE, ROOT, module_name

# Mesa forces a start method when it is imported: it goes first and is not held against us.
IMPORT_ALL = """
import importlib, multiprocessing, sys, warnings
import matplotlib, mesa

def state():
    return (
        matplotlib.get_backend(auto_select=False),
        multiprocessing.get_start_method(allow_none=True),
        tuple(warnings.filters),
    )

for name in sys.argv[1:]:
    before = state()
    importlib.import_module(name)
    assert state() == before, f"importing {name} changes {before} to {state()}"
"""
HEAVY = ("matplotlib.pyplot", "mesa", "pandas", "scipy.stats")
IMPORT_CLI = f"""
import sys
import experiments.cli
heavy = [name for name in {HEAVY} if name in sys.modules]
assert not heavy, f"importing experiments.cli imports {{heavy}}"
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "MPLBACKEND"}
    command = [sys.executable, "-W", "error", "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_every_folder_of_code_is_a_package():
    folders = {path.rpartition("/")[0] for path in CODE}
    assert not {f for f in folders if f"{f}/__init__.py" not in CODE}, "import-linter skips these"


def test_importing_any_module_warns_of_nothing_and_changes_nothing():
    names = [module_name(path) for path in CODE if not path.endswith("__main__.py")]
    done = run(IMPORT_ALL, *names)
    assert not done.returncode, done.stderr
    assert not done.stdout + done.stderr


def test_the_command_line_starts_without_the_slow_libraries():
    done = run(IMPORT_CLI)
    assert not done.returncode, done.stderr
