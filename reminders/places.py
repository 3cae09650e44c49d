"""Where a person stands: the agencies they act for or asked to join, and who else acts there."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.persian_order import persian_order
from reminders.book_keeping import Books
from reminders.people import OPERATORS, Membership, MemberState, Role, require_member
from reminders.ports import OpenWork

__all__ = ["ListColleagues", "ListPlaces", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A membership, pending or active, with its agency's name ("" for the operators)."""

    membership: Membership
    agency_name: str


class ListPlaces:
    """Every place of a person, the operators' first."""

    def __init__(self, open_work: OpenWork, books: Books) -> None:
        self._open, self._books = open_work, books

    async def __call__(self, person_id: int) -> list[Place]:
        async with self._open() as work:
            mine = await work.members.of_person(person_id)
            view = await self._books.view(work)
        places = []
        for membership in mine:
            agency = view.directory.get(membership.agency_id)
            places.append(Place(membership, agency.name if agency else ""))
        return sorted(
            places, key=lambda place: (place.membership.agency_id != OPERATORS, persian_order(place.agency_name))
        )


class ListColleagues:
    """Who a duty of an agency can be handed to: its representatives and deputies, without the person who asks."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open = open_work

    async def __call__(self, person_id: int, agency_id: str) -> list[Membership]:
        """By name; RefusedError for who does not act for the agency."""
        async with self._open() as work:
            require_member(await work.members.of_person(person_id), agency_id)
            members = [m.membership for m in await work.members.of_agency(agency_id) if not m.blocked]
        others = [
            m for m in members if m.person_id != person_id and m.role is not Role.HEAD and m.state is MemberState.ACTIVE
        ]
        return sorted(others, key=lambda m: persian_order(m.name))
