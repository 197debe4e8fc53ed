"""Write levers as the lines of a scenario file.

Not for reading them: sim/scenario_text.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping


def as_toml(settings: Mapping[str, object]) -> str:
    """Return levers as the lines of a scenario file, many dated steps one a line.

    Examples
    --------
    >>> as_toml({"rework": [{"from": "2021-01", "value": 0.5}]})
    'rework = [{ from = "2021-01", value = 0.5 }]'
    """
    return "\n".join(_line(lever, value) for lever, value in settings.items())


def _line(lever: str, value: object) -> str:
    if isinstance(value, list) and len(value) > 1 and isinstance(value[0], dict):
        steps = "".join(f"    {_toml(step)},\n" for step in value)
        return f"{lever} = [\n{steps}]"
    return f"{lever} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {_toml(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(_toml(item) for item in value)}]"
    return f"{value:.10g}" if isinstance(value, float) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)
