"""`run.py forward`: how results reach the outside stores."""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

from bot.command_line.output import print_json
from bot.composition.clock import now
from bot.composition.errors import CommandError
from bot.composition.opened_storage import Kept
from bot.composition.places import texts
from bot.composition.surveys import with_surveys
from bot.settings import Settings
from storage.forwarding.deliveries import Deliveries
from storage.forwarding.targets import status_json
from surveys.use_cases import Surveys


def run(settings: Settings, args: argparse.Namespace) -> int:
    """How every target of results stands; with --replay, what was given up is sent again at the next run."""

    async def act(kept: Kept, surveys: Surveys) -> tuple[int, list[dict[str, Any]]]:
        deliveries, count = Deliveries(kept.database), 0
        known = [status.name for status in await deliveries.status()]
        if args.target and args.target not in known:
            raise CommandError(texts().plain("cli-forward-unknown", target=args.target))
        if args.replay is not None:
            for target in [args.target] if args.target else known:
                count += await deliveries.replay(target, now(), args.replay or None)
        return count, status_json(await deliveries.status())

    count, rows = asyncio.run(with_surveys(settings, act))
    if args.json:
        print_json({"replayed": count, "targets": rows})
        return 0
    if args.replay is not None:
        print(texts().plain("cli-forward-replayed", count=count))
    if not rows:
        print(texts().plain("cli-forward-none"))
    for row in rows:
        print(
            "\t".join(
                f"{name}={value}" for name, value in row.items() if name != "failures" and value not in (None, "")
            )
        )
        for failure in row["failures"]:
            print(f"  {failure['id']}\t{failure['reason']}")
    return 0
