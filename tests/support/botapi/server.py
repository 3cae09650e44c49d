"""HTTP: ``/bot<token>/<method>``, ``/file/bot<token>/<path>`` and the faults of the network."""

import asyncio
import socket
import struct
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.support.botapi.backend import Backend
from tests.support.botapi.control import control_routes
from tests.support.botapi.errors import ApiError
from tests.support.botapi.faults import Fault
from tests.support.botapi.params import MAX_UPLOAD, Params, read_params
from tests.support.botapi.updates import settle
from tests.support.botapi.webhook import Courier
from tests.support.botapi.world import Call

if TYPE_CHECKING:
    from tests.support.botapi.double import BotApiDouble

_BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"


class Server:
    """Owns the port and every open connection."""

    def __init__(self, double: "BotApiDouble", backend: Backend, port: int) -> None:
        self._double = double
        self._backend = backend
        self._port = port
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Base address without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen, and start to carry updates to a webhook."""
        app = web.Application(client_max_size=MAX_UPLOAD + (1 << 20))
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.add_routes(control_routes(self._double))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self._courier = asyncio.create_task(Courier(self._backend.queue, self._webhook_answer).run())

    async def stop(self) -> None:
        """Let go of everything that hangs and close the port."""
        self._closing.set()
        if self._courier is not None:
            await settle({self._courier})
        if self._runner is not None:
            await self._runner.cleanup()

    async def _webhook_answer(self, body: dict[str, Any]) -> None:
        call = self._log(str(body.pop("method")), Params(body))
        await self._backend.execute(call, Params(body))

    def _log(self, method: str, params: Params) -> Call:
        call = Call(method, params.shown(), self._backend.world.clock.now())
        self._backend.world.calls.append(call)
        return call

    def _refused_token(self, token: str) -> web.Response | None:
        if token == self._backend.world.bot.token:
            return None
        number, colon, secret = token.partition(":")
        well_formed = number.isdecimal() and colon and secret
        code, text = (401, "Unauthorized") if well_formed else (404, "Not Found")
        return _json(code, ApiError(code, text).body())

    async def _method(self, request: web.Request) -> web.StreamResponse:
        refused = self._refused_token(request.match_info["token"])
        if refused is not None:
            return refused
        try:
            params = await read_params(request)
        except ApiError as error:
            return _json(error.code, error.body())
        except web.HTTPRequestEntityTooLarge:
            return _json(413, ApiError(413, "Request Entity Too Large").body())
        call = self._log(request.match_info["method"], params)
        fault = self._double.faults.draw(call.method, params.text("chat_id"))
        if fault is not None:
            return await self._faulty(request, call, params, fault)
        return await self._answer(call, params)

    async def _answer(self, call: Call, params: Params) -> web.Response:
        running = asyncio.create_task(self._backend.execute(call, params))
        closing = asyncio.create_task(self._closing.wait())
        await asyncio.wait({running, closing}, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()
        if not running.done():
            running.cancel()
            return _json(500, ApiError(500, "Internal Server Error: restart").body())
        status, body = running.result()
        self._backend.world.changed.fire()
        return _json(status, body)

    async def _faulty(self, request: web.Request, call: Call, params: Params, fault: Fault) -> web.StreamResponse:
        if fault.kind == "slow":
            await self._pause(fault.delay_s)
            return await self._answer(call, params)
        if fault.kind in ("reset_after", "hang_after"):
            await self._answer(call, params)
        call.outcome = fault.kind
        if fault.kind == "429":
            wait = fault.retry_after
            return _json(429, ApiError(429, f"Too Many Requests: retry after {wait}", wait).body())
        if fault.kind == "500":
            return _json(500, ApiError(500, "Internal Server Error").body())
        if fault.kind == "502":
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        if fault.kind.startswith("hang"):
            await self._pause(fault.delay_s)
        return _break(request)

    async def _pause(self, seconds: float) -> None:
        """Real seconds, or until the server closes."""
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    async def _file(self, request: web.Request) -> web.Response:
        refused = self._refused_token(request.match_info["token"])
        if refused is not None:
            return refused
        path = request.match_info["path"]
        found = next((one for one in self._backend.world.files.values() if one.path == path), None)
        fault = self._double.faults.draw("file", "")
        if fault is not None and fault.kind == "slow":
            await self._pause(fault.delay_s)
        elif fault is not None:
            return _break(request)
        if found is None:
            return _json(404, ApiError(404, "Not Found").body())
        return web.Response(body=found.content, content_type="application/octet-stream")


def _json(status: int, body: dict[str, Any]) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    return web.json_response(body, status=status, headers={"Retry-After": str(wait)} if wait else None)


def _break(request: web.Request) -> web.Response:
    """Reset the connection, so that the client sees neither status nor body."""
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=500)
