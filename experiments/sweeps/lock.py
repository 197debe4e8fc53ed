"""Keep two sweeps out of one folder: a lock that the system lifts when its holder dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from experiments.sweeps.parts import unwritten
from sim.errors import StoreError

LOCK: Final = ".zonesim-lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder; whatever ends the process, even ``kill -9``, lets go of it.

    Parameters
    ----------
    folder : Path
        An existing folder.

    Raises
    ------
    StoreError
        If another process holds it, or it cannot be written.
    """
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(unwritten(folder, error)) from None
    try:
        if not _take(handle):
            holder = os.read(handle, 64).decode("ascii", "replace").strip() or "unknown"
            raise StoreError(
                f"{folder}: another sweep writes to this folder (process {holder}). "
                "Wait until it ends, or name another folder."
            )
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            os.lseek(handle, 1024, os.SEEK_SET)  # behind the text, which others may read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
