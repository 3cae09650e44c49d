"""The live side of the chat page: server-sent events that lose nothing over a break of the line or of this process.

A page that comes back names the last event that it got. First it gets what changed since then, read from the chat log,
together with the ids of all messages of the stretch that it shows (what is missing was deleted); then what happens from
now on. Doubles are harmless: every event carries the whole message, and the page keeps one of each id.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from bot.chat_events import Event, Subscription
from bot.ports import ChatLog, LoggedMessage

__all__ = ["Streams", "chat_stream", "message_json", "parse_token"]

#: A comment goes out this often, so that proxies and phones keep the line.
KEEP_ALIVE_S = 15.0
#: Messages of the newest stretch that a page gets at least.
WINDOW = 50
#: What was written this long before the last event that the page got is sent again: commits may overtake one another.
OVERLAP = dt.timedelta(seconds=10)
#: Chats open at once in one browser; more is no person.
STREAMS_OF_PERSON_MAX = 12


class Streams:
    """Open streams of this process, so that a stopping server can end them (pages come back by themselves)."""

    def __init__(self) -> None:
        self._open: dict[Subscription, int] = {}
        self._of_person: Counter[int] = Counter()
        self._closed = False

    @property
    def count(self) -> int:
        return len(self._open)

    def admits(self, person_id: int) -> bool:
        """False while the server stops, and for a person with too many pages open."""
        return not self._closed and self._of_person[person_id] < STREAMS_OF_PERSON_MAX

    def add(self, subscription: Subscription, person_id: int) -> None:
        self._open[subscription] = person_id
        self._of_person[person_id] += 1
        if self._closed:
            subscription.close()

    def remove(self, subscription: Subscription) -> None:
        person_id = self._open.pop(subscription)
        self._of_person[person_id] -= 1
        if not self._of_person[person_id]:
            del self._of_person[person_id]

    def close(self) -> None:
        """Ends every stream and admits no more."""
        self._closed = True
        for subscription in tuple(self._open):
            subscription.close()


async def chat_stream(
    subscribe: Callable[[int], Subscription],
    awaits: Callable[[int], Awaitable[str]],
    log: ChatLog,
    streams: Streams,
    person_id: int,
    *,
    after: dt.datetime | None,
    shown: int,
    version: str,
) -> AsyncIterator[bytes]:
    """Frames of one page's stream. `after`: time of its last event, None at first; `shown`: messages on the page.

    Every frame with messages says what the bot awaits next: a question (""), the "reference" of a provision, an answer
    in "words", or one with "files".
    """
    with subscribe(person_id) as subscription:
        streams.add(subscription, person_id)
        try:
            yield await _sync(log, person_id, after, shown, version, awaits=await awaits(person_id))
            while True:
                try:
                    event = await asyncio.wait_for(anext(subscription), KEEP_ALIVE_S)
                except TimeoutError:
                    yield b": \n\n"
                except StopAsyncIteration:
                    return
                else:
                    spoken = event.message is not None and event.message.from_bot
                    yield _frame_of(event, awaits=await awaits(person_id) if spoken else None)
        finally:
            streams.remove(subscription)


def parse_token(token: str | None) -> dt.datetime | None:
    """The time that an event id stands for; None for none and for one that is not ours."""
    if not token or not token.isascii() or not token.isdigit() or len(token) > 17:
        return None
    return dt.datetime.fromtimestamp(int(token) / 1e6, dt.UTC)


def message_json(message: LoggedMessage) -> dict[str, Any]:
    """One message as the page takes it."""
    return {
        "id": message.message_id,
        "mine": not message.from_bot,
        "body": dict(message.body),
        "at": message.sent_at.isoformat(),
    }


async def _sync(
    log: ChatLog, person_id: int, after: dt.datetime | None, shown: int, version: str, *, awaits: str
) -> bytes:
    window = await log.history(person_id, limit=max(WINDOW, shown + WINDOW // 2))
    since = None if after is None else after - OVERLAP
    changed = [m for m in window if since is None or _changed_at(m) >= since]
    known = max((_changed_at(m) for m in window), default=after)
    return _frame(
        "sync",
        {
            "ids": [m.message_id for m in window],
            "messages": [message_json(m) for m in changed],
            "more": bool(window) and window[0].message_id > 1,
            "version": version,
            "awaits": awaits,
        },
        known,
    )


def _changed_at(message: LoggedMessage) -> dt.datetime:
    return message.edited_at or message.sent_at


def _frame_of(event: Event, *, awaits: str | None) -> bytes:
    if event.message is not None:
        said = {} if awaits is None else {"awaits": awaits}
        return _frame(event.kind, message_json(event.message) | said, _changed_at(event.message))
    if event.kind == "delete":
        return _frame("delete", {"id": event.message_id}, None)
    if event.kind == "toast":
        return _frame("toast", {"text": event.text, "alert": event.alert}, None)
    if event.kind == "typing":
        return _frame("typing", {}, None)
    return b": \n\n"  # inline results are asked for in no page


def _frame(name: str, data: Mapping[str, Any], at: dt.datetime | None) -> bytes:
    token = f"id: {int(at.timestamp() * 1e6)}\n" if at is not None else ""
    return f"event: {name}\n{token}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
