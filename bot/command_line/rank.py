"""`run.py rank`: the engine over any corpus, to measure it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.composition.errors import CommandError
from bot.composition.progress_bar import index_progress
from bot.settings import Settings
from knowledge.rank_command import RankInputError
from knowledge.rank_command import rank as rank_corpus


def run(settings: Settings, args: argparse.Namespace) -> int:
    try:
        rank_corpus(Path(args.corpus), Path(args.queries), sys.stdout, top=args.top, on_progress=index_progress())
    except (RankInputError, OSError) as error:
        raise CommandError(str(error)) from error
    return 0
