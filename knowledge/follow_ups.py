"""Questions that lean on what is on the table: «تبصره‌هاش؟», «کی باید تکمیلش کند؟», «دومی», «تو حکمرانی داده چی؟».

The patterns stand in follow_ups.toml and run on plain text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.answers import Intent
from knowledge.numerals import ORDINAL_WORD, ascii_digits, number_words
from knowledge.provisions import Corpus
from knowledge.understanding import is_filler, plain, read_question, without_marks

__all__ = [
    "FollowUp",
    "FollowUpReader",
    "Leaning",
    "asks_alike",
    "asks_instead",
    "asks_limits",
    "follow_up",
    "picked",
    "picked_first",
    "without_correction",
]

_FILE = Path(__file__).with_suffix(".toml")
#: Kinds of words (question_words.toml) that say nothing of a matter.
_FILLERS = ("reference", "limit", "duties")
#: «تصویبش», «مادشو», «همکاراشون»: a word with a pronoun behind it.
_PRONOUN = re.compile("[\u0621-\u06cc]{3,}(?:ش|شو|شون|شان|شونو)")
_THIS = re.compile(r"(?<!\w)(?:این|ان|همان|همین|اون|همون)(?!\w)")
_PRONOUN_ENDING = re.compile("(?:شونو|شون|شان|شو|ش)$")
_OBJECT = re.compile(r"^(?:را|رو)\s+")
#: Words of a question, which nothing points at.
_QUESTION = r"(?:را|رو|چه|چی|چند|چقدر|چقد|چگونه|کی|کدام|کدوم|تا|در|از|به|با|که|هم|نیز|چیست|چیه)(?!\w)"


class FollowUp(StrEnum):
    """What is asked of what was just shown; the values name the lists of follow_ups.toml."""

    NOTES = "notes"
    NEXT = "next"
    PREVIOUS = "previous"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a question leans on what is on the table.

    `points`: it points at it («آن», «این حکم», «تصویبش»); `matter`: its words that tell something else; `nouns`: those
    that have a pronoun behind them, without it; `intent`: of what is said beside pointing; `asked`: what it asks for by
    words that do so only beside something shown («همکاراش»، «ردیف قبلیش»).
    """

    points: bool
    matter: tuple[str, ...]
    nouns: tuple[str, ...]
    intent: Intent
    asked: FollowUp | None


class FollowUpReader:
    """Reads follow-ups against one corpus."""

    def __init__(self, corpus: Corpus, is_word: Callable[[str], bool]) -> None:
        """`is_word` tells words of everyday Persian: the last letter of these is no pronoun («گزارش»)."""
        self._corpus, self._is_word = corpus, is_word

    @cached_property
    def _own(self) -> frozenset[str]:
        """Words of the texts, read when a follow-up first seems to hold a pronoun."""
        return frozenset(word for provision in self._corpus for word in plain(provision.wording).split())

    def leaning(self, question: str) -> Leaning:
        """What a question says beside pointing at what is on the table, and whether it does."""
        patterns = _patterns()
        bare = without_marks(plain(question))
        pointed = patterns.point.sub(" ", bare)
        words = pointed.split()
        pronouns = {word for word in words if self._has_pronoun(word)}
        matter = [word for word in words if word not in pronouns and not _says_nothing(word)]
        nouns = [_PRONOUN_ENDING.sub("", word) for word in pronouns if not _says_nothing(word)]
        asked = next((kind for kind, pattern in patterns.asked.items() if pattern.search(bare)), None)
        return Leaning(
            pointed != bare or bool(pronouns), tuple(matter), tuple(nouns), read_question(pointed).intent, asked
        )

    def _has_pronoun(self, word: str) -> bool:
        return bool(_PRONOUN.fullmatch(word)) and not self._is_word(word) and word not in self._own


def follow_up(question: str) -> FollowUp | None:
    """What a question asks that is nothing but a follow-up; None for every other one."""
    bare = without_marks(plain(question))
    alone = re.sub(r"\s+", " ", _THIS.sub(" ", bare)).strip()  # «تبصره بعدی آن چیست»
    patterns = _patterns().whole
    return next((k for k, p in patterns.items() if p.fullmatch(bare) or p.fullmatch(alone)), None)


def without_correction(question: str) -> str:
    """A question without the «نه، ببخشید» that it begins with."""
    rest = _patterns().correcting.sub("", question.strip(), count=1)
    if rest == question.strip() or not re.search(r"\w{2}", rest):
        return question
    return _patterns().corrected.sub(" ", rest)


def picked(question: str, count: int) -> int | None:
    """Which of `count` that were listed is meant («دومی», «گزینه ۲», «آخری»), from 0; None for every other question."""
    found = _patterns().pick.fullmatch(without_marks(plain(ascii_digits(question))))
    if found is None or count < 2:
        return None
    number = int(found["digits"]) if found["digits"] else number_words(found["ordinal"])
    if not number or abs(number) > count:
        return None
    return number - 1 if number > 0 else count + number


def picked_first(question: str) -> tuple[int, str] | None:
    """«دومی», «سومیش مهلتش چقدره»: the number of the one that is meant, negative from the end, and what is asked of it
    («» for nothing more); None for every question that does not begin so.
    """
    found = _patterns().pick_first.fullmatch(without_marks(plain(ascii_digits(question))))
    number = found and number_words(found["ordinal"])
    if not found or not number:
        return None
    rest = (found["rest"] or "").strip()
    return number, "" if not rest or _patterns().pick_tail.fullmatch(f" {rest}") else _OBJECT.sub("", rest)


def asks_limits(question: str) -> bool:
    """«مهلت‌هاش»: those of what was listed."""
    return bool(_patterns().limits.fullmatch(without_marks(plain(question))))


def asks_instead(question: str, rest: str, *, marked: bool = True) -> bool:
    """Whether nothing is said but that the same is asked of something else: `rest` is the plain question without the
    name of it. `marked`: it must say so («تو … چی؟»).
    """
    patterns = _patterns()
    said = without_marks(plain(question)).split()
    return (not marked or any(map(patterns.instead_mark.fullmatch, said))) and all(
        patterns.instead_mark.fullmatch(word) or patterns.instead_word.fullmatch(word)
        for word in re.findall(r"\w+", rest)
    )


def asks_alike(question: str) -> bool:
    """«شهرستانی چی؟»: the same of something else, whatever it is."""
    return bool(_patterns().alike.search(without_marks(plain(question))))


def _says_nothing(word: str) -> bool:
    if _patterns().matter.fullmatch(word):
        return False
    return bool(_patterns().beside.fullmatch(word)) or any(is_filler(word, kind) for kind in _FILLERS)


@dataclass(frozen=True, slots=True)
class _Patterns:
    whole: Mapping[FollowUp, re.Pattern[str]]
    asked: Mapping[FollowUp, re.Pattern[str]]
    beside: re.Pattern[str]
    matter: re.Pattern[str]
    point: re.Pattern[str]
    correcting: re.Pattern[str]
    corrected: re.Pattern[str]
    pick: re.Pattern[str]
    pick_first: re.Pattern[str]
    pick_tail: re.Pattern[str]
    limits: re.Pattern[str]
    instead_mark: re.Pattern[str]
    instead_word: re.Pattern[str]
    alike: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    whole, beside, pick, instead = data["whole"], data["beside"], data["pick"], data["instead"]
    points, own = "|".join(beside["point"]), "|".join(beside["own"])
    return _Patterns(
        whole={
            kind: re.compile(f"(?:{whole['lead']} )*(?:{'|'.join(whole[kind])})(?: {whole['tail']})*")
            for kind in FollowUp
        },
        asked={
            FollowUp(name): re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") for name, words in data["asked"].items()
        },
        beside=re.compile("|".join(beside["words"])),
        matter=re.compile("|".join(beside["matter"])),
        point=re.compile(
            rf"(?<!\w)(?:{points})(?!\w)(?! (?:{own})(?!\w))(?: (?!{_QUESTION})\w+(?: ها(?:ی|یی)?)?(?!\w))?"
        ),
        correcting=re.compile(beside["correcting"]),
        corrected=re.compile(beside["corrected"]),
        pick=re.compile(
            rf"{pick['lead']}(?:(?P<digits>[0-9]{{1,2}})(?:می)?|(?P<ordinal>{ORDINAL_WORD})(?:یه|یش|ی ش|یشو|ین|یو|ی)?)"
            rf"{pick['tail']}"
        ),
        pick_first=re.compile(
            rf"(?:و ?)?{pick['lead']}(?P<ordinal>{ORDINAL_WORD})(?:یه|یش|ی ش|یشو|یو|ی)(?P<rest> .*)?"
        ),
        pick_tail=re.compile(pick["tail"]),
        limits=re.compile(instead["limits"]),
        instead_mark=re.compile("|".join(instead["marks"])),
        instead_word=re.compile("|".join(instead["words"])),
        alike=re.compile(instead["alike"]),
    )
