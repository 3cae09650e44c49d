"""The queue of updates: long polling with offsets and delivery to a webhook (Bot API, "Getting updates")."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.botapi.clock import Clock, Signal
from tests.support.botapi.errors import conflict

Json = dict[str, Any]
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
MAX_BATCH = 100
MAX_POLL_S = 50


@dataclass
class Webhook:
    """Where updates go instead of getUpdates, and how delivery fares."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_at: float | None = None
    last_error: str | None = None


@dataclass
class UpdateQueue:
    """Updates in order; one stays until its confirmation by a higher offset or by the webhook's 2xx."""

    clock: Clock
    pending: list[Json] = field(default_factory=list)
    allowed: list[str] | None = None
    webhook: Webhook | None = None
    changed: Signal = field(default_factory=Signal)
    confirmed: int = 0
    _next_id: int = 500_000_001
    _poll: int = 0

    def push(self, kind: str, payload: object) -> int | None:
        """Queue an update and return its id, or None when the bot did not ask for this kind."""
        if self.allowed is not None and kind not in self.allowed:
            return None
        if self.allowed is None and kind in NOT_BY_DEFAULT:
            return None
        return self.push_raw({kind: payload})

    def push_raw(self, fields: Json) -> int:
        """Queue an update as it is, however malformed; only ``update_id`` is added when missing."""
        update_id = self._next_id
        self._next_id += 1
        self.pending.append({"update_id": update_id} | fields)
        self.changed.fire()
        return update_id

    def allow(self, kinds: object) -> None:
        """Remember ``allowed_updates``; None leaves it as it was, an empty list means the default."""
        if isinstance(kinds, list):
            self.allowed = [str(kind) for kind in kinds] or None

    def confirm(self, update_ids: set[int]) -> None:
        """Forget updates that arrived."""
        before = len(self.pending)
        self.pending = [update for update in self.pending if update["update_id"] not in update_ids]
        self.confirmed += before - len(self.pending)
        self.changed.fire()

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Switch between polling and webhook; a running poll ends in a conflict."""
        self.webhook = webhook
        self._poll += 1
        self.changed.fire()

    async def poll(self, offset: int, limit: int, wait_s: int) -> list[Json]:
        """getUpdates: confirm what lies below the offset, then wait for updates.

        Raises ApiError 409 while a webhook is set, and in an older poll when a newer one arrives.
        """
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self._poll += 1
        mine = self._poll
        self.changed.fire()
        self._skip(offset)
        deadline = time.monotonic() + self.clock.real_s(min(max(wait_s, 0), MAX_POLL_S))
        while not self.pending and time.monotonic() < deadline:
            await self.changed.wait(deadline - time.monotonic())
            self._still_mine(mine)
        return self.pending[: min(max(limit, 1), MAX_BATCH)]

    def _skip(self, offset: int) -> None:
        below = self.pending[:offset] if offset < 0 else [one for one in self.pending if one["update_id"] < offset]
        if below:
            self.confirm({update["update_id"] for update in below})

    def _still_mine(self, poll: int) -> None:
        if self.webhook is not None:
            raise conflict("terminated by setWebhook request")
        if poll != self._poll:
            raise conflict("terminated by other getUpdates request; make sure that only one bot instance is running")


def chat_of(update: Json) -> object:
    """What a webhook keeps in order: the chat or person of an update."""
    for payload in update.values():
        if isinstance(payload, dict):
            place = payload.get("chat") or payload.get("from") or {}
            return place.get("id") if isinstance(place, dict) else None
    return None


async def settle(tasks: set[asyncio.Task[None]]) -> None:
    """Cancel tasks and wait for their end."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
