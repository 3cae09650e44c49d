"""/healthz for whoever watches the process; /metrics for Prometheus, only from this machine or with the token."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from web.metrics import Metrics
from web.problems import Problem
from web.stream import Streams

__all__ = ["InboxCounts", "health_router"]

InboxCounts = Callable[[str], Awaitable[Mapping[str, int]]]


def health_router(
    *, metrics: Metrics, streams: Streams, inbox_counts: InboxCounts, platforms: Sequence[str], token: str, version: str
) -> APIRouter:
    """`inbox_counts` asks the database, so healthy means that it answers too; an empty `token` allows loopback only."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> JSONResponse:
        headers = {"cache-control": "no-store"}
        try:
            await inbox_counts(platforms[0])
        except Exception:  # whatever it is, it is down
            return JSONResponse({"status": "database"}, status_code=503, headers=headers)
        return JSONResponse({"status": "ok", "version": version}, headers=headers)

    @router.get("/metrics")
    async def exposition(request: Request) -> Response:
        if not (_is_local(request) or _has_token(request, token)):
            raise Problem(403, "not_allowed", "web-not-allowed")
        metrics.open_streams.set(streams.count)
        for platform in platforms:
            metrics.set_inbox(platform, await inbox_counts(platform))
        return Response(metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    return router


def _has_token(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


def _is_local(request: Request) -> bool:
    """From this machine, by its own name, and not handed on by a proxy for somebody else."""
    handed_on = {"forwarded", "x-forwarded-for", "x-real-ip", "via"} & set(request.headers.keys())
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    client = request.client.host if request.client else ""
    return not handed_on and _is_loopback(client) and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
