"""What every store of the reminders does, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from persiantools.jdatetime import JalaliDate

from reminders.anchor_events import EventRevision
from reminders.directory import Agency
from reminders.duty import DutyKey, DutyState, Evidence, EvidenceKind, ReportState
from reminders.ledger import Handed, MessageKind, MessageState, NewMessage, PlannedReminder
from reminders.people import Invitation, MemberState, ReminderWishes, Role
from storage.database import Database
from storage.reminder_work import ReminderWork
from storage.unit_of_work import Repositories, reminder_work

NOW = dt.datetime(2026, 11, 21, 6, 30, tzinfo=dt.UTC)
DAY = NOW.date()
LEASE = NOW + dt.timedelta(minutes=10)
KEY = DutyKey("ict-ministry", "roadmap-1404.art_6__note_2", "once")
TELEGRAM = ["telegram"]


@pytest.fixture
def work(repositories: Repositories) -> ReminderWork:
    """One transaction a call."""
    return repositories.reminders


@pytest.fixture
async def person(repositories: Repositories) -> int:
    return (await repositories.people.seen("telegram", 7, NOW)).id


def reminder(person: int, lead: str = "30", due: str = "1406-02-15") -> PlannedReminder:
    return PlannedReminder(person, KEY.agency_id, KEY.obligation_id, KEY.occurrence, due, lead, DAY)


def message(person: int, name: str = "m", at: dt.datetime = NOW) -> NewMessage:
    return NewMessage(name, person, MessageKind.BROADCAST, {"text": "سلام"}, at)


def daily(person: int, day: str = "2026-11-21") -> NewMessage:
    return NewMessage(f"daily:{person}:{day}", person, MessageKind.DAILY, {"day": day}, NOW)


async def test_a_reminder_is_planned_once(work: ReminderWork, person: int) -> None:
    assert await work.ledger.plan([reminder(person), reminder(person, "7")], NOW) == 2
    assert await work.ledger.plan([reminder(person), reminder(person, "7"), reminder(person, "1")], NOW) == 1
    assert await work.ledger.loose(10) == [person]


async def test_a_withdrawn_reminder_comes_back_when_the_date_does(work: ReminderWork, person: int) -> None:
    await work.ledger.plan([reminder(person)], NOW)
    ids = [KEY.obligation_id]
    assert await work.ledger.withdraw(None, ids, {KEY.obligation_id: ["1406-02-15"]}) == 0
    assert await work.ledger.withdraw("civil-registration", ids, {}) == 0
    assert await work.ledger.withdraw(None, ids, {KEY.obligation_id: ["1406-02-17"]}) == 1
    assert await work.ledger.loose(10) == []
    assert await work.ledger.plan([reminder(person)], NOW) == 1
    assert await work.ledger.loose(10) == [person]


async def test_loose_reminders_are_gathered_into_one_message(work: ReminderWork, person: int) -> None:
    await work.ledger.plan([reminder(person, lead) for lead in ("30", "7")], NOW)
    assert await work.ledger.gather([daily(person)], NOW) == []
    await work.ledger.plan([reminder(person, "1")], NOW)
    assert await work.ledger.gather([daily(person)], NOW) == [], "not sent yet: the same message carries it"
    (claimed,) = await work.ledger.claim(NOW, 10, LEASE, TELEGRAM)
    assert [r.lead for r in claimed.reminders] == ["30", "7", "1"]
    assert (claimed.platform, claimed.platform_id) == ("telegram", 7)

    await work.ledger.plan([reminder(person, "0")], NOW)
    assert await work.ledger.gather([daily(person)], NOW) == [person], (
        "it is on its way: the next day's carries the rest"
    )
    assert await work.ledger.gather([daily(person, "2026-11-22")], NOW) == []


async def test_the_same_key_is_stored_once(work: ReminderWork, person: int) -> None:
    assert await work.ledger.add([message(person), message(person, "n")], NOW) == 2
    assert await work.ledger.add([message(person), message(person, "o")], NOW) == 1


async def test_from_due_to_delivered(work: ReminderWork, person: int) -> None:
    later = NOW + dt.timedelta(hours=1)
    await work.ledger.add([message(person), message(person, "later", later)], NOW)
    assert await work.ledger.next_due() == NOW
    (first,) = await work.ledger.claim(NOW, 10, LEASE, TELEGRAM)
    assert await work.ledger.claim(NOW, 10, LEASE, TELEGRAM) == []
    assert await work.ledger.next_due() == later
    assert await work.ledger.start([first.id], NOW) == {first.id}
    await work.ledger.delivered([Handed(first.id, 4711, NOW + dt.timedelta(seconds=11))])
    assert not await work.ledger.start([first.id], NOW)
    day = await work.ledger.day(NOW, NOW + dt.timedelta(days=1), DAY)
    assert (day.states, day.kinds) == ({"delivered": 1, "due": 1}, {"broadcast": 2})
    assert (day.delivered, day.on_time, day.on_time_share) == (1, 0, 0.0)


async def test_each_message_is_claimed_once(url: str) -> None:
    databases = [Database(url), Database(url)]
    for database in databases:
        await database.open()
    people = Repositories(databases[0], asker_key=lambda platform, id: f"{platform}{id}").people
    ids = [(await people.seen("telegram", n, NOW)).id for n in range(60)]
    async with reminder_work(databases[0]) as work:
        await work.ledger.add([message(id, f"m{id}") for id in ids], NOW)

    async def claim(database: Database) -> list[int]:
        async with reminder_work(database) as work:
            return [m.id for m in await work.ledger.claim(NOW, 9, LEASE, TELEGRAM)]

    claims = [id for some in await asyncio.gather(*(claim(databases[n % 2]) for n in range(12))) for id in some]
    assert len(claims) == len(set(claims)) == 60
    for database in databases:
        await database.close()


async def test_other_platforms_wait_and_the_blocked_get_nothing(work: ReminderWork, repositories: Repositories) -> None:
    web = (await repositories.people.seen("web", 8, NOW)).id
    gone = (await repositories.people.seen("telegram", 9, NOW)).id
    await repositories.people.mark_blocked("telegram", 9, NOW)
    await work.ledger.add([message(web, "web"), message(gone, "gone")], NOW)
    assert await work.ledger.claim(NOW, 10, LEASE, TELEGRAM) == []
    assert [m.person_id for m in await work.ledger.claim(NOW, 10, LEASE, ["web", "telegram"])] == [web]
    assert (await work.ledger.day(NOW, LEASE, DAY)).states == {"sending": 1, "blocked": 1}


async def test_after_failures(work: ReminderWork, person: int) -> None:
    await work.ledger.add([message(person, f"m{n}") for n in range(4)], NOW)
    a, b, c, d = [m.id for m in await work.ledger.claim(NOW, 10, LEASE, TELEGRAM)]
    await work.ledger.start([a], NOW)
    await work.ledger.put_off(a, MessageState.RETRY_AT, LEASE, 3, "502", True)
    await work.ledger.put_off(b, MessageState.FAILED, NOW, 50, "500", False)
    await work.ledger.release([c], LEASE)
    assert await work.ledger.failed(NOW) == [(b, person, "500")]
    assert {m.id: m.tries for m in await work.ledger.claim(LEASE, 10, LEASE, TELEGRAM)} == {a: 3, c: 0}
    await work.ledger.blocked(d, person, NOW)
    assert (await work.ledger.day(NOW, LEASE, DAY)).states == {"sending": 2, "failed": 1, "blocked": 1}
    assert (await work.ledger.day(NOW, LEASE, DAY)).maybe_twice == 1


async def test_a_sweep_returns_what_a_crash_left(work: ReminderWork, person: int) -> None:
    await work.ledger.add([message(person, "a"), message(person, "b")], NOW)
    first, _ = await work.ledger.claim(NOW, 10, LEASE, TELEGRAM)
    await work.ledger.start([first.id], NOW)
    assert await work.ledger.sweep(NOW) == (0, 0)
    assert await work.ledger.sweep(LEASE) == (2, 1)
    assert not await work.ledger.start([first.id], LEASE), "it must be claimed again first"
    assert len(await work.ledger.claim(LEASE, 10, LEASE + dt.timedelta(minutes=10), TELEGRAM)) == 2


async def test_reminders_of_a_failed_daily_message_are_loose_again(work: ReminderWork, person: int) -> None:
    await work.ledger.plan([reminder(person)], NOW)
    await work.ledger.gather([daily(person)], NOW)
    (claimed,) = await work.ledger.claim(NOW, 10, LEASE, TELEGRAM)
    await work.ledger.put_off(claimed.id, MessageState.FAILED, NOW, 50, "500", False)
    assert await work.ledger.unfold(NOW) == 0
    assert await work.ledger.unfold(NOW + dt.timedelta(days=1)) == 1
    assert await work.ledger.loose(10) == [person]
    ((kept, state, _),) = await work.ledger.history(KEY)
    assert (kept.lead, state) == ("30", None)


async def test_memberships(work: ReminderWork, person: int) -> None:
    async def ask(role: Role) -> int | None:
        made = await work.members.ask(
            "ict-ministry", person, role, name="علی", legal_basis="نامه", introduced_on=JalaliDate(1405, 8, 1), at=NOW
        )
        return made.id if made else None

    id = await ask(Role.REPRESENTATIVE)
    assert id is not None
    assert await ask(Role.DEPUTY) is None
    assert await work.members.of_agency("ict-ministry") == []
    assert [m.id for m in await work.members.pending()] == [id]
    assert await work.members.decide(id, MemberState.ACTIVE, by=1, at=NOW)
    assert not await work.members.decide(id, MemberState.REFUSED, by=1, at=NOW)
    (member,) = await work.members.of_agency("ict-ministry")
    assert (member.membership.name, member.membership.introduced_on) == ("علی", JalaliDate(1405, 8, 1))
    assert await work.members.joined() == {"ict-ministry": NOW}
    assert await work.members.set_away(person, DAY) == 1
    (kept,) = await work.members.of_person(person)
    assert kept.away_until == DAY
    wishes = ReminderWishes((14, 3), 9, 17, True, DAY)
    await work.members.save_wishes(person, wishes)
    assert await work.members.wishes(person) == wishes
    assert await work.members.decide(id, MemberState.ENDED, by=1, at=LEASE)
    assert await work.members.all_active() == []
    assert await work.members.joined() == {"ict-ministry": NOW}
    assert await ask(Role.DEPUTY) is not None
    assert await work.members.get(10**30) is None


async def test_an_invitation_is_used_by_one(work: ReminderWork) -> None:
    made = Invitation("digest", "ict-ministry", Role.DEPUTY, "", JalaliDate(1405, 8, 1), 1, NOW, LEASE)
    await work.members.invite(made)
    assert await work.members.invitation("digest") == made
    assert await work.members.invitations(NOW) == [made]
    assert await work.members.invitations(LEASE) == []
    uses = await asyncio.gather(*(work.members.use_invitation("digest", NOW) for _ in range(9)))
    assert sorted(uses) == [False] * 8 + [True]
    assert not await work.members.revoke_invitation("digest", NOW)


async def test_events_agencies_and_closures(work: ReminderWork) -> None:
    revision = EventRevision("a.b", "", 1, JalaliDate(1405, 8, 15), "نامه", NOW, 1)
    assert await work.events.add(revision)
    assert not await work.events.add(revision)
    withdrawn = EventRevision("a.b", "", 2, None, "", LEASE, 1)
    assert await work.events.add(withdrawn)
    assert await work.events.revisions() == [revision, withdrawn]
    await work.events.close(DAY, "آلودگی هوا")
    await work.events.close(DAY, "برف")
    assert await work.events.closures() == {DAY: "برف"}
    assert await work.events.reopen(DAY)
    assert not await work.events.reopen(DAY)
    city = Agency("shiraz-city", "شهرداری شیراز", ("شیراز",), "interior-ministry", ("municipalities",))
    await work.agencies.put([city])
    await work.agencies.put([city])
    assert await work.agencies.imported() == [city]


async def test_duties_and_reports(work: ReminderWork, person: int) -> None:
    await work.duties.assign(KEY, person, by=person, at=NOW)
    await work.duties.mark(KEY, DutyState.OPEN, by=person, at=NOW, open_since=DAY)
    (record,) = await work.duties.still_open()
    assert (record.key, record.state, record.assignee, record.open_since) == (KEY, DutyState.OPEN, person, DAY)
    assert await work.duties.of_agencies(["ict-ministry"]) == await work.duties.of_obligations([KEY.obligation_id])
    evidence = [Evidence(EvidenceKind.FILE, "سند.pdf", "application/pdf", 3, "ab" * 32)]
    id = await work.duties.report(KEY, person, "انجام شد", evidence, NOW)
    (report,) = await work.duties.reports(state=ReportState.PENDING)
    assert (report.id, report.evidence, report.note) == (id, tuple(evidence), "انجام شد")
    assert await work.duties.decide_report(id, ReportState.RETURNED, by=1, reason="ناقص", at=NOW)
    assert not await work.duties.decide_report(id, ReportState.CONFIRMED, by=1, reason="", at=NOW)
    assert (await work.duties.reports(key=KEY))[0].reason == "ناقص"
    was, taken_back = ReportState.RETURNED, ReportState.CONFIRMED
    assert await work.duties.decide_report(id, taken_back, by=1, reason="", at=NOW, was=was)
    assert not await work.duties.decide_report(id, taken_back, by=1, reason="", at=NOW, was=was)
    await work.duties.snooze(person, KEY, DAY, DAY + dt.timedelta(days=3))
    await work.duties.snooze(person, KEY, DAY, DAY + dt.timedelta(days=5))
    assert await work.duties.snoozes(DAY) == {(person, KEY): (DAY, DAY + dt.timedelta(days=5))}


async def test_the_last_confirmed_report_of_each_duty(work: ReminderWork, person: int) -> None:
    for days, state in ((0, ReportState.CONFIRMED), (2, ReportState.CONFIRMED), (5, ReportState.RETURNED)):
        id = await work.duties.report(KEY, person, "نامه", (), NOW + dt.timedelta(days=days))
        await work.duties.decide_report(id, state, by=1, reason="", at=NOW + dt.timedelta(days=9))
    await work.duties.report(replace(KEY, occurrence="1405-q3"), person, "نامه", (), NOW)
    assert await work.duties.confirmed([KEY.agency_id]) == {KEY: NOW + dt.timedelta(days=2)}
    assert await work.duties.confirmed(["civil-registration"]) == {}


async def test_what_was_said_is_held_and_kept(work: ReminderWork, person: int) -> None:
    held = await work.duties.held(KEY, NOW)
    assert (held.key, held.state, held.assignee) == (KEY, None, None)
    await work.duties.assign(KEY, person, by=person, at=NOW)
    await work.duties.mark(KEY, DutyState.REPORTED, by=person, at=NOW)
    held = await work.duties.held(KEY, NOW + dt.timedelta(days=1))
    assert (held.state, held.assignee, held.changed_at) == (DutyState.REPORTED, person, NOW)
    assert held == await work.duties.get(KEY)


async def test_states_of_just_these_duties(work: ReminderWork, person: int) -> None:
    keys = [DutyKey(a, o, n) for a in ("ict-ministry", "civil-registration") for o in ("x", "y") for n in ("1", "2")]
    for key in keys:
        await work.duties.mark(key, DutyState.DONE, by=person, at=NOW)
    wanted = {keys[0], keys[6], DutyKey("ict-ministry", "x", "3")}
    assert {r.key for r in await work.duties.of_keys(wanted)} == {keys[0], keys[6]}
    assert await work.duties.of_keys([]) == []
    fallen = await work.duties.of_occurrences([("x", "1"), ("y", "2"), ("y", "9")])
    assert {r.key for r in fallen} == {k for k in keys if (k.obligation_id, k.occurrence) in (("x", "1"), ("y", "2"))}
    assert await work.duties.of_occurrences([]) == []


async def test_every_word_said_of_a_duty_is_kept(work: ReminderWork, person: int) -> None:
    other = replace(KEY, occurrence="2")
    later = NOW + dt.timedelta(hours=1)
    await work.duties.assign(KEY, person, by=person, at=NOW)
    await work.duties.mark(KEY, DutyState.DONE, by=person, at=NOW)
    await work.duties.mark(other, DutyState.NOT_OURS, by=person, at=NOW)
    await work.duties.mark(KEY, None, by=person, at=NOW)
    await work.duties.mark(KEY, DutyState.OPEN, by=person, at=later, open_since=DAY)
    assert await work.duties.changes(KEY) == [(DutyState.DONE, NOW), (DutyState.OPEN, later)]
    assert await work.duties.changes(other) == [(DutyState.NOT_OURS, NOW)]
    assert await work.duties.changes(replace(KEY, occurrence="3")) == []


async def test_marks_of_several_messages(work: ReminderWork, person: int) -> None:
    await work.ledger.add([message(person, str(n)) for n in range(4)], NOW)
    ids = [m.id for m in await work.ledger.claim(NOW, 3, LEASE, TELEGRAM)]
    assert await work.ledger.start([*ids, max(ids) + 1, 10**9], NOW) == set(ids), "the fourth was not claimed"
    later = NOW + dt.timedelta(seconds=2)
    await work.ledger.delivered([Handed(ids[0], 11, NOW), Handed(ids[1], None, later)])
    assert (await work.ledger.day(NOW, LEASE, DAY)).states == {"delivered": 2, "sending": 1, "due": 1}


async def test_settings_feeds_and_broadcasts(work: ReminderWork, person: int) -> None:
    assert await work.settings.get("planned_through") is None
    await work.settings.put("planned_through", {"day": "2026-11-20"})
    await work.settings.put("planned_through", {"day": "2026-11-21"})
    assert await work.settings.get("planned_through") == {"day": "2026-11-21"}
    await work.settings.add_feed("digest", person, NOW)
    assert await work.settings.feed_owner("digest") == person
    assert await work.settings.revoke_feeds(person) == 1
    id = await work.ledger.add_broadcast("به همه", {"agencies": []}, 1, NOW)
    assert await work.ledger.broadcast(id) == ("به همه", {"agencies": []}, "draft")
    assert await work.ledger.set_broadcast(id, "sending", "draft")
    assert not await work.ledger.set_broadcast(id, "sending", "draft")
    await work.ledger.add([NewMessage("b", person, MessageKind.BROADCAST, {}, NOW, id)], NOW)
    assert await work.ledger.broadcast_progress(id) == {"due": 1}
    assert await work.ledger.stop_broadcast(id) == 1
    assert await work.ledger.everybody() == [person]
