"""Becoming somebody who acts for an agency: by asking and an operator's approval, or by an invitation link."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from persiantools.jdatetime import JalaliDate

from reminders.book_keeping import Books
from reminders.directory import Directory, FoundAgency
from reminders.duty import DutyKey, DutyState
from reminders.ledger import MessageKind, NewMessage
from reminders.names import written_name
from reminders.obligations import Obligation
from reminders.occurrences import ONCE
from reminders.office_hours import OfficeHours
from reminders.people import (
    OPERATORS,
    Invitation,
    Membership,
    MemberState,
    Role,
    require_operator,
)
from reminders.ports import OpenWork, Work
from reminders.refusals import FinalRefusedError, RefusedError
from reminders.register_view import RegisterView
from reminders.written_words import written_basis, written_reason

__all__ = [
    "AcceptInvitation",
    "AskToJoin",
    "DecideJoining",
    "EndMembership",
    "FindAgencies",
    "Invite",
    "Invited",
    "IsLastOperator",
    "Joined",
    "OfferFirstOperator",
    "RevokeInvitation",
    "check_invitation_days",
]

INVITATION_DAYS_MAX: Final = 90
WORDS_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation; `token` is shown once and goes into the link (?start=i_<token>)."""

    token: str
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A membership that became active. `past`: duties whose date had passed before, for the person to sort out;
    `closed`: ids of the obligations that the introduction met.
    """

    membership: Membership
    agency_name: str
    past: tuple[DutyKey, ...] = ()
    closed: tuple[str, ...] = ()


class FindAgencies:
    """Agencies by name, typos included."""

    def __init__(self, open_work: OpenWork, books: Books) -> None:
        self._open, self._books = open_work, books

    async def __call__(self, words: str, limit: int = 8) -> list[FoundAgency]:
        async with self._open() as work:
            view = await self._books.view(work)
        return view.directory.find(words[:WORDS_MAX], limit)

    async def directory(self) -> Directory:
        """All agencies and classes, as imported by now."""
        async with self._open() as work:
            return (await self._books.view(work)).directory


class AskToJoin:
    """Somebody asks to represent an agency; every operator gets a message with buttons."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(
        self,
        person_id: int,
        agency_id: str,
        role: Role,
        *,
        name: str,
        legal_basis: str = "",
        introduced_on: JalaliDate | None = None,
    ) -> Membership:
        """A pending membership. RefusedError for an unknown agency, what is no name, a second request."""
        now = self._clock()
        if role is Role.OPERATOR:
            raise FinalRefusedError("remind-operators-only")
        name, legal_basis = written_name(name), written_basis(legal_basis)
        if introduced_on is not None and introduced_on > JalaliDate(self._hours.today(now)):
            raise RefusedError("remind-introduced-in-future")
        async with self._open() as work:
            view = await self._books.view(work)
            agency = view.directory.get(agency_id)
            if agency is None:
                raise RefusedError("remind-agency-unknown")
            membership = await work.members.ask(
                agency_id,
                person_id,
                role,
                name=name,
                legal_basis=legal_basis,
                introduced_on=introduced_on,
                at=now,
            )
            if membership is None:
                raise FinalRefusedError("remind-joined-already", agency=agency.name)
            facts: dict[str, object] = {"membership": membership.id, "agency": agency.name}
            await tell_operators(
                work, self._books, self._hours, f"joining:{membership.id}", MessageKind.JOINING, facts, now
            )
        return membership


class DecideJoining:
    """An operator approves or refuses; the person is told either way."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, operator_id: int, membership_id: int, approve: bool, *, reason: str = "") -> Joined:
        """RefusedError for others than operators, for what was decided before, and for refusing without a reason."""
        now = self._clock()
        reason = "" if approve else written_reason(reason)
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            membership = await work.members.get(membership_id)
            state = MemberState.ACTIVE if approve else MemberState.REFUSED
            if membership is None or not await work.members.decide(
                membership_id, state, by=operator_id, at=now, reason=reason
            ):
                raise FinalRefusedError("remind-decided-already")
            view = await self._books.view(work)
            joined = await _welcome(work, view, self._hours, membership, now) if approve else None
            agency = view.directory.get(membership.agency_id)
            facts = {
                "approved": approve,
                "agency_id": membership.agency_id,
                "agency": agency.name if agency else "",
                "reason": reason,
                "past": len(joined.past) if joined else 0,
                "closed": list(joined.closed) if joined else [],
                "role": membership.role.value,
            }
            wishes = await work.members.wishes(membership.person_id)
            at = self._hours.next_moment(now, wishes, await self._books.calendar(work))
            key = f"joined:{membership_id}"
            await work.ledger.add([NewMessage(key, membership.person_id, MessageKind.JOINED, facts, at)], now)
        return joined or Joined(membership, facts["agency"] if isinstance(facts["agency"], str) else "")


class Invite:
    """An operator makes a link: its first user becomes a member without further approval."""

    def __init__(
        self,
        open_work: OpenWork,
        books: Books,
        hours: OfficeHours,
        *,
        clock: Callable[[], dt.datetime],
        new_token: Callable[[], str],
    ) -> None:
        """`new_token` gives at least 128 random bits as A-Za-z0-9_- of at most 60 characters."""
        self._open, self._books, self._hours = open_work, books, hours
        self._clock, self._new_token = clock, new_token

    async def __call__(
        self,
        operator_id: int,
        agency_id: str,
        role: Role,
        *,
        days: int = 7,
        legal_basis: str = "",
        introduced_on: JalaliDate | None = None,
    ) -> Invited:
        """Valid for so many days, once. RefusedError for others than operators, an unknown agency, a letter from the
        future.
        """
        legal_basis = written_basis(legal_basis)
        check_invitation_days(days)
        now, token = self._clock(), self._new_token()
        if introduced_on is not None and introduced_on > JalaliDate(self._hours.today(now)):
            raise RefusedError("remind-introduced-in-future")
        expires_at = now + dt.timedelta(days=days)
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            view = await self._books.view(work)
            if (agency_id == OPERATORS) != (role is Role.OPERATOR) or (
                agency_id != OPERATORS and view.directory.get(agency_id) is None
            ):
                raise RefusedError("remind-agency-unknown")
            invitation = Invitation(
                digest_of(token), agency_id, role, legal_basis, introduced_on, operator_id, now, expires_at
            )
            await work.members.invite(invitation)
        return Invited(token, expires_at)


class RevokeInvitation:
    """An operator takes an invitation back by its digest (as the list shows it)."""

    def __init__(self, open_work: OpenWork, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._clock = open_work, clock

    async def pending(self, operator_id: int) -> list[Invitation]:
        """Invitations that can still be used."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            return await work.members.invitations(self._clock())

    async def __call__(self, operator_id: int, digest: str) -> None:
        """RefusedError when it was used or revoked before."""
        async with self._open() as work:
            require_operator(await work.members.of_person(operator_id))
            if not await work.members.revoke_invitation(digest, self._clock()):
                raise RefusedError("remind-invitation-gone")


class AcceptInvitation:
    """The first user of a link becomes a member."""

    def __init__(
        self, open_work: OpenWork, books: Books, hours: OfficeHours, *, clock: Callable[[], dt.datetime]
    ) -> None:
        self._open, self._books, self._hours, self._clock = open_work, books, hours, clock

    async def __call__(self, person_id: int, token: str, *, name: str) -> Joined:
        """RefusedError, the same for all, when it was forged, used, revoked or has expired; nothing is changed then."""
        return await self.opened(person_id, digest_of(token), name=name)

    async def open(self, person_id: int, token: str) -> str:
        """The digest of a link that the person may use, for `opened` once their name is known; uses nothing up.

        RefusedError as when it is used.
        """
        digest = digest_of(token)
        async with self._open() as work:
            invitation = await work.members.invitation(digest)
            if invitation is None:
                raise FinalRefusedError("remind-invitation-invalid")
            if any(m.agency_id == invitation.agency_id for m in await work.members.of_person(person_id)):
                agency = (await self._books.view(work)).directory.get(invitation.agency_id)
                raise FinalRefusedError("remind-joined-already", agency=agency.name if agency else "")
        if not invitation.is_usable(self._clock()):
            raise FinalRefusedError("remind-invitation-invalid")
        return digest

    async def opened(self, person_id: int, digest: str, *, name: str) -> Joined:
        """The person joins by a link that `open` gave. RefusedError as for a link, and for what is no name."""
        now, name = self._clock(), written_name(name)
        async with self._open() as work:
            invitation = await work.members.invitation(digest)
            if invitation is None or not await work.members.use_invitation(digest, now):
                raise FinalRefusedError("remind-invitation-invalid")
            view = await self._books.view(work)
            membership = await work.members.ask(
                invitation.agency_id,
                person_id,
                invitation.role,
                name=name,
                legal_basis=invitation.legal_basis,
                introduced_on=invitation.introduced_on,
                at=now,
            )
            agency = view.directory.get(invitation.agency_id)
            if membership is None:  # raising undoes the use of the link, too
                raise FinalRefusedError("remind-joined-already", agency=agency.name if agency else "")
            await work.members.decide(membership.id, MemberState.ACTIVE, by=invitation.made_by, at=now)
            active = replace(membership, state=MemberState.ACTIVE, decided_at=now)
            return await _welcome(work, view, self._hours, active, now)


class IsLastOperator:
    """Whether nobody would be an operator without this person."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open = open_work

    async def __call__(self, person_id: int) -> bool:
        async with self._open() as work:
            return {m.membership.person_id for m in await work.members.of_agency(OPERATORS)} == {person_id}


class OfferFirstOperator:
    """A one-time code that makes its user an operator, for whoever has the machine itself."""

    def __init__(self, open_work: OpenWork, *, clock: Callable[[], dt.datetime], new_token: Callable[[], str]) -> None:
        self._open, self._clock, self._new_token = open_work, clock, new_token

    async def __call__(self) -> str | None:
        """At a start: None when there is an operator already."""
        async with self._open() as work:
            return None if await work.members.of_agency(OPERATORS) else await self._offer(work)

    async def anew(self) -> str:
        """On command, whoever is an operator: they may all be gone or unable to come in."""
        async with self._open() as work:
            return await self._offer(work)

    async def _offer(self, work: Work) -> str:
        """The only one of its kind that can be used: the codes made before are void."""
        now, token = self._clock(), self._new_token()
        for old in await work.members.invitations(now):
            if old.agency_id == OPERATORS and old.made_by is None:
                await work.members.revoke_invitation(old.digest, now)
        expires_at = now + dt.timedelta(days=INVITATION_DAYS_MAX)
        await work.members.invite(
            Invitation(digest_of(token), OPERATORS, Role.OPERATOR, "", None, None, now, expires_at)
        )
        return token


class EndMembership:
    """An operator, or the person themselves, ends a membership; a request that waits is withdrawn by its person."""

    def __init__(self, open_work: OpenWork, *, clock: Callable[[], dt.datetime]) -> None:
        self._open, self._clock = open_work, clock

    async def __call__(self, by: int, membership_id: int) -> None:
        """RefusedError for what is not active, or not one's own. The last operator cannot go."""
        async with self._open() as work:
            membership = await work.members.get(membership_id)
            if membership is None:
                raise FinalRefusedError("remind-decided-already")
            if membership.person_id != by:
                require_operator(await work.members.of_person(by))
            if membership.role is Role.OPERATOR and len(await work.members.of_agency(OPERATORS)) == 1:
                raise RefusedError("remind-last-operator")
            waits = membership.state is MemberState.PENDING and membership.person_id == by
            state = MemberState.REFUSED if waits else MemberState.ENDED
            if not await work.members.decide(membership_id, state, by=by, at=self._clock()):
                raise FinalRefusedError("remind-decided-already")


def check_invitation_days(days: int) -> None:
    """RefusedError for other than 1 to 90 days."""
    if not 1 <= days <= INVITATION_DAYS_MAX:
        raise RefusedError("remind-invitation-days", max=INVITATION_DAYS_MAX)


def digest_of(token: str) -> str:
    """What stands for a secret in the database: SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


async def tell_operators(
    work: Work,
    books: Books,
    hours: OfficeHours,
    name: str,
    kind: MessageKind,
    facts: dict[str, object],
    now: dt.datetime,
) -> int:
    """One message to each operator, at their hours."""
    calendar = await books.calendar(work)
    messages = [
        NewMessage(
            f"{name}:{m.membership.person_id}",
            m.membership.person_id,
            kind,
            facts,
            hours.next_moment(now, m.wishes, calendar),
        )
        for m in await work.members.of_agency(OPERATORS)
    ]
    return await work.ledger.add(messages, now)


async def _welcome(
    work: Work, view: RegisterView, hours: OfficeHours, membership: Membership, now: dt.datetime
) -> Joined:
    """Closes what the introduction itself meets; finds what was past before."""
    agency = view.directory.get(membership.agency_id)
    if agency is None:
        return Joined(membership, "")
    closed = []
    if membership.role is Role.REPRESENTATIVE and membership.legal_basis:
        for obligation_id in view.directory.closed_by_introduction:
            obligation = view.register.by_id.get(obligation_id)
            bound = view.directory.bound_by(obligation) if obligation else None
            if agency.id in (bound or view.directory.introduced_without_limit(obligation_id)):
                key = DutyKey(agency.id, obligation_id, ONCE)
                await work.duties.mark(key, DutyState.DONE, by=membership.person_id, at=now)
                closed.append(obligation_id)
    if membership.role is Role.HEAD:  # who hears of nothing but what is overdue sorts nothing out
        return Joined(membership, agency.name, (), tuple(closed))
    said = {r.key for r in await work.duties.of_agencies([agency.id]) if r.state is not None}
    past = [key for key in past_duties(view, agency.id, hours.today(now)) if key not in said]
    return Joined(membership, agency.name, tuple(past), tuple(closed))


def past_duties(view: RegisterView, agency_id: str, day: dt.date) -> list[DutyKey]:
    """What binds the agency and was due once before a day (periodic obligations always have a next time)."""
    return [key for o in view.of_agency(agency_id) if (key := _past(view, o, agency_id, day)) is not None]


def _past(view: RegisterView, obligation: Obligation, agency_id: str, day: dt.date) -> DutyKey | None:
    due = view.dates(agency_id).due(obligation)
    return DutyKey(agency_id, obligation.id, ONCE) if due is not None and due.to_gregorian() < day else None
