"""Questions typed where /agency asked for a name are answered; names, known or not, are still names."""

from __future__ import annotations

import pytest

from bot.question_signs import asks_something, names_a_body
from reminders.directory import Directory, load_structure
from tests.support.corpus import real_corpus
from tests.support.town import Town


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("نظرسنجی از مردم با کیه و تا کی وقت داشت؟", "ماده ۲۱ نقشه راه"),
        ("وزارت ارتباطات چه وظایفی دارد", "تکالیف وزارت ارتباطات و فناوری اطلاعات"),
        ("ماده ۲۱ نقشه راه", "ماده ۲۱ نقشه راه"),
        ("کدام مهلت‌ها هنوز نرسیده", "مهلت‌های پیش رو"),
    ],
)
async def test_a_question_is_answered_and_the_choice_goes_on(town: Town, question: str, answer: str) -> None:
    sara = town.sara
    await sara.says("/agency")
    assert (await sara.says(question)).text.startswith(answer)
    notice = next(one for one in sara.messages.values() if "ادامه انتخاب دستگاه" in one.buttons)
    assert (await sara.says("تبصره‌هاش؟")).text != ""  # no name any more
    assert "دستگاهی با نام" not in sara.last.text
    assert "نام دستگاه را بنویسید" in (await sara.presses("ادامه انتخاب دستگاه", on=notice)).text
    assert (await sara.says("وزارت ارتباطات")).buttons[0] == "وزارت ارتباطات و فناوری اطلاعات"


@pytest.mark.parametrize("name", ["ثبت احوال", "وزارت ارتباتات", "پست", "فراجا", "سازمان امور مالیاتی"])
async def test_a_name_is_a_name(town: Town, name: str) -> None:
    await town.sara.says("/agency")
    assert (await town.sara.says(name)).text.startswith("کدام دستگاه؟")


@pytest.mark.parametrize("name", ["شرکت داده‌پردازی ناآشنا", "گلخانه مرکزی"])
async def test_a_name_that_nobody_knows_is_no_question(town: Town, name: str) -> None:
    await town.sara.says("/agency")
    await town.sara.says(name)
    assert not any("ادامه انتخاب دستگاه" in one.buttons for one in town.sara.messages.values())


async def test_a_code_is_no_question_whatever_stands_in_it(town: Town) -> None:
    await town.sara.says("/agency")
    assert "دعوت معتبر نیست" in (await town.sara.says("xxxxxxxxxx-chi-h-1-xxxxxxxxxx")).text


def test_every_agency_of_the_directory_is_named_not_asked() -> None:
    agencies = Directory(real_corpus(), load_structure()).agencies.values()
    assert len(agencies) > 100
    for agency in agencies:
        for name in (agency.name, *agency.aliases):
            assert not asks_something(name), name


def test_names_of_bodies() -> None:
    assert names_a_body("سازمان ناآشنا")
    assert not names_a_body("نظرسنجی سازمان")
