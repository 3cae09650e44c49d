"""Names stand in a list where Persian speakers look for them."""

from __future__ import annotations

import random

from knowledge.persian_order import persian_order

AS_EXPECTED = [
    "",
    "۲ درخواست",
    "۱۰ درخواست",
    "آب",
    "آیین",
    "ابر",
    "بانک",
    "پست",
    "تعویض",
    "جریمه",
    "چاپ",
    "خدمت شماره ۲",
    "خدمت شماره ۱۰",
    "زمین",
    "ژاله",
    "سند",
    "کار",
    "کار ملی",
    "کارت",
    "گواهی",
    "لغو",
    "نام",
    "نیم پز",
    "نیمه",
    "واحد",
    "هزینه",
    "یارانه",
    "ABC",
]


def test_letters_of_the_persian_alphabet_and_numbers_by_their_size() -> None:
    mixed = random.Random(1).sample(AS_EXPECTED, len(AS_EXPECTED))
    assert sorted(mixed, key=persian_order) == AS_EXPECTED
    assert sorted(mixed) != AS_EXPECTED, "code points are in another order"


def test_however_it_was_typed() -> None:
    for one, other in (
        ("كارت مليّ", "کارت ملی"),
        ("«نیم\u200cپز»", "نیم پز"),
        ("مـــاده ٢", "ماده 2"),
        ("مؤسسه", "موسسه"),
        ("أداره", "اداره"),
    ):
        assert persian_order(one) == persian_order(other)


def test_signs_and_digits_of_any_script_have_a_place() -> None:
    assert sorted(["ے", "๒", "²", "😀", "\ufeff", ""], key=persian_order)[-1] == "😀"
