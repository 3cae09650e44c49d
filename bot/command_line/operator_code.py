"""`run.py operator-code`: a way in for an operator."""

from __future__ import annotations

import argparse
import asyncio

from bot.command_line.output import tell
from bot.composition.places import texts
from bot.composition.reminders import with_reminders
from bot.settings import Settings


def run(settings: Settings, args: argparse.Namespace) -> int:
    """A one-time code for another operator, also while the process runs and when there is no operator left."""
    code = asyncio.run(with_reminders(settings, lambda reminders: reminders.offer_first_operator.anew()))
    sent = f"/start i_{code}"
    tell(args, {"code": sent}, texts().plain("cli-operator-code", code=sent))
    return 0
