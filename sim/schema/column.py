"""What a column is: unit, labels in both languages and bounds, and how tables become dtypes.

Not for values: those live in the data files of a province. The tables themselves are in the
neighbouring modules.
"""

import functools
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, NamedTuple, get_args, get_origin, get_type_hints

import numpy as np


class Column(NamedTuple):
    """Unit, labels and bounds of one quantity."""

    unit: str
    label_en: str
    label_vi: str
    lo: float = -math.inf
    hi: float = math.inf


@functools.cache
def columns_of(table: type) -> Mapping[str, Column]:
    """Return the columns of a table, in the order they are declared.

    Parameters
    ----------
    table : type
        A NamedTuple class whose fields are ``Annotated[float | int, Column(...)]``.

    Returns
    -------
    mapping of str to Column
        Field name to column.
    """
    hints = get_type_hints(table, include_extras=True)
    return MappingProxyType(
        {name: get_args(hint)[1] for name, hint in hints.items() if get_origin(hint) is Annotated}
    )


@functools.cache
def dtype_of(table: type) -> np.dtype:
    """Return the record dtype of a table: int64 for int fields, float64 for float fields.

    Parameters
    ----------
    table : type
        A NamedTuple class whose fields are ``Annotated[float | int, Column(...)]``.

    Returns
    -------
    numpy.dtype
        A record dtype, so that ``rows[i].leased_ha`` reads the same compiled and interpreted.
    """
    hints = get_type_hints(table, include_extras=True)
    fields = [
        (name, np.int64 if get_args(hint)[0] is int else np.float64) for name, hint in hints.items()
    ]
    return np.dtype((np.record, fields))


def new_table(table: type, *shape: int) -> np.recarray:
    """Return a zero-filled record array of a table.

    Parameters
    ----------
    table : type
        A table of the schema.
    *shape : int
        Its shape.

    Returns
    -------
    numpy.recarray
        Zero-filled rows.
    """
    return np.zeros(shape, dtype=dtype_of(table)).view(np.recarray)


def as_bytes(table: np.ndarray, axes: int = 1) -> np.ndarray:
    """Return a table as plain bytes, to be copied fast: NumPy copies records field by field.

    Parameters
    ----------
    table : numpy.ndarray
        Of any dtype, without gaps.
    axes : int
        How many of its axes to keep.

    Returns
    -------
    numpy.ndarray
        A view, uint8: the axes kept and one of bytes.
    """
    size = math.prod(table.shape[axes:]) * table.itemsize
    return table.view(np.ndarray).view(np.uint8).reshape(*table.shape[:axes], size)


def copy_rows(target: np.ndarray, source: np.ndarray) -> None:
    """Copy the rows of a table as plain bytes; NumPy would copy records field by field.

    Parameters
    ----------
    target, source : numpy.ndarray
        Tables of one dtype and shape; the last axis of each lies without gaps.
    """
    as_bytes(target)[...] = as_bytes(source)
