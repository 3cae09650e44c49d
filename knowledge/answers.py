"""What the bot answers, before any channel has put it into words.

An answer points at provisions and never holds a sentence of its own: whoever shows it quotes them from the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.limit_lists import LimitQuery
from knowledge.limits import Limit
from knowledge.provisions import Address, Definition

__all__ = ["PERHAPS_MAX", "Answer", "Candidate", "Intent", "Missing", "Status"]

#: «شاید» offers where there is no confident answer.
PERHAPS_MAX = 3


class Intent(StrEnum):
    """What a question is after (contract, design §7)."""

    TOPIC = "topic"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    DEFINITION = "definition"
    LOOKUP = "lookup"
    TABLE = "table"
    NONE = "none"


class Status(StrEnum):
    """How a question ended: exactly one each, stored and counted."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NO_SUCH_PROVISION = "no_such_provision"
    NO_CONFIDENT_ANSWER = "no_confident_answer"
    REFUSED_PERSONAL_DATA = "refused_personal_data"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One provision that may answer, with its score (higher is better; comparable within one answer only)."""

    address: Address
    score: float


@dataclass(frozen=True, slots=True)
class Missing:
    """A reference to something that does not exist, and the range that does («ماده ۵۰» of 1–33).

    `kind_label` is the Persian word of the reference («ماده»), `within` the regulation or provision searched; `number`
    is empty where there is none of the kind at all («تبصره ماده ۱۱», «تبصره‌هاش؟»).
    """

    within: Address
    kind_label: str
    number: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one question.

    `hits` are best first, at most ten, whatever the status (for `asked_back` all readings). `main` is what to quote
    when answered: the first hit or the exact note or list item within it. `words` are the question's words as
    understood, for marking matches. `limits` are those of the quoted unit, the ones of `main` first; `limit` is the
    one that binds `main`, or of its unit where a limit was asked for; without a confident answer, of the best hit.
    `responsible`, `partners` and `others` are official names, as `knowledge.charging` tells them apart.
    `provisions` lists what an «X must do what» or a table question enumerates. `corrected` is the question after
    spelling repair. `listing` is what was asked for where `limits` are a list over all texts, those of nearest date
    first.
    """

    question: str
    intent: Intent
    status: Status
    confident: bool = False
    hits: tuple[Candidate, ...] = ()
    main: Address | None = None
    words: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    responsible: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    definition: Definition | None = None
    provisions: tuple[Address, ...] = ()
    actor: str | None = None
    missing: Missing | None = None
    corrected: str | None = None
    confidence: float = 0.0
    limit: Limit | None = None
    listing: LimitQuery | None = None
