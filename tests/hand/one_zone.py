"""One zone without chance, month by month by hand, written from docs/MODEL.md.

A park of the state with one tenant and one tranche begun before: its blocks are all cleared, nobody
else comes, nobody leaves, nothing happens by luck. one_zone.md beside this file is the expectation
and carries its working; `python -m tests.hand.one_zone` rewrites it, without a line of sim/.
"""

from collections.abc import Callable
from pathlib import Path

from tests.hand.paper import DIGITS, Paper

Work = Callable[[str, str, str], float]
Numbers = dict[str, float]

FILE = Path(__file__).with_name("one_zone.md")
MONTHS = 18
START_MONTH = 7  # July, so that month 5 ends a calendar year and month 17 the next
FUNDING = ((0, 12.0), (3, 150.0), (9, 60.0), (15, 6.0))  # bn VND a year from a month on
REINVESTED = 0.5
RENT = "exchange_rate * 10000 / 1e9 * land_table_share * land_rent_share"
NEARLY = 1.0 - 1e-12
ZONE = {
    "gross_ha": 100.0,
    "leasable_ha": 80.0,
    "serviced_ha": 40.0,
    "leased_ha": 20.0,
    "connected": 0.9,
    "works_share": 0.6,
    "start_price": 80.0,
}
TINY = {  # of the tiny province: its first district, its machines, wastewater of all its sectors
    "population": 60_000.0,
    "workers_ha": 70.0,
    "budget_bn_vnd_ha_year": 1.5,
    "profit_tax_share": 0.4,
    "wastewater_m3_ha_day": 5.0,
    "mean_wastewater": 0.4 * 5.0 + 0.3 * 20.0 + 0.2 * 10.0 + 0.1 * 4.0,
}
PARAMETERS = {  # pinned for the run
    "candidates_per_year": 0.0,
    "expansion_hazard": 0.0,
    "exit_hazard": 0.0,
    "inspection_base": 0.0,
    "incident_hazard": 0.0,
    "works_overrun_sigma": 0.0,
    "cluster_budget_bn_vnd": 0.0,
    "cost_growth": 0.03,
    "works_cost_park_bn_vnd_ha": 2.0,
    "works_months": 10.0,
    "plant_cost_bn_vnd_m3_day": 0.02,
    "plant_months": 4.0,
    "connection_cost_bn_vnd_ha": 0.8,
    "connection_months": 24.0,
    "idle_grace_months": 2.0,
    "idle_decay": 0.01,
    "works_idle_months": 3.0,
    "plant_good": 0.5,
    "reputation_start_good": 15.0,
    "reputation_start_bad": 5.0,
    "reputation_memory": 0.985,
    "exchange_rate": 23_500.0,
    "land_table_share": 0.3,
    "land_rent_share": 0.015,
    "province_share": 0.5,
    "sitting_open_months": 20.0,
    "sitting_licence_months": 30.0,
    "holiday_free_years": 2.0,
    "holiday_half_years": 1.0,
    "ramp_months": 30.0,
    "labour_participation": 0.28,
    "outside_jobs_share": 0.35,
    "wage_response": 0.3,
    "tightness_reference": 0.4,
    "commuter_elasticity": 0.5,
    "commuter_months": 24.0,
}
INTRO = f"""# One zone without chance, by hand

A park of 100 ha gross and 80 ha leasable, half of it serviced, with one tenant on 20 ha; the other
half is one tranche whose land is cleared and whose works are 60 % done. Parameters and levers:
tests/hand/one_zone.py. Every month of `docs/MODEL.md` in its order, with its working: numbers of
{DIGITS} digits that a pocket calculator can repeat (`ln` is the natural logarithm). The first
column is the section of MODEL.md; "record" is what a run must write down."""
NOTHING = (
    "carried unspent received spent_connection spent_works plant_spent capacity idle_months "
    "revenue forgone revenue_before opened plant_built"
)
RECORD = {  # table and column: what it must be
    "zone connected": "connected",
    "zone serviced_ha": "serviced_ha",
    "zone leased_ha": "leased_ha",
    "zone operating_ha": "leased_ha",
    "zone jobs": "jobs",
    "zone price_usd_m2_term": "price",
    "zone capacity_m3_day": "capacity",
    "zone load_m3_day": "load",
    "zone reputation": "good / (good + bad)",
    "zone revenue_bn_vnd": "revenue",
    "zone tax_forgone_bn_vnd": "forgone",
    "zone lease_income_bn_vnd": "0",
    "zone public_bn_vnd": "spent_connection + spent_works + plant_spent",
    "zone private_bn_vnd": "0",
    "province funding_bn_vnd": "received",
    "province asked_bn_vnd": "ask_connection + plan_works + plan_plant",
    "province given_bn_vnd": "gift",
    "province carried_bn_vnd": "carried",
    "province unspent_bn_vnd": "unspent",
    "province connection_bn_vnd": "spent_connection",
    "province works_bn_vnd": "spent_works",
    "province plant_bn_vnd": "plant_spent",
    "district jobs": "jobs",
    "district wage": "wage",
}


class Sheet:
    """Named numbers; each new one is worked out from those before, and written down."""

    def __init__(self) -> None:
        self.paper = Paper()
        self.now = {**PARAMETERS, **TINY, **ZONE, **dict.fromkeys(NOTHING.split(), 0.0)}
        self.now |= {"reinvestment_share": REINVESTED, "price": ZONE["start_price"], "wage": 1.0}
        self.now |= {"good": PARAMETERS["reputation_start_good"]}
        self.now |= {"bad": PARAMETERS["reputation_start_bad"]}
        self.paper.head(2, "Before month 0")
        before_the_first_month(self.work)

    def work(self, section: str, name: str, formula: str) -> float:
        """Work a number out, write the line and keep it under its name."""
        self.now[name] = self.paper.line(section, name, formula, **self.now)
        return self.now[name]

    def month(self, month: int) -> dict[str, float]:
        """Work out one month and return what a run must write down."""
        work, now = self.work, self.now
        self.paper.head(2, f"Month {month}")
        now["month"], now["new_good"], now["new_bad"] = month, 0.0, 0.0
        now["infrastructure_funding"] = [amount for first, amount in FUNDING if first <= month][-1]
        year_ends = (START_MONTH + month) % 12 == 0
        work("9", "level", "exp(cost_growth * month / 12)")
        asks(work, now)
        gifts(work, year_ends)
        works(work, now)
        plant(work, now)
        opening(work, now)
        if month > 0:
            work("9.5", "price", "start_price * exp(cost_growth * month / 12)")
        labour(work)
        revenue(work, now, year_ends)
        work("9.14", "good", "good * reputation_memory + new_good")
        work("9.14", "bad", "bad * reputation_memory + new_bad")
        return {what: work("record", what, formula) for what, formula in RECORD.items()}


def before_the_first_month(work: Work) -> None:
    """Work out what month 0 finds: costs of the tranche, labour, last year's revenue."""
    work("8.2", "tranche_ha", "leasable_ha - serviced_ha")
    work("8.2", "tranche_gross_ha", "gross_ha - gross_ha * serviced_ha / leasable_ha")
    work("8.2", "works_cost", "tranche_gross_ha * works_cost_park_bn_vnd_ha")
    work("8.2", "works_done", "works_share * works_cost")
    work("8.2", "plant_m3_day", "tranche_ha * mean_wastewater")
    work("8.2", "plant_cost", "plant_m3_day * plant_cost_bn_vnd_m3_day")
    work("8.5", "supply", "population * labour_participation")
    work("8.6", "rent_ha", f"start_price * {RENT}")
    work("8.6", "revenue_last_year", "budget_bn_vnd_ha_year * leased_ha + rent_ha * leased_ha")


def asks(work: Work, now: Numbers) -> None:
    """Work out what connections, works and plant could use; all land is cleared."""
    work("9.2", "cost", "connection_cost_bn_vnd_ha * gross_ha * level")
    left = work("9.2", "left", "1 - connected")
    ask = "min(cost / connection_months, cost * left)"
    work("9.2", "ask_connection", ask if left > 1e-12 else "0")
    left = work("9.2", "left", "works_cost - works_done")
    more = not now["opened"] and left > now["works_cost"] * 1e-12
    work("9.2", "plan_works", "min(works_cost / works_months, left)" if more else "0")
    left = work("9.2", "left", "plant_cost - plant_spent")
    more = not now["plant_built"] and left > now["plant_cost"] * 1e-12
    work("9.2", "plan_plant", "min(plant_cost / plant_months, left)" if more else "0")


def gifts(work: Work, year_ends: bool) -> None:
    """Work out the money, what the zone gets of it, and how it spends it in order."""
    reinvested = "reinvestment_share * province_share * revenue_last_year"
    work("9.2", "money", f"(infrastructure_funding + {reinvested}) / 12")
    work("9.2", "received", "received + money")
    work("9.2", "gift", "min(ask_connection + plan_works + plan_plant, carried + money)")
    work("9.2", "carried", "max(0, carried + money - gift)")
    work("9.2", "given_connection", "min(gift, ask_connection)")
    work("9.2", "given_works", "min(gift - given_connection, plan_works)")
    work("9.2", "given_plant", "min(gift - given_connection - given_works, plan_plant)")
    work("9.2", "connected", "min(1, connected + given_connection / cost)")
    work("9.2", "spent_connection", "spent_connection + given_connection")
    if year_ends:
        work("9.2", "unspent", "unspent + carried")
        work("9.2", "carried", "0")


def works(work: Work, now: Numbers) -> None:
    """Work out works, or their rest."""
    if now["given_works"] > 0.0:
        work("9.4", "works_done", "works_done + given_works")
        work("9.4", "spent_works", "spent_works + given_works")
        work("9.4", "idle_months", "0")
    elif now["plan_works"] > 0.0:
        rest = work("9.4", "idle_months", "idle_months + 1")
        if rest >= now["idle_grace_months"]:
            work("9.4", "works_done", "works_done * (1 - idle_decay)")
        if rest % now["works_idle_months"] == 0:
            work("9.4", "new_bad", "new_bad + 1")


def plant(work: Work, now: Numbers) -> None:
    """Work out the plant of the tranche."""
    if now["given_plant"] <= 0.0:
        return
    if work("9.4", "plant_spent", "plant_spent + given_plant") >= now["plant_cost"] * NEARLY:
        now["plant_built"] = True
        work("9.4", "capacity", "capacity + plant_m3_day")
        work("9.4", "new_good", "new_good + plant_good")


def opening(work: Work, now: Numbers) -> None:
    """Open the tranche once its works are done: no plant is asked for."""
    if not now["opened"] and now["works_done"] >= now["works_cost"] * NEARLY:
        now["opened"] = True
        work("9.4", "serviced_ha", "serviced_ha + tranche_ha")
        work("9.4", "new_good", "new_good + 1")


def labour(work: Work) -> None:
    """Work out jobs, then the district's wage and its supply of labour; last the load."""
    work("9.11", "ramp", "max(0, min(1, (month + sitting_open_months + 1) / ramp_months))")
    work("9.11", "jobs", "leased_ha * workers_ha * ramp")
    work("9.11", "tightness", "outside_jobs_share + jobs / supply")
    pull = "wage_response * max(0, tightness - tightness_reference) / 12"
    work("9.11", "wage", f"wage * exp({pull})")
    come = "population * labour_participation * exp(commuter_elasticity * ln(wage))"
    work("9.11", "supply", f"supply + ({come} - supply) / commuter_months")
    work("9.12", "load", "leased_ha * wastewater_m3_ha_day")


def revenue(work: Work, now: Numbers, year_ends: bool) -> None:
    """Work out what the tenant pays, what its holiday spares it, and its rent."""
    work("9.13", "payment", "budget_bn_vnd_ha_year * leased_ha * ramp / 12")
    age = work("9.13", "age_years", "(month + sitting_open_months) / 12")
    free, half = now["holiday_free_years"], now["holiday_half_years"]
    work("9.13", "due", "0" if age < free else "0.5" if age < free + half else "1")
    work("9.13", "spared", "payment * profit_tax_share * (1 - due)")
    work("9.13", "rent", f"price * {RENT} * leased_ha / 12")
    work("9.13", "revenue", "revenue + payment - spared + rent")
    work("9.13", "forgone", "forgone + spared")
    if year_ends:
        work("9.13", "revenue_last_year", "revenue - revenue_before")
        work("9.13", "revenue_before", "revenue")


def written_out() -> str:
    """Return the account as Markdown."""
    sheet = Sheet()
    for month in range(MONTHS):
        sheet.month(month)
    return f"{INTRO}\n\n{sheet.paper.markdown()}"


if __name__ == "__main__":
    FILE.write_text(written_out(), encoding="utf-8")
