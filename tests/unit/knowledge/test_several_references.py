"""Several references in one text: side by side, or one in place of another."""

from __future__ import annotations

import time

import pytest

from knowledge.several_references import meant_in_the_end, side_by_side
from knowledge.understanding import plain

NAMES = ("نقشه راه", "حکمرانی داده", "چرخه")


def names_text(text: str) -> bool:
    return any(name in text for name in NAMES)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("ماده 5 نه، تبصره 2 ماده 6 نقشه راه", "تبصره 2 ماده 6 نقشه راه"),
        ("پروژه 12 نه ببخشید 13 پیشران", "پروژه 13 پیشران"),
        ("ماده 5 نقشه راه نه، ماده 6 حکمرانی داده", "ماده 6 حکمرانی داده"),
        ("ماده 5 نقشه راه نه، 6", "ماده 6 نقشه راه"),
        ("تبصره 2 ماده 14... نه نه تبصره 1", "تبصره 1 ماده 14"),
        ("تبصره 2 ماده 5 نه ببخشید 6", "تبصره 2 ماده 6"),
        ("ماده 14 نقشه راه، نه ماده 15", "ماده 14 نقشه راه"),
        ("ماده 5، نه 6 نقشه راه", "ماده 5 نقشه راه"),
    ],
)
def test_what_is_taken_back_is_not_meant(asked: str, meant: str) -> None:
    assert meant_in_the_end(plain(asked), names_text).split() == meant.split()


@pytest.mark.parametrize(
    "text", ["ماده نه نقشه راه", "ماده سی و نه", "ماده 5 نقشه راه", "مرحله 3 فرایند اجرایی تا کی بوده نه تبصره ماده 6"]
)
def test_nine_and_other_words_take_nothing_back(text: str) -> None:
    assert meant_in_the_end(plain(text), names_text).split() == plain(text).split()


def test_references_of_two_texts_come_apart() -> None:
    assert side_by_side("ماده یازده حکمرانی داده و ماده بیست چرخه", names_text) == (
        "ماده یازده حکمرانی داده",
        "ماده بیست چرخه",
    )
    assert len(side_by_side("ماده 5 نقشه راه با ماده 6 چرخه چه فرقی دارد", names_text)) == 2
    assert len(side_by_side("تبصره ماده 13 و نیز ماده 14 نقشه راه", names_text)) == 2
    assert len(side_by_side("ماده 5 مصوبه 3 یا ماده 31 نقشه راه", names_text)) == 2


def test_parts_of_one_reference_stay_together() -> None:
    assert side_by_side("تبصره 2، ماده 5 نقشه راه", names_text) == ()
    assert side_by_side("تبصره 1 و تبصره 2 ماده 6", names_text) == ()
    assert side_by_side("ماده 5 با ماده 6", names_text) == ()


def test_dots_behind_a_no_take_no_time() -> None:
    begun = time.perf_counter()
    meant_in_the_end("ماده ۵ نه" + "." * 280, lambda text: False)
    meant_in_the_end("نه تبصره 1 " * 27, lambda text: False)
    assert time.perf_counter() - begun < 1
