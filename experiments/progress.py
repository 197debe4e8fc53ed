"""Show on standard error how far the runs are and how long they will take.

On a terminal one line is rewritten; elsewhere a line appears at every quarter.
"""

from __future__ import annotations

import time
from typing import Final, TextIO

from experiments.texts import Texts

_BAR: Final = 24
_BETWEEN: Final = 0.1  # seconds between two drawings on a terminal
_CLEAR_LINE: Final = "\r\033[K"


def clock() -> float:
    """Return seconds since some moment, to measure a pace by."""
    return time.monotonic()


class Bar:
    """A progress bar; call it with the runs done and the runs in all."""

    def __init__(self, stream: TextIO, texts: Texts) -> None:
        self._stream = stream
        self._texts = texts
        self._terminal = stream.isatty()
        self._start = time.monotonic()
        self._first: tuple[float, int] | None = None
        self._total = 0
        self._drawn = 0.0
        self._quarter = 0
        self._closed = False

    def say(self, text: str) -> None:
        """Write a line above the bar."""
        self._write(f"{text}\n")

    def __call__(self, done: int, total: int) -> None:
        """Show that so many of the runs are done."""
        if self._closed:
            return
        now = time.monotonic()
        if total != self._total:  # more was asked for, and what was there takes no time
            self._total, self._first, self._quarter = total, (now, done), 0
        text = self._line(done, total, now)
        if self._terminal:
            if done == total or now - self._drawn >= _BETWEEN:
                self._drawn = now
                self._write(f"{_CLEAR_LINE}{text}" + ("\n" if done == total else ""))
        elif 4 * done // total > self._quarter:
            self._quarter = 4 * done // total
            self._write(f"{text}\n")

    def close(self) -> None:
        """End the line of a bar that will not be finished, and show nothing more."""
        if self._terminal and self._drawn:
            self._write("\n")
        self._closed = True

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()

    def _line(self, done: int, total: int, now: float) -> str:
        filled = _BAR * done // total
        bar = f"[{'#' * filled}{'.' * (_BAR - filled)}]"
        counts = self._texts.get("progress", "running").format(
            done=self._texts.number(done, 0), runs=self._texts.counted("runs", total)
        )
        left = self._left(done, total, now)
        return f"{bar} {counts}" + (f", {left}" if left else "")

    def _left(self, done: int, total: int, now: float) -> str:
        """Return the time left, once a few runs after the first give a pace."""
        if self._first is None or done in (self._first[1], total):
            return ""
        pace = (now - self._first[0]) / (done - self._first[1])
        time_left = self._texts.duration(pace * (total - done))
        return self._texts.get("progress", "left").format(time=time_left)
