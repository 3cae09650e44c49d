from __future__ import annotations

import pytest

from knowledge.numerals import ascii_digits, number_words, persian_digits


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("بیست و یکم", 21), ("سی و سوم", 33), ("۲۱", 21), ("٢١", 21), ("چهارم", 4), ("سی‌ام", 30), ("دهم", 10), ("اولین", 1),
        ("نوزدهم", 19), ("سی", 30), ("هیجده", 18), ("آخر", -1), ("کتاب", None), ("بیست و کتاب", None),
    ],
)  # fmt: skip
def test_written_numbers_are_read(words: str, value: int | None) -> None:
    assert number_words(words) == value


def test_digits_of_every_script() -> None:
    assert ascii_digits("ماده ۲۱ و ٣٤") == "ماده 21 و 34"
    assert persian_digits("1404/01/31") == "۱۴۰۴/۰۱/۳۱"
