"""The story of the issue "Remind" as people play it: polling the strict Bot API double over HTTP, with a moved clock."""

from __future__ import annotations

import hashlib
import re

from knowledge.numerals import persian_digits
from reminders.duties import DutyStanding
from reminders.duty import DutyKey, EvidenceKind
from reminders.people import Role
from tests.support.botapi import User
from tests.support.botapi.world import ChatMessage
from tests.support.reminding import Clock, Reminding, tehran
from tests.support.talking import Talk, talking

AGENCIES_DUTY = "roadmap-1404.art_6__note_2"
ICT, CIVIL, ORGANIZATION = "ict-ministry", "civil-registration", "administrative-organization"
DUE = "۱۵ اردیبهشت ۱۴۰۶"
DOCUMENT = b"%PDF-1.4 the architecture"
#: As much of a PNG as says how large it is: 640 by 480.
PICTURE = (
    b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + b"\x08\x02\0\0\0"
)


def words(message: ChatMessage) -> str:
    return re.sub("[\u200e\u200f\u2068\u2069]", "", message.text).replace("\N{NO-BREAK SPACE}", " ")


async def arrive(talk: Talk, reminding: Reminding) -> tuple[User, dict[str, User]]:
    """The first operator by the printed code, and a representative of each agency by a link."""
    operator = talk.double.user(1, started=True)
    await operator.opens_link(f"i_{await reminding.offer_first_operator()}")
    await talk.settled()
    people = {}
    for number, agency in enumerate((ICT, CIVIL, ORGANIZATION), 101):
        invited = await reminding.invite(await reminding.person(1), agency, Role.REPRESENTATIVE)
        people[agency] = talk.double.user(number, started=True)
        await people[agency].opens_link(f"i_{invited.token}")
        await talk.settled()
    return operator, people


async def play_until(talk: Talk, reminding: Reminding, clock: Clock, jalali: tuple[int, int, int]) -> None:
    while clock.now < tehran(*jalali):
        clock.until(min(tehran(*jalali), clock.now.replace(hour=9) + (tehran(1405, 1, 8) - tehran(1405, 1, 7))))
        await reminding.plan()
        await talk.worker.deliver_due()


async def test_the_story_in_the_chat(reminding: Reminding, clock: Clock) -> None:
    async with talking(reminding, clock) as talk:
        operator, people = await arrive(talk, reminding)
        ict = people[ICT]

        def last(person: User) -> ChatMessage:
            found = talk.double.transcript.last(person)
            assert found is not None
            return found

        # The maturity model's date is on record; then the operator tells of the architecture in a plain sentence.
        await talk.says(operator, "مدل بلوغ دولت هوشمند در ۱ شهریور ۱۴۰۵ ابلاغ شد")
        await talk.presses(operator, "بله، ثبت شود")
        preview = await talk.says(operator, "الگوی مرجع معماری سازمانی در ۱۵ آبان ۱۴۰۵ ابلاغ شد")
        assert words(preview).count(DUE) == 2  # the note of article 7, and note 2 of article 6
        await talk.presses(operator, "بله، ثبت شود")
        clock.move(seconds=30)
        await talk.worker.deliver_due()
        for agency, note in ((ICT, "تبصره ۲ ماده ۶"), (CIVIL, "تبصره ۲ ماده ۶"), (ORGANIZATION, "تبصره ماده ۷")):
            notice = last(people[agency])
            assert "ابلاغ الگوی مرجع معماری سازمانی در تاریخ ۱۵ آبان ۱۴۰۵ ثبت شد" in words(notice)
            assert DUE in words(notice)
            assert note in words(notice)
            assert any("جزئیات" in label for label in notice.buttons)

        # Thirty, seven and one day before: one message a day; the buttons under it work.
        await play_until(talk, reminding, clock, (1406, 2, 14))
        told = [words(m) for m in talk.double.transcript.from_bot(people[CIVIL])]
        near = [re.findall(r"۱۵ اردیبهشت ۱۴۰۶ \(([۰-۹]+) روز مانده", text) for text in told]
        assert [day for days in near for day in dict.fromkeys(days)][-3:] == ["۳۰", "۷", "۱"]

        # The ministry reports with a document. One that is too large changes nothing.
        key = DutyKey(ICT, AGENCIES_DUTY, "once")
        listed = words(last(ict)).split("\n\n")
        place = next(n for n, part in enumerate(listed) if "تهیه سند معماری دستگاه" in part)
        details = await talk.presses(ict, persian_digits(f"جزئیات {place}"))
        assert "تهیه سند معماری دستگاه" in words(details)
        await talk.presses(ict, "گزارش انجام")
        refused = await talk.sends_file(ict, b"x", "بزرگ.pdf", size=21 * 1024 * 1024)
        assert "۲۰ مگابایت" in words(refused)
        await talk.says(ict, "سند معماری تهیه شد.")
        await talk.sends_file(ict, DOCUMENT, "سند.pdf", mime_type="application/pdf")
        await talk.presses(ict, "ثبت گزارش")
        (seen,) = await reminding.decide_report.pending(await reminding.person(1))
        assert (seen.note, [e.sha256 for e in seen.evidence]) == (
            "سند معماری تهیه شد.",
            [hashlib.sha256(DOCUMENT).hexdigest()],
        )

        # The operator looks at the document, returns the report with a reason, then confirms the next one.
        await talk.worker.deliver_due()
        assert "گزارش کرد" in words(last(operator))
        request = last(operator)
        sent = await talk.presses(operator, "مدارک", on=request)
        assert sent.payload["document"]["file_name"] == "سند.pdf"
        await talk.presses(operator, "برگرداندن", on=request)
        await talk.says(operator, "امضا ندارد.")
        await talk.worker.deliver_due()
        assert "امضا ندارد." in words(last(ict))
        await talk.presses(ict, "گزارش انجام")
        await ict.sends_photo(PICTURE, caption="صفحه امضا")
        await talk.settled()
        assert "توضیح و ۱ مدرک" in words(last(ict))
        await talk.presses(ict, "ثبت گزارش")
        (seen,) = await reminding.decide_report.pending(await reminding.person(1))
        assert (seen.note, seen.evidence[0].kind, seen.evidence[0].sha256) == (
            "صفحه امضا",
            EvidenceKind.PHOTO,
            hashlib.sha256(PICTURE).hexdigest(),
        )
        await talk.worker.deliver_due()
        await talk.presses(operator, "تأیید")
        await talk.worker.deliver_due()
        assert "تأیید شد" in words(last(ict))
        (mine,) = await reminding.list_duties(await reminding.person(101))
        assert next(row for row in mine.rows if row.line.key == key).standing == DutyStanding.DONE

        # The ministry hears of it no more; the others on the day and every week after.
        before = len(talk.double.transcript.from_bot(ict))
        await play_until(talk, reminding, clock, (1406, 3, 10))
        later = [words(m) for m in talk.double.transcript.from_bot(ict)[before:]]
        assert not any("تهیه سند معماری دستگاه" in text for text in later)
        assert "۲۱ روز گذشته" in " ".join(words(m) for m in talk.double.transcript.from_bot(people[CIVIL]))
