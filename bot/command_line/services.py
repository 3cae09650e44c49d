"""`run.py services`: the catalogue of services."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import asdict

from bot.command_line.files import bytes_of
from bot.command_line.output import print_json, tell_imported
from bot.composition.places import texts
from bot.composition.surveys import with_surveys
from bot.settings import Settings
from knowledge.written_tables import SIZE_MAX


def run(settings: Settings, args: argparse.Namespace) -> int:
    """The catalogue, or what a file would make of it."""
    if args.action == "import":
        return _import_services(settings, args)
    found = asyncio.run(with_surveys(settings, lambda _, surveys: surveys.list_services()))
    if args.json:
        print_json([asdict(service) for service in found])
        return 0
    for service in found:
        active = texts().plain("cli-active", active=str(service.active))
        print(f"{service.id}\t{service.title}\t{service.agency}\t{active}")
    return 0


def _import_services(settings: Settings, args: argparse.Namespace) -> int:
    content = bytes_of(args.file, "cli-services-file", SIZE_MAX)
    done = asyncio.run(
        with_surveys(settings, lambda _, surveys: surveys.import_services(content, dry_run=args.dry_run))
    )
    return tell_imported(args, done)
