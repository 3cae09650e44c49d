"""What a conversation remembers between two messages: the provision on the table and the last few answers.

Kept as plain JSON in the conversation's state, so that a restart loses nothing. What cannot be read counts as
forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.address_codes import decode_address, encode_address
from knowledge.answers import PERHAPS_MAX, Answer, Intent, Status
from knowledge.limit_lists import LimitQuery, Wanted
from knowledge.on_table import OnTable
from knowledge.provisions import Address
from knowledge.time_windows import Window
from reminders.jalali import iso, parse_iso

__all__ = ["ANSWERS_KEPT", "Memory", "RememberedAnswer"]

#: Answers whose buttons still know their lists; older ones are answered politely.
ANSWERS_KEPT = 8
PROVISIONS_KEPT = 150
WORDS_KEPT = 40
#: Candidates offered beside a quote; those further down were never what was meant.
OTHERS_MAX = 6
#: Probability that the best hit answers, from which on «شاید» offers it.
OFFERED_FROM = 0.05


@dataclass(frozen=True, slots=True)
class RememberedAnswer:
    """What the buttons of an answer need again. `question` is None where storing the question failed.

    `limits` are ids of obligations in the answer's order; a list of limits is made anew from `listing`.
    """

    question: int | None
    intent: Intent
    status: Status
    main: Address | None = None
    hits: tuple[Address, ...] = ()
    provisions: tuple[Address, ...] = ()
    words: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    actor: str | None = None
    listing: LimitQuery | None = None

    @classmethod
    def of(cls, answer: Answer, question: int | None) -> RememberedAnswer:
        found = not _hopeless(answer)
        return cls(
            question=question,
            intent=answer.intent,
            status=answer.status,
            main=answer.main,
            hits=tuple(hit.address for hit in answer.hits if found),
            provisions=answer.provisions[:PROVISIONS_KEPT],
            words=answer.words[:WORDS_KEPT],
            limits=tuple(limit.obligation_id for limit in answer.limits if found and answer.listing is None),
            actor=answer.actor,
            listing=answer.listing,
        )

    @property
    def listed(self) -> tuple[Address, ...]:
        """Provisions that its message names one below the other; none where it quotes one, or lists limits."""
        if self.listing is not None or self.status is Status.NO_SUCH_PROVISION:
            return ()
        if self.status is Status.NO_CONFIDENT_ANSWER:
            return self.hits[:PERHAPS_MAX]
        quotes = self.status is Status.ANSWERED and self.main is not None and self.actor is None
        return self.provisions if quotes else self.provisions or self.hits

    @property
    def others(self) -> tuple[Address, ...]:
        """Candidates beside the one that was quoted."""
        return tuple(address for address in self.hits if address != self.main)[:OTHERS_MAX]


@dataclass(frozen=True, slots=True)
class Memory:
    """The provision on the table (to which «مهلتش کی بود؟» refers) and the last answers by question id.

    Answers stay in `rows` as they are stored until one is asked for. `form` is what was filled in so far where the
    conversation asks step by step: plain JSON; `forms` counts those that were begun. `draft` is a report that was not
    handed in yet: other forms leave it alone.
    """

    shown: Address | None = None
    rows: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    draft: Mapping[str, Any] = field(default_factory=dict)
    forms: int = 0

    def with_shown(self, address: Address | None) -> Memory:
        return replace(self, shown=address)

    def with_answer(self, answer: RememberedAnswer, shown: Address | None) -> Memory:
        """With one more answer, the oldest forgotten; what it shows, if anything, is now on the table.

        A list or a question back clears the table, for «مهلتش» behind it means nothing that was there before; what is
        only offered leaves it.
        """
        rows = dict(self.rows)
        if answer.question is not None:
            rows.pop(answer.question, None)
            rows[answer.question] = _row(answer)
        kept = dict(list(rows.items())[-ANSWERS_KEPT:])
        before = self.shown if answer.status is Status.NO_CONFIDENT_ANSWER else None
        return replace(self, shown=shown or before, rows=kept)

    def on_table(self) -> OnTable:
        """What a follow-up to the last answer refers to."""
        last = self.answer([*self.rows][-1]) if self.rows else None
        if last is None:
            return OnTable(shown=self.shown)
        return OnTable(
            shown=self.shown,
            listed=last.listed,
            asked=last.intent,
            status=last.status,
            words=last.words if last.main == self.shown else (),
            actor=last.actor,
            listing=last.listing,
        )

    def answer(self, question: int) -> RememberedAnswer | None:
        """The answer of a question; None for one that was forgotten or cannot be read."""
        row = self.rows.get(question)
        return None if row is None else _answer(row)

    def with_form(self, **values: Any) -> Memory:
        """With these fields filled in, too."""
        return replace(self, form={**self.form, **values})

    def without_form(self) -> Memory:
        return replace(self, form={})

    def with_new_form(self, **values: Any) -> Memory:
        """With one more form begun: what was half filled in before is no part of it."""
        return replace(self, form=values, forms=self.forms + 1)

    def with_draft(self, **values: Any) -> Memory:
        """With this report, and no other, being put together; none without values."""
        return replace(self, draft=values)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Memory:
        """The memory in a conversation's state data."""
        rows = data.get("answers")
        answers = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        form, draft, forms = data.get("form"), data.get("draft"), data.get("forms")
        return cls(
            _address(data.get("shown")),
            {row["question"]: row for row in answers if isinstance(row.get("question"), int)},
            dict(form) if isinstance(form, Mapping) else {},
            dict(draft) if isinstance(draft, Mapping) else {},
            forms if isinstance(forms, int) else 0,
        )

    def write(self) -> dict[str, Any]:
        """Plain JSON; `read` gives the memory back."""
        return {
            "shown": encode_address(self.shown) if self.shown else None,
            "answers": list(self.rows.values()),
            "form": dict(self.form),
            "draft": dict(self.draft),
            "forms": self.forms,
        }


def _hopeless(answer: Answer) -> bool:
    """Whether what was found has so little to do with the question that offering it, or its dates, would mislead.

    A reference to another law is not judged (its confidence is 0): what cites that law may well be wanted.
    """
    return answer.status is Status.NO_CONFIDENT_ANSWER and 0 < answer.confidence < OFFERED_FROM


def _row(answer: RememberedAnswer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "intent": answer.intent.value,
        "status": answer.status.value,
        "main": encode_address(answer.main) if answer.main else None,
        "hits": _codes(answer.hits),
        "provisions": _codes(answer.provisions),
        "words": list(answer.words),
        "limits": list(answer.limits),
        "actor": answer.actor,
        "listing": _query_row(answer.listing) if answer.listing else None,
    }


def _codes(addresses: Sequence[Address]) -> list[str]:
    return [encode_address(address) for address in addresses]


def _answer(row: Mapping[str, Any]) -> RememberedAnswer | None:
    try:
        return RememberedAnswer(
            question=int(row["question"]),
            intent=Intent(row["intent"]),
            status=Status(row["status"]),
            main=_address(row["main"]),
            hits=tuple(map(decode_address, row["hits"])),
            provisions=tuple(map(decode_address, row["provisions"])),
            words=tuple(map(str, row["words"])),
            limits=tuple(map(str, row["limits"])),
            actor=row["actor"],
            listing=_query(row["listing"]) if row.get("listing") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _query_row(query: LimitQuery) -> dict[str, Any]:
    return {
        "wanted": query.wanted.value,
        "window": [iso(query.window.since), iso(query.window.until)] if query.window else None,
        "regulations": list(query.regulations),
        "actor": query.actor,
        "length": list(query.length) if query.length else None,
    }


def _query(row: Mapping[str, Any]) -> LimitQuery:
    window = Window(*map(parse_iso, row["window"])) if row["window"] else None
    length = (int(row["length"][0]), str(row["length"][1])) if row.get("length") else None
    return LimitQuery(Wanted(row["wanted"]), window, tuple(map(str, row["regulations"])), row["actor"], length)


def _address(code: object) -> Address | None:
    if not isinstance(code, str):
        return None
    try:
        return decode_address(code)
    except ValueError:
        return None
