"""`run.py agencies`: the directory of agencies."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict

from bot.command_line.files import bytes_of
from bot.command_line.output import print_json, tell_imported
from bot.composition.reminders import with_reminders
from bot.settings import Settings
from reminders.agency_import import FILE_BYTES_MAX


def run(settings: Settings, args: argparse.Namespace) -> int:
    """The directory of agencies, or what a file would make of it. A running process knows them at its next use."""
    if args.action == "import":
        content = bytes_of(args.file, "cli-agencies-file", FILE_BYTES_MAX)
        done = asyncio.run(
            with_reminders(settings, lambda reminders: reminders.import_agencies(None, content, dry_run=args.dry_run))
        )
        return tell_imported(args, done)
    directory = asyncio.run(with_reminders(settings, lambda reminders: reminders.find_agencies.directory()))
    found = sorted(directory.agencies.values(), key=lambda agency: agency.id)
    if args.json:
        print_json([asdict(agency) for agency in found])
        return 0
    for agency in found:
        print(f"{agency.id}\t{agency.name}\t{agency.parent}\t{'|'.join(agency.classes)}")
    return 0
