"""`run.py chat`: the conversation in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import sys

from bot.composition.knowledge import Knowledge, build_knowledge
from bot.composition.opened_storage import opened_storage
from bot.composition.process import Process
from bot.composition.progress_bar import index_progress
from bot.settings import Settings
from bot.terminal import TerminalChat, line_reader


def run(settings: Settings, args: argparse.Namespace) -> int:
    """The terminal chat: the same conversation, through the in-process channel."""
    asyncio.run(_talk(settings, build_knowledge(settings, index_progress())))
    return 0


async def _talk(settings: Settings, knowledge: Knowledge) -> None:
    async with opened_storage(settings) as kept:
        process = Process(settings, knowledge, kept)
        channel = process.in_process_channel("terminal")
        await channel.feeder.replay()
        talk = TerminalChat(
            channel, process.texts, read_line=line_reader(sys.stdin), write=print, styled=sys.stdout.isatty()
        )
        delivering = asyncio.ensure_future(process.delivery_service().run())
        try:
            await talk.run()
        finally:
            process.delivery.stop()
            await delivering
