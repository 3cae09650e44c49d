"""Terms that the regulations use in a meaning of their own."""

from __future__ import annotations

from bot.callback_data import Definitions, Show
from bot.rendering import join
from bot.screens.contents import regulations_screen
from bot.screens.frame import Desk, Row, Screen, button, keyboard, page_of, paging, reading_row

__all__ = ["definitions_screen"]

#: Terms on a page, two a row.
TERMS_PAGE = 12


def definitions_screen(desk: Desk, slug: str = "", *, page: int = 0) -> Screen:
    """The terms of one regulation; without one, which regulations define terms. An unknown slug counts as none."""
    regulation = desk.corpus.regulations.get(slug)
    if regulation is None or not regulation.definitions:
        return _regulations_with_terms(desk)
    count = -(-len(regulation.definitions) // TERMS_PAGE)
    page = page_of(page, count)
    terms = regulation.definitions[page * TERMS_PAGE : (page + 1) * TERMS_PAGE]
    buttons = [button(term.term, Show.of(term.address)) for term in terms]
    rows: list[Row] = [reading_row(*buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append(paging(desk.texts, page, count, [Definitions(regulation=slug, page=n) for n in range(count)]))
    rows.append([button(desk.texts.plain("button-all-definitions"), Definitions())])
    title = desk.texts("definitions-title", title=regulation.short_title, count=len(regulation.definitions))
    return Screen(join([title, desk.texts("definitions-note")], "\n\n"), keyboard(rows))


def _regulations_with_terms(desk: Desk) -> Screen:
    defining = [r for r in desk.corpus.regulations.values() if r.definitions]
    if not defining:
        return regulations_screen(desk)
    rows: list[Row] = [
        [
            button(
                desk.texts.plain("button-terms-of", title=r.short_title, count=len(r.definitions)),
                Definitions(regulation=r.slug),
            )
        ]
        for r in defining
    ]
    return Screen(desk.texts("definitions-where"), keyboard(rows))
