"""The story of the issue "Remind", played over HTTP against the strict Bot API double, with a moved clock."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re

import pytest
from persiantools.jdatetime import JalaliDate

from bot.delivery import DeliveryWorker
from reminders.duties import Attachment, DutyStanding
from reminders.duty import DutyKey, EvidenceKind, ReportState
from reminders.refusals import RefusedError
from tests.support.botapi import BotApiDouble
from tests.support.reminding import Clock, Reminding, delivering, tehran

AGENCIES_DUTY = "roadmap-1404.art_6__note_2"
ORGANIZATIONS_DUTY = "roadmap-1404.art_7__note_1"
OPERATOR, ICT, CIVIL, ORGANIZATION = 1, 101, 102, 103


def words(text: str) -> str:
    return re.sub(
        "[\u200e\u200f\u2068\u2069]", "", html.unescape(re.sub("<[^>]+>", "", text)).replace("\N{NO-BREAK SPACE}", " ")
    )


async def test_the_story(reminding: Reminding, clock: Clock) -> None:
    async with BotApiDouble() as double, delivering(reminding, double) as worker:
        double.crowd(1, 200)

        def texts(person: int) -> list[str]:
            return [words(m.text) for m in double.transcript.from_bot(person)]

        operator = await reminding.operator(OPERATOR)
        ict = await reminding.member(operator, ICT, "ict-ministry")
        await reminding.member(operator, CIVIL, "civil-registration")
        await reminding.member(operator, ORGANIZATION, "administrative-organization")

        # The maturity model's date is on record: the agencies' duty still waits for the other event.
        await reminding.record_event(operator, "roadmap-1404.maturity-model", JalaliDate(1405, 6, 1), seen=None)
        (mine,) = await reminding.list_duties(ict)
        row = next(r for r in mine.rows if r.line.key.obligation_id == AGENCIES_DUTY)
        assert (row.standing, row.line.due) == (DutyStanding.WAITING, None)
        assert row.line.waiting_for == ("ابلاغ الگوی مرجع معماری سازمانی",)
        await worker.deliver_due()
        assert texts(ICT) == []

        # The architecture follows: both fall on 15 Ordibehesht 1406, and within the minute everybody knows.
        recorded = await reminding.record_event(
            operator, "roadmap-1404.reference-architecture", JalaliDate(1405, 8, 15), seen=None
        )
        assert {d.obligation_id: d.due for d in recorded.duties} == {
            AGENCIES_DUTY: JalaliDate(1406, 2, 15),
            "roadmap-1404.art_6__note_2__list_1": JalaliDate(1405, 11, 15),
            ORGANIZATIONS_DUTY: JalaliDate(1406, 2, 15),
        }
        await worker.deliver_due()
        for person in (ICT, CIVIL, ORGANIZATION):
            (notice,) = texts(person)
            assert "ابلاغ الگوی مرجع معماری سازمانی در تاریخ ۱۵ آبان ۱۴۰۵ ثبت شد" in notice
            assert "۱۵ اردیبهشت ۱۴۰۶" in notice
        assert "تبصره ۲ ماده ۶" in texts(ICT)[0]
        assert "تبصره ماده ۷" in texts(ORGANIZATION)[0]
        assert "تبصره ماده ۷" not in texts(ICT)[0]
        assert (
            "حداکثر ظرف مدت شش ماه پس از ابلاغ الگوی معماری سازمانی مرجع و مدل مرجع بلوغ دولت هوشمند" in texts(ICT)[0]
        )

        # The button opens the very duty, and only for those whom it concerns.
        key = DutyKey("ict-ministry", AGENCIES_DUTY, "once")
        assert await reminding.find_duty(ict, key.code) == key
        with pytest.raises(RefusedError, match="remind-duty-unknown"):
            await reminding.find_duty(operator, key.code)

        # Thirty, seven and one day before and on the day, one message a day lists what is near.
        due = tehran(1406, 2, 15)
        await play_until(reminding, worker, clock, tehran(1406, 1, 1), step_days=5)
        before = len(texts(CIVIL))
        seen = []
        while clock.now < due:
            clock.move(days=1)
            await reminding.plan()
            await worker.deliver_due()
            if len(texts(CIVIL)) > before:
                assert len(texts(CIVIL)) == before + 1, "one a day"
                before += 1
                if "تهیه سند معماری دستگاه" in texts(CIVIL)[-1]:
                    seen.append((due - clock.now).days)
            if (due - clock.now).days == 2:  # ict reports in time
                content = b"%PDF-1.4 the architecture"
                file = Attachment(EvidenceKind.FILE, "سند.pdf", "application/pdf", content)
                kept = await reminding.report_done.keep(ict, key, file)
                report = await reminding.report_done(ict, key, "سند معماری تهیه شد.", [kept])
                assert report.evidence[0].sha256 == hashlib.sha256(content).hexdigest()
                await worker.deliver_due()
                assert "گزارش کرد" in texts(OPERATOR)[-1]
        assert seen == [30, 7, 1, 0]

        # ict heard of nothing after its report; the operator returns it with a reason, then confirms the next one.
        assert not any("تهیه سند معماری دستگاه" in t and "امروز" in t.split("موعد")[-1] for t in texts(ICT))
        returned = await reminding.decide_report(operator, report.id, False, reason="امضا ندارد.")
        assert returned.state is ReportState.RETURNED
        await worker.deliver_due()
        assert "امضا ندارد." in texts(ICT)[-1]
        again = await reminding.report_done(ict, key, "با امضا")
        await reminding.decide_report(operator, again.id, True)
        await worker.deliver_due()
        assert "تأیید شد" in texts(ICT)[-1]
        (mine,) = await reminding.list_duties(ict)
        assert next(r for r in mine.rows if r.line.key == key).standing == DutyStanding.DONE

        # The others hear of it every week while it is overdue; ict never again.
        count = sum("تهیه سند معماری دستگاه" in t for t in texts(ICT))
        await play_until(reminding, worker, clock, tehran(1406, 3, 10))
        assert sum("تهیه سند معماری دستگاه" in t for t in texts(ICT)) == count
        late = [part for text in texts(CIVIL) for part in text.split("\n\n") if "تهیه سند معماری دستگاه" in part]
        assert [re.findall("[۰-۹]+ روز گذشته", part) for part in late][-3:] == [
            ["۷ روز گذشته"],
            ["۱۴ روز گذشته"],
            ["۲۱ روز گذشته"],
        ]
        assert double.violations == []


async def play_until(
    reminding: Reminding, worker: DeliveryWorker, clock: Clock, moment: dt.datetime, *, step_days: int = 1
) -> None:
    while clock.now < moment:
        clock.move(days=step_days)
        await reminding.plan()
        await worker.deliver_due()
