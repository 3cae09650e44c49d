"""A4 posters for a counter: agency, service, five faces and the codes that open its survey, as SVG or PDF.

Words come from outside; letters become outlines, so that every printer prints them alike. Everything is placed in
millimetres of the page, from its lower left corner.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import matplotlib as mpl
import segno
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path

from surveys.services import Service

__all__ = ["PAGE_MM", "PosterCode", "PosterWords", "poster", "poster_figure"]

PAGE_MM: Final = (210.0, 297.0)
MARGIN_MM: Final = 12.0
#: Codes survive a scratch over 15 % of them (error level M of ISO/IEC 18004), with its four modules of quiet around.
ERROR_LEVEL: Final = "m"
QUIET_MODULES: Final = 4
#: Neighbours overlap by this share of a module: printers and browsers leave hairlines between edges that only meet.
OVERLAP: Final = 0.04
BAND, INK, QUIET, LINE = "#1f5f8b", "#1b1b1b", "#555555", "#b9c4cc"
#: From the angriest to the happiest; told apart without colour by their mouths.
FACE_COLOURS: Final = ("#b2182b", "#d6604d", "#8a8a8a", "#4393c3", "#2166ac")
#: How each mouth is drawn in a square of 48: the height of its ends and where it bends to, from above.
MOUTHS: Final = ((34, 20), (33, 26), (31, 31), (29, 36), (27, 43))
#: (size in points, letters of a line, lines) of a title: the first that holds it.
TITLE_SIZES: Final = ((30, 28, 2), (24, 36, 3), (18, 50, 4), (13, 70, 5))
AGENCY_SIZES: Final = ((17, 56, 1), (12, 80, 2))


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
    figure, out = poster_figure(service, codes, words), io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "rahyar", "svg.fonttype": "path", "pdf.fonttype": 3}):
        figure.savefig(out, format=format, metadata=_UNDATED[format])
    return out.getvalue()


#: Without the date of making, two runs can be compared.
_UNDATED: Final[dict[str, dict[str, Any]]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None, "ModDate": None}}


def poster_figure(service: Service, codes: Sequence[PosterCode], words: PosterWords) -> Figure:
    """The page before it is written. ValueError for other than one to three codes."""
    if not 1 <= len(codes) <= 3:
        raise ValueError(f"{len(codes)} codes on a poster")
    figure = Figure(figsize=(PAGE_MM[0] / 25.4, PAGE_MM[1] / 25.4))
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, PAGE_MM[0])
    page.set_ylim(0, PAGE_MM[1])
    page.set_axis_off()
    _draw_heading(page, service)
    _write(page, 205, words.call, 30, weight="bold")
    for face, colour in enumerate(FACE_COLOURS):
        _draw_face(page, 49 + face * 28, 178, 11, MOUTHS[face], colour)
    _write(page, 156, words.how, 16, colour=QUIET)
    for code, (left, bottom, width) in zip(codes, _places(len(codes)), strict=True):
        _draw_code(page, code, left, bottom, width)
    page.add_patch(Rectangle((MARGIN_MM, 24), PAGE_MM[0] - 2 * MARGIN_MM, 0.3, color=LINE, linewidth=0))
    _write(page, 15, words.note, 12, colour=QUIET, linespacing=1.5)
    return figure


def _write(page: Axes, height: float, text: str, size: float, *, colour: str = INK, **more: Any) -> None:
    place: dict[str, Any] = {"ha": "center", "va": "center", "parse_math": False}  # a title may hold a dollar sign
    page.text(PAGE_MM[0] / 2, height, text, fontsize=size, color=colour, **place, **more)


def _draw_heading(page: Axes, service: Service) -> None:
    page.add_patch(Rectangle((0, 228), PAGE_MM[0], PAGE_MM[1] - 228, color=BAND, linewidth=0))
    agency, size = _fitted(service.agency, AGENCY_SIZES)
    _write(page, 283, agency, size, colour="white", linespacing=1.4)
    title, size = _fitted(service.title, TITLE_SIZES)
    _write(page, 252, title, size, colour="white", weight="bold", linespacing=1.4)


def _fitted(text: str, sizes: Sequence[tuple[int, int, int]]) -> tuple[str, int]:
    """The text in lines, and their size; cut where not even the smallest holds it."""
    fitting = (one for one in sizes if len(textwrap.wrap(text, one[1])) <= one[2])
    size, letters, lines = next(fitting, sizes[-1])
    return "\n".join(textwrap.wrap(text, letters, max_lines=lines, placeholder="…")), size


def _draw_face(page: Axes, x: float, y: float, radius: float, mouth: tuple[int, int], colour: str) -> None:
    unit = radius / 20  # faces are designed in a square of 48, their circle of 20

    def at(across: float, down: float) -> tuple[float, float]:
        return x + (across - 24) * unit, y - (down - 24) * unit

    page.add_patch(Circle((x, y), radius, facecolor="white", edgecolor=colour, linewidth=3.2))
    for eye in (17, 31):
        page.add_patch(Circle(at(eye, 19), 2.4 * unit, color=colour, linewidth=0))
    ends, bend = mouth
    bow = Path([at(14, ends), at(24, bend), at(34, ends)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    page.add_patch(PathPatch(bow, facecolor="none", edgecolor=colour, linewidth=3.2, capstyle="round"))


def _places(count: int) -> list[tuple[float, float, float]]:
    """(left, bottom, width), from right to left."""
    width = {1: 92.0, 2: 80.0, 3: 56.0}[count]
    gap = (PAGE_MM[0] - count * width) / (count + 1)
    return [(PAGE_MM[0] - (at + 1) * (gap + width), 52 + (96 - width) / 2, width) for at in range(count)]


def _draw_code(page: Axes, code: PosterCode, left: float, bottom: float, width: float) -> None:
    """A card of the code, what it opens, and its address for who has no camera."""
    card = FancyBboxPatch((left, bottom - 15), width, width + 15, boxstyle="round,pad=0,rounding_size=4")
    card.set(facecolor="white", edgecolor=LINE, linewidth=1.2)
    page.add_patch(card)
    page.add_patch(PathPatch(_modules(code.url, left, bottom, width), facecolor="black", linewidth=0, gid="code"))
    middle, address = left + width / 2, code.url.partition("://")[2]
    page.text(middle, bottom - 3.5, code.label, ha="center", va="center", fontsize=17, weight="bold", color=INK)
    size = min(9.0, 9.0 * width / (2.1 * len(address)))
    page.text(middle, bottom - 10.5, address, ha="center", va="center", fontsize=size, color=QUIET, parse_math=False)


def _modules(url: str, left: float, bottom: float, width: float) -> Path:
    """All dark modules as one shape."""
    matrix = segno.make(url, error=ERROR_LEVEL, micro=False).matrix
    side = width / (len(matrix) + 2 * QUIET_MODULES)
    parts = []
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                x, y = left + (column + QUIET_MODULES) * side, bottom + width - (row + 1 + QUIET_MODULES) * side
                end = side * (1 + OVERLAP)
                corners = [(x, y), (x + end, y), (x + end, y + end), (x, y + end), (x, y)]
                parts.append(Path(corners, closed=True))
    return Path.make_compound_path(*parts)
