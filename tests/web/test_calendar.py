"""The secret addresses of calendars, as a calendar program asks for them."""

from __future__ import annotations

from tests.web.sites import site

FILE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def test_the_file_behind_a_token() -> None:
    async with site(calendars={"a-secret_1": FILE}) as web, web.client() as client:
        answer = await client.get("/calendar/a-secret_1.ics")
    assert answer.content == FILE
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["cache-control"]


async def test_a_forged_or_revoked_token_opens_nothing() -> None:
    async with site(calendars={"a-secret_1": FILE}) as web, web.client() as client:
        answer = await client.get("/calendar/a-secret_2.ics")
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_such_calendar"
    assert "/calendar" in answer.json()["message"]


async def test_guessing_is_slowed_down() -> None:
    async with site(per_address=5) as web, web.client() as client:
        codes = [(await client.get(f"/calendar/guess-{n}.ics")).status_code for n in range(7)]
    assert codes == [404] * 5 + [429] * 2
