"""Writing, pressing and reading back: what the page calls, over real HTTP."""

from __future__ import annotations

import httpx
import pytest

from tests.web.sites import listen, press, site, visit, write
from web.protection import BODY_MAX


async def test_an_answer_comes_over_the_stream() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            assert (await events.next()).data["messages"] == []
            taken = await write(client, "سلام")
            assert (taken.status_code, taken.json()["mine"], taken.json()["id"]) == (202, True, 1)
            assert (await events.next("message")).data["body"]["text"] == "سلام"
            answer = (await events.next("message")).data
            assert (answer["mine"], answer["body"]["text"]) == (False, "پژواک: سلام")
            assert [b["data"] for b in answer["body"]["keyboard"][0]] == ["turn", "drop"]


async def test_a_press_edits_in_place_and_is_acknowledged() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            await write(client, "سلام")
            assert (await press(client, 2, "turn")).status_code == 202
            assert (await events.next("edit")).data["body"]["text"] == "صفحه دیگر"
            assert (await events.next("toast")).data == {"text": "شد", "alert": False}


async def test_a_forged_button_is_answered_politely() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        async with listen(client) as events:
            await write(client, "سلام")
            await events.next("message")
            assert (await press(client, 2, "steal")).status_code == 202
            assert (await events.next("toast")).data["text"]


async def test_the_same_nonce_is_the_same_message() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        first = await write(client, "سلام", "nonce-000001")
        again = await write(client, "سلام", "nonce-000001")
        await web.channel.settled()
        assert first.json() == again.json()
        assert [m.from_bot for m in await web.storage.chat_log.history(1001, limit=9)] == [False, True]


async def test_personal_numbers_are_masked_before_anything_is_kept() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        taken = await write(client, "شماره من ۰۹۱۲۳۴۵۶۷۸۹ است")
        assert "█" in taken.json()["body"]["text"]
        assert "۰۹۱۲" not in str(await web.storage.chat_log.history(1001, limit=9))


async def test_history_is_paged_from_the_end() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        for n in range(3):
            await write(client, f"پیام {n}")
        await web.channel.settled()
        page = (await client.get("/chat/messages", params={"before": 5, "limit": 2})).json()
        assert ([m["id"] for m in page["messages"]], page["more"]) == ([3, 4], True)
        page = (await client.get("/chat/messages", params={"before": 3})).json()
        assert ([m["id"] for m in page["messages"]], page["more"]) == ([1, 2], False)


# -- who writes ------------------------------------------------------------------------------------------------------


async def test_the_cookie_keeps_a_visitor_and_cannot_be_made_up() -> None:
    async with site() as web, web.client() as client:
        cookie = (await client.get("/")).headers["set-cookie"]
        assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        renewed = (await client.get("/")).headers["set-cookie"]
        assert renewed.partition(";")[0] == cookie.partition(";")[0]

    async with site() as web, web.client() as client:
        client.cookies.set("rahyar_person", web.identity.cookie_value(1001)[:-3] + "abc")
        refused = await write(client, "سلام")
        assert (refused.status_code, refused.json()["code"]) == (401, "no_cookie")


async def test_a_page_that_lost_its_cookie_gets_a_new_one() -> None:
    async with site() as web, web.client() as client:
        assert (await write(client, "سلام")).status_code == 401
        assert (await client.post("/chat/session", json={})).status_code == 200
        assert (await write(client, "سلام")).status_code == 202


async def test_visitors_see_only_their_own_chat() -> None:
    async with site() as web, web.client() as one, web.client() as other:
        await visit(one)
        await visit(other)
        await write(one, "راز")
        await web.channel.settled()
        async with listen(other) as events:
            assert (await events.next("sync")).data["ids"] == []
        assert (await other.get("/chat/messages", params={"before": 9})).json()["messages"] == []


async def test_over_https_the_cookie_is_secure_and_browsers_stay_on_it() -> None:
    async with site(public_url="https://rahyar.example") as web, web.client() as client:
        page = await client.get("/")
        assert "Secure" in page.headers["set-cookie"].split("; ")
        assert page.headers["strict-transport-security"]


# -- who may write ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}, {"x-rahyar": None}],
    ids=str,
)
async def test_other_sites_cannot_write_in_a_visitors_name(headers: dict[str, str | None]) -> None:
    async with site() as web:
        own = {"x-rahyar": "1"} | headers
        async with httpx.AsyncClient(base_url=web.url, headers={k: v for k, v in own.items() if v}) as client:
            await visit(client)
            refused = await write(client, "سلام")
            assert (refused.status_code, refused.json()["code"]) == (403, "foreign_origin")


@pytest.mark.parametrize("public_url", ["", "https://rahyar.example"])
async def test_our_own_page_may_write(public_url: str) -> None:
    async with site(public_url=public_url) as web, web.client() as client:
        client.cookies.set("rahyar_person", web.identity.cookie_value(7))
        client.headers.update({"origin": public_url or web.url, "sec-fetch-site": "same-origin"})
        assert (await write(client, "سلام")).status_code == 202


async def test_what_is_no_json_of_ours_is_refused_in_persian() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        as_form = await client.post(
            "/chat/messages", content='{"text":"a","nonce":"12345678"}', headers={"content-type": "text/plain"}
        )
        for refused in (
            as_form,
            await client.post("/chat/messages", json={"text": "", "nonce": "12345678"}),
            await client.post("/chat/messages", json={"text": "x" * 4097, "nonce": "12345678"}),
            await client.post("/chat/messages", json={"text": "x", "nonce": "؟" * 9}),
            await client.post("/chat/messages", json={"text": "x", "nonce": "12345678", "person": 3}),
            await client.post("/chat/presses", json={"message_id": 0, "data": "turn"}),
            await client.post("/chat/messages", content=b"\xff{", headers={"content-type": "application/json"}),
        ):
            assert refused.status_code in (400, 422), refused.text
            assert refused.json()["message"].startswith("درخواست")


async def test_large_bodies_are_refused_announced_or_not() -> None:
    async with site() as web, web.client() as client:
        await visit(client)
        body = b'{"text": "' + b"x" * BODY_MAX + b'"}'

        async def in_pieces() -> object:
            for start in range(0, len(body), 8192):
                yield body[start : start + 8192]

        for content in (body, in_pieces()):
            refused = await client.post("/chat/messages", content=content, headers={"content-type": "application/json"})  # type: ignore[arg-type]
            assert (refused.status_code, refused.json()["code"]) == (413, "body_too_large")


async def test_who_is_too_fast_is_asked_to_wait_and_others_are_not() -> None:
    async with site(per_person=3) as web, web.client() as fast, web.client() as calm:
        await visit(fast)
        await visit(calm)
        assert [(await write(fast, f"پیام {n}")).status_code for n in range(3)] == [202] * 3
        refused = await write(fast, "یکی دیگر")
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "20")
        assert "صبر کنید" in refused.json()["message"]
        assert (await write(calm, "سلام")).status_code == 202


async def test_one_address_has_a_limit_of_its_own() -> None:
    async with site(per_address=4) as web:
        statuses = []
        for _ in range(5):
            async with web.client() as client:
                await visit(client)
                statuses.append((await write(client, "سلام")).status_code)
        assert statuses == [202, 202, 202, 202, 429]
