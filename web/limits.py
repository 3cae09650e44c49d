"""How much one visitor and one network address may ask for. A limit, not state: a restart forgets it."""

from __future__ import annotations

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from web.problems import Problem

__all__ = ["RateLimits", "address_of"]

RETRY_AFTER_S = 20


def address_of(request: Request) -> str:
    """The network address that asks, as uvicorn gives it (behind a proxy on this machine: the one the proxy names)."""
    return request.client.host if request.client else "-"


class RateLimits:
    """Counts in sliding windows of a minute (strategy and storage of the `limits` library)."""

    def __init__(self, storage: Storage, *, per_person: int, per_address: int) -> None:
        """Both are requests a minute; `storage` is shared by all workers, or memory for one."""
        self._limiter = SlidingWindowCounterRateLimiter(storage)
        self._per_person = RateLimitItemPerMinute(per_person)
        self._per_address = RateLimitItemPerMinute(per_address)

    async def check(self, request: Request, person_id: int | None) -> None:
        """Counts one request; Problem 429 when the person or the address has had its share."""
        allowed = await self._limiter.hit(self._per_address, "address", address_of(request))
        if allowed and person_id is not None:
            allowed = await self._limiter.hit(self._per_person, "person", str(person_id))
        if not allowed:
            raise Problem(429, "too_many_requests", "web-too-many-requests", retry_after_s=RETRY_AFTER_S)
