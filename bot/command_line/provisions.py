"""`run.py provisions`: every provision of the corpus."""

from __future__ import annotations

import argparse

from bot.command_line.output import print_json
from bot.composition.corpus import build_corpus
from bot.settings import Settings
from knowledge.contract import provision_json
from knowledge.labels import label


def run(settings: Settings, args: argparse.Namespace) -> int:
    corpus, _, _ = build_corpus(settings)
    if args.json:
        print_json([provision_json(p, corpus) for p in corpus])
        return 0
    for p in corpus:
        print(f"{p.address}\t{label(p.address, corpus)}\t{p.heading}")
    return 0
