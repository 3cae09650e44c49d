"""A report as a picture for the chat: the trend of the top-two share with its interval, and the faces beneath.

Words come from outside; the drawing library shapes Persian itself (matplotlib 3.11 with Raqm). Nothing hidden is drawn.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surveys.questionnaire import FACES
from surveys.report import Report

__all__ = ["PictureWords", "report_picture"]

#: Blue and grey keep their difference for the colour-blind and in print.
SHARE_COLOUR: Final = "#1f5f8b"
QUIET_COLOUR: Final = "#9aa5ad"
FACE_COLOURS: Final = ("#b2182b", "#ef8a62", "#d9d9d9", "#67a9cf", "#2166ac")
SIZE_INCHES: Final = (8.0, 6.4)
DOTS_PER_INCH: Final = 130
#: Months that are drawn at least, so that one month does not fill the picture.
MONTHS_MIN: Final = 6


@dataclass(frozen=True, slots=True)
class PictureWords:
    """Everything that is written: labels of the months, of the faces from 1 to 5; `hidden` stands for small cells."""

    title: str
    trend: str
    faces_title: str
    months: tuple[str, ...]
    faces: tuple[str, ...]
    hidden: str
    digits: str = "0123456789"

    def number(self, number: int) -> str:
        return str(number).translate(str.maketrans("0123456789", self.digits))


def report_picture(report: Report, words: PictureWords) -> bytes:
    """A PNG of about 1040 by 830 dots. ValueError for a report of too few answers: there is nothing to draw."""
    if report.n is None:
        raise ValueError("fewer than ten answers")
    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    above, below = figure.subplots(2, 1, height_ratios=(3, 2))
    figure.suptitle(words.title, fontsize=15, fontweight="bold")
    _draw_trend(above, report, words)
    _draw_faces(below, report, words)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _first_drawn(report: Report) -> int:
    """The place of the first month that is drawn: empty ones before the first share say nothing."""
    first = next((at for at, month in enumerate(report.trend) if month.share is not None), 0)
    return max(0, min(first, len(report.trend) - MONTHS_MIN))


def _draw_trend(axes: Axes, report: Report, words: PictureWords) -> None:
    first = _first_drawn(report)
    trend, months = report.trend[first:], words.months[first:]
    places = list(range(len(trend)))
    shown = [(at, month.share) for at, month in zip(places, trend, strict=True) if month.share is not None]
    axes.set_title(words.trend, fontsize=11)
    axes.errorbar(
        [at for at, _ in shown],
        [share.value * 100 for _, share in shown],
        yerr=[
            [max(share.value - share.low, 0.0) * 100 for _, share in shown],
            [max(share.high - share.value, 0.0) * 100 for _, share in shown],
        ],
        color=SHARE_COLOUR,
        ecolor=QUIET_COLOUR,
        marker="o",
        capsize=4,
    )
    for at, share in shown:
        axes.annotate(words.number(share.n), (at, 1.5), ha="center", fontsize=8, color="#5b666e")
    axes.set_xticks(places, months, fontsize=8)
    axes.set_xlim(-0.5, len(places) - 0.5)
    axes.set_ylim(0, 104)
    ticks = range(0, 101, 20)
    axes.set_yticks(list(ticks), [words.number(tick) for tick in ticks])
    axes.invert_xaxis()  # time runs from right to left, as the words do
    axes.yaxis.tick_right()
    axes.grid(axis="y", color="#e6e9eb")
    axes.spines[["top", "left"]].set_visible(False)


def _draw_faces(axes: Axes, report: Report, words: PictureWords) -> None:
    counts = [report.faces[face] for face in FACES]
    axes.set_title(words.faces_title, fontsize=11)
    bars = axes.bar(range(len(FACES)), [count or 0 for count in counts], color=FACE_COLOURS, width=0.6)
    labels = [words.hidden if count is None else words.number(count) for count in counts]
    axes.bar_label(bars, labels, padding=2, fontsize=9)
    axes.set_xticks(range(len(FACES)), words.faces, fontsize=9)
    axes.invert_xaxis()
    axes.set_yticks([])
    axes.margins(y=0.2)
    axes.spines[["top", "left", "right"]].set_visible(False)
