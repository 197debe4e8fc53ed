"""The tables of an answer about places and months: zones, what binds them, districts, occupancy.

Column names carry their units. Means and quantiles are over replicates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from experiments.answer_tables import QUANTILES, quantiles
from experiments.constraint import CONSTRAINTS, ZoneYear, binding_constraint
from experiments.measures import ratio
from experiments.outcomes import SCOPES
from experiments.sample import GRAIN_HA, Sample
from sim.schema import codes
from sim.world import World

_OFTEN: Final = 0.5  # a zone counts as on offer if it is so in half of the replicates
PLACE_COLUMNS: Final = ["zone", "name_en", "name_vi", "kind", "district"]


def _zone_labels(world: World) -> pd.DataFrame:
    kinds = [codes.KINDS[kind] for kind in world.zones.kind]
    districts = [world.district_names[district] for district in world.zones.district]
    names = (world.zone_ids, world.zone_names_en, world.zone_names_vi)
    columns = (*names, kinds, districts)
    return pd.DataFrame(dict(zip(PLACE_COLUMNS, columns, strict=True)))


def places(world: World) -> pd.DataFrame:
    """Return where each zone lies and how large it can become.

    Returns
    -------
    DataFrame
        zone, names, kind, district; latitude and longitude [degrees] and their source as zones.csv
        has them; leasable_ha, of the whole plan.
    """
    values = {(value.zone, value.column): value for value in world.zone_values}
    return _zone_labels(world).assign(
        lat_degrees=[float(values[zone, "lat"].value) for zone in world.zone_ids],
        lon_degrees=[float(values[zone, "lon"].value) for zone in world.zone_ids],
        position_source=[values[zone, "lat"].source for zone in world.zone_ids],
        leasable_ha=world.zones.leasable_ha,
    )


def months(table: Mapping[str, np.ndarray], names: Sequence[str], world: World) -> pd.DataFrame:
    """Return occupancy and the land behind it, month by month.

    Returns
    -------
    DataFrame
        scenario, scope (all, parks, clusters), month, n, occupancy quantiles (_share), and the
        means serviced_ha and leased_ha.
    """
    calendar = world.calendar
    frames = []
    for c, name in enumerate(names):
        for scope in SCOPES:
            points = quantiles(table[f"occupancy{scope}"][c])
            frame = {
                "scenario": name,
                "scope": scope.lstrip("_") or "all",
                "month": [calendar.name(t) for t in range(calendar.months)],
                "n": np.isfinite(table[f"occupancy{scope}"][c]).sum(0),
                **{f"occupancy_{q}_share": points[i] for i, q in enumerate(QUANTILES)},
                "serviced_ha": table[f"serviced_ha{scope}"][c].mean(0),
                "leased_ha": table[f"leased_ha{scope}"][c].mean(0),
            }
            frames.append(pd.DataFrame(frame))
    return pd.concat(frames, ignore_index=True)


def zones(sample: Sample, names: Sequence[str], years: Sequence[int], world: World) -> pd.DataFrame:
    """Return each zone of each scenario in the years to report.

    Returns
    -------
    DataFrame
        scenario, year, zone, its names, kind and district; occupancy of the means (leased over
        serviced) with its 5 and 95 % points; means of the land account and of the other columns
        of the record, revenue being that of the year; the same zone's occupancy at the start.
    """
    labels = _zone_labels(world)
    start = ratio(world.zones.leased_ha, world.zones.serviced_ha)
    frames = []
    for c, name in enumerate(names):
        spread = quantiles(sample.zones["occupancy"][c])
        for p, year in enumerate(years):
            means = {
                column: values[c, :, p].mean(0)
                for column, values in sample.zones.items()
                if column != "occupancy"
            }
            frame = labels.assign(
                occupancy_start_share=start,
                occupancy_share=ratio(means["leased_ha"], means["serviced_ha"]),
                occupancy_q05_share=spread[0, p],
                occupancy_q95_share=spread[-1, p],
                **{_ZONE_NAMES.get(column, column): values for column, values in means.items()},
            )
            frame.insert(0, "scenario", name)
            frame.insert(1, "year", year)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


_ZONE_NAMES: Final = {
    "jobs": "jobs_persons",
    "connected": "connected_share",
    "revenue_bn_vnd": "revenue_year_bn_vnd",
    "public_bn_vnd": "public_cost_cum_bn_vnd",
    "waiting": "waiting_for_land",
}


def constraints(
    sample: Sample, names: Sequence[str], years: Sequence[int], world: World
) -> pd.DataFrame:
    """Return what binds each zone in each year.

    Returns
    -------
    DataFrame
        scenario, year, zone, names, kind, district; `constraint` by the mean book of the
        replicates, `most_frequent` over replicates and `most_frequent_share`; the ha-years booked
        in the year in all, for land, rules, wastewater and procedures; the means serviced_ha,
        leased_ha and vacant_ha at the end of the year.
    """
    labels = _zone_labels(world)
    runs = len(sample.replicates)
    booked = sample.booked_sum * GRAIN_HA / runs
    serviced, vacant, offered, leased = np.moveaxis(sample.land_sum * GRAIN_HA / runs, -1, 0)
    leasable = np.broadcast_to(world.zones.leasable_ha, serviced.shape)
    typical = binding_constraint(booked, ZoneYear(leasable, serviced, vacant, offered >= _OFTEN))
    counts = np.stack([(sample.constraints == k).sum(1) for k in range(len(CONSTRAINTS))])
    often, share = counts.argmax(0), counts.max(0) / runs
    steps = len(codes.LAND_STEPS)
    frames = []
    for c, name in enumerate(names):
        for y, year in enumerate(years):
            frame = labels.assign(
                constraint=[CONSTRAINTS[k] for k in typical[c, y]],
                most_frequent=[CONSTRAINTS[k] for k in often[c, y]],
                most_frequent_share=share[c, y],
                booked_ha_years=booked[c, y].sum(-1),
                booked_land_ha_years=booked[c, y, :, :steps].sum(-1),
                booked_rules_ha_years=booked[c, y, :, steps],
                booked_wastewater_ha_years=booked[c, y, :, steps + 1],
                booked_procedures_ha_years=booked[c, y, :, steps + 2],
                serviced_ha=serviced[c, y],
                leased_ha=leased[c, y],
                vacant_ha=vacant[c, y],
            )
            frame.insert(0, "scenario", name)
            frame.insert(1, "year", year)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def districts(
    sample: Sample, names: Sequence[str], years: Sequence[int], world: World
) -> pd.DataFrame:
    """Return each district of each scenario in the years to report, means over replicates.

    Returns
    -------
    DataFrame
        scenario, year, district, people, leased_ha, leased_ha_per_1000_people, jobs_persons,
        capital_bn_vnd, wage (1 at the start).
    """
    people = world.districts.population
    frames = []
    for c, name in enumerate(names):
        for p, year in enumerate(years):
            means = {column: values[c, :, p].mean(0) for column, values in sample.districts.items()}
            frame = {
                "scenario": name,
                "year": year,
                "district": world.district_names,
                "people": people,
                "leased_ha": means["leased_ha"],
                "leased_ha_per_1000_people": means["leased_ha"] / (people / 1000.0),
                "jobs_persons": means["jobs"],
                "capital_bn_vnd": means["capital_bn_vnd"],
                "wage_index": means["wage"],
            }
            frames.append(pd.DataFrame(frame))
    return pd.concat(frames, ignore_index=True)
