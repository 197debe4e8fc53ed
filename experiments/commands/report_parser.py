"""What can be typed about reports: `report`.

Imported for ``zonesim --help``, so it imports nothing slow. What the verb does:
experiments/commands/report.py.
"""

from __future__ import annotations

from typing import Final

from experiments.commands.arguments import Verbs, add_quiet

_EXAMPLES: Final = """examples:
  zonesim report results/plan --lang both --xlsx --out results/report
  zonesim report results/plan --sweep results/sweep --lang vi --out report"""


def add_report(verbs: Verbs) -> None:
    """Add the verb `report`."""
    text = "Write a report of written results: a page a language, and a workbook with its tables."
    report = verbs.add("report", text, epilog=_EXAMPLES)
    add = report.add_argument
    add("result", metavar="RESULT", help="folder that 'compare', 'run' or 'sweep' wrote with --out")
    add("--out", required=True, metavar="DIR", help="folder for the report")
    add("--lang", choices=("en", "vi", "both"), default="en", help="language (en)")
    add("--xlsx", action="store_true", help="write the workbook too, in both languages")
    text = "result of a sweep in the same province: adds what drives the result"
    add("--sweep", metavar="RESULT", help=text)
    text = "with --sweep: say in which futures this happens; can be repeated"
    add("--threshold", action="append", default=[], metavar="OUTCOME@YEAR<X", help=text)
    add_quiet(report)
    add("--json", action="store_true", help="print JSON and nothing else")
