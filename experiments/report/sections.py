"""What is in a report and in which order; the only place that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from experiments.answer import Answer
from experiments.insight.analysis import Analysis
from experiments.outcomes import HEADLINES, OUTCOMES
from experiments.plots import draw, lacking, shows
from experiments.report import outcome_tables as outcomes
from experiments.report import place_tables as places
from experiments.report import reference_tables as reference
from experiments.report import sentences as said
from experiments.report.content import Bullets, Code, Part, Picture, Report, Section, capital
from experiments.report.drivers import driver_parts
from experiments.texts import Texts
from experiments.verdicts import notes, verdicts

Maker = Callable[[Answer, Texts], Iterator[Part]]
_PATHS: Final = ("occupancy", "revenue_year_bn_vnd")


def report_of(answer: Answer, texts: Texts, analysis: Analysis | None = None) -> Report:
    """Return the report of an answer in a language.

    Parameters
    ----------
    answer : Answer
        Of one scenario or more, as read from its folder.
    texts : Texts
        Language.
    analysis : Analysis, optional
        Of a sweep of the same province: what drives the result.
    """
    several = len(answer.setting.scenarios) > 1
    words = said.words_of(answer, texts)
    ending = "" if several else "_alone"
    sections = [_section(key, make(answer, texts), texts) for key, make in _MAKERS.items()]
    if analysis is not None:
        place = list(_MAKERS).index("limits")
        sections.insert(place, _section("drivers", driver_parts(analysis, texts), texts))
    return Report(
        language=texts.language,
        version=answer.setting.version,
        model=answer.setting.model,
        title=texts.get("report", f"title{ending}").format(**words),
        question=texts.get("report", f"question{ending}").format(**words),
        answer=said.answer_sentences(answer, texts),
        sections=tuple(section for section in sections if section.parts),
    )


def _section(key: str, parts: Iterator[Part], texts: Texts) -> Section:
    return Section(key, texts.get("report_title", key), tuple(parts))


def _picture(kind: str, answer: Answer, texts: Texts) -> Iterator[Picture]:
    """Yield a figure if the answer has what it shows."""
    if not lacking(kind, answer, texts):
        drawn = draw(kind, answer, texts)
        heading = drawn.figure.get_suptitle()
        caption = capital(shows(kind, texts, answer)) + "."
        called = ", ".join(said.quoted(answer, texts).values())
        alternative = texts.get("report", "alternative").format(
            heading=heading, shows=caption, scenarios=called
        )
        yield Picture(kind, heading, caption, alternative, drawn)


def _changes(answer: Answer, texts: Texts) -> Iterator[Part]:
    setting = answer.setting
    vietnamese = texts.language == "vi"
    labels = setting.labels_vi if vietnamese else setting.labels_en
    described = setting.descriptions_vi if vietnamese else setting.descriptions_en
    yield Bullets(
        tuple(
            f"{label} ({name})" + (f": {' '.join(text.split())}" if text.strip() else "")
            for name, label, text in zip(setting.scenarios, labels, described, strict=True)
        )
    )
    for name in setting.scenarios:
        yield reference.lever_table(answer, name, texts)


def _outcomes(answer: Answer, texts: Texts) -> Iterator[Part]:
    setting = answer.setting
    if len(setting.scenarios) > 1 and setting.replicates > 1:
        found = verdicts(answer, texts, said.quoted(answer, texts))
        many = texts.counted("replicates", setting.replicates)
        unclear = found.unclear or [texts.get("sentence", "nothing_unclear")]
        yield texts.get("title", "unclear").format(replicates=many) + ":"
        yield Bullets(tuple(unclear))
    yield outcomes.outcome_table(answer, texts, "headline", HEADLINES)
    yield from _picture("differences", answer, texts)
    yield outcomes.outcome_table(
        answer, texts, "all_outcomes", OUTCOMES, years=setting.report_years, folded=True
    )


def _paths(answer: Answer, texts: Texts) -> Iterator[Part]:
    yield from _picture("occupancy", answer, texts)
    yield from _picture("revenue", answer, texts)
    yield outcomes.path_table(answer, texts, "paths", _PATHS)


def _land(answer: Answer, texts: Texts) -> Iterator[Part]:
    yield from _picture("land", answer, texts)
    yield places.land_table(answer, texts)


def _map(answer: Answer, texts: Texts) -> Iterator[Part]:
    yield from _picture("map", answer, texts)


def _zones(answer: Answer, texts: Texts) -> Iterator[Part]:
    setting = answer.setting
    if len(setting.scenarios) > 1 and setting.replicates > 1:
        for name in setting.scenarios[1:]:
            yield from said.zone_sentences(answer, name, texts)
            yield places.zone_table(answer, name, texts)
    yield from (said.binding_sentence(answer, name, texts) for name in setting.scenarios)
    yield from _picture("constraints", answer, texts)
    yield places.constraint_table(answer, texts)
    yield places.zone_levels(answer, texts)


def _investors(answer: Answer, texts: Texts) -> Iterator[Part]:
    yield outcomes.outcome_table(answer, texts, "reasons", outcomes.group("gone"))
    for name in answer.setting.scenarios[1:]:
        yield places.sector_table(answer, name, texts)
    yield places.fate_table(answer, texts)


def _money(answer: Answer, texts: Texts) -> Iterator[Part]:
    for name in answer.setting.scenarios[1:]:
        yield said.value_sentence(answer, name, texts)
    if len(answer.setting.scenarios) > 1:
        yield outcomes.value_table(answer, texts, answer.setting.report_years[-1:])
    money = outcomes.group("revenue", "cost", "value", "anchors")
    yield outcomes.outcome_table(answer, texts, "money", money)
    if len(answer.setting.scenarios) > 1:
        yield outcomes.value_table(answer, texts, answer.setting.report_years, folded=True)


def _districts(answer: Answer, texts: Texts) -> Iterator[Part]:
    balance = outcomes.group("places")
    for name in answer.setting.scenarios[1:]:
        if answer.setting.replicates > 1:
            row = said.last_differences(answer, name)[balance[0].key]
            words = {**said.words_of(answer, texts), "scenario": said.quoted(answer, texts)[name]}
            clause = said.clause(row, texts)
            yield texts.get("report", "with_scenario").format(**words, clauses=clause)
    yield texts.get("sentence", "balance")
    yield places.district_table(answer, texts)


def _people(answer: Answer, texts: Texts) -> Iterator[Part]:
    groups = outcomes.group("people", "environment", "investors", "land saving")
    yield outcomes.outcome_table(answer, texts, "people", groups)
    yield texts.get("sentence", "waiting")


def _limits(answer: Answer, texts: Texts) -> Iterator[Part]:
    unsourced = int((~answer.parameters["sourced"].astype(bool)).sum())
    counts = {"unsourced": unsourced, "all": len(answer.parameters)}
    numbers = {key: texts.number(count, 0) for key, count in counts.items()}
    limits = [text.format(**numbers) for text in texts.sections["limits"].values()]
    yield Bullets(tuple(limits))
    yield reference.parameter_table(answer, texts, sourced=False)
    yield reference.parameter_table(answer, texts, sourced=True)
    yield texts.get("report", "how_to_read")
    yield Bullets(tuple(notes(answer, texts)))


def _provenance(answer: Answer, texts: Texts) -> Iterator[Part]:
    yield reference.provenance_table(answer, texts)
    yield texts.get("report", "again")
    yield Code(reference.command(answer))
    yield texts.get("report", "own_files")
    yield reference.source_table(answer, texts)


_MAKERS: Final[dict[str, Maker]] = {
    "changes": _changes,
    "outcomes": _outcomes,
    "paths": _paths,
    "land": _land,
    "map": _map,
    "zones": _zones,
    "investors": _investors,
    "money": _money,
    "districts": _districts,
    "people": _people,
    "limits": _limits,
    "provenance": _provenance,
}
