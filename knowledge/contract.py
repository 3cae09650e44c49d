"""The JSON forms that other tools call (design §7). Keys and meanings never change; new keys may be added."""

from __future__ import annotations

from typing import Any

from persiantools.jdatetime import JalaliDate

from knowledge.answers import Answer
from knowledge.limits import Limit
from knowledge.numerals import ascii_digits
from knowledge.provisions import Corpus, Provision

__all__ = ["answer_json", "provision_json"]


def answer_json(answer: Answer, *, id: str | None) -> dict[str, Any]:
    """`ask --json`: the answer to one question."""
    return {
        "id": id,
        "intent": answer.intent.value,
        "status": answer.status.value,
        "confident": answer.confident,
        "confidence": round(answer.confidence, 4),
        "hits": [
            {"regulation": h.address.regulation, "eid": h.address.eid, "score": round(h.score, 4)} for h in answer.hits
        ],
        "deadline": None if answer.limit is None else _deadline(answer.limit),
        "limits": [{"regulation": limit.address.regulation, **_deadline(limit)} for limit in answer.limits],
        "responsible": list(answer.responsible),
        "partners": list(answer.partners),
        "others": list(answer.others),
        "corrected": answer.corrected,
    }


def _deadline(limit: Limit) -> dict[str, Any]:
    return {
        "eid": limit.address.eid,
        "due": _iso(limit.due),
        "next_due": _iso(limit.next_due),
        "kind": limit.kind.value,
        "text": limit.quote,
        "obligation": limit.obligation_id,
        "state": limit.state.value,
        "waiting_for": list(limit.waiting_for),
    }


def _iso(date: JalaliDate | None) -> str | None:
    return None if date is None else f"{date.year:04d}-{date.month:02d}-{date.day:02d}"


def provision_json(provision: Provision, corpus: Corpus) -> dict[str, Any]:
    """One row of `provisions --json`. `text` holds the provision's own words, those of its children stand in theirs."""
    return {
        "regulation": provision.address.regulation,
        "eid": provision.address.eid,
        "kind": provision.kind.value,
        "number": ascii_digits(provision.number) if provision.number else None,
        "heading": provision.heading,
        "text": "\n".join(part for part in (provision.text or provision.title, provision.tail) if part),
        "parent": provision.parent.eid if provision.parent else None,
        "editor_note": provision.editor_note or None,
    }
