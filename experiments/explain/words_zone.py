"""Say in words why a zone stands as it stands, and what levers would do to it."""

from __future__ import annotations

from textwrap import indent
from typing import Final

from experiments.constraint import CONSTRAINTS
from experiments.explain.zone import EFFECTS, LAND, StepEffect, ZoneWhy
from experiments.grid import grid, section, wrapped
from experiments.lever_words import lever_label
from experiments.statistics import Interval
from experiments.texts import Texts, label_in
from sim.scenario_levers import LEVERS
from sim.schema import ZoneRecord, columns_of
from sim.world import World

_BOOK: Final = columns_of(ZoneRecord)
_MOST_ZONES: Final = 4  # named as where investors went instead


def zone_text(why: ZoneWhy, world: World, texts: Texts) -> str:
    """Return the explanation of a zone as text of at most 80 columns.

    Parameters
    ----------
    why : ZoneWhy
        What was found.
    world : World
        The province, for names.
    texts : Texts
        The language.
    """
    names = world.zone_names_vi if texts.language == "vi" else world.zone_names_en
    z = world.zone_ids.index(why.zone)
    say = texts.sections["explain"]
    title = say["zone_title"].format(
        name=names[z],
        zone=why.zone,
        scenario=why.scenario,
        year=why.year,
        replicates=texts.counted("replicates", why.how.replicates),
        seed=why.how.seed,
    )
    parts = [
        section(title, _answer(why, texts)),
        section(say["land_title"], _land(why, texts)),
        section(say["wanted_title"].format(year=why.year), _wanted(why, texts)),
        section(say["booked_title"].format(year=why.year), _booked(why, texts)),
        section(say["binding_title"], _binding(why, texts)),
        section(say["effects_title"].format(year=why.year), _effects(why, texts)),
    ]
    return "\n\n".join(parts) + "\n"


def _answer(why: ZoneWhy, texts: Texts) -> str:
    """Return the zone in two sentences: how full it is, what binds it most often."""
    say, occupancy = texts.sections["explain"], why.land["occupancy"]
    key = "zone_empty" if occupancy.n == 0 else "zone_full"
    full = say[key].format(
        occupancy=texts.quantity(occupancy.mean, "share", 3),
        leased=texts.number(why.land["leased_ha"].mean, 1),
        serviced=texts.number(why.land["serviced_ha"].mean, 1),
        leasable=texts.number(why.leasable_ha, 1),
    )
    shares = why.binding[why.year]
    most = max(shares, key=lambda name: (shares[name], -CONSTRAINTS.index(name)))
    binds = say["zone_binds"].format(
        constraint=texts.get("binding", most), share=texts.percent(shares[most]), year=why.year
    )
    return wrapped(f"{full} {binds}")


def _land(why: ZoneWhy, texts: Texts) -> str:
    say = texts.sections["explain"]
    rows = [
        [say["gross"], texts.number(why.gross_ha, 1), texts.number(why.gross_ha, 1), ""],
        [say["leasable"], texts.number(why.leasable_ha, 1), texts.number(why.leasable_ha, 1), ""],
    ]
    for key in LAND:
        before = texts.number(why.start[key], 1) if key in why.start else ""
        found = why.land[key]
        rows.append([texts.outcome(key), before, texts.number(found.mean, 1), _band(found, texts)])
    head = [say["head_land"], texts.get("head", "start"), str(why.year)]
    return grid([*head, texts.get("head", "interval")], rows)


def _band(found: Interval, texts: Texts) -> str:
    return texts.ends(found.lo, found.hi, 1, method=found.method)


def _wanted(why: ZoneWhy, texts: Texts) -> str:
    """Return who had the zone as first choice since the start, and what became of them."""
    say = texts.sections["explain"]
    if not why.wanted.rows:
        return say["wanted_nobody"]
    rows = [
        [
            texts.fate(row.fate),
            texts.number(row.investors.mean, 1),
            texts.number(row.land_ha.mean, 1),
        ]
        for row in why.wanted.rows
    ]
    table = grid([say["head_fate"], texts.get("unit", "investors"), "ha"], rows)
    instead = list(why.wanted.elsewhere.items())[:_MOST_ZONES]
    named = ", ".join(f"{zone} ({texts.number(land, 1)} ha)" for zone, land in instead)
    more = ["", wrapped(say["instead"].format(zones=named))] if instead else []
    return "\n".join([table, *more])


def _booked(why: ZoneWhy, texts: Texts) -> str:
    """Return the land turned away or kept waiting in the year, by what was in the way."""
    say = texts.sections["explain"]
    found = [(key, value) for key, value in why.booked_ha.items() if value.mean > 0.0]
    came = say["came"].format(ha=texts.number(why.wanted_ha.mean, 1))
    if not found:
        return wrapped(f"{came} {say['booked_nobody']}")
    rows = [
        [
            label_in(texts.language, _BOOK[key]),
            texts.number(value.mean, 1),
            _band(value, texts),
        ]
        for key, value in sorted(found, key=lambda item: -item[1].mean)
    ]
    head = [say["head_obstacle"], say["ha_years"], texts.get("head", "interval")]
    return f"{wrapped(came)}\n\n{grid(head, rows)}"


def _binding(why: ZoneWhy, texts: Texts) -> str:
    names = [name for name in CONSTRAINTS if any(name in found for found in why.binding.values())]
    rows = [
        [
            texts.get("constraint", name),
            *(
                texts.number(100.0 * found[name], 0) if name in found else ""
                for found in why.binding.values()
            ),
        ]
        for name in names
    ]
    head = [texts.get("explain", "head_binds"), *(str(year) for year in why.binding)]
    return grid(head, rows)


def _effects(why: ZoneWhy, texts: Texts) -> str:
    """Return the levers with a clear effect, and name those of which nothing can be told."""
    say = texts.sections["explain"]
    clear = [effect for effect in why.effects if effect.clear]
    lines = []
    if clear:
        head = [texts.get("head", "lever"), say["head_step"]]
        head += [f"{texts.get('head', 'occupancy')} {texts.get('unit', 'points')}"]
        head += [f"{texts.get('head', key)} ha" for key in EFFECTS[1:]]
        lines += [grid(head, [_effect(effect, texts) for effect in clear], left=1), ""]
        lines += [wrapped(say["effects_set"])]
        lines += [indent(effect.settings, " " * 4) for effect in clear]
    groups = {
        "effects_unclear": [
            f"{lever_label(LEVERS[effect.lever], texts)} ({_step(effect, texts)})"
            for effect in why.effects
            if not effect.clear
        ],
        "effects_bound": [lever_label(LEVERS[lever], texts) for lever in why.unchanged],
    }
    replicates = texts.counted("replicates", why.how.replicates)
    for key, levers in groups.items():
        if levers:
            named = ", ".join(levers)
            lines.append(wrapped(say[key].format(replicates=replicates, levers=named)))
    return "\n".join([*lines, "", wrapped(say["effects_note"])])


def _step(effect: StepEffect, texts: Texts) -> str:
    """Return by how much a lever was changed, or that it was set."""
    if effect.step is None:
        return texts.get("explain", "set")
    step = texts.number(effect.step, 0 if abs(effect.step) >= 1 else 2, sign=True)
    unit = LEVERS[effect.lever].unit
    return step if unit in ("1", "share") else f"{step} {texts.get('step_unit', unit)}"


def _effect(effect: StepEffect, texts: Texts) -> list[str]:
    cells = []
    for key in EFFECTS:
        mean = effect.effects[key].interval.mean
        shown = texts.quantity(mean, "share" if key == "occupancy" else "ha", 3, sign=True)
        if key != "occupancy":
            shown = texts.number(mean, 1, sign=True)
        cells.append(shown if key in effect.clear else "?")
    return [lever_label(LEVERS[effect.lever], texts), _step(effect, texts), *cells]
