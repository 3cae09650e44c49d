"""Delivery to the webhook: POST with the secret header, in order within a chat, retried until a 2xx ("setWebhook")."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.support.botapi.errors import bad_request
from tests.support.botapi.updates import UpdateQueue, Webhook, chat_of, settle

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PORTS = (80, 88, 443, 8443)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_RETRY_S = 64.0
Answer = Callable[[dict[str, Any]], Awaitable[None]]


def check_webhook(webhook: Webhook) -> None:
    """Telegram's rules for address, port and secret; plain HTTP on any port is allowed on the loopback only."""
    parts = urlsplit(webhook.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname not in LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(webhook.secret_token) > 256:
        raise bad_request("secret token is too long")
    if not all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in webhook.secret_token):
        raise bad_request("secret token contains unallowed characters")


class Courier:
    """Carries pending updates to the webhook for as long as one is set."""

    def __init__(self, queue: UpdateQueue, answer: Answer) -> None:
        self._queue = queue
        self._answer = answer
        self._flying: dict[object, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def run(self) -> None:
        """Until cancelled: start a delivery for the first pending update of every chat that has none under way."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
            self._session = session
            try:
                while True:
                    self._start_due()
                    await self._queue.changed.wait(5.0)
            finally:
                await settle(set(self._flying.values()))

    def _start_due(self) -> None:
        webhook = self._queue.webhook
        if webhook is None:
            return
        for update in self._queue.pending:
            if len(self._flying) >= webhook.max_connections:
                return
            key = chat_of(update)
            if key not in self._flying:
                self._flying[key] = asyncio.create_task(self._deliver(update, key))

    async def _deliver(self, update: dict[str, Any], key: object) -> None:
        delay_s = 1.0
        try:
            while (webhook := self._queue.webhook) is not None and update in self._queue.pending:
                error = await self._post(webhook, update)
                if error is None:
                    self._queue.confirm({update["update_id"]})
                    return
                webhook.last_error, webhook.last_error_at = error, self._queue.clock.now()
                await asyncio.sleep(self._queue.clock.real_s(delay_s))
                delay_s = min(delay_s * 2, MAX_RETRY_S)
        finally:
            self._flying.pop(key, None)
            self._queue.changed.fire()

    async def _post(self, webhook: Webhook, update: dict[str, Any]) -> str | None:
        """Why delivery failed, or None."""
        assert self._session is not None
        if urlsplit(webhook.url).hostname not in LOOPBACK:
            return "Connection timed out"
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with self._session.post(webhook.url, json=update, headers=headers) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                if response.content_type == "application/json":
                    await self._follow(await response.json())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return f"Connection failed: {type(error).__name__}"
        return None

    async def _follow(self, body: object) -> None:
        """A webhook may answer with a method call, whose result nobody hears of."""
        if isinstance(body, dict) and isinstance(body.get("method"), str):
            await self._answer(body)
