"""Answers that list limits over all texts: «این ماه چه مهلتی داریم؟»."""

from __future__ import annotations

import datetime as dt

from knowledge.answers import Answer, Intent, Status
from knowledge.limit_lists import BEYOND, LimitQuery, asked_limits
from knowledge.limits import LimitBook
from knowledge.provisions import Corpus
from knowledge.quoting import HITS_MAX, ranked

__all__ = ["LimitAnswers"]


class LimitAnswers:
    """Lists of one register. Pure."""

    def __init__(self, corpus: Corpus, book: LimitBook) -> None:
        self._corpus, self._book = corpus, book

    def of(self, question: str, query: LimitQuery, today: dt.date) -> Answer:
        """The limits of a query, those of nearest date first."""
        query, groups = asked_limits(query, self._book, self._corpus, today)
        limits = [limit for group in groups for limit in group.limits]
        asked_for = [limit for group in groups if group.standing not in BEYOND for limit in group.limits]
        return Answer(
            question,
            Intent.DEADLINE,
            Status.ANSWERED,
            confident=True,
            hits=ranked(list(dict.fromkeys(limit.address for limit in limits))[:HITS_MAX]),
            limits=tuple(limits),
            limit=asked_for[0] if asked_for else None,
            listing=query,
            actor=query.actor,
            responsible=(query.actor,) if query.actor else (),
            confidence=1.0,
        )
