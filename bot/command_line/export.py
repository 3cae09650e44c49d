"""`run.py export`: responses as a file."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from bot.command_line.output import tell
from bot.composition.errors import CommandError
from bot.composition.opened_storage import Kept
from bot.composition.places import texts
from bot.composition.surveys import with_surveys
from bot.settings import Settings
from storage.exports.files import export_responses
from surveys.export import ExportFormat, TooManyRowsError
from surveys.use_cases import Surveys


def run(settings: Settings, args: argparse.Namespace) -> int:
    """All responses, or one service's, as a file."""
    t, out = texts().plain, Path(args.out)
    if out.suffix.lower().removeprefix(".") not in set(ExportFormat):
        raise CommandError(t("cli-export-ending", path=str(out)))
    if not out.parent.is_dir():
        raise CommandError(t("cli-file-unwritable", path=str(out), reason=t("cli-no-folder")))

    def on_progress(rows: int) -> None:
        if sys.stderr.isatty():
            print(t("cli-export-progress", rows=rows), end="\r", file=sys.stderr)

    async def act(kept: Kept, surveys: Surveys) -> int:
        return await export_to(surveys, out, on_progress, service_id=args.service)

    try:
        rows = asyncio.run(with_surveys(settings, act))
    except TooManyRowsError as error:
        raise CommandError(t("cli-export-too-many", path=str(out))) from error
    except OSError as error:
        raise CommandError(t("cli-file-unwritable", path=str(out), reason=error.strerror or str(error))) from error
    tell(args, {"file": str(out), "rows": rows}, t("cli-export-done", path=str(out), rows=rows))
    return 0


async def export_to(
    surveys: Surveys, path: Path, on_progress: Callable[[int], None], *, service_id: str | None = None
) -> int:
    """Writes every response (of one service) into a file whose ending names its format; how many rows."""
    source = await surveys.open_export(service_id)
    format = ExportFormat(path.suffix.lower().removeprefix("."))
    return await export_responses(path, format, source.columns, source.services, source.batches, on_progress)
