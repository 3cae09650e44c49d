"""Answers that quote one provision, with what its unit says of limits and bodies, and answers without confidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from knowledge.answers import Answer, Candidate, Intent, Status
from knowledge.charging import charged_by
from knowledge.finding import Found
from knowledge.limit_wordings import LimitWordings
from knowledge.limits import Limit, LimitBook, binding, limits_around
from knowledge.provisions import CONTAINERS, Address, Corpus
from knowledge.wanted_limits import WantedLimit, spans

__all__ = ["HITS_MAX", "Quoter", "ranked", "units_of", "unsure"]

#: Candidates that an answer names.
HITS_MAX = 10


class Quoter:
    """Quotes provisions of one corpus. Pure."""

    def __init__(self, corpus: Corpus, book: LimitBook, wordings: LimitWordings) -> None:
        self._corpus, self._book, self._wordings = corpus, book, wordings

    def exact(
        self, question: str, address: Address, intent: Intent, today: dt.date, found: Found | None = None
    ) -> Answer:
        """An answer that quotes this provision, with what its unit says of limits and bodies."""
        corpus = self._corpus
        limits = self.limits(address, question, found, today)
        mine = binding(address, limits, corpus, asked=intent is Intent.DEADLINE)
        charged = charged_by(address, corpus)
        return Answer(
            question,
            intent,
            Status.ANSWERED,
            confident=True,
            hits=ranked([address]),
            main=address,
            limits=tuple(limits),
            limit=mine[0] if mine and corpus[address].kind not in CONTAINERS else None,
            responsible=charged.responsible,
            partners=charged.partners,
            others=charged.others,
            confidence=1.0,
        )

    def limits(self, address: Address, question: str, found: Found | None, today: dt.date) -> Sequence[Limit]:
        """Those around the provision: its own and what is in it first, then the rest; within these the likeliest
        first.
        """
        corpus = self._corpus
        below = [address, *(p.address for p in corpus.descendants(address))]
        limits = limits_around(address, self._book, corpus, today)
        likeliest = self._likeliest(question, limits, found, address)
        own = [m for m in likeliest if m.address in below]
        rest = [m for m in likeliest if m.address not in below]
        return [*sorted(own, key=lambda m: m.address != address), *rest]

    def limited(
        self, question: str, parts: Iterable[Address], best: Address, found: Found, today: dt.date
    ) -> Address | None:
        """Which of some provisions of one unit sets the limit that is asked for, or None where none sets any.

        `best` is the one that fits the question best, limits aside.
        """
        among = dict.fromkeys(parts)
        limits = [limit for limit in self._book.limits_of(among, today) if limit.address in among]
        return self._likeliest(question, limits, found, best)[0].address if limits else None

    def lasting(self, question: str, parts: Iterable[Address], today: dt.date) -> Address | None:
        """The only one of some provisions whose limit is as long as the question says («۳ ماه وقت داده»), or None."""
        named = spans(question)
        among = {
            limit.address for limit in self._book.limits_of(dict.fromkeys(parts), today) if named & spans(limit.quote)
        }
        return among.pop() if len(among) == 1 else None

    def _likeliest(self, question: str, limits: Sequence[Limit], found: Found | None, best: Address) -> Sequence[Limit]:
        if len(limits) < 2:
            return limits
        wanted = WantedLimit.read(found.question if found else question)
        return wanted.likeliest(limits, found.part_scores if found else {}, self._wordings.margins, best)


def unsure(question: str, found: Found) -> Answer:
    """No confident answer; the likeliest provisions are offered."""
    return Answer(
        question,
        Intent.NONE,
        Status.NO_CONFIDENT_ANSWER,
        hits=units_of(found),
        words=found.words,
    )


def ranked(addresses: Sequence[Address]) -> tuple[Candidate, ...]:
    """Candidates that are certain, in this order."""
    return tuple(Candidate(a, 1.0 - i / 100) for i, a in enumerate(addresses))


def units_of(found: Found) -> tuple[Candidate, ...]:
    """What a search found, best first."""
    return tuple(Candidate(u.part, u.score) for u in found.units[:HITS_MAX])
