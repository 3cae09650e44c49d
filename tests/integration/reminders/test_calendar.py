"""The calendar file read back by another library; addresses that can be revoked; the picture; the proposer."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from icalendar import Calendar
from icalevents.icalevents import events as read_events
from persiantools.jdatetime import JalaliDate

from reminders.calendar_feed import CalendarWords, MakeCalendar, OpenFeed
from reminders.duty import DutyKey
from reminders.passages import Passage, passages_of_file
from reminders.proposer import propose
from reminders.refusals import RefusedError
from reminders.timeline import COLORS, PICTURES_MAX, ROWS, Picture, TimelineWords, timeline_pngs
from reminders.year import AgencyYear, YearDate, YearRow
from tests.support.reminding import Clock, Reminding

WORDS = CalendarWords("تکلیف‌های من", "موعد:", "به استناد", "برداشت:")
DUTY = "roadmap-1404.art_7__note_1"
ORGANIZATION = "administrative-organization"


def maker(reminding: Reminding) -> MakeCalendar:
    return MakeCalendar(reminding.work, reminding.books, reminding.hours, WORDS, clock=reminding.clock)


def parsed(content: bytes) -> list[Any]:
    """The file's events; Any, because a property's class depends on its value."""
    calendar: Any = Calendar.from_ical(content)
    return list(calendar.walk("VEVENT"))


async def the_event(reminding: Reminding, person: int) -> dict[str, Any] | None:
    """What another program sees of the one duty."""
    content = await maker(reminding)(person)
    uid = f"{DutyKey(ORGANIZATION, DUTY, 'once').code}@rahyar.obligations"
    for event in parsed(content):
        if str(event["UID"]) == uid:
            return {
                "day": event["DTSTART"].dt,
                "sequence": int(event["SEQUENCE"]),
                "changed": event["LAST-MODIFIED"].dt,
                "status": str(event["STATUS"]),
                "text": str(event["DESCRIPTION"]),
                "uid": uid,
            }
    return None


async def test_a_date_that_moves_keeps_its_uid_and_counts_up(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, ORGANIZATION)
    architecture = "roadmap-1404.reference-architecture"
    assert await the_event(reminding, mine) is None

    await reminding.record_event(operator, architecture, JalaliDate(1405, 8, 15), seen=None)
    first = await the_event(reminding, mine)
    assert first is not None
    assert first["day"] == JalaliDate(1406, 2, 15).to_gregorian()
    assert "۱۵ اردیبهشت ۱۴۰۶" in str(first["text"])
    assert "تبصره ماده ۷" in str(first["text"])

    clock.move(days=3)
    await reminding.record_event(operator, architecture, JalaliDate(1405, 8, 17), seen=JalaliDate(1405, 8, 15))
    second = await the_event(reminding, mine)
    assert second is not None
    assert second["day"] == JalaliDate(1406, 2, 17).to_gregorian()
    assert (second["uid"], second["sequence"]) == (first["uid"], 2)
    assert second["changed"] > first["changed"]

    clock.move(days=1)
    await reminding.record_event(operator, architecture, None, seen=JalaliDate(1405, 8, 17))
    gone = await the_event(reminding, mine)
    assert gone is not None
    assert (gone["status"], gone["sequence"], gone["day"]) == ("CANCELLED", 3, second["day"])

    clock.move(days=1)
    await reminding.record_event(operator, architecture, JalaliDate(1405, 8, 17), seen=None)
    back = await the_event(reminding, mine)
    assert back is not None
    assert (back["status"], back["sequence"]) == ("CONFIRMED", 4)


async def test_another_library_reads_the_same_days(reminding: Reminding) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, ORGANIZATION)
    content = await maker(reminding)(mine)
    ours = {(str(e["UID"]), e["DTSTART"].dt) for e in parsed(content) if e["STATUS"] != "CANCELLED"}
    assert len(ours) > 10
    read: list[Any] = read_events(
        string_content=content,
        start=dt.datetime(2026, 1, 1),  # noqa: DTZ001  the library wants naive ones
        end=dt.datetime(2028, 12, 31),  # noqa: DTZ001
    )
    assert {(e.uid, e.start.date()) for e in read} == ours
    assert all(e.all_day for e in read)
    assert b"Asia/Tehran" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "RFC 5545, 3.1: lines of 75 octets"


async def test_one_duty_alone_and_nobody_elses(reminding: Reminding) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, ORGANIZATION)
    key = DutyKey(ORGANIZATION, "roadmap-1404.art_22", "1405-q3")
    assert len(parsed(await maker(reminding)(mine, key))) == 1
    with pytest.raises(RefusedError):
        await maker(reminding)(mine, DutyKey("ict-ministry", "roadmap-1404.art_21", "once"))
    with pytest.raises(RefusedError):
        await maker(reminding)(await reminding.person(9))


async def test_a_secret_address_can_be_revoked(reminding: Reminding, clock: Clock) -> None:
    tokens = (f"feed-{n}" for n in itertools.count())
    feed = OpenFeed(reminding.work, clock=clock, new_token=lambda: next(tokens))
    mine = await reminding.person(7)
    first = await feed(mine)
    assert await feed.owner(first) == mine
    second = await feed(mine)
    assert (await feed.owner(first), await feed.owner(second), await feed.owner("forged")) == (None, mine, None)
    assert await feed.revoke(mine)
    assert await feed.owner(second) is None
    assert not await feed.revoke(mine)


PICTURED = TimelineWords("تکلیف‌های دستگاه", "امروز", "موعدی نیست.", {s: s for s in COLORS})


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


async def test_a_year_holds_every_date_of_its_months_and_no_other(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "ict-ministry")
    (year,) = await reminding.show_year(mine)
    assert (year.first, year.last) == (JalaliDate(1405, 6, 1), JalaliDate(1406, 6, 1))
    assert all(year.first <= date.due < year.last for row in year.rows for date in row.dates)
    season = next(row for row in year.rows if row.action.startswith("تهیه و ارائه گزارش ارزیابی دستگاه‌های اجرایی"))
    assert [str(date.due) for date in season.dates] == ["1405-09-30", "1405-12-29", "1406-03-31"]
    (duties,) = await reminding.list_duties(mine)
    dated = [row.line.due for row in duties.rows if row.line.due is not None]
    assert min(dated) < year.first, "what was past before joining is in no picture"

    key = DutyKey("ict-ministry", "roadmap-1404.art_25__note_2", "1405-q3")
    await reminding.report_done(mine, key, "فرستاده شد")
    clock.move(days=150)
    (later,) = await reminding.show_year(mine)
    standings = {str(d.due): d.standing for row in later.rows if row.action == season.action for d in row.dates}
    assert standings == {
        "1405-12-29": "overdue",
        **dict.fromkeys(["1406-03-31", "1406-06-31", "1406-09-30"], "upcoming"),
    }
    with pytest.raises(RefusedError, match="remind-not-a-member"):
        await reminding.show_year(operator)


@pytest.mark.parametrize("agency", ["administrative-organization", "ict-ministry", "civil-registration"])
async def test_nothing_of_a_picture_is_cut_or_overlaps(reminding: Reminding, agency: str) -> None:
    operator = await reminding.operator(1)
    (year,) = await reminding.show_year(await reminding.member(operator, 7, agency))
    today = JalaliDate(1405, 8, 16)
    every_week = tuple(YearDate(JalaliDate(1405, m, d), "done") for m in (6, 7, 8) for d in (1, 9, 16, 24))
    often = replace(year, rows=(YearRow("هر هفته " * 40, every_week),))
    for shown in (year, replace(year, rows=()), often):
        for start in range(0, max(len(shown.rows), 1), ROWS):
            picture = Picture(shown, shown.rows[start : start + ROWS], today, PICTURED, None)
            width, height = size(picture.png())
            assert (width, height <= 1600) == (1080, True)
            renderer = picture.canvas.get_renderer()  # type: ignore[no-untyped-call]
            boxes = [text.get_window_extent(renderer) for text in picture.axes.texts]
            assert len(boxes) > 13
            assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)
            met = [(a, b) for a, b in itertools.combinations(boxes, 2) if a.overlaps(b)]
            assert met == []


def test_a_long_year_is_several_pictures_of_which_four_are_sent() -> None:
    year = AgencyYear("دستگاه", JalaliDate(1405, 6, 1), JalaliDate(1406, 6, 1), ())
    date = (YearDate(JalaliDate(1405, 9, 30), "upcoming"),)

    def pictures(rows: int) -> int:
        return len(
            timeline_pngs(replace(year, rows=(YearRow("گزارش", date),) * rows), JalaliDate(1405, 8, 16), PICTURED)
        )

    assert [pictures(n) for n in (0, 1, ROWS, ROWS + 1, 100)] == [1, 1, 1, 2, PICTURES_MAX]


def test_the_proposer_reads_a_text_it_has_never_seen() -> None:
    text = """ماده ۱- دستگاه‌های اجرایی موظفند ظرف مدت سه ماه از ابلاغ این آیین‌نامه فهرست خدمات خود را به سازمان ارسال کنند.
تبصره- سازمان گزارش پیشرفت را هر شش ماه یک‌بار به هیئت وزیران ارائه می‌کند.
ماده ۲- وزارت کشور تا پایان آذر ۱۴۰۶ سامانه را راه‌اندازی کند. سابقه سه سال کار لازم است.
ماده ۳- این ماده مهلتی ندارد."""
    bodies = [("دستگاه‌های اجرایی", "executive-agencies"), ("سازمان", "organization"), ("وزارت کشور", "interior")]
    found = [(p.eid, p.kind.value, p.amount, p.unit, p.responsible) for p in propose(passages_of_file(text), bodies)]
    assert found == [
        ("art_1", "relative", 3, "month", ("executive-agencies",)),
        ("art_1__note_1", "periodic", 6, "month", ("organization",)),
        ("art_2", "absolute", None, None, ("interior",)),
    ]
    (proposal,) = propose([Passage("art_9", "ظرف ۱۰ روز پس از تأیید سازمان اقدام کند.")])
    assert (proposal.quote, proposal.kind.value, proposal.anchor) == ("ظرف ۱۰ روز", "event", "تأیید سازمان")
