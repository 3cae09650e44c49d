"""Readable pages of the law, to share and to print: /r (all), /r/<slug> (contents), /r/<slug>/<eid> (one provision)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from bot.fluent_texts import Texts
from bot.rendering import date_words
from knowledge.charging import charged_by
from knowledge.cross_references import cross_references
from knowledge.labels import bare_heading, label, local_label
from knowledge.limits import Limit, LimitBook, LimitState, conflicting, limits_around
from knowledge.numerals import persian_digits
from knowledge.provisions import CONTAINERS, UNITS, Address, Corpus, Definition, Kind, Provision, Regulation
from reminders.jalali import parse_iso
from web.pages import Pages
from web.problems import Problem

__all__ = ["provision_router"]

DESCRIPTION_MAX = 200  # characters that messengers show of a shared link


@dataclass(frozen=True)
class Part:
    """A provision as the page prints it: its label, its words with links, and what stands inside it."""

    provision: Provision
    marker: str
    title: str
    text: Markup
    items: Sequence[Part]
    tail: str
    notes: Sequence[Part]


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents."""

    address: Address
    label: str
    heading: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class LimitView:
    """One limit in words: what, until when, how it stands today, who must keep it where others are named above.

    `elsewhere`: another provision that orders the same sets it.
    """

    limit: Limit
    label: str
    full_label: str
    date: str
    state: str
    responsible: Sequence[str]
    otherwise: Sequence[LimitView] = ()
    elsewhere: bool = False


def provision_router(
    *, pages: Pages, texts: Texts, corpus: Corpus, limit_book: LimitBook, today: Callable[[], dt.date]
) -> APIRouter:
    """Routes of the pages. `today` is the date in the readers' time zone, by which limits stand."""
    router = APIRouter(include_in_schema=False)

    @router.get("/r")
    def regulations(request: Request) -> HTMLResponse:
        rows = [(r, len([p for p in r.provisions if p.kind is Kind.ARTICLE])) for r in corpus.regulations.values()]
        return pages.page(request, "regulations.html", {"regulations": rows})

    @router.get("/r/{slug}")
    def regulation(request: Request, slug: str) -> HTMLResponse:
        found = corpus.regulations.get(slug)
        if found is None:
            raise Problem(404, "no_such_provision", "web-error-404")
        values = {
            "regulation": found,
            "facts": _facts(found, texts),
            "sources": [(s, _source_link(s.read_in)) for s in found.sources],
            "contents": list(_contents(corpus, found.address)),
            "definitions": _definitions(found.definitions),
        }
        return pages.page(request, "regulation.html", values)

    @router.get("/r/{slug}/{eid}")
    def provision(request: Request, slug: str, eid: str) -> HTMLResponse:
        found = corpus.get(Address(slug, eid))
        if found is None:
            raise Problem(404, "no_such_provision", "web-error-404")
        return pages.page(request, "provision.html", _provision_values(found, corpus, limit_book, texts, today()))

    return router


def _provision_values(
    provision: Provision, corpus: Corpus, limit_book: LimitBook, texts: Texts, today: dt.date
) -> dict[str, object]:
    unit = corpus[corpus.unit_of(provision.address)]
    previous, following = corpus.neighbours(unit.address)
    limits = [] if unit.kind in CONTAINERS else limits_around(unit.address, limit_book, corpus, today)
    charged = charged_by(provision.address, corpus)
    return {
        "provision": provision,
        "heading": bare_heading(provision, corpus),
        "unit": unit,
        "regulation": corpus.regulation_of(provision.address),
        "label": label(provision.address, corpus),
        "breadcrumbs": [(a.address, local_label(a, corpus)) for a in reversed([*corpus.ancestors(provision.address)])],
        "description": _description(provision),
        "part": _part(unit, corpus),
        "contents": list(_contents(corpus, unit.address)),
        "limits": [
            replace(
                _limit_view(limit, charged.responsible, corpus, texts),
                elsewhere=corpus.unit_of(limit.address) != unit.address,
                otherwise=[_limit_view(other, (), corpus, texts) for other in conflicting(limit, limit_book, today)],
            )
            for limit in limits
        ],
        "charged": charged,
        "previous": _neighbour(previous, corpus),
        "following": _neighbour(following, corpus),
        "ask_url": "/?q=" + quote(label(provision.address, corpus)),
    }


def _description(provision: Provision) -> str:
    words = " ".join(provision.wording.split())
    if len(words) <= DESCRIPTION_MAX:
        return words
    return words[: DESCRIPTION_MAX - 1].rpartition(" ")[0] + "…"


def _neighbour(address: Address | None, corpus: Corpus) -> tuple[Address, str, str] | None:
    return (
        None
        if address is None
        else (address, local_label(corpus[address], corpus), bare_heading(corpus[address], corpus))
    )


# -- the words of the law --------------------------------------------------------------------------------------------


def _part(provision: Provision, corpus: Corpus) -> Part:
    inside = [_part(p, corpus) for p in corpus.children(provision.address) if p.kind not in UNITS]
    return Part(
        provision=provision,
        marker=_marker(provision, corpus),
        title=provision.title,
        text=_linked(provision, corpus),
        items=[p for p in inside if p.provision.kind is not Kind.NOTE],
        tail=provision.tail,
        notes=[p for p in inside if p.provision.kind is Kind.NOTE],
    )


def _marker(provision: Provision, corpus: Corpus) -> str:
    if provision.kind in (Kind.LIST_ITEM, Kind.STAGE_ITEM, Kind.STAGE_ACTOR):
        return persian_digits(provision.number) if provision.number else "•"
    return local_label(provision, corpus)


def _linked(provision: Provision, corpus: Corpus) -> Markup:
    """The text with links on references to the five texts; nothing of its wording changes."""
    out, at = Markup(), 0
    for reference in cross_references(provision, corpus):
        target = reference.target
        if reference.start < at or target is None or corpus.get(target) is None:
            continue
        words = provision.text[reference.start : reference.end]
        link = Markup('<a href="/r/{}/{}">{}</a>').format(target.regulation, target.eid, words)
        out += escape(provision.text[at : reference.start]) + link
        at = reference.end
    return out + escape(provision.text[at:])


# -- contents --------------------------------------------------------------------------------------------------------


def _contents(corpus: Corpus, address: Address) -> Iterator[Entry]:
    for child in corpus.children(address):
        if child.kind in UNITS:
            name = local_label(child, corpus)
            heading = "" if child.heading == name else bare_heading(child, corpus)
            yield Entry(child.address, name, heading, list(_contents(corpus, child.address)))


def _facts(regulation: Regulation, texts: Texts) -> list[tuple[str, str]]:
    unknown = texts.plain("web-not-printed")

    def date(iso: str | None) -> str:
        return date_words(texts, parse_iso(iso)) if iso else unknown

    return [
        (texts.plain("web-regulation-issuer"), regulation.issuer),
        (texts.plain("web-regulation-number"), persian_digits(regulation.number) if regulation.number else unknown),
        (texts.plain("web-regulation-approved"), date(regulation.approved)),
        (texts.plain("web-regulation-promulgated"), date(regulation.promulgated)),
    ]


def _definitions(definitions: Sequence[Definition]) -> list[tuple[str, Address]]:
    return [(d.term, d.address) for d in definitions]


def _source_link(read_in: str) -> str | None:
    try:
        address = Address.parse(read_in)
    except ValueError:
        return None
    return f"/r/{address.regulation}/{address.eid}" if address.eid else f"/r/{address.regulation}"


# -- limits ----------------------------------------------------------------------------------------------------------


def _limit_view(limit: Limit, charged: Sequence[str], corpus: Corpus, texts: Texts) -> LimitView:
    when = limit.due or limit.next_due
    return LimitView(
        limit=limit,
        label=local_label(corpus[limit.address], corpus),
        full_label=label(limit.address, corpus),
        date=date_words(texts, when) if when else "",
        state=_state(limit, texts),
        responsible=() if set(limit.responsible) == set(charged) else limit.responsible,
    )


def _state(limit: Limit, texts: Texts) -> str:
    days = abs(limit.days_left or 0)
    match limit.state:
        case LimitState.PASSED:
            return texts.plain("web-state-passed", days=days)
        case LimitState.TODAY:
            return texts.plain("web-state-today")
        case LimitState.UPCOMING:
            return texts.plain("web-state-upcoming", days=days)
        case LimitState.WAITING:
            return texts.plain("web-state-waiting", events="؛ ".join(limit.waiting_for))
        case LimitState.RECURRING:
            return texts.plain("web-state-recurring")
