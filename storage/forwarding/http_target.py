"""An HTTP endpoint by the rules of Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks).

POST with `webhook-id`, `webhook-timestamp` and `webhook-signature` over "id.timestamp.body"; 2xx accepts, 410 stops the
target, 429 (and 502, 504) slow it, redirects are failures: they could lead into private networks. 30 seconds a try.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
from standardwebhooks.webhooks import Webhook

from storage.columns import to_json
from surveys.events import Event, envelope
from surveys.forwarding import Failure, Sent, Trouble

__all__ = ["HttpTarget"]

TIMEOUT_S: Final = 30.0
#: A receiver cannot make us wait longer than this.
RETRY_AFTER_MAX_S: Final = 3600.0
RETRY_AFTER_DEFAULT_S: Final = 30.0
SLOWING: Final = frozenset({429, 502, 504})
#: Sends a pass and service, so that one lane does not outlive its lease.
LANE_MAX: Final = 50


class HttpTarget:
    """`secret` is the endpoint's, "whsec_" and base64. One event at a time and service."""

    by_service: Final = True

    def __init__(
        self, name: str, url: str, secret: str, *, clock: Callable[[], dt.datetime], timeout_s: float = TIMEOUT_S
    ) -> None:
        self.name: Final = name
        self._url, self._webhook, self._clock, self._timeout_s = url, Webhook(secret), clock, timeout_s
        self._client = httpx.AsyncClient(follow_redirects=False, timeout=timeout_s, trust_env=False)

    async def send(self, events: Sequence[Event]) -> Sent:
        count = 0
        for event in events[:LANE_MAX]:
            failure = await self._post(event)
            if failure is not None:
                return Sent(count, failure)
            count += 1
        return Sent(count)

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, event: Event) -> Failure | None:
        body = to_json(_message(event))
        now = self._clock()
        headers = {
            "content-type": "application/json",
            "webhook-id": event.uid,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(event.uid, now, body),
        }
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                self._client.stream("POST", self._url, content=body.encode(), headers=headers) as answer,
            ):
                return self._understood(answer)
        except TimeoutError:
            return Failure(Trouble.REFUSED, f"no answer in {self._timeout_s:.0f} s")
        except httpx.HTTPError as error:
            return Failure(Trouble.REFUSED, f"{type(error).__name__}: {error}"[:200])

    def _understood(self, answer: httpx.Response) -> Failure | None:
        """The status says all; the body is not read."""
        status = answer.status_code
        if 200 <= status < 300:
            return None
        if status == 410:
            return Failure(Trouble.STOPPED, "410 Gone")
        if status in SLOWING:
            return Failure(Trouble.SLOWED, f"HTTP {status}", self._retry_after_s(answer.headers.get("retry-after", "")))
        return Failure(Trouble.REFUSED, f"HTTP {status}")

    def _retry_after_s(self, header: str) -> float:
        """Seconds or an HTTP date (RFC 9110, §10.2.3), within reason."""
        try:
            seconds = (
                float(header) if header.isdigit() else (parsedate_to_datetime(header) - self._clock()).total_seconds()
            )
        except (ValueError, TypeError):
            return RETRY_AFTER_DEFAULT_S
        return min(max(seconds, 1.0), RETRY_AFTER_MAX_S)


def _message(event: Event) -> dict[str, object]:
    """`timestamp` is the event's day: the time of a response is not told."""
    whole = envelope(event)
    return {"type": whole["type"], "timestamp": f"{whole['day']}T00:00:00Z", "data": whole["data"]}
