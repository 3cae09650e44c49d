"""A4 posters for a counter: agency, service and the codes that open its survey, as SVG or PDF.

Words come from outside; letters become outlines, so that every printer prints them alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import matplotlib as mpl
import numpy as np
import segno
from matplotlib.figure import Figure

from surveys.services import Service

__all__ = ["PosterCode", "PosterWords", "poster"]

A4_INCHES: Final = (210 / 25.4, 297 / 25.4)
#: Codes survive a scratch over 15 % of them (error level M of ISO/IEC 18004), with its four modules of quiet around.
ERROR_LEVEL: Final = "m"
QUIET_MODULES: Final = 4
LINE_LENGTH_MAX: Final = 34


@dataclass(frozen=True, slots=True)
class PosterCode:
    """A link and the words under its code: «تلگرام», «بله», «وب»."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PosterWords:
    """`call` asks for the opinion, `how` says what to do, `note` stands at the foot (service id, privacy)."""

    call: str
    how: str
    note: str


def poster(service: Service, codes: Sequence[PosterCode], words: PosterWords, format: Literal["svg", "pdf"]) -> bytes:
    """One page with one to three codes; the same input gives the same bytes. ValueError for another number of codes."""
    if not 1 <= len(codes) <= 3:
        raise ValueError(f"{len(codes)} codes on a poster")
    figure = Figure(figsize=A4_INCHES)
    figure.text(0.5, 0.92, service.agency, ha="center", fontsize=18, color="#333333")
    title = _lines(service.title)
    figure.text(0.5, 0.87, title, ha="center", va="top", fontsize=26, fontweight="bold", linespacing=1.4)
    figure.text(0.5, 0.70, words.call, ha="center", fontsize=22)
    figure.text(0.5, 0.655, words.how, ha="center", fontsize=14, color="#333333")
    for code, (left, bottom, width) in zip(codes, _places(len(codes)), strict=True):
        _draw_code(figure, code, left, bottom, width)
    figure.text(0.5, 0.05, words.note, ha="center", fontsize=11, color="#333333", linespacing=1.5)
    out = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "rahyar", "svg.fonttype": "path", "pdf.fonttype": 3}):
        figure.savefig(out, format=format, metadata=_UNDATED[format])
    return out.getvalue()


#: Without the date of making, two runs can be compared.
_UNDATED: Final[dict[str, dict[str, Any]]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}


def _places(count: int) -> list[tuple[float, float, float]]:
    """(left, bottom, width) in shares of the page, from right to left."""
    if count == 1:
        return [(0.25, 0.22, 0.5)]
    width = 0.36 if count == 2 else 0.27
    gap = (1 - count * width) / (count + 1)
    return [(1 - (at + 1) * (gap + width), 0.30, width) for at in range(count)]


def _draw_code(figure: Figure, code: PosterCode, left: float, bottom: float, width: float) -> None:
    modules = np.array([list(row) for row in segno.make(code.url, error=ERROR_LEVEL, micro=False).matrix])
    modules = np.pad(modules, QUIET_MODULES)
    axes = figure.add_axes((left, bottom, width, width * A4_INCHES[0] / A4_INCHES[1]))
    rows, columns = np.nonzero(modules)
    axes.barh(rows, 1, height=1, left=columns, color="black", align="edge", linewidth=0, antialiased=False)
    axes.set_xlim(0, modules.shape[1])
    axes.set_ylim(modules.shape[0], 0)
    axes.set_axis_off()
    figure.text(left + width / 2, bottom - 0.025, code.label, ha="center", fontsize=15)


def _lines(title: str) -> str:
    """The title in lines of about `LINE_LENGTH_MAX` letters, at most four."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LINE_LENGTH_MAX and len(lines) < 4:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
