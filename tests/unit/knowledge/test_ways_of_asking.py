"""What people say around a matter does not make the program doubt it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from knowledge.answers import Status
from knowledge.outside import load_inside_aspects, load_outside_aspects
from tests.support.answering import real_answerer

TODAY = dt.date(2026, 11, 21)
FRAMES = (
    "مهلت {} چقدره",
    "مهلت قانونی {} چند وقته",
    "{} چند ماه وقت داره؟",
    "{} رو توضیح بدید لطفا",
    "درباره {} توضیح بده",
    "سلام خسته نباشید {} رو میخواستم",
    "چه نهادی مسئول {} است؟",
)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("matter", "unit"), [("پیوست فرهنگی", "roadmap-1404/art_32"), ("نظرسنجی از مردم", "roadmap-1404/art_21")]
)
def test_a_matter_is_found_however_it_is_asked_for(frame: str, matter: str, unit: str) -> None:
    answer = real_answerer().answer(frame.format(matter), today=TODAY)
    assert answer.status is Status.ANSWERED
    assert str(answer.hits[0].address).startswith(unit)


@pytest.mark.parametrize("frame", FRAMES)
def test_another_matter_stays_one(frame: str) -> None:
    assert not real_answerer().answer(frame.format("مرخصی زایمان"), today=TODAY).confident


@pytest.mark.parametrize(
    "frame",
    [
        "آنچه در {} آمده را به زبان ساده برایم بگویید",
        "{} رو برام بفرست لطفا",
        "زود بگو {} چی میگه",
        "{} چی بود؟ پیداش نمی‌کنم",
    ],
)
def test_a_bare_reference_is_asked_back_however_it_is_asked_for(frame: str) -> None:
    assert real_answerer().answer(frame.format("ماده ۵"), today=TODAY).status is Status.ASKED_BACK


@pytest.mark.parametrize(
    "frame",
    [
        "نامه‌ای آمده که در آن به {} استناد شده؛ اصل حکم چه بوده است",
        "دنبال مستند {} هستم، شمارهٔ ماده و تبصره کافی است",
        "احکام مربوط به {} را با ذکر ماده و تبصره اعلام فرمایید",
    ],
)
def test_words_of_references_beside_one_are_none(frame: str) -> None:
    answer = real_answerer().answer(frame.format("ماده ۷ نقشه راه"), today=TODAY)
    assert str(answer.main).startswith("roadmap-1404/art_7")


def test_what_is_told_and_what_is_not_have_no_wording_in_common() -> None:
    told, untold = load_inside_aspects(), load_outside_aspects()
    assert not set(told) & set(untold)
    assert all(len(re.findall(r"(?<![a-z])x(?![a-z])", text)) == 1 for text in told)
