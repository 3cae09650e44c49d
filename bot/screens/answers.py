"""Answers: the quote, the question back, what does not exist, what could not be answered, lists of provisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.callback_data import Asked, Listed, ListKind, Regulations, Show, View
from bot.fluent_texts import Html
from bot.remembered import RememberedAnswer
from bot.rendering import Block, cleaned, isolated, join, pages
from bot.screens.contents import heading_of
from bot.screens.facts import limit_line, limits_at
from bot.screens.frame import LIST_PAGE, Desk, Row, Screen, button, keyboard, page_of, paging, reading_row
from bot.screens.limit_lists import limit_list_screen
from bot.screens.provisions import provision_screen
from bot.screens.rating import expert_button, rating_buttons
from knowledge.answers import PERHAPS_MAX, Answer, Candidate, Intent, Missing, Status
from knowledge.body_answers import Role, role_in
from knowledge.labels import label
from knowledge.numerals import persian_digits
from knowledge.provisions import Address, Corpus, Kind
from knowledge.understanding import plain

__all__ = ["answer_screen", "list_screen", "on_the_table", "remembered_screen", "with_namesakes"]

#: Longest name in characters, and how many such buttons a phone shows in one row without breaking them.
NAMES_SIDE_BY_SIDE = ((10, 3), (16, 2))


def answer_screen(desk: Desk, answer: Answer, question: int | None, *, length_max: int) -> Screen:
    """What a question's asker sees. `length_max` is the limit that `too_long` names."""
    remembered = RememberedAnswer.of(answer, question)
    match answer.status:
        case Status.ANSWERED | Status.ASKED_BACK:
            return remembered_screen(desk, remembered, above=_above(desk, answer))
        case Status.NO_SUCH_PROVISION:
            return _missing_screen(desk, answer)
        case Status.NO_CONFIDENT_ANSWER:
            return _unsure_screen(desk, remembered)
        case Status.TOO_LONG:
            return Screen(desk.texts("too-long", limit=length_max, length=len(answer.question)))
        case Status.REFUSED_PERSONAL_DATA:
            return Screen(desk.texts("refused-personal-data"))
        case Status.EMPTY:
            return Screen(desk.texts("empty-question"))
        case Status.ERROR:
            return Screen(desk.texts("error"))


def with_namesakes(corpus: Corpus, answer: Answer) -> Answer:
    """A bare «ماده ۱۴», read within the text on the table, also offers the articles of that number in other texts."""
    question = plain(answer.question)
    bare = len(question.split()) == 2 and any(letter.isdigit() for letter in question)
    main = answer.main
    if not bare or answer.intent is not Intent.LOOKUP or answer.status is not Status.ANSWERED or main is None:
        return answer
    if corpus[main].kind is not Kind.ARTICLE:
        return answer
    others = [Address(slug, main.eid) for slug in corpus.regulations if slug != main.regulation]
    namesakes = [Candidate(at, 0.0) for at in others if corpus.get(at) is not None]
    return replace(answer, hits=(Candidate(main, 1.0), *namesakes)) if namesakes else answer


def remembered_screen(desk: Desk, answer: RememberedAnswer, *, above: Sequence[Html] = ()) -> Screen:
    """The answer once more, as its «back» button shows it."""
    if answer.status is Status.NO_CONFIDENT_ANSWER:
        return _unsure_screen(desk, answer)
    if answer.status is Status.ASKED_BACK:
        return list_screen(desk, answer, ListKind.CANDIDATES, above=above)
    if answer.actor is not None or answer.intent is Intent.TABLE or answer.main is None:
        return list_screen(desk, answer, ListKind.PROVISIONS, above=above)
    view = View.NOTES if _asks_notes(desk.corpus, answer) else View.WORDING
    return provision_screen(desk, on_the_table(desk.corpus, answer) or answer.main, view, answer=answer, above=above)


def on_the_table(corpus: Corpus, answer: RememberedAnswer) -> Address | None:
    """What a follow-up to this answer refers to: its quote, the article whose notes it shows, a body's only duty."""
    if answer.main is not None and _asks_notes(corpus, answer):
        return corpus.unit_of(answer.main)
    only = answer.provisions[0] if answer.actor is not None and len(answer.provisions) == 1 else None
    return answer.main or only


def _asks_notes(corpus: Corpus, answer: RememberedAnswer) -> bool:
    """«تبصره‌هاش؟»: the answer lists just the notes of one unit."""
    if len(answer.provisions) < 2 or answer.intent is not Intent.LOOKUP:
        return False
    units = {corpus.unit_of(address) for address in answer.provisions}
    return len(units) == 1 and all(corpus[address].kind is Kind.NOTE for address in answer.provisions)


def _above(desk: Desk, answer: Answer) -> list[Html]:
    texts = desk.texts
    lines = []
    if answer.corrected:
        lines.append(texts("corrected", question=isolated(persian_digits(cleaned(answer.corrected)))))
    if answer.intent is Intent.DEFINITION and answer.definition is not None:
        where = desk.corpus.regulation_of(answer.definition.address).short_title
        lines.append(texts("definition-title", term=answer.definition.term, where=where))
    if answer.missing is not None:
        lines.append(_lacking(desk, answer.missing))
    if answer.intent is Intent.DEADLINE and answer.main is not None and not answer.limits:
        lines.append(texts("deadline-none"))
    if answer.intent is Intent.RESPONSIBLE and answer.main is not None and not answer.responsible:
        lines.append(texts("responsible-none"))
    return lines


def _lacking(desk: Desk, missing: Missing) -> Html:
    """What does not exist beside what is shown."""
    if desk.corpus.get(missing.within) is None:
        return desk.texts("no-such-anywhere", asked=_asked(missing), count=len(desk.corpus.regulations))
    where = label(missing.within, desk.corpus)
    if missing.number:
        return desk.texts("no-such-provision-in", asked=_asked(missing), where=where)
    return desk.texts("none-of-kind", kind=missing.kind_label, where=where)


def _asked(missing: Missing) -> str:
    return f"{missing.kind_label} {persian_digits(cleaned(missing.number))}"


# -- no answer -------------------------------------------------------------------------------------------------------


def _missing_screen(desk: Desk, answer: Answer) -> Screen:
    missing = answer.missing
    if missing is None:
        return Screen(desk.texts("no-such-provision", asked=desk.texts.plain("no-such-reference")))
    asked = _asked(missing)
    if desk.corpus.get(missing.within) is None:
        every = button(desk.texts.plain("button-regulations"), Regulations())
        count = len(desk.corpus.regulations)
        return Screen(desk.texts("no-such-anywhere", asked=asked, count=count), keyboard([[every]]))
    where = label(missing.within, desk.corpus)
    if missing.number:
        lines = [desk.texts("no-such-provision-in", asked=asked, where=where)]
    else:
        lines = [desk.texts("no-such-kind-in", kind=missing.kind_label, where=where)]
    if missing.first is not None and missing.last is not None:
        numbers = {"first": persian_digits(missing.first), "last": persian_digits(missing.last)}
        key = "no-such-only" if missing.first == missing.last else "no-such-range"
        lines.append(desk.texts(key, kind=missing.kind_label, **numbers))
    view = desk.texts.plain("button-contents-of", label=where)
    return Screen(join(lines), keyboard([[button(view, Show.of(missing.within, View.CONTENTS))]]))


def _unsure_screen(desk: Desk, answer: RememberedAnswer) -> Screen:
    perhaps = answer.hits[:PERHAPS_MAX]
    if perhaps:
        offers = (line for address in perhaps for line in _perhaps(desk, answer, address))
        lines = [desk.texts("no-confident-answer"), join([desk.texts("perhaps"), *offers]), desk.texts("rephrase")]
    else:
        lines = [desk.texts("nothing-found"), desk.texts("what-can-be-asked")]
    rows = list(_entry_rows(desk, perhaps, answer.question))
    if answer.question is not None:
        rows.append([expert_button(desk.texts, answer.question)])
    return Screen(join(lines, "\n\n"), keyboard(rows))


def _perhaps(desk: Desk, answer: RememberedAnswer, address: Address) -> list[Html]:
    """One offer; where a limit was asked for, its likeliest limit beneath."""
    limits = limits_at(desk, address, answer.limits) if answer.limits else []
    return [_entry(desk, address), *(limit_line(desk, limit) for limit in limits[:1])]


# -- lists -----------------------------------------------------------------------------------------------------------


def list_screen(
    desk: Desk, answer: RememberedAnswer, kind: ListKind, *, page: int = 0, above: Sequence[Html] = ()
) -> Screen:
    """A page of what an answer lists: candidates beside its quote, readings to choose from, rows, duties, limits."""
    if answer.listing is not None:
        return limit_list_screen(desk, answer.listing, answer.question, page=page, above=above)
    addresses = [a for a in _listed(answer, kind) if desk.corpus.get(a) is not None]
    count = max(1, -(-len(addresses) // LIST_PAGE))
    page = page_of(page, count)
    entries = addresses[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    shared = _shared_regulation(addresses)
    lines = _list_title(desk, answer, kind, addresses)
    roles = _roles(desk, answer, addresses) if answer.actor is not None and kind is ListKind.PROVISIONS else {}
    mixed, above_entry = len(set(roles.values())) > 1, None
    for address in entries:
        if mixed and roles[address] is not above_entry:
            above_entry = roles[address]
            lines.append(desk.texts("body-role", role=(above_entry or Role.PARTNER).value))
        lines.append(_entry(desk, address, with_regulation=shared is None))
    text = join(lines)
    rows = _entry_rows(desk, entries, answer.question, with_regulation=shared is None)
    if answer.question is not None:
        to = [Listed(question=answer.question, kind=kind, page=n) for n in range(count)]
        rows.append(paging(desk.texts, page, count, to))
        if kind is ListKind.CANDIDATES and answer.status is Status.ANSWERED:
            rows.append([button(desk.texts.plain("button-back-to-answer"), Asked(question=answer.question))])
        elif kind is ListKind.PROVISIONS:
            rows.append(reading_row(*rating_buttons(desk.texts, answer.question)))
    return Screen(pages([*map(Block, above), Block(text)])[0], keyboard(rows))


def _listed(answer: RememberedAnswer, kind: ListKind) -> tuple[Address, ...]:
    if kind is ListKind.PROVISIONS:
        return answer.provisions or answer.hits
    if answer.status is Status.ASKED_BACK:
        return answer.provisions or answer.hits
    return answer.others


def _shared_regulation(addresses: Sequence[Address]) -> str | None:
    """The slug of the one regulation that several provisions stand in; None where they stand in more than one."""
    slugs = {address.regulation for address in addresses}
    return slugs.pop() if len(addresses) > 1 and len(slugs) == 1 else None


def _list_title(desk: Desk, answer: RememberedAnswer, kind: ListKind, addresses: Sequence[Address]) -> list[Html]:
    """What the list is, and the regulation of its entries where it is one for all."""
    slug = _shared_regulation(addresses)
    if slug is None:
        return [_plain_title(desk, answer, kind, len(addresses))]
    where = desk.corpus.regulations[slug].short_title
    if kind is ListKind.PROVISIONS and answer.actor is None:
        families = {address.eid.rpartition("__")[2].partition("_")[0] for address in addresses}
        family = families.pop() if len(families) == 1 else "other"
        return [desk.texts("rows-title-in", kind=family, where=where, count=len(addresses))]
    return [_plain_title(desk, answer, kind, len(addresses)), desk.texts("list-all-in", where=where)]


def _plain_title(desk: Desk, answer: RememberedAnswer, kind: ListKind, count: int) -> Html:
    if kind is ListKind.CANDIDATES:
        if answer.status is Status.ASKED_BACK:
            return desk.texts("asked-back")
        if answer.intent is Intent.DEFINITION:
            return desk.texts("other-definitions-title")
        if answer.intent is Intent.LOOKUP:
            return desk.texts("same-number-title")
        return desk.texts("others-title")
    if answer.actor is not None:
        roles = set(_roles(desk, answer, answer.provisions).values())
        if not roles:
            return desk.texts("roles-none", actor=answer.actor)
        key = "roles-title" if len(roles) > 1 else "partner-title" if Role.PARTNER in roles else "duties-title"
        return desk.texts(key, actor=answer.actor, count=count)
    return desk.texts("rows-title", count=count)


def _roles(desk: Desk, answer: RememberedAnswer, addresses: Sequence[Address]) -> dict[Address, Role | None]:
    """What the body of a list does by each entry."""
    return {address: role_in(address, answer.actor or "", desk.corpus) for address in addresses}


def _entry(desk: Desk, address: Address, *, with_regulation: bool = True) -> Html:
    name = label(address, desk.corpus, with_regulation=with_regulation)
    heading = heading_of(desk, desk.corpus[address])
    if not heading or heading in name:
        return desk.texts("list-entry-bare", label=name)
    return desk.texts("list-entry", label=name, heading=heading)


def _entry_rows(
    desk: Desk, entries: Sequence[Address], question: int | None, *, with_regulation: bool = True
) -> list[Row]:
    """A button for each entry with its name alone (its heading stands in the text), short names side by side."""
    names = [label(address, desk.corpus, with_regulation=with_regulation) for address in entries]
    longest = max(map(len, names), default=0)
    columns = next((count for width, count in NAMES_SIDE_BY_SIDE if longest <= width), 1)
    buttons = [button(name, Show.of(at, question=question)) for name, at in zip(names, entries, strict=True)]
    count = -(-len(buttons) // columns)
    ends = [-(-len(buttons) * row // count) for row in range(count + 1)] if count else []  # rows of like length
    return [reading_row(*buttons[begin:end]) for begin, end in pairwise(ends)]
