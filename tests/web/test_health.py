"""Health and metrics, and who may see them."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest

from tests.support.memory import MemoryInbox, MemoryStorage
from tests.web.sites import listen, site, visit, write


async def test_a_running_site_is_healthy() -> None:
    async with site() as web, web.client() as client:
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_without_its_database_it_is_not() -> None:
    class GoneInbox(MemoryInbox):
        async def counts(self, platform: str) -> Mapping[str, int]:
            raise OSError("gone")

    storage = MemoryStorage()
    storage.inbox = GoneInbox()
    async with site(storage=storage) as web, web.client() as client:
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "database"})


async def test_metrics_count_questions_messages_streams_and_the_inbox() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        await client.post("/api/ask", json={"question": "نظرسنجی"})
        await write(client, "سلام")
        await web.channel.settled()
        async with listen(client) as events:
            await events.next("sync")
            lines = (await client.get("/metrics")).text.splitlines()
        assert 'rahyar_questions_total{intent="topic",platform="api",status="answered"} 1.0' in lines
        assert 'rahyar_web_inputs_total{kind="message"} 1.0' in lines
        assert 'rahyar_inbox{outcome="handled",platform="web"} 1.0' in lines
        assert 'rahyar_inbox{outcome="pending",platform="web"} 0.0' in lines
        assert "rahyar_web_streams 1.0" in lines
        assert "rahyar_question_seconds_count 1.0" in lines


@pytest.mark.parametrize(
    "headers", [{"x-forwarded-for": "203.0.113.5"}, {"host": "rahyar.example"}, {"via": "1.1 proxy"}], ids=str
)
async def test_metrics_are_not_for_others(headers: dict[str, str]) -> None:
    async with site(metrics_token="a token") as web, httpx.AsyncClient(base_url=web.url, headers=headers) as client:
        assert (await client.get("/metrics")).status_code == 403
        wrong = await client.get("/metrics", headers={"authorization": "Bearer another"})
        assert wrong.status_code == 403
        right = await client.get("/metrics", headers={"authorization": "Bearer a token"})
        assert right.status_code == 200


async def test_an_empty_token_opens_nothing() -> None:
    async with (
        site() as web,
        httpx.AsyncClient(base_url=web.url, headers={"via": "x", "authorization": ""}) as client,
    ):
        assert (await client.get("/metrics")).status_code == 403
