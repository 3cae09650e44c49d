"""What stands around a quote: its limits with their dates, who must act, and notes on the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from bot.fluent_texts import Html
from bot.preferences import Detail
from bot.rendering import Block, join
from bot.screens.frame import Desk, shown_date
from knowledge.charging import Charged, charged_by
from knowledge.cross_references import cross_references
from knowledge.labels import label
from knowledge.limits import Limit, LimitKind, LimitState, conflicting, limits_around
from knowledge.provisions import Address, Provision

__all__ = [
    "every_limit_blocks",
    "internal_references",
    "limit_blocks",
    "limits_at",
    "note_blocks",
    "regulation_note",
    "who_blocks",
]

#: Limits beneath a quote; all of them are a screen of their own.
LIMITS_SHOWN = 3
REFERENCES_SHOWN = 4
#: Characters of editors' notes that stand open; more of them are folded up until they are tapped.
NOTES_OPEN_MAX = 400
#: Words behind «ماده (۱۰۴)» that name another law, up to where the sentence goes on.
_LAW_NAME = re.compile(
    r"^\)?(?:\s+(?!(?:به|که|با|از|در|و|نسبت|تدوین|مبنی|مصوب|انجام|توسط|موضوع|یکی?|پس|قبل|مکلف|موظف|می‌\w+|را)(?![\w‌]))"
    r"[^\s،؛.:()«»]+){0,6}"
)


# -- limits ----------------------------------------------------------------------------------------------------------


def limits_at(desk: Desk, address: Address, first: Sequence[str] = ()) -> list[Limit]:
    """Limits around a provision, its own first; `first` are obligation ids."""
    below = {address, *(part.address for part in desk.corpus.descendants(address))}
    places = {obligation: place for place, obligation in enumerate(first)}
    limits = limits_around(address, desk.limits, desk.corpus, desk.today)
    order = {limit.obligation_id: place for place, limit in enumerate(limits)}
    return sorted(
        limits,
        key=lambda limit: (
            places.get(limit.obligation_id, len(places)),
            limit.address not in below,
            order[limit.obligation_id],
        ),
    )


def limit_blocks(desk: Desk, address: Address, limits: Sequence[Limit]) -> list[Block]:
    """Limits beneath a quote: the likeliest with how it is read, two more in short. What each is about where there are
    several, and who must act where it is not who the quote itself charges.
    """
    alone = len(limits) == 1 and limits[0].address == address
    charged = set(charged_by(address, desk.corpus).responsible)
    return [
        Block(
            join(
                [
                    *([] if alone else [_what(desk, address, limit)]),
                    limit_line(desk, limit),
                    *_who_else(desk, limit, charged),
                    *(_how_read(desk, limit, full=desk.preferences.detail is Detail.FULL) if place == 0 else []),
                ]
            ),
            apart=True,
        )
        for place, limit in enumerate(limits[:LIMITS_SHOWN])
    ]


def every_limit_blocks(desk: Desk, address: Address, limits: Sequence[Limit]) -> list[Block]:
    """Every limit with all that is known of it, and who must act."""
    return [
        Block(
            join(
                [
                    _what(desk, address, limit),
                    limit_line(desk, limit),
                    desk.texts("who-responsible", names=_names(limit.responsible)) if limit.responsible else Html(""),
                    *_how_read(desk, limit, full=True),
                ]
            ),
            apart=True,
        )
        for limit in limits
    ]


def _who_else(desk: Desk, limit: Limit, charged: Set[str]) -> list[Html]:
    """Who must keep the limit, where others are named beside it: a note binds bodies that its article does not."""
    if not limit.responsible or set(limit.responsible) == charged:
        return []
    return [desk.texts("limit-responsible", names=_names(limit.responsible))]


def _what(desk: Desk, address: Address, limit: Limit) -> Html:
    if limit.address == address:
        return desk.texts("limit-what", action=limit.action)
    where = label(limit.address, desk.corpus, with_regulation=False)
    return desk.texts("limit-of", action=limit.action, where=where)


def _how_read(desk: Desk, limit: Limit, *, full: bool) -> list[Html]:
    """From what it counts, the reading taken, and in full other readings and provisions that say otherwise."""
    texts = desk.texts
    lines = []
    if full and limit.counted_from and limit.state is not LimitState.WAITING:
        lines.append(texts("limit-counted-from", events=Html(_names(_dated_events(desk, limit)))))
    if limit.reading:
        lines.append(texts("limit-reading", reading=limit.reading))
    if full:
        lines += [texts("limit-alternative", reading=other) for other in limit.alternatives]
        lines += [_conflict(desk, other) for other in conflicting(limit, desk.limits, desk.today)]
    return lines


def _dated_events(desk: Desk, limit: Limit) -> Iterator[Html]:
    for title, date in zip_longest(limit.counted_from, limit.counted_dates[: len(limit.counted_from)]):
        if date is None:
            yield desk.texts("limit-event", title=title)
        else:
            yield desk.texts("limit-event-dated", title=title, date=shown_date(desk, date))


def limit_line(desk: Desk, limit: Limit) -> Html:
    """The words that set a limit, its date and how it stands."""
    texts = desk.texts
    if limit.state is LimitState.WAITING:
        return texts("limit-waiting", quote=limit.quote, events=_names(limit.waiting_for))
    when = limit.due or limit.next_due
    if when is None:
        key = "limit-continuous" if limit.kind is LimitKind.CONTINUOUS else "limit-periodic"
        return texts(key, quote=limit.quote)
    key = "limit-next" if limit.due is None else "limit-due"
    return texts(key, quote=limit.quote, date=shown_date(desk, when), state=_state(desk, limit))


def _state(desk: Desk, limit: Limit) -> Html:
    days = limit.days_left or 0
    if limit.state is LimitState.TODAY:
        return desk.texts("state-today")
    return desk.texts("state-passed", days=-days) if days < 0 else desk.texts("state-left", days=days)


def _conflict(desk: Desk, other: Limit) -> Html:
    where = label(other.address, desk.corpus)
    when = other.due or other.next_due
    if when is None:
        return desk.texts("limit-conflict-words", where=where, quote=other.quote)
    return desk.texts("limit-conflict", where=where, quote=other.quote, date=shown_date(desk, when))


# -- bodies ----------------------------------------------------------------------------------------------------------


def who_blocks(desk: Desk, charged: Charged) -> list[Block]:
    """Who must act, with whom, and who else is named there."""
    roles = {
        "who-responsible": charged.responsible,
        "who-partners": charged.partners,
        "who-others": charged.others,
    }
    lines = [desk.texts(key, names=_names(names)) for key, names in roles.items() if names]
    return [Block(join(lines), apart=True)] if lines else []


def _names(names: Iterable[str]) -> str:
    return "، ".join(names)


# -- notes on the text -----------------------------------------------------------------------------------------------


def note_blocks(desk: Desk, quoted: Sequence[Provision]) -> list[Block]:
    """What the editors note on the quoted provisions, other laws that they cite, and what is said of the whole text."""
    notes = [Block(Html(desk.texts("editor-note") + " "), p.editor_note, apart=True) for p in quoted if p.editor_note]
    if sum(block.length for block in notes) > NOTES_OPEN_MAX:
        notes = [replace(block, aside=True, apart=False) for block in notes]
    external = list(dict.fromkeys(name for p in quoted for name in _external_laws(p, desk)))
    if external and desk.preferences.detail is Detail.FULL:
        names = "»، «".join(external[:REFERENCES_SHOWN])
        notes.append(Block(desk.texts("external-laws", names=f"«{names}»"), apart=True))
    return [*notes, *regulation_note(desk, quoted[0].address)] if quoted else notes


def regulation_note(desk: Desk, address: Address) -> list[Block]:
    """The sentence that goes with everything from a regulation, such as one that is no longer in force."""
    note = desk.corpus.regulation_of(address).status_note
    return [Block(Html(desk.texts("regulation-note") + " "), note, apart=True)] if note else []


def internal_references(desk: Desk, quoted: Sequence[Provision]) -> list[Address]:
    """Provisions of our texts that these ones cite, without themselves."""
    own = {p.address for p in quoted}
    targets = [r.target for p in quoted for r in cross_references(p, desk.corpus) if r.target is not None]
    return [t for t in dict.fromkeys(targets) if desk.corpus.get(t) is not None and t not in own][:REFERENCES_SHOWN]


def _external_laws(provision: Provision, desk: Desk) -> Iterator[str]:
    for reference in cross_references(provision, desk.corpus):
        if reference.target is None and provision.text.startswith(reference.words, reference.start):
            after = provision.text[reference.start + len(reference.words) :]
            name = _LAW_NAME.match(after)
            named = name.group() if name else ""
            if not any(letter.isalpha() for letter in named):
                continue
            goes_on = "" if not after[len(named) :].strip() or after[len(named)] in "،؛.:()«»" else "…"
            yield " ".join((reference.words + named).split()) + goes_on
