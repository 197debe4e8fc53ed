"""What levers are called and do, in the reader's language.

English sentences are the model's own (sim/scenario_reference.py); Vietnamese ones are in
texts.vi.toml. Not for what runs show of a lever: experiments/levers_effect.py.
"""

from __future__ import annotations

from experiments.texts import Texts, label_in
from sim.scenario_levers import COLUMNS, Lever
from sim.scenario_reference import EFFECTS
from sim.schema import codes


def lever_label(lever: Lever, texts: Texts) -> str:
    """Return the name of a lever for readers; where it sets several columns, of them together."""
    together = texts.sections["lever_label"].get(lever.name)
    return together or label_in(texts.language, COLUMNS[lever.columns[0]])


def lever_effect(lever: Lever, texts: Texts) -> str:
    """Return in a sentence what a lever does."""
    return EFFECTS[lever.name] if texts.language == "en" else texts.get("lever_does", lever.name)


def lever_expected(lever: Lever, texts: Texts) -> str:
    """Return what a value of a lever looks like, with bounds and unit."""
    if texts.language == "en":
        return lever.expected
    unit = texts.get("step_unit", lever.unit) if lever.has_unit else ""
    return texts.get("lever_shape", _shape(lever)).format(
        lo=f"{lever.lo:g}",  # as a scenario file writes numbers, in any language
        hi=f"{lever.hi:g}",
        unit=unit,
        parts=", ".join(f"'{part}'" for part in lever.parts),
        rules=", ".join(f"'{rule}'" for rule in codes.ALLOCATIONS),
    )


def _shape(lever: Lever) -> str:
    if lever.kind == "number" and lever.unit in ("1", "share"):
        return {"1": "multiplier", "share": "share"}[lever.unit]
    return f"{lever.named}s" if lever.kind == "names" else lever.kind
