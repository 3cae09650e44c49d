"""Evidence as people send it through the Bot API: several messages, captions, albums, names; kept whole, in order."""

from __future__ import annotations

from knowledge.numerals import persian_digits
from reminders.duties import DutyStanding
from reminders.people import Role
from tests.integration.reminders.test_story_in_chat import DOCUMENT, PICTURE, words
from tests.support.botapi import User
from tests.support.reminding import Clock, Reminding
from tests.support.talking import Talk, talking

ICT = "ict-ministry"


async def representative(talk: Talk, reminding: Reminding) -> User:
    operator = await reminding.operator(1)
    talk.double.user(1, started=True)
    invited = await reminding.invite(operator, ICT, Role.REPRESENTATIVE)
    person = talk.double.user(101, started=True)
    await person.opens_link(f"i_{invited.token}")
    await talk.settled()
    return person


async def test_every_word_and_file_in_the_order_in_which_it_came(reminding: Reminding, clock: Clock) -> None:
    async with talking(reminding, clock) as talk:
        person = await representative(talk, reminding)
        (duties,) = await reminding.list_duties(await reminding.person(101))
        row = next(r for r in duties.rows if r.standing == DutyStanding.UPCOMING)
        listed = await talk.says(person, "/done")
        await talk.presses(person, next(label for label in listed.buttons if row.line.action[:20] in label), on=listed)
        name = "گزارش " + "بلند" * 55 + ".pdf"
        await talk.says(person, "سطر ۱")
        await talk.sends_file(person, DOCUMENT, name, mime_type="application/pdf", caption="سطر ۲\nو دنباله آن")
        await person.sends_photo(PICTURE, caption="سطر ۳")
        await talk.settled()
        long = "ب" * 1000
        await talk.says(person, long)
        # A caption that no longer fits is refused with its length, and its file with it: nothing is half kept.
        refused = await talk.sends_file(person, b"%PDF-1.4 more", "more.pdf", caption=long)
        length = len("\n".join(["سطر ۱", "سطر ۲\nو دنباله آن", "سطر ۳", long, long]))
        assert length > 2000
        assert persian_digits(f"این پیام {length} نویسه می‌شود") in words(refused)
        last = await talk.sends_file(person, b"%PDF-1.4 more", "more.pdf", caption="سطر ۴")
        assert "توضیح و ۳ مدرک" in words(last)
        await talk.presses(person, "ثبت گزارش")
        (report,) = await reminding.decide_report.pending(await reminding.person(1))
        assert report.key == row.line.key
        assert report.note == "\n".join(["سطر ۱", "سطر ۲\nو دنباله آن", "سطر ۳", long, "سطر ۴"])
        assert [evidence.file_name for evidence in report.evidence][::2] == [name, "more.pdf"]


async def test_old_buttons_show_how_the_duty_stands(reminding: Reminding, clock: Clock) -> None:
    async with talking(reminding, clock) as talk:
        person = await representative(talk, reminding)
        id = await reminding.person(101)
        (duties,) = await reminding.list_duties(id)
        row = next(r for r in duties.rows if r.standing == DutyStanding.UPCOMING)
        await reminding.hand_over(id, row.line.key, None)
        colleague = await reminding.member(await reminding.person(1), 102, ICT, Role.DEPUTY)
        talk.double.user(102, started=True)
        await reminding.hand_over(colleague, row.line.key, id)
        await talk.worker.deliver_due()
        notice = talk.double.transcript.last(person)
        assert notice is not None
        await reminding.report_done(colleague, row.line.key, "فرستاده شد")
        await talk.presses(person, "یادآوری دیرتر", on=notice)
        assert "وضعیت: در انتظار تأیید" in words(notice)
        assert "یادآوری دیرتر" not in notice.buttons

        # Who left the agency finds no button that can do nothing.
        (place,) = await reminding.list_places(id)
        await reminding.end_membership(id, place.membership.id)
        await talk.presses(person, "افزودن به تقویم", on=notice)
        assert "افزودن به تقویم" not in notice.buttons
        assert "متن حکم" in notice.buttons
