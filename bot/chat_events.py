"""What happens in the chats of the in-process channel, told to whoever looks at one of them right now.

Owns live subscriptions in this process only. What must outlast a moment is in the `ChatLog`; a page that was away
reads it there.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

from bot.ports import LoggedMessage

__all__ = ["ChatEvents", "Event", "EventKind", "Subscription"]

EventKind = Literal["message", "edit", "delete", "typing", "toast", "inline_results"]

#: Events that may wait for a slow reader before it is cut off and has to come back to the log.
WAITING_MAX = 512


@dataclass(frozen=True, slots=True)
class Event:
    """One happening. `message` with message and edit; `message_id` with those and delete; `text` and `alert` with
    toast.
    """

    kind: EventKind
    chat_id: int
    message: LoggedMessage | None = None
    message_id: int | None = None
    text: str = ""
    alert: bool = False
    results: Sequence[Mapping[str, Any]] = ()


class Subscription:
    """Events of one chat from now on: `async for event in subscription`. Ends when closed or when the reader is too
    slow.

    Also a context manager that closes itself. Events that came before the end are still handed out.
    """

    def __init__(self, events: ChatEvents, chat_id: int) -> None:
        self._events, self._chat_id = events, chat_id
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._closed = False

    def put(self, event: Event) -> None:
        """Hands the event over; closes the subscription when its reader is `WAITING_MAX` events behind."""
        if self._queue.qsize() >= WAITING_MAX:
            self.close()
        elif not self._closed:
            self._queue.put_nowait(event)

    def close(self) -> None:
        """No more events come after those that wait. May be called again."""
        if not self._closed:
            self._closed = True
            self._queue.put_nowait(None)
            self._events.remove(self._chat_id, self)

    def next_waiting(self) -> Event | None:
        """The next event that waits already, None when there is none; never waits itself."""
        return None if self._queue.empty() else self._queue.get_nowait()

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> Event:
        if self._closed and self._queue.empty():
            raise StopAsyncIteration
        event = await self._queue.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class ChatEvents:
    """Subscriptions by chat."""

    def __init__(self) -> None:
        self._subscriptions: defaultdict[int, list[Subscription]] = defaultdict(list)

    def subscribe(self, chat_id: int) -> Subscription:
        """Every event of the chat published after this call."""
        subscription = Subscription(self, chat_id)
        self._subscriptions[chat_id].append(subscription)
        return subscription

    def publish(self, event: Event) -> None:
        """Tells every subscriber of the chat; nobody waits for anybody."""
        for subscription in tuple(self._subscriptions.get(event.chat_id, ())):
            subscription.put(event)

    def remove(self, chat_id: int, subscription: Subscription) -> None:
        """Forgets a subscription; `Subscription.close` calls it."""
        left = self._subscriptions.get(chat_id, [])
        if subscription in left:
            left.remove(subscription)
        if not left:
            self._subscriptions.pop(chat_id, None)

    def close(self) -> None:
        """Ends every subscription (the process stops; pages come back by themselves)."""
        for subscriptions in list(self._subscriptions.values()):
            for subscription in tuple(subscriptions):
                subscription.close()

    @property
    def watched(self) -> int:
        """Chats that somebody looks at now."""
        return len(self._subscriptions)
