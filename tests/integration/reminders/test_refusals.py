"""Bad input: one clear refusal, nothing changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from persiantools.jdatetime import JalaliDate
from sqlalchemy import func, select

from reminders.agency_import import ImportAgencies
from reminders.broadcasts import Audience
from reminders.duties import EVIDENCE_BYTES_MAX, Attachment
from reminders.duty import DutyKey, DutyState, EvidenceKind
from reminders.jalali_input import parse_date
from reminders.people import Role
from reminders.refusals import RefusedError
from storage.models import Base
from tests.support.reminding import Clock, Reminding

TODAY = JalaliDate(1405, 8, 16)
MINE = DutyKey("ict-ministry", "roadmap-1404.art_21", "once")
OTHERS = DutyKey("civil-registration", "roadmap-1404.art_21", "once")
WAITING = DutyKey("ict-ministry", "roadmap-1404.art_6__note_2", "once")


async def rows(reminding: Reminding) -> dict[str, int]:
    async with reminding.database.read() as connection:
        return {
            t.name: (await connection.execute(select(func.count()).select_from(t))).scalar_one()
            for t in Base.metadata.sorted_tables
        }


async def refused(reminding: Reminding, attempt: Callable[[], Awaitable[object]], key: str) -> None:
    before = await rows(reminding)
    with pytest.raises(RefusedError) as refusal:
        await attempt()
    assert refusal.value.message_key == key
    assert await rows(reminding) == before


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("۳۱ مهر", "remind-date-impossible"),
        ("۳۰ اسفند ۱۴۰۵", "remind-date-impossible"),
        ("1405/13/01", "remind-date-impossible"),
        ("۰ آبان ۱۴۰۵", "remind-date-impossible"),
        ("۱۵ آبان ۱۲۰۵", "remind-date-year"),
        ("هفته بعد", "remind-date-unreadable"),
        ("", "remind-date-unreadable"),
    ],
)
def test_impossible_dates(text: str, key: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        parse_date(text, TODAY)
    assert refusal.value.message_key == key


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("۱۵ آبان ۱۴۰۵", (1405, 8, 15)),
        ("15 آبان", (1405, 8, 15)),
        ("1405/8/15", (1405, 8, 15)),
        ("١٤٠٥-٠٨-١٥", (1405, 8, 15)),
        ("۱۵/۸/۱۴۰۵", (1405, 8, 15)),
        ("۳۰ اسفند ۱۴۰۳", (1403, 12, 30)),
        ("۱۵ آبان‌ماه ۱۴۰۵", (1405, 8, 15)),
        ("۱۵ آبان ۰۵", (1405, 8, 15)),
    ],
)
def test_dates_as_people_write_them(text: str, date: tuple[int, int, int]) -> None:
    assert parse_date(text, TODAY) == JalaliDate(*date)


async def test_joining(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    somebody = await reminding.person(7)
    ask = reminding.ask_to_join

    await refused(reminding, lambda: ask(somebody, "atlantis", Role.DEPUTY, name="علی"), "remind-agency-unknown")
    await refused(reminding, lambda: ask(somebody, "ict-ministry", Role.DEPUTY, name=" "), "remind-name-missing")
    await refused(reminding, lambda: ask(somebody, "ict-ministry", Role.OPERATOR, name="علی"), "remind-operators-only")
    await refused(
        reminding,
        lambda: ask(somebody, "ict-ministry", Role.DEPUTY, name="علی", introduced_on=JalaliDate(1406, 1, 1)),
        "remind-introduced-in-future",
    )
    membership = await ask(somebody, "ict-ministry", Role.REPRESENTATIVE, name="علی", legal_basis="نامه ۱۲")
    await refused(reminding, lambda: ask(somebody, "ict-ministry", Role.DEPUTY, name="علی"), "remind-joined-already")
    await refused(reminding, lambda: reminding.decide_joining(somebody, membership.id, True), "remind-operators-only")
    await refused(reminding, lambda: reminding.report_done(somebody, MINE, "انجام شد"), "remind-not-your-agency")
    joined = await reminding.decide_joining(operator, membership.id, True)
    assert joined.past
    assert "smart-cycle-1404.art_19" in joined.closed
    decide = reminding.decide_joining
    await refused(reminding, lambda: decide(operator, membership.id, False), "remind-reason-missing")
    await refused(reminding, lambda: decide(operator, membership.id, False, reason="نه، نه"), "remind-decided-already")


async def test_invitations(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    somebody, other = await reminding.person(7), await reminding.person(8)
    accept = reminding.accept_invitation

    await refused(reminding, lambda: accept(somebody, "forged", name="علی"), "remind-invitation-invalid")
    used = await reminding.invite(operator, "ict-ministry", Role.REPRESENTATIVE)
    await accept(somebody, used.token, name="علی")
    await refused(reminding, lambda: accept(other, used.token, name="رضا"), "remind-invitation-invalid")
    again = await reminding.invite(operator, "ict-ministry", Role.DEPUTY)
    await refused(reminding, lambda: accept(somebody, again.token, name="علی"), "remind-joined-already")
    await accept(other, again.token, name="رضا")  # the refusal above did not use it up

    revoked = await reminding.invite(operator, "ict-ministry", Role.HEAD)
    (waiting,) = await reminding.revoke_invitation.pending(operator)
    await reminding.revoke_invitation(operator, waiting.digest)
    third = await reminding.person(9)
    await refused(reminding, lambda: accept(third, revoked.token, name="سارا"), "remind-invitation-invalid")
    late = await reminding.invite(operator, "ict-ministry", Role.HEAD, days=2)
    clock.move(days=2)
    await refused(reminding, lambda: accept(third, late.token, name="سارا"), "remind-invitation-invalid")
    await refused(reminding, lambda: reminding.invite(third, "ict-ministry", Role.HEAD), "remind-operators-only")
    assert await reminding.offer_first_operator() is None


async def test_reports(reminding: Reminding) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "ict-ministry")
    report = reminding.report_done

    def file(size: int) -> Attachment:
        return Attachment(EvidenceKind.FILE, "a.pdf", "application/pdf", b"x" * size)

    await refused(reminding, lambda: report(mine, OTHERS, "انجام شد"), "remind-not-your-agency")
    await refused(reminding, lambda: report(mine, MINE, "  "), "remind-evidence-missing")
    keep = report.keep
    await refused(reminding, lambda: keep(mine, MINE, file(EVIDENCE_BYTES_MAX + 1)), "remind-evidence-large")
    await refused(reminding, lambda: keep(mine, MINE, file(0)), "remind-evidence-empty")
    await refused(reminding, lambda: keep(mine, OTHERS, file(1)), "remind-not-your-agency")
    assert not reminding.evidence_folder.exists(), "nobody fills the disk with files of others' duties"
    unknown = DutyKey("ict-ministry", "roadmap-1404.art_99", "once")
    await refused(reminding, lambda: report(mine, unknown, "انجام شد"), "remind-duty-unknown")
    wrong = DutyKey("ict-ministry", "data-governance-1404.art_5", "1405-q9")
    await refused(reminding, lambda: report(mine, wrong, "انجام شد"), "remind-duty-unknown")
    await refused(reminding, lambda: report(mine, WAITING, "انجام شد"), "remind-duty-waiting")
    kept = await report(mine, MINE, "انجام شد")
    await refused(reminding, lambda: report(mine, MINE, "دوباره"), "remind-duty-reported")
    await refused(reminding, lambda: reminding.snooze(mine, MINE, 3), "remind-duty-reported")
    await refused(reminding, lambda: reminding.hand_over(mine, MINE, None), "remind-duty-reported")
    await refused(reminding, lambda: reminding.decide_report(operator, kept.id, False), "remind-reason-missing")
    decide = reminding.decide_report
    await refused(reminding, lambda: decide(operator, kept.id, False, reason="👎👎"), "remind-reason-missing")
    await refused(reminding, lambda: decide(operator, kept.id, False, reason="نه " * 334), "remind-reason-long")
    await refused(reminding, lambda: decide(operator, kept.id, False, reason="نه" + "😀" * 500), "remind-reason-long")
    await refused(reminding, lambda: reminding.decide_report(mine, kept.id, True), "remind-operators-only")
    await refused(reminding, lambda: reminding.decide_report(operator, 10**30, True), "remind-decided-already")
    upcoming = DutyKey("ict-ministry", "data-governance-1404.art_5", "3")
    await refused(reminding, lambda: reminding.mark_duty(mine, upcoming, DutyState.DONE), "remind-report-instead")


async def test_the_rest(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    mine = await reminding.member(operator, 7, "ict-ministry")
    outsider = await reminding.person(8)
    date = JalaliDate(1405, 8, 15)
    record = partial(reminding.record_event, seen=None)

    await refused(reminding, lambda: record(mine, "roadmap-1404.maturity-model", date), "remind-operators-only")
    await refused(reminding, lambda: record(operator, "roadmap-1404.nothing", date), "remind-event-unknown")
    await refused(reminding, lambda: record(operator, "roadmap-1404.maturity-model", None), "remind-event-unchanged")
    await refused(
        reminding,
        lambda: record(operator, "roadmap-1404.maturity-model", date, agency_id="atlantis"),
        "remind-agency-unknown",
    )
    await refused(reminding, lambda: reminding.snooze(mine, MINE, 0), "remind-snooze-range")
    await refused(reminding, lambda: reminding.snooze(outsider, MINE, 3), "remind-not-your-agency")
    await refused(reminding, lambda: reminding.hand_over(mine, MINE, outsider), "remind-not-a-colleague")
    await refused(reminding, lambda: reminding.say_away(outsider, 10), "remind-not-a-member")
    await refused(reminding, lambda: reminding.say_away(mine, -3), "remind-away-range")
    await refused(reminding, lambda: reminding.find_duty(mine, OTHERS.code), "remind-duty-unknown")
    await refused(reminding, lambda: reminding.end_membership(operator, 1), "remind-last-operator")
    await refused(reminding, lambda: reminding.broadcasts.draft(mine, "سلام", Audience()), "remind-operators-only")
    await refused(reminding, lambda: reminding.broadcasts.draft(operator, "", Audience()), "remind-broadcast-length")
    too_wide = "😀" * 1751  # 3,502 units, which no message would hold beside our own words
    await refused(
        reminding, lambda: reminding.broadcasts.draft(operator, too_wide, Audience()), "remind-broadcast-length"
    )


async def test_a_csv_file_with_mistakes_stores_nothing(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    imports = ImportAgencies(reminding.work, reminding.books, clock=clock)
    wrong = (
        "id,name,classes,parent\n"
        "shiraz-city,شهرداری شیراز,municipalities,interior-ministry\n"
        "Shiraz City,شهرداری,nothing,nobody\n"
        "shiraz-city,=HYPERLINK(1),,\n"
    ).encode()
    before = await rows(reminding)
    result = await imports(operator, wrong, dry_run=False)
    assert not result.stored
    assert [(p.row, p.message_key) for p in result.problems] == [
        (3, "import-id"),
        (3, "import-class-unknown"),
        (3, "import-parent-unknown"),
        (4, "table-formula"),
        (4, "import-twice"),
    ]
    assert await rows(reminding) == before
    latin = await imports(operator, "id,name\na,café\n".encode("latin-1"), dry_run=False)
    assert [p.message_key for p in latin.problems] == ["table-encoding"]

    somebody = await reminding.person(7)
    await refused(reminding, lambda: imports(somebody, wrong, dry_run=True), "remind-operators-only")

    right = b"\xef\xbb\xbf" + "name;id\n".replace(";", ",").encode() + "شهرداری شیراز,shiraz-city\n".encode()
    assert (await imports(operator, right, dry_run=True)).stored is False
    assert (await rows(reminding))["agencies"] == 0
    assert (await imports(operator, right, dry_run=False)).stored
    assert (await reminding.find_agencies("شهرداری شیرا"))[0].agency.id == "shiraz-city"


async def test_broadcast(reminding: Reminding, clock: Clock) -> None:
    operator = await reminding.operator(1)
    for n in range(7, 12):
        await reminding.member(operator, n, "ict-ministry" if n < 10 else "civil-registration")
    broadcasts = reminding.broadcasts
    draft = await broadcasts.draft(operator, "جلسه روز شنبه", Audience(agencies=("ict-ministry",)))
    assert draft.people == 3
    assert await broadcasts.start(operator, draft.id) == 3
    assert await broadcasts.start(operator, draft.id) == 0
    assert await broadcasts.progress(operator, draft.id) == {"due": 3}
    assert await broadcasts.stop(operator, draft.id) == 3
    everybody = await broadcasts.draft(operator, "به همه", Audience())
    assert everybody.people == 6
    classes = await broadcasts.draft(operator, "به دستگاه‌ها", Audience(classes=("main-agencies",)))
    assert classes.people == 3
