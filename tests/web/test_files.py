"""Files in the web chat: taken whole, fetched by handlers, read back by their own chat alone, never run on our page."""

from __future__ import annotations

import hashlib
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from aiogram import Bot, F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, Message

from bot.states import Reporting
from tests.support.web_server import WebSite, serve_web
from tests.web.sites import answerer, corpus, limit_book, listen, visit, write
from web.chat import UPLOAD_MAX

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


async def send(client: httpx.AsyncClient, name: str, content: bytes, nonce: str = "nonce-of-a-file") -> httpx.Response:
    return await client.post("/chat/files", params={"name": name, "nonce": nonce}, content=content)


@asynccontextmanager
async def gathering() -> AsyncIterator[tuple[WebSite, httpx.AsyncClient]]:
    """A site whose bot asked a visitor for files."""
    async with serve_web(corpus(), limit_book(), answerer(), routers=[fetching_bot()]) as web, web.client() as client:
        await visit(client)
        await write(client, "گزارش")
        await web.channel.settled()
        yield web, client


def fetching_bot() -> Router:
    """Fetches what it is sent and says its digest; «بزرگ» gets a large file, «گزارش» begins to gather files."""
    router = Router()

    @router.message(F.document)
    async def fetch(message: Message, bot: Bot) -> None:
        assert message.document is not None
        content = io.BytesIO()
        await bot.download(message.document, content)
        await message.answer(f"{message.document.file_name} {hashlib.sha256(content.getvalue()).hexdigest()}")

    @router.message(F.text == "بزرگ")
    async def large(message: Message) -> None:
        await message.answer_document(BufferedInputFile(b"x" * 3_000_000, "responses.csv"))

    @router.message(F.text == "گزارش")
    async def gather(message: Message, state: FSMContext) -> None:
        await state.set_state(Reporting.gathering)
        await message.answer("فایل‌ها را بفرستید.")

    return router


async def test_a_file_reaches_the_bot_and_its_own_chat() -> None:
    content = bytes(range(256)) * 20_000  # 5 MB, more than any message holds
    async with gathering() as (web, client):
        taken = await send(client, "سند معماری.pdf", content)
        assert taken.status_code == 202
        body = taken.json()["body"]
        assert (body["kind"], body["file"]["name"], body["file"]["size"]) == (
            "document",
            "سند معماری.pdf",
            len(content),
        )
        await web.channel.settled()
        messages = [m.body["text"] for m in await web.storage.chat_log.history(1001, limit=9)][2:]
        assert messages == ["", f"سند معماری.pdf {hashlib.sha256(content).hexdigest()}"]
        read = await client.get(f"/chat/files/{body['file']['key']}")
        assert read.content == content
        async with web.client() as stranger:
            assert (await stranger.get(f"/chat/files/{body['file']['key']}")).status_code == 401
            await visit(stranger)
            assert (await stranger.get(f"/chat/files/{body['file']['key']}")).status_code == 404


async def test_the_same_file_again_is_taken_once() -> None:
    async with gathering() as (web, client):
        first, second = [(await send(client, "a.png", PNG)).json() for _ in range(2)]
        await web.channel.settled()
        assert first == second
        assert first["body"]["kind"] == "photo"
        assert len(await web.storage.chat_log.history(1001, limit=9)) == 2 + 2


@pytest.mark.parametrize(
    ("name", "mime", "disposition"),
    [
        ("a.png", "image/png", "inline"),
        ("a.html", "application/octet-stream", "attachment"),
        ("a.svg", "application/octet-stream", "attachment"),
        ("a", "application/octet-stream", "attachment"),
    ],
)
async def test_only_pictures_are_shown(name: str, mime: str, disposition: str) -> None:
    async with gathering() as (_, client):
        key = (await send(client, name, PNG)).json()["body"]["file"]["key"]
        read = await client.get(f"/chat/files/{key}")
        assert (read.headers["content-type"], read.headers["content-disposition"]) == (mime, disposition)
        assert read.headers["x-content-type-options"] == "nosniff"


async def test_what_is_no_file_is_refused() -> None:
    async with gathering() as (web, client):
        async with web.client() as stranger:
            assert (await send(stranger, "a.png", PNG)).status_code == 401
            await visit(stranger)
            assert (await send(stranger, "a.png", PNG)).json()["code"] == "no_file_awaited"
            assert await web.storage.chat_log.history(1002, limit=9) == []
        assert (await send(client, "a.png", b"")).json()["code"] == "empty_file"
        assert (await send(client, "a.png", b"x" * (UPLOAD_MAX + 1))).status_code == 413
        assert (await send(client, "", PNG)).status_code == 422
        assert (await send(client, "a.png", PNG, nonce="?")).status_code == 422
        foreign = {"origin": "https://elsewhere.example"}
        sent = await client.post(
            "/chat/files", params={"name": "a", "nonce": "nonce-1234"}, content=PNG, headers=foreign
        )
        assert sent.status_code == 403
        assert len(await web.storage.chat_log.history(1001, limit=9)) == 2


async def test_a_large_file_of_the_bot_stands_beside_the_message() -> None:
    async with serve_web(corpus(), limit_book(), answerer(), routers=[fetching_bot()]) as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            await write(client, "بزرگ")
            await events.next("message")
            file = (await events.next("message")).data["body"]["file"]
            assert (file["name"], file["size"]) == ("responses.csv", 3_000_000)
            assert len((await client.get(f"/chat/files/{file['key']}")).content) == 3_000_000


async def test_the_page_hears_what_is_awaited() -> None:
    async with serve_web(corpus(), limit_book(), answerer(), routers=[fetching_bot()]) as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            assert (await events.next("sync")).data["awaits"] == ""
            await write(client, "گزارش")
            assert "awaits" not in (await events.next("message")).data
            assert (await events.next("message")).data["awaits"] == "files"
        async with listen(client) as events:
            assert (await events.next("sync")).data["awaits"] == "files"
