"""Agencies that operators brought in, and who acts for which: the ports `reminders.ports.Agencies` and `Members`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from persiantools.jdatetime import JalaliDate
from sqlalchemy import Row, Select, delete, func, insert, select, update

from reminders.directory import Agency
from reminders.jalali import iso, parse_iso
from reminders.people import OPERATORS, Invitation, Membership, MemberState, Recipient, ReminderWishes, Role
from storage.columns import is_key
from storage.database import Transactions
from storage.models import PersonRow
from storage.reminder_models import AgencyRow, InvitationRow, MembershipRow
from storage.statements import PerDialect

__all__ = ["SqlAgencies", "SqlMembers"]

_M = MembershipRow
_MEMBERSHIP = (
    _M.id,
    _M.agency_id,
    _M.person_id,
    _M.role,
    _M.state,
    _M.name,
    _M.legal_basis,
    _M.introduced_on,
    _M.requested_at,
    _M.decided_at,
    _M.away_until,
)
_INVITATION = (
    InvitationRow.digest,
    InvitationRow.agency_id,
    InvitationRow.role,
    InvitationRow.legal_basis,
    InvitationRow.introduced_on,
    InvitationRow.made_by,
    InvitationRow.made_at,
    InvitationRow.expires_at,
    InvitationRow.used_at,
    InvitationRow.revoked_at,
)
_ASK = PerDialect(lambda insert: insert(_M).on_conflict_do_nothing().returning(_M.id))
_LIVE: Final = (MemberState.PENDING.value, MemberState.ACTIVE.value)
#: Which state a decision may follow.
_FROM: Final = {
    MemberState.ACTIVE: MemberState.PENDING,
    MemberState.REFUSED: MemberState.PENDING,
    MemberState.ENDED: MemberState.ACTIVE,
}


class SqlAgencies:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def imported(self) -> list[Agency]:
        async with self._transactions.read() as connection:
            rows = (await connection.execute(select(AgencyRow.__table__).order_by(AgencyRow.id))).all()
        return [Agency(r.id, r.name, tuple(r.aliases), r.parent, tuple(r.classes)) for r in rows]

    async def put(self, agencies: Sequence[Agency]) -> None:
        if not agencies:
            return
        async with self._transactions.write() as connection:
            await connection.execute(delete(AgencyRow).where(AgencyRow.id.in_([a.id for a in agencies])))
            await connection.execute(
                insert(AgencyRow),
                [
                    {
                        "id": a.id,
                        "name": a.name,
                        "aliases": list(a.aliases),
                        "parent": a.parent,
                        "classes": list(a.classes),
                    }
                    for a in agencies
                ],
            )


class SqlMembers:
    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def of_person(self, person_id: int) -> list[Membership]:
        return await self._memberships(
            select(*_MEMBERSHIP).where(_M.person_id == person_id, _M.state.in_(_LIVE)).order_by(_M.id)
        )

    async def of_agency(self, agency_id: str) -> list[Recipient]:
        return await self._recipients(_M.agency_id == agency_id)

    async def all_active(self) -> list[Recipient]:
        return await self._recipients(_M.agency_id != OPERATORS)

    async def joined(self) -> Mapping[str, dt.datetime]:
        first = (
            select(_M.agency_id, func.min(_M.decided_at, type_=_M.decided_at.type).label("first"))
            .where(_M.state.in_((MemberState.ACTIVE.value, MemberState.ENDED.value)), _M.agency_id != OPERATORS)
            .group_by(_M.agency_id)
        )
        async with self._transactions.read() as connection:
            return {row.agency_id: row.first for row in await connection.execute(first) if row.first is not None}

    async def get(self, membership_id: int) -> Membership | None:
        if not is_key(membership_id):
            return None
        found = await self._memberships(select(*_MEMBERSHIP).where(_M.id == membership_id))
        return found[0] if found else None

    async def ask(
        self,
        agency_id: str,
        person_id: int,
        role: Role,
        *,
        name: str,
        legal_basis: str,
        introduced_on: JalaliDate | None,
        at: dt.datetime,
    ) -> Membership | None:
        values = {
            "agency_id": agency_id,
            "person_id": person_id,
            "role": role.value,
            "state": MemberState.PENDING.value,
            "name": name,
            "legal_basis": legal_basis,
            "introduced_on": _text(introduced_on),
            "requested_at": at,
            "reason": "",
        }
        async with self._transactions.write() as connection:
            id = (await connection.execute(_ASK.on(connection), values)).scalar_one_or_none()
        if id is None:
            return None
        return Membership(id, agency_id, person_id, role, MemberState.PENDING, name, legal_basis, introduced_on, at)

    async def decide(
        self, membership_id: int, state: MemberState, *, by: int | None, at: dt.datetime, reason: str = ""
    ) -> bool:
        if not is_key(membership_id):
            return False
        values: dict[str, Any] = {"state": state.value, "decided_by": by, "reason": reason}
        if state is not MemberState.ENDED:
            values["decided_at"] = at  # an ended membership still says since when the agency was served
        change = update(_M).where(_M.id == membership_id, _M.state == _FROM[state].value).values(**values)
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def pending(self) -> list[Membership]:
        return await self._memberships(
            select(*_MEMBERSHIP).where(_M.state == MemberState.PENDING.value).order_by(_M.id)
        )

    async def introductions(self, agency_id: str) -> list[Membership]:
        return await self._memberships(
            select(*_MEMBERSHIP)
            .where(
                _M.agency_id == agency_id,
                _M.role == Role.REPRESENTATIVE.value,
                _M.state.in_((MemberState.ACTIVE.value, MemberState.ENDED.value)),
                _M.legal_basis != "",
            )
            .order_by(_M.id)
        )

    async def set_away(self, person_id: int, until: dt.date | None) -> int:
        change = (
            update(_M)
            .where(_M.person_id == person_id, _M.state == MemberState.ACTIVE.value, _M.agency_id != OPERATORS)
            .values(away_until=until)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount

    async def rename(self, person_id: int, name: str) -> int:
        change = update(_M).where(_M.person_id == person_id, _M.state.in_(_LIVE)).values(name=name)
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount

    async def names(self, person_ids: Collection[int]) -> Mapping[int, str]:
        named = (
            select(_M.person_id, _M.name)
            .where(_M.person_id.in_(person_ids), _M.state.in_(_LIVE), _M.name != "")
            .order_by(_M.id)
        )
        async with self._transactions.read() as connection:
            return {row.person_id: row.name for row in await connection.execute(named)}

    async def invite(self, invitation: Invitation) -> None:
        i = invitation
        values = {
            "digest": i.digest,
            "agency_id": i.agency_id,
            "role": i.role.value,
            "legal_basis": i.legal_basis,
            "introduced_on": _text(i.introduced_on),
            "made_by": i.made_by,
            "made_at": i.made_at,
            "expires_at": i.expires_at,
        }
        async with self._transactions.write() as connection:
            await connection.execute(insert(InvitationRow), values)

    async def invitation(self, digest: str) -> Invitation | None:
        async with self._transactions.read() as connection:
            row = (await connection.execute(select(*_INVITATION).where(InvitationRow.digest == digest))).one_or_none()
        return _invitation(row) if row else None

    async def invitations(self, at: dt.datetime) -> list[Invitation]:
        usable = (
            select(*_INVITATION)
            .where(InvitationRow.used_at.is_(None), InvitationRow.revoked_at.is_(None), InvitationRow.expires_at > at)
            .order_by(InvitationRow.made_at)
        )
        async with self._transactions.read() as connection:
            return [_invitation(row) for row in await connection.execute(usable)]

    async def use_invitation(self, digest: str, at: dt.datetime) -> bool:
        return await self._close_invitation(digest, {"used_at": at}, InvitationRow.expires_at > at)

    async def revoke_invitation(self, digest: str, at: dt.datetime) -> bool:
        return await self._close_invitation(digest, {"revoked_at": at})

    async def _close_invitation(self, digest: str, values: dict[str, Any], *where: Any) -> bool:
        change = (
            update(InvitationRow)
            .where(
                InvitationRow.digest == digest,
                InvitationRow.used_at.is_(None),
                InvitationRow.revoked_at.is_(None),
                *where,
            )
            .values(**values)
        )
        async with self._transactions.write() as connection:
            return (await connection.execute(change)).rowcount > 0

    async def wishes(self, person_id: int) -> ReminderWishes:
        async with self._transactions.read() as connection:
            settings = (
                await connection.execute(select(PersonRow.settings).where(PersonRow.id == person_id))
            ).scalar_one_or_none()
        return ReminderWishes.of(settings or {})

    async def save_wishes(self, person_id: int, wishes: ReminderWishes) -> None:
        async with self._transactions.write() as connection:
            settings = (
                await connection.execute(select(PersonRow.settings).where(PersonRow.id == person_id).with_for_update())
            ).scalar_one_or_none()
            if settings is not None:
                changed = {**settings, "reminders": wishes.as_settings()}
                await connection.execute(update(PersonRow).where(PersonRow.id == person_id).values(settings=changed))

    async def _memberships(self, statement: Select[*tuple[Any, ...]]) -> list[Membership]:
        async with self._transactions.read() as connection:
            return [_membership(row) for row in await connection.execute(statement)]

    async def _recipients(self, where: Any) -> list[Recipient]:
        statement = (
            select(*_MEMBERSHIP, PersonRow.settings, PersonRow.blocked_at)
            .join(PersonRow, PersonRow.id == _M.person_id)
            .where(where, _M.state == MemberState.ACTIVE.value)
            .order_by(_M.id)
        )
        async with self._transactions.read() as connection:
            rows = (await connection.execute(statement)).all()
        return [Recipient(_membership(r), ReminderWishes.of(r.settings), r.blocked_at is not None) for r in rows]


def _membership(row: Row[*tuple[Any, ...]]) -> Membership:
    return Membership(
        id=row.id,
        agency_id=row.agency_id,
        person_id=row.person_id,
        role=Role(row.role),
        state=MemberState(row.state),
        name=row.name,
        legal_basis=row.legal_basis,
        introduced_on=_date(row.introduced_on),
        requested_at=row.requested_at,
        decided_at=row.decided_at,
        away_until=row.away_until,
    )


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        digest=row.digest,
        agency_id=row.agency_id,
        role=Role(row.role),
        legal_basis=row.legal_basis,
        introduced_on=_date(row.introduced_on),
        made_by=row.made_by,
        made_at=row.made_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )


def _text(date: JalaliDate | None) -> str | None:
    return None if date is None else iso(date)


def _date(text: str | None) -> JalaliDate | None:
    return None if text is None else parse_iso(text)
