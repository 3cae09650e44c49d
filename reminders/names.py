"""What the people of agencies are called towards their colleagues and the operators."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from reminders.people import Membership
from reminders.ports import OpenWork
from reminders.refusals import FinalRefusedError, RefusedError

__all__ = ["NAME_MAX", "NAME_MIN", "NamePerson", "is_nameless", "name_of", "written_name"]

#: Characters.
NAME_MIN, NAME_MAX = 2, 60
#: What joins the letters of a name: spaces, half-spaces, hyphens, and dots behind initials.
_JOINING: Final = frozenset(" \u200c-.'’")


def written_name(text: str) -> str:
    """The name without needless spaces. RefusedError unless it has 2 to 60 characters and is made of letters."""
    name = " ".join(text.split()).strip("\u200c")
    if not name:
        raise RefusedError("remind-name-missing")
    letters = sum(unicodedata.category(c).startswith("L") for c in name)
    plain = all(c in _JOINING or unicodedata.category(c)[0] in "LM" for c in name)
    if not NAME_MIN <= len(name) <= NAME_MAX or letters < NAME_MIN or not plain:
        raise RefusedError("remind-name", min=NAME_MIN, max=NAME_MAX)
    return name


def name_of(memberships: Iterable[Membership]) -> str:
    """What one person's memberships call them; "" while none has a name."""
    return next((m.name for m in memberships if m.name), "")


def is_nameless(memberships: Iterable[Membership]) -> bool:
    """Whether somebody would see one of these places without a name: it came from a platform that gives none."""
    return any(not m.name for m in memberships)


class NamePerson:
    """A person says what they are called, in every place of theirs."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open = open_work

    async def __call__(self, person_id: int, name: str) -> str:
        """The name as it is shown from now on. RefusedError for no name and for who has no place."""
        written = written_name(name)
        async with self._open() as work:
            if not await work.members.rename(person_id, written):
                raise FinalRefusedError("remind-not-a-member")
        return written
