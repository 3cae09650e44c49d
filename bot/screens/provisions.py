"""One provision: its words, its notes, its limits, and the ways on from it."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.callback_data import Asked, Listed, ListKind, Show, View
from bot.fluent_texts import Html
from bot.preferences import Detail
from bot.remembered import RememberedAnswer
from bot.rendering import Block, join, pages
from bot.screens.contents import contents_screen, heading_of, others_inside
from bot.screens.facts import (
    every_limit_blocks,
    internal_references,
    limit_blocks,
    limits_at,
    note_blocks,
    regulation_note,
    who_blocks,
)
from bot.screens.frame import Desk, Row, Screen, button, copying, keyboard, link, page_of, paging, reading_row
from bot.screens.rating import rating_buttons
from bot.screens.wording import notes_blocks, notes_of, wording_blocks
from knowledge.answers import Intent
from knowledge.charging import charged_by
from knowledge.labels import label, local_label
from knowledge.limits import Limit, binding, conflicting
from knowledge.provisions import CONTAINERS, Address, Kind, Provision

__all__ = ["provision_screen", "wording_pages"]


def provision_screen(
    desk: Desk,
    address: Address,
    view: View = View.WORDING,
    *,
    page: int = 0,
    answer: RememberedAnswer | None = None,
    above: Sequence[Html] = (),
) -> Screen:
    """The provision (which must exist) as `view` shows it; `answer` led here, `above` stands over it all."""
    if view is View.CONTENTS or desk.corpus[address].kind in CONTAINERS:
        return contents_screen(desk, address, page=page, question=answer.question if answer else None)
    if view is View.NOTES and notes_of(desk, address):
        return _notes_screen(desk, address, page, answer)
    if view is View.LIMITS:
        return _limits_screen(desk, address, page, answer)
    return _wording_screen(desk, address, page, answer, above)


# -- the words -------------------------------------------------------------------------------------------------------


def _wording_screen(
    desk: Desk, address: Address, page: int, answer: RememberedAnswer | None, above: Sequence[Html]
) -> Screen:
    limits = limits_at(desk, address, answer.limits if answer else ())
    texts = wording_pages(desk, address, limits, answer, above)
    page = page_of(page, len(texts))
    question = answer.question if answer else None
    to = [Show.of(address, page=n, question=question) for n in range(len(texts))]
    rows = [
        paging(desk.texts, page, len(texts), to),
        _parts_row(desk, address, limits, question),
        _neighbours_row(desk, address, question),
        *_reference_rows(
            desk, address, question, _otherwise(desk, address, _beneath(desk, address, limits, answer)[:1])
        ),
        _around_row(desk, address, answer),
        _rating_row(desk, address, answer),
    ]
    return Screen(texts[page], keyboard(rows))


def wording_pages(
    desk: Desk,
    address: Address,
    limits: Sequence[Limit],
    answer: RememberedAnswer | None = None,
    above: Sequence[Html] = (),
) -> list[Html]:
    """The quote with what was asked for right above it and everything else beneath, on as many pages as it takes."""
    quoted = wording_blocks(desk, address, answer.words if answer else ())
    intent = _intent(address, answer)
    dated = limit_blocks(desk, address, _beneath(desk, address, limits, answer))
    who = who_blocks(desk, charged_by(address, desk.corpus))
    first = {Intent.DEADLINE: dated, Intent.RESPONSIBLE: who}.get(intent, [])
    rest = [block for block in (*dated, *who) if block not in first]
    notes = note_blocks(desk, [desk.corpus[address], *_quoted_children(desk, address)])
    return pages([*map(Block, above), _title(desk, address), *first, *quoted, *rest, *notes])


def _intent(address: Address, answer: RememberedAnswer | None) -> Intent:
    """What was asked of this very provision."""
    return answer.intent if answer and answer.main == address else Intent.TOPIC


def _beneath(desk: Desk, address: Address, limits: Sequence[Limit], answer: RememberedAnswer | None) -> list[Limit]:
    return binding(address, limits, desk.corpus, asked=_intent(address, answer) is Intent.DEADLINE)


def _quoted_children(desk: Desk, address: Address) -> list[Provision]:
    return [p for p in desk.corpus.unit_parts(address) if p.address != address and p.kind is not Kind.NOTE]


def _title(desk: Desk, address: Address) -> Block:
    provision = desk.corpus[address]
    lines = [desk.texts("provision-title", label=label(address, desk.corpus))]
    heading = heading_of(desk, provision)
    if heading and heading != provision.title and desk.preferences.detail is Detail.FULL:
        lines.append(desk.texts("provision-heading", heading=heading))
    return Block(join(lines))


# -- its notes and limits --------------------------------------------------------------------------------------------


def _notes_screen(desk: Desk, address: Address, page: int, answer: RememberedAnswer | None) -> Screen:
    notes = notes_of(desk, address)
    title = desk.texts("notes-title", label=label(address, desk.corpus))
    blocks = [Block(title), *notes_blocks(desk, address, answer.words if answer else ()), *note_blocks(desk, notes)]
    texts = pages(blocks)
    page = page_of(page, len(texts))
    question = answer.question if answer else None
    to = [Show.of(address, View.NOTES, page=n, question=question) for n in range(len(texts))]
    single = [button(local_label(note, desk.corpus), Show.of(note.address, question=question)) for note in notes[:8]]
    rows = [
        paging(desk.texts, page, len(texts), to),
        *[reading_row(*single[i : i + 4]) for i in range(0, len(single), 4)],
        [_back_to(desk, address, question)],
    ]
    return Screen(texts[page], keyboard(rows))


def _limits_screen(desk: Desk, address: Address, page: int, answer: RememberedAnswer | None) -> Screen:
    limits = limits_at(desk, address, answer.limits if answer else ())
    title = desk.texts("limits-title", label=label(address, desk.corpus))
    blocks = every_limit_blocks(desk, address, limits) or [Block(desk.texts("limits-none"))]
    texts = pages([Block(title), *blocks, *regulation_note(desk, address)])
    page = page_of(page, len(texts))
    question = answer.question if answer else None
    to = [Show.of(address, View.LIMITS, page=n, question=question) for n in range(len(texts))]
    rows = [
        paging(desk.texts, page, len(texts), to),
        *_links(desk, address, _otherwise(desk, address, limits), question),
        [_back_to(desk, address, question)],
    ]
    return Screen(texts[page], keyboard(rows))


def _back_to(desk: Desk, address: Address, question: int | None) -> InlineKeyboardButton:
    name = label(address, desk.corpus, with_regulation=False)
    return button(desk.texts.plain("button-back-to", label=name), Show.of(address, question=question))


# -- ways on ---------------------------------------------------------------------------------------------------------


def _parts_row(desk: Desk, address: Address, limits: Sequence[Limit], question: int | None) -> Row:
    """The notes, the articles or phases inside, all limits; from a part up to the whole."""
    texts, corpus = desk.texts, desk.corpus
    unit = corpus.unit_of(address)
    whole = notes = inside = every = None
    if unit != address:
        name = label(unit, corpus, with_regulation=False)
        whole = button(texts.plain("button-whole", label=name), Show.of(unit, question=question))
    if count := len(notes_of(desk, address)):
        notes = button(texts.plain("button-notes", count=count), Show.of(address, View.NOTES, question=question))
    if count := others_inside(desk, address):
        inside = button(texts.plain("button-inside", count=count), Show.of(address, View.CONTENTS, question=question))
    if len(limits) > 1:
        every = button(
            texts.plain("button-limits", count=len(limits)), Show.of(address, View.LIMITS, question=question)
        )
    return reading_row(whole, notes, inside, every)


def _neighbours_row(desk: Desk, address: Address, question: int | None) -> Row:
    before, after = desk.corpus.neighbours(address)
    return reading_row(
        _to(desk, "button-before", before, question) if before else None,
        _to(desk, "button-after", after, question) if after else None,
    )


def _to(desk: Desk, key: str, address: Address, question: int | None) -> InlineKeyboardButton:
    name = local_label(desk.corpus[address], desk.corpus)
    return button(desk.texts.plain(key, label=name), Show.of(address, question=question))


def _otherwise(desk: Desk, address: Address, limits: Sequence[Limit]) -> list[Address]:
    """Provisions elsewhere that set a time for the same duty, where the screen tells so."""
    unit = desk.corpus.unit_of(address)
    set_elsewhere = [limit.address for limit in limits if desk.corpus.unit_of(limit.address) != unit]
    return [
        *set_elsewhere,
        *(other.address for limit in limits for other in conflicting(limit, desk.limits, desk.today)),
    ]


def _reference_rows(desk: Desk, address: Address, question: int | None, otherwise: Sequence[Address]) -> list[Row]:
    told = otherwise if desk.preferences.detail is Detail.FULL else ()
    quoted = [desk.corpus[address], *_quoted_children(desk, address)]
    return _links(desk, address, [*told, *internal_references(desk, quoted)], question)


def _links(desk: Desk, address: Address, targets: Sequence[Address], question: int | None) -> list[Row]:
    buttons = []
    for target in dict.fromkeys(targets):
        name = label(target, desk.corpus, with_regulation=target.regulation != address.regulation)
        buttons.append(button(desk.texts.plain("button-reference", label=name), Show.of(target, question=question)))
    return [reading_row(*buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _around_row(desk: Desk, address: Address, answer: RememberedAnswer | None) -> Row:
    """Back to the answer, the other candidates, the contents around, and the way to hand it on."""
    texts = desk.texts
    back = others = None
    if answer and answer.question is not None:
        if answer.main != address:
            back = button(texts.plain("button-back-to-answer"), Asked(question=answer.question))
        elif answer.others:
            elsewhere = answer.intent in (Intent.DEFINITION, Intent.LOOKUP)
            key = "button-other-texts" if elsewhere else "button-others"
            others = button(
                texts.plain(key, count=len(answer.others)),
                Listed(question=answer.question, kind=ListKind.CANDIDATES),
            )
    parent = desk.corpus[desk.corpus.unit_of(address)].parent
    question = answer.question if answer else None
    around = Show.of(parent, View.CONTENTS, question=question) if parent else None
    contents = button(texts.plain("button-contents"), around) if around else None
    return reading_row(back, others, contents, _share(desk, address))


def _share(desk: Desk, address: Address) -> InlineKeyboardButton | None:
    """Telegram's own dialogue; on the web page the link itself, so that nobody leaves the chat to hand it on."""
    url = desk.links.share(address, label(address, desk.corpus), desk.platform)
    if url is None:
        return None
    make = copying if desk.platform == "web" else link
    return make(desk.texts.plain("button-share"), url)


def _rating_row(desk: Desk, address: Address, answer: RememberedAnswer | None) -> Row:
    if answer is None or answer.question is None or address not in (answer.main, *answer.hits):
        return []
    return reading_row(*rating_buttons(desk.texts, answer.question))
