"""`run.py poster`: a page for a counter."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Literal

from bot.command_line.files import write
from bot.command_line.output import persian_digits_of, tell
from bot.composition.errors import CommandError
from bot.composition.places import texts
from bot.composition.surveys import with_surveys
from bot.links import Links
from bot.settings import Settings, is_bot_username
from bot.survey_links import survey_parameter
from surveys.posters import PosterCode, PosterWords
from surveys.posters import poster as drawn


def run(settings: Settings, args: argparse.Namespace) -> int:
    """An A4 page for a counter, with a code for every way to the survey that is known."""
    t = texts().plain
    service = asyncio.run(with_surveys(settings, lambda _, surveys: surveys.find_active(args.id)))
    out = Path(args.out or f"{service.id}.svg")
    format: Literal["svg", "pdf"] = "pdf" if out.suffix.lower() == ".pdf" else "svg"
    if out.suffix.lower() not in (".svg", ".pdf"):
        raise CommandError(t("cli-poster-ending", path=str(out)))
    telegram = args.telegram or settings.telegram.username
    for name in (telegram, args.bale):
        if name and not is_bot_username(name):
            raise CommandError(t("cli-poster-username", name=name))
    start, page = survey_parameter(service.id), Links(settings.web.public_url).survey_page(service.id)
    links = [
        ("poster-telegram", f"https://t.me/{telegram}?start={start}" if telegram else ""),
        ("poster-bale", f"https://ble.ir/{args.bale}?start={start}" if args.bale else ""),
        ("poster-web", page or ""),
    ]
    codes = [PosterCode(t(label), url) for label, url in links if url]
    if not codes:
        raise CommandError(t("cli-poster-nowhere"))
    if not page:
        print(t("cli-poster-no-web"), file=sys.stderr)
    id = persian_digits_of(service.id)
    note = t("poster-example", id=id) if service.is_example else t("poster-note", id=id)
    words = PosterWords(t("poster-call"), t("poster-how"), note)
    write(out, drawn(service, codes, words, format))
    done = {"service": service.id, "file": str(out), "links": [code.url for code in codes]}
    tell(args, done, t("cli-poster-done", path=str(out)))
    return 0
