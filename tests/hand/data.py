"""The files of a province and of a scenario, read plainly (MODEL.md 7).

Only what the tiny province needs; what it does not have stops with an AssertionError.
"""

import csv
import tomllib
from pathlib import Path
from types import SimpleNamespace

SCENARIOS = Path(__file__).parents[2] / "scenarios"
KINDS = ("park", "cluster")
OPERATORS = ("none", "state", "private")
ORIGINS = ("domestic", "foreign")
NEVER = 1_000_000
NEUTRAL = {  # MODEL.md 7.2, column "default"
    "zone_priorities": [],
    "clearance_effort": 1.0,
    "operator_promotion": 1.0,
    "offer_state_zones": [],
    "works_may_start": {},
    "statutory_days": 1.0,
    "licensing_staff": 1.0,
    "rework": 1.0,
    "one_stop": False,
    "fast_track": [],
    "promotion": 1.0,
    "banned_sectors": [],
    "priority_sectors": [],
    "capital_floor": 0.0,
    "wastewater_first": False,
    "wastewater_funding": 0.0,
    "inspection_intensity": 1.0,
    "appraisal_depth": 1.0,
    "craft_village_programme": 0.0,
    "revocation_months": 0.0,
    "land_price_support": 0.0,
    "tax_holiday": {},
    "demand_index": 1.0,
    "anchor_output": 1.0,
}
# MODEL.md 7.2, column "bounds": upper ends that the pool of candidates rests on (6.4)
HIGHEST = {"demand_index": 2.5, "promotion": 3.0, "craft_village_programme": 60.0}


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def month_of(text: str, start: str) -> int:
    """Return the month index of such as 2021-04."""
    (year, month), (year0, month0) = (map(int, t.split("-")) for t in (text, start))
    return (year - year0) * 12 + month - month0


def province(name: str) -> SimpleNamespace:
    """Return the world of a province: parameters, sectors, zones, districts, known tenants."""
    folder = SCENARIOS / name / "world"
    world = tomllib.loads((folder / "world.toml").read_text(encoding="utf-8"))
    assert "anchor" not in " ".join(world), "anchor plants are not worked here"
    table = rows(folder / "parameters.csv")
    return SimpleNamespace(
        start=world["start"],
        months=world["months"],
        p=SimpleNamespace(**{row["key"]: float(row["value"]) for row in table}),
        capital_sigma=next(float(r["value"]) for r in table if r["key"] == "capital_sigma"),  # 8.1
        high=SimpleNamespace(**{row["key"]: float(row["high"]) for row in table}),
        sectors=[_sector(row) for row in rows(folder / "sectors.csv")],
        zones=[_zone(row, world["start"]) for row in rows(folder / "zones.csv")],
        districts=rows(folder / "districts.csv"),
        known_tenants=rows(folder / "known_tenants.csv"),
        start_levers={row["key"]: row["value"] for row in rows(folder / "levers.csv")},
    )


def _sector(row: dict[str, str]) -> SimpleNamespace:
    words = ("id", "name_vi", "name_en", "plan", "high_tech", "craft", "source")
    sector = SimpleNamespace(**{k: float(v) for k, v in row.items() if k not in words})
    sector.id, sector.high_tech, sector.craft = row["id"], row["high_tech"], row["craft"]
    return sector


def _zone(row: dict[str, str], start: str) -> SimpleNamespace:
    zone = SimpleNamespace(id=row["id"], district_name=row["district"], parent_id=row["parent"])
    zone.kind = KINDS.index(row["kind"])
    for key in ("gross_ha", "leasable_ha", "serviced_ha_start", "leased_ha_start"):
        setattr(zone, key, float(row[key]))
    for key in ("connected_start", "price_usd_m2_term", "capacity_m3_day_start"):
        setattr(zone, key, float(row[key]))
    for key in ("km_expressway", "km_port", "cleared_share_start", "works_spent_share_start"):
        setattr(zone, key, float(row[key]))
    zone.tenants_start = int(row["tenants_start"])
    zone.operator_start = OPERATORS.index(row["operator"])
    zone.operator_from = (
        max(0, month_of(row["operator_from"], start)) if row["operator_from"] else None
    )
    zone.works_may_start = month_of(row["works_may_start"], start)
    zone.permitted = row["permitted_sectors"].split()
    return zone


class Levers:
    """The levers of a scenario: dated steps over start values (MODEL.md 7.2)."""

    def __init__(self, folder: str, name: str, world: SimpleNamespace) -> None:
        self.start = world.start
        self.defaults: dict = dict(NEUTRAL)
        for key, text in world.start_levers.items():
            self.defaults[key] = text if key == "allocation" else float(text)
        self.steps = self._steps(SCENARIOS / folder, name)
        self.works_start = {zone.id: zone.works_may_start for zone in world.zones}

    def _steps(self, folder: Path, name: str) -> dict[str, list[tuple[int, object]]]:
        scenario = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        assert "shift" not in scenario, "delays are not worked here"
        extends = scenario.get("extends", [])
        steps: dict[str, list[tuple[int, object]]] = {}
        for parent in [extends] if isinstance(extends, str) else extends:
            steps |= self._steps(folder, parent)
        for lever, given in scenario.get("levers", {}).items():
            dated = isinstance(given, list) and given and isinstance(given[0], dict)
            steps[lever] = (
                [(month_of(step["from"], self.start), step["value"]) for step in given]
                if dated
                else [(0, given)]
            )
        return steps

    def value(self, lever: str, month: int):
        """Return the value of a lever in a month."""
        found = self.defaults[lever]
        for start, value in self.steps.get(lever, []):
            if start <= month:
                found = self.defaults[lever] if value == "start" else value
        return float(found) if isinstance(found, int) and not isinstance(found, bool) else found

    def month(self, month: int) -> SimpleNamespace:
        """Return all levers of a month, parts of a pair side by side."""
        levers = SimpleNamespace(**{key: self.value(key, month) for key in self.defaults})
        for key in ("promotion", "demand_index"):
            pair = getattr(levers, key)
            given = pair if isinstance(pair, dict) else dict.fromkeys(ORIGINS, pair)
            setattr(levers, key, [float(given.get(origin, 1.0)) for origin in ORIGINS])
        levers.works_may_start = dict(self.works_start)
        for zone, text in self.value("works_may_start", month).items():
            assert zone != "*", "a star is not worked here"
            levers.works_may_start[zone] = NEVER if text == "never" else month_of(text, self.start)
        return levers
