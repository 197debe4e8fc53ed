"""What can be typed: verbs, options and examples.

Imported for ``zonesim --help``, so it imports nothing slow. What is said of mistakes:
experiments/commands/arguments.py; what the verbs do is in the other modules of this folder.
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
from experiments.commands.authoring_parser import add_authoring, add_completion
from experiments.commands.explain_parser import add_explain
from experiments.commands.report_parser import add_report
from experiments.commands.study_parser import add_studies

MOST_ZONES: Final = 100_000  # assumption: more industrial zones than any country has
MOST_CANDIDATES: Final = 10_000_000  # assumption: a hundred for each of so many zones
_RUN_EXAMPLES: Final = """examples:
  zonesim run baseline
  zonesim run plan_175 --replicates 500 --out results/plan
  zonesim run my_plan.toml --lang vi
  zonesim run plan_175 --json > plan.json"""
_COMPARE_EXAMPLES: Final = """examples:
  zonesim compare baseline plan_175
  zonesim compare baseline plan_175 everything --out results/plans
  zonesim compare baseline my_plan.toml --lang vi
  zonesim compare baseline plan_175 --precision jobs@2030=500,occupancy@2030=1pp
  zonesim compare baseline plan --province tiny --replicates 50"""
_ANALYSE_EXAMPLES: Final = """examples:
  zonesim analyse results/sweep
  zonesim analyse results/sweep --outcome jobs@2030 --lang vi
  zonesim analyse results/sweep --threshold 'occupancy@2030<80%' --out insight"""
_PLOT_EXAMPLES: Final = """examples:
  zonesim plot --list
  zonesim plot results/plan map --lang vi --out map.pdf
  zonesim plot results/plan occupancy --format svg
  zonesim plot results/plan map-animation"""
_TOP: Final = """examples:
  zonesim scenarios                      which policies there are
  zonesim compare baseline plan_175      what the plan changes, and how surely
  zonesim run plan_175 --out results/plan
  zonesim check my_plan.toml             everything wrong with a scenario file

'zonesim VERB --help' explains a verb."""


def new_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="zonesim",
        description="Simulate what policies do to the industrial parks and clusters of a province.",
        epilog=_TOP,
    )
    parser.add_argument("--version", action="store_true", help="version and model fingerprint")
    verbs = Verbs(parser)
    _add_runs(verbs)
    _add_plot(verbs)
    add_report(verbs)
    _add_analyse(verbs)
    add_explain(verbs)
    add_authoring(verbs)
    add_completion(verbs)
    _add_listings(verbs)
    _add_world(verbs)
    add_studies(verbs)
    return parser


def _add_runs(verbs: Verbs) -> None:
    run = verbs.add(
        "run", "Run one scenario and show its outcomes with bands.", epilog=_RUN_EXAMPLES
    )
    run.add_argument("scenario", metavar="SCENARIO", help="a name, or the path of a TOML file")
    _add_run_options(run)
    text = "Run scenarios under the same luck and show what tells them apart."
    compare = verbs.add("compare", text, epilog=_COMPARE_EXAMPLES)
    compare.add_argument(
        "scenarios",
        nargs="+",
        metavar="SCENARIO",
        help="names or paths of TOML files, two or more; the first is the base",
    )
    _add_run_options(compare)
    text = (
        "add replicates until the 95 %% interval of every difference named reaches at most so far "
        "from its mean; in the outcome's unit, of shares in pp; several with commas, or repeated"
    )
    add_precision(compare, text)


def _add_analyse(verbs: Verbs) -> None:
    analyse = verbs.add(
        "analyse",
        "Say what matters in a result: factors, luck, when a threshold is missed, regret.",
        epilog=_ANALYSE_EXAMPLES,
    )
    analyse.add_argument("result", metavar="RESULT", help="the folder that a sweep wrote")
    add = analyse.add_argument
    text = "which outcome to explain; can be repeated (occupancy and revenue, at the end)"
    add("--outcome", action="append", default=[], metavar="OUTCOME@YEAR", help=text)
    text = "say in which futures this happens, such as 'occupancy@2030<80%%'; can be repeated"
    add("--threshold", action="append", default=[], metavar="OUTCOME@YEAR<X", help=text)
    add("--out", metavar="DIR", help="write text, tables, figures and JSON into this folder")
    add_common(analyse, with_province=False)


def _add_plot(verbs: Verbs) -> None:
    text = "Draw a figure of written results again: in either language, as PNG, SVG or PDF."
    plot = verbs.add("plot", text, epilog=_PLOT_EXAMPLES)
    text = "folder that 'compare' or 'run' wrote with --out"
    plot.add_argument("result", nargs="?", metavar="RESULT", help=text)
    plot.add_argument("kind", nargs="?", metavar="KIND", help="which figure; see --list")
    plot.add_argument("--list", action="store_true", help="which figures there are, or RESULT has")
    text = "by default what --out ends in, else png; the animation is a gif"
    plot.add_argument("--format", choices=("png", "svg", "pdf", "gif"), help=text)
    plot.add_argument("--out", metavar="FILE", help="by default KIND.png in this folder")
    add_quiet(plot)
    add_common(plot, with_province=False)


def _add_run_options(parser: Parser) -> None:
    """Add the options of every verb that runs."""
    add = parser.add_argument
    add("--replicates", type=whole, metavar="N", help="runs a scenario (200)")
    add("--seed", type=whole, default=1, metavar="S", help="which luck (1)")
    add("--first-replicate", type=whole, default=0, metavar="K", help="number of the first (0)")
    add("--until", metavar="YYYY-MM", help="last month; by default the whole horizon")
    add("--threads", type=whole, metavar="N", help="by default one a core; results do not change")
    add("--out", metavar="DIR", help="write summary, tables, figures and JSON into this folder")
    add("--quiet", action="store_true", help="no progress and, with --out, no summary")
    add_common(parser)


def _add_listings(verbs: Verbs) -> None:
    zones = verbs.add(
        "zones",
        "List every value of the zones with its unit and source.",
        epilog="examples:\n  zonesim zones\n  zonesim zones gian-khau tam-diep-2",
    )
    zones.add_argument("zones", nargs="*", metavar="ZONE", help="ids of zones; by default all")
    add_common(zones)
    params = verbs.add(
        "params",
        "List the parameters with unit, range, prior and source.",
        epilog="examples:\n  zonesim params\n  zonesim params --unsourced",
    )
    params.add_argument("--unsourced", action="store_true", help="only those that are assumptions")
    add_common(params)
    _add_check(verbs)
    diff = verbs.add(
        "diff",
        "Show which levers two scenarios set differently, and when.",
        epilog="examples:\n  zonesim diff baseline plan_175",
    )
    diff.add_argument("scenarios", nargs=2, metavar="SCENARIO", help="names or paths")
    add_common(diff)
    text = "List the scenarios of a province."
    example = "examples:\n  zonesim scenarios\n  zonesim scenarios --province tiny --lang vi"
    add_common(verbs.add("scenarios", text, epilog=example))
    _add_levers(verbs)
    text = "Print the JSON Schema of scenario files, for editors."
    example = "examples:\n  zonesim schema > scenario.schema.json\n  zonesim schema --study"
    schema = verbs.add("schema", text, epilog=example)
    schema.add_argument("--study", action="store_true", help="of study files instead")


def _add_check(verbs: Verbs) -> None:
    check = verbs.add(
        "check",
        "Name everything wrong with scenarios, studies or the data of a province.",
        epilog="examples:\n  zonesim check my_plan.toml\n  zonesim check plan_175 everything\n"
        "  zonesim check data/thai_binh --mend",
    )
    text = "paths, names of scenarios, or folders of provinces"
    check.add_argument("files", nargs="+", metavar="FILE", help=text)
    text = "first bring CSV files that a spreadsheet saved its own way back to commas and points"
    check.add_argument("--mend", action="store_true", help=text)
    add_quiet(check)
    add_common(check)


def _add_levers(verbs: Verbs) -> None:
    levers = verbs.add(
        "levers",
        "List the levers: what they do, values, units; with --effect, what runs show of them.",
        epilog="examples:\n  zonesim levers\n  zonesim levers rework --effect --lang vi",
    )
    levers.add_argument("levers", nargs="*", metavar="LEVER", help="names; by default all")
    text = "from runs of small test worlds: what each lever moves, where it rightly does not, how"
    levers.add_argument("--effect", action="store_true", help=text)
    levers.add_argument("--replicates", type=whole, metavar="N", help="runs a trial (its own)")
    levers.add_argument("--seed", type=whole, default=1, metavar="S", help="which luck (1)")
    levers.add_argument("--threads", type=whole, metavar="N", help="by default one a core")
    levers.add_argument("--quiet", action="store_true", help="no progress")
    add_common(levers)


def _add_world(verbs: Verbs) -> None:
    text = "Invent a province of any size, to see what size costs."
    example = (
        "examples:\n"
        "  zonesim world generate --zones 1500 --candidates 100000 --out results/national\n"
        "  zonesim run baseline --province results/national --replicates 1"
    )
    world = verbs.add("world", text, epilog=example)
    adder = world.add_subparsers(
        dest="action", metavar="ACTION", required=True, parser_class=Parser
    )
    text = "Write an invented province, drawn after Ninh Bình, with a baseline scenario."
    generate = adder.add_parser("generate", help=text, description=text, epilog=example)
    add = generate.add_argument
    add(
        "--zones",
        type=whole,
        required=True,
        metavar="N",
        help=f"parks and clusters (at most {MOST_ZONES})",
    )
    text = (
        "investors who appear over the horizon, as expected under the baseline "
        f"(at most {MOST_CANDIDATES})"
    )
    add("--candidates", type=whole, required=True, metavar="N", help=text)
    add("--out", required=True, metavar="DIR", help="folder of the province: new or empty")
    text = "at most as many as zones; by default as many zones in each as Ninh Bình has"
    add("--districts", type=whole, metavar="N", help=text)
    add("--years", type=whole, default=10, metavar="N", help="horizon (10)")
    add("--seed", type=whole, default=1, metavar="S", help="which province of this size (1)")
    add("--kind-mix", default="9:26", metavar="P:C", help="parks to clusters (9:26)")
    add_quiet(generate)
    add_common(generate, with_province=False)
