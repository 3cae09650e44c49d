"""An operator, a representative and their duties, in the chat: joining, an event, a report, a decision."""

from __future__ import annotations

from bot.fluent_texts import load_texts
from tests.support.chats import Chat
from tests.support.town import Town

TEXTS = load_texts()


async def join_as(town: Town, chat: Chat, words: str, agency: str, name: str) -> None:
    """Somebody asks to represent an agency; the operator lets them in."""
    await chat.says("/agency")
    await chat.says(words)
    await chat.presses(agency)
    await chat.presses("نماینده")
    await chat.says(name)
    await chat.presses("گذشتن از این گام")
    assert "نزد کارشناسان سازمان رفت" in chat.last.text
    await town.delivered()
    assert name in town.operator.last.text
    assert "پیوست" in (await town.operator.presses("پذیرفتن")).text
    await town.delivered()
    assert "تأیید شد" in chat.last.text


async def join(town: Town) -> None:
    """Sara asks to represent the ministry, with a slip in its name; the operator lets her in."""
    sara, operator = town.sara, town.operator
    assert "از سوی دستگاهی کار نمی‌کنید" in (await sara.says("/agency")).text
    found = await sara.says("وزارت ارتباتات")
    assert found.buttons[0] == "وزارت ارتباطات و فناوری اطلاعات"
    assert "چه نقشی" in (await sara.presses("وزارت ارتباطات و فناوری اطلاعات")).text
    await sara.presses("نماینده")
    await sara.says("سارا امینی")
    await sara.says("نامه شماره ۱۲۳")
    assert "در تقویم نیست" in (await sara.says("۳۱ مهر ۱۴۰۵")).text
    assert "نزد کارشناسان سازمان رفت" in (await sara.says("۱۵ مهر ۱۴۰۵")).text
    await town.delivered()
    assert "سارا امینی" in operator.last.text
    assert "پیوست" in (await operator.presses("پذیرفتن")).text
    await town.delivered()
    assert "تأیید شد" in sara.last.text


async def test_the_story(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await join(town)

    # What was past before is sorted in two presses.
    listed = await sara.says("/obligations")
    assert "وزارت ارتباطات" in listed.text
    tab = next(label for label in listed.buttons if label.startswith("نامشخص")) if "نامشخص" not in listed.text else None
    if tab is not None:
        await sara.presses(tab)
    everything = sara.last
    by_text = await sara.presses("نقشه راه", on=everything) if "نقشه راه" in everything.buttons else None
    if by_text is not None:  # one word for all would be said of more than is shown
        assert not any("یک‌جا" in label for label in by_text.buttons)
        await sara.says("/obligations")
        if tab is not None:
            await sara.presses(tab)
    await sara.presses("یک‌جا")
    assert "همه انجام شده" in sara.last.buttons
    await sara.presses("همه انجام شده")
    await sara.says("/obligations")
    assert not any(label.startswith("نامشخص") for label in sara.last.buttons)

    # An event, told in a plain sentence; both dates follow, and Sara hears of hers.
    await operator.says("مدل بلوغ دولت هوشمند در ۱ شهریور ۱۴۰۵ ابلاغ شد")
    await operator.presses("بله، ثبت شود")
    preview = await operator.says("الگوی مرجع معماری سازمانی در ۱۵ آبان ۱۴۰۵ ابلاغ شد")
    assert "۱۵ اردیبهشت ۱۴۰۶" in preview.text.replace("\xa0", " ")
    recorded = await operator.presses("بله، ثبت شود")
    assert "ثبت شد" in recorded.text
    await town.delivered()
    notice = sara.last
    assert "۱۵ اردیبهشت ۱۴۰۶" in notice.text.replace("\xa0", " ")
    assert "تبصره ۲ ماده ۶" in notice.text

    # She opens the duty, reports it with words, and the operator returns it with a reason, then confirms.
    number = "جزئیات ۱" if "جزئیات ۱" in notice.buttons else "جزئیات"
    assert (await sara.presses(number, on=notice)).html == notice.html  # the notice stays: it names other duties, too
    details = sara.last
    assert "تبصره ۲ ماده ۶" in details.text
    await sara.presses("گزارش انجام", on=details)
    assert "توضیح خود را بنویسید" in sara.last.text
    await sara.says("سند معماری با نامه ۴۵ فرستاده شد.")
    await sara.presses("ثبت گزارش")
    assert "گزارش شما ثبت شد" in sara.last.text
    await town.delivered()
    assert "سند معماری با نامه ۴۵" in operator.last.text
    await operator.presses("برگرداندن")
    await operator.says("امضا ندارد.")
    await town.delivered()
    assert "امضا ندارد." in sara.last.text
    done = await sara.says("/done")
    await sara.presses(next(label for label in done.buttons if "سند معماری" in label))
    await sara.says("با امضا فرستاده شد.")
    await sara.presses("ثبت گزارش")
    await town.delivered()
    await operator.presses("تأیید")
    await town.delivered()
    assert "تأیید شد" in sara.last.text


async def test_strangers_are_told_kindly(town: Town) -> None:
    sara = town.sara
    for command in ("/ledger", "/events", "/broadcast"):
        assert (await sara.says(command)).text == TEXTS.plain("remind-operators-only")
    for command in ("/obligations", "/done", "/calendar", "/timeline"):
        assert (await sara.says(command)).text == TEXTS.plain("remind-not-a-member")
    assert (await sara.says("/start i_" + "x" * 32)).text == TEXTS.plain("remind-invitation-invalid")


async def test_every_page_of_the_office(town: Town) -> None:
    operator = town.operator
    assert "میز کارشناسان" in (await operator.says("/operator")).text
    for label in ("رویدادها", "دعوت‌ها", "دفتر یادآوری‌ها", "روزهای تعطیل", "مقررات پیشین"):
        page = await operator.presses(label)
        assert page.text
        await operator.presses("میز کارشناسان", on=page)
    await operator.presses("دعوت تازه")
    await operator.says("ثبت احوال")
    await operator.presses("سازمان ثبت احوال کشور")
    await operator.presses("جانشین")
    invited = await operator.presses("۳۰ روز")
    assert "۱۶ آذر ۱۴۰۵" in invited.text.replace("\xa0", " ")
    assert "i_token-" in invited.text
    await operator.says("/operator")
    await operator.presses("روزهای تعطیل")
    await operator.presses("افزودن روز تعطیل")
    assert "تعطیل ثبت شد" in (await operator.says("۲۵ آبان ۱۴۰۵ آلودگی هوا")).text
    await operator.says("/broadcast")
    await operator.presses("همه کاربران")
    await operator.says("فردا سامانه به‌روز می‌شود.")
    await operator.presses("فرستادن")
    await town.delivered()
    assert any("فردا سامانه به‌روز می‌شود." in line for line in operator.transcript)


async def test_calendar_picture_and_wishes(town: Town) -> None:
    sara = town.sara
    await join(town)
    await sara.says("/calendar")
    await sara.presses("فایل تقویم")
    assert TEXTS.plain("calendar-caption") in sara.last.text
    calendar = await sara.says("/calendar")
    await sara.presses("نشانی همیشگی", on=calendar)
    assert "/calendar/token-" in sara.last.text
    await sara.says("/timeline")
    assert "موعد در دوازده ماه" in sara.last.text
    await sara.says("/settings")
    await sara.presses("یادآوری‌ها")
    assert "✓ ۸ تا ۲۰" in (await sara.presses("۸ تا ۲۰")).buttons
    assert "همکار دیگری در دسترس نیست" in (await sara.says("تا ۱۰ روز دیگر نیستم")).text


async def test_buttons_beneath_old_messages_record_nothing_else(town: Town) -> None:
    sara, operator = town.sara, town.operator
    await join(town)
    event = "الگوی مرجع معماری سازمانی در {} آبان ۱۴۰۵ ابلاغ شد"
    first = await operator.says(event.format("۱۵"))
    await operator.says(event.format("۲۰"))
    await operator.presses("بله، ثبت شود", on=first)
    assert operator.toasts[-1] == TEXTS.plain("form-old")
    assert "۲۰ آبان" in (await operator.presses("بله، ثبت شود")).text.replace("\xa0", " ")

    done = await sara.says("/done")
    one, two = [label for label in done.buttons if label[0] in "۰۱۲۳۴۵۶۷۸۹"][:2]
    await sara.presses(one, on=done)
    kept_by_one = await sara.says("گزارش نخست")
    await sara.presses(two, on=done)
    await sara.presses("کنار گذاشتن")
    kept_by_two = await sara.says("گزارش دوم")
    await sara.presses("ثبت گزارش", on=kept_by_one)
    assert sara.toasts[-1] == TEXTS.plain("form-old")
    await sara.says("الف" * 2001)
    assert "حداکثر" in sara.last.text
    assert "گزارش شما ثبت شد" in (await sara.presses("ثبت گزارش", on=kept_by_two)).text
    await town.delivered()
    assert "گزارش دوم" in operator.last.text
    assert "الف" not in operator.last.text.split("گزارش دوم")[1]
