"""What can be typed about studies: `studies`, `sweep`, `retry`, `reproduce`, `export`.

Imported for ``zonesim --help``, so it imports nothing slow. What the verbs do:
experiments/commands/studies.py.
"""

from __future__ import annotations

from typing import Final

from experiments.commands.arguments import (
    Parser,
    Verbs,
    add_common,
    add_precision,
    add_quiet,
    whole,
)

_SWEEP_EXAMPLES: Final = """examples:
  zonesim sweep quick --out results/quick
  zonesim sweep quick --out results/quick --replicates 40      more runs in it
  zonesim sweep my_study.toml --out results/mine
  zonesim sweep quick --out results/quick --precision jobs@2030=500
  zonesim sweep quick --out results/quick --workers 4
  zonesim sweep quick --out results/quick --scheduler tcp://10.0.0.5:8786"""
_EXPORT_EXAMPLES: Final = """examples:
  zonesim export results/quick --out quick.xlsx
  zonesim export results/quick --table years --out paths.csv
  zonesim export results/plan --out plan.xlsx        what compare or run wrote"""


def add_studies(verbs: Verbs) -> None:
    """Add the verbs of studies."""
    text = "List the studies that come with zonesim."
    studies = verbs.add("studies", text, epilog="examples:\n  zonesim studies --lang vi")
    add_common(studies, with_province=False)
    text = "Run a study into a folder; the same command continues, and a larger study grows it."
    sweep = verbs.add("sweep", text, epilog=_SWEEP_EXAMPLES)
    sweep.add_argument("study", metavar="STUDY", help="a name, or the path of a TOML file")
    sweep.add_argument("--out", required=True, metavar="RESULT", help="folder of the result")
    text = "points, base samples or trajectories instead of the study's"
    sweep.add_argument("--replicates", type=whole, metavar="N", help="instead of the study's")
    sweep.add_argument("--points", type=whole, metavar="N", help=text)
    sweep.add_argument("--seed", type=whole, metavar="S", help="instead of the study's")
    text = (
        "add replicates until the 95%% interval of every difference to the first scenario reaches "
        "at most this far from its mean, at every point; as in 'compare'"
    )
    add_precision(sweep, text)
    _add_cluster(sweep)
    _add_how(sweep)
    text = "Run the failed runs of a result again; with --run, one run alone, changing nothing."
    retry = verbs.add("retry", text, epilog="examples:\n  zonesim retry results/quick")
    retry.add_argument("result", metavar="RESULT", help="folder of a result")
    retry.add_argument("--run", metavar="ID", help="id of a run, as in the column run_id")
    _add_cluster(retry)
    _add_how(retry)
    text = "Make all runs of a result again and compare every table to the byte."
    reproduce = verbs.add(
        "reproduce", text, epilog="examples:\n  zonesim reproduce results/quick --threads 1"
    )
    reproduce.add_argument("result", metavar="RESULT", help="folder of a result")
    _add_how(reproduce)
    _add_export(verbs)


def _add_export(verbs: Verbs) -> None:
    text = (
        "Write a table of a sweep as CSV or Excel, sorted by run, or the tables that compare or "
        "run wrote as a workbook; with units and sources."
    )
    export = verbs.add("export", text, epilog=_EXPORT_EXAMPLES)
    export.add_argument("result", metavar="RESULT", help="folder of a result")
    export.add_argument("--out", required=True, metavar="FILE", help="ends in .csv or .xlsx")
    text = "of a sweep: runs, years, points, zones, events or failures (runs)"
    export.add_argument("--table", metavar="NAME", help=text)
    add_quiet(export)
    add_common(export, with_province=False)


def _add_cluster(parser: Parser) -> None:
    """Add the options by which others than the threads of this process make the runs."""
    add = parser.add_argument
    add("--workers", type=whole, metavar="N", help="run in N processes of this machine")
    text = "run on a Dask cluster, whose scheduler listens at this address"
    add("--scheduler", metavar="tcp://HOST:PORT", help=text)


def _add_how(parser: Parser) -> None:
    """Add the options of every verb that makes runs of a study; tables depend on none of them."""
    add = parser.add_argument
    add("--threads", type=whole, metavar="N", help="by default one a core")
    add("--chunk", type=whole, metavar="N", help="runs kept together; by default as memory asks")
    add("--quiet", action="store_true", help="no progress and no summary")
    add_common(parser, with_province=False)
