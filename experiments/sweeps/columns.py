"""Arrow columns straight from NumPy arrays and texts, and back.

`pyarrow.array` and `to_numpy` do the same, but import pandas on the way, which costs a sweep 30 MB.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa


def numbers(values: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """Return numbers, or true and false, as a column.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Floats, integers or booleans.
    absent : ndarray of bool, shape (n,), optional
        Where there is no value.

    Examples
    --------
    >>> numbers(np.array([1.5, 2.5]), np.array([False, True])).to_pylist()
    [1.5, None]
    >>> numbers(np.array([True, False, True])).to_pylist()
    [True, False, True]
    """
    flat = np.ascontiguousarray(values)
    kind = pa.from_numpy_dtype(flat.dtype)
    data = np.packbits(flat, bitorder="little") if flat.dtype == bool else flat
    there = None if absent is None else pa.py_buffer(np.packbits(~absent, bitorder="little"))
    return pa.Array.from_buffers(kind, len(flat), [there, pa.py_buffer(data)])


def numbers_of(column: pa.ChunkedArray) -> np.ndarray:
    """Return a column of numbers, none absent, as an array.

    Examples
    --------
    >>> numbers_of(pa.chunked_array([numbers(np.array([1, 2])), numbers(np.array([3]))])).tolist()
    [1, 2, 3]
    """
    return np.concatenate([np.from_dlpack(chunk) for chunk in column.chunks])


def texts(values: Iterable[str]) -> pa.Array:
    """Return texts as a column.

    Examples
    --------
    >>> texts(["một", "", "hai"]).to_pylist()
    ['một', '', 'hai']
    """
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def chosen(names: Iterable[str], places: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """Return names by their places; nothing where absent.

    Examples
    --------
    >>> chosen(["a", "b"], np.array([1, 0, 0]), np.array([False, False, True])).to_pylist()
    ['b', 'a', None]
    """
    return texts(names).take(numbers(places, absent))
