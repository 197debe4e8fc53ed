"""Write files and folders: all or nothing, and results never over a folder that is not ours.

Files are written into a new folder beside the target, which takes its place at the end. The marker
file lists what we wrote; a folder without it, or with files of others, is left alone.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sim.errors import StoreError

MARKER: Final = "zonesim-results.json"
Write = Callable[[Path], object]  # writes its files into a folder, or a file to a path


def machine(command: str) -> dict[str, str | int]:
    """Return when, where and by which command results are made; nothing is compared with it."""
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "system": platform.platform(),
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
    }


class Destination:
    """A folder that results will take, held by an empty folder beside it until they are written."""

    def __init__(self, folder: Path, staging: Path) -> None:
        self.folder = folder
        self._staging = staging

    def commit(self, write: Write) -> None:
        """Write the results beside the target, then put them in its place.

        Raises
        ------
        StoreError
            If they cannot be written; nothing has changed then.
        """
        with told(self.folder, "folder"):
            write(self._staging)
            _mark(self._staging)
            check_folder(self.folder)  # it may have changed while the runs were made
            _take_place(self._staging, self.folder)


@contextmanager
def reserve(folder: Path) -> Iterator[Destination]:
    """Hold a folder for results, so that one that cannot be written shows before the runs.

    Parameters
    ----------
    folder : Path
        Where results shall be; new, empty, or with older results of ours.

    Raises
    ------
    StoreError
        If it cannot be written or is not ours.
    """
    target = Path(os.path.realpath(folder))
    check_folder(target)
    with staged(target) as staging:
        with told(folder, "folder"):
            staging.mkdir(parents=True)
        yield Destination(target, staging)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield a path beside a target; in the end, what is left there and folders made in vain go."""
    staging = target.with_name(f".{target.name}.part-{os.getpid()}")
    missing = [folder for folder in staging.absolute().parents if not folder.exists()]
    try:
        yield staging
    finally:
        with suppress(OSError):  # where there is no such folder, nothing was begun
            shutil.rmtree(staging) if staging.is_dir() else staging.unlink(missing_ok=True)
        with suppress(OSError):  # up to the first that something is in
            for folder in missing:
                folder.rmdir()


@contextmanager
def told(path: Path, what: str) -> Iterator[None]:
    """Say of what the system refuses that a path cannot be written, and what would do."""
    try:
        yield
    except OSError as error:
        # Arrow puts the name of its file aside and more into strerror
        reason = os.strerror(error.errno) if error.errno else str(error)
        message = (
            f"--out {path}: cannot be written ({reason}). Name a {what} that you may write to."
        )
        raise StoreError(message) from None


def replace_file(path: Path, write: Write, *, ours: bool) -> None:
    """Write a single file, whole or not at all, and over another one only if that is ours.

    Parameters
    ----------
    path : Path
        Where; folders above it are made.
    write : callable
        Writes the file beside it, to the path that it is given.
    ours : bool
        Whether a file that is there is known as one that zonesim wrote.

    Raises
    ------
    StoreError
        If something else is there, or it cannot be written; nothing has changed then.
    """
    with told(path, "file"), staged(path) as aside:
        check_file(path, ours=ours)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(aside)
        aside.replace(path)


def write_texts(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts into a folder, by path below it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def check_file(path: Path, *, ours: bool) -> None:
    """Make sure that a single file may be written or replaced; see `replace_file`.

    Raises
    ------
    StoreError
        If something else is there.
    """
    if path.exists() and (path.is_dir() or not ours):
        found = "a folder" if path.is_dir() else "not a file that zonesim wrote"
        raise StoreError(f"--out {path}: is {found}, and is left so. Name a file that is new.")


def check_folder(folder: Path) -> None:
    """Make sure that a folder may be written or replaced.

    Raises
    ------
    StoreError
        If it is a file, holds the current folder, or holds files that we did not write.
    """
    if folder.is_symlink():  # all that lead somewhere were followed
        raise StoreError(f"--out {folder}: is a link that leads back to itself. Name a folder.")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StoreError(f"--out {folder}: is a file. Name a folder that is new or empty.")
    check_not_current(folder)
    foreign = _foreign_files(folder)
    if foreign:
        shown = ", ".join(foreign[:3]) + (", ..." if len(foreign) > 3 else "")
        raise StoreError(
            f"--out {folder}: holds files that are not results of zonesim ({shown}); "
            "expected a new or empty folder, or earlier results. Name another folder."
        )


def check_not_current(folder: Path) -> None:
    """Make sure that a folder can make room: we stand neither in it nor below it.

    Raises
    ------
    StoreError
        If we do.
    """
    if Path.cwd().is_relative_to(os.path.realpath(folder)):
        found = "is the current folder, or holds it"
        raise StoreError(f"--out {folder}: {found}. Name a folder below it.")


def _foreign_files(folder: Path) -> list[str]:
    """Return the files of a folder that we did not write."""
    try:
        content = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        ours = {MARKER, *content["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    return [name for name in _files(folder) if name not in ours]


def _files(folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if not path.is_dir()]
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def _mark(folder: Path) -> None:
    files = _files(folder)
    content = {"about": "Results of zonesim; it replaces them when asked to.", "files": files}
    write_texts(folder, {MARKER: json.dumps(content, indent=1) + "\n"})


def _take_place(staging: Path, target: Path) -> None:
    """Put a folder in the place of another, or of none; on failure the old one stays."""
    if not target.exists():
        staging.rename(target)
        return
    old = staging.with_name(f"{staging.name}-old")
    target.rename(old)
    try:
        staging.rename(target)
    except BaseException:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
