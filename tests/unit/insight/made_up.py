"""Studies of a made-up model that is known on paper, in the tables that a sweep writes."""

import math

import numpy as np
import pandas as pd

from experiments.study import Design, Factor, Prior, Study
from experiments.sweeps.points import design_points
from sim.scenario import Scenario

SPREAD = 0.02  # standard deviation of luck in occupancy, the same in all scenarios


def factor(name, low, high, *, lever=False, kind="real", values=(), default=math.nan):
    prior = Prior("Uniform", ())
    unit = "1"
    return Factor(name, lever, kind, unit, low, high, values, prior, default, 0, "")


FACTORS = (
    factor("outside_utility", 0.0, 1.0, default=0.5),
    factor("candidates_per_year", 50.0, 150.0, default=100.0),
    factor("overrun", 0.0, 1.0, default=0.5),
)
ALLOCATION = factor(
    "allocation", 0.0, 1.0, lever=True, kind="categorical", values=("even", "queue")
)
ONE_STOP = factor("one_stop_factor", 0.0, 1.0, kind="boolean", default=0.0)
LABELS = {
    "baseline": ("As today", "Như hiện nay"),
    "plan_175": ("Only plan 175: planning and craft villages (task 2)", "Chỉ kế hoạch: mặt bằng"),
}


def study(kind, *, scenarios=("baseline", "plan_175"), factors=FACTORS, replicates=4, **design):
    policies = tuple(Scenario(name, *LABELS[name], "", "", ()) for name in scenarios)
    return Study(
        id="made-up",
        label_en="Made up",
        label_vi="Tự tạo",
        question_en="What matters?",
        question_vi="Điều gì quan trọng?",
        province="tiny",
        scenarios=policies,
        factors=factors,
        correlations=(),
        design=Design(kind, **design),
        replicates=replicates,
        seed=1,
        outcomes=("occupancy", "revenue_year_bn_vnd"),
        years=(2027, 2030),
        keep=(),
    )


def occupancy(x, scenario):
    """Return occupancy without luck: a plan raises it, less so where neighbours are strong."""
    neighbours, demand = x[:, 0], (x[:, 1] - 50.0) / 100.0
    level = 0.5 + 0.3 * demand - 0.2 * neighbours
    return level + scenario * 0.1 * (1.0 - neighbours)


def tables(made):
    """Return runs and points of a study, as a sweep writes them."""
    x = design_points(made)
    points = pd.DataFrame({"point": np.arange(len(x))})
    for place, each in enumerate(made.factors):
        labels = np.array([*each.labels, ""])
        codes = x[:, place]
        points[each.name] = labels[codes.astype(int)] if each.kind == "categorical" else codes
    rng = np.random.default_rng(9)
    luck = rng.normal(0.0, SPREAD, (len(made.names), made.replicates))
    parts = []
    for c, name in enumerate(made.names):
        for r in range(made.replicates):
            values = occupancy(np.nan_to_num(x[:, :2]), c) + luck[0, r]
            parts.append(
                pd.DataFrame(
                    {
                        "point": np.arange(len(x)),
                        "scenario": name,
                        "replicate": r,
                        "status": "ok",
                        "occupancy_2030": values,
                        "revenue_year_bn_vnd_2030": 1000.0 * values + 20.0 * luck[c, r],
                    }
                )
            )
    return pd.concat(parts, ignore_index=True), points
