"""Serves the app with uvicorn inside a process that has other things to do.

No signal handlers, and a stop that lets go of open pages.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from web.stream import Streams

__all__ = ["WebServer"]


class WebServer:
    """One listening socket and the server behind it."""

    def __init__(self, app: ASGIApp, streams: Streams, *, host: str, port: int, shutdown_s: float) -> None:
        """Binds at once: OSError when the address is taken. Port 0 takes a free one. `shutdown_s` bounds `stop`."""
        self._streams = streams
        self._socket = _bound(host, port)
        config = uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,  # from 127.0.0.1 only, uvicorn's default
            timeout_graceful_shutdown=max(1, round(shutdown_s)),
        )
        self._server = _Server(config)

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        host, port = self._socket.getsockname()[:2]
        if host in ("0.0.0.0", "::"):  # noqa: S104  # compared, not bound
            host = "127.0.0.1"
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def serve(self) -> None:
        """Serves until `stop`; requests under way are finished first."""
        await self._server.serve(sockets=[self._socket])

    def stop(self) -> None:
        """Ends the pages' streams (they come back by themselves) and lets `serve` return. May be called again."""
        self._streams.close()
        self._server.should_exit = True


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to whoever runs the whole process."""
        yield


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # who comes between the address being told and the serving waits instead of being refused
    except OSError:
        listening.close()
        raise
    listening.set_inheritable(False)
    return listening
