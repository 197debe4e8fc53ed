"""The tiny province's first six months by hand, written from docs/MODEL.md in plain arithmetic.

The tables beside this file are the expectation and carry their working; this only fills them in,
without a line of sim/. `python -m tests.hand.worksheet` rewrites them: do so only when MODEL.md or
the data of the tiny province have changed, never because a run says otherwise.
"""

from pathlib import Path

from tests.hand import beneath, data, draws, land, ledger, people, start
from tests.hand.paper import DIGITS, DRAWS, Paper

FOLDER = Path(__file__).parent
SCENARIOS = ("baseline", "plan")
MONTHS = 6
SEED, REPLICATE = 1, 0
PURPOSES = {
    1: "demand cycle",
    4: "land",
    5: "capital",
    6: "home",
    7: "taste for the province",
    8: "taste for a zone",
    9: "knowing a zone",
    10: "outside option",
    11: "strict standard",
    12: "patience of the waiting",
    13: "dossier hours",
    14: "returned rounds",
    15: "leaving the procedure",
    16: "leaving for good",
    17: "appraisal",
    18: "stalling",
    19: "release of a stalled project",
    20: "building time",
    21: "expansion",
    22: "exit",
    23: "block",
    24: "overrun",
    25: "operator entry",
    26: "inspection",
    27: "incident",
    28: "land of a sitting tenant",
    29: "capital of a sitting tenant",
}
EVENTS = ("investor", "zone", "event", "detail")
INTRO = """# Tiny, {scenario}: the first six months by hand

Seed 1, replicate 0, months 0 to 5. Every number of `docs/MODEL.md` that these months need, in the
order of the document, with its working: numbers of {digits} digits that a pocket calculator can
repeat (`ln` is the natural logarithm; lines without a working follow from those above them). Draws
are listed with their address and their Philox word; how a word becomes a uniform, an exponential, a
Gumbel or a normal number is in MODEL.md 6.1. Each month ends with what the record and the event
log must say, then with the tables beneath the record and the looks, column by column; a blank is a
number that means nothing yet. `tests/hand/test_hand.py` repeats the draws and the arithmetic and
compares all of this with a run.

Filled in by `tests/hand/worksheet.py` and the modules it imports, which were written from MODEL.md
and read the data files, and nothing of `sim/`."""


class Sheet:
    """All that is known at one moment, and the paper it is written on."""

    def __init__(
        self, scenario: str, *, seed: int = SEED, replicate: int = REPLICATE, silent: bool = False
    ) -> None:
        self.world = data.province("tiny")
        self.plan = data.Levers("tiny", scenario, self.world)
        self.p, self.paper = self.world.p, Paper(silent=silent)
        self.seed, self.replicate = seed, replicate
        self._drawn: dict[tuple, float] = {}
        self.month = 0
        start.set_up(self)

    def word(self, purpose: int, segment: str, zone: str, n: int) -> int:
        """Return the word at an address."""
        return draws.word(self.seed, self.replicate, purpose, segment, zone, n)

    @staticmethod
    def transform(kind: str, word: int) -> float:
        """Return what a word becomes."""
        return draws.TRANSFORMS[kind](word)

    def draw(
        self, kind: str, purpose: int, segment: str, zone: str, n: int, *, event: int = 0
    ) -> float:
        """Return a draw; write it down when it is first used."""
        address = (purpose + 1000 * event, segment, zone, n)
        if address not in self._drawn:
            word = self.word(*address)
            self._drawn[address] = self.transform(kind, word)
            self.paper.row(DRAWS, (kind, PURPOSES[purpose], *address, word, self._drawn[address]))
        return self._drawn[address]

    def event(self, investor, zone, code: int, detail: int) -> None:
        """Write a row of the event log."""
        rows = (-1 if thing is None else thing.row for thing in (investor, zone))
        self.events.append((self.month, *rows, code, detail))

    def work_month(self) -> dict:
        """Work one month in the order of MODEL.md 3 and return its record."""
        self.paper.head(2, f"Month {self.month}")
        self.levers, self.looks = self.plan.month(self.month), []
        for phase in (
            land.demand,
            land.funding,
            land.clearance,
            land.works,
            land.operators,
            people.arrivals,
            people.choice,
            people.licensing,
            people.construction,
            people.operation,
            ledger.labour,
            ledger.environment,
            ledger.revenue,
            ledger.reputation,
        ):
            phase(self)
        record = ledger.record(self)
        _write_record(self, record)
        self.month += 1
        return record


def _write_record(sheet: Sheet, record: dict) -> None:
    names = {
        "zones": [zone.id for zone in sheet.zones],
        "kinds": ["parks", "clusters"],
        "province": ["province"],
        "districts": [d.name for d in sheet.districts],
    }
    for table, rows in record.items():
        _write(sheet, f"Record: {table}", names[table], rows)
    sheet.paper.head(3, "Record: events")
    for event in sheet.events:
        if event[0] == sheet.month:
            sheet.paper.row(EVENTS, event[1:])
    for table, (rows, columns) in beneath.tables(sheet).items():
        _write(sheet, f"Beneath: {table}", rows, columns)
    for look in sheet.looks:
        i = look["investor"]
        _write(sheet, f"Look of {i.row}: {i.who}", names["zones"], look["zones"])
        sheet.paper.row(("neighbours",), (look["outside"],))


def _write(sheet: Sheet, heading: str, names: list, rows: list[dict]) -> None:
    """Write a table with a column for each row, so that it can be read down."""
    if rows:
        sheet.paper.head(3, heading)
        for column in rows[0]:
            cells = (column, *(row[column] for row in rows))
            sheet.paper.row(("column", *map(str, names)), cells)


def written_out(scenario: str) -> str:
    """Return the table of a scenario as Markdown."""
    sheet = Sheet(scenario)
    for _ in range(MONTHS):
        sheet.work_month()
    intro = INTRO.format(scenario=scenario, digits=DIGITS)
    return f"{intro}\n\n{sheet.paper.markdown()}"


if __name__ == "__main__":
    for name in SCENARIOS:
        (FOLDER / f"tiny_{name}.md").write_text(written_out(name), encoding="utf-8")
