"""Tables of contents: the regulations, and what stands below a regulation, chapter, heading or step."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.callback_data import Asked, Definitions, Regulations, Show, View
from bot.fluent_texts import Html
from bot.rendering import Block, date_words, join, pages
from bot.screens.facts import note_blocks
from bot.screens.frame import LIST_PAGE, Desk, Row, Screen, button, keyboard, page_of, paging, reading_row
from bot.screens.wording import wording_blocks
from knowledge.labels import bare_heading, label, local_label
from knowledge.numerals import persian_digits
from knowledge.provisions import CONTAINERS, UNITS, Address, Kind, Provision, Regulation, Status
from reminders.jalali import parse_iso

__all__ = ["contents_screen", "entry_label", "heading_of", "others_inside", "regulations_screen"]


def regulations_screen(desk: Desk) -> Screen:
    """All regulations, each with what tells it from the others."""
    regulations = list(desk.corpus.regulations.values())
    lines = [join([desk.texts("regulations-title"), *(_summary(desk, r) for r in regulations)], "\n\n")]
    rows: list[Row] = [[button(r.short_title, Show.of(r.address, View.CONTENTS))] for r in regulations]
    rows.append([button(desk.texts.plain("button-all-definitions"), Definitions())])
    return Screen(pages([Block(line) for line in lines])[0], keyboard(rows))


def _summary(desk: Desk, regulation: Regulation) -> Html:
    articles = sum(p.kind is Kind.ARTICLE for p in regulation.provisions)
    lines = [desk.texts("regulation-line", title=regulation.title, issuer=regulation.issuer, articles=articles)]
    if regulation.status is Status.PREVIOUS:
        lines.append(desk.texts("regulation-previous"))
    return join(lines)


def others_inside(desk: Desk, address: Address) -> int:
    """How many units (articles, phases, rows…) stand right below it."""
    return sum(child.kind in UNITS for child in desk.corpus.children(address))


def contents_screen(desk: Desk, address: Address, *, page: int = 0, question: int | None = None) -> Screen:
    """What stands right below a provision, ten entries a page, with the words that the container itself prints.

    Whoever came from an answer (`question`) finds the way back to it from everywhere.
    """
    below = [child for child in desk.corpus.children(address) if child.kind in UNITS]
    count = max(1, -(-len(below) // LIST_PAGE))
    page = page_of(page, count)
    entries = below[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    provision = desk.corpus[address]
    to = [Show.of(address, View.CONTENTS, page=n, question=question) for n in range(count)]
    rows: list[Row] = [
        *([button(entry_label(entry, desk), Show.of(entry.address, question=question))] for entry in entries),
        paging(desk.texts, page, count, to),
        _neighbours(desk, address, question),
        _up(desk, provision, question),
        [button(desk.texts.plain("button-back-to-answer"), Asked(question=question))] if question else [],
    ]
    return Screen(pages(_head(desk, provision, with_words=page == 0))[0], keyboard(rows))


def _head(desk: Desk, provision: Provision, *, with_words: bool) -> list[Block]:
    if provision.kind is Kind.REGULATION:
        return _facts(desk, desk.corpus.regulation_of(provision.address))
    title = [Block(desk.texts("provision-title", label=label(provision.address, desk.corpus)))]
    words = wording_blocks(desk, provision.address) if with_words or provision.kind in CONTAINERS else []
    return [*title, *words, *note_blocks(desk, [provision])]


def _facts(desk: Desk, regulation: Regulation) -> list[Block]:
    texts = desk.texts
    lines = [texts("provision-title", label=regulation.title), texts("regulation-issuer", issuer=regulation.issuer)]
    if regulation.number:
        lines.append(texts("regulation-number", number=persian_digits(regulation.number)))
    for key, date in (("regulation-approved", regulation.approved), ("regulation-promulgated", regulation.promulgated)):
        if date:
            lines.append(texts(key, date=date_words(texts, parse_iso(date))))
    unknown = [
        Block(texts("regulation-unknown", sentence=sentence), apart=not i)
        for i, sentence in enumerate(regulation.unknown)
    ]
    return [Block(join(lines)), *note_blocks(desk, [desk.corpus[regulation.address]]), *unknown]


def entry_label(provision: Provision, desk: Desk) -> str:
    """«ماده ۲۱: نظرسنجی از گیرندگان خدمات»"""
    name = local_label(provision, desk.corpus)
    heading = heading_of(desk, provision)
    if heading.startswith(f"{name} "):
        return heading  # «نامه ابلاغ وزیر ارتباطات»
    return name if not heading or name == heading else f"{name}: {heading}"


def heading_of(desk: Desk, provision: Provision) -> str:
    """The heading as it stands behind the provision's name."""
    return bare_heading(provision, desk.corpus)


def _neighbours(desk: Desk, address: Address, question: int | None) -> Row:
    before, after = desk.corpus.neighbours(address)
    names: Sequence[str] = [local_label(desk.corpus[a], desk.corpus) if a else "" for a in (before, after)]
    return reading_row(
        _to(desk, "button-before", names[0], before, question),
        _to(desk, "button-after", names[1], after, question),
    )


def _to(desk: Desk, key: str, name: str, address: Address | None, question: int | None) -> InlineKeyboardButton | None:
    to = Show.of(address, View.CONTENTS, question=question) if address else None
    return button(desk.texts.plain(key, label=name), to) if to else None


def _up(desk: Desk, provision: Provision, question: int | None) -> Row:
    texts = desk.texts
    if provision.parent is None:
        regulation = desk.corpus.regulation_of(provision.address)
        terms = Definitions(regulation=regulation.slug)
        return reading_row(
            button(texts.plain("button-regulations"), Regulations()),
            button(texts.plain("button-definitions"), terms) if regulation.definitions else None,
        )
    name = label(provision.parent, desk.corpus, with_regulation=False)
    up = Show.of(provision.parent, View.CONTENTS, question=question)
    return [button(texts.plain("button-back-to", label=name), up)]
