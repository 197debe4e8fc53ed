"""Compile kernels: the only module that knows numba, its options and its cache.

Not for arithmetic (sim/rules, sim/shocks). ZONESIM_INTERPRETED=1 runs everything as plain Python,
to debug or to measure coverage; numba is not imported then.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

_Function = TypeVar("_Function", bound=Callable[..., Any])

_INTERPRETED = os.environ.get("ZONESIM_INTERPRETED", "") == "1"
_CACHES_KEPT = 5
_OURS = "zonesim.txt"  # present in every directory that we may delete


def texts_fingerprint(files: Mapping[str, Path]) -> str:
    """Return 16 hex digits of a hash of text files and their names, whatever their line ends."""
    digest = hashlib.blake2b(digest_size=8)
    for name in sorted(files):
        text = files[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()


def sources_fingerprint(folder: Path) -> str:
    """Return the fingerprint of all Python sources below a folder."""
    return texts_fingerprint({p.relative_to(folder).as_posix(): p for p in folder.rglob("*.py")})


# Taken on import: the sources as this process runs them, even if a file is edited afterwards.
_FINGERPRINT = sources_fingerprint(Path(__file__).parent)


def fingerprint() -> str:
    """Return the fingerprint of the model: 16 hex digits of a hash of all sources of `sim`."""
    return _FINGERPRINT


def is_compiled() -> bool:
    """Return whether kernels are machine code rather than plain Python."""
    return not _INTERPRETED


def _claim(directory: Path) -> bool:
    """Create a cache directory or mark it as used now; return whether it can be written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / _OURS).write_text("Compiled kernels of zonesim. Safe to delete.\n")
        os.utime(directory)
    except OSError:
        return False
    return True


def _cache_directory(key: str) -> Path:
    """Return a writable directory for this key: the chosen or usual place, or a temporary one."""
    chosen = os.environ.get("ZONESIM_CACHE_DIR")
    candidates = [Path(chosen).absolute()] if chosen else []
    with contextlib.suppress(RuntimeError):  # no home directory
        candidates.append(Path.home() / ".cache" / "zonesim")
    for parent in candidates:
        if _claim(parent / key):
            return parent / key
    temporary = Path(tempfile.mkdtemp(prefix="zonesim-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    _claim(temporary / key)
    return temporary / key


def _last_used(directory: Path) -> float:
    try:
        return directory.stat().st_mtime
    except OSError:  # another process deleted it
        return 0.0


def _prune(parent: Path) -> None:
    """Delete our cache directories except the last used; others may be doing so too."""
    ours = [marker.parent for marker in parent.glob(f"*/{_OURS}")]
    for old in sorted(ours, key=_last_used, reverse=True)[_CACHES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


_CACHE: Path | None = None

if _INTERPRETED:

    def _door(function: _Function, *, inline: bool = False) -> _Function:
        return function

    def _inner(function: _Function) -> _Function:
        return function

    def word_product(by_halves: _Function) -> _Function:
        """Return the product of two 64-bit words as it is written."""
        return by_halves

else:
    import numba
    import numpy as np
    from numba.extending import register_jitable

    def _cache_key() -> str:
        """Return the name of the cache directory: whatever can change the machine code."""
        parts = (_FINGERPRINT, numba.__version__, np.__version__, sys.version)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()

    _CACHE = _cache_directory(_cache_key())
    _prune(_CACHE.parent)
    # Vector libraries round differently from the scalar functions that interpreted mode calls.
    _config: Any = numba.config  # its names are made at run time
    _config.DISABLE_INTEL_SVML = 1
    # Without reference counting (_nrt): kernels never allocate, and counting cost nine tenths of
    # the time. Without doors for C (cfunc): nobody calls them, and they took a tenth of compiling.
    _OPTIONS: dict[str, Any] = dict(
        nogil=True, error_model="numpy", fastmath=False, _nrt=False, no_cfunc_wrapper=True
    )
    # numba's arguments come one by one, some hundred for all tables of a run, so that functions
    # that take tables are merged into their callers: calls of phases took a tenth of a run. A door
    # that takes tables from Python is longer than most of what lies behind it: few functions have
    # one.
    _njit: Any = numba.njit

    def _door(function: _Function, *, inline: bool = False) -> _Function:
        """Return machine code that Python can call, kept on disk."""
        # Each time: numba forgets the directory when a NUMBA_* variable changes in between.
        _config.CACHE_DIR = str(_CACHE)
        compiled: _Function = _njit(cache=True, forceinline=inline, **_OPTIONS)(function)
        return compiled

    def _inner(function: _Function) -> _Function:
        """Return the function, to be merged into what calls it; Python runs it as Python."""
        known: _Function = register_jitable(forceinline=True, **_OPTIONS)(function)
        return known

    def word_product(by_halves: _Function) -> _Function:
        """Return the product of two 64-bit words as one instruction of the processor.

        Parameters
        ----------
        by_halves : callable
            The same in arithmetic of 64 bits, for interpreted mode.

        Returns
        -------
        callable
            Takes two uint64 and returns the high and the low word of their product.
        """
        from llvmlite import ir
        from numba.extending import intrinsic

        types: Any = numba.types

        def product(typing: Any, a: Any, b: Any) -> Any:
            pair = types.UniTuple(types.uint64, 2)

            def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                wide, word = ir.IntType(128), ir.IntType(64)
                a_wide, b_wide = (builder.zext(value, wide) for value in arguments)
                whole = builder.mul(a_wide, b_wide)
                high = builder.trunc(builder.lshr(whole, ir.Constant(wide, 64)), word)
                low = builder.trunc(whole, word)
                return context.make_tuple(builder, pair, (high, low))

            return pair(types.uint64, types.uint64), generate

        compiled: _Function = intrinsic(product)
        return compiled


def rule(function: _Function) -> _Function:
    """Compile a rule: scalars in, scalar out, one decision of the model."""
    return _door(function)


def phase(function: _Function) -> _Function:
    """Compile a phase: one step of the schedule, which writes the columns its docstring names."""
    return _inner(function)


def kernel(function: _Function) -> _Function:
    """Compile a part of phases and entries, neither rule nor phase."""
    return _inner(function)


def entry(function: _Function) -> _Function:
    """Compile what Python calls: a run, the tables of luck, a random draw."""
    return _door(function, inline=True)


def cache_directory() -> Path | None:
    """Return where machine code is kept, or None in interpreted mode."""
    return _CACHE


def is_cache_warm(work: str = "runs") -> bool:
    """Return whether some work can start at once, without compilation to announce.

    Parameters
    ----------
    work : str
        A name under which `mark_cache_warm` was called.
    """
    return _CACHE is None or (_CACHE / f"warm-{work}").exists()


def mark_cache_warm(work: str = "runs") -> None:
    """Record that everything that some work needs is compiled now; call it after the work.

    Parameters
    ----------
    work : str
        Its name, such as "runs" for a complete run.
    """
    if _CACHE is not None:
        with contextlib.suppress(OSError):
            (_CACHE / f"warm-{work}").touch()
