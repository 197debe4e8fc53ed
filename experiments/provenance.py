"""Where results come from: the version of the program and fingerprints of model and data."""

import hashlib
import tomllib
from importlib import metadata
from pathlib import Path

PACKAGE = "zonesim"


def version() -> str:
    """Return the version of the program, installed or run from a checkout."""
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if project.is_file():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version(PACKAGE)


def program_fingerprint() -> str:
    """Return 16 hex digits of a hash of all sources of this package, whatever their line ends."""
    folder, digest = Path(__file__).parent, hashlib.blake2b(digest_size=8)
    names = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.py")}
    for name in sorted(names):
        text = names[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


def folder_fingerprint(folder: Path) -> str:
    """Return 16 hex digits of a hash of the data files of a folder, whatever their line ends."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.suffix in (".csv", ".toml"):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{path.name}\0{len(text)}\0".encode())
            digest.update(text)
    return digest.hexdigest()
