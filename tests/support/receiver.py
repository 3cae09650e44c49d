"""A Standard Webhooks receiver that keeps ids, with the faults that receivers have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from standardwebhooks.webhooks import Webhook

__all__ = ["SECRET", "Receiver", "receiving"]

SECRET = "whsec_" + "cmFoeWFyLXRlc3RzLW9ubHktc2VjcmV0LTEyMzQ="


@dataclass
class Receiver:
    """`events` are those accepted, in the order of their first coming; `behave` decides what an arrival meets:

    a status, "lost" (accepted, then the connection dies), or None for 200.
    """

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    arrivals: list[str] = field(default_factory=list)
    behave: Callable[[int], int | str | None] = lambda number: None
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""
    check_times: bool = False

    async def take(self, request: web.Request) -> web.StreamResponse:
        body = (await request.read()).decode()
        id = request.headers["webhook-id"]
        if self.check_times:
            Webhook(SECRET).verify(body, dict(request.headers))
        self.arrivals.append(id)
        fate = self.behave(len(self.arrivals))
        if isinstance(fate, int):
            return web.Response(status=fate, headers=self.headers)
        self.events.setdefault(id, json.loads(body))
        if fate == "lost":
            assert request.transport is not None
            request.transport.abort()
        if fate == "slow":
            await asyncio.sleep(1)
        return web.Response()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """On a free port of the loopback."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()
