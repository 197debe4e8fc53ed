"""What can be typed after ``zonesim explain``."""

from __future__ import annotations

from typing import Final

from experiments.commands.arguments import Parser, Verbs, add_common, whole

_EXAMPLES: Final = """examples:
  zonesim explain investor plan_175 900 --replicate 3
  zonesim explain investor plan_175 handicraft-domestic/1457 --lever rework
  zonesim explain zone plan_175 tam-diep-2 --year 2028 --lang vi
  zonesim explain difference baseline plan_175 --replicates 200"""


def add_explain(verbs: Verbs) -> None:
    """Add the verb `explain` with its three questions."""
    text = "Say why: what moved an investor, why a zone stands as it does, what makes a difference."
    explain = verbs.add("explain", text, epilog=_EXAMPLES)
    adder = explain.add_subparsers(dest="what", metavar="WHAT", required=True, parser_class=Parser)
    text = "Why one investor did what it did, and the smallest change that would have turned it."
    investor = adder.add_parser("investor", help=text, description=text, epilog=_EXAMPLES)
    investor.add_argument("scenario", metavar="SCENARIO", help="a name, or a path")
    text = "row in the run, or segment and number such as electronics-foreign/12"
    investor.add_argument("investor", metavar="N|ID", help=text)
    text = "number of the replicate (0)"
    investor.add_argument("--replicate", type=whole, default=0, metavar="K", help=text)
    text = "Why a zone is as full as it is, who wanted in, what binds, what levers would do."
    zone = adder.add_parser("zone", help=text, description=text, epilog=_EXAMPLES)
    zone.add_argument("scenario", metavar="SCENARIO", help="a name, or a path")
    zone.add_argument("zone", metavar="ZONE", help="id of the zone; see 'zonesim zones'")
    text = "Which investors, zones and years make B differ from A; all parts add up."
    both = adder.add_parser("difference", help=text, description=text, epilog=_EXAMPLES)
    both.add_argument("base", metavar="A", help="a name, or a path")
    both.add_argument("scenario", metavar="B", help="a name, or a path")
    text = "only this lever; can be repeated"
    for parser in (investor, zone):
        parser.add_argument("--lever", action="append", default=[], metavar="LEVER", help=text)
    for parser in (zone, both):
        add = parser.add_argument
        add("--year", type=whole, metavar="Y", help="at its end; by default the last")
        add("--replicates", type=whole, default=100, metavar="N", help="runs a scenario (100)")
        text = "number of the first (0)"
        add("--first-replicate", type=whole, default=0, metavar="K", help=text)
        add("--threads", type=whole, metavar="N", help="by default one a core")
    for parser in (investor, zone, both):
        parser.add_argument("--seed", type=whole, default=1, metavar="S", help="which luck (1)")
        parser.add_argument("--quiet", action="store_true", help="no progress")
        add_common(parser)
