"""A picture of an agency's year: due dates along the Jalali months, for a phone. matplotlib shapes Persian itself."""

from __future__ import annotations

import datetime as dt
import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from persiantools.jdatetime import JalaliDate

from knowledge.numerals import persian_digits
from reminders.jalali import add_months
from reminders.jalali_input import MONTHS

__all__ = ["TimelineItem", "timeline_png"]

#: Pixels: a phone shows the picture in its full width.
WIDTH, ROW, HEAD, FOOT = 1080, 132, 230, 110
DPI: Final = 160
ROWS_MAX: Final = 14
TITLE_LENGTH_MAX: Final = 74
COLORS: Final = {"overdue": "#c0392b", "upcoming": "#1f6feb", "reported": "#8250df", "done": "#2da44e"}
#: matplotlib's font caches are not made for several threads at once.
_DRAWING: Final = threading.Lock()
INK, FAINT, PAPER, BAND = "#1f2328", "#6e7781", "#ffffff", "#f3f5f8"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One dot; `standing` is overdue, upcoming, reported or done."""

    title: str
    due: JalaliDate
    standing: str


def timeline_png(
    title: str,
    items: Sequence[TimelineItem],
    today: JalaliDate,
    *,
    legend: Mapping[str, str],
    nothing: str,
    font: Path | None = None,
) -> bytes:
    """A PNG from two months before `today` to ten after; the first 14 items by date. `legend`: words by standing.

    `font` is a TrueType file with Persian letters; else matplotlib's own DejaVu Sans, which has them too.
    """
    with _DRAWING:
        return _drawn(title, items, today, legend, nothing, font)


def _drawn(
    title: str,
    items: Sequence[TimelineItem],
    today: JalaliDate,
    legend: Mapping[str, str],
    nothing: str,
    font: Path | None,
) -> bytes:
    first = add_months(JalaliDate(today.year, today.month, 1), -2)
    last = add_months(first, 12)
    shown = sorted((i for i in items if first <= i.due < last), key=lambda i: i.due)[:ROWS_MAX]
    height = HEAD + ROW * max(len(shown), 1) + FOOT
    figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(height, 0))
    axes.axis("off")
    pen = _Pen(axes, font, first, last)
    pen.text(WIDTH - 48, 62, title, 15, weight="bold", align="right")
    pen.months(height)
    pen.today(today, height)
    for place, item in enumerate(shown):
        pen.item(item, HEAD + ROW * place)
    if not shown:
        pen.text(WIDTH / 2, HEAD + ROW / 2, nothing, 11, color=FAINT, align="center")
    pen.legend([(COLORS[s], legend[s]) for s in COLORS if any(i.standing == s for i in shown)], height - 48)
    out = io.BytesIO()
    canvas.print_png(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


class _Pen:
    """Draws in pixels; time runs from right to left, as Persian is read."""

    def __init__(self, axes: object, font: Path | None, first: JalaliDate, last: JalaliDate) -> None:
        self._axes: object = axes
        self._font = font
        self._first, self._last = first.to_gregorian(), last.to_gregorian()

    def x(self, day: dt.date) -> float:
        share = (day - self._first).days / (self._last - self._first).days
        return WIDTH - 40 - share * (WIDTH - 80)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        color: str = INK,
        align: str = "right",
        weight: str = "normal",
    ) -> None:
        properties = FontProperties(fname=str(self._font)) if self._font else FontProperties(family="DejaVu Sans")
        properties.set_size(size)
        properties.set_weight(weight)
        self._axes.text(x, y, words, color=color, ha=align, va="center", fontproperties=properties)  # type: ignore[attr-defined]

    def months(self, height: int) -> None:
        for n in range(12):
            start = add_months(JalaliDate(self._first), n)
            begins, ends = self.x(start.to_gregorian()), self.x(add_months(start, 1).to_gregorian())
            if n % 2 == 0:
                self._axes.axvspan(ends, begins, ymin=FOOT / height, ymax=1 - 118 / height, color=BAND, lw=0)  # type: ignore[attr-defined]
            self.text((begins + ends) / 2, 142, MONTHS[start.month - 1], 8, color=FAINT, align="center")
            if n == 0 or start.month == 1:
                self.text((begins + ends) / 2, 172, persian_digits(str(start.year)), 8, color=FAINT, align="center")

    def today(self, today: JalaliDate, height: int) -> None:
        x = self.x(today.to_gregorian())
        self._axes.plot([x, x], [190, height - FOOT], color=FAINT, lw=1, alpha=0.6, ls=(0, (3, 3)), zorder=0)  # type: ignore[attr-defined]

    def item(self, item: TimelineItem, top: float) -> None:
        x, color = self.x(item.due.to_gregorian()), COLORS[item.standing]
        self._axes.plot([x], [top + 88], marker="o", ms=10, color=color)  # type: ignore[attr-defined]
        date = persian_digits(f"{item.due.day} {MONTHS[item.due.month - 1]}")
        self.text(WIDTH - 48, top + 36, _short(item.title), 9)
        near_left = x < WIDTH / 2
        self.text(
            x + 26 if near_left else x - 26, top + 88, date, 8.5, color=color, align="left" if near_left else "right"
        )

    def legend(self, entries: Sequence[tuple[str, str]], y: float) -> None:
        x = WIDTH - 60.0
        for color, words in entries:
            self._axes.plot([x], [y], marker="o", ms=8, color=color)  # type: ignore[attr-defined]
            self.text(x - 24, y, words, 8, color=FAINT)
            x -= 70 + 19.0 * len(words)


def _short(title: str) -> str:
    if len(title) <= TITLE_LENGTH_MAX:
        return title
    return title[:TITLE_LENGTH_MAX].rsplit(" ", 1)[0] + " …"
