"""Pictures of an agency's year: dates along the Jalali months, for a phone. matplotlib shapes Persian itself.

A phone shows a picture across some 65 mm, and Telegram makes photos smaller whose longer side exceeds 1,280 pixels: so
letters are large, and a long year is several pictures rather than a tall one.
"""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from persiantools.jdatetime import JalaliDate

from knowledge.numerals import persian_digits
from reminders.jalali import add_months
from reminders.jalali_input import MONTHS
from reminders.year import AgencyYear, YearDate, YearRow

__all__ = ["Picture", "TimelineWords", "timeline_pngs"]

#: Pixels.
WIDTH, MARGIN, HEAD, FOOT = 1080, 40, 330, 90
LINE, TRACK, BETWEEN = 46, 96, 26
#: Rows of a picture: with two lines each it is 1,330 pixels high.
ROWS: Final = 5
PICTURES_MAX: Final = 4
DPI: Final = 100
#: Heights of letters in pixels: on a phone 26 are about 1.6 mm.
TITLE_SIZE, ACTION_SIZE, SMALL_SIZE = 40, 32, 26
LINES_MAX: Final = 2
COLORS: Final = {"overdue": "#c0392b", "upcoming": "#1f6feb", "reported": "#8250df", "done": "#1a7f37"}
INK, FAINT, PAPER, BAND, RAIL = "#1f2328", "#57606a", "#ffffff", "#f3f5f8", "#d0d7de"
#: matplotlib's font caches are not made for several threads at once.
_DRAWING: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class TimelineWords:
    """Persian of the picture: its title, «امروز», what to say without dates, and a word for each standing."""

    title: str
    today: str
    nothing: str
    standings: Mapping[str, str]


def timeline_pngs(
    year: AgencyYear, today: JalaliDate, words: TimelineWords, *, font: Path | None = None
) -> list[bytes]:
    """One PNG for every five obligations, at least one and at most four: the earliest come first.

    `font` is a TrueType file with Persian letters; else matplotlib's own DejaVu Sans, which has them too.
    """
    pages = [year.rows[start : start + ROWS] for start in range(0, len(year.rows), ROWS)] or [()]
    with _DRAWING:
        return [Picture(year, rows, today, words, font).png() for rows in pages[:PICTURES_MAX]]


class Picture:
    """One picture, drawn in pixels by `png`; time runs from right to left, as Persian is read."""

    def __init__(
        self, year: AgencyYear, rows: Sequence[YearRow], today: JalaliDate, words: TimelineWords, font: Path | None
    ) -> None:
        self._year, self._rows, self._today, self._words, self._font = year, rows, today, words, font
        self._first, self._last = year.first.to_gregorian(), year.last.to_gregorian()
        self._figure = Figure(dpi=DPI, facecolor=PAPER)
        self.canvas = FigureCanvasAgg(self._figure)
        self.axes: Any = self._figure.add_axes((0, 0, 1, 1))

    def png(self) -> bytes:
        actions = [self._wrapped(row.action, ACTION_SIZE) for row in self._rows]
        title = self._wrapped(self._words.title, TITLE_SIZE, "bold")
        extra = (len(title) - 1) * (LINE + 8)
        heights = [len(lines) * LINE + TRACK + BETWEEN for lines in actions]
        height = HEAD + extra + (sum(heights) or 2 * LINE) + FOOT
        self._figure.set_size_inches(WIDTH / DPI, height / DPI)
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.axis("off")
        for n, line in enumerate(title):
            self._text(WIDTH - MARGIN, 58 + n * (LINE + 8), line, TITLE_SIZE, weight="bold")
        self._months(extra + 112, height - FOOT)
        top = HEAD + extra
        for row, lines, high in zip(self._rows, actions, heights, strict=True):
            self._row(row, lines, top)
            top += high
        if not self._rows:
            self._text(WIDTH / 2, top, self._words.nothing, ACTION_SIZE, color=FAINT, align="center")
        self._legend(height - FOOT / 2)
        out = io.BytesIO()
        self.canvas.print_png(out)  # type: ignore[no-untyped-call]
        return out.getvalue()

    def _x(self, day: dt.date) -> float:
        share = (day - self._first).days / (self._last - self._first).days
        return WIDTH - MARGIN - share * (WIDTH - 2 * MARGIN)

    # -- letters -----------------------------------------------------------------------------------------------------

    def _properties(self, size: float, weight: str) -> FontProperties:
        properties = FontProperties(fname=str(self._font)) if self._font else FontProperties(family="DejaVu Sans")
        properties.set_size(size * 72 / DPI)
        properties.set_weight(weight)
        return properties

    def _text(
        self, x: float, y: float, words: str, size: float, *, color: str = INK, align: str = "right", weight: str = ""
    ) -> None:
        properties = self._properties(size, weight or "normal")
        self.axes.text(x, y, words, color=color, ha=align, va="center", fontproperties=properties, zorder=4)

    def _wide(self, words: str, size: float, weight: str = "normal") -> float:
        """Width in pixels as the letters are drawn."""
        probe = self._figure.text(0, 0, words, fontproperties=self._properties(size, weight))
        width = probe.get_window_extent(self.canvas.get_renderer()).width  # type: ignore[no-untyped-call]
        probe.remove()
        return float(width)

    def _wrapped(self, words: str, size: float, weight: str = "normal") -> list[str]:
        """At most two lines that fit; what does not ends in «…»."""
        lines, rest = [""], words.split()
        while rest:
            longer = f"{lines[-1]} {rest[0]}".strip()
            if self._wide(longer, size, weight) <= WIDTH - 2 * MARGIN or not lines[-1]:
                lines[-1] = longer
                rest.pop(0)
            elif len(lines) < LINES_MAX:
                lines.append("")
            else:
                break
        while rest and self._wide(f"{lines[-1]} …", size, weight) > WIDTH - 2 * MARGIN:
            lines[-1] = lines[-1].rpartition(" ")[0]
        return [*lines[:-1], f"{lines[-1]} …"] if rest else lines

    # -- what is drawn -----------------------------------------------------------------------------------------------

    def _months(self, top: float, bottom: float) -> None:
        """Names in two turns, so that the long ones have room."""
        for n in range(12):
            start = add_months(self._year.first, n)
            begins, ends = self._x(start.to_gregorian()), self._x(add_months(start, 1).to_gregorian())
            middle = min(max((begins + ends) / 2, MARGIN + 34), WIDTH - MARGIN - 34)
            if n % 2 == 0:
                self.axes.fill_between([ends, begins], top + 66, bottom, color=BAND, lw=0, zorder=0)
            self._text(
                middle, top + 16 + 34 * (n % 2), MONTHS[start.month - 1], SMALL_SIZE, color=FAINT, align="center"
            )
            if n == 0 or start.month == 1:
                year = persian_digits(str(start.year))
                self._text(begins - 8, top + 88, year, SMALL_SIZE, color=FAINT)
                self.axes.plot([begins, begins], [top + 66, top + 106], color=RAIL, lw=1.5, zorder=1)
        x, half = self._x(self._today.to_gregorian()), self._wide(self._words.today, SMALL_SIZE) / 2
        within = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        self._text(within, top + 122, self._words.today, SMALL_SIZE, color=INK, align="center")
        self.axes.plot([x, x], [top + 142, top + 166], color=INK, lw=2, zorder=2)

    def _row(self, row: YearRow, lines: Sequence[str], top: float) -> None:
        for n, line in enumerate(lines):
            self._text(WIDTH - MARGIN, top + LINE * n, line, ACTION_SIZE)
        y = top + LINE * len(lines) + 6
        self.axes.plot([MARGIN, WIDTH - MARGIN], [y, y], color=RAIL, lw=2, zorder=1)
        today = self._x(self._today.to_gregorian())  # a mark on each rail: a line through all would cross the words
        self.axes.plot([today, today], [y - 14, y + 14], color=INK, lw=2, zorder=2)
        free = float(WIDTH)  # left of what stands there already
        for date in row.dates:
            self.axes.plot(
                [self._x(date.due.to_gregorian())], [y], marker="o", ms=15, color=COLORS[date.standing], zorder=3
            )
            free = self._date(date, y + 40, free)

    def _date(self, date: YearDate, y: float, free: float) -> float:
        """Writes the date beneath its dot where there is room; returns where room begins."""
        words = persian_digits(f"{date.due.day} {MONTHS[date.due.month - 1]}")
        half = self._wide(words, SMALL_SIZE) / 2
        x = min(max(self._x(date.due.to_gregorian()), MARGIN + half), WIDTH - MARGIN - half)
        if x + half > free:
            return free
        self._text(x, y, words, SMALL_SIZE, color=COLORS[date.standing], align="center")
        return x - half - 16

    def _legend(self, y: float) -> None:
        """The standings that are to be seen, by their colours."""
        x = float(WIDTH - MARGIN - 12)
        for standing, color in COLORS.items():
            if not any(date.standing == standing for row in self._rows for date in row.dates):
                continue
            words = self._words.standings[standing]
            self.axes.plot([x], [y], marker="o", ms=12, color=color)
            self._text(x - 22, y, words, SMALL_SIZE, color=FAINT)
            x -= 22 + self._wide(words, SMALL_SIZE) + 50
