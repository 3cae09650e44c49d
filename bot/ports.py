"""What the channels and the conversation ask of storage. Each call is one short transaction of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

__all__ = [
    "ChatFiles",
    "ChatLog",
    "Inbox",
    "InboxUpdate",
    "KeptState",
    "LoggedMessage",
    "People",
    "Person",
    "StateStore",
    "Wakeups",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on one platform. `id` is ours; (`platform`, `platform_id`) is theirs: ("telegram", 12345)."""

    id: int
    platform: str
    platform_id: int
    settings: Mapping[str, Any]
    blocked: bool = False


class People(Protocol):
    """Everybody who has written to the bot."""

    async def seen(self, platform: str, platform_id: int, at: dt.datetime) -> Person:
        """The person, made at first sight; marks them reachable again (`blocked` = False)."""
        ...

    async def save_settings(self, person_id: int, settings: Mapping[str, Any]) -> None: ...

    async def mark_blocked(self, platform: str, platform_id: int, at: dt.datetime) -> None: ...

    async def forget(self, person_id: int) -> Mapping[str, int]:
        """Deletes everything kept about the person, on every table; rows deleted by table name."""
        ...


class KeptState(NamedTuple):
    """State and data of one conversation."""

    state: str | None
    data: dict[str, Any]


class StateStore(Protocol):
    """Conversation state by a key `platform:bot_id:chat_id:person_platform_id[:…]`, as "telegram:42:77:77:default".

    Storage reads the first and the fourth part, so that `forget_person` finds every state of a person; a key of any
    other shape is a ValueError.
    """

    async def get(self, key: str) -> KeptState:
        """Both in one reading; a conversation without either has (None, {})."""
        ...

    async def set_state(self, key: str, state: str | None) -> None: ...
    async def set_data(self, key: str, data: Mapping[str, Any]) -> None: ...
    async def forget_person(self, platform: str, platform_id: int) -> int: ...


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """One raw update as a Bot API server gave it, personal data masked.

    `started`: the attempt that is about to be made is among the `attempts`.
    """

    id: int
    platform: str
    update_id: int
    payload: Mapping[str, Any]
    attempts: int
    started: bool = False


class Inbox(Protocol):
    """Updates taken over from a platform and not lost again: stored first, confirmed to the platform after."""

    async def put(
        self,
        platform: str,
        updates: Sequence[tuple[int, Mapping[str, Any]]],
        at: dt.datetime,
        *,
        started: bool = False,
    ) -> list[InboxUpdate]:
        """Stores what was not seen before, in one transaction; returns just those, in order.

        `started` counts the first attempt along with it: for what is handled as soon as it is stored.
        """
        ...

    async def pending(self, platform: str, limit: int) -> list[InboxUpdate]:
        """Updates without an outcome, oldest first (after a crash: what to feed again)."""
        ...

    async def started(self, ids: Sequence[int]) -> None:
        """Counts one attempt for each."""
        ...

    async def finished(self, id: int, outcome: str, at: dt.datetime) -> None:
        """outcome: handled | unreadable | failed. The payload is dropped; the row stays against repeats for a day."""
        ...

    async def last_update_id(self, platform: str) -> int | None: ...

    async def counts(self, platform: str) -> Mapping[str, int]:
        """Rows by outcome (pending under "pending")."""
        ...


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """One message of a chat that we keep ourselves (the web). `body` is JSON as the page takes it."""

    chat_id: int
    message_id: int
    from_bot: bool
    body: Mapping[str, Any]
    sent_at: dt.datetime
    edited_at: dt.datetime | None = None


class ChatLog(Protocol):
    """Messages of the in-process channel, kept and shown at the next visit."""

    async def append(self, chat_id: int, from_bot: bool, body: Mapping[str, Any], at: dt.datetime) -> LoggedMessage:
        """Gives the next message id of this chat (1, 2, 3…), safe under concurrency."""
        ...

    async def edit(
        self, chat_id: int, message_id: int, body: Mapping[str, Any], at: dt.datetime
    ) -> LoggedMessage | None: ...

    async def delete(self, chat_id: int, message_id: int) -> bool: ...
    async def get(self, chat_id: int, message_id: int) -> LoggedMessage | None: ...
    async def history(self, chat_id: int, *, limit: int, before: int | None = None) -> list[LoggedMessage]:
        """The newest `limit` messages (before a message id), oldest first."""
        ...

    async def forget(self, chat_id: int) -> int: ...


class ChatFiles(Protocol):
    """Files of the chats that we keep ourselves; only their own chat has them."""

    async def keep(self, chat_id: int, name: str, content: bytes) -> str:
        """The key under which the chat finds it; `name` gives at most the key's ending."""
        ...

    async def read(self, chat_id: int, key: str) -> bytes | None:
        """None for what the chat does not have."""
        ...

    async def forget(self, chat_id: int) -> None: ...


class Wakeups(Protocol):
    """Rings for what happens by itself; both return at once."""

    def plan_soon(self) -> None:
        """Something changed that planning reads."""
        ...

    def send_soon(self) -> None:
        """A message was put into the ledger."""
        ...
