"""Where results come from: the version of the program and fingerprints of model and data."""

import tomllib
from importlib import metadata
from pathlib import Path

from sim.compiled import sources_fingerprint, texts_fingerprint

PACKAGE = "zonesim"


def version() -> str:
    """Return the version of the program, installed or run from a checkout."""
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version(PACKAGE)


def program_fingerprint() -> str:
    """Return 16 hex digits of a hash of all sources of this package, whatever their line ends."""
    return sources_fingerprint(Path(__file__).parent)


def folder_fingerprint(folder: Path) -> str:
    """Return 16 hex digits of a hash of the data files of a folder, whatever their line ends."""
    return texts_fingerprint(
        {path.name: path for path in folder.iterdir() if path.suffix in (".csv", ".toml")}
    )
