"""What commands print: Persian for people, JSON for tools."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.composition.places import texts
from bot.persian_arguments import BAD_INPUT
from knowledge.numerals import persian_digits

if TYPE_CHECKING:
    from reminders.agency_import import ImportedAgencies
    from surveys.cataloguing import Imported as ImportedServices


def tell(args: argparse.Namespace, value: object, sentence: str) -> None:
    if args.json:
        print_json(value)
    else:
        print(sentence)


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def tell_imported(args: argparse.Namespace, done: ImportedServices | ImportedAgencies) -> int:
    """The counts on standard output, the problems on standard error; the exit code."""
    t = texts().plain
    if args.json:
        print_json(asdict(done))
    else:
        said = t("cli-imported", added=done.added, changed=done.changed, unchanged=done.unchanged)
        print(f"{said} {t('cli-stored' if done.stored else 'cli-not-stored')}")
    for problem in done.problems:
        where = t("cli-row", row=problem.row) if problem.row else args.file
        near = "، ".join(persian_digits_of(name) for name in problem.near)
        said = t(problem.message_key, value=persian_digits_of(problem.value), near=near)
        print(f"{where}: {said}", file=sys.stderr)
    return BAD_INPUT if done.problems else 0


def persian_digits_of(id: str) -> str:
    """Digits of official ids as people read them; the Latin examples stay as they are typed."""
    return persian_digits(id) if id.isdigit() else id
