"""/report in the chat: the services with their numbers, one by id or name, all together, and who may see which."""

from __future__ import annotations

from dataclasses import replace

from bot.fluent_texts import load_texts
from knowledge.numerals import persian_digits
from surveys.services import Service
from tests.conversation.test_acting_for_an_agency import join_as
from tests.support.rating import BIRTH, respondent
from tests.support.town import Town

TEXTS = load_texts()

PLATES = Service("3000", "تعویض پلاک", "فرماندهی انتظامی جمهوری اسلامی ایران", "police")
MANY = [Service(str(4000 + n), f"خدمت شماره {persian_digits(str(n))}", "شهرداری", "municipality") for n in range(12)]


async def rated(town: Town) -> None:
    async with town.rating.work() as work:
        await work.services.put([PLATES, *MANY])
    for service, people in ((BIRTH, 14), (PLATES, 21), (MANY[3], 11), (MANY[4], 4)):
        for number in range(people):
            channel = "web" if number % 2 else "telegram"
            await town.rating.give(respondent(number), service.id, "overall", 1 + number % 5, channel=channel)


async def test_without_words_services_are_listed_by_agency_with_their_answers(town: Town) -> None:
    await rated(town)
    listed = await town.operator.says("/report")
    lines = [line for line in listed.text.splitlines() if line.strip()]
    assert lines[1:7] == [
        "سازمان ثبت احوال کشور",
        "۱. درخواست صدور شناسنامه (۱۴ پاسخ)",
        "۲. خدمت برچیده (کمتر از ده پاسخ)",
        "۳. درخواست صدور شناسنامه (نمونه) (کمتر از ده پاسخ)",
        "شهرداری",
        "۴. خدمت شماره ۳ (۱۱ پاسخ)",
    ]
    later = await town.operator.presses("ادامه ←", on=listed)
    (number,) = [line.partition(".")[0] for line in later.text.splitlines() if "تعویض پلاک (۲۱ پاسخ)" in line]
    await town.operator.presses(number, on=later)
    assert "نتیجه ارزیابی: تعویض پلاک" in town.operator.last.text


async def test_all_together_say_what_they_leave_out(town: Town) -> None:
    await rated(town)
    await town.operator.presses("همه خدمات با هم", on=await town.operator.says("/report"))
    report = town.operator.last.text
    for words in ("همه", "همه خدمات"):
        assert (await town.operator.says(f"/report {words}")).text == report
    assert "شمار پاسخ‌ها: ۴۶" in report
    assert "پاسخ‌های ۱ خدمت با کمتر از ده پاسخ، برای حفظ ناشناسی، در این ارقام نیست" in report
    assert "راه‌های پاسخ" in report
    assert "• فرماندهی انتظامی جمهوری اسلامی ایران: ۳۸٪ (۲۱)" in report


async def test_a_service_is_found_by_its_name_with_typos(town: Town) -> None:
    await rated(town)
    found = await town.operator.says("/report تعویظ پلاک")
    assert found.buttons[0].startswith("تعویض پلاک")
    assert "نتیجه ارزیابی: تعویض پلاک" in (await town.operator.says("/report تعويض پلاك")).text
    assert "خدمتی با نام یا شناسه «بلیت قطار» پیدا نکردم" in (await town.operator.says("/report بلیت قطار")).text
    assert "خدمتی با نام یا شناسه «۷۷۷۷» پیدا نکردم" in (await town.operator.says("/report ۷۷۷۷")).text


async def test_representatives_see_their_own_agencys_services_only(town: Town) -> None:
    await rated(town)
    await join_as(town, town.ali, "ثبت احوال", "سازمان ثبت احوال کشور", "علی رضایی")
    listed = await town.ali.says("/report")
    assert "درخواست صدور شناسنامه (۱۴ پاسخ)" in listed.text
    assert "شهرداری" not in listed.text
    assert "همه خدمات با هم" not in listed.buttons
    assert "پیدا نکردم" in (await town.ali.says("/report تعویض پلاک")).text
    assert (await town.ali.says("/report 3000")).text == TEXTS.plain("staff-other-agency")
    for data in ("rp:3000", "rp:"):
        await town.ali.presses_data(data, listed.message_id)
    assert town.ali.toasts[-2:] == [TEXTS.plain("staff-other-agency"), TEXTS.plain("staff-operators-only")]


async def test_agencies_and_services_stand_where_persian_speakers_look_for_them(town: Town) -> None:
    named = [("پست", "گواهی"), ("پست", "آدرس"), ("پست", "کد پستی"), ("آموزش", "یک"), ("گمرک", "دو"), ("کار", "سه")]
    async with town.rating.work() as work:
        await work.services.put([Service(str(5000 + n), title, agency) for n, (agency, title) in enumerate(named)])
    lines = (await town.operator.says("/report")).text.splitlines()
    first_page = [line for line in lines if line in {agency for agency, _ in named} or "(" in line]
    places = [" ".join(first_page).index(word) for word in ("آموزش", "پست", "آدرس", "کد پستی", "گواهی")]
    assert places == sorted(places)
    listed = await town.rating.surveys.list_reported(by=await town.reminding.person(town.operator.person_id, "test"))
    agencies = list(dict.fromkeys(one.service.agency for one in listed))
    assert agencies == ["آموزش", "پست", BIRTH.agency, "کار", "گمرک"]


async def test_namesakes_can_be_told_apart(town: Town) -> None:
    async with town.rating.work() as work:
        await work.services.put([replace(BIRTH, id="1002")])
    listed = (await town.operator.says("/report")).text
    assert "درخواست صدور شناسنامه (1000) (کمتر" in listed
    assert "درخواست صدور شناسنامه (1002) (کمتر" in listed
    offered = (await town.sara.says("/rate شناسنامه")).buttons
    titles = [label.partition(" — ")[0] for label in offered]
    assert sorted(titles) == [f"درخواست صدور شناسنامه ({which})" for which in ("1000", "1002", "نمونه")]


async def test_faces_that_are_all_hidden_are_one_sentence(town: Town) -> None:
    await rated(town)
    report = (await town.operator.says("/report 1000")).text
    assert "پراکندگی پاسخ‌ها پنهان است" in report
    assert "خیلی ناراضی" not in report
