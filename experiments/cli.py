"""The command line: parse, call, print. The only module that prints.

Verbs are in experiments/commands; they return text. Exit codes: 0 done, 1 a fault in the model,
2 a mistake in what was asked, 130 stopped by Ctrl-C or a request to end.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Final, TextIO

from experiments.commands.colour import painted, painted_complaint
from experiments.commands.parser import new_parser
from experiments.sweeps.extras import EXTRAS, missing
from sim.errors import AuditError, ZonesimError

FAULT: Final = 1
MISTAKE: Final = 2
STOPPED: Final = 130
_STOPPED: Final = "Stopped; nothing was written."
_PAUSED: Final = "Stopped; finished chunks are kept, and the same command continues."
_CONTINUE: Final = ("sweep", "retry")  # verbs that keep what was done
_CLOSED: Final = 141  # as a shell reports a program whose reader has gone
_RUN: Final = "experiments.commands.runs"
_AUTHOR: Final = "experiments.commands.authoring"
_LIST: Final = "experiments.commands.listings"
_STUDY: Final = "experiments.commands.studies"
_REPORT: Final = "experiments.commands.report"
_MODULES: Final = {
    "run": _RUN,
    "compare": _RUN,
    "plot": "experiments.commands.plots",
    "report": _REPORT,
    "analyse": "experiments.commands.analyse",
    "new": _AUTHOR,
    "init-province": _AUTHOR,
    "explain": "experiments.commands.explain",
    "zones": _LIST,
    "params": _LIST,
    "check": "experiments.commands.checks",
    "diff": _LIST,
    "scenarios": _LIST,
    "levers": _LIST,
    "schema": _LIST,
    "studies": _STUDY,
    "sweep": _STUDY,
    "retry": _STUDY,
    "reproduce": _STUDY,
    "export": _REPORT,
    "world": "experiments.commands.worlds",
    "completion": "experiments.commands.completion",
}
# Verbs whose answer only says that something was done; --quiet leaves it out, --json does not.
_SAY_DONE: Final = ("new", "init-province", "check", "plot", "report", "export", "world")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code.

    Parameters
    ----------
    words : sequence of str, optional
        What was typed after ``zonesim``; by default the program's own arguments.
    """
    _speak_utf8()
    _end_as_asked()
    try:
        _print(_answer(new_parser().parse_args(words)))
    except AuditError as error:
        return _complain(str(error), FAULT)
    except ZonesimError as error:
        return _complain(str(error), MISTAKE)
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        return _complain(missing(error.name), MISTAKE)
    except KeyboardInterrupt:
        typed = sys.argv[1:] if words is None else words
        return _stop(_PAUSED if typed[:1] and typed[0] in _CONTINUE else _STOPPED)
    except BrokenPipeError:
        _forget_output()
        return _CLOSED
    except OSError as error:  # a name too long, a loop of links: what no module expects
        if error.filename is None:
            raise
        reason = f"{error.filename}: cannot be used ({error.strerror}). Name another path."
        return _complain(reason, MISTAKE)
    return 0


def _answer(arguments: argparse.Namespace) -> str:
    if arguments.version:
        return _version()
    if arguments.verb is None:
        return new_parser().format_help()
    # Arrow's own allocators keep what was freed, 20 MB of a sweep.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    module = importlib.import_module(_MODULES[arguments.verb])
    verb: Callable[[argparse.Namespace], str] = getattr(module, arguments.verb.replace("-", "_"))
    text = verb(arguments)
    quiet = arguments.verb in _SAY_DONE and arguments.quiet and not arguments.json
    return "" if quiet else text


def _version() -> str:
    from experiments.provenance import version
    from sim.compiled import fingerprint

    return f"zonesim {version()}, model {fingerprint()}\n"


def _print(text: str) -> None:
    print(painted(text) if _has_colours(sys.stdout) else text, end="", flush=True)


def _complain(message: str, code: int) -> int:
    print(painted_complaint(message) if _has_colours(sys.stderr) else message, file=sys.stderr)
    return code


def _has_colours(stream: TextIO) -> bool:
    """Return whether to paint: only on a terminal that can, and not against NO_COLOR."""
    unwanted = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not unwanted


def _stop(message: str) -> int:
    _complain(message, STOPPED)
    if threading.active_count() > 1:  # runs that were left behind would keep Python from ending
        sys.stderr.flush()
        os._exit(STOPPED)
    return STOPPED


def _speak_utf8() -> None:
    """Write UTF-8 with plain line ends, whatever the terminal is set to."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", newline="\n")


def _end_as_asked() -> None:
    """Let a request to end, as of a scheduler or kill, do what Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _forget_output() -> None:
    """Keep Python from complaining at exit that nobody reads its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
