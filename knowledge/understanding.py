"""What a question is after: its intent, and the words that say nothing of the matter.

The patterns stand in question_words.toml and run on folded text. They decide the shape of the answer; which provision
answers is decided by search and references.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from knowledge.analysis import ZWNJ, fold
from knowledge.answers import Intent

__all__ = [
    "QuestionReading",
    "Structure",
    "StructureQuestion",
    "asks_how_often",
    "asks_own_affair",
    "asks_price",
    "asks_structure",
    "asks_which_length",
    "is_filler",
    "names_document",
    "names_stages",
    "plain",
    "read_question",
    "whole_words",
    "without_elapsed",
    "without_marks",
    "words_glued_to_references",
]

_FILE = Path(__file__).with_name("question_words.toml")


class Structure(StrEnum):
    """What is asked of the place of a provision; the values name the patterns of question_words.toml."""

    FIRST = "first"
    LAST = "last"
    ONLY = "only"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class StructureQuestion:
    """`kind`: the word for what should hold the cited ones («فصل»), or ""."""

    structure: Structure
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """A question read: `plain` is its folded text.

    `defined_term`: what «… یعنی چه» asks about; `asks_duties_of`: «X باید چه کند»; `asks_rows`: a list or table is
    asked for.
    """

    plain: str
    intent: Intent
    defined_term: str | None
    asks_duties_of: bool
    asks_rows: bool


def plain(text: str) -> str:
    """Folded text with half-spaces and runs of white space as single spaces."""
    return re.sub(r"\s+", " ", fold(text).replace(ZWNJ, " ")).strip()


def without_marks(text: str) -> str:
    """A plain text without punctuation."""
    return re.sub(r"[؟?!.،,«»\"':؛\s]+", " ", text).strip()


@dataclass(frozen=True, slots=True)
class _Patterns:
    deadline: re.Pattern[str]
    when: re.Pattern[str]
    how_often: re.Pattern[str]
    which_length: re.Pattern[str]
    stages: re.Pattern[str]
    responsible: re.Pattern[str]
    who: re.Pattern[str]
    definition: re.Pattern[str]
    definition_perhaps: re.Pattern[str]
    duties: re.Pattern[str]
    rows: re.Pattern[str]
    term: re.Pattern[str]
    called: re.Pattern[str]
    owned: re.Pattern[str]
    filler: Mapping[str, re.Pattern[str]]
    own_affair: re.Pattern[str]
    document: re.Pattern[str]
    price: re.Pattern[str]
    not_price: re.Pattern[str]
    glued: Sequence[str]
    elapsed: Mapping[str, re.Pattern[str]]
    structure: tuple[tuple[Structure, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    term = data["term"]
    return _Patterns(
        deadline=whole_words(data["deadline"]),
        when=whole_words(data["when"]),
        how_often=whole_words(data["how_often"]),
        which_length=whole_words(data["which_length"]),
        stages=whole_words(data["stages"]),
        responsible=whole_words(data["responsible"]),
        who=whole_words(data["who"]),
        definition=whole_words(data["definition"]),
        definition_perhaps=whole_words(data["definition_perhaps"]),
        duties=whole_words(data["duties"]),
        rows=whole_words(data["rows"]),
        term=re.compile(
            f"(?:{term['before']}[ ،]+)*(?:{term['place']}[ ،]+)?(?:{term['lead']}[ ،]+)?"
            f"«?(?P<term>[^؟?»]{{2,60}}?)»?[ ،]*(?:{term['place']}[ ،]*)?(?:{term['after']})?[؟? .!]*"
        ),
        called=re.compile(term["called"]),
        owned=re.compile(term["owned"]),
        own_affair=whole_words(data["own_affair"]),
        document=whole_words(data["document"]),
        price=whole_words(data["price"]),
        not_price=whole_words(data["not_price"]),
        glued=data["glued"],
        elapsed={name: whole_words(words) for name, words in data["elapsed"].items()},
        structure=tuple((kind, whole_words(data["structure"][kind])) for kind in Structure),
        filler={name: re.compile("|".join(words)) for name, words in data["filler"].items()},
    )


def is_filler(word: str, kind: str) -> bool:
    """Whether a folded word says nothing of the matter beside a "reference", its "limit", its "roles", a "list"…"""
    return bool(_patterns().filler[kind].fullmatch(word))


def asks_structure(question: str) -> StructureQuestion | None:
    """Which place in a text a plain question asks for, or None."""
    for structure, pattern in _patterns().structure:
        if found := pattern.search(question):
            return StructureQuestion(structure, found.groupdict().get("kind") or "")
    return None


def without_elapsed(question: str) -> str:
    """A question for how much of a limit is past or left, in plain letters and without the words that say so: they say
    nothing of the matter. Every other question as it is.
    """
    words, text = _patterns().elapsed, plain(question)
    said = {name for name, pattern in words.items() if pattern.search(text)}
    alone = not asks_which_length(question)
    if (
        "late" in said
        or ("limit" in said and said & {"count", "amount"} and alone)
        or ("state" in said and said & {"limit", "count", "amount"})
    ):
        for name in ("late", "count", "amount", "state", "beside"):
            text = words[name].sub(" ", text)
    elif "called" not in said or not alone:
        return question
    rest = re.sub(r"\s+", " ", words["called"].sub("مهلت", text)).strip()
    return rest if re.search(r"\w", words["limit"].sub("", rest)) else question


def words_glued_to_references() -> Sequence[str]:
    """Words that people write in one with a reference: «لطفاماده۲۱»."""
    return _patterns().glued


def asks_how_often(question: str) -> bool:
    """«هر چند وقت یک‌بار»: how often something is due, not by when."""
    return bool(_patterns().how_often.search(plain(question)))


def asks_which_length(question: str) -> bool:
    """«شش ماهه است یا فصلی»: which of several lengths a limit has."""
    return bool(_patterns().which_length.search(plain(question)))


def names_stages(question: str) -> bool:
    """«طبق مراحل اجرا»: whether the stages at the end of the roadmap are named, without a number."""
    return bool(_patterns().stages.search(plain(question)))


def asks_own_affair(question: str) -> bool:
    """«از کجا قبضم رو پرداخت کنم»: one person's own errand."""
    return bool(_patterns().own_affair.search(plain(question)))


def names_document(question: str) -> bool:
    """«سند …», «مصوبه …»: a whole text, not what it lists."""
    return bool(_patterns().document.search(plain(question)))


def asks_price(question: str) -> bool:
    """«هزینه ثبت شرکت چقدر است»: an amount of money, not a share or a time."""
    text = plain(question)
    return bool(_patterns().price.search(text)) and not _patterns().not_price.search(text)


def whole_words(alternatives: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of these, with no Persian letter before or behind it."""
    return re.compile(rf"(?<![\u0621-\u06cc])(?:{'|'.join(alternatives)})(?![\u0621-\u06cc])")


def read_question(question: str) -> QuestionReading:
    """The reading of one question; intent is TOPIC where nothing more particular is asked."""
    patterns, text = _patterns(), plain(question)
    bare = without_marks(text)
    strict = bool(patterns.definition.search(bare))
    may_define = (
        strict
        or bool(patterns.called.fullmatch(text) or patterns.definition_perhaps.search(bare))
        or len(bare.split()) <= 4
    )
    duties = bool(patterns.duties.search(bare))
    return QuestionReading(
        plain=text,
        intent=_intent(bare, patterns, strict=strict, duties=duties),
        defined_term=_defined_term(text, patterns) if may_define else None,
        asks_duties_of=duties,
        asks_rows=bool(patterns.rows.search(bare)),
    )


def _intent(bare: str, patterns: _Patterns, *, strict: bool, duties: bool) -> Intent:
    when, who = patterns.when.search(bare), patterns.who.search(bare)
    limit, body = when or patterns.deadline.search(bare), who or patterns.responsible.search(bare)
    if limit and body:  # both are answered; a question counts more than a noun, then what comes first
        if bool(when) != bool(who):
            return Intent.DEADLINE if when else Intent.RESPONSIBLE
        return Intent.RESPONSIBLE if body.start() < limit.start() else Intent.DEADLINE
    if limit:
        return Intent.DEADLINE
    if strict:
        return Intent.DEFINITION
    return Intent.RESPONSIBLE if body or duties else Intent.TOPIC


def _defined_term(text: str, patterns: _Patterns) -> str | None:
    found = patterns.called.fullmatch(text) or patterns.term.fullmatch(text)
    term = found.group("term").strip(" ،.؟?!«»") if found else ""
    return term if term and not patterns.owned.fullmatch(term) else None
