"""The control API under ``/control``, for a bot that runs in a process of its own. JSON in, JSON out."""

import base64
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.support.botapi.flood import FloodLimits
from tests.support.botapi.world import ChatMessage, InlineSearch, Press

if TYPE_CHECKING:
    from tests.support.botapi.double import BotApiDouble
    from tests.support.botapi.people import User

Json = dict[str, Any]


class Control:
    """One handler a route; mistakes of the caller are answered with 400 and a sentence."""

    def __init__(self, double: "BotApiDouble") -> None:
        self._double = double

    async def transcript(self, request: web.Request) -> web.Response:
        """GET: messages, of one chat with ``?chat_id=``; only the last N with ``?last=``."""
        chat_id = request.query.get("chat_id")
        transcript = self._double.transcript
        found = transcript.chat(int(chat_id)) if chat_id else transcript.messages
        last = int(request.query.get("last", "0"))
        return web.json_response([message.as_json() for message in found[-last:]])

    async def rendered(self, _request: web.Request) -> web.Response:
        """GET: the transcript as text."""
        return web.Response(text=self._double.transcript.render())

    async def calls(self, request: web.Request) -> web.Response:
        """GET: the log of calls, of one method with ``?method=``."""
        method = request.query.get("method")
        found = self._double.calls_of(method) if method else self._double.calls
        return web.json_response([asdict(call) for call in found])

    async def summary(self, _request: web.Request) -> web.Response:
        """GET: counts by method and outcome, violations, pending updates, presses and searches."""
        double = self._double
        counts = Counter(f"{call.method} {call.error_code or call.outcome}" for call in double.calls)
        summary = {
            "calls": counts,
            "violations": double.violations,
            "pending_updates": len(double.queue.pending),
            "confirmed_updates": double.queue.confirmed,
            "messages": len(double.world.messages),
            "flood_refused": sum(double.flood.refused.values()),
            "presses": [press.as_json() for press in double.transcript.presses],
            "searches": [asdict(search) for search in double.transcript.searches],
            "profile": {"/".join(key): value for key, value in double.world.profile.items()},
            "now": double.clock.now(),
        }
        return web.json_response(summary)

    async def user(self, request: web.Request) -> web.Response:
        """POST: create or update a person by the fields of ``double.user``."""
        user = self._double.user(**await request.json())
        return web.json_response({"id": user.id})

    async def crowd(self, request: web.Request) -> web.Response:
        """POST ``first_id``, ``count``."""
        self._double.crowd(**await request.json())
        return web.json_response({})

    async def group(self, request: web.Request) -> web.Response:
        """POST: create a group."""
        return web.json_response({"id": self._double.group(**await request.json()).id})

    async def act(self, request: web.Request) -> web.Response:
        """POST to ``/control/user/{id}/{action}``: what a method of User does, with JSON arguments."""
        user = self._double.user(int(request.match_info["id"]))
        arguments: Json = await request.json() if request.can_read_body else {}
        done = await self._act(user, request.match_info["action"], arguments)
        return web.json_response(asdict(done) if isinstance(done, InlineSearch) else done and done.as_json())

    async def _act(self, user: "User", action: str, arguments: Json) -> ChatMessage | Press | InlineSearch | None:
        if "group" in arguments:
            arguments["group"] = self._double.group(arguments["group"])
        if action in ("presses", "presses_data"):
            return await self._press(user, arguments)
        if action == "sends_document":
            arguments["content"] = base64.b64decode(arguments.pop("base64"))
        if action in ("blocks_bot", "unblocks_bot"):
            getattr(user, action)()
            return None
        if action in ("sends", "sends_command", "opens_link", "inline", "sends_document", "sends_message"):
            done: ChatMessage | InlineSearch = await getattr(user, action)(**arguments)
            return done
        raise ValueError(f"unknown action {action!r}")

    async def _press(self, user: "User", arguments: Json) -> Press:
        number = arguments.get("message_id")
        chat_id = arguments.get("chat_id", user.id)
        message = self._double.world.messages[chat_id, number] if number else self._double.transcript.last(chat_id)
        if "data" in arguments:
            assert message is not None, "the bot has not written yet"
            return await user.presses_data(message, arguments["data"])
        return await user.presses(message, arguments["button"])

    async def update(self, request: web.Request) -> web.Response:
        """POST: queue a raw update, however malformed."""
        return web.json_response({"update_id": self._double.queue.push_raw(await request.json())})

    async def faults(self, request: web.Request) -> web.Response:
        """POST: put a fault in force by the fields of Fault; DELETE: no more faults."""
        if request.method == "DELETE":
            self._double.faults.clear()
            return web.json_response({})
        fields = await request.json()
        if "seed" in fields:
            self._double.faults.seed(fields.pop("seed"))
        return web.json_response(asdict(self._double.inject(**fields)))

    async def flood(self, request: web.Request) -> web.Response:
        """POST: switch limits on, by the fields of FloodLimits; DELETE: off."""
        if request.method == "DELETE":
            self._double.flood.disable()
        else:
            self._double.flood.enable(FloodLimits(**await request.json()))
        return web.json_response({})

    async def clock(self, request: web.Request) -> web.Response:
        """POST ``scale`` and/or ``advance`` (seconds)."""
        wanted = await request.json()
        if "scale" in wanted:
            self._double.clock.set_scale(wanted["scale"])
        self._double.clock.advance(wanted.get("advance", 0))
        return web.json_response({"now": self._double.clock.now()})


Handler = Callable[[web.Request], Awaitable[web.Response]]


def _explained(handler: Handler) -> Handler:
    """Turn mistakes in a control request into 400."""

    async def wrapped(request: web.Request) -> web.Response:
        try:
            return await handler(request)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    return wrapped


def control_routes(double: "BotApiDouble") -> list[web.RouteDef]:
    """The routes under /control."""
    control = Control(double)
    table = [
        ("GET", "transcript", control.transcript),
        ("GET", "transcript.txt", control.rendered),
        ("GET", "calls", control.calls),
        ("GET", "summary", control.summary),
        ("POST", "user", control.user),
        ("POST", "crowd", control.crowd),
        ("POST", "group", control.group),
        ("POST", "user/{id}/{action}", control.act),
        ("POST", "update", control.update),
        ("POST", "faults", control.faults),
        ("DELETE", "faults", control.faults),
        ("POST", "flood", control.flood),
        ("DELETE", "flood", control.flood),
        ("POST", "clock", control.clock),
    ]
    return [web.route(method, f"/control/{path}", _explained(handler)) for method, path, handler in table]
