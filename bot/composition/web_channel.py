"""The web of a running process."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from limits.aio.storage import MemoryStorage

from bot.composition.clock import today_in
from bot.composition.errors import CommandError
from bot.composition.places import VERSION
from bot.supervisor import Service
from reminders.refusals import RefusedError
from web.app import WebParts, build_app
from web.identity import Identity
from web.limits import RateLimits
from web.server import WebServer
from web.stream import Streams

if TYPE_CHECKING:
    from bot.composition.process import Process


def add_web(process: Process) -> None:
    """The web chat, survey page, panel and API; CommandError where the port is taken."""

    web, streams = process.settings.web, Streams()
    url = process.public_url or f"http://{web.host}:{web.port}"
    process.public_url = url
    channel = process.in_process_channel("web")
    app = build_app(
        WebParts(
            version=VERSION,
            texts=process.texts,
            corpus=process.knowledge.corpus,
            limit_book=process.knowledge.dates,
            ask=process.ask,
            channel=channel,
            chat_log=process.kept.repositories.chat_log,
            chat_files=process.chat_files("web"),
            streams=streams,
            identity=Identity(
                process.kept.secret.key("web-cookie").hex(),
                secure=url.startswith("https://"),
                new_person_id=lambda: secrets.randbits(52),
            ),
            rate_limits=RateLimits(
                MemoryStorage(),
                per_person=web.requests_per_minute,
                per_address=web.requests_per_minute_address,
            ),
            metrics=process.metrics,
            inbox_counts=process.kept.repositories.inbox.counts,
            open_calendar=lambda token: calendar_of(process, token),
            surveys=process.surveys,
            send_soon=process.wakeups.send_soon,
            people=process.kept.repositories.people,
            platforms=("web", "telegram") if process.settings.telegram.token.get_secret_value() else ("web",),
            today=lambda: today_in(process.settings),
            timezone=process.settings.timezone,
            public_url=process.settings.web.public_url,
            metrics_token=web.metrics_token.get_secret_value(),
            question_length_max=process.settings.conversation.question_length_max,
            link_base=url,
        )
    )
    try:
        server = WebServer(
            app, streams, host=web.host, port=web.port, shutdown_s=process.settings.conversation.shutdown_s
        )
    except OSError as error:
        raise CommandError(
            process.texts.plain(
                "cli-port-taken", port=str(web.port), host=web.host, reason=error.strerror or str(error)
            )
        ) from error

    async def serve_web() -> None:
        await channel.feeder.replay()
        print(process.texts.plain("cli-running-web", url=server.url), flush=True)
        await server.serve()

    process.services.append(Service("web", serve_web, stop=server.stop, essential=True))


async def calendar_of(process: Process, token: str) -> bytes | None:

    owner = await process.reminders.open_feed.owner(token)
    try:
        return None if owner is None else await process.reminders.make_calendar(owner)
    except RefusedError:
        return None
