"""What the last answer of a conversation leaves to be referred to."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers import Intent, Status
from knowledge.limit_lists import LimitQuery
from knowledge.provisions import Address

__all__ = ["NOTHING", "OnTable"]


@dataclass(frozen=True, slots=True)
class OnTable:
    """What a follow-up may mean.

    `shown`: the provision that is quoted («مهلتش»); `listed`: provisions in the order in which they are named («دومی»);
    `asked` and `status`: what the last question was after and how it ended; `words`: that question as understood;
    `actor`: the official name of the body whose list it was; `listing`: which limits were listed.
    """

    shown: Address | None = None
    listed: tuple[Address, ...] = ()
    asked: Intent = Intent.NONE
    status: Status | None = None
    words: tuple[str, ...] = ()
    actor: str | None = None
    listing: LimitQuery | None = None


#: At the beginning of a conversation.
NOTHING = OnTable()
