"""Reads a question against one index: which of its words the index knows, and what the others may have meant.

An unknown word keeps its likeliest readings side by side; which of them was meant is left to the documents, since the
right one tends to stand near the question's other words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Final

from knowledge.analysis import analyse, analyse_question, skeleton
from knowledge.finglish import FUNCTION_WORDS, Finglish, is_latin, joined
from knowledge.spelling import Speller
from knowledge.vocabulary import Vocabulary

_PIECE: Final = re.compile(r"[^\s؟?!،,؛;:.«»()\[\]\"]+")
_LATIN: Final = re.compile("[A-Za-z]+")
_PERSIAN: Final = re.compile("[\u0621-\u06cc]")
_WORDS_MAX: Final = 60  # of one question
_PRIOR_FALL: Final = 0.5


@dataclass(frozen=True, slots=True)
class Option:
    """One word that may be meant; ``prior`` is 1 for the likeliest, less for the others."""

    word: str
    prior: float = 1.0


class Role(Enum):
    """What a word does in a question.

    CONTENT is what is asked for. EXTRA are joined compounds: they help where they are found and are not missed where
    they are not. STOP words («چه»، «از») only count as neighbours of others.
    """

    CONTENT = "content"
    EXTRA = "extra"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of the question; ``typed`` differs from the options' words where it was read anew.

    ``inflected``: nothing is wrong with the word, the index only has another form of it.
    """

    typed: str
    options: tuple[Option, ...]
    role: Role = Role.CONTENT
    inflected: bool = False

    @property
    def repaired(self) -> bool:
        return self.options[0].word != self.typed and not self.inflected


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood; ``unknown`` are words that nothing in the index resembles."""

    slots: tuple[Slot, ...]
    unknown: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(slot.options[0].word for slot in self.slots if slot.role is Role.CONTENT)


@dataclass(frozen=True)
class Reader:
    """Reads questions for one vocabulary."""

    vocabulary: Vocabulary
    speller: Speller
    finglish: Finglish

    @classmethod
    def load(cls, directory: Path, vocabulary: Vocabulary) -> Reader:
        return cls(vocabulary, Speller.load(directory, vocabulary), Finglish.load(directory, vocabulary))

    def read(self, question: str) -> Reading:
        """Slots in question order, joined compounds last; none where the question holds no word."""
        latin = is_finglish(question)
        analysis = analyse_question(_in_persian(question) if latin else question)
        slots: list[Slot] = []
        unknown: list[str] = []
        content = set(analysis.words)
        for word in analysis.spoken[:_WORDS_MAX]:
            if word not in content:
                slots.append(Slot(word, (Option(word),), Role.STOP))
                continue
            read = self._read_word(word, latin)
            slots.extend(read)
            if not read:
                unknown.append(word)
        extra = dict.fromkeys((*analysis.compounds, *self._joined(slots)))
        slots.extend(Slot(word, (Option(word),), Role.EXTRA) for word in extra if self.vocabulary.knows(word))
        return Reading(tuple(slots), tuple(dict.fromkeys(unknown)))

    def _read_word(self, word: str, latin: bool) -> tuple[Slot, ...]:
        known, latin = self.vocabulary.knows(word), latin and is_latin(word)
        if known and not latin:
            return (Slot(word, (Option(word),)),)
        relative = None if known else self.vocabulary.relative(word)
        if relative is not None:
            return (Slot(word, (Option(relative),), inflected=True),)
        suggestions = self.finglish.suggest(word) if latin else self.speller.suggest(word)
        as_typed = (Option(word),) if known else ()  # «smart», or Persian that a wording has in Latin letters, too
        if not suggestions:
            return (Slot(word, as_typed),) if known else ()
        best = suggestions[0]
        if len(best.words) > 1:
            return tuple(Slot(word, (Option(part),)) for part in best.words)
        options = tuple(
            Option(suggestion.words[0], prior)
            for suggestion in suggestions
            if len(suggestion.words) == 1 and (prior := 1.0 - _PRIOR_FALL * (suggestion.cost - best.cost)) > 0
        )
        return (Slot(word, (*options, *as_typed)),)

    def _joined(self, slots: list[Slot]) -> list[str]:
        """Neighbouring words that the index also has written as one."""
        content = [slot.options[0].word for slot in slots if slot.role is Role.CONTENT]
        return [pair for pair in map("".join, pairwise(content)) if self.vocabulary.surface_number(pair)]


def is_finglish(question: str) -> bool:
    """Whether ``question`` has words, none of them in Persian letters."""
    return _LATIN.search(question) is not None and _PERSIAN.search(question) is None


def _in_persian(question: str) -> str:
    """A Latin-letter ``question`` with its function words in Persian letters."""
    return _LATIN.sub(lambda match: FUNCTION_WORDS.get(match.group(), match.group()), joined(question))


def corrected_question(question: str, meant: Mapping[str, str]) -> str | None:
    """``question`` with the words of ``meant`` (typed and folded → understood) replaced; None where nothing changed."""

    if is_finglish(question):
        question = joined(question)
        meant = {**FUNCTION_WORDS, **meant}
    if not meant:
        return None

    def replace(match: re.Match[str]) -> str:
        letters = skeleton(match.group())
        if not any(word in letters for word in meant):  # analysing every piece would double the time of a question
            return match.group()
        return " ".join(meant.get(word, word) for word in analyse(match.group()).words)

    corrected = _PIECE.sub(replace, question)
    return corrected if corrected != question else None
