"""Printing, the clock, the environment and chance are each confined to a few named files."""

import ast

import pytest

from tests.architecture.sources import CODE, ROOT, dotted, find, imported_names, parse

PRINTS = {"experiments/cli.py"}
READS_CLOCK_OR_ENVIRONMENT = {
    "experiments/cli.py",
    "experiments/progress.py",
    "experiments/store.py",
    "sim/compiled.py",
}
BOOTSTRAPS = {"experiments/insight/resample.py", "experiments/statistics.py"}
EXPLICIT_GENERATORS = ("np.random.Generator", "np.random.default_rng")
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
ENVIRONMENT = ("os.environ", "os.getenv", "os.putenv")


def uses(path: str) -> set[str]:
    """Return the dotted names a file mentions or imports."""
    tree = parse(path)
    mentioned = {dotted(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return mentioned | {name for _, name in imported_names(tree)}


@pytest.fixture(scope="module")
def used():
    return {path: uses(path) for path in CODE}


def is_clock_or_environment(name: str) -> bool:
    return name == "time" or name.startswith(("time.", *ENVIRONMENT)) or name.endswith(CLOCKS)


def is_chance(name: str) -> bool:
    numpy_random = name.startswith(("np.random", "numpy.random"))
    return numpy_random or name == "random" or name.startswith("random.")


def test_only_the_command_line_prints():
    prints = {
        path
        for path in CODE
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and dotted(node.func) in ("print", "sys.stdout.write")
    }
    assert prints <= PRINTS, "return the text and let experiments/cli.py print it"


def test_results_depend_on_no_clock_and_no_environment(used):
    found = {path for path, names in used.items() if any(map(is_clock_or_environment, names))}
    assert found <= READS_CLOCK_OR_ENVIRONMENT, "pass the value in as an argument"


def test_chance_comes_only_from_named_streams(used):
    found = {(path, name) for path, names in used.items() for name in names if is_chance(name)}
    allowed = {
        (path, name)
        for path, name in found
        if path in BOOTSTRAPS and (name == "np.random" or name.startswith(EXPLICIT_GENERATORS))
    }
    assert found == allowed, "draw from a stream of sim/shocks.py"


def test_no_text_mentions_a_folder_of_one_machine():
    texts = find("*.md", "*.toml", "Makefile", "*.lock", ".ci/*", "docs/**/*.*", "scenarios/**/*.*")
    texts += CODE + find("tests/**/*.py", "tests/**/*.toml", "experiments/**/*.toml")
    private = ["/".join(("", folder, "")) for folder in ("work", "root")]
    mentions = [
        path
        for path in texts
        if any(folder in (ROOT / path).read_text("utf-8", "ignore") for folder in private)
    ]
    assert not mentions
