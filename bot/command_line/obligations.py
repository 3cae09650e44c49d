"""`run.py obligations`: every obligation of the register with its limit."""

from __future__ import annotations

import argparse

from persiantools.jdatetime import JalaliDate

from bot.command_line.output import print_json
from bot.composition.clock import today_in
from bot.composition.corpus import build_corpus
from bot.composition.places import texts
from bot.settings import Settings
from reminders.contract import obligation_json


def run(settings: Settings, args: argparse.Namespace) -> int:
    _, _, dates = build_corpus(settings)
    today = JalaliDate(today_in(settings))
    rows = [obligation_json(o, dates, today) for o in dates.register]
    if args.json:
        print_json(rows)
        return 0
    t = texts().plain
    for row in rows:
        undated = t("duty-standing", standing="recurring" if row["lasts"] else "waiting")
        print(f"{row['due'] or row.get('next_due') or undated}\t{row['id']}\t{row['action']}")
    return 0
