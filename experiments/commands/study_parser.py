"""What can be typed about studies: `studies`, `sweep`, `retry`, `reproduce`, `export`.

Imported for ``zonesim --help``, so it imports nothing slow. What the verbs do:
experiments/commands/studies.py.
"""

from __future__ import annotations

from typing import Final

from experiments.commands.arguments import Parser, Verbs, add_common, whole

_SWEEP_EXAMPLES: Final = """examples:
  zonesim sweep quick --out results/quick
  zonesim sweep quick --out results/quick --replicates 40   the same folder, more runs
  zonesim sweep my_study.toml --out results/mine"""
_EXPORT_EXAMPLES: Final = """examples:
  zonesim export results/quick --out quick.xlsx
  zonesim export results/quick --table years --out paths.csv
  zonesim export results/plan --out plan.xlsx               what compare or run wrote"""


def add_studies(verbs: Verbs) -> None:
    """Add the verbs of studies."""
    add_common(
        verbs.add("studies", "List the studies that come with zonesim."), with_province=False
    )
    text = "Run a study into a folder; the same command continues, and a larger study grows it."
    sweep = verbs.add("sweep", text, epilog=_SWEEP_EXAMPLES)
    sweep.add_argument("study", metavar="STUDY", help="a name, or the path of a TOML file")
    sweep.add_argument("--out", required=True, metavar="RESULT", help="folder of the result")
    text = "points, base samples or trajectories instead of the study's"
    sweep.add_argument("--replicates", type=whole, metavar="N", help="instead of the study's")
    sweep.add_argument("--points", type=whole, metavar="N", help=text)
    sweep.add_argument("--seed", type=whole, metavar="S", help="instead of the study's")
    _add_how(sweep)
    text = "Run the failed runs of a result again; with --run, one run alone, changing nothing."
    retry = verbs.add("retry", text, epilog="examples:\n  zonesim retry results/quick")
    retry.add_argument("result", metavar="RESULT", help="folder of a result")
    retry.add_argument("--run", metavar="ID", help="id of a run, as in the column run_id")
    _add_how(retry)
    text = "Make all runs of a result again and compare every table to the byte."
    reproduce = verbs.add(
        "reproduce", text, epilog="examples:\n  zonesim reproduce results/quick --threads 1"
    )
    reproduce.add_argument("result", metavar="RESULT", help="folder of a result")
    _add_how(reproduce)
    text = (
        "Write a table of a sweep as CSV or Excel, sorted by run, or the tables that compare or "
        "run wrote as a workbook; with units and sources."
    )
    export = verbs.add("export", text, epilog=_EXPORT_EXAMPLES)
    export.add_argument("result", metavar="RESULT", help="folder of a result")
    export.add_argument("--out", required=True, metavar="FILE", help="ends in .csv or .xlsx")
    text = "of a sweep: runs, years, points, zones, events or failures (runs)"
    export.add_argument("--table", metavar="NAME", help=text)
    add_common(export, with_province=False)


def _add_how(parser: Parser) -> None:
    """Add the options of every verb that makes runs of a study; tables depend on none of them."""
    add = parser.add_argument
    add("--threads", type=whole, metavar="N", help="by default one a core")
    add("--chunk", type=whole, metavar="N", help="runs kept together; by default as memory asks")
    add("--quiet", action="store_true", help="no progress and no summary")
    add_common(parser, with_province=False)
