"""/calendar/<token>.ics: an agency's due dates for calendar programs that fetch them by a secret address (RFC 5545)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.limits import RateLimits
from web.problems import Problem

__all__ = ["OpenCalendar", "calendar_router"]

#: The file behind a token; None for one that was forged or revoked, or whose person acts for no agency any more.
OpenCalendar = Callable[[str], Awaitable[bytes | None]]


def calendar_router(*, open_calendar: OpenCalendar, limits: RateLimits) -> APIRouter:
    """The one route; who has the address has the calendar, so it is neither cached nor handed on as a referrer."""
    router = APIRouter(include_in_schema=False)

    @router.get("/calendar/{token}.ics")
    async def feed(request: Request, token: str) -> Response:
        await limits.check(request, None)
        content = await open_calendar(token)
        if content is None:
            raise Problem(404, "no_such_calendar", "web-no-calendar")
        headers = {"cache-control": "private, no-store", "content-disposition": 'inline; filename="rahyar.ics"'}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    return router
