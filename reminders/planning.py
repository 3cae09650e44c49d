"""Plans reminders: who is told today of what, each reminder once, all of a person's in one daily message.

Planning looks back to where it last got, so that what fell due while the process was down is planned late, merged into
one message; the unique key of a reminder makes a second run, a second worker or a restart harmless.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from reminders.anchor_events import EVERYBODY
from reminders.book_keeping import VERSION, Books
from reminders.duty import SILENT, DutyKey, DutyRecord, DutyState
from reminders.ledger import MessageKind, NewMessage, PlannedReminder
from reminders.occurrences import Occurrence
from reminders.office_hours import OfficeHours
from reminders.people import Recipient, ReminderWishes, Role, recipients
from reminders.ports import OpenWork
from reminders.register_view import RegisterView
from reminders.schedule import Cadence, Hit, escalation, hits, still_open_hits
from reminders.working_calendar import WorkingCalendar

__all__ = ["PlanReminders", "Planned"]

#: How far planning got, and from what: {"day": "2026-11-21", "closures": ["2026-11-23"], "scene": digest,
#: "reports": {occurrence: digest}}. What is the same as at the last run holds nothing new to plan.
PLANNED_THROUGH: Final = "planned_through"
#: Looked at again after closures changed: one announced today may move a reminder to a day that is planned already.
LOOK_BACK_DAYS: Final = 7
#: After a longer silence nobody wants to hear of every week that passed; overdue ones come up by themselves.
LOOK_BACK_DAYS_MAX: Final = 60
#: Rows a transaction: nobody waits long for the database, and a crash in between loses nothing.
BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Planned:
    """What one run made: new reminders, and people whose daily message carries them."""

    reminders: int
    people: int


@dataclass(frozen=True, slots=True)
class _Falling:
    """An occurrence with reminders on the days that are planned; `scope` says for whom its date holds."""

    at: Occurrence
    scope: str
    hits: tuple[Hit, ...]
    head: Hit | None


@dataclass
class _Scene:
    """Everything that a day's plan is made of, read once."""

    day: dt.date
    first: dt.date
    closed: Sequence[str]
    #: Stands for everything that the plan is made of, reports of the falling occurrences left out.
    fingerprint: str
    #: Those as they were when this same scene was planned last, by occurrence; None for another scene.
    planned: Mapping[str, str] | None
    view: RegisterView
    calendar: WorkingCalendar
    members: Mapping[str, list[Recipient]]
    joined: Mapping[str, dt.date]
    falling: Sequence[_Falling]
    #: Of what is still open, and of what somebody snoozed.
    records: dict[DutyKey, DutyRecord] = field(default_factory=dict)
    snoozes: Mapping[tuple[int, DutyKey], tuple[dt.date, dt.date]] = field(default_factory=dict)


class PlanReminders:
    """Plans everything up to today and gathers it into daily messages. Safe to run again at any time."""

    def __init__(
        self,
        open_work: OpenWork,
        books: Books,
        *,
        cadence: Cadence,
        hours: OfficeHours,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._open, self._books, self._cadence, self._hours, self._clock = open_work, books, cadence, hours, clock

    async def __call__(self) -> Planned:
        now = self._clock()
        scene = await self._read(now)
        made, reports = 0, dict[str, str]()
        async for batch in self._batches(scene, reports):
            async with self._open() as work:
                made += await work.ledger.plan(batch, now)
        people = await self._gather(scene, now)
        if reports != scene.planned:
            reached = {
                "day": scene.day.isoformat(),
                "closures": list(scene.closed),
                "scene": scene.fingerprint,
                "reports": reports,
            }
            async with self._open() as work:
                await work.settings.put(PLANNED_THROUGH, reached)
        return Planned(made, people)

    # -- what there is -------------------------------------------------------------------------------------

    async def _read(self, now: dt.datetime) -> _Scene:
        day = self._hours.today(now)
        async with self._open() as work:
            view, calendar = await self._books.view(work), await self._books.calendar(work)
            reached = await work.settings.get(PLANNED_THROUGH)
            members: dict[str, list[Recipient]] = {}
            for member in await work.members.all_active():
                members.setdefault(member.membership.agency_id, []).append(member)
            joined = {a: self._hours.today(at) for a, at in (await work.members.joined()).items()}
            closed = sorted(d.isoformat() for d in await work.events.closures())
            first = _first_day(day, reached, closed)
            falling = list(self._falling(view, calendar, self._all_leads(members), joined, first, day))
            snoozes = await work.duties.snoozes(day - dt.timedelta(days=LOOK_BACK_DAYS_MAX))
            snoozed = {(key.obligation_id, key.occurrence) for _, key in snoozes}
            records = [*await work.duties.still_open(), *await work.duties.of_occurrences(snoozed)]
            await work.ledger.unfold(self._hours.midnight(day))
            version = await work.settings.get(VERSION)
            mark = _Digest()
            mark.add((day, version, closed, self._cadence), members.items(), records, sorted(snoozes.items()))
        same = reached is not None and reached.get("scene") == mark.hexdigest()
        return _Scene(
            day=day,
            first=first,
            closed=closed,
            fingerprint=mark.hexdigest(),
            planned=reached.get("reports") if reached is not None and same else None,
            view=view,
            calendar=calendar,
            members=members,
            joined=joined,
            falling=falling,
            records={r.key: r for r in records},
            snoozes=snoozes,
        )

    # -- what falls on the days ------------------------------------------------------------------------------

    def _falling(
        self,
        view: RegisterView,
        calendar: WorkingCalendar,
        leads: Sequence[int],
        joined: Mapping[str, dt.date],
        first: dt.date,
        day: dt.date,
    ) -> Iterator[_Falling]:
        last = day + dt.timedelta(days=max(leads, default=0) + _LONGEST_BREAK_DAYS)
        oldest = min(joined.values(), default=day)
        for obligation in view.obligations:
            for scope in sorted({EVERYBODY, *(view.book.with_own_dates & view.bound(obligation))}):
                for at in view.occurrences(obligation, scope, oldest, last):
                    found = tuple(hits(at, leads, first, day, calendar))
                    head = escalation(at, self._cadence.escalate_after_days, first, day, calendar)
                    if found or head is not None:
                        yield _Falling(at, scope, found, head)

    def _all_leads(self, members: Mapping[str, Sequence[Recipient]]) -> tuple[int, ...]:
        wanted = {lead for some in members.values() for m in some for lead in m.wishes.leads or ()}
        return tuple(sorted(wanted | set(self._cadence.leads), reverse=True))

    async def _batches(self, scene: _Scene, reports: dict[str, str]) -> AsyncIterator[list[PlannedReminder]]:
        """What the last run did not plan from the same; `reports` gets the digest of each occurrence's records."""
        rows: list[PlannedReminder] = []
        for falling in scene.falling:
            # One after the other, and none kept: on some days a quarter of a million reports fall together.
            async with self._open() as work:
                records = await work.duties.of_occurrences([(falling.at.obligation.id, falling.at.number)])
            mark, name = _Digest(), f"{falling.at.obligation.id} {falling.at.number} {falling.scope}"
            mark.add(records)
            reports[name] = mark.hexdigest()
            if scene.planned is not None and scene.planned.get(name) == reports[name]:
                continue
            rows.extend(self._of_occurrence(scene, falling, {r.key: r for r in records}))
            while len(rows) >= BATCH:
                yield rows[:BATCH]
                rows = rows[BATCH:]
        if scene.planned is None:
            rows += [*self._still_open(scene), *self._after_snooze(scene)]
        for start in range(0, len(rows), BATCH):
            yield rows[start : start + BATCH]

    def _of_occurrence(
        self, scene: _Scene, falling: _Falling, records: Mapping[DutyKey, DutyRecord]
    ) -> Iterator[PlannedReminder]:
        at = falling.at
        known = self._known(scene, falling)
        for agency_id in sorted(scene.view.bound(at.obligation) & scene.members.keys()):
            if scene.view.scope(agency_id) != falling.scope:
                continue
            if scene.joined.get(agency_id, scene.day) > at.day:
                continue  # past before the agency joined: starts nothing
            key = DutyKey(agency_id, at.obligation.id, at.number)
            record = records.get(key)
            if record is not None and record.state in SILENT:
                continue
            # Nobody is reminded of a date before it was known, or before the agency joined.
            floor = max(known, scene.joined.get(agency_id, scene.day))
            for hit in falling.hits:
                if hit.day >= floor:
                    yield from self._for_everybody(scene, at, key, record, hit)
            if falling.head is not None and falling.head.day >= floor:
                yield from self._for_heads(scene, at, key, falling.head)

    def _known(self, scene: _Scene, falling: _Falling) -> dt.date:
        """Since when this date is known to whom it holds for."""
        recorded = scene.view.known_since(falling.at.obligation, falling.scope)
        return scene.first if recorded is None else self._hours.today(recorded)

    def _for_everybody(
        self, scene: _Scene, at: Occurrence, key: DutyKey, record: DutyRecord | None, hit: Hit
    ) -> Iterator[PlannedReminder]:
        assignee = record.assignee if record else None
        for member in recipients(scene.members[key.agency_id], scene.day, assignee):
            if self._wants(member, hit) and not _snoozed(scene, member, key, hit.day):
                yield _planned(member, key, at.due_iso, hit)

    def _for_heads(self, scene: _Scene, at: Occurrence, key: DutyKey, hit: Hit) -> Iterator[PlannedReminder]:
        for member in scene.members[key.agency_id]:
            if member.membership.role is Role.HEAD and not member.blocked and hit.day >= self._since(member):
                yield _planned(member, key, at.due_iso, hit)

    def _wants(self, member: Recipient, hit: Hit) -> bool:
        wishes = member.wishes
        lead = int(hit.lead)
        leads = self._cadence.leads if wishes.leads is None else wishes.leads
        asked_since = wishes.since if wishes.leads is not None else None
        if lead >= 0 and (lead not in leads or (asked_since is not None and hit.day < asked_since)):
            return False
        return hit.day >= self._since(member)

    def _since(self, member: Recipient) -> dt.date:
        decided = member.membership.decided_at
        return self._hours.today(decided) if decided else dt.date.min

    def _still_open(self, scene: _Scene) -> Iterator[PlannedReminder]:
        for key, record in scene.records.items():
            if record.state is not DutyState.OPEN or record.open_since is None or key.agency_id not in scene.members:
                continue
            at = scene.view.occurrence(key.obligation_id, key.agency_id, key.occurrence)
            if at is None or at.day >= scene.joined.get(key.agency_id, scene.day):
                continue  # what lay ahead when the agency joined is reminded of as usual
            for hit in still_open_hits(record.open_since, scene.first, scene.day, scene.calendar):
                for member in recipients(scene.members[key.agency_id], scene.day, record.assignee):
                    if hit.day >= self._since(member) and not _snoozed(scene, member, key, hit.day):
                        yield _planned(member, key, at.due_iso, hit)

    def _after_snooze(self, scene: _Scene) -> Iterator[PlannedReminder]:
        """On the day until which somebody snoozed, one reminder that says how things stand."""
        for (person_id, key), (_, until) in scene.snoozes.items():
            day = scene.calendar.next_working(until)
            record = scene.records.get(key)
            if not scene.first <= day <= scene.day or (record is not None and record.state in SILENT):
                continue
            at = scene.view.occurrence(key.obligation_id, key.agency_id, key.occurrence)
            for member in scene.members.get(key.agency_id, ()):
                if at is not None and member.membership.person_id == person_id and not member.blocked:
                    yield _planned(member, key, at.due_iso, Hit(f"again-{until:%Y%m%d}", day))

    # -- one message a person and day ---------------------------------------------------------------------

    async def _gather(self, scene: _Scene, now: dt.datetime) -> int:
        wishes = {m.membership.person_id: m.wishes for ms in scene.members.values() for m in ms}
        people = 0
        moment = {id: self._hours.next_moment(now, w, scene.calendar) for id, w in wishes.items()}
        for _ in range(_ROUNDS_MAX):
            async with self._open() as work:
                loose = await work.ledger.loose(BATCH)
                if not loose:
                    return people
                at = {id: moment.get(id) or self._next(now, ReminderWishes(), scene) for id in loose}
                left = set(await work.ledger.gather([self._daily(id, at[id]) for id in loose], now))
                people += len(loose) - len(left)
            for id in left:  # today's message is out already: the next day's carries the rest
                day = self._hours.today(at[id])
                moment[id] = self._hours.following(day, wishes.get(id, ReminderWishes()), scene.calendar)
        return people

    def _next(self, now: dt.datetime, wishes: ReminderWishes, scene: _Scene) -> dt.datetime:
        return self._hours.next_moment(now, wishes, scene.calendar)

    def _daily(self, person_id: int, at: dt.datetime) -> NewMessage:
        day = self._hours.today(at)
        return NewMessage(f"daily:{person_id}:{day}", person_id, MessageKind.DAILY, {"day": day.isoformat()}, at)


#: A lead may move back over a long row of days off (Nowruz).
_LONGEST_BREAK_DAYS: Final = 40
#: Batches of people a run; far more than there are.
_ROUNDS_MAX: Final = 1000


class _Digest:
    """Of everything in order, piece by piece: as one text it would be the largest thing in memory."""

    def __init__(self) -> None:
        self._mark = hashlib.blake2s()

    def add(self, *parts: Iterable[object]) -> None:
        for part in parts:
            for one in part:
                self._mark.update(repr(one).encode())
            self._mark.update(b"|")

    def hexdigest(self) -> str:
        return self._mark.hexdigest()


def _first_day(day: dt.date, reached: Mapping[str, Any] | None, closed: Sequence[str]) -> dt.date:
    """The day after the last planned one, today at the latest: dates that were recorded since may begin today."""
    if reached is None:
        return day
    first = min(dt.date.fromisoformat(reached["day"]) + dt.timedelta(days=1), day)
    if list(closed) != list(reached.get("closures", ())):
        first = min(first, day - dt.timedelta(days=LOOK_BACK_DAYS))
    return max(first, day - dt.timedelta(days=LOOK_BACK_DAYS_MAX))


def _planned(member: Recipient, key: DutyKey, due: str, hit: Hit) -> PlannedReminder:
    return PlannedReminder(
        member.membership.person_id, key.agency_id, key.obligation_id, key.occurrence, due, hit.lead, hit.day
    )


def _snoozed(scene: _Scene, member: Recipient, key: DutyKey, day: dt.date) -> bool:
    span = scene.snoozes.get((member.membership.person_id, key))
    return span is not None and span[0] <= day < span[1]
