"""Write new files and folders, whole or not at all, and never over what is there.

Not for results, which may replace older results: experiments/store.py.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from experiments.store import check_not_current, staged, told, write_texts
from sim.data_files import NAME, NAME_FORM
from sim.errors import StoreError


def checked_name(name: str, verb: str) -> str:
    """Return a name of a scenario or province, after making sure that it can be a file's.

    Raises
    ------
    StoreError
        If it holds anything but small letters, digits, hyphens and underscores.
    """
    if NAME.fullmatch(name):
        return name
    raise StoreError(
        f"zonesim {verb}: NAME = {name!r}: expected {NAME_FORM}, such as "
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
    with told(path, "file"), staged(path) as aside:
        write_texts(aside.parent, {aside.name: text})
        aside.rename(path)


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
        If the folder holds anything, is or holds the current one or cannot be written; nothing is
        left behind then.
    """
    target = Path(os.path.realpath(folder))
    with told(folder, "folder"), staged(target) as aside:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise StoreError(
                f"--out {folder}: exists already and is left as it is. Name a new or empty folder."
            )
        check_not_current(folder)
        write_texts(aside, files)
        if target.exists():
            target.rmdir()
        aside.rename(target)
