"""Write new files and folders, whole or not at all, and never over what is there.

Not for results, which may replace older results: experiments/store.py.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sim.errors import StoreError

_NAME = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")


def checked_name(name: str, verb: str) -> str:
    """Return a name of a scenario or province, after making sure that it can be a file's.

    Raises
    ------
    StoreError
        If it holds anything but small letters, digits, hyphens and underscores.
    """
    if _NAME.fullmatch(name):
        return name
    raise StoreError(
        f"zonesim {verb}: NAME = {name!r}: expected small letters, digits, '-' and '_', such as "
        "'my_plan'. Titles with any letters go into the file's label."
    )


def new_file(path: Path, text: str) -> None:
    """Write a file that does not exist yet; folders above it are made.

    Raises
    ------
    StoreError
        If it exists or cannot be written; nothing is left behind then.
    """
    if path.exists():
        raise StoreError(f"{path}: exists already and is left as it is. Name a new file in --out.")
    staging = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        with _room_for(staging):
            staging.write_text(text, encoding="utf-8", newline="\n")
            staging.rename(path)
    except OSError as error:
        raise StoreError(_unwritable(path, error)) from None


@contextmanager
def _room_for(staging: Path) -> Iterator[None]:
    """Make the folders above; if writing fails, remove them again with all that was begun."""
    missing = [folder for folder in staging.absolute().parents if not folder.exists()]
    staging.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if staging.is_dir():
            shutil.rmtree(staging, ignore_errors=True)
        _remove(staging)
        for folder in missing:
            _remove(folder)
        raise


def new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that is new or empty.

    Parameters
    ----------
    folder : Path
        Where.
    files : mapping of str to str
        Text by path below the folder.

    Raises
    ------
    StoreError
        If the folder holds anything, is the current one or cannot be written; nothing is left
        behind then.
    """
    target = Path(os.path.realpath(folder))
    staging = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(
                f"--out {folder}: exists already and is left as it is. Name a new or empty folder."
            )
        if Path.cwd().is_relative_to(target):
            raise StoreError(f"--out {folder}: is the current folder. Name a folder below it.")
        with _room_for(staging):
            for name, text in files.items():
                path = staging / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if target.exists():
                target.rmdir()
            staging.rename(target)
    except OSError as error:
        raise StoreError(_unwritable(folder, error)) from None


def replaced(path: Path, content: bytes) -> None:
    """Write a file in the place of an older one, whole or not at all.

    Raises
    ------
    StoreError
        If it cannot be written; the older one is as it was then.
    """
    staging = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        staging.write_bytes(content)
        staging.replace(path)
    except OSError as error:
        raise StoreError(_unwritable(path, error)) from None
    finally:
        _remove(staging)


def _remove(path: Path) -> None:
    """Remove a file or an empty folder; leave what is in use by others, or cannot be reached."""
    try:
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return


def _unwritable(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"--out {path}: cannot be written ({reason}). Name a place that you may write to."
