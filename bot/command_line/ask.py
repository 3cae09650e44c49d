"""`run.py ask`: one question, or a file of them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from bot.command_line.files import text_of
from bot.command_line.output import print_json
from bot.composition.clock import today_in
from bot.composition.errors import CommandError
from bot.composition.knowledge import build_knowledge
from bot.composition.places import texts
from bot.composition.progress_bar import index_progress
from bot.settings import Settings
from knowledge.contract import answer_json


def run(settings: Settings, args: argparse.Namespace) -> int:
    questions = list(_batch(Path(args.batch))) if args.batch else [(None, args.question)]
    if not args.batch and not (args.question or "").strip():
        raise CommandError(texts().plain("cli-ask-empty"))
    knowledge, today = build_knowledge(settings, index_progress()), today_in(settings)
    for id, question in questions:
        answer = knowledge.answerer.answer(question, today=today)
        if args.json:
            print_json(answer_json(answer, id=id))
            continue
        from bot.command_line.answer_text import answer_text  # JSON needs no screens

        print(answer_text(settings, knowledge, answer))
    return 0


def _batch(path: Path) -> Iterator[tuple[str | None, str]]:
    for number, line in enumerate(text_of(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["q"])
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(texts().plain("cli-batch-line", path=str(path), line=str(number))) from error
