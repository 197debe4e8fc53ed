"""An answer: the tables that say what one scenario brings, or what tells several apart.

Not for words (experiments/verdicts.py, experiments/summary.py), pictures (experiments/plots) or
files (experiments/store.py): those are functions of an `Answer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from experiments import answer_tables as tables
from experiments import place_tables as places
from experiments import reference_tables as reference
from experiments.fates import fates
from experiments.increments import increments
from experiments.measures import Anchors, anchors_of, parameter
from experiments.outcomes import report_years
from experiments.outline import Outline
from experiments.precision import Precision
from experiments.provenance import folder_fingerprint, version
from experiments.province import Province
from experiments.sample import Sample
from experiments.texts import Language, distinct_labels
from experiments.zone_differences import zone_differences
from sim.compiled import fingerprint
from sim.scenario import Scenario


class Setting(NamedTuple):
    """What was asked, of which model and data; nothing here depends on the machine or the day."""

    version: str
    model: str  # fingerprint of the sources of the model
    data: str  # fingerprint of the data files of the province
    province: str
    province_name_en: str
    province_name_vi: str
    scenarios: tuple[str, ...]  # the first is the base
    labels_en: tuple[str, ...]
    labels_vi: tuple[str, ...]
    descriptions_en: tuple[str, ...]
    descriptions_vi: tuple[str, ...]
    seed: int
    replicates: int
    first_replicate: int
    first_month: str
    last_month: str
    years: tuple[int, ...]
    report_years: tuple[int, ...]
    discount_rate: float
    province_share: float
    anchors: Anchors

    def labels(self, language: Language) -> dict[str, str]:
        """Return what scenarios are called, by name, the base first; no two alike."""
        labels = self.labels_vi if language == "vi" else self.labels_en
        return distinct_labels(self.scenarios, labels)

    def province_label(self, language: Language) -> str:
        """Return what the province is called."""
        return self.province_name_vi if language == "vi" else self.province_name_en


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """Tables over scenarios; the columns of each are described in experiments/answer_tables.py.

    `differences` and `increments` are empty when only one scenario was run.
    """

    setting: Setting
    levels: pd.DataFrame
    differences: pd.DataFrame
    increments: pd.DataFrame
    occupancy: pd.DataFrame
    zones: pd.DataFrame
    constraints: pd.DataFrame
    districts: pd.DataFrame
    places: pd.DataFrame
    levers: pd.DataFrame
    zone_differences: pd.DataFrame
    fates: pd.DataFrame
    parameters: pd.DataFrame
    sources: pd.DataFrame
    outline: Outline | None  # None where the province has none
    sample: Sample | None  # run by run, for statistics of one's own; None if read from a folder
    precision: Precision | None = None  # the looks, where replicates were added until precise


def answer_of(
    sample: Sample,
    province: Province,
    scenarios: list[Scenario],
    outline: Outline | None,
    *,
    seed: int,
) -> Answer:
    """Return the answer that a sample of runs gives.

    Parameters
    ----------
    sample : Sample
        Runs of the scenarios, in their order.
    province : Province
        Where they ran.
    scenarios : list of Scenario
        The first is the base.
    outline : Outline or None
        Of the province.
    seed : int
        Seed of the runs.
    """
    setting = _setting(sample, province, scenarios, seed)
    names, years = setting.scenarios, setting.years
    return Answer(
        setting=setting,
        levels=tables.levels(sample.outcomes, names, years),
        differences=tables.differences(sample.outcomes, names, years),
        increments=increments(sample.outcomes, names, years),
        occupancy=places.months(sample.months, names, province.world),
        zones=places.zones(sample, names, setting.report_years, province.world),
        constraints=places.constraints(sample, names, years, province.world),
        districts=places.districts(sample, names, setting.report_years, province.world),
        places=places.places(province.world),
        levers=reference.levers(scenarios, province),
        zone_differences=zone_differences(sample, names, province.world),
        fates=fates(sample, names, province.world),
        parameters=reference.parameters(province.world),
        sources=reference.sources(province.world),
        outline=outline,
        sample=sample,
    )


def _setting(sample: Sample, province: Province, scenarios: list[Scenario], seed: int) -> Setting:
    world = province.world
    calendar = world.calendar
    return Setting(
        version=version(),
        model=fingerprint(),
        data=folder_fingerprint(province.data),
        province=world.id,
        province_name_en=world.name_en,
        province_name_vi=world.name_vi,
        scenarios=tuple(scenario.name for scenario in scenarios),
        labels_en=tuple(scenario.label_en for scenario in scenarios),
        labels_vi=tuple(scenario.label_vi for scenario in scenarios),
        descriptions_en=tuple(scenario.description_en for scenario in scenarios),
        descriptions_vi=tuple(scenario.description_vi for scenario in scenarios),
        seed=seed,
        replicates=len(sample.replicates),
        first_replicate=sample.replicates[0],
        first_month=calendar.name(0),
        last_month=calendar.name(calendar.months - 1),
        years=calendar.years,
        report_years=report_years(calendar.years),
        discount_rate=parameter(world, "discount_rate"),
        province_share=parameter(world, "province_share"),
        anchors=anchors_of(world),
    )
