from __future__ import annotations

import pytest

from knowledge.personal_data import PersonalData, find_personal_data, mask_personal_data


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("کد ملی من 0499370899 است", [PersonalData.NATIONAL_ID]),
        ("کد ملی ۰۴۹۹۳۷۰۸۹۹", [PersonalData.NATIONAL_ID]),
        ("0499-370-899", [PersonalData.NATIONAL_ID]),
        ("شماره‌ام ۰۹۱۲ ۱۲۳ ۴۵۶۷ است", [PersonalData.PHONE]),
        ("+98 912 123 4567", [PersonalData.PHONE]),
        ("تلفن 02188776655", [PersonalData.PHONE]),
        ("کارت 6037 9911 1111 1115", [PersonalData.CARD]),
        ("کارت ۶۰۳۷-۹۹۱۲-۳۴۵۶-۷۸۹۰", [PersonalData.CARD]),
        ("کد ملی: ۱۲۳۴۵۶۷۸۹۰", [PersonalData.NATIONAL_ID]),
        ("شبا IR06 2960 0000 0010 0324 2000 01", [PersonalData.SHEBA]),
        ("۰۴۹۹۳۷۰۸۹۹ و 09121234567", [PersonalData.NATIONAL_ID, PersonalData.PHONE]),
    ],
)  # fmt: skip
def test_personal_data_is_found_and_masked(text: str, kinds: list[PersonalData]) -> None:
    assert find_personal_data(text) == kinds
    masked = mask_personal_data(text)
    assert len(masked) == len(text)
    assert not find_personal_data(masked)
    assert "█" in masked


@pytest.mark.parametrize(
    "text",
    [
        "ماده ۲۱ نقشه راه",
        "مصوبه ۱۴۳۲۲۲ مورخ ۱۴۰۲/۰۸/۱۳",
        "بخشنامه ۲۹۱۶۸ مورخ ۱۴۰۳/۰۴/۰۲",
        "تصویب‌نامه ۱۵۱۷۷۳/ت۶۳۲۵۶",
        "از ۱۳۸۲ تا ۱۴۰۴ و ۱۴۰۵",
        "1234567890",
        "1111111111",
        "",
    ],
)
def test_numbers_of_the_law_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == []
    assert mask_personal_data(text) == text
