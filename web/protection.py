"""What every response carries and every request must keep to: security headers, body size, same origin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.problems import Problem

__all__ = ["BODY_MAX", "BodyLimit", "SecurityHeaders", "same_origin_check", "same_origin_form_check"]

#: Bytes of a request body. A message of 4,096 characters, each escaped in JSON, is below it.
BODY_MAX = 64 * 1024
#: Set by our page on every POST. Another site cannot set it without a preflight, which nothing here answers.
OWN_HEADER = "x-rahyar"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers to every response; with `https` also asks browsers to stay on it."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = _HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Refuses bodies above `BODY_MAX` with 413, by their announced length or while they come in."""

    def __init__(self, app: ASGIApp, *, refuse: Callable[[Problem], ASGIApp], larger: Mapping[str, int]) -> None:
        """`refuse` makes the response to a problem; `larger` are paths that take more, with their bytes."""
        self._app, self._refuse, self._larger = app, refuse, larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        too_large = Problem(413, "body_too_large", "web-body-too-large")
        most = self._larger.get(scope["path"], BODY_MAX)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > most:
            await self._refuse(too_large)(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise too_large
            return message

        await self._app(scope, receive_counted, send)


def same_origin_check(public_url: str) -> Callable[[Request], None]:
    """A check that a POST comes from our own page: own header, and an Origin (if sent) of this host or `public_url`."""
    public_host = urlsplit(public_url).netloc

    def check(request: Request) -> None:
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        own_hosts = {request.headers.get("host", ""), public_host} - {""}
        foreign = origin is not None and urlsplit(origin).netloc not in own_hosts
        if OWN_HEADER not in request.headers or foreign or site not in ("same-origin", "none"):
            raise Problem(403, "foreign_origin", "web-foreign-origin")

    return check


def same_origin_form_check(public_url: str) -> Callable[[Request], None]:
    """The same for forms, which cannot set a header: the browser itself must say that the form stood on our own page.

    The cookie's SameSite=Lax (RFC 6265bis §5.2) keeps a foreign form without a person all the same.
    """
    public_host = urlsplit(public_url).netloc

    def check(request: Request) -> None:
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        own_hosts = {request.headers.get("host", ""), public_host} - {""}
        own = origin is not None and urlsplit(origin).netloc in own_hosts
        if (origin is not None and not own) or (not own and site != "same-origin"):
            raise Problem(403, "foreign_origin", "web-foreign-origin")

    return check
