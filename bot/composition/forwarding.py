"""Forwarding of results to outside stores, as far as any is set."""

from __future__ import annotations

import asyncio
import random
import secrets
from typing import TYPE_CHECKING

from bot.composition.clock import now
from bot.composition.errors import CommandError
from bot.composition.places import texts
from bot.supervisor import Service
from storage.forwarding.deliveries import Deliveries
from storage.forwarding.targets import TargetKind, TargetSetting, build_targets
from storage.forwarding.worker import ForwardingWorker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.composition.process import Process
    from bot.settings import Settings
    from surveys.forwarding import Target


def add_forwarding(process: Process) -> None:
    """What happens is sent to every target that is set; CommandError where one cannot be reached by its address."""
    targets = build_forwarding(process.settings)
    worker = ForwardingWorker(
        Deliveries(process.kept.database),
        targets,
        holder=secrets.token_hex(8),
        clock=now,
        chance=random.SystemRandom().random,
    )

    async def forward() -> None:
        while True:
            await worker.drain()
            await asyncio.sleep(process.settings.forwarding.every_s)

    process.services.append(Service("forwarding", forward))
    process.closing.extend(target.close for target in targets)


def build_forwarding(settings: Settings) -> Sequence[Target]:
    """Where results go; empty where nothing is set."""
    chosen = settings.forwarding
    wanted = [
        TargetSetting("sql", TargetKind.SQL, chosen.sql.get_secret_value()),
        TargetSetting("http", TargetKind.HTTP, chosen.http, chosen.http_secret.get_secret_value()),
        TargetSetting("parquet", TargetKind.PARQUET, chosen.parquet),
    ]
    try:
        return build_targets([target for target in wanted if target.address], clock=now)
    except ValueError as error:
        raise CommandError(texts().plain("cli-forwarding", reason=str(error))) from error
