"""`run.py propose-obligations`: limits that a text sets, for a person to accept."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.command_line.files import text_of
from bot.command_line.output import print_json
from bot.composition.corpus import build_corpus
from bot.settings import Settings
from reminders.passages import passages_of_file, passages_of_regulation
from reminders.proposer import proposal_json, propose


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Limits and periods of a regulation of the corpus, or of any text file, for a person to accept."""
    corpus, _, _ = build_corpus(settings)
    known = corpus.regulations.get(args.source)
    passages = passages_of_regulation(known) if known else passages_of_file(text_of(Path(args.source)))
    bodies = {
        alias: actor.id
        for regulation in ([known] if known else corpus.regulations.values())
        for actor in regulation.actors.values()
        for alias in (actor.name, *actor.aliases)
    }
    proposals = propose(passages, list(bodies.items()))
    if args.json:
        print_json([proposal_json(p) for p in proposals])
        return 0
    for p in proposals:
        print(f"{p.eid}\t{p.quote}\t{p.sentence}")
    return 0
