"""Lists of limits over all texts: page by page, each limit with its words, its date, its state and who must act."""

from __future__ import annotations

from collections.abc import Sequence

from bot.callback_data import Listed, ListKind, Show
from bot.fluent_texts import Html
from bot.rendering import Block, join, pages
from bot.screens.facts import limit_line, regulation_note
from bot.screens.frame import Desk, Row, Screen, button, keyboard, page_of, paging, reading_row, shown_date
from bot.screens.rating import rating_buttons
from knowledge.labels import label
from knowledge.limit_lists import BEYOND, LimitGroup, LimitQuery, Standing, listed_limits
from knowledge.limits import Limit
from knowledge.provisions import Address, Status

__all__ = ["limit_list_screen"]

#: Limits on one page: with their quotes, what a phone still shows in two or three turns of the thumb.
LIMITS_PAGE = 6
#: Characters of a button that a phone shows beside another one.
SIDE_BY_SIDE_MAX = 18


def limit_list_screen(
    desk: Desk, query: LimitQuery, question: int | None, *, page: int = 0, above: Sequence[Html] = ()
) -> Screen:
    """A page of the limits that were asked for. Without a stored question there is only the first one."""
    groups = listed_limits(query, desk.limits, desk.corpus, desk.today)
    rows = [(group.standing, limit) for group in groups for limit in group.limits]
    count = max(1, -(-len(rows) // LIMITS_PAGE))
    page = page_of(page, count)
    shown = rows[page * LIMITS_PAGE : (page + 1) * LIMITS_PAGE]
    blocks = [*map(Block, above), Block(_title(desk, query, groups)), *_entries(desk, query, groups, shown)]
    if question is None and count > 1:
        blocks.append(Block(desk.texts("limit-list-more", count=len(rows) - len(shown)), apart=True))
    if page + 1 == count or query.regulations:
        blocks += [Block(remark, apart=True) for remark in _remarks(desk, query)]
    buttons = _address_rows(desk, query, [limit for _, limit in shown], question)
    if question is not None:
        to = [Listed(question=question, kind=ListKind.PROVISIONS, page=n) for n in range(count)]
        buttons += [paging(desk.texts, page, count, to), reading_row(*rating_buttons(desk.texts, question))]
    return Screen(pages(blocks)[0], keyboard(buttons))


def _title(desk: Desk, query: LimitQuery, groups: Sequence[LimitGroup]) -> Html:
    """What the list holds: state, number, body, text, span of days."""
    texts = desk.texts
    count = sum(len(group.limits) for group in groups if group.standing not in BEYOND)
    number = texts("limit-list-count", count=count) if count else Html("")
    lines = [join([texts("limit-list-title", wanted=query.wanted.value), number], " ")]
    if query.actor is not None:
        lines.append(texts("who-responsible", names=query.actor))
    if query.regulations:
        names = "»، «".join(desk.corpus.regulations[slug].short_title for slug in query.regulations)
        lines.append(texts("limit-list-texts", names=f"«{names}»"))
    if query.length is not None:
        amount, unit = query.length
        lines.append(texts("limit-list-length", amount=amount, unit=unit))
    if query.window is not None:
        since, until = (shown_date(desk, day) for day in (query.window.since, query.window.until))
        lines.append(
            texts("limit-list-day", day=since) if since == until else texts("limit-list-span", since=since, until=until)
        )
    if not count:
        lines.append(texts("limit-list-none"))
    return join(lines)


def _entries(
    desk: Desk, query: LimitQuery, groups: Sequence[LimitGroup], shown: Sequence[tuple[Standing, Limit]]
) -> list[Block]:
    """The limits of a page, under the titles of their groups where these are several or not what was asked for."""
    titled = len(groups) > 1 or any(group.standing in BEYOND for group in groups)
    blocks, above = [], None
    for standing, limit in shown:
        if titled and standing is not above:
            blocks.append(Block(desk.texts("limit-list-group", standing=standing.value), apart=True))
        above = standing
        blocks.append(Block(_entry(desk, query, limit), apart=True))
    return blocks


def _entry(desk: Desk, query: LimitQuery, limit: Limit) -> Html:
    name = _name(desk, query, limit.address)
    lines = [desk.texts("limit-list-entry", label=name, action=limit.action), limit_line(desk, limit)]
    if limit.responsible and limit.responsible != (query.actor,):
        lines.append(desk.texts("who-responsible", names="، ".join(limit.responsible)))
    return join(lines)


def _name(desk: Desk, query: LimitQuery, address: Address) -> str:
    return label(address, desk.corpus, with_regulation=len(query.regulations) != 1)


def _address_rows(desk: Desk, query: LimitQuery, shown: Sequence[Limit], question: int | None) -> list[Row]:
    """A button for each provision of the page, two in a row where a phone shows both."""
    addresses = dict.fromkeys(limit.address for limit in shown)
    buttons = [button(_name(desk, query, address), Show.of(address, question=question)) for address in addresses]
    width = 2 if all(len(one.text) <= SIDE_BY_SIDE_MAX for one in buttons) else 1
    return [reading_row(*buttons[at : at + width]) for at in range(0, len(buttons), width)]


def _remarks(desk: Desk, query: LimitQuery) -> list[Html]:
    """What is said of a text that is named, and which limits are another list: those of all agencies, and those of a
    superseded text.
    """
    regulations = desk.corpus.regulations
    if query.regulations:
        return [block.html for slug in query.regulations for block in regulation_note(desk, Address(slug))]
    previous = next((one.short_title for one in regulations.values() if one.status is Status.PREVIOUS), None)
    actors = [actor for one in regulations.values() for actor in one.actors.values() if actor.name == query.actor]
    return [
        *([desk.texts("limit-list-common")] if actors and not any(actor.is_class for actor in actors) else []),
        *([desk.texts("limit-list-previous", name=previous)] if previous else []),
    ]
