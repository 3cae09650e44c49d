"""Posters: one A4 page that says what it should, the same at every run."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from surveys.posters import PosterCode, PosterWords, poster
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


def test_every_dark_module_is_drawn() -> None:
    dark = sum(sum(row) for row in segno.make(CODES[0].url, error="m", micro=False).matrix)
    svg = ElementTree.fromstring(poster(BIRTH, CODES[:1], WORDS, "svg"))
    drawn = [g for g in svg.findall(".//{*}g") if (g.get("id") or "").startswith("patch_")]
    assert dark <= len(drawn) <= dark + 3  # and the page itself


@pytest.mark.parametrize("count", [0, 4])
def test_other_numbers_of_codes_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="codes"):
        poster(BIRTH, (CODES * 2)[:count], WORDS, "svg")
