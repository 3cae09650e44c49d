"""`run.py` alone: all that is configured."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.composition.clock import today_in
from bot.composition.errors import CommandError
from bot.composition.places import texts
from bot.settings import Settings

WARM_UP = "مهلت نظرسنجی از مردم"


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Starts all that is configured and runs until a signal."""
    if not settings.web.enabled and not settings.telegram.token.get_secret_value():
        raise CommandError(texts().plain("cli-nothing-to-start"))
    print(texts().plain("cli-preparing"), file=sys.stderr)
    asyncio.run(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    # Imported here, so that whoever waits has been told.
    from bot.composition.knowledge import build_knowledge
    from bot.composition.opened_storage import opened_storage
    from bot.composition.process import Process
    from bot.composition.progress_bar import index_progress
    from bot.composition.surveys import build_surveys

    async with opened_storage(settings) as kept:
        knowledge = build_knowledge(settings, index_progress(), await build_surveys(settings, kept).accepted_wordings())
        knowledge.answerer.answer(WARM_UP, today=today_in(settings))  # what is made at first use is made now
        await Process(settings, knowledge, kept).run()
