"""The address is told before the serving begins: whoever comes at once waits and is not refused."""

from __future__ import annotations

import socket

from fastapi import FastAPI

from web.server import WebServer
from web.stream import Streams


def test_who_comes_before_the_serving_is_not_refused() -> None:
    server = WebServer(FastAPI(), Streams(), host="127.0.0.1", port=0, shutdown_s=1)
    port = int(server.url.rsplit(":", 1)[1].strip("/"))

    with socket.create_connection(("127.0.0.1", port), timeout=5) as early:
        assert early.getpeername()[1] == port
    server._socket.close()
