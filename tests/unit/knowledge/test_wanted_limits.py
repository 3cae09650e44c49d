"""Which limit a question means where one provision sets several."""

from __future__ import annotations

import datetime as dt

import pytest

from knowledge.provisions import Address
from knowledge.wanted_limits import WantedLimit, items, spans
from reminders.jalali import iso
from tests.support.answering import real_answerer
from tests.support.corpus import real_dates

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ظرف مدت سه ماه از تاریخ ابلاغ", {(3, "month")}),
        ("اون شش‌ماهه", {(6, "month")}),
        ("یکماه یا ۳۰ روز", {(1, "month"), (30, "day")}),
        ("تا پایان سه ماهه اول سال ۱۳۹۳", {(3, "month")}),
        ("بیست و یک روزه", {(21, "day")}),
        ("۳ ماده و ۵ روزنامه", set()),
        ("تا پایان سال ۱۴۰۴", set()),
        ("ماه ۶ تا ۱۸", set()),
    ],
)
def test_lengths_of_time(text: str, found: set[tuple[int, str]]) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("بندهای «الف» و «ب» تا پایان سال", {"الف", "ب"}),
        ("بند جیم تا کی", {"ج"}),
        ("بند ج ماده ۴", {"ج"}),
        ("بند بعدی", set()),
    ],
)
def test_items(text: str, found: set[str]) -> None:
    assert items(text) == found


@pytest.mark.parametrize(
    ("question", "provision", "due"),
    [
        ("بند ج تا کی وقت داشت؟", "eservices-1393/art_15__note_2", "1394-12-29"),
        (
            "برای الف و ب یک مهلت هست و برای بند ج مهلتی دیگر؛ بند ج تا کی است؟",
            "eservices-1393/art_15__note_2",
            "1394-12-29",
        ),
        ("بند الف تا کی وقت داشت؟", "eservices-1393/art_15__note_2", "1393-03-31"),
        ("هر چند وقت یک‌بار باید گزارش بدهد؟", "roadmap-1404/art_11__note_1", None),
        ("سازوکار اجرایی تا چه روزی؟", "roadmap-1404/art_11__note_1", "1404-02-31"),
    ],
)
def test_its_marks_and_words_tell_which_is_meant(question: str, provision: str, due: str | None) -> None:
    address = Address.parse(provision)
    limits = real_dates().limits_of([address], TODAY)
    assert len({limit.due for limit in limits}) > 1, "there is something to choose"
    chosen = WantedLimit.read(question).likeliest(limits, {}, lambda text: {}, address)[0]
    assert (chosen.due and iso(chosen.due)) == due


@pytest.mark.parametrize(
    ("question", "provision", "due"),
    [
        ("آیا مهلت شش ماهه ماده ۶ از تاریخ تصویب محاسبه می‌شود یا ابلاغ؟", "roadmap-1404/art_6", "1404-07-30"),
        ("آخرین روز اجرای ماده ۵ مصوبه دوم پیشران", "pilot-projects-1402/res_2__art_5", "1402-09-30"),
        ("ماده ۱۶ سند نقشه راه تا چه تاریخی باید انجام می‌شد", "roadmap-1404/art_16", "1404-07-30"),
        ("طبق ماده ششم نقشه راه تا چه روزی مهلت داشتیم", "roadmap-1404/art_6", "1404-07-30"),
        ("ماده ۱۵ نقشه راه که سه ماه وقت داده، آخرین روزش چه تاریخی بود؟", "roadmap-1404/art_15", "1404-04-31"),
        (
            "دبیرخانه کارگروه تا چه روزی باید در سازمان اداری و استخدامی مستقر می‌شد؟",
            "roadmap-1404/stage_1__actor_2",
            "1404-02-31",
        ),
        ("سامانه پیام ایران قبل از چه تاریخی باید تکمیل بشه؟", "roadmap-1404/stage_2__actor_2__item_1", "1404-07-30"),
    ],
)
def test_the_provision_that_sets_the_limit_is_quoted(question: str, provision: str, due: str) -> None:
    answer = real_answerer().answer(question, today=TODAY)
    assert answer.limit is not None
    assert (str(answer.main), answer.limit.due and iso(answer.limit.due)) == (provision, due)
