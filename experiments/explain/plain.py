"""Turn explanations into what JSON knows: objects, lists, numbers of ten digits, null."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping

from experiments.json_text import Json, rounded


def plain(value: object) -> Json:
    """Return a value as JSON knows it; numbers that are not finite become null.

    Examples
    --------
    >>> plain({"a": (1, math.inf)})
    {'a': [1, None]}
    """
    if value is None or isinstance(value, bool | str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return rounded(float(value)) if math.isfinite(value) else None
    raise TypeError(f"{type(value).__name__} has no place in an explanation")
