"""Values as JSON text, numbers to ten digits.

Light, so that a verb that writes JSON loads no pandas. Not for answers: experiments/document.py.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from typing import Final

DIGITS: Final = 10
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def json_text(content: Json) -> str:
    """Return JSON with sorted keys, one space of indent and a final line break."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    return text + "\n"


def json_value(value: object) -> Json:
    """Return a value as JSON knows it; what has named fields becomes an object.

    Examples
    --------
    >>> json_value({"a": (1, math.inf)})  # a number that is not finite becomes null
    {'a': [1, None]}
    """
    if value is None or isinstance(value, bool | str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            each.name: json_value(getattr(value, each.name)) for each in dataclasses.fields(value)
        }
    if hasattr(value, "_asdict"):
        return json_value(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(item) for item in value]
    if hasattr(value, "item"):  # a NumPy scalar
        return json_value(value.item())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return rounded(value) if math.isfinite(value) else None
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def rounded(value: float) -> float:
    """Return a number rounded to ten significant digits.

    Examples
    --------
    >>> rounded(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{DIGITS}g}")
