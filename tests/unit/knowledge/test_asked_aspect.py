"""What is asked of a matter is told from the matter, so that questions in the law's own words are no answers to others."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.remembered import OFFERED_FROM
from knowledge.asked_aspect import Matter
from knowledge.outside import load_outside_aspects
from knowledge.provisions import Address
from tests.support.answering import real_answerer, real_finder
from tests.support.corpus import real_corpus

TODAY = dt.date(2026, 11, 21)
PROJECT = Address.parse("pilot-projects-1402/project_2")


def test_words_of_the_law_are_one_mark_and_the_others_stay() -> None:
    matter = Matter(real_corpus())
    assert matter.left_out("بودجه ریالی پروژه سلامت هوشمند چقدر است؟", PROJECT) == "بودجه ریالی x چقدر است"
    assert matter.left_out("پروژه سلامت هوشمند", PROJECT) == "x"
    survey = Address.parse("roadmap-1404/art_21")
    assert matter.left_out("نظرسنجی از گیرنده خدمات چند صفحه است", survey) == "x چند صفحه است"
    assert matter.left_out("نظرسنجی از کاربران چند صفحه است", survey) == "x از کاربران چند صفحه است"


def test_what_is_told_of_no_matter_is_written_with_the_mark_of_one() -> None:
    wordings = load_outside_aspects()
    assert len(wordings) == len(set(wordings)) >= 200
    assert all("x" in wording.split() or "x،" in wording for wording in wordings)


@pytest.mark.parametrize("question", ["کد پستی", "طلاق", "هوش مصنوعی"])
def test_a_matter_of_the_law_that_is_only_named_is_offered(question: str) -> None:
    found = real_finder().find(question)
    assert found.bare
    assert real_answerer().answer(question, today=TODAY).confidence > OFFERED_FROM


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("پروژه سلامت هوشمند با کدام دستگاه است؟", "بودجه ریالی پروژه سلامت هوشمند چند میلیارد است؟"),
        ("ناظر داده چه وظایفی دارد؟", "ناظر داده چند روز مرخصی با حقوق دارد؟"),
        ("پنجره ملی خدمات را چه کسی باید راه بیندازد؟", "رمز ورودم به پنجره ملی خدمات کار نمی‌کند"),
        ("پیوست فرهنگی را چه کسی باید تهیه کند؟", "پیوست فرهنگی را از کجا دانلود کنم؟"),
        ("ناظر داده با کیست؟", "سرفصل دوره ناظر داده چیست؟"),
    ],
)
def test_what_no_text_tells_of_a_matter_sounds_outside(inside: str, outside: str) -> None:
    answered, not_answered = real_finder().find(inside), real_finder().find(outside)
    assert answered.aspect < -0.3 < not_answered.aspect


@pytest.mark.parametrize(
    "question",
    [
        "سرورهای ابر دولت در کدام شهر است و چند رک دارد؟",
        "شماره موبایل دبیر کارگروه هوشمندسازی را بدهید",
        "برای ناظر داده شدن باید چه آزمونی بدهم و ثبت‌نامش کجاست؟",
    ],
)
def test_the_laws_words_alone_make_no_confident_answer(question: str) -> None:
    assert not real_answerer().answer(question, today=TODAY).confident
