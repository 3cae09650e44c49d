"""The event stream: a page that was away, or whose server was, misses nothing."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx
import pytest

from tests.support.memory import MemoryStorage
from tests.support.web_server import WebSite
from tests.web.sites import StreamEvent, listen, press, site, visit, write
from web.stream import STREAMS_OF_PERSON_MAX, parse_token


async def _seen_then_left(web: WebSite, client: httpx.AsyncClient) -> StreamEvent:
    """Two messages are seen, then the page goes away; its last event."""
    async with listen(client) as events:
        await events.next("sync")
        await write(client, "یک")
        await events.next("message")
        return await events.next("message")


async def test_what_happened_meanwhile_comes_first() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        last = await _seen_then_left(web, client)
        await write(client, "دو")
        await press(client, 2, "turn")
        await web.channel.settled()
        async with listen(client, after=last.token, shown=2) as events:
            sync = (await events.next()).data
        texts = {m["id"]: m["body"]["text"] for m in sync["messages"]}
        assert sync["ids"] == [1, 2, 3, 4]
        assert (texts[2], texts[3], texts[4]) == ("صفحه دیگر", "دو", "پژواک: دو")


async def test_what_was_deleted_meanwhile_is_missing_from_the_ids() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        last = await _seen_then_left(web, client)
        await press(client, 2, "drop")
        await web.channel.settled()
        async with listen(client, after=last.token) as events:
            assert (await events.next("sync")).data["ids"] == [1]


async def test_old_messages_are_not_sent_again() -> None:
    storage = MemoryStorage()
    async with site(storage=storage) as web, web.client() as client:
        await visit(client)
        last = await _seen_then_left(web, client)
        an_hour_later = str(int(last.token) + 3600 * 1_000_000)
        async with listen(client, after=an_hour_later) as events:
            sync = (await events.next("sync")).data
        assert (sync["ids"], sync["messages"]) == ([1, 2], [])


async def test_browsers_own_reconnection_counts_too() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        last = await _seen_then_left(web, client)
        client.headers["last-event-id"] = str(int(last.token) + 3600 * 1_000_000)
        async with listen(client) as events:
            assert (await events.next("sync")).data["messages"] == []


async def test_a_restart_of_the_server_loses_nothing() -> None:
    storage = MemoryStorage()
    async with site(storage=storage) as web, web.client() as client:
        await visit(client)
        cookie = client.cookies["rahyar_person"]
        last = await _seen_then_left(web, client)
        await write(client, "پیش از خاموشی")
    async with site(storage=storage) as web, web.client() as client:
        client.cookies.set("rahyar_person", cookie)
        async with listen(client, after=last.token, shown=2) as events:
            sync = (await events.next("sync")).data
            assert sync["ids"] == [1, 2, 3, 4]
            assert sync["messages"][-1]["body"]["text"] == "پژواک: پیش از خاموشی"
            await write(client, "پس از آن")
            assert (await events.next("message")).data["id"] == 5


async def test_stopping_ends_open_streams_at_once() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            await events.next("sync")
            web.server.stop()
            assert await events.ended()


async def test_one_browser_cannot_hold_any_number_of_streams() -> None:
    async with site() as web, web.client() as client, AsyncExitStack() as held:
        await visit(client)
        pages = [await held.enter_async_context(listen(client)) for _ in range(STREAMS_OF_PERSON_MAX)]
        for page in pages:
            await page.next("sync")
        assert (await client.get("/chat/events")).status_code == 503


async def test_listening_needs_a_cookie() -> None:
    async with site() as web, web.client() as client:
        assert (await client.get("/chat/events")).status_code == 401


@pytest.mark.parametrize("token", ["", None, "x", "-5", "1e5", "۱۲۳", "9" * 18])
def test_foreign_tokens_read_everything_anew(token: str | None) -> None:
    assert parse_token(token) is None
