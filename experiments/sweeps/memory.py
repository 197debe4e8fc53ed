"""Keep the memory of a long sweep flat."""

import ctypes
import sys
from typing import Final

_M_MMAP_THRESHOLD: Final = -3  # of mallopt(3)
_BYTES: Final = 256 * 1024


def give_back_large_arrays() -> None:
    """Let the C library return large arrays to the system as soon as they are freed.

    By default glibc keeps blocks of up to 32 MB once such ones were freed; the tables of a run are
    then scattered over what it keeps, and a sweep takes half as much memory again. A fixed
    threshold of 256 KiB ends that. Where there is no glibc, nothing happens.
    """
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _BYTES)
    except AttributeError:  # another C library
        return
