"""Posters: one A4 page that says what it should, the same at every run."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import segno
from matplotlib.backends.backend_agg import FigureCanvasAgg

from surveys.posters import PAGE_MM, PosterCode, PosterWords, poster, poster_figure
from tests.support.rating import BIRTH

WORDS = PosterWords(
    call="نظر شما درباره این خدمت چیست؟",
    how="کد را با دوربین گوشی بخوانید و یک شکلک را انتخاب کنید.",
    note="شناسه خدمت: ۱۰۰۰\nنام و شماره شما ذخیره نمی‌شود.",
)
CODES = [
    PosterCode("تلگرام", "https://t.me/rahyar_bot?start=s_1000"),
    PosterCode("بله", "https://ble.ir/rahyar_bot?start=s_1000"),
    PosterCode("وب", "https://rahyar.example.ir/s/1000"),
]


def test_svg_is_a4_and_the_same_every_time() -> None:
    first = poster(BIRTH, CODES, WORDS, "svg")
    assert first == poster(BIRTH, CODES, WORDS, "svg")
    root = ElementTree.fromstring(first)
    assert str(root.get("width")).removesuffix("pt").startswith("595")
    assert str(root.get("height")).removesuffix("pt").startswith("841")
    assert b"<text" not in first


def test_pdf_is_one_page_and_the_same_every_time() -> None:
    first = poster(BIRTH, CODES[:1], WORDS, "pdf")
    assert first.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", first)) == 1
    assert first == poster(BIRTH, CODES[:1], WORDS, "pdf")


def test_the_codes_are_drawn_module_by_module() -> None:
    """Read back from the page: what stands where, and the quiet around it."""
    svg = ElementTree.fromstring(poster(BIRTH, CODES, WORDS, "svg"))
    drawn = [g.find("{*}path") for g in svg.findall(".//{*}g[@id='code']")]
    assert len(drawn) == 3
    for path, code in zip(drawn, CODES, strict=True):
        assert path is not None
        corners = [(float(x), -float(y)) for x, y in re.findall(r"M ([\d.]+) ([\d.]+)", path.get("d") or "")]
        matrix = [list(row) for row in segno.make(code.url, error="m", micro=False).matrix]
        left, top = min(x for x, _ in corners), max(y for _, y in corners)
        side = (max(x for x, _ in corners) - left) / (len(matrix) - 1)
        read = {(round((top - y) / side), round((x - left) / side)) for x, y in corners}
        assert read == {(r, c) for r, row in enumerate(matrix) for c, dark in enumerate(row) if dark}


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("words", ["درخواست", "صدور گواهی وضعیت و $ هزینه $ آن", "گ" * 300])
def test_nothing_leaves_the_page_or_lies_on_another(count: int, words: str) -> None:
    title = (words * 40)[:300]
    service = replace(BIRTH, title=title, agency=title)
    figure = poster_figure(service, CODES[:count], WORDS)
    FigureCanvasAgg(figure)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if text.get_text()]
    assert len(boxes) == 5 + 2 * count
    margin = 4 / PAGE_MM[0] * figure.bbox.width
    for box in boxes:
        assert margin < box.x0 < box.x1 < figure.bbox.width - margin
        assert 0 < box.y0 < box.y1 < figure.bbox.height
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]


@pytest.mark.parametrize("count", [0, 4])
def test_other_numbers_of_codes_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="codes"):
        poster(BIRTH, (CODES * 2)[:count], WORDS, "svg")
