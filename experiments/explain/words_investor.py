"""Say in words why an investor did what it did."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from textwrap import indent
from typing import Final

from experiments.explain.flips import Ending, Flip
from experiments.explain.investor import InvestorWhy, seen_part
from experiments.grid import grid, section, wrapped
from experiments.lever_words import lever_label
from experiments.texts import Texts
from sim.scenario_levers import LEVERS
from sim.why import Why, ZoneLook
from sim.world import World

_ZONES: Final = 10  # options shown
_UTILITY: Final = 2  # decimals


def investor_text(why: InvestorWhy, world: World, texts: Texts) -> str:
    """Return the explanation of an investor as text of at most 80 columns.

    Parameters
    ----------
    why : InvestorWhy
        What was found.
    world : World
        The province, for names.
    texts : Texts
        The language.
    """
    say = texts.sections["explain"]
    parts = [
        section(
            say["investor_title"].format(
                id=why.candidate.id,
                scenario=why.scenario,
                seed=why.seed,
                replicate=why.replicate,
            ),
            _candidate(why, world, texts),
        ),
        section(say["looks_title"], _looks(why.looks, texts)),
        section(
            say["options_title"].format(month=why.last.date),
            f"{_options(why.last, texts)}\n\n{_margin(why, texts)}",
        ),
    ]
    if why.other is not None:
        parts.append(_terms(why, texts))
    if why.flips:
        parts.append(_flips(why, texts))
    return "\n\n".join(parts) + "\n"


def _candidate(why: InvestorWhy, world: World, texts: Texts) -> str:
    c, say = why.candidate, texts.sections["explain"]
    names = world.sector_names_vi if texts.language == "vi" else world.sector_names_en
    who = say["investor_who"].format(
        row=c.row,
        sector=names[world.sector_ids.index(c.sector)],
        origin=texts.get("origin", c.origin),
        land=texts.number(c.land_ha, 2),
        capital=texts.number(c.capital_bn_vnd_ha, 1),
        month=c.arrived,
    )
    key = "investor_gone" if c.stage == "gone" else "investor_now" if c.zone else "investor_still"
    became = say[key].format(
        stage=texts.get("stage", c.stage),
        zone=c.zone,
        reason=texts.get("reason", c.reason),
        month=c.stage_since,
    )
    extra = [say["investor_clusters_only"]] if c.clusters_only else []
    if c.home_district:
        extra.append(say["investor_home"].format(district=c.home_district))
    return wrapped(" ".join([who, *extra, became]))


def _looks(looks: Sequence[Why], texts: Texts) -> str:
    """Return the looks in their order, those alike in a row as one."""
    lines = []
    for said, alike in groupby(looks, key=lambda look: _look(look, texts)):
        dates = [look.date for look in alike]
        months = dates[0]
        if len(dates) > 1:
            months = texts.get("explain", "looks_many").format(
                first=dates[0], last=dates[-1], n=len(dates)
            )
        lines.append(wrapped(said, first=f"{months}  ", indent=" " * 9))
    return "\n".join(lines)


def _look(look: Why, texts: Texts) -> str:
    """Return one look in words: what it liked best, what it did."""
    key = f"look_{look.did}"
    if look.did == "gone":
        key = "look_refused" if look.first_choice else "look_neighbours"
    said = texts.get("explain", key).format(
        zone=look.best_feasible or look.first_choice,
        first=look.first_choice,
        reason=texts.get("reason", look.reason),
    )
    if look.did == "applied" and look.first_choice != look.best_feasible:
        said += " " + _passed_over(look, texts)
    return said


def _passed_over(look: Why, texts: Texts) -> str:
    first = next(zone for zone in look.zones if zone.zone == look.first_choice)
    why = texts.get("ruled_out", first.ruled_out)
    return texts.get("explain", "look_first").format(first=first.zone, why=why)


def _options(look: Why, texts: Texts) -> str:
    """Return the zones with the highest value and the outside option, what ruled each out."""
    order = sorted(look.zones, key=lambda zone: -zone.total)
    must = {look.first_choice, look.best_feasible}
    shown = [z for place, z in enumerate(order) if place < _ZONES or z.zone in must]
    rows = [
        (zone.total, [zone.zone, _ruled_out(zone, look, texts), *_values(zone, texts)])
        for zone in shown
    ]
    say = texts.sections["explain"]
    outside = [say["outside"], "", _number(look.outside, texts), "", ""]
    rows.append((look.outside, outside))
    rows.sort(key=lambda row: -row[0])
    head = [say[key] for key in ("head_option", "head_ruled_out", "head_value")]
    head += [say["head_seen"], say["head_random"]]
    left = len(order) - len(shown)
    more = "\n" + texts.counted("more_zones", left) if left else ""
    return grid(head, [cells for _, cells in rows], left=2) + more


def _values(zone: ZoneLook, texts: Texts) -> list[str]:
    seen = seen_part(zone)
    return [_number(value, texts) for value in (zone.total, seen, zone.total - seen)]


def _ruled_out(zone: ZoneLook, look: Why, texts: Texts) -> str:
    if zone.zone == look.best_feasible:
        return texts.get("explain", "chosen")
    if zone.ruled_out == "none" and zone.value <= look.outside:
        return texts.get("explain", "below_outside")
    return texts.get("ruled_out", zone.ruled_out)


def _margin(why: InvestorWhy, texts: Texts) -> str:
    look, say = why.last, texts.sections["explain"]
    if not math.isfinite(look.margin):
        return wrapped(say["margin_alone"])
    if look.did == "gone" and look.first_choice is not None:
        return wrapped(say["margin_refused"])
    return wrapped(say["margin"].format(margin=_number(look.margin, texts)))


def _terms(why: InvestorWhy, texts: Texts) -> str:
    say = texts.sections["explain"]
    rows = []
    for term in why.terms:
        numbers = (term.weight, term.chosen, term.other, term.chosen - term.other)
        label = f"{texts.get('term', term.name)} [{texts.get('measure', term.name)}]"
        rows.append([label, *(_number(value, texts) for value in numbers)])
    totals = [
        why.last.outside if why.chosen is None else why.chosen.total,
        math.nan if why.other is None else why.other.total,
    ]
    sums = (*totals, totals[0] - totals[1])
    rows.append([say["total"], "", *(_number(value, texts) for value in sums)])
    first = say["outside"] if why.chosen is None else why.chosen.zone
    other = "" if why.other is None else why.other.zone
    title = say["terms_title"].format(chosen=first, other=other)
    head = [say[key] for key in ("head_term", "head_weight", "head_first", "head_second")]
    return section(title, grid([*head, say["head_gap"]], rows) + "\n\n" + _weights(why, texts))


def _weights(why: InvestorWhy, texts: Texts) -> str:
    made = [f"{texts.get('term', term.name)}: {', '.join(term.keys)}" for term in why.terms]
    return wrapped(f"{texts.get('explain', 'weights_note')} {'; '.join(made)}.")


def _flips(why: InvestorWhy, texts: Texts) -> str:
    """Return the smallest changes that turn the investor, the smallest in steps first."""
    say = texts.sections["explain"]
    lines = [line for flip in why.flips if flip.outcome for line in _flip(flip, texts)]
    without = [lever_label(LEVERS[flip.lever], texts) for flip in why.flips if not flip.outcome]
    if without:
        lines.append(wrapped(say["flips_none"].format(levers=", ".join(without))))
    lines += ["", wrapped(say["flips_note"])]
    return section(say["flips_title"], "\n".join(lines))


def _flip(flip: Flip, texts: Texts) -> list[str]:
    say, lever = texts.sections["explain"], LEVERS[flip.lever]
    unit = texts.get("step_unit", lever.unit)
    said = say["flip"].format(
        lever=lever_label(lever, texts),
        change=texts.number(flip.change, _digits(flip.change), sign=True),
        unit=unit,
        outcome=_outcome(flip.outcome, texts),
        verified=say["verified" if flip.verified else "not_verified"],
    )
    return [wrapped(said), indent(flip.settings, " " * 4)]


def _outcome(outcome: Ending | None, texts: Texts) -> str:
    if outcome is None:
        return ""
    named = outcome.which
    if outcome.what in ("gone", "undecided"):
        named = texts.get("reason" if outcome.what == "gone" else "stage", outcome.which)
    return texts.get("explain", f"outcome_{outcome.what}").format(which=named)


def _digits(value: float) -> int:
    """Return decimals that show three digits of a number."""
    return max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0


def _number(value: float, texts: Texts) -> str:
    return texts.number(value, _UTILITY)
